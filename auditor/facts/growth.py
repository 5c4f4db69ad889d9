"""How the number of custom fields grew, quarter by quarter, and when it meets its limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass
from auditor.errors import AuditorError
from auditor.facts.base import INTEGER, OBJECT, Fact, Facts
from auditor.facts.quarters import quarter_of, quarters_between, shifted
from auditor.graph.nodes import NodeKind
from auditor.languages.fieldpaths import is_custom
from auditor.model.names import SubjectKind, object_key, parse_subject
from auditor.model.observations import Definition, GrowthEvent
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

if TYPE_CHECKING:
    from auditor.model.results import GrowthRow

FAMILY = "growth"
ROWS, SOURCES = "growth rows", "growth sources"
"""Under which the growth of an object or system, and who tells of it, are kept."""
_KINDS = OBJECT | {"system"}
_TREND_QUARTERS = 4
"""Quarters whose mean is drawn forward: a full business year, so that no season decides."""


@dataclass(frozen=True, slots=True)
class _Change:
    day: date
    added: bool


def by_quarter(
    definitions: Iterable[Definition], growth: Iterable[GrowthEvent], until: date
) -> tuple[GrowthRow, ...]:
    """Fields added and removed by quarter, from the first one to that of `until`, and how many then stood.

    A register's creation date outranks the repository's first commit of the same field, which may be an import
    of years of work on one day. Removals are known from the repository alone.
    """
    added: dict[str, int] = {}
    removed: dict[str, int] = {}
    for change in _changes(definitions, growth):
        if change.day <= until:
            side = added if change.added else removed
            quarter = quarter_of(change.day)
            side[quarter] = side.get(quarter, 0) + 1
    if not added and not removed:
        return ()
    from auditor.model.results import GrowthRow  # with all that reports hold; a hook seldom asks

    rows: list[GrowthRow] = []
    total = 0
    for quarter in quarters_between(min((*added, *removed)), quarter_of(until)):
        gained, lost = added.get(quarter, 0), removed.get(quarter, 0)
        total += gained - lost
        rows.append(GrowthRow(quarter, gained, lost, gained - lost, total))
    return tuple(rows)


def _changes(definitions: Iterable[Definition], growth: Iterable[GrowthEvent]) -> list[_Change]:
    born = {each.subject: each.created for each in definitions if each.created is not None}
    changes: list[_Change] = []
    seen: set[str] = set()
    for event in sorted(growth, key=lambda each: (each.day, each.subject, each.added)):
        first = event.added and event.subject not in seen
        seen.add(event.subject)
        day = min(born.get(event.subject, event.day), event.day) if first else event.day
        changes.append(_Change(day, event.added))
    changes.extend(_Change(day, True) for subject, day in born.items() if subject not in seen)
    return changes


def growth_of(facts: Facts, key: str) -> tuple[GrowthRow, ...]:
    """Growth of the custom fields of one object (its printed name) or one system (`crm:`)."""
    return facts.once((ROWS, key), lambda: _grown(facts, key))


def _grown(facts: Facts, key: str) -> tuple[GrowthRow, ...]:
    definitions, events = _owned(facts)
    return by_quarter(definitions.get(key, ()), events.get(key, ()), facts.settings.as_of)


def growth_sources(facts: Facts, key: str) -> frozenset[str]:
    """Ids of the registers that tell of the fields of an object or a system."""
    return facts.once((SOURCES, key), lambda: frozenset(each.source for each in _owned(facts)[0].get(key, ())))


def _owned(facts: Facts) -> _Owned:
    return facts.once(("growth", ""), lambda: _by_owner(facts))


def counts_in_growth(facts: Facts, key: str) -> bool:
    """Whether a field counts among the custom ones of its object."""
    return bool(_owners(facts, key))


_Owned = tuple[dict[str, list[Definition]], dict[str, list[GrowthEvent]]]


def _by_owner(facts: Facts) -> _Owned:
    """Definitions and events of fields, by their object and by their system."""
    definitions: dict[str, list[Definition]] = {}
    events: dict[str, list[GrowthEvent]] = {}
    for told in facts.evidence.evidence.definitions:
        if facts.evidence.truncated(told.source):
            # A register that was cut would make the years it left out look quiet.
            continue
        for owner in _owners(facts, told.subject):
            definitions.setdefault(owner, []).append(told)
    for event in facts.evidence.evidence.growth:
        for owner in _owners(facts, event.subject):
            events.setdefault(owner, []).append(event)
    return definitions, events


def _owners(facts: Facts, subject: str) -> Sequence[str]:
    """Object and system of a custom field; nothing for other subjects."""
    try:
        parsed = parse_subject(subject)
    except AuditorError:
        return ()
    if parsed.kind is not SubjectKind.FIELD:
        return ()
    there = facts.graph.kind_of(subject) is NodeKind.FIELD
    custom = facts.graph.field(subject).value.custom if there else is_custom(parsed.field)
    return (f"{parsed.system}:", object_key(parsed.system, parsed.name)) if custom is not False else ()


def _rows(facts: Facts, key: str) -> tuple[GrowthRow, ...] | Unknown:
    """Growth of an object or system. A system with a history but an object without one has not grown."""
    rows = growth_of(facts, key)
    system = f"{key.partition(':')[0]}:"
    if rows or (key != system and growth_of(facts, system)):
        return rows
    return Unknown(
        "no register of definitions and no history of the repository was read",
        facts.settled_by(key.partition(":")[0], "tooling-custom-field", "git-history"),
    )


def _net_last(facts: Facts, key: str) -> Value:
    rows = _rows(facts, key)
    if isinstance(rows, Unknown):
        return rows
    last = shifted(quarter_of(facts.settings.as_of), -1)
    return sum(row.net for row in rows if row.quarter == last)


def _created_now(facts: Facts, key: str) -> Value:
    rows = _rows(facts, key)
    if isinstance(rows, Unknown):
        return rows
    return sum(row.added for row in rows if row.quarter == quarter_of(facts.settings.as_of))


def _forecast(facts: Facts, key: str) -> Value:
    """Quarters until the limit at the mean pace of the last four full quarters; absent when nothing grows."""
    rows = _rows(facts, key)
    limit = facts.fact(key, "limit")
    if isinstance(rows, Unknown):
        return rows
    if not isinstance(limit, int):
        return limit
    now = quarter_of(facts.settings.as_of)
    recent = [row.net for row in rows if shifted(now, -_TREND_QUARTERS) <= row.quarter < now]
    pace = sum(recent) / _TREND_QUARTERS
    if pace <= 0:
        return ABSENT
    used = facts.fact(key, "field_slots")
    left = limit - used if isinstance(used, int) else limit
    return max(0, int(left // pace))


def _source(facts: Facts, key: str) -> str:
    return facts.evidence.words(growth_sources(facts, key))


_UNKNOWN = "no register of definitions and no history of the repository was read"
_SETTLED = ("tooling-custom-field", "git-history")

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "net_new_last_quarter",
            _KINDS,
            INTEGER,
            "Custom fields added less those removed in the last full quarter.",
            FAMILY,
            local(1),
            "fields",
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        _net_last,
        _source,
    ),
    Fact(
        FactSpec(
            "created_this_quarter",
            _KINDS,
            INTEGER,
            "Custom fields added in the running quarter.",
            FAMILY,
            local(1),
            "fields",
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        _created_now,
        _source,
    ),
    Fact(
        FactSpec(
            "forecast_quarters_to_limit",
            OBJECT,
            INTEGER,
            "Quarters until its limit of fields, at the mean pace of the last four full quarters.",
            FAMILY,
            local(1),
            "quarters",
            unknown_when=_UNKNOWN + ", or the edition is not declared",
            settled_by=_SETTLED,
            absent_when="it does not grow",
        ),
        _forecast,
        _source,
    ),
)
