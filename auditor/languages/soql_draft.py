"""A query while it is being read, and the parts of the grammar that hold no query themselves."""

from __future__ import annotations

from auditor.dataclasses import dataclass, field
from auditor.languages.queries import Bind, Clause, Query, QueryField, QueryKind
from auditor.languages.soql_reader import Reader, Word

# Of Apex; `==`, `||` and `&&` are two signs each.
_SIGNS = frozenset({"+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">=", "<>", "|", "&", "!"})


@dataclass(slots=True)
class Draft:
    """A query while it is being read."""

    kind: QueryKind
    source: str = ""
    fields: list[QueryField] = field(default_factory=list)
    wildcard: list[str] = field(default_factory=list)
    subqueries: list[Query] = field(default_factory=list)
    binds: list[Bind] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    """What the first part of a path stands for: an alias of the object (nothing) or of a relationship."""
    result_names: set[str] = field(default_factory=set)
    scope: str = ""
    counts_rows: bool = False

    def mention(self, word: Word, clause: Clause, function: str = "", owner: str = "", of: str = "") -> None:
        """Note a field; `owner` and `of` are the relationship and the type of a TYPEOF branch."""
        path = word.text.rstrip(".")
        if clause in (Clause.ORDER_BY, Clause.HAVING) and path.lower() in self.result_names:
            return
        self.fields.append(QueryField(f"{owner}.{path}" if owner else path, clause, word.offset, function, of))

    def finish(self, reader: Reader) -> Query:
        """The query as a value, aliases taken off the paths."""
        children = self.kind == "children"
        return Query(
            kind=self.kind,
            object="" if children else self.source,
            relationship=self.source if children else "",
            fields=tuple(self._without_alias(item) for item in self.fields),
            wildcard=tuple(self.wildcard),
            subqueries=tuple(self.subqueries),
            binds=tuple(self.binds),
            scope=self.scope,
            counts_rows=self.counts_rows,
            cut=reader.cut,
            problem=reader.problem,
        )

    def _without_alias(self, item: QueryField) -> QueryField:
        head, dot, rest = item.path.partition(".")
        if not dot or head.lower() not in self.prefixes:
            return item
        stands_for = self.prefixes[head.lower()]
        path = f"{stands_for}.{rest}" if stands_for else rest
        return QueryField(path, item.clause, item.offset, item.function, item.type_hint)


def read_call(reader: Reader, draft: Draft, clause: Clause) -> None:
    """Read `FUNCTION(…)` and note the fields in it; calls may be nested. FIELDS() and COUNT() are noted."""
    functions: list[str] = []
    while reader.peek().kind != "end":
        word = reader.take()
        if word.kind == "name" and reader.peek().kind == "open":
            reader.take()
            functions.append(word.upper)
            draft.counts_rows |= word.upper == "COUNT" and reader.peek().kind == "close"
        elif word.kind == "name":
            _note_argument(draft, word, clause, functions[-1])
        elif word.kind == "colon":
            read_bind(reader, draft)
        elif word.kind == "close":
            functions.pop()
        if not functions:
            return
    reader.fail("expected a closing bracket")


def _note_argument(draft: Draft, word: Word, clause: Clause, function: str) -> None:
    if function == "FIELDS":
        draft.wildcard.append(word.upper)
    else:
        draft.mention(word, clause, function)


def read_bind(reader: Reader, draft: Draft) -> None:
    """Read the Apex expression after a colon: names, calls, indexes, `new Set<Id>{…}`, joined by operators."""
    choices = 0
    while True:
        while reader.peek().text in _SIGNS:
            reader.take()
        _read_operand(reader, draft)
        _skip_postfix(reader)
        sign = reader.peek()
        if sign.kind == "number" and sign.text[0] in "+-":
            reader.take()
            return
        # `a ? b : c`: a colon belongs to the expression only behind a question mark.
        if sign.text == "?":
            choices += 1
        elif choices and sign.kind == "colon":
            choices -= 1
        elif sign.text not in _SIGNS:
            return
        reader.take()


def _read_operand(reader: Reader, draft: Draft) -> None:
    word = reader.peek()
    if word.kind == "open":
        reader.skip_brackets()
    elif word.kind in ("name", "string", "number"):
        reader.take()
        if word.upper == "NEW":
            _skip_constructed(reader)
        elif word.kind == "name":
            draft.binds.append(Bind(word.text.rstrip("."), word.offset, reader.peek().kind == "open"))
    else:
        reader.fail("expected an expression after the colon")


def _skip_constructed(reader: Reader) -> None:
    """The type behind `new`, up to its brackets."""
    while reader.peek().kind in ("name", "op", "comma"):
        reader.take()


def _skip_postfix(reader: Reader) -> None:
    """Calls, indexes and further members: `(…)`, `[0]`, `{…}`, `.size()`."""
    while True:
        word = reader.peek()
        if word.kind == "open" or word.text in ("[", "{"):
            reader.skip_brackets()
        elif word.text == ".":
            reader.take()
            reader.accept_kind("name")
        else:
            return
