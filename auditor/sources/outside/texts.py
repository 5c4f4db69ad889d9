"""Bytes of unknown origin as text: tokens at the speed of the machine, lines, and what comments hide."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_IDENTIFIER = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_TABLE = bytes(
    (byte | 0x20 if 0x41 <= byte <= 0x5A else byte) if byte in _IDENTIFIER or byte >= 0x80 else 0x20
    for byte in range(256)
)
_HEAD = 4096
_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(data: bytes) -> str | None:
    """Decode by mark, else by zero bytes (UTF-16), else UTF-8, else Windows-1252; None for what is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:_HEAD]
    if b"\0" in head:
        wide = _wide(head)
        return data.decode(wide, "replace") if wide else None
    if len(head.translate(None, _CONTROL)) < len(head) * 0.95:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte is zero. Power BI writes its members so."""
    half = max(1, len(head) // 2)
    odd, even = head[1::2].count(0) / half, head[::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def held(text: str, wanted: frozenset[bytes]) -> set[str]:
    """Those of some lower-case ASCII tokens that a text holds as a whole."""
    return {
        token.decode() for token in wanted.intersection(text.encode("utf-8", "replace").translate(_TABLE).split())
    }


class Lines:
    """Line numbers of a text, by offset."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [match.end() for match in re.finditer("\n", self._text)]

    def at(self, offset: int) -> int:
        """The line, from 1, in which an offset stands."""
        return bisect_right(self._starts, offset) + 1


def blanked(text: str, line_marks: tuple[str, ...], blocks: bool) -> str:
    """The text with its comments blanked, offsets unchanged; marks within strings are none."""
    if not line_marks and not blocks:
        return text
    return _comments(line_marks, blocks).sub(_blank, text)


def _comments(line_marks: tuple[str, ...], blocks: bool) -> re.Pattern[str]:
    strings = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    marks = [rf"{re.escape(mark)}[^\n]*" for mark in line_marks]
    if blocks:
        marks.append(r"/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)")
    return re.compile(f"(?P<string>{strings})|(?:{'|'.join(marks)})")


def _blank(match: re.Match[str]) -> str:
    if match["string"] is not None:
        return match[0]
    return re.sub(r"[^\n]", " ", match[0])
