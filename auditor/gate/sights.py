"""Who sees a change: from what a change touches back along the ways that facts and relations look.

A fact that is worked out before and after a change gives two answers only where the first thing that it finds
otherwise lies at the end of a way that both sides have. So whoever sees a change is found by going back along the
ways on either side, and is asked; everybody else would say what was said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from auditor.dataclasses import dataclass, field
from auditor.facts.base import Facts
from auditor.facts.existence import named_by
from auditor.gate.causes import beside
from auditor.gate.changed import Changed, is_part
from auditor.graph.nodes import CallLink, NodeKind
from auditor.policy.reach import ANSWER, ANY, BEING, CONCEPT, DEFINITION, WHICH, sight_of

Keys = frozenset[str]
NOBODY: Keys = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: where a change makes it lead elsewhere, and who stands at its beginning."""

    otherwise: Callable[[Changed], Keys]
    back: Callable[[Facts, str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Seeing:
    """Who sees a change, by the way along which it is seen; each way is gone back once."""

    changed: Changed
    facts: tuple[Facts, Facts]
    differing: Keys
    """Of whom an answer that the whole graph decides may differ."""
    known: dict[tuple[tuple[str, ...], str], Keys] = field(default_factory=dict, compare=False, repr=False)

    def by(self, steps: tuple[str, ...], look: str) -> Keys:
        """All from whom a way with changed things at its end, or along it, sets out."""
        key = steps, look
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._along(steps, look) if steps else self._at_end(look)
        return found

    def _along(self, steps: tuple[str, ...], look: str) -> Keys:
        step, behind = STEPS[steps[0]], self.by(steps[1:], look)
        before = (other for each in self.facts for key in behind for other in step.back(each, key))
        return step.otherwise(self.changed).union(before)

    def _at_end(self, look: str) -> Keys:
        own = self.changed
        if look == ANSWER:
            return own.defined | own.being | self.differing
        if look == CONCEPT:
            return own.being | self._told_otherwise()
        return {WHICH: NOBODY, BEING: own.being, DEFINITION: own.defined | own.being}[look]

    def _told_otherwise(self) -> Keys:
        """Objects that are told to be something else than before, or for other reasons."""
        from auditor.facts.concepts import SEEN_BY_CONCEPT, classified

        before, after = self.facts
        ways = map(sight_of, SEEN_BY_CONCEPT)
        may = {key for way in ways for key in self.by(way.steps, way.look)}
        objects = (key for key in may if all(each.graph.kind_of(key) is NodeKind.OBJECT for each in self.facts))
        return frozenset(key for key in objects if classified(before, key) != classified(after, key))


def _object(facts: Facts, key: str) -> Iterator[str]:
    yield from facts.graph.fields_of(key)
    yield from facts.graph.components_of(key)


def _holder(facts: Facts, key: str) -> Iterator[str]:
    owner = facts.graph.object_of(key)
    if owner is not None:
        yield owner


def _along_any(facts: Facts, key: str) -> Iterator[str]:
    yield from beside(facts.graph, key)
    yield from _system(facts, key)


def _system(facts: Facts, key: str) -> Iterator[str]:
    """The system of an object, which is what it is by all its objects."""
    if facts.graph.kind_of(key) is NodeKind.OBJECT:
        yield f"{key.partition(':')[0]}:"


def _mentioned(facts: Facts, key: str) -> Iterator[str]:
    """What a node mentions sees who mentions it."""
    return (link.other for link in facts.graph.references_from(key))


def _used(facts: Facts, key: str) -> Iterator[str]:
    return (link.other for link in facts.graph.references_from(key) if not link.reference.access.weak)


def _mentions(facts: Facts, key: str) -> Iterator[str]:
    return (link.other for link in facts.graph.references_to(key))


def _uses(facts: Facts, key: str) -> Iterator[str]:
    return (link.other for link in facts.graph.references_to(key) if not link.reference.access.weak)


def _above(facts: Facts, key: str) -> Iterator[str]:
    """Objects that the fields of an object point at."""
    return (to for each in facts.graph.fields_of(key) for to in facts.graph.looks_up(each))


def _below(facts: Facts, key: str) -> Iterator[str]:
    return (owner for each in facts.graph.looked_up_by(key) for owner in _holder(facts, each))


def _masters(facts: Facts, key: str) -> Iterator[str]:
    """Fields that make the rows of their object parts of this one's."""
    return (each for each in facts.graph.looked_up_by(key) if is_part(facts.graph, each))


def _details(facts: Facts, key: str) -> Iterable[str]:
    return facts.graph.looks_up(key) if is_part(facts.graph, key) else ()


def _alike_by(relation: str) -> Callable[[Facts, str], Iterator[str]]:
    """Neighbours in a relation that holds in both directions."""

    def back(facts: Facts, key: str) -> Iterator[str]:
        there = facts.graph.kind_of(key) in (NodeKind.FIELD, NodeKind.OBJECT)
        return (edge.subject for edge in facts.related(key, relation).edges) if there else iter(())

    return back


def _copies(facts: Facts, key: str) -> Iterator[str]:
    from auditor.facts.copies import alike

    return alike(facts, key)


_ALIKE = ("=duplicates", "=confusable_with", "=near_duplicates")


STEPS: Mapping[str, Step] = {
    "object": Step(lambda changed: changed.held, _object),
    "fields": Step(lambda changed: changed.holding, _holder),
    "components": Step(lambda changed: changed.keeping, _holder),
    "objects": Step(lambda changed: changed.systems, _system),
    "mentioned": Step(lambda changed: changed.mentioned, _mentioned),
    "used": Step(lambda changed: changed.used, _used),
    "mentions": Step(lambda changed: changed.mentioning, _mentions),
    "uses": Step(lambda changed: changed.using, _uses),
    "calls": Step(lambda changed: changed.callers, lambda facts, key: _others(facts.graph.called_by(key))),
    "callers": Step(lambda changed: changed.called, lambda facts, key: _others(facts.graph.calls(key))),
    "looks_up": Step(lambda changed: changed.looking, lambda facts, key: facts.graph.looked_up_by(key)),
    "looked_up_by": Step(lambda changed: changed.looked_at, lambda facts, key: facts.graph.looks_up(key)),
    "above": Step(lambda changed: changed.leaning, _below),
    "below": Step(lambda changed: changed.looked_at, _above),
    "masters": Step(lambda changed: changed.looking | changed.defined, _masters),
    "details": Step(lambda changed: changed.looked_at | changed.owning, _details),
    "named": Step(lambda _changed: NOBODY, lambda facts, key: named_by(facts.graph, key)),
    "=copies": Step(lambda changed: changed.defined | changed.being, _copies),
    **{name: Step(lambda _changed: NOBODY, _alike_by(name.removeprefix("="))) for name in _ALIKE},
    ANY: Step(lambda changed: changed.touched, _along_any),
}
"""Where ways lead: to the object, to those that mention a thing (`mentioned`, for use alone `used`), to what it
mentions, to what a field makes its rows parts of (`masters`) and back (`details`), to what goes by its name
(`named`), to what may be a copy of it (`=copies`), along any link (`any`) …"""


def _others(links: Iterable[CallLink]) -> Iterator[str]:
    return (link.other for link in links)
