"""SQL as words: names with their qualifiers, key words, brackets. Knows no dialect and refuses none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass

# Strings and comments are skipped; a template's source('schema', 'table') is the table that it stands for.
_WORD = re.compile(
    r"""
    (?P<skip>--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|'(?:[^']|'')*')
  | (?P<source>\{\{-?\s*source\s*\(\s*['"](?P<schema>[^'"\n]*)['"]\s*,\s*['"](?P<table>[^'"\n]*)['"]\s*\)\s*-?\}\})
  | (?P<template>\{\{(?:(?!\}\}|\{\{).)*\}\}|\{%(?:(?!%\}|\{%).)*%\}|\{\#(?:(?!\#\}|\{\#).)*\#\})
  | (?P<name>(?:"[^"\n]+"|`[^`\n]+`|\[[^\[\]\n]+\]|\$\{[^}\n]*\}|[A-Za-z_][\w$]*)
      (?:\s*\.\s*(?:"[^"\n]+"|`[^`\n]+`|\[[^\[\]\n]+\]|[A-Za-z_][\w$]*|\*))*)
  | (?P<mark>[();,*])
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r'"([^"\n]+)"|`([^`\n]+)`|\[([^\[\]\n]+)\]|\$\{([^}\n]*)\}|([A-Za-z_][\w$]*)|(\*)')


@dataclass(frozen=True, slots=True)
class SqlWord:
    """One word. `kind`: `name`, `source` (a table of a template) or `mark`; `parts` of a name without quotes."""

    kind: str
    text: str
    parts: tuple[str, ...]
    offset: int


def sql_words(text: str) -> Iterator[SqlWord]:
    """The words of a text in order; what is no SQL passes as names."""
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        if match["source"] is not None:
            yield SqlWord("source", "", (match["schema"], match["table"]), match.start())
        elif match["name"] is not None:
            yield SqlWord("name", match[0], tuple(_parts(match[0])), match.start())
        elif kind == "mark":
            yield SqlWord("mark", match[0], (), match.start())


def _parts(name: str) -> Iterator[str]:
    """`"a.b"` in one pair of backquotes is two parts, as BigQuery writes a whole path."""
    for found in _PART.finditer(name):
        part = next(group for group in found.groups() if group is not None)
        yield from part.split(".") if found[2] or found[4] else (part,)
