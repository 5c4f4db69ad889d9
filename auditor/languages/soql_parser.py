"""The grammar of SOQL, clause by clause.

Written from "SOQL SELECT Syntax" of the SOQL and SOSL reference. Liberal where Salesforce is strict, since
the question is only which fields a query mentions. Conditions are read flat, so brackets cost no recursion;
queries within queries do, to a depth far beyond what Salesforce allows.
"""

from __future__ import annotations

from auditor.languages.queries import Clause, Query, QueryKind
from auditor.languages.soql_draft import Draft, read_bind, read_call
from auditor.languages.soql_reader import Reader

# Salesforce allows five levels of child queries and two of semi-joins.
_MAX_DEPTH = 20
_WORD_OPERATORS = frozenset({"LIKE", "IN", "INCLUDES", "EXCLUDES"})
_SYMBOL_OPERATORS = frozenset({"=", "!=", "<>", "<", ">", "<=", ">="})
_FIRST_OF_CLAUSE = frozenset(
    {"USING", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "UPDATE"}
)
_SECOND_OF_CLAUSE = {
    "USING": frozenset({"SCOPE", "LISTVIEW"}),
    "GROUP": frozenset({"BY"}),
    "ORDER": frozenset({"BY"}),
    "FOR": frozenset({"VIEW", "REFERENCE", "UPDATE"}),
    "ALL": frozenset({"ROWS"}),
    "UPDATE": frozenset({"TRACKING", "VIEWSTAT"}),
}


def read_select(reader: Reader, kind: QueryKind) -> Query:
    """Read from SELECT to the end of the query, its closing bracket, or the first problem."""
    draft = Draft(kind)
    reader.depth += 1
    if reader.depth > _MAX_DEPTH:
        reader.fail("queries are nested too deeply")
    elif not reader.accept("SELECT"):
        reader.fail("expected SELECT")
    else:
        read_fields(reader, draft)
        if reader.accept("FROM"):
            _read_from(reader, draft)
            read_clauses(reader, draft)
        else:
            reader.fail("expected FROM")
    reader.depth -= 1
    return draft.finish(reader)


def read_fields(reader: Reader, draft: Draft) -> None:
    """Read what a SELECT, or an object of RETURNING, asks for."""
    while True:
        _read_field(reader, draft)
        if reader.peek().kind == "name" and not (reader.sees("FROM") or _at_clause(reader)):
            draft.result_names.add(reader.take().text.lower())
        if not reader.accept_kind("comma"):
            return


def _read_field(reader: Reader, draft: Draft) -> None:
    word = reader.peek()
    if reader.sees("FROM"):
        # No object has a field of this name: a list that ends in a comma, as queries glued together do.
        reader.note("expected a field")
    elif word.kind == "open":
        reader.take()
        draft.subqueries.append(read_select(reader, "children"))
        reader.expect("close", "a closing bracket after the query")
    elif reader.sees("TYPEOF") and reader.peek(1).kind == "name" and reader.peek(1).upper != "FROM":
        _read_typeof(reader, draft)
    elif word.kind == "name" and reader.peek(1).kind == "open":
        read_call(reader, draft, Clause.SELECT)
    elif word.kind == "name":
        draft.mention(reader.take(), Clause.SELECT)
    else:
        reader.fail("expected a field")


def _read_typeof(reader: Reader, draft: Draft) -> None:
    """`TYPEOF What WHEN Account THEN Phone, Name WHEN … ELSE Name END`."""
    reader.take()
    owner = reader.take().text
    while reader.accept("WHEN"):
        kind = reader.expect("name", "an object after WHEN")
        if kind is None or not reader.accept("THEN"):
            reader.fail("expected THEN")
            return
        _read_branch(reader, draft, owner, kind.text)
    if reader.accept("ELSE"):
        _read_branch(reader, draft, owner, "")
    if not reader.accept("END"):
        reader.fail("expected END")


def _read_branch(reader: Reader, draft: Draft, owner: str, kind: str) -> None:
    while True:
        word = reader.expect("name", "a field")
        if word is None:
            return
        draft.mention(word, Clause.SELECT, owner=owner, of=kind)
        if not reader.accept_kind("comma"):
            return


def _read_from(reader: Reader, draft: Draft) -> None:
    """`FROM Account a, a.Contacts c`: the object or child relationship, and relationships under an alias."""
    first = reader.expect("name", "an object after FROM")
    if first is None:
        return
    draft.source = first.text
    if draft.kind != "children":
        # `SELECT Account.Name FROM Account` means the account's own name.
        draft.prefixes[first.text.lower()] = ""
    _read_alias(reader, draft, "")
    while reader.accept_kind("comma"):
        path = reader.expect("name", "a relationship")
        if path is None:
            return
        head, _, rest = path.text.partition(".")
        known = draft.prefixes.get(head.lower(), head)
        _read_alias(reader, draft, ".".join(filter(None, (known, rest))))


def _read_alias(reader: Reader, draft: Draft, stands_for: str) -> None:
    reader.accept("AS")
    if reader.peek().kind == "name" and not _at_clause(reader):
        draft.prefixes[reader.take().text.lower()] = stands_for


