"""The aggregation of events, written once in Ibis over tables that no engine is bound to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from auditor.query.times import Expression, day_number, load_ibis, number

UNDATED, FUTURE = "undated", "future"
CUT = "\x00"
"""Ends the template of a query that may have been cut."""


@dataclass(frozen=True, slots=True)
class Key:
    """One text that says what an event was about: the columns it may stand in, first that is filled.

    `template`: it is a query, of which literals are dropped, so that alike queries are one, and no value is kept.
    """

    columns: tuple[str, ...]
    template: bool = False


def condensed(keys: Sequence[Key], as_of: date) -> Expression:
    """First level: events of one file → one row for each combination of texts and user."""
    ibis = load_ibis()

    names = [f"k{place}" for place in range(len(keys))]
    scan = ibis.table({**dict.fromkeys([*names, "who", "at"], "string")}, name="scan")
    moment = day_number(scan.at)
    state = ibis.cases((moment.isnull(), UNDATED), (moment > number(as_of), FUTURE), else_="good")
    texts: dict[str, Expression] = {
        name: _templated(scan[name]) if key.template else scan[name].coalesce("")
        for name, key in zip(names, keys, strict=True)
    }
    told = scan.select(**texts, who=scan.who.coalesce(""), state=state, moment=moment)
    grouped = told.group_by([*names, "who", "state"])
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


def _templated(text: Expression) -> Expression:
    """A query without its literals; one that was cut, or may have been, keeps a mark at its end.

    The vendor cuts at 10,000 or 20,000 characters, depending on the release.
    """
    ibis = load_ibis()

    bare = text.re_replace(r"'(?:[^'\\]|\\.)*'", "''").re_replace(r"\b\d[\w:.+-]*", "0")
    cut = text.length().isin((10_000, 20_000)) | (text.length() > 20_000)
    return ibis.cases((cut, bare + CUT), else_=bare.coalesce(""))


@cache
def condensed_sql(keys: tuple[Key, ...], as_of: date) -> str:
    """The first level as DuckDB's SQL."""
    ibis = load_ibis()

    return str(ibis.to_sql(condensed(keys, as_of), dialect="duckdb"))


@cache
def counted_sql(table: str) -> str:
    """The second level as DuckDB's SQL."""
    ibis = load_ibis()

    return str(ibis.to_sql(counted(table), dialect="duckdb"))
