"""From offsets in a text to lines."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of one text; `first` is the number of its first line."""

    __slots__ = ("_first", "_starts")

    def __init__(self, text: str, first: int = 1) -> None:
        self._starts = [match.end() for match in _LINE_END.finditer(text)]
        self._first = first

    def at(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return self._first + bisect_right(self._starts, offset)
