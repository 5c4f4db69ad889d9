"""Text files as exports really come: plain or gzipped, UTF-8 with or without a mark, UTF-16, or Windows-1252."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

from auditor.errors import FormatError

GZIP_MAGIC = b"\x1f\x8b"
READ_ERRORS = (OSError, EOFError, zlib.error, UnicodeError)
"""What reading a damaged or unreadable file can raise on the way (a bad gzip stream is an OSError too)."""

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading; what begins like gzip is unpacked on the way, whatever its name.

    Raises:
        FormatError: the file is not there, may not be read, or is none.
    """
    check_regular(path)
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == GZIP_MAGIC
            plain.seek(0)
            if packed:
                import gzip  # with it come the other ways of packing

                with gzip.open(plain) as unpacked:
                    yield unpacked  # type: ignore[misc]  # GzipFile reads like any binary file
            else:
                yield plain
    except FileNotFoundError:
        raise FormatError("there is no such file") from None
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror or error}") from None


def check_regular(path: Path) -> None:
    """Refuse what stands at a path and is no file: reading a pipe or a socket may never end.

    Raises:
        FormatError: it is a folder, a pipe, a socket or a device.
    """
    if path.exists() and not path.is_file():
        raise FormatError("a folder" if path.is_dir() else "neither a file nor a folder")


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a file as text in an encoding that `detect_encoding` gave, line ends untouched."""
    with open_bytes(path) as binary:
        # Windows-1252 leaves five bytes undefined; one of them must not cost the file.
        errors = "replace" if encoding == "cp1252" else "strict"
        text = TextIOWrapper(binary, encoding=encoding, errors=errors, newline="")
        try:
            yield text
        finally:
            text.detach()


def detect_encoding(path: Path) -> str:
    """Tell a file's encoding: its byte order mark, else zero bytes (UTF-16), else UTF-8, else Windows-1252.

    The whole file is looked at once, since one Swedish name in the last line decides. What is no valid UTF-8 is
    taken for Windows-1252, the code page that Excel writes "CSV" in on western machines; callers state it.

    Raises:
        FormatError: the file cannot be read, or its compression is damaged.
    """
    with open_bytes(path) as binary:
        try:
            return _encoding_of(binary)
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None


def _encoding_of(binary: IO[bytes]) -> str:
    head = binary.read(_CHUNK)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head[:4096] and (wide := _wide(head[:4096])):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = binary.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark, where a third of every second byte is zero; a zero here and there is damage."""
    third = len(head) / 6
    if head[1::2].count(0) > third:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > third else None
