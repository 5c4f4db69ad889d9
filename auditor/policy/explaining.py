"""The slow twin of the closures: why a condition is true, false or unknown for one subject, with its witnesses.

Used for findings and for `explain` only; it decides by the same tests and walks as the closures do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from auditor.dataclasses import dataclass, replace
from auditor.model.findings import Witness
from auditor.model.truth import Truth, all_of, any_of
from auditor.model.values import Absent, Never, Unknown, Value
from auditor.model.vocabulary import Edge, FactSpec, FactType
from auditor.policy.binding import Ground, steps_of
from auditor.policy.leaves import every, some
from auditor.policy.neighbours import Check, Reached, walk
from auditor.policy.operators import comparer
from auditor.policy.phrases import comparison_text, is_exact, lengthening_text, name_text, noun_text, value_text
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    KindIs,
    Negation,
    Neighbourhood,
    Quantified,
    Quantifier,
)

LOOKED_INTO = 5
"""Of so many neighbours the facts that decided are told; all of them are witnesses."""


class Shape(StrEnum):
    """How the parts of an explanation make its truth."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    FACT = "fact"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of a condition tree with its truth.

    `value` is what was found (a fact's value, a count), `told` what is so by the test (`above 60`).
    Of neighbours, `parts` explain the first few that decided it, and `witnesses` are all that did.
    """

    truth: Truth
    shape: Shape
    condition: Condition
    subject: str
    parts: tuple[Explanation, ...] = ()
    fact: FactSpec | None = None
    relation: str = ""
    """The relation or path, of neighbours."""
    value: str = ""
    told: str = ""
    exact: bool = True
    measured: str = ""
    witnesses: tuple[Witness, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    found: Value | None = None
    """What `value` prints, of facts and counts."""
    agreed: tuple[Comparison, ...] = ()
    """The tests that agree with the whole, which `told` prints."""

    @property
    def text(self) -> str:
        """The condition in words, whatever its truth."""
        return condition_text(self.condition)

    def deciding(self) -> Iterator[Explanation]:
        """The leaves that made it what it is."""
        if self.shape is Shape.FACT:
            yield self
        elif self.shape is Shape.NEIGHBOURS:
            yield self
            yield from (leaf for part in self.parts for leaf in part.deciding())
        else:
            yield from (leaf for part in self._decisive() for leaf in part.deciding())

    @property
    def proven(self) -> bool:
        """Whether exact facts alone make it true or false."""
        if self.truth is Truth.UNKNOWN:
            return False
        if self.shape is Shape.FACT:
            return self.exact
        if self.shape is Shape.NEIGHBOURS:
            return self.exact and (not self.parts or any(part.proven for part in self.parts))
        enough = any if self._one_suffices() else all
        return enough(part.proven for part in self._decisive())

    def _decisive(self) -> tuple[Explanation, ...]:
        if self.shape is Shape.NOT:
            return self.parts
        return tuple(part for part in self.parts if part.truth is self.truth)

    def _one_suffices(self) -> bool:
        return self.truth is (Truth.FALSE if self.shape is Shape.ALL else Truth.TRUE)


def explain(condition: Condition, subject: str, ground: Ground) -> Explanation:
    """Explain a condition for a subject; its truth is the one that the bound closure gives."""
    match condition:
        case FactTest():
            return _tested(condition, subject, ground)
        case AllOf(parts=parts):
            told = tuple(explain(part, subject, ground) for part in parts)
            return Explanation(all_of(part.truth for part in told), Shape.ALL, condition, subject, told)
        case AnyOf(parts=parts):
            told = tuple(explain(part, subject, ground) for part in parts)
            return Explanation(any_of(part.truth for part in told), Shape.ANY, condition, subject, told)
        case Negation(part=part):
            inner = explain(part, subject, ground)
            return Explanation(~inner.truth, Shape.NOT, condition, subject, (inner,))
        case KindIs():
            return Explanation(ground.check(condition)(subject), Shape.FACT, condition, subject)
        case Counted():
            return _counted(condition, subject, ground)
        case Quantified():
            return _quantified(condition, subject, ground)


def condition_text(condition: Condition) -> str:
    """One node of a condition in words, without its parts."""
    match condition:
        case FactTest(fact=fact, tests=tests):
            return f"{name_text(fact.name)} {_tests_text(tests)}"
        case Counted(over=over, tests=tests):
            return f"count of {name_text(over.name)} {_tests_text(tests)}"
        case Quantified(quantifier=quantifier, over=over):
            return f"{quantifier} {name_text(over.name)}"
        case KindIs(kinds=kinds):
            return f"kind is one of {', '.join(sorted(kinds))}"
        case AllOf():
            return "all of"
        case AnyOf():
            return "any of"
        case Negation():
            return "not"


def _tests_text(tests: tuple[Comparison, ...]) -> str:
    return " and ".join(comparison_text(test, Truth.TRUE) for test in tests)


def _tested(condition: FactTest, subject: str, ground: Ground) -> Explanation:
    fact = condition.fact
    truth = ground.check(condition)(subject)
    value = ground.value(fact, subject, condition.kinds)
    printed = value_text(value, fact)
    is_number = fact.type in (FactType.INTEGER, FactType.SHARE) and not isinstance(value, (Unknown, Absent))
    agreed = _agreed(condition.tests, value, truth, ground)
    unknowns: tuple[Unknown, ...] = ()
    if truth is Truth.UNKNOWN:
        settled = ground.facts.obtainable(subject, fact.settled_by)
        short = replace(fact, settled_by=settled)
        unknowns = (value if isinstance(value, Unknown) else _short(short, value, printed, condition.tests),)
    return Explanation(
        truth,
        Shape.FACT,
        condition,
        subject,
        fact=fact,
        value=printed,
        told=_told(agreed, truth),
        exact=is_exact(value, ground.as_of),
        measured=printed if is_number else "",
        unknowns=unknowns,
        found=value,
        agreed=agreed,
    )


def _agreed(tests: tuple[Comparison, ...], value: Value, truth: Truth, ground: Ground) -> tuple[Comparison, ...]:
    """The tests that agree with the whole: all where it holds, the failed ones where it does not."""
    if truth is Truth.UNKNOWN or len(tests) == 1:
        return () if truth is Truth.UNKNOWN else tests
    return tuple(test for test in tests if comparer((test,), ground.as_of)(value) is truth)


def _told(agreed: tuple[Comparison, ...], truth: Truth) -> str:
    return " and ".join(comparison_text(test, truth) for test in agreed)


def _short(fact: FactSpec, value: Value, printed: str, tests: tuple[Comparison, ...]) -> Unknown:
    """Why a known interval does not settle a test."""
    if isinstance(value, Never):
        more = lengthening_text(value, tests)
        return Unknown(f"{noun_text(fact)} is unknown beyond what was watched: {printed}{more}", fact.settled_by)
    return Unknown(f"{noun_text(fact)} is known only as {printed}", fact.settled_by)


def _reach(over: Neighbourhood, subject: str, ground: Ground) -> Reached:
    return walk(ground.facts, subject, steps_of(over, ground), over.depth)


def _counted(condition: Counted, subject: str, ground: Ground) -> Explanation:
    over = condition.over
    reached = _reach(over, subject, ground).sift(None if over.where is None else ground.check(over.where))
    count = reached.count
    truth = comparer(condition.tests, ground.as_of)(count)
    fact = FactSpec(over.name, frozenset(), FactType.INTEGER, "", "")
    agreed = _agreed(condition.tests, count, truth, ground)
    return Explanation(
        truth,
        Shape.NEIGHBOURS,
        condition,
        subject,
        relation=over.name,
        value=value_text(count, fact),
        told=_told(agreed, truth),
        exact=isinstance(count, int),
        measured=value_text(count, fact),
        witnesses=_witnesses(reached.certain.values(), over, ground),
        unknowns=_open_ends(reached, over, ground) if truth is Truth.UNKNOWN else (),
        found=count,
        agreed=agreed,
    )


def _quantified(condition: Quantified, subject: str, ground: Ground) -> Explanation:
    over, quantifier = condition.over, condition.quantifier
    reached = _reach(over, subject, ground)
    where = None if over.where is None else ground.check(over.where)
    if quantifier is Quantifier.EVERY:
        assert where is not None
        truth = every(reached, where)
        deciding = _agreeing(reached, where, truth)
    else:
        reached = reached.sift(where)
        truth = some(reached)
        deciding = _sorted(reached.possible if truth is Truth.UNKNOWN else reached.certain)
    told = (
        tuple(explain(over.where, edge.subject, ground) for edge in deciding[:LOOKED_INTO]) if over.where else ()
    )
    return Explanation(
        ~truth if quantifier is Quantifier.LACKS else truth,
        Shape.NEIGHBOURS,
        condition,
        subject,
        told,
        relation=over.name,
        value=f"{len(deciding)}" if deciding else "none",
        told=str(quantifier),
        witnesses=_witnesses(deciding, over, ground),
        unknowns=_open_ends(reached, over, ground) if truth is Truth.UNKNOWN else (),
    )


def _agreeing(reached: Reached, where: Check, truth: Truth) -> tuple[Edge, ...]:
    """Under `every`, the neighbours whose own truth is that of the whole."""
    edges = {**reached.possible, **reached.certain} if truth is Truth.UNKNOWN else reached.certain
    return tuple(edge for edge in _sorted(edges) if where(edge.subject) is truth)


def _sorted(edges: Mapping[str, Edge]) -> tuple[Edge, ...]:
    return tuple(edges[name] for name in sorted(edges))


def _witnesses(edges: Iterable[Edge], over: Neighbourhood, ground: Ground) -> tuple[Witness, ...]:
    found = []
    for edge in edges:
        path, line = (edge.path, edge.line) if edge.path else ground.facts.place_of(edge.subject)
        found.append(Witness(edge.subject, over.name, path, line))
    return tuple(sorted(found, key=lambda witness: (witness.subject, witness.path, witness.line or 0)))


def _open_ends(reached: Reached, over: Neighbourhood, ground: Ground) -> tuple[Unknown, ...]:
    """Why neighbours are in doubt: the relation was not read in full, or their facts are unknown, or the edge."""
    found = list(reached.missing)
    doubtful = sorted(reached.possible)[:LOOKED_INTO]
    for subject in doubtful:
        told = explain(over.where, subject, ground) if over.where else None
        inner = [unknown for leaf in told.deciding() for unknown in leaf.unknowns] if told else []
        found.extend(inner or [Unknown(f"{subject} is only possibly one of {name_text(over.name)}")])
    return tuple(dict.fromkeys(found))
