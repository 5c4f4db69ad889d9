"""What conditions ask of a subject and of its neighbours, and the neighbours worth imagining."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice, product

from auditor.dataclasses import dataclass, field
from auditor.model.values import Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Hop,
    KindIs,
    Negation,
    Quantified,
    Quantifier,
)
from auditor.policy.testing.domains import Domain
from auditor.policy.testing.literals import write_value
from auditor.policy.testing.worlds import World

MOST_NEIGHBOURS = 300
"""So many different neighbours are imagined in one relation; where there are more, nothing is proven."""
MOST_PAIRED = 40
MOST_COUNTED = 200


@dataclass(slots=True)
class Uses:
    """The facts and relations that some conditions ask of one node."""

    facts: dict[str, Domain] = field(default_factory=dict)
    relations: dict[str, Surroundings] = field(default_factory=dict)
    whole: bool = True


@dataclass(slots=True)
class Surroundings:
    """What is asked of the neighbours in one relation."""

    relation: RelationSpec
    near: Uses = field(default_factory=Uses)
    edge: Uses = field(default_factory=Uses)
    counts: set[int] = field(default_factory=set)
    uses: int = 0
    """How many parts of the conditions speak of the relation."""
    at_once: int = 1
    """How many different neighbours the conditions may need at once: as many as one form of them has parts."""
    kinds: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether the neighbours imagined are all that could be told apart."""
        domains = (*self.near.facts.values(), *self.edge.facts.values())
        size = 1
        for domain in domains:
            size *= len(domain.values(_SOME_DAY)) + 1
        nested = bool(self.near.relations) or not (self.near.whole and self.edge.whole)
        fits = size <= MOST_NEIGHBOURS if self.at_once == 1 else self.at_once == 2 and size <= MOST_PAIRED
        return fits and not nested and all(domain.whole for domain in domains)

    def options(self, world: World, as_of: date) -> Iterator[tuple[Related, str]]:
        """Neighbourhoods to try, each as a fixture writes it: none, one, counts and pairs where they matter."""
        yield Related(()), "none"
        neighbours = list(islice(self._neighbours(world, as_of), MOST_NEIGHBOURS))
        for edges, said in neighbours:
            yield Related(edges[:1]), f"[{{{said}}}]"
        for count in sorted(count for count in self.counts if 1 < count <= MOST_COUNTED):
            for edges, said in neighbours:
                yield Related(edges[:count]), f"[{{times: {count}{', ' if said else ''}{said}}}]"
        if self.at_once > 1:
            for (one, said), (other, also) in product(neighbours[:MOST_PAIRED], repeat=2):
                yield Related((*one[:1], *other[1:2])), f"[{{{said}}}, {{{also}}}]"

    def _neighbours(self, world: World, as_of: date) -> Iterator[tuple[tuple[Edge, ...], str]]:
        kinds = sorted(self.kinds or self.relation.to)
        domains = [*self.edge.facts.values(), *self.near.facts.values()]
        choices = [[*domain.values(as_of), None] for domain in domains]
        edges = len(self.edge.facts)
        copies = max((2, *self.counts))
        for kind in kinds if self.kinds else kinds[:1]:
            for number, chosen in enumerate(product(*choices)):
                pairs = list(zip((domain.fact for domain in domains), chosen, strict=True))
                name = f"{self.relation.name} {kind} {number}"
                yield self._copies(world, (kind, name, copies), pairs[:edges], pairs[edges:])

    def _copies(
        self, world: World, who: tuple[str, str, int], edge: list[_Chosen], near: list[_Chosen]
    ) -> tuple[tuple[Edge, ...], str]:
        kind, name, copies = who
        attributes = tuple((fact.name, value) for fact, value in edge if value is not None)
        edges = []
        for number in range(min(copies, MOST_COUNTED)):
            subject = world.add(kind, f"{name}.{number}")
            world.facts.update({(subject, fact.name): value for fact, value in near if value is not None})
            edges.append(Edge(subject, attributes))
        said = [f"{fact.name}: {write_value(value, fact)}" for fact, value in near if value is not None]
        on_edge = [f"{fact.name}: {write_value(value, fact)}" for fact, value in edge if value is not None]
        said += [f"edge: {{{', '.join(on_edge)}}}"] if on_edge else []
        said = [f"kind: {kind}", *said] if len(self.relation.to) > 1 else said
        return tuple(edges), ", ".join(said)


_SOME_DAY = date(2026, 1, 1)
_Chosen = tuple[FactSpec, Value | None]


def uses_of(conditions: Iterable[Condition], forms: int = 1) -> Uses:
    """What some conditions together ask of one node; `forms` are so many versions of the same condition."""
    uses = Uses()
    for condition in conditions:
        _note(condition, uses)
    for each in uses.relations.values():
        each.at_once = max(each.at_once, -(-each.uses // forms))
    uses.whole = uses.whole and all(each.whole for each in uses.relations.values())
    return uses


def _note(condition: Condition, uses: Uses) -> None:
    match condition:
        case FactTest(fact=fact, tests=tests):
            uses.facts.setdefault(fact.name, Domain(fact)).tests.extend(tests)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                _note(part, uses)
        case Negation(part=part):
            _note(part, uses)
        case KindIs():
            uses.whole = False
        case Quantified():
            _note_relation(condition, uses)
        case Counted(tests=tests):
            _note_relation(condition, uses).counts.update(_bounds(tests))


def _note_relation(condition: Quantified | Counted, uses: Uses) -> Surroundings:
    over = condition.over
    uses.whole = uses.whole and len(over.hops) == 1 and over.depth == 1
    found: list[Surroundings] = []
    level = uses
    for hop in over.hops * over.depth:
        found.append(_note_hop(hop, level))
        level = found[-1].near
    for each in found if over.depth > 1 else found[-1:]:
        _note_near(over.where, each)
    found[0].uses += 1
    if isinstance(condition, Quantified) and condition.quantifier is Quantifier.EVERY:
        found[0].at_once = 2
    return found[0]


def _note_hop(hop: Hop, uses: Uses) -> Surroundings:
    found = uses.relations.setdefault(hop.relation.name, Surroundings(hop.relation))
    _note_near(hop.where, found)
    if hop.edge is not None:
        _note(hop.edge, found.edge)
    return found


def _note_near(condition: Condition | None, surroundings: Surroundings) -> None:
    if condition is not None:
        _note(condition, surroundings.near)
        surroundings.kinds |= _kinds(condition)


def _kinds(condition: Condition) -> frozenset[str]:
    """Kinds of node that a condition over neighbours tells apart."""
    match condition:
        case FactTest(kinds=kinds) | KindIs(kinds=kinds):
            return kinds
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return frozenset(kind for part in parts for kind in _kinds(part))
        case Negation(part=part):
            return _kinds(part)
        case _:
            return frozenset()


def _bounds(tests: Iterable[Comparison]) -> Iterator[int]:
    for test in tests:
        operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
        for operand in operands:
            if isinstance(operand, int):
                yield from (operand - 1, operand, operand + 1)
