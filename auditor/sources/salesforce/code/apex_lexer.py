"""Apex as tokens. Comments are dropped; a query in square brackets is one token.

Source: the Apex developer guide, "Language basics" (strings in single quotes with backslash escapes, no
string goes over a line end, names without regard to case).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """One token; `kind` is `name`, `string`, `soql`, `number`, `op` or `end`."""

    kind: str
    text: str
    offset: int


_TOKEN = re.compile(
    r"""
    (?:\s+|//[^\n]*|/\*.*?(?:\*/|\Z))*+  # blanks and comments before it
  (?:
    (?P<string>'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\\?\Z))
  | (?P<soql>\[(?=\s*(?:SELECT|FIND)\b))
  | (?P<number>\d[\w.]*)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<op>\?\.|\?\?|=>|===?|!==?|<>|[-+*/&|^<>]=|\+\+|--|&&|\|\||.)
  | \Z
  )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# What decides where a bracketed query ends: its own strings and comments may hold brackets.
_BRACKET = re.compile(r"'(?:[^'\\\n]|\\.)*'|//[^\n]*|/\*.*?(?:\*/|\Z)|[\[\]]", re.DOTALL)


def apex_tokens(text: str) -> list[Token]:
    """All tokens of a text; the list ends with three `end` tokens, so that looking ahead needs no care."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        position = _read(text, position, found)
    found.extend([Token("end", "", len(text))] * 3)
    return found


def _read(text: str, position: int, found: list[Token]) -> int:
    """Read up to and with the next query in brackets; where reading goes on."""
    keep, make = found.append, Token._make
    for match in _TOKEN.finditer(text, position):
        kind = match.lastgroup
        if kind is None:
            break
        start = match.start(kind)
        if kind == "soql":
            end = _query_end(text, start)
            keep(Token("soql", text[start:end], start))
            return end
        keep(make((kind, match[kind], start)))
    return len(text)


def string_value(token: Token) -> str:
    """The text of a string literal, each escape replaced by as many characters so that offsets stay true."""
    body = token.text[1:-1] if token.text.endswith("'") and len(token.text) > 1 else token.text[1:]
    return re.sub(r"\\(.)", r" \1", body) if "\\" in body else body


def literal_at(tokens: Sequence[Token], index: int) -> str | None:
    """What a string literal says that stands at `index`; None where there is none."""
    return string_value(tokens[index]) if tokens[index].kind == "string" else None


def _query_end(text: str, start: int) -> int:
    depth = 0
    for match in _BRACKET.finditer(text, start):
        mark = match.group()
        if mark == "[":
            depth += 1
        elif mark == "]":
            depth -= 1
            if depth == 0:
                return match.end()
    return len(text)
