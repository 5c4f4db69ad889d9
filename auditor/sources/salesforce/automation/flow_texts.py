"""References in the texts and formulas of a flow: `{!$Record.Amount}`, `{!Get_Account.Owner:User.Name}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.languages.formula import parse_formula

_MERGE = re.compile(r"\{!([^{}]*)\}")
_REFERENCE = re.compile(r"\s*\$?[\w%][\w.:%]*(?:\[[^\[\]]*\][\w.:%]*)*\s*")
_BLANK = re.compile(r"[^\n]")
# A global variable that a formula names without braces.
_BARE_GLOBAL = re.compile(r"(?<![\w.!{$])\$[A-Za-z]\w*(?:\.\w+)+")


def references_in(text: str) -> Iterator[tuple[str, int]]:
    """Every reference in a text or formula with its offset, each once, in the order of the text.

    Braces hold one reference in flows; whatever else stands in them is read as a formula.
    """
    found: dict[str, int] = {}
    for match in _MERGE.finditer(text):
        for reference, offset in _inside(match[1], match.start(1)):
            found.setdefault(reference, offset)
    if "$" in text:
        for match in _BARE_GLOBAL.finditer(without_references(text)):
            found.setdefault(match.group(), match.start())
    return iter(sorted(found.items(), key=lambda item: item[1]))


def without_references(text: str) -> str:
    """The text with blanks in place of its merge fields: what is left may hold names of another kind."""
    return _MERGE.sub(lambda match: _BLANK.sub(" ", match.group()), text) if "{!" in text else text


def _inside(text: str, start: int) -> Iterator[tuple[str, int]]:
    if _REFERENCE.fullmatch(text):
        yield text.strip(), start
    else:
        yield from ((field.path, field.offset) for field in parse_formula(text, start, anchored=True).fields)
