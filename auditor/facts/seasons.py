"""Whether a field was used in the same season a year ago: what sleeps now may wake for the fair in spring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from auditor.facts.base import Facts
from auditor.facts.channels import read_watch, sources_of
from auditor.facts.fields import calculated, defaulted
from auditor.facts.measures import latest_fills
from auditor.facts.quarters import quarter_end, quarter_start
from auditor.facts.standing import writes
from auditor.graph.nodes import FieldNode
from auditor.model.observations import Deed, Fill, Observation
from auditor.model.values import ABSENT, DateRange, Unknown, Value

YEAR = timedelta(days=365)
AROUND = timedelta(days=91)
"""A quarter before and after the day a year ago."""


def used(facts: Facts, node: FieldNode) -> Value:
    """The newest read or write on record in that half year, else the newest quarter of it whose rows hold a value.

    Absent where reads were watched over all of it, rows were counted by quarter, and both tell of nothing.
    """
    first, last = season(facts)
    seen = [each for each in _seen(facts, node) if not each.possible and each.count != 0]
    days = [day for each in seen for day in (each.first, each.last) if day is not None and first <= day <= last]
    if days:
        return DateRange.on(max(days))
    filled = [_span(each) for each in _fills(facts, node) if each.filled]
    if filled:
        start, end = max(filled)
        return DateRange(max(start, first), min(end, last))
    return ABSENT if _silent(facts, node) else Unknown("nothing that was read tells of that time alone")


def season(facts: Facts) -> tuple[date, date]:
    """The half year around this day a year ago."""
    then = facts.settings.as_of - YEAR
    return then - AROUND, then + AROUND


def sources(facts: Facts, key: str) -> str:
    """The evidence that tells of that time."""
    node = facts.graph.field(key)
    told = facts.fact(key, "used_same_season_last_year")
    if not isinstance(told, DateRange):
        return ""
    if told.exact is None:
        return facts.evidence.words({each.source for each in _fills(facts, node) if each.filled})
    seen = [each for each in _seen(facts, node) if told.exact in (each.first, each.last)]
    return facts.evidence.words(sources_of(seen))


def _seen(facts: Facts, node: FieldNode) -> Iterator[Observation]:
    yield from facts.evidence.observations(node.key, Deed.READ)
    if not calculated(node):
        yield from writes(facts, node)


def _fills(facts: Facts, node: FieldNode) -> Iterator[Fill]:
    """Counts of rows that were created in that half year, at least in part; defaults are nobody's doing."""
    if defaulted(node.value):
        return
    first, last = season(facts)
    for each in latest_fills(facts, node.key):
        if each.cohort.quarter and _span(each)[0] <= last and _span(each)[1] >= first:
            yield each


def _span(fill: Fill) -> tuple[date, date]:
    quarter = fill.cohort.quarter or ""
    return quarter_start(quarter), quarter_end(quarter)


def _silent(facts: Facts, node: FieldNode) -> bool:
    """Whether all that could have seen a use then was at hand, and nothing that it saw may have been one."""
    first, last = season(facts)
    watch = read_watch(facts, node)
    if not watch.complete or watch.span is None or watch.span.until < last:
        return False
    watched = watch.span.since is None or watch.span.since <= first
    spread = any(
        (each.first is None or each.first <= last) and each.last is not None and each.last >= first
        for each in _seen(facts, node)
    )
    counted = calculated(node) or any(True for _ in _fills(facts, node))
    return watched and counted and not spread
