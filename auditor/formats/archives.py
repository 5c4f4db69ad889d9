"""A zip or tar archive as a tree of files: nothing is unpacked to a place with a name, bombs are refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, Generic, TypeVar, cast

from auditor.errors import FormatError, SourceError
from auditor.formats.tree_limits import (
    MAX_FILE,
    MAX_UNPACKED,
    check_size,
    is_bomb,
    is_pruned,
    normal_path,
    printable,
    unsafe_reason,
)
from auditor.model.catalogue import Skipped

# What the standard library raises for archives that are broken, encrypted or packed by an unknown method.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_CHUNK = 2**20

MemberT = TypeVar("MemberT")


class _ArchiveTree(Generic[MemberT]):
    """What zip and tar archives have in common as trees."""

    _file: Path
    _members: Mapping[str, MemberT]
    _skipped: tuple[Skipped, ...]

    @property
    def location(self) -> str:
        """The archive's own path."""
        return self._file.as_posix()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Members that leave the archive, are links, encrypted, or listed twice."""
        return self._skipped

    def paths(self) -> Sequence[str]:
        """All members, sorted."""
        return sorted(self._members)

    def _member(self, path: str) -> MemberT:
        if path not in self._members:
            raise FormatError("no such file in the archive")
        return self._members[path]


class ZipTree(_ArchiveTree[zipfile.ZipInfo]):
    """The members of a zip archive; `content` holds its bytes where it stands within something else."""

    def __init__(self, file: Path, content: bytes | None = None) -> None:
        self._file = file
        try:
            self._archive = zipfile.ZipFile(file if content is None else BytesIO(content))
        except _BROKEN as error:
            raise SourceError(f"{file} is not a zip archive that can be read: {error}") from None
        members = [
            (item.filename, _zip_problem(item), item) for item in self._archive.infolist() if not item.is_dir()
        ]
        self._members, self._skipped = _safe_members(members)
        self._unpacked = 0

    def read(self, path: str) -> bytes:
        """The bytes of one member; `FormatError` where it is broken, too large, or a bomb."""
        member = self._member(path)
        check_size(member.file_size)
        if is_bomb(member.compress_size, member.file_size) or self._unpacked > MAX_UNPACKED:
            raise FormatError("unpacks to far more than it holds, refused as an archive bomb")
        try:
            with self._archive.open(member) as stream:
                data = stream.read(MAX_FILE + 1)
        except _BROKEN as error:
            raise FormatError(f"cannot be unpacked: {error}") from None
        check_size(len(data))
        self._unpacked += len(data)
        return data


class TarTree(_ArchiveTree[tarfile.TarInfo]):
    """The members of a tar archive, packed or not.

    A packed one is unpacked once, within bounds, into a file without a name: members are then read in any order
    without unpacking from the start again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            stream = _plain_tar(file)
            weakref.finalize(self, stream.close)
            self._archive = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115 - read for the tree's life
            entries = self._archive.getmembers()
        except _BROKEN as error:
            raise SourceError(f"{file} is not a tar archive that can be read: {error}") from None
        self._members, self._skipped = _safe_members(
            (item.name, None if item.isfile() else "a link or special file, not followed", item)
            for item in entries
            if not item.isdir()
        )

    def read(self, path: str) -> bytes:
        """The bytes of one member; `FormatError` where it is broken or too large."""
        member = self._member(path)
        check_size(member.size)
        try:
            stream = self._archive.extractfile(member)
            return stream.read() if stream else b""
        except _BROKEN as error:
            raise FormatError(f"cannot be unpacked: {error}") from None


def _safe_members(
    members: Iterable[tuple[str, str | None, MemberT]],
) -> tuple[dict[str, MemberT], tuple[Skipped, ...]]:
    """Members by path, and those that are not used. Of two under one name the later counts, as in unpacking."""
    kept: dict[str, MemberT] = {}
    skipped: list[Skipped] = []
    for name, problem, member in members:
        reason = unsafe_reason(name) or problem
        if reason is not None:
            skipped.append(Skipped(printable(name) or "(no name)", reason))
            continue
        path = normal_path(name)
        if is_pruned(path):
            continue
        if path in kept:
            skipped.append(Skipped(path, "stands twice in the archive, the later one is read"))
        kept[path] = member
    return kept, tuple(sorted(skipped))


def _zip_problem(item: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(item.external_attr >> 16):
        return "a link or special file, not followed"
    if item.flag_bits & 1:
        return "encrypted"
    return None


def _plain_tar(file: Path) -> IO[bytes]:
    """The archive without its outer compression (gzip, bzip2, xz), bounded."""
    with file.open("rb") as raw:
        magic = raw.read(6)
    opener = next((opener for sign, opener in _PACKERS.items() if magic.startswith(sign)), None)
    if opener is None:
        return file.open("rb")
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the tree, has no name to leak
    with ExitStack() as undo:
        undo.callback(target.close)
        _unpack(file, opener, target)
        undo.pop_all()
    target.seek(0)
    return target


def _unpack(file: Path, opener: Callable[[Path], IO[bytes]], target: IO[bytes]) -> None:
    packed, unpacked = file.stat().st_size, 0
    with opener(file) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > MAX_UNPACKED or is_bomb(packed, unpacked):
                raise SourceError(f"{file} unpacks to far more than it holds and is refused as an archive bomb")
            target.write(chunk)


def _gzip(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file, "rb"))


def _bzip2(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", bz2.open(file, "rb"))


def _xz(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", lzma.open(file, "rb"))


_PACKERS: Mapping[bytes, Callable[[Path], IO[bytes]]] = {b"\x1f\x8b": _gzip, b"BZh": _bzip2, b"\xfd7zXZ\0": _xz}
