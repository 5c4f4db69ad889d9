"""What a condition looks at for a subject: subjects with the same signature are judged and explained alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from auditor.model.truth import Truth, all_of, any_of
from auditor.policy.binding import Ground
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

Mark = Callable[[str], Hashable]


def signature(condition: Condition, ground: Ground) -> Mark:
    """A function of the subject to everything that the explanation of its truth depends on, beside its name.

    Parts that did not decide are told of nowhere, so that they do not count. Where more than facts and next
    neighbours decide, the subject itself is its signature.
    """
    match condition:
        case FactTest(fact=fact, kinds=kinds):
            return ground.reader(fact, kinds) if fact.answered or kinds else _alike
        case AllOf(parts=parts):
            return _group(parts, all_of, ground)
        case AnyOf(parts=parts):
            return _group(parts, any_of, ground)
        case Negation(part=part):
            return signature(part, ground)
        case Quantified(over=over) | Counted(over=over):
            return _neighbours(over, ground)
        case KindIs():
            return _itself


def _alike(_subject: str) -> Hashable:
    """What no analysis answers is the same for all."""
    return ()


def _itself(subject: str) -> Hashable:
    return subject


def _group(parts: tuple[Condition, ...], join: Callable[[Iterable[Truth]], Truth], ground: Ground) -> Mark:
    marked = [(place, ground.check(part), signature(part, ground)) for place, part in enumerate(parts)]

    def mark(subject: str) -> Hashable:
        truths = [check(subject) for _, check, _ in marked]
        whole = join(truths)
        decisive = (each for each, truth in zip(marked, truths, strict=True) if truth is whole)
        return tuple((place, inner(subject)) for place, _, inner in decisive)

    return mark


def _neighbours(over: Neighbourhood, ground: Ground) -> Mark:
    """What holds for a neighbour is a matter of the neighbour alone; only its being the subject itself is not."""
    if len(over.hops) > 1 or over.depth > 1:
        return _itself
    ask, relation = ground.facts.related, over.hops[0].relation.name

    def mark(subject: str) -> Hashable:
        related = ask(subject, relation)
        own = any(edge.subject == subject for edge in related.edges)
        return related, subject if own else ""

    return mark
