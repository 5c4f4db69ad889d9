"""What a condition asks for: its facts, its relations, and how far from the subject it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def near_of(conditions: Iterable[Condition]) -> int:
    """How far the conditions look by links alone: what a fact finds in the whole graph is left out.

    A relation that may lead anywhere counts as two links: those that do lead to what stands near in fact.
    """
    return max((_near(condition) for condition in conditions), default=0)


_ANYWHERE = 2


def _near(condition: Condition) -> int:
    match condition:
        case FactTest(fact=fact):
            return fact.reach.hops or 0
        case Quantified(over=over) | Counted(over=over):
            way = sum(_hops(hop.relation.reach) for hop in over.hops) * over.depth
            return way + near_of(_inner(condition))
        case _:
            return near_of(_inner(condition))


def _hops(reach: Reach) -> int:
    return _ANYWHERE if reach.hops is None else reach.hops


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
