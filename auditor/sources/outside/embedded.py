"""Queries that stand as strings within other languages, and what the steps of Power Query read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.sources.outside.mentions import Mention
from auditor.sources.outside.names import Names

_OPENED = re.compile(r"(\"\"\"|'''|\\\"|[\"'`>\[])\s*(?=SELECT\s)", re.IGNORECASE)
_CLOSES = {">": "<", "[": "]"}
_LONGEST = 20_000
"""Characters of one query that are read at most."""


def embedded_queries(text: str) -> Iterator[tuple[str, int]]:
    """Every string that begins with SELECT, with its offset; escapes become blanks of the same length."""
    for match in _OPENED.finditer(text):
        opened = match[1]
        closes = _CLOSES.get(opened, opened)
        begin = match.end()
        end = text.find(closes, begin, begin + _LONGEST)
        while opened in "\"'" and end > 0 and (text[end - 1] == "\\" or text[end : end + 2] == closes * 2):
            end = text.find(closes, end + (1 if text[end - 1] == "\\" else 2), begin + _LONGEST)
        query = text[begin : end if end >= 0 else begin + _LONGEST]
        yield re.sub(r"\\[nrt\"'\\]|#\(l?f?,?c?r?,?l?f?\)", lambda found: " " * len(found[0]), query), begin


# let Step = Source{[Name = "Object"]}[Data], Next = Table.SelectColumns(Step, {"Field", …})
_NAVIGATION = re.compile(
    r"(?P<step>#\"[^\"\n]+\"|[A-Za-z_]\w*)\s*=\s*(?:#\"[^\"\n]+\"|[A-Za-z_]\w*)\s*"
    r"\{\s*\[[^\]\n]*?\bName\s*=\s*\"(?P<object>[^\"\n]+)\"[^\]\n]*\]\s*\}\s*\[Data\]"
)
_STEP = re.compile(
    r"(?P<step>#\"[^\"\n]+\"|[A-Za-z_]\w*)\s*=\s*(?P<call>Table\.\w+)\s*\(\s*(?P<from>#\"[^\"\n]+\"|[A-Za-z_]\w*)\s*,"
)
_COLUMN = re.compile(r"\"([A-Za-z_][\w.]*)\"|\[([A-Za-z_]\w*)\]")
# Functions whose names are of columns that they are given.
_WORDS = (
    "SelectColumns SelectRows Sort Group Distinct TransformColumnTypes TransformColumns FillDown ReplaceValue "
    "ExpandRecordColumn AddColumn Unpivot UnpivotOtherColumns Pivot RenameColumns"
)
_READING = frozenset(f"Table.{word}" for word in _WORDS.split())


def power_query_mentions(text: str, names: Names) -> Iterator[Mention]:
    """Fields that steps of Power Query read from an object that the Salesforce connector opened.

    A step that a function makes of another holds the same object; renamed columns are followed no further.
    """
    holds: dict[str, str] = {}
    for match in _NAVIGATION.finditer(text):
        known = names.object(match["object"], exact=True)
        if known is not None:
            holds[match["step"]] = known
    steps = list(_STEP.finditer(text))
    for place, match in enumerate(steps):
        owner = holds.get(match["from"])
        if owner is None:
            continue
        holds.setdefault(match["step"], owner)
        if match["call"] in _READING:
            end = steps[place + 1].start() if place + 1 < len(steps) else len(text)
            yield from _columns(text, match.end(), end, owner, names)


def _columns(text: str, begin: int, end: int, owner: str, names: Names) -> Iterator[Mention]:
    for found in _COLUMN.finditer(text, begin, end):
        target = names.field(owner, found[1] or found[2], exact=True)
        if target is not None:
            yield Mention(target, found.start(), certain=True, reads=True, end=found.end())
