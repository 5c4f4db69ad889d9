"""SOQL and SOSL: what a query asks for. Never raises on bad input, and takes time in proportion to its length.

A query that stands in Apex is given without its square brackets. A query from an event log may be cut: pass
the `limit` at which the log cuts (10,000 characters of an ApiEvent, say), and what is left is still read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from auditor.dataclasses import replace
from auditor.languages.problem import SyntaxProblem
from auditor.languages.queries import Query, Search
from auditor.languages.soql_draft import Draft, read_bind
from auditor.languages.soql_parser import read_clauses, read_fields, read_select
from auditor.languages.soql_reader import Reader, Word, words

_FIND = re.compile(r"\s*FIND\b", re.IGNORECASE)
# What a search looks for is free text in braces, with its own escapes: blanked before the words are read.
_SOUGHT = re.compile(r"\s*FIND\s*(\{(?:[^}\\]|\\.)*(?:\}|\Z))", re.IGNORECASE | re.DOTALL)

_Result = TypeVar("_Result", Query, Search)


def is_search(text: str) -> bool:
    """Whether a text is SOSL (FIND …) rather than SOQL."""
    return _FIND.match(text) is not None


def parse_query(text: str, limit: int | None = None) -> Query:
    """Read one SOQL query. `limit` is the length at which the text may have been cut, if it may."""
    return _read(words(text), text, limit, _query)


def parse_search(text: str, limit: int | None = None) -> Search:
    """Read one SOSL search, as `parse_query` does."""
    sought = _SOUGHT.match(text)
    if sought:
        begin, end = sought.span(1)
        text = text[:begin] + "''" + " " * (end - begin - 2) + text[end:]
    return _read(words(text), text, limit, _search)


def _read(row: tuple[Word, ...], text: str, limit: int | None, read: Callable[[Reader], _Result]) -> _Result:
    end = len(text)
    at_limit = limit is not None and end >= limit
    result = read(Reader(_without_torn(row, end) if at_limit else row, end))
    if result.cut and not at_limit:
        # The problem is that of the whole text; the names are those that surely are whole.
        result = replace(read(Reader(_without_torn(row, end), end)), cut=True, problem=result.problem)
    if _ends_in_string(row):
        open_string = SyntaxProblem("a string is not closed", row[-1].offset)
        return replace(result, cut=True, problem=result.problem or open_string)
    return replace(result, cut=True) if at_limit else result


def _without_torn(row: tuple[Word, ...], length: int) -> tuple[Word, ...]:
    """Leave out a last name that touches the end: it may be the beginning of a longer one."""
    return row[:-1] if row and row[-1].kind == "name" and row[-1].end == length else row


def _ends_in_string(row: tuple[Word, ...]) -> bool:
    """Whether the last word is a string that was never closed."""
    last = row[-1] if row else None
    if last is None or last.kind != "string":
        return False
    body = re.sub(r"\\.", "", last.text[1:], flags=re.DOTALL)
    return not body.endswith(last.text[0])


def _query(reader: Reader) -> Query:
    query = read_select(reader, "query")
    if reader.peek().kind != "end" and reader.peek().text != ";":
        reader.fail("expected the end of the query")
        query = replace(query, problem=reader.problem)
    return query


def _search(reader: Reader) -> Search:
    """`FIND … IN … FIELDS RETURNING Object(fields …), …` and the rest, which mentions no field."""
    header = Draft("returning")
    scope = "ALL"
    returning: list[Query] = []
    if not reader.accept("FIND"):
        reader.fail("expected FIND")
    elif reader.accept_kind("colon"):
        read_bind(reader, header)
    else:
        reader.take()
    if reader.accept("IN"):
        scope = reader.take().upper
        reader.accept("FIELDS")
    while reader.peek().kind != "end":
        if reader.accept("RETURNING"):
            returning = _returning(reader)
        elif reader.take().kind == "colon":
            read_bind(reader, header)
    return Search(scope, tuple(returning), tuple(header.binds), reader.cut, reader.problem)


def _returning(reader: Reader) -> list[Query]:
    found: list[Query] = []
    while True:
        name = reader.expect("name", "an object after RETURNING")
        if name is None:
            return found
        draft = Draft("returning", source=name.text, prefixes={name.text.lower(): ""})
        if reader.accept_kind("open"):
            read_fields(reader, draft)
            read_clauses(reader, draft)
            reader.expect("close", "a closing bracket")
        found.append(draft.finish(reader))
        if not reader.accept_kind("comma"):
            return found
