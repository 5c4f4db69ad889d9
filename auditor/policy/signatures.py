"""What a condition looks at for a subject: subjects with the same signature are judged and explained alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from auditor.model.truth import Truth, all_of, any_of
from auditor.model.vocabulary import Related
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
            return ground.reader(fact, kinds)
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


def readings(condition: Condition, ground: Ground) -> tuple[Mark, ...]:
    """Everything that is read of a subject to explain a condition.

    Where all of it is the same, all that is said is, whichever parts decide: finer than `signature`, and far
    cheaper to compare.
    """
    match condition:
        case FactTest(fact=fact, kinds=kinds):
            return (ground.reader(fact, kinds),)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(dict.fromkeys(read for part in parts for read in readings(part, ground)))
        case Negation(part=part):
            return readings(part, ground)
        case Quantified(over=over) | Counted(over=over) if len(over.hops) == over.depth == 1:
            ask = ground.neighbours(over.hops[0].relation.name)
            return ask, _own(ask)
        case _:
            return (_itself,)


def _own(ask: Callable[[str], Related]) -> Mark:
    """A subject that is its own neighbour is told of as itself."""
    return lambda subject: next((subject for edge in ask(subject).edges if edge.subject == subject), "")


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
    ask = ground.neighbours(over.hops[0].relation.name)
    own, kept = _own(ask), dict[int, Related]()

    def mark(subject: str) -> Hashable:
        # Two subjects with the same neighbours share the answer where it is "none", and are rare elsewhere: it is
        # known by its identity, since a look at all edges costs more than saying the same twice.
        related = ask(subject)
        return id(kept.setdefault(id(related), related)), own(subject)

    return mark
