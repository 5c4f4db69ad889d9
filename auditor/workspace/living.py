"""The section of `auditor explain` on liveness: the chain that keeps a thing, or why nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.errors import AuditorError
from auditor.facts.base import Facts
from auditor.facts.liveness.answers import settling, supports
from auditor.facts.liveness.engine import liveness_of
from auditor.facts.liveness.telling import Mention, Step, Way, root_sentence, silent_mentions, way_to, why_dead
from auditor.model.liveness import DEAD, OBSERVED, is_candidate
from auditor.model.names import SubjectKind, parse_subject
from auditor.model.values import DateRange, Never, Value

_MOST = 12
"""Mentions of one kind that are listed before the rest is counted."""
_LEVELS = ("dead", "unread", "shown", "possible", "observed")


def living_told(facts: Facts, subject: str) -> tuple[tuple[str, ...], Mapping[str, object]] | None:
    """What liveness says of a subject, as lines and as values; None where it takes no part."""
    level = liveness_of(facts).level(subject)
    if level is None:
        return None
    return tuple(_lines(facts, subject, level)), _values(facts, subject, level)


def _lines(facts: Facts, subject: str, level: int) -> Iterator[str]:
    if level == OBSERVED:
        yield "liveness: alive"
        yield from _chain(facts, way_to(facts, subject))
        return
    yield f"liveness: {_headline(facts, subject, level)}"
    if level != DEAD:
        yield "  could still be kept by:"
        yield from _cut(f"    {each}" for each in supports(facts, subject))
        way = way_to(facts, subject)
        yield from _chain(facts, way if way is not None and len(way.steps) > 1 else None)
    mentions = silent_mentions(facts, subject)
    if mentions:
        yield "  does not count:"
        yield from _cut(f"    {_mention(each)}" for each in mentions)
    elif level == DEAD:
        yield f"  {why_dead(facts, subject) or 'nothing mentions it'}"
    settled = settling(facts, subject)
    if settled and level != DEAD:
        yield f"  would be settled by: {', '.join(settled)}"


def _headline(facts: Facts, subject: str, level: int) -> str:
    if level == DEAD:
        return f"dead; {_since(facts.fact(subject, 'dead_since'))}"
    return "unknown, a review candidate" if is_candidate(level) else "unknown"


def _since(value: Value) -> str:
    match value:
        case DateRange(not_after=day) if day is not None:
            return f"it can have been alive until {day}, not later"
        case Never():
            return "nothing on record ever kept it alive"
        case _:
            return "since when is not known"


def _chain(facts: Facts, way: Way | None) -> Iterator[str]:
    if way is None:
        return
    hops = [f" → {step.by} → {step_name(step)}" for step in way.steps[1:]]
    yield f"  {step_name(way.steps[0])}, {root_sentence(facts, way.root)}{''.join(hops)}"


def step_name(step: Step) -> str:
    """A thing of a chain as a sentence names it: components by kind and name, data by their printed names."""
    try:
        subject = parse_subject(step.subject)
    except AuditorError:
        return step.subject
    if subject.kind is not SubjectKind.COMPONENT:
        return step.subject.partition(":")[2]
    return f"{subject.component_kind.replace('_', ' ').capitalize()} *{subject.name}*"


def _mention(each: Mention) -> str:
    place = f"  ({each.path}{'' if each.line is None else f':{each.line}'})" if each.path else ""
    by = f"{each.access}, {each.part}" if each.part else each.access
    return f"{each.subject} ({by}): {each.because}{place}"


def _cut(lines: Iterator[str]) -> Iterator[str]:
    told = list(lines)
    yield from told[:_MOST]
    if len(told) > _MOST:
        yield f"    and {len(told) - _MOST} more"


def _values(facts: Facts, subject: str, level: int) -> Mapping[str, object]:
    way = way_to(facts, subject)
    return {
        "alive": {OBSERVED: True, DEAD: False}.get(level),
        "level": _LEVELS[level],
        "candidate": is_candidate(level),
        "root": None if way is None else root_sentence(facts, way.root),
        "chain": [] if way is None else [{"by": step.by, "subject": step.subject} for step in way.steps],
        "support": supports(facts, subject) if DEAD < level < OBSERVED else [],
        "does_not_count": [_value(each) for each in silent_mentions(facts, subject)],
        "settled_by": list(settling(facts, subject)) if DEAD < level < OBSERVED else [],
    }


def _value(each: Mention) -> Mapping[str, object]:
    return {
        "subject": each.subject,
        "access": each.access,
        "part": each.part,
        "because": each.because,
        "path": each.path,
        "line": each.line,
    }
