"""Between the two levels of an aggregation: texts and users become numbers, and counts are added up by key.

After it the identifiers of users are gone: what they leave is bits, or pairs of numbers.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal, a quoted name or a number only

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from auditor.query.condensing import EVENTS, GOOD, PEOPLE, TEXTS, EventColumns
from auditor.query.engine import Engine

Coder: TypeAlias = Callable[[str], tuple[str, str]]
"""User identifier → pseudonym and kind of actor."""


def number_texts(engine: Engine, columns: EventColumns, coder: Coder) -> None:
    """Exchange texts and users for numbers, and forget the identifiers."""
    names = ", ".join(columns.names)
    clean = ", ".join(f"coalesce(trim({name}), '') AS {name}" for name in columns.names)
    file = "file" if columns.by_file else "''"
    engine.run(f"CREATE TABLE keyed AS SELECT DISTINCT h, {clean} FROM told WHERE {TEXTS}")
    engine.run(
        f"CREATE TABLE spans AS SELECT h, {file} AS file, sum(n)::BIGINT AS n, min(first) AS first,"
        f" max(last) AS last FROM told WHERE {EVENTS} AND state = {GOOD} GROUP BY ALL"
    )
    engine.run(
        f"CREATE TABLE keys AS SELECT (row_number() OVER (ORDER BY {names}, file))::INTEGER AS id, * FROM"
        f" (SELECT {names}, file, sum(n)::BIGINT AS n, min(first) AS first, max(last) AS last"
        f" FROM spans JOIN keyed USING (h) GROUP BY {names}, file)"
    )
    engine.run(
        f"CREATE TABLE ids AS SELECT h, file, id FROM spans JOIN keyed USING (h) JOIN keys USING ({names}, file)"
    )
    users = engine.run(
        f"SELECT DISTINCT u, coalesce(trim(who), '') AS who FROM told WHERE {PEOPLE} ORDER BY who, u"
    )
    engine.run("CREATE TABLE codes (u UBIGINT, code INTEGER, kind VARCHAR)")
    engine.insert("codes", 3, _coded(users, coder))


def _coded(users: Iterable[tuple[Any, ...]], coder: Coder) -> Iterator[tuple[int, int | None, str]]:
    """Each identifier with the number of its pseudonym; two identifiers of one user have one number."""
    numbers: dict[str, int] = {}
    for place, who in users:
        if who:
            pseudonym, kind = coder(who)
            yield place, numbers.setdefault(pseudonym, len(numbers)), kind
        else:
            yield place, None, "unknown"


def add_up(engine: Engine, columns: EventColumns, matrix: int, *, daily: bool) -> None:
    """Counts, days and users of each key and kind of user: users as bits while they fit, else in pairs.

    `daily`: the counts of each day beside them, in the table `dayed`.
    """
    ((keys, users),) = engine.run(
        "SELECT (SELECT count(*) FROM keys), (SELECT coalesce(max(code), 0) + 1 FROM codes)"
    )
    told = (
        f"SELECT *, {'file' if columns.by_file else repr('')} AS place FROM told WHERE {EVENTS} AND state = {GOOD}"
    )
    events = (
        f"({told}) AS told JOIN ids ON ids.h = told.h AND ids.file = told.place JOIN codes ON codes.u = told.u"
    )
    bits = keys * users <= matrix * 8
    actors = f"bitstring_agg(code, 0, {users - 1})" if bits else "NULL::BIT"
    engine.run(
        f"CREATE TABLE sums AS SELECT id, kind, sum(n)::BIGINT AS n, min(first) AS first, max(last) AS last,"
        f" {actors} AS actors FROM {events} GROUP BY id, kind"
    )
    fitting = "FALSE" if bits else "code IS NOT NULL"
    engine.run(f"CREATE TABLE pairs AS SELECT DISTINCT id, kind, code FROM {events} WHERE {fitting}")
    if daily:
        # Each row of `told` holds the events of one day.
        engine.run(
            f"CREATE TABLE dayed AS SELECT id, kind, first AS day, sum(n)::BIGINT AS n FROM {events}"
            " GROUP BY id, kind, first"
        )
    engine.run("DROP TABLE told")