def _at_clause(reader: Reader) -> bool:
    """Whether a clause begins here. `Group` and `Order` are also objects, so the second word counts too."""
    first = reader.peek()
    if first.kind != "name" or first.upper not in _FIRST_OF_CLAUSE:
        return False
    second = _SECOND_OF_CLAUSE.get(first.upper)
    return second is None or reader.peek(1).upper in second or reader.peek(1).kind == "end"


def read_clauses(reader: Reader, draft: Draft) -> None:
    """Read what follows FROM, up to the end or a closing bracket."""
    while reader.peek().kind not in ("end", "close"):
        if reader.accept("WHERE"):
            read_condition(reader, draft, Clause.WHERE)
        elif reader.accept("HAVING"):
            read_condition(reader, draft, Clause.HAVING)
        elif reader.accept("GROUP", "BY"):
            _read_list(reader, draft, Clause.GROUP_BY)
        elif reader.accept("ORDER", "BY"):
            _read_list(reader, draft, Clause.ORDER_BY)
        elif not _skip_clause(reader, draft):
            reader.fail("expected a clause of the query")


def _skip_clause(reader: Reader, draft: Draft) -> bool:
    """Clauses that mention no field."""
    if reader.accept("USING", "SCOPE"):
        draft.scope = reader.take().text
    elif reader.accept("USING", "LISTVIEW"):
        reader.take()
        reader.take()
    elif reader.accept("LIMIT") or reader.accept("OFFSET"):
        _read_value(reader, draft, Clause.WHERE)
    elif reader.accept("WITH"):
        _skip_with(reader, draft)
    elif reader.accept("FOR") or reader.accept("UPDATE"):
        reader.take()
        while reader.accept_kind("comma"):
            reader.take()
    else:
        return reader.accept("ALL", "ROWS")
    return True


def _skip_with(reader: Reader, draft: Draft) -> None:
    """`WITH USER_MODE`, `WITH DATA CATEGORY Geography__c AT usa__c`: modes and categories, no fields."""
    while reader.peek().kind not in ("end", "close") and not _at_clause(reader):
        if reader.peek().kind == "open":
            reader.skip_brackets()
        elif reader.take().kind == "colon":
            read_bind(reader, draft)


def _read_list(reader: Reader, draft: Draft, clause: Clause) -> None:
    """Fields of GROUP BY and ORDER BY, also within ROLLUP and CUBE, with their sort order."""
    while True:
        if reader.peek().kind == "name" and reader.peek(1).kind == "open":
            read_call(reader, draft, clause)
        elif (word := reader.expect("name", "a field")) is not None:
            draft.mention(word, clause)
        if not reader.accept("ASC"):
            reader.accept("DESC")
        if reader.accept("NULLS") and not reader.accept("FIRST") and not reader.accept("LAST"):
            reader.fail("expected FIRST or LAST")
        if not reader.accept_kind("comma"):
            return


def read_condition(reader: Reader, draft: Draft, clause: Clause) -> None:
    """Read comparisons joined by AND and OR. Brackets are only counted."""
    open_brackets = 0
    while True:
        while reader.peek().kind == "open" or reader.sees("NOT"):
            open_brackets += reader.take().kind == "open"
        _read_comparison(reader, draft, clause)
        while open_brackets and reader.accept_kind("close"):
            open_brackets -= 1
        if not (reader.accept("AND") or reader.accept("OR")):
            break
    if open_brackets:
        reader.fail("expected a closing bracket")


def _read_comparison(reader: Reader, draft: Draft, clause: Clause) -> None:
    if reader.peek().kind == "name" and reader.peek(1).kind == "open":
        read_call(reader, draft, clause)
    elif (word := reader.expect("name", "a field")) is not None:
        draft.mention(word, clause)
    reader.accept("NOT")
    operator = reader.peek()
    if operator.text in _SYMBOL_OPERATORS or (operator.kind == "name" and operator.upper in _WORD_OPERATORS):
        reader.take()
        _read_value(reader, draft, clause)
    else:
        reader.fail("expected a comparison")


def _read_value(reader: Reader, draft: Draft, clause: Clause) -> None:
    """A literal, a date literal (`LAST_N_DAYS:90`), a bind, a list, a query, or a template's gap (`{0}`, `?`)."""
    word = reader.peek()
    if word.kind == "open":
        _read_list_value(reader, draft)
    elif word.kind == "name" and reader.peek(1).kind == "open":
        read_call(reader, draft, clause)
    elif word.text == "{":
        reader.skip_brackets()
    elif reader.accept_kind("colon"):
        read_bind(reader, draft)
    elif word.kind in ("string", "number", "name", "brace"):
        reader.take()
        if word.kind == "name" and reader.accept_kind("colon"):
            reader.expect("number", "a number after the colon")
    else:
        reader.fail("expected a value")


def _read_list_value(reader: Reader, draft: Draft) -> None:
    reader.take()
    if reader.sees("SELECT"):
        draft.subqueries.append(read_select(reader, "semijoin"))
    while reader.peek().kind not in ("close", "end"):
        if reader.peek().kind == "open":
            reader.skip_brackets()
        elif reader.take().kind == "colon":
            read_bind(reader, draft)
    reader.expect("close", "a closing bracket")
