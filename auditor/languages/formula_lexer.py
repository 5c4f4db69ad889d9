"""Words of the Salesforce formula language, by one regular expression that cannot backtrack far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from auditor.dataclasses import dataclass
from auditor.patterns import regex

TokenKind = Literal["name", "number", "string", "op", "open", "close", "comma", "broken"]

# A part of a name: letters, digits, `_`, the namespace placeholders of packaging tools (`%%%NAMESPACE%%%`) and
# any letter beyond ASCII. `$` begins a global variable and, in report formulas, parts table from field.
_PART = r"(?:%%%[A-Z_]+%%%|[^\W\d]|\$[^\W\d])(?:%%%[A-Z_]+%%%|[\w$])*"
_TOKEN = regex(
    rf"""
      (?P<blank>\s+)
    | (?P<comment>/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))
    | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<unclosed>["'])
    | (?P<merge>\{{!)
    | (?P<name>(?:\[{_PART}\]|{_PART})(?:\.{_PART}|\.(?=\d)\w+)*)(?P<aggregate>:[A-Za-z_]+)?
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<op>&&|\|\||==|<>|!=|<=|>=|[-+*/^&=<>!])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<merge_end>\}}+)
    | (?P<broken>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT: dict[str, TokenKind] = {
    "string": "string",
    "name": "name",
    "number": "number",
    "op": "op",
    "open": "open",
    "close": "close",
    "comma": "comma",
    "broken": "broken",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what it is, its text (a name without brackets and aggregate), and where it begins.

    `anchored` marks a name whose first part is an object or a variable: `{!var.Field}`, `[Account].Name`.
    """

    kind: TokenKind
    text: str
    offset: int
    anchored: bool = False
    aggregate: str = ""


def tokens(text: str, start: int = 0, anchored: bool = False) -> Iterator[Token]:
    """Words of a formula, whose first character stands at `start` of a larger text.

    With `anchored`, every name is taken as anchored: the formula stands inside `{!…}`.
    """
    inside = False
    for match in _TOKEN.finditer(text):
        kind, offset = match.lastgroup or "", start + match.start()
        if kind == "merge":
            inside = True
        elif kind == "merge_end":
            inside = False
        elif kind == "unclosed":
            yield Token("broken", match.group(), offset)
            return
        elif kind in ("name", "aggregate"):
            yield _name(match, offset, anchored or inside)
        elif kind in _KEPT:
            yield Token(_KEPT[kind], match.group(), offset)


def _name(match: re.Match[str], offset: int, anchored: bool) -> Token:
    name = match["name"]
    bracketed = name.startswith("[")
    plain = name[1:].replace("]", "", 1) if bracketed else name
    return Token("name", plain, offset, anchored or bracketed, (match["aggregate"] or "")[1:])
