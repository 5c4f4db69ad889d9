"""Turns a typed condition into closures over one fact base: `Callable[[subject], Truth]`, nothing interpreted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fnmatch import fnmatchcase
from typing import TypeVar

from auditor.dataclasses import dataclass, field
from auditor.model.truth import Truth
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import Edge, FactBase, FactSpec, Related
from auditor.policy.leaves import Leaf, as_is, counts, every, has_every, has_one, some
from auditor.policy.neighbours import Check, EdgeCheck, Step, walk
from auditor.policy.operators import FALSE, TRUE, UNKNOWN, comparer
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Condition,
    Counted,
    FactTest,
    Hop,
    KindIs,
    ListedFact,
    Negation,
    Neighbourhood,
    Quantified,
    Quantifier,
)

T = TypeVar("T")
Read = Callable[[T], Value]


@dataclass(frozen=True, slots=True)
class Members:
    """The subjects of some kinds, which are asked for and never told."""

    facts: FactBase = field(compare=False)
    kinds: frozenset[str]

    def __contains__(self, subject: str) -> bool:
        return self.facts.is_a(subject, self.kinds)


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
    leaves: dict[int, tuple[Condition, Leaf | None]] = field(default_factory=dict, compare=False, repr=False)
    """What `leaf` has made, as `bound` keeps it."""
    steps: dict[int, tuple[Neighbourhood, tuple[Step, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    relations: dict[str, Callable[[str], Related]] = field(default_factory=dict, compare=False, repr=False)
    links: dict[str, Check] = field(default_factory=dict, compare=False, repr=False)
    counted: dict[Neighbourhood, Read[str]] = field(default_factory=dict, compare=False, repr=False)
    members: dict[frozenset[str], Members] = field(default_factory=dict, compare=False, repr=False)

    def check(self, condition: Condition) -> Check:
        """The bound condition; bound once, however many subjects are explained."""
        known = self.bound.get(id(condition))
        if known is None:
            known = self.bound[id(condition)] = (condition, bind(condition, self))
        return known[1]

    def leaf(self, condition: Condition) -> Leaf | None:
        """A condition as something that is read and decides; None where it is more than that."""
        known = self.leaves.get(id(condition))
        if known is None:
            known = self.leaves[id(condition)] = (condition, leaf_of(condition, self))
        return known[1]

    def neighbours(self, relation: str) -> Callable[[str], Related]:
        """A function that reads the neighbours of a subject in a relation."""
        known = self.relations.get(relation)
        if known is None:
            ask = self.facts.related
            known = self.relations[relation] = lambda subject: ask(subject, relation)
        return known

    def linked(self, relation: str) -> Check:
        """A function that tells whether a subject has any neighbour in a relation."""
        return self.links.setdefault(relation, self.facts.linked(relation))

    def counting(self, over: Neighbourhood) -> Read[str]:
        """A function that counts neighbours; policies that count the same share it."""
        known = self.counted.get(over)
        if known is None:
            (step,) = steps_of(over, self)
            where = None if over.where is None else bind(over.where, self)
            known = self.counted[over] = counts(self.neighbours(step.relation), step, where)
        return known

    def reader(self, fact: FactSpec, kinds: frozenset[str] = frozenset()) -> Read[str]:
        """A function that reads one fact of a subject; absent where the subject's kind does not bear it."""
        known = self.readers.get((id(fact), kinds))
        if known is None:
            known = self.readers[id(fact), kinds] = (fact, self._reader(fact, kinds))
        return known[1]

    def value(self, fact: FactSpec, subject: str, kinds: frozenset[str] = frozenset()) -> Value:
        """One fact of one subject, as `reader` reads it."""
        return self.reader(fact, kinds)(subject)

    def of_kinds(self, kinds: frozenset[str]) -> Members:
        """All subjects of some kinds."""
        return self.members.setdefault(kinds, Members(self.facts, kinds))

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


def is_listed(listed: ListedFact, subject: str) -> bool:
    """Whether an allow-list names a subject, exactly or by a pattern."""
    return subject in listed.subjects or any(fnmatchcase(subject, glob) for glob in listed.globs)


