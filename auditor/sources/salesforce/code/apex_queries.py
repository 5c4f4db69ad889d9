"""Queries in Apex: in square brackets, and put together from strings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.languages.queries import Query, QueryField
from auditor.languages.soql import is_search, parse_query, parse_search
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.apex_lexer import Token, apex_tokens, string_value
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.names import custom_tail, dotted_in, words_in
from auditor.sources.salesforce.parsed import Grammar

_LOOKS_LIKE_QUERY = re.compile(r"\s*(?:SELECT|FIND)\s", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^'\\\n]|\\.)*+'")
_HOLE = "x__hole"
"""Stands for an expression between two pieces of a query: no name of Salesforce can end like this."""
_OPERANDS = frozenset({"name", "string", "number", "soql"})
_ENDS = frozenset({")", "]", "}"})


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a query, and where its parts stand in the file."""

    text: str
    starts: tuple[int, ...]
    """Offsets in the text at which a piece begins …"""
    offsets: tuple[int, ...]
    """… and the offset in the file of each."""
    certainty: Certainty
    part: str

    def spot(self, offset: int, part: str = "") -> Spot:
        """The place in the file of an offset in the text."""
        piece = max(0, bisect_right(self.starts, offset) - 1)
        place = self.offsets[piece] + offset - self.starts[piece]
        return Spot(place, Access.READS, self.certainty, f"{self.part}.{part}" if part else self.part)


class Queries:
    """Reads the queries of one file."""

    def __init__(self, notes: Collector) -> None:
        self._notes = notes

    def inline(self, token: Token) -> tuple[str, Iterable[list[Token]]]:
        """Note an inline query.

        Gives the object that it returns records of (of a search: none) and the expressions that it binds.
        """
        body = token.text[1:-1] if token.text.endswith("]") else token.text[1:]
        start = token.offset + 1
        target = self._note(_Text(body, (0,), (start,), Certainty.CERTAIN, "query"))
        for literal in _LITERAL.finditer(body) if "__" in body else ():
            self._notes.text(literal.group(), Spot(start + literal.start(), part="string"))
        return target, _bound(body, start) if ":" in body else ()

    def dynamic(self, tokens: Sequence[Token], index: int) -> list[int]:
        """Note what a string literal mentions, as possible. Pieces of a query are read together.

        Gives the indexes of the literals that this covered.
        """
        value = string_value(tokens[index])
        if not _LOOKS_LIKE_QUERY.match(value):
            self._notes.text(value, Spot(tokens[index].offset + 1, part="string"))
            return [index]
        pieces = _pieces(tokens, index)
        self._note(_joined(tokens, pieces))
        return pieces

    def _note(self, text: _Text) -> str:
        queries: tuple[Query, ...]
        queries = parse_search(text.text).returning if is_search(text.text) else (parse_query(text.text),)
        covered = {place for query in queries for place in self._query(query, text)}
        whole = text.certainty is Certainty.CERTAIN and not any(query.problem for query in queries)
        for path, offset in () if whole else dotted_in(text.text):
            tail = custom_tail(path)
            at = offset + path.find(tail)
            if tail and _HOLE not in tail and (at, tail.partition(".")[0].lower()) not in covered:
                self._notes.word(tail, replace(text.spot(at), certainty=Certainty.POSSIBLE, part=text.part))
        return queries[0].object if queries and queries[0].kind == "query" else ""

    def _query(self, query: Query, text: _Text) -> Iterator[tuple[int, str]]:
        """Note one query and those within it; gives the custom names that this covered."""
        stack = [(query, query.object, "")]
        while stack:
            inner, target, prefix = stack.pop()
            if target and _HOLE not in target:
                yield from self._fields(inner, target, prefix, text)
            for child in inner.subqueries:
                nested = child.kind == "children"
                path = f"{prefix}{_relationship(child, inner.object)}." if nested else ""
                stack.append((child, target if nested else child.object, path))

    def _fields(self, query: Query, target: str, prefix: str, text: _Text) -> Iterator[tuple[int, str]]:
        if not prefix:
            self._notes.path(target, "", text.spot(0))
            yield from ((offset, word.lower()) for word, offset in words_in(text.text) if word == target)
        for item in query.fields:
            if _HOLE not in item.path:
                self._field(item, target, prefix, text)
                yield from _words_of(item, text.text)

    def _field(self, item: QueryField, target: str, prefix: str, text: _Text) -> None:
        spot = text.spot(item.offset, item.clause.value)
        owner, _, last = item.path.rpartition(".")
        if item.type_hint:
            self._notes.path(target, prefix + owner, spot, Grammar.CHILDREN if prefix else Grammar.PATH)
            self._notes.path(item.type_hint, last, spot)
        else:
            self._notes.path(target, prefix + item.path, spot, Grammar.CHILDREN if prefix else Grammar.PATH)


