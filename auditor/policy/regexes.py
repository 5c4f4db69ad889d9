"""Regular expressions that cannot hang: what a backtracking engine may need exponential time for is refused."""

from __future__ import annotations

import re

from auditor.dataclasses import dataclass
from auditor.patterns import regex

MAX_PATTERN = 200
MAX_REPEATS = 3
"""Open-ended repeats in one pattern: the time grows with the input's length to this power."""
MAX_INPUT = 255
"""Longer texts are matched by their beginning."""


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern that is safe to search in any short text.

    Raises:
        ValueError: not a pattern, or one that is refused; the message says why.
    """
    if len(text) > MAX_PATTERN:
        raise ValueError(f"a pattern of more than {MAX_PATTERN} characters is refused")
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    _Scanner(text.removeprefix("(?i)")).check()
    return pattern


@dataclass(slots=True)
class _Group:
    repeats: bool = False
    branches: bool = False


class _Scanner:
    """Walks a valid pattern once and refuses repeats of what already repeats or branches."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open_ended = 0
        self.groups = [_Group()]

    def check(self) -> None:
        while self.at < len(self.text):
            self._atom()
        if self.open_ended > MAX_REPEATS:
            raise ValueError(f"more than {MAX_REPEATS} open-ended repeats can take very long: refused")

    def _atom(self) -> None:
        char = self.text[self.at]
        closed: _Group | None = None
        if char == "(":
            self._enter()
            return
        if char == "|":
            self.groups[-1].branches = True
            self.at += 1
            return
        if char == ")":
            closed = self.groups.pop()
            self.at += 1
        elif char == "[":
            self._skip_class()
        else:
            self._skip_character(char)
        self._quantifier(closed)

    def _enter(self) -> None:
        self.at += 1
        if self.text.startswith("?", self.at):
            if not self.text.startswith("?:", self.at):
                raise ValueError("of the (?…) forms only (?:…) and a leading (?i) are allowed")
            self.at += 2
        self.groups.append(_Group())

    def _skip_class(self) -> None:
        self.at += 2 if self.text.startswith("[^", self.at) else 1
        if self.text.startswith("]", self.at):
            self.at += 1
        while self.text[self.at] != "]":
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += 1

    def _skip_character(self, char: str) -> None:
        if char == "\\" and self.text[self.at + 1].isdigit():
            raise ValueError("back references can take very long: refused")
        self.at += 2 if char == "\\" else 1

    def _quantifier(self, closed: _Group | None) -> None:
        match = _QUANTIFIER.match(self.text, self.at)
        repeated = match is not None and (match["sign"] or match["exact"] or match["upper"]) not in ("?", "0", "1")
        if match is not None:
            self.at = match.end()
            self.groups[-1].repeats |= match["exact"] is None
            self.open_ended += match["sign"] in ("*", "+") or match["upper"] == ""
        if closed is None:
            return
        if repeated and (closed.repeats or closed.branches):
            raise ValueError("a repeat of something that itself repeats or branches can hang: refused")
        self.groups[-1].repeats |= closed.repeats
        self.groups[-1].branches |= closed.branches


_QUANTIFIER = regex(r"(?:(?P<sign>[*+?])|\{(?P<exact>\d+)\}|\{\d*,(?P<upper>\d*)\})[?+]?")
