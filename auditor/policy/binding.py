"""Turns a typed condition into closures over one fact base: `Callable[[subject], Truth]`, nothing interpreted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import TypeVar

from auditor.model.truth import Truth
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import Edge, FactBase, FactSpec
from auditor.policy.neighbours import TRUE, Check, EdgeCheck, Reached, Step, walk
from auditor.policy.operators import FALSE, UNKNOWN, Comparer, comparer
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    KindIs,
    ListedFact,
    Negation,
    Neighbourhood,
    Operator,
    Quantified,
    Quantifier,
)

T = TypeVar("T")
Read = Callable[[T], Value]


@dataclass(frozen=True, slots=True)
class Ground:
    """What conditions are bound to: the facts, the lists joined onto them, and the day that is now."""

    facts: FactBase
    as_of: date
    lists: tuple[ListedFact, ...] = ()
    bound: dict[int, tuple[Condition, Check]] = field(default_factory=dict, compare=False, repr=False)
    """What `check` has bound, by the condition's identity (kept beside it, so that it stays alive)."""
    readers: dict[tuple[int, frozenset[str]], tuple[FactSpec, Read[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What `reader` has made, by the fact's identity and the kinds that bear it."""
    members: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def check(self, condition: Condition) -> Check:
        """The bound condition; bound once, however many subjects are explained."""
        known = self.bound.get(id(condition))
        if known is None:
            known = self.bound[id(condition)] = (condition, bind(condition, self))
        return known[1]

    def reader(self, fact: FactSpec, kinds: frozenset[str] = frozenset()) -> Read[str]:
        """A function that reads one fact of a subject; absent where the subject's kind does not bear it."""
        known = self.readers.get((id(fact), kinds))
        if known is None:
            known = self.readers[id(fact), kinds] = (fact, self._reader(fact, kinds))
        return known[1]

    def value(self, fact: FactSpec, subject: str, kinds: frozenset[str] = frozenset()) -> Value:
        """One fact of one subject, as `reader` reads it."""
        return self.reader(fact, kinds)(subject)

    def of_kinds(self, kinds: frozenset[str]) -> frozenset[str]:
        """All subjects of some kinds."""
        known = self.members.get(kinds)
        if known is None:
            known = frozenset(subject for kind in kinds for subject in self.facts.subjects(kind))
            self.members[kinds] = known
        return known

    def _reader(self, fact: FactSpec, kinds: frozenset[str]) -> Read[str]:
        read = self._read(fact)
        if not kinds:
            return read
        bearers = self.of_kinds(kinds)
        return lambda subject: read(subject) if subject in bearers else ABSENT

    def _read(self, fact: FactSpec) -> Read[str]:
        for listed in self.lists:
            if listed.spec is fact:
                return lambda subject: is_listed(listed, subject)
        return self.facts.reader(fact.name)


def never_known(_subject: object) -> Truth:
    """What a condition is bound to that no evidence decides in this version, whatever the subject."""
    return UNKNOWN


def is_listed(listed: ListedFact, subject: str) -> bool:
    """Whether an allow-list names a subject, exactly or by a pattern."""
    return subject in listed.subjects or any(fnmatchcase(subject, glob) for glob in listed.globs)


def bind(condition: Condition, ground: Ground) -> Check:
    """A function that decides the condition for a subject."""
    match condition:
        case Quantified():
            return _quantified(condition, ground)
        case Counted(over=over, tests=tests):
            return _counted(steps_of(over, ground), over, comparer(tests, ground.as_of), ground)
        case KindIs(kinds=kinds):
            members = ground.of_kinds(kinds)
            return lambda subject: TRUE if subject in members else FALSE
        case FactTest():
            return _asked(condition, ground)
        case AllOf(parts=parts):
            return _conjunction(tuple(bind(part, ground) for part in parts))
        case AnyOf(parts=parts):
            return _disjunction(tuple(bind(part, ground) for part in parts))
        case Negation(part=part):
            return _negation(bind(part, ground))


def bind_edge(condition: Condition, ground: Ground) -> EdgeCheck:
    """A function that decides a condition over the attributes of an edge."""
    match condition:
        case FactTest(fact=fact, tests=tests):
            return _tested(edge_reader(fact), tests, ground.as_of)
        case AllOf(parts=parts):
            return _conjunction(tuple(bind_edge(part, ground) for part in parts))
        case AnyOf(parts=parts):
            return _disjunction(tuple(bind_edge(part, ground) for part in parts))
        case Negation(part=part):
            return _negation(bind_edge(part, ground))
        case _:
            raise TypeError(f"{type(condition).__name__} cannot stand in a condition over an edge")


def edge_reader(fact: FactSpec) -> Read[Edge]:
    """A function that reads one attribute of an edge; unknown where the edge does not state it."""
    name = fact.name
    unstated = Unknown(f"{name} is not stated by the reference", fact.settled_by)

    def read(edge: Edge) -> Value:
        for key, value in edge.attributes:
            if key == name:
                return value
        return unstated

    return read


def steps_of(over: Neighbourhood, ground: Ground) -> tuple[Step, ...]:
    """The hops of a neighbourhood, ready to be walked."""
    return tuple(
        Step(
            hop.relation.name,
            None if hop.edge is None else bind_edge(hop.edge, ground),
            None if hop.where is None else bind(hop.where, ground),
        )
        for hop in over.hops
    )


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


def _quantified(condition: Quantified, ground: Ground) -> Check:
    over = condition.over
    if not over.hops[0].relation.answered:
        return never_known
    steps, depth, facts = steps_of(over, ground), over.depth, ground.facts
    where = None if over.where is None else bind(over.where, ground)
    if condition.quantifier is Quantifier.EVERY:
        assert where is not None
        return lambda subject: every(walk(facts, subject, steps, depth), where)
    has = _some_near(facts, steps[0], where) if len(steps) == depth == 1 else _some_far(facts, steps, where, depth)
    return has if condition.quantifier is Quantifier.HAS else _negation(has)


def _some_near(facts: FactBase, step: Step, where: Check | None) -> Check:
    """`has` over one hop, the common case: stops at the first neighbour that settles it and allocates nothing."""
    relation, edge_holds, also = step.relation, step.edge, step.where

    def decide(subject: str) -> Truth:
        related = facts.related(subject, relation)
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


def _some_far(facts: FactBase, steps: tuple[Step, ...], where: Check | None, depth: int) -> Check:
    return lambda subject: some(walk(facts, subject, steps, depth).sift(where))


def _counted(steps: tuple[Step, ...], over: Neighbourhood, test: Comparer, ground: Ground) -> Check:
    facts, depth = ground.facts, over.depth
    where = None if over.where is None else bind(over.where, ground)
    return lambda subject: test(walk(facts, subject, steps, depth).sift(where).count)


def _asked(condition: FactTest, ground: Ground) -> Check:
    fact, kinds = condition.fact, condition.kinds
    if not fact.answered and not kinds:
        return never_known
    return _tested(ground.reader(fact, kinds), condition.tests, ground.as_of)


def _tested(read: Read[T], tests: tuple[Comparison, ...], as_of: date) -> Callable[[T], Truth]:
    test = comparer(tests, as_of)
    wanted = tests[0].operand
    if len(tests) > 1 or tests[0].operator is not Operator.EQ or not isinstance(wanted, bool):
        return lambda subject: test(read(subject))
    # Most tests of all ask a boolean: identity decides it, and only what is neither needs a closer look.
    opposite = not wanted

    def decide(subject: T) -> Truth:
        value = read(subject)
        if value is wanted:
            return TRUE
        return FALSE if value is opposite else test(value)

    return decide


def _negation(check: Callable[[T], Truth]) -> Callable[[T], Truth]:
    return never_known if check is never_known else lambda subject: ~check(subject)


def _conjunction(parts: tuple[Callable[[T], Truth], ...]) -> Callable[[T], Truth]:
    if all(part is never_known for part in parts):
        return never_known

    def decide(subject: T) -> Truth:
        result = TRUE
        for part in parts:
            truth = part(subject)
            if truth is FALSE:
                return FALSE
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return decide


def _disjunction(parts: tuple[Callable[[T], Truth], ...]) -> Callable[[T], Truth]:
    if all(part is never_known for part in parts):
        return never_known

    def decide(subject: T) -> Truth:
        result = FALSE
        for part in parts:
            truth = part(subject)
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return decide
