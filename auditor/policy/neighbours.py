"""Who the neighbours of a subject are, as certainly as the graph can say."""

from __future__ import annotations

from collections.abc import Callable

from auditor.dataclasses import dataclass, field
from auditor.model.truth import Truth
from auditor.model.values import CountRange, Unknown
from auditor.model.vocabulary import Edge, FactBase, Related

TRUE, FALSE = Truth.TRUE, Truth.FALSE

Check = Callable[[str], Truth]
EdgeCheck = Callable[[Edge], Truth]


@dataclass(frozen=True, slots=True)
class Step:
    """One hop, ready to be walked: the relation's name, and what edges and far ends must satisfy."""

    relation: str
    edge: EdgeCheck | None = None
    where: Check | None = None


@dataclass(slots=True)
class Reached:
    """The distinct nodes that a walk ends at, each with an edge that led there.

    `certain` are neighbours for sure, `possible` may be; `missing` says why there may be more.
    """

    certain: dict[str, Edge] = field(default_factory=dict)
    possible: dict[str, Edge] = field(default_factory=dict)
    missing: list[Unknown] = field(default_factory=list)

    def add(self, edge: Edge, is_certain: bool) -> None:
        """Note a node; what is certain by one edge is not made doubtful by another."""
        if is_certain:
            self.certain.setdefault(edge.subject, edge)
            self.possible.pop(edge.subject, None)
        elif edge.subject not in self.certain:
            self.possible.setdefault(edge.subject, edge)

    def sift(self, where: Check | None) -> Reached:
        """Only those that satisfy a condition; where that cannot be told, they become possible."""
        if where is None:
            return self
        kept = Reached(missing=self.missing)
        for subject, edge in self.certain.items():
            truth = where(subject)
            if truth is not FALSE:
                kept.add(edge, truth is TRUE)
        for subject, edge in self.possible.items():
            if where(subject) is not FALSE:
                kept.add(edge, False)
        return kept

    @property
    def count(self) -> int | CountRange:
        """How many there are: an interval where that is open."""
        least = len(self.certain)
        if self.missing:
            return CountRange(least, None)
        return CountRange(least, least + len(self.possible)) if self.possible else least


def walk(facts: FactBase, subject: str, steps: tuple[Step, ...], depth: int = 1) -> Reached:
    """Follow the steps in turn; with a depth, repeat the only step and keep all that is met on the way."""
    if depth > 1:
        return _spread(facts, subject, steps[0], depth)
    reached = step_from(facts.related(subject, steps[0].relation), steps[0])
    for step in steps[1:]:
        reached = _onward(facts, reached, step)
    return reached


def step_from(related: Related, step: Step) -> Reached:
    """The nodes that one step along a relation ends at."""
    reached = Reached()
    if related.missing is not None:
        reached.missing.append(related.missing)
    for edge in related.edges:
        truth = TRUE if step.edge is None else step.edge(edge)
        if truth is not FALSE:
            reached.add(edge, truth is TRUE and not edge.possible)
    return reached.sift(step.where)


def _onward(facts: FactBase, reached: Reached, step: Step) -> Reached:
    ends = Reached(missing=list(reached.missing))
    for sure, nodes in ((True, reached.certain), (False, reached.possible)):
        for subject in nodes:
            further = step_from(facts.related(subject, step.relation), step)
            ends.missing.extend(further.missing)
            for edge in further.certain.values():
                ends.add(edge, sure)
            for edge in further.possible.values():
                ends.add(edge, False)
    return ends


def _spread(facts: FactBase, subject: str, step: Step, depth: int) -> Reached:
    met = Reached()
    frontier = Reached(certain={subject: Edge(subject)})
    for _ in range(depth):
        frontier = _onward(facts, frontier, step)
        met.missing.extend(frontier.missing)
        frontier = Reached(
            {name: edge for name, edge in frontier.certain.items() if name not in met.certain},
            {name: edge for name, edge in frontier.possible.items() if name not in met.possible},
        )
        for edge in frontier.certain.values():
            met.add(edge, True)
        for edge in frontier.possible.values():
            met.add(edge, False)
        if not frontier.certain and not frontier.possible:
            break
    return met