def _relationship(query: Query, around: str) -> str:
    """The child relationship; it may be written with the object around it (`FROM Account.Contacts`)."""
    head, _, rest = query.relationship.partition(".")
    return rest if rest and head.lower() == around.lower() else query.relationship


def _words_of(item: QueryField, text: str) -> Iterator[tuple[int, str]]:
    """Custom names at the place of one mention; the text may have an alias where the path has none."""
    end = item.offset
    while end < len(text) and (text[end].isalnum() or text[end] in "_."):
        end += 1
    for word, offset in words_in(text[item.offset : end]):
        yield item.offset + offset, word.lower()


def _bound(body: str, start: int) -> Iterable[list[Token]]:
    """The expressions after each colon of a query, as tokens with offsets of the file."""
    tokens = [Token(token.kind, token.text, token.offset + start) for token in apex_tokens(body)]
    index = 0
    while index < len(tokens) - 3:
        if tokens[index].text != ":":
            index += 1
            continue
        end = _expression_end(tokens, index + 1)
        if end > index + 1:
            yield [*tokens[index + 1 : end], *tokens[-3:]]
        index = max(end, index + 1)


def _expression_end(tokens: Sequence[Token], index: int) -> int:
    """Where a bound expression ends: at a closing bracket of the query, a comma, or a word that follows it."""
    depth, operand = 0, False
    while tokens[index].kind != "end":
        token = tokens[index]
        if depth == 0 and (token.text in _ENDS or token.text == ","):
            break
        is_operand = token.kind in _OPERANDS
        if depth == 0 and operand and is_operand:
            break
        depth += (token.text in "([{<") - (token.text in ")]}>") if token.kind == "op" else 0
        operand = (is_operand and token.text.lower() != "new") or token.text in _ENDS
        index += 1
    return index


def _pieces(tokens: Sequence[Token], index: int) -> list[int]:
    """The literals that are joined to one by `+`, up to the end of the argument or statement."""
    found, depth = [index], 0
    index += 1
    while tokens[index].kind != "end":
        token = tokens[index]
        if token.kind == "string":
            if depth == 0:
                found.append(index)
        elif token.text in (";", "{", "}", "=>") or (depth == 0 and token.text in (",", ")", "]", "?", ":")):
            break
        elif token.kind == "op":
            depth += (token.text in "([") - (token.text in ")]")
        index += 1
    return found


def _joined(tokens: Sequence[Token], pieces: Sequence[int]) -> _Text:
    parts: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length, before = 0, pieces[0] - 1
    for index in pieces:
        if index - before > 2 and parts:
            parts.append(_HOLE)
            length += len(_HOLE)
        value = string_value(tokens[index])
        starts.append(length)
        offsets.append(tokens[index].offset + 1)
        parts.append(value)
        length += len(value)
        before = index
    return _Text("".join(parts), tuple(starts), tuple(offsets), Certainty.POSSIBLE, "string")
