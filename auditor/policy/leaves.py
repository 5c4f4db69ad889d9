"""The leaves of conditions: something is read of a subject, and what was read decides, whoever it was read of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from auditor.dataclasses import dataclass
from auditor.model.truth import Truth
from auditor.model.values import CountRange
from auditor.model.vocabulary import Related
from auditor.policy.neighbours import Check, Reached, Step, step_from
from auditor.policy.operators import FALSE, TRUE, UNKNOWN

Decide = Callable[[Any], Truth]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test as its two halves. Subjects of which the same is read are decided alike.

    `fact` names what is read, where it is a plain fact that can be read of many subjects at once.
    """

    read: Callable[[str], object]
    decide: Decide
    fact: str = ""

    @property
    def check(self) -> Check:
        """Both halves as one function of the subject."""
        read, decide = self.read, self.decide
        return lambda subject: decide(read(subject))

    @property
    def negated(self) -> Leaf:
        """The opposite of the test."""
        decide = self.decide
        return Leaf(self.read, lambda thing: ~decide(thing), self.fact)


def as_is(truth: Truth) -> Truth:
    """Decide by what was read, a truth itself."""
    return truth


def some(reached: Reached) -> Truth:
    """Whether at least one neighbour is among those reached."""
    if reached.certain:
        return TRUE
    return UNKNOWN if reached.possible or reached.missing else FALSE


def every(reached: Reached, where: Check) -> Truth:
    """Whether all neighbours satisfy a condition; false where there is none."""
    truths = [where(subject) for subject in reached.certain]
    if any(truth is FALSE for truth in truths):
        return FALSE
    if not truths and not reached.possible and not reached.missing:
        return FALSE
    open_ends = not truths or reached.missing or any(where(subject) is not TRUE for subject in reached.possible)
    return UNKNOWN if open_ends or any(truth is UNKNOWN for truth in truths) else TRUE


def has_one(step: Step, where: Check | None) -> Decide:
    """`has` over the neighbours themselves: stops at the first that settles it and allocates nothing."""
    edge_holds, also = step.edge, step.where

    def decide(related: Related) -> Truth:
        result = FALSE if related.missing is None else UNKNOWN
        for edge in related.edges:
            truth = UNKNOWN if edge.possible else TRUE
            for check in (also, where):
                if check is not None and truth is not FALSE:
                    truth = truth & check(edge.subject)
            if edge_holds is not None and truth is not FALSE:
                truth = truth & edge_holds(edge)
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return decide


def has_every(step: Step, where: Check) -> Decide:
    """`every` over the neighbours themselves."""
    return lambda related: every(step_from(related, step), where)


def counts(read: Callable[[str], Related], step: Step, where: Check | None) -> Callable[[str], int | CountRange]:
    """How many neighbours there are: a number is tested once, however many subjects have it."""
    return lambda subject: step_from(read(subject), step).sift(where).count
