"""What is asked of events and records, written once in Ibis over tables that no engine is bound to.

This is the meaning, for any engine that Ibis compiles to. DuckDB takes a route of its own to the same answers,
which groups by hashes and numbers instead of texts (`events`) and measures all fields of an object at once
(`profiles`); tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.query.times import Expression, day_number, load_ibis, number

UNDATED, FUTURE = "undated", "future"
CUT = "\x00"
"""Ends the template of a query that may have been cut."""

Literals: TypeAlias = tuple[tuple[str, str], ...]

LITERALS: Literals = ((r"'(?:[^'\\]|\\.)*'", "''"), (r"\b\d[\w:.+-]*", "0"))
"""Patterns of the literals of a query, in the order in which they are dropped, and what stands for them."""


@dataclass(frozen=True, slots=True)
class Key:
    """One text that says what an event was about: the columns it may stand in, first that is filled.

    `template`: it is a query, of which literals are dropped, so that alike queries are one, and no value is kept;
    `literals` are their patterns. `first`: only so many characters of it are kept (the prefix of a record id).
    `only`: it is kept only where it begins so.
    """

    columns: tuple[str, ...]
    template: bool = False
    literals: Literals = LITERALS
    first: int = 0
    only: str = ""


def condensed(keys: Sequence[Key], as_of: date, *, daily: bool = False) -> Expression:
    """First level: events of one file → one row for each combination of texts and user (and day)."""
    ibis = load_ibis()

    names = [f"k{place}" for place in range(len(keys))]
    scan = ibis.table({**dict.fromkeys([*names, "who", "at"], "string")}, name="scan")
    moment = day_number(scan.at)
    state = ibis.cases((moment.isnull(), UNDATED), (moment > number(as_of), FUTURE), else_="good")
    texts: dict[str, Expression] = {name: _keyed(scan[name], key) for name, key in zip(names, keys, strict=True)}
    told = scan.select(**texts, who=scan.who.coalesce(""), state=state, moment=moment)
    grouped = told.group_by([*names, "who", "state", *(["moment"] if daily else [])])
    return grouped.agg(n=told.count(), first=told.moment.min(), last=told.moment.max())


def counted(table: str) -> Expression:
    """Second level: condensed events and the numbers of their targets in a table → counts per target and actor."""
    ibis = load_ibis()
    names = ("id", "code", "n", "first", "last")
    events = ibis.table({**dict.fromkeys(names, "int64"), "kind": "string"}, name="coded")
    targets = ibis.table({"id": "int64", "target": "int64", "actor": "string"}, name=table)
    joined = events.join(targets, "id")
    joined = joined.mutate(by=ibis.cases((joined.actor == "", joined.kind), else_=joined.actor))
    return joined.group_by(["target", "by"]).agg(
        n=joined.n.sum(), first=joined["first"].min(), last=joined["last"].max(), actors=joined.code.nunique()
    )


def counted_by_day(table: str) -> Expression:
    """Second level by day: events condensed by day and their targets → counts per target, actor and day.

    `early` is the target of events before the day `since`, from which on it is sure.
    """
    ibis = load_ibis()
    events = ibis.table({**dict.fromkeys(("id", "n", "day"), "int64"), "kind": "string"}, name="coded")
    columns = {**dict.fromkeys(("id", "target", "early", "since"), "int64"), "actor": "string"}
    joined = events.join(ibis.table(columns, name=table), "id")
    joined = joined.mutate(
        by=ibis.cases((joined.actor == "", joined.kind), else_=joined.actor),
        target=ibis.cases((joined.day < joined.since, joined.early), else_=joined.target),
    )
    # The same users' rows were told apart, so they are added up before what means the same twice counts once.
    summed = joined.group_by(["id", "kind", "target", "by", "day"]).agg(n=joined.n.sum())
    return summed.group_by(["target", "by", "day"]).agg(n=summed.n.sum())


def measures() -> Expression:
    """What the column `value` of `cell` holds, in one row; `given` holds the default, `marks` the placeholders."""
    ibis = load_ibis()
    cell = ibis.table({"value": "string", "created": "int64", "touched": "int64"}, name="cell")
    given = ibis.table({"text": "string"}, name="given")
    marks = ibis.table({"mark": "string"}, name="marks")
    filled = cell.filter(cell.value.notnull())
    values = filled.group_by("value").agg(
        n=filled.count(), created=filled.created.max(), touched=filled.touched.max()
    )
    values = values.cross_join(given)
    same_number = values.value.try_cast("float64") == values.text.try_cast("float64")
    is_default = (values.value == values.text) | same_number.coalesce(False)
    most = values.n.max()
    values = values.mutate(is_default=is_default, is_mark=values.value.lower().isin(marks.mark))
    return values.agg(
        filled=values.n.sum(),
        distinct=values.count(),
        most=most,
        default=values.n.sum(where=values.is_default),
        marked=values.n.sum(where=values.is_mark),
        created=values.created.max(),
        touched=values.touched.max(),
    )


def _keyed(text: Expression, key: Key) -> Expression:
    if key.template:
        return _templated(text, key.literals)
    if key.only:
        return load_ibis().cases((text.startswith(key.only), text), else_="").coalesce("")
    return (text.left(key.first) if key.first else text).coalesce("")


def _templated(text: Expression, literals: Literals) -> Expression:
    """A query without its literals; one that was cut, or may have been, keeps a mark at its end.

    The vendor cuts at 10,000 or 20,000 characters, depending on the release.
    """
    ibis = load_ibis()

    bare = text
    for pattern, stand_in in literals:
        bare = bare.re_replace(pattern, stand_in)
    cut = text.length().isin((10_000, 20_000)) | (text.length() > 20_000)
    return ibis.cases((cut, bare + CUT), else_=bare.coalesce(""))


def key_sql(text: str, key: Key) -> str:
    """`_keyed` in DuckDB's SQL; `text` is a column."""
    if key.template:
        return template_sql(text, key.literals)
    if key.only:
        return "CASE WHEN starts_with(trim({0}), '{1}') THEN {0} END".format(text, key.only.replace("'", "''"))
    return f"left(trim({text}), {key.first})" if key.first else text


def template_sql(text: str, literals: Literals = LITERALS) -> str:
    """`_templated` in DuckDB's SQL; `text` is a column."""
    bare = text
    for pattern, stand_in in literals:
        quotes = (each.replace("'", "''") for each in (pattern, stand_in))
        bare = "regexp_replace({}, '{}', '{}', 'g')".format(bare, *quotes)
    cut = f"length({text}) IN (10000, 20000) OR length({text}) > 20000"
    return f"CASE WHEN {cut} THEN {bare} || chr({ord(CUT)}) ELSE {bare} END"