def bind(condition: Condition, ground: Ground) -> Check:
    """A function that decides the condition for a subject."""
    leaf = ground.leaf(condition)
    if leaf is not None:
        return leaf.check
    match condition:
        case Quantified() | Counted():
            return _far(condition, ground)
        case AllOf(parts=parts):
            return _conjunction(tuple(bind(part, ground) for part in parts))
        case AnyOf(parts=parts):
            return _disjunction(tuple(bind(part, ground) for part in parts))
        case Negation(part=part):
            return _negation(bind(part, ground))
        case _:
            raise AssertionError(f"{type(condition).__name__} is a leaf")


def leaf_of(condition: Condition, ground: Ground) -> Leaf | None:
    """A condition as something that is read and decides; None where it is more than that."""
    match condition:
        case FactTest(fact=fact, tests=tests, kinds=kinds):
            plain = not kinds and all(listed.spec is not fact for listed in ground.lists)
            return Leaf(ground.reader(fact, kinds), comparer(tests, ground.as_of), fact.name if plain else "")
        case KindIs(kinds=kinds):
            return Leaf(ground.of_kinds(kinds).__contains__, Truth.of)
        case Negation(part=part):
            inner = ground.leaf(part)
            return None if inner is None else inner.negated
        case Quantified(over=over) | Counted(over=over) if len(over.hops) == over.depth == 1:
            return _near(condition, ground)
        case _:
            return None


def _near(condition: Quantified | Counted, ground: Ground) -> Leaf:
    """A quantifier over one hop, the common case: the neighbours themselves are what is read."""
    over = condition.over
    if isinstance(condition, Counted):
        return Leaf(ground.counting(over), comparer(condition.tests, ground.as_of))
    (step,) = steps_of(over, ground)
    where = None if over.where is None else bind(over.where, ground)
    read = ground.neighbours(step.relation)
    if condition.quantifier is Quantifier.EVERY:
        assert where is not None
        return Leaf(read, has_every(step, where))
    if step.edge is None and step.where is None and where is None:
        has = Leaf(ground.linked(step.relation), as_is)
    else:
        has = Leaf(read, has_one(step, where))
    return has if condition.quantifier is Quantifier.HAS else has.negated


def _far(condition: Quantified | Counted, ground: Ground) -> Check:
    """A quantifier over a path or a depth: it has to be walked for each subject."""
    over, facts = condition.over, ground.facts
    steps, depth = steps_of(over, ground), over.depth
    where = None if over.where is None else bind(over.where, ground)
    if isinstance(condition, Counted):
        test = comparer(condition.tests, ground.as_of)
        return lambda subject: test(walk(facts, subject, steps, depth).sift(where).count)
    if condition.quantifier is Quantifier.EVERY:
        holds = where
        assert holds is not None
        return lambda subject: every(walk(facts, subject, steps, depth), holds)
    has = Leaf(lambda subject: some(walk(facts, subject, steps, depth).sift(where)), as_is)
    return (has if condition.quantifier is Quantifier.HAS else has.negated).check


def bind_edge(condition: Condition, ground: Ground) -> EdgeCheck:
    """A function that decides a condition over the attributes of an edge."""
    match condition:
        case FactTest(fact=fact, tests=tests):
            read, test = edge_reader(fact), comparer(tests, ground.as_of)
            return lambda edge: test(read(edge))
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
    """The hops of a neighbourhood, ready to be walked; bound once, however many subjects are explained."""
    known = ground.steps.get(id(over))
    if known is None:
        known = ground.steps[id(over)] = (over, tuple(_step(hop, ground) for hop in over.hops))
    return known[1]


def _step(hop: Hop, ground: Ground) -> Step:
    edge = None if hop.edge is None else bind_edge(hop.edge, ground)
    return Step(hop.relation.name, edge, None if hop.where is None else bind(hop.where, ground))


def _negation(check: Callable[[T], Truth]) -> Callable[[T], Truth]:
    return lambda subject: ~check(subject)


def _conjunction(parts: tuple[Callable[[T], Truth], ...]) -> Callable[[T], Truth]:
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
