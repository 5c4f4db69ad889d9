"""Which fields the SELECTs of a text read, each by the tables of its own FROM. SOQL is read the same way.

Written for all dialects at once: only names, brackets and a few key words are looked at, so that an unknown clause
costs nothing. What it cannot tie to a table it leaves to the search for bare names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass, field, replace
from auditor.sources.outside.mentions import Mention
from auditor.sources.outside.names import Names, custom
from auditor.sources.outside.sql_words import SqlWord, sql_words

# Words after which a table stands, and words that end a list of tables.
_TABLES = frozenset({"FROM", "JOIN"})
_ENDING = (
    "WHERE GROUP ORDER HAVING LIMIT QUALIFY WINDOW ON USING SET UNION EXCEPT INTERSECT LATERAL VALUES RETURNING "
    "OFFSET FETCH FOR WITH"
)
_JOINING = "LEFT RIGHT INNER OUTER FULL CROSS NATURAL SELECT AS"
_ENDS = frozenset(_ENDING.split())
_NO_ALIAS = _ENDS | _TABLES | frozenset(_JOINING.split())
_OWNERS = ("salesforce", "sfdc", "crm")
"""What the name of a schema holds that surely keeps a copy of the CRM."""


@dataclass(slots=True)
class _Table:
    """One table of a FROM: the name as written, and whether its schema says that it is the CRM's."""

    parts: tuple[str, ...]
    trusted: bool


@dataclass(slots=True)
class _Scope:
    """One SELECT: its tables by alias, the names in it, and the SELECT around it."""

    outer: _Scope | None
    named: str = ""
    """Of a common table expression."""
    tables: dict[str, _Table] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    columns: list[SqlWord] = field(default_factory=list)
    star: bool = False
    in_tables: bool = False
    expects: bool = False


def sql_mentions(text: str, names: Names, marked: bool, start: int = 0) -> Iterator[Mention]:
    """Fields that the SELECTs of a text read; `start` is added to every offset.

    `marked`: the text is known to speak of the CRM, so that a table with the name of an object is that object.
    """
    reader = _Reader()
    scopes = reader.read(list(sql_words(text)))
    ctes = {scope.named: scope for scope in scopes if scope.named}
    for scope in scopes:
        for mention in _Resolver(names, ctes, marked).mentions(scope):
            yield replace(mention, offset=mention.offset + start, end=mention.end + start)


class _Reader:
    """Turns words into scopes."""

    def __init__(self) -> None:
        self.scopes: list[_Scope] = []
        self.around: list[_Scope | None] = [None]
        """The innermost SELECT at each depth of brackets."""
        self.names: list[str] = [""]
        """Of the common table expression that a bracket opened, by depth."""

    def read(self, words: list[SqlWord]) -> list[_Scope]:
        place = 0
        while place < len(words):
            place = self._word(words, place)
        return self.scopes

    def _word(self, words: list[SqlWord], place: int) -> int:
        word, scope = words[place], self._innermost()
        upper = word.text.upper()
        if word.kind == "mark":
            self._mark(words, place)
        elif upper == "SELECT":
            self._select()
        elif scope is not None:
            return self._in_scope(scope, words, place)
        return place + 1

    def _in_scope(self, scope: _Scope, words: list[SqlWord], place: int) -> int:
        word = words[place]
        upper = word.text.upper()
        if upper in _TABLES:
            scope.in_tables = scope.expects = True
        elif scope.expects:
            return self._table(scope, words, place)
        elif upper in _ENDS:
            scope.in_tables = False
        elif upper == "AS":
            # What follows is an alias, and so no column; a type in a cast is none either.
            return place + 2 if _is_name(words, place + 1) else place + 1
        elif word.kind == "name" and not _calls(words, place):
            scope.columns.append(word)
        return place + 1

    def _select(self) -> None:
        scope = _Scope(self.around[-2] if len(self.around) > 1 else None, self.names[-1])
        self.names[-1] = ""
        self.around[-1] = scope
        self.scopes.append(scope)

    def _innermost(self) -> _Scope | None:
        """The SELECT that a word is in; brackets of calls and conditions belong to the one around them."""
        return self.around[-1]

    def _mark(self, words: list[SqlWord], place: int) -> None:
        mark, scope = words[place].text, self.around[-1]
        if mark == "(":
            if scope is not None and scope.expects:
                scope.expects = False
                scope.derived.add("")
            self.around.append(scope)
            self.names.append(_expression(words, place))
        elif mark == ")" and len(self.around) > 1:
            self.around.pop()
            self.names.pop()
        elif mark == ";":
            self.around, self.names = [None], [""]
        elif scope is not None:
            if mark == "," and scope.in_tables:
                scope.expects = True
            elif mark == "*":
                scope.star = True

    def _table(self, scope: _Scope, words: list[SqlWord], place: int) -> int:
        word = words[place]
        scope.expects = False
        owners = " ".join(word.parts[:-1]).lower()
        table = _Table(word.parts, word.kind == "source" or any(each in owners for each in _OWNERS))
        after = place + 1
        if after < len(words) and words[after].text.upper() == "AS":
            after += 1
        alias = word.parts[-1]
        if _is_name(words, after) and words[after].text.upper() not in _NO_ALIAS and len(words[after].parts) == 1:
            alias, after = words[after].parts[0], after + 1
        else:
            after = place + 1
        scope.tables.setdefault(alias.lower(), table)
        return after


