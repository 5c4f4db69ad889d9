"""JavaScript and TypeScript as tokens, as far as names of fields are concerned.

A regular expression is told from a division by what stands before it; a template literal is one token, so
that what it holds is read as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """One token; `kind` is `name`, `string`, `template`, `number`, `op` or `end`."""

    kind: str
    text: str
    offset: int

    @property
    def inner(self) -> str:
        """What a string or template holds, as written."""
        return self.text[1:-1] if len(self.text) > 1 and self.text[-1] == self.text[0] else self.text[1:]


_TOKEN = re.compile(
    r"""
    (?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
  | (?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\\?\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\\?\Z))
  | (?P<template>`(?:[^`\\]|\\.)*(?:`|\\?\Z))
  | (?P<number>\d[\w.]*)
  | (?P<name>[A-Za-z_$][\w$]*)
  | (?P<op>=>|===?|!==?|\?\.|&&|\|\||\?\?|\+\+|--|[-+*/%]=|\.\.\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Bounded, so that a line of slashes costs no quadratic time.
_REGEX = re.compile(r"/(?>[^/\\\[\n]|\\.|\[(?>[^\]\\\n]|\\.){0,300}+\]){1,800}+/[a-z]*")
_BEFORE = "( , = : [ ! & | ? { } ; => && || return typeof case"
_BEFORE_REGEX = frozenset(_BEFORE.split(" "))


def script_tokens(text: str) -> list[Token]:
    """All tokens of a text; the list ends with three `end` tokens, so that looking ahead needs no care."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        position = _read(text, position, found)
    found.extend([Token("end", "", len(text))] * 3)
    return found


def _read(text: str, position: int, found: list[Token]) -> int:
    """Read up to and with the next regular expression; where reading goes on."""
    for match in _TOKEN.finditer(text, position):
        kind = match.lastgroup
        if match.group() in ("/", "/=") and (not found or found[-1].text in _BEFORE_REGEX):
            expression = _REGEX.match(text, match.start())
            if expression is not None:
                return expression.end()
        if kind is not None and kind != "skip":
            found.append(Token(kind, match.group(), match.start()))
    return len(text)
