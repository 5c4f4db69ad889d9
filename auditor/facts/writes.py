"""Writes: when a value was last written that still stands or that a log saw, and by whom.

Two kinds of evidence bound it. A log of changes (field history) dates each change of a tracked field, but not the
values that a row is created with. Rows bound what stands: a value in a row created on a day was written then or
later, and no standing value is newer than the newest change of a row that holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from auditor.facts.base import DATE, FIELD, TEXTS, Fact, Facts, of_field
from auditor.facts.fields import calculated, defaulted
from auditor.facts.measures import counted_on, creator_fills, lacking, latest_fills, latest_profile, overall
from auditor.facts.quarters import quarter_end
from auditor.facts.spans import Span
from auditor.facts.standing import latest, log_span, standing, writes
from auditor.graph.nodes import FieldNode
from auditor.model.observations import Actor
from auditor.model.testimony.table import answering, telling
from auditor.model.testimony.words import Question
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "usage"
_SETTLED = telling(Question.FIELD_WRITTEN)
_LOGGED = answering(Question.FIELD_WRITTEN_BY)


def last_write(facts: Facts, node: FieldNode) -> Value:
    """When a value was last written that still stands or that a log saw, by anyone."""
    if calculated(node):
        return ABSENT
    logged, stands = latest(writes(facts, node)), standing(facts, node)
    if stands.empty and logged is None:
        return _never_held(facts, node)
    lower = max((day for day in (logged, stands.not_before) if day is not None), default=None)
    upper = logged if stands.empty else _later(stands.not_after, logged)
    if lower is None and upper is None:
        return Unknown("no log of changes and no count of rows tells", lacking(facts, node, *_SETTLED))
    return DateRange(lower, upper if upper is not None else _now(facts, lower))


def _never_held(facts: Facts, node: FieldNode) -> Never:
    measured = overall(facts, node.key)
    assert measured is not None
    return Never(None, counted_on(facts, measured[1]))


def _later(upper: date | None, logged: date | None) -> date | None:
    """An open upper bound stays open, whatever a log saw."""
    return upper if upper is None or logged is None else max(upper, logged)


def _now(facts: Facts, lower: date | None) -> date:
    return max(day for day in (lower, facts.settings.as_of) if day is not None)


def last_write_by(actor: Actor) -> Callable[[Facts, FieldNode], Value]:
    """The last write by one kind of actor: seen in a log from below, bounded by anyone's from above."""

    def answer(facts: Facts, node: FieldNode) -> Value:
        anyone = facts.fact(node.key, "last_write")
        if not isinstance(anyone, DateRange | Unknown):
            return anyone
        seen = latest([each for each in writes(facts, node) if each.by is actor])
        upper = anyone.not_after if isinstance(anyone, DateRange) else None
        span = _watched_span(facts, node)
        if span is not None:
            recent = [day for day in (seen, _created_with_value(facts, node, actor)) if day and _within(span, day)]
            if not recent:
                return Never(span.since, span.until) if seen is None else DateRange(seen, _day_before(span))
            upper = min(max(recent), upper or max(recent))
        if seen is None and (upper is None or upper >= facts.settings.as_of):
            return _unknown_by(facts, node, actor)
        return DateRange(seen, upper if upper is not None else _now(facts, seen))

    return answer


def _watched_span(facts: Facts, node: FieldNode) -> Span | None:
    """The stretch in which each write has a known kind of actor: changes by a log, first values by the creator."""
    fills = creator_fills(facts, node.key)
    if not fills or not facts.settings.reaches_now(counted_on(facts, fills[0].source)):
        return None
    told = any(each.cohort.creator and each.cohort.quarter for each in fills) and not defaulted(node.value)
    nameless = any(each.cohort.creator is Actor.UNKNOWN and each.filled for each in fills)
    if not told or nameless or any(each.by is Actor.UNKNOWN for each in writes(facts, node)):
        return None
    return log_span(facts, node)


def _created_with_value(facts: Facts, node: FieldNode, actor: Actor) -> date | None:
    """Last day of the newest quarter in which the actor created a row that holds a value."""
    mine = [each for each in creator_fills(facts, node.key) if each.cohort.creator is actor and each.filled]
    return max((quarter_end(each.cohort.quarter) for each in mine if each.cohort.quarter), default=None)


def _within(span: Span, day: date) -> bool:
    return span.since is None or day >= span.since


def _day_before(span: Span) -> date:
    assert span.since is not None
    return span.since - timedelta(days=1)


def _unknown_by(facts: Facts, node: FieldNode, actor: Actor) -> Unknown:
    return Unknown(
        f"no log of changes tells which writes were by {_ACTORS[actor]}",
        lacking(facts, node, *_SETTLED),
    )


_ACTORS = {Actor.PEOPLE: "people", Actor.INTEGRATION: "an integration", Actor.AUTOMATION: "automation"}


def _writer_kinds(facts: Facts, node: FieldNode) -> Value:
    if calculated(node):
        return ABSENT
    kinds = {str(each.by) for each in writes(facts, node) if each.count != 0} - {str(Actor.UNKNOWN)}
    if kinds:
        return tuple(sorted(kinds))
    return Unknown("no log of changes tells who wrote", facts.settled_by(node.system, *_LOGGED))


def _source(facts: Facts, key: str) -> str:
    used = {each.source for each in writes(facts, facts.graph.field(key))}
    profile, fills = latest_profile(facts, key), latest_fills(facts, key)
    used |= {each.source for each in (profile, *fills[:1], *creator_fills(facts, key)[:1]) if each is not None}
    return facts.evidence.words(used)


_CALCULATED = "the platform computes it, so that nobody writes it"


def _write_fact(name: str, sentence: str, answer: Callable[[Facts, FieldNode], Value]) -> Fact:
    spec = FactSpec(
        name,
        FIELD,
        DATE,
        sentence,
        FAMILY,
        unknown_when="no log of changes and no count of rows bounds it",
        settled_by=_SETTLED,
        absent_when=_CALCULATED,
    )
    return Fact(spec, of_field(answer), _source)


FACTS: tuple[Fact, ...] = (
    _write_fact("last_write", "When a value was last written that still stands or that a log saw.", last_write),
    _write_fact(
        "last_write_by_people",
        "The same by people; without a log of changes only bounded from above.",
        last_write_by(Actor.PEOPLE),
    ),
    _write_fact(
        "last_write_by_integration",
        "The same by an integration; without a log of changes only bounded from above.",
        last_write_by(Actor.INTEGRATION),
    ),
    Fact(
        FactSpec(
            "writer_kinds",
            FIELD,
            TEXTS,
            "Kinds of actors that a log saw writing it (`people`, `integration`, `automation`).",
            FAMILY,
            unknown_when="no log of changes saw a write",
            settled_by=_LOGGED,
            absent_when=_CALCULATED,
        ),
        of_field(_writer_kinds),
        _source,
    ),
)