def _is_name(words: list[SqlWord], place: int) -> bool:
    return place < len(words) and words[place].kind == "name"


def _calls(words: list[SqlWord], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].text == "("


def _expression(words: list[SqlWord], place: int) -> str:
    """The name of the common table expression that a bracket opens: `WITH name AS (` or `, name AS (`."""
    if place < 2 or words[place - 1].text.upper() != "AS" or len(words[place - 2].parts) != 1:
        return ""
    return words[place - 2].parts[0].lower()


class _Resolver:
    """Ties the columns of a scope to objects."""

    def __init__(self, names: Names, ctes: dict[str, _Scope], marked: bool) -> None:
        self.names = names
        self.ctes = ctes
        self.marked = marked

    def mentions(self, scope: _Scope) -> Iterator[Mention]:
        for word in scope.columns:
            yield from self._column(scope, word)

    def _column(self, scope: _Scope, word: SqlWord) -> Iterator[Mention]:
        parts = tuple(part for part in word.parts if part != "*")
        if not parts:
            return
        if len(parts) > 1:
            table = _visible(scope, parts[-2])
            if table is not None:
                yield from self._of(table, parts[-1:], word)
                return
            table = _visible(scope, parts[0])
            if table is not None:
                yield from self._of(table, parts[1:], word)
                return
        if len(scope.tables) == 1 and not scope.derived:
            yield from self._of(next(iter(scope.tables.values())), parts, word)

    def _of(self, table: _Table, parts: tuple[str, ...], word: SqlWord) -> Iterator[Mention]:
        owner, trusted = self._object(table, set())
        if owner is None:
            return
        for target in self.names.path(owner, parts):
            if custom(target) or trusted or self.marked:
                yield Mention(target, word.offset, certain=True, reads=True, end=word.offset + len(word.text))

    def _object(self, table: _Table, seen: set[str]) -> tuple[str | None, bool]:
        """The object that a table holds; a common table expression stands for what it selects all of."""
        name = table.parts[-1].lower()
        if len(table.parts) == 1 and name in self.ctes and name not in seen:
            inner = self.ctes[name]
            if inner.star and len(inner.tables) == 1 and not inner.derived:
                return self._object(next(iter(inner.tables.values())), {*seen, name})
            return None, False
        return self.names.object(table.parts[-1]), table.trusted


def _visible(scope: _Scope | None, alias: str) -> _Table | None:
    """The table of an alias, in this SELECT or one around it."""
    while scope is not None:
        found = scope.tables.get(alias.lower())
        if found is not None:
            return found
        scope = scope.outer
    return None


def queries_in(texts: Iterable[tuple[str, int]], names: Names, marked: bool) -> Iterator[Mention]:
    """What queries read that stand as strings in another language; each with the offset that it begins at."""
    for text, start in texts:
        yield from sql_mentions(text, names, marked, start)
