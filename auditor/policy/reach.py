"""What a condition asks for: its facts, its relations, and how far from the subject it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from auditor.dataclasses import dataclass
from auditor.model.vocabulary import GLOBAL, Reach, local
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Condition,
    Counted,
    FactTest,
    KindIs,
    Negation,
    Neighbourhood,
    Quantified,
)


@dataclass(frozen=True, slots=True)
class Sight:
    """One place that a condition looks at: steps from the subject, and what of the node at their end."""

    steps: tuple[str, ...]
    look: str

    def after(self, steps: tuple[str, ...]) -> Sight:
        """The same, seen from where some steps begin."""
        return Sight(steps + self.steps, self.look)


DEFINITION, BEING, WHICH, CONCEPT, ANSWER = "definition", "being", "which", "concept", "answer"
"""Looks: at what a node is; at whether it is there, and what is true of it as long as it is; at no more than which
node it is; at what an object is told to be; at an answer that the whole graph decides."""
ANY = "any"
"""The step along whichever link."""
MATCHED = "=duplicates"
"""The step to what holds the same in another system."""


def facts_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Names of the facts that are asked of nodes, sorted."""
    return tuple(sorted({part.fact.name for part in _walk(conditions) if isinstance(part, FactTest)}))


def relations_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Names of the relations that are followed, sorted."""
    parts = (part.over for part in _walk(conditions) if isinstance(part, (Quantified, Counted)))
    return tuple(sorted({hop.relation.name for over in parts for hop in over.hops}))


def reach_of(conditions: Iterable[Condition]) -> Reach:
    """The farthest that any of the conditions looks."""
    return _farthest(_reach(condition) for condition in conditions)


def sights_of(conditions: Iterable[Condition]) -> frozenset[Sight]:
    """Everything that the conditions look at, seen from the subject."""
    return frozenset(sight for condition in conditions for sight in _sights(condition))


def _sights(condition: Condition) -> frozenset[Sight]:
    match condition:
        case FactTest(fact=fact):
            return _declared(fact.reach)
        case KindIs():
            return frozenset((Sight((), BEING),))
        case Quantified(over=over) | Counted(over=over):
            return _sights_along(over)
        case _:
            return sights_of(_inner(condition))


def _declared(reach: Reach) -> frozenset[Sight]:
    if reach.ways is not None:
        return frozenset(map(sight_of, reach.ways))
    if reach.hops is None:
        return frozenset((Sight((), ANSWER),))
    return frozenset((Sight((ANY,) * reach.hops, DEFINITION),))


@cache
def sight_of(way: str) -> Sight:
    """A way as it is declared (`object.fields:being`)."""
    steps, _, look = way.partition(":")
    return Sight(tuple(steps.split(".")) if steps else (), look or DEFINITION)


def _sights_along(over: Neighbourhood) -> frozenset[Sight]:
    """What is looked at on the way, and at every end that may be met."""
    found: set[Sight] = set()
    begins: set[tuple[str, ...]] = {()}
    ends: set[tuple[str, ...]] = set()
    for _ in range(over.depth):
        for hop in over.hops:
            seen = _declared(hop.relation.reach)
            found.update(sight.after(steps) for steps in begins for sight in seen)
            ways = {(MATCHED,)} if hop.relation.reach.is_global else {sight.steps for sight in seen}
            begins = {steps + way for steps in begins for way in ways}
            inner = () if hop.where is None else (hop.where,)
            found.update(sight.after(steps) for steps in begins for sight in sights_of(inner))
        ends |= begins
    inner = () if over.where is None else (over.where,)
    found.update(sight.after(steps) for steps in ends for sight in sights_of(inner))
    return frozenset(found)


def _walk(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        yield condition
        yield from _walk(_inner(condition))


def _inner(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return parts
        case Negation(part=part):
            return (part,)
        case Quantified(over=over) | Counted(over=over):
            inner = (over.where, *(hop.where for hop in over.hops))
            return tuple(part for part in inner if part is not None)
        case FactTest() | KindIs():
            return ()


def _reach(condition: Condition) -> Reach:
    match condition:
        case FactTest(fact=fact):
            return fact.reach
        case Quantified(over=over) | Counted(over=over):
            return _along(over)
        case _:
            return reach_of(_inner(condition))


def _along(over: Neighbourhood) -> Reach:
    way, farthest = local(), local()
    for hop in over.hops:
        for _ in range(over.depth):
            way = _further(way, hop.relation.reach)
        if hop.where is not None:
            farthest = _farthest((farthest, _further(way, _reach(hop.where))))
    end = local() if over.where is None else _reach(over.where)
    return _farthest((farthest, _further(way, end)))


def _further(first: Reach, then: Reach) -> Reach:
    return GLOBAL if first.hops is None or then.hops is None else local(first.hops + then.hops)


def _farthest(reaches: Iterable[Reach]) -> Reach:
    hops = [reach.hops for reach in reaches]
    known = [hop for hop in hops if hop is not None]
    return GLOBAL if len(known) < len(hops) else local(max(known, default=0))
