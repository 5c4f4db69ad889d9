"""What facts after a change take over from those before it, and what the change alters in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from auditor.facts.base import Facts
from auditor.facts.callers import CALLS, calls_of
from auditor.facts.channels import IN_FULL, UNTOLD_RUNS, told_in_full, untold_runs
from auditor.facts.charter import ENTITY_FIELDS, ENTITY_OBJECTS, entity_objects, is_of_entity, spends, spent
from auditor.facts.columns import UNTOLD
from auditor.facts.growth import ROWS, SOURCES, counts_in_growth, growth_of, growth_sources
from auditor.facts.integrations import TOUCHING, touching
from auditor.facts.liveness.after import LivenessAfter, liveness_after
from auditor.facts.liveness.calling import UNCALLED, uncalled_after
from auditor.facts.liveness.engine import LIVENESS, Liveness, liveness_of
from auditor.facts.liveness.roles import CIRCLES, circles, taking
from auditor.facts.liveness.spread import Sides, coverage_differs, same_thing, spread
from auditor.facts.outside_register import OUTSIDE, READERS, readers_of
from auditor.graph.liveness.circles import Circles, CirclesAfter, Rearranged, Side, circles_after, circles_of
from auditor.graph.liveness.net import helped
from auditor.graph.nodes import NodeKind
from auditor.model.liveness import DEAD
from auditor.model.observations import Deed

Taken = tuple[frozenset[str] | None, str]


def take_over(before: Facts, after: Facts, touched: AbstractSet[str]) -> Taken:
    """Let facts answer from those before a change where it left things alone.

    Gives the subjects whose answers may differ; None, and why, where nothing could be taken over.
    """
    sides = Sides(before, after)
    _from_evidence(before, after, touched)
    slow = coverage_differs(sides, touched)
    if slow:
        return None, slow
    uncalled = uncalled_after(before, after.graph, touched)
    after.shelf.assume(UNCALLED, lambda _: uncalled)
    woven = spread(sides, touched)
    told = liveness_after(sides, woven)
    after.shelf.assume(LIVENESS, lambda _: told.living)
    circling = _circles(sides, told, woven)
    after.shelf.assume(CIRCLES, lambda _: circling)
    living = _cone(sides, told.living, {*told.differing, *circling.asked, *_nodes(told.living, woven)})
    return frozenset({*touched, *living, *_mentioned(sides, touched), *_budgets(sides, touched)}), ""


def _from_evidence(before: Facts, after: Facts, touched: AbstractSet[str]) -> None:
    """Take over what follows from evidence, unless the change alters what evidence is about."""
    shelf, graph = after.shelf, after.graph
    if not any(":" + OUTSIDE + "/" in key for key in touched):
        shelf.assume(READERS, lambda name: tuple(graph.component(each.key) for each in readers_of(before, name)))
    if not after.evidence.saw_the_same(before.evidence):
        return
    shelf.assume(UNTOLD_RUNS, lambda name: untold_runs(before, name))
    shelf.assume(
        IN_FULL,
        lambda name: told_in_full(before, name) if touched.isdisjoint(untold_runs(before, name)) else UNTOLD,
    )
    if all(counts_in_growth(before, key) == counts_in_growth(after, key) for key in touched):
        shelf.assume(ROWS, lambda key: growth_of(before, key))
        shelf.assume(SOURCES, lambda key: growth_sources(before, key))
    if not any(_is_of_calls(before, after, key) for key in touched):
        shelf.assume(TOUCHING, lambda key: touching(before, key))
        shelf.assume(CALLS, lambda key: calls_of(before, after.graph.integration(key)))


def _is_of_calls(before: Facts, after: Facts, key: str) -> bool:
    """Whether logs may tell otherwise of who calls what: an integration, or what appears or vanishes."""
    kinds = [each.graph.kind_of(key) for each in (before, after)]
    if NodeKind.INTEGRATION in kinds:
        return True
    return kinds[0] is not kinds[1] and any(
        each.via is not None for deed in Deed for each in after.evidence.observations(key, deed)
    )


def _nodes(living: Liveness, names: Iterable[str]) -> Iterator[int]:
    return (node for name in names if (node := living.node(name)) is not None)


def _circles(sides: Sides, told: LivenessAfter, woven: Iterable[str]) -> CirclesAfter:
    old, living = circles(sides.before), liveness_of(sides.before)
    before, after = taking(sides.before.graph, living), taking(sides.after.graph, told.living)
    if not isinstance(old, Circles):
        old = circles_of(living.net, before)
    count = len(living.net)
    may = {*told.differing, *_nodes(told.living, woven)}
    out = {node for node in may if node < count and before(node) and not after(node)}
    into = {node for node in may if after(node) and (node >= count or not before(node))}
    return circles_after(old, Side(told.living.net, after), Rearranged(told.gone, told.come, out, into))


def _cone(sides: Sides, living: Liveness, starts: Iterable[int]) -> set[str]:
    """Things below some nodes as far as days of death and functions are handed on: by what is dead, by fields."""
    names, levels, old = living.net.names, living.marks.levels, liveness_of(sides.before).marks.levels
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        node = waiting.pop()
        dead = levels[node] == DEAD or (node < len(old) and old[node] == DEAD)
        if dead or sides.after.graph.kind_of(names[node]) is NodeKind.FIELD:
            fresh = {packed >> 3 for packed in living.net.arrows[node]} - seen
            seen |= fresh
            waiting.extend(fresh)
    return {key for node in seen for key in same_thing(sides, helped(names[node])) if _is_there(sides, key)}


def _is_there(sides: Sides, key: str) -> bool:
    return any(each.graph.kind_of(key) is not None for each in sides.both)


def _mentioned(sides: Sides, touched: Iterable[str]) -> Iterator[str]:
    """What components mention that may be switched on or off: whether a demand counts is told by them."""
    for key in touched:
        for each in sides.both:
            if each.graph.kind_of(key) is NodeKind.COMPONENT:
                yield from (link.other for link in each.graph.references_from(key))


def _budgets(sides: Sides, touched: AbstractSet[str]) -> Iterator[str]:
    """Add up what entities spend after the change; the objects of those that spend another sum."""
    before, after = sides.both
    more: Counter[str] = Counter(entity for key in touched if (entity := spends(after, key)))
    more.subtract(entity for key in touched if (entity := spends(before, key)))
    after.shelf.assume(ENTITY_FIELDS, lambda entity: spent(before, entity) + more[entity])
    after.shelf.assume(ENTITY_OBJECTS, lambda entity: _objects(sides, touched, entity))
    for entity, count in more.items():
        if count:
            yield from entity_objects(before, entity)
            yield from entity_objects(after, entity)


def _objects(sides: Sides, touched: AbstractSet[str], entity: str) -> list[str]:
    graph = sides.after.graph
    kept = (key for key in entity_objects(sides.before, entity) if graph.kind_of(key) is NodeKind.OBJECT)
    owners = {owner for key in touched if (owner := graph.object_of(key)) is not None}
    fresh = (
        key
        for key in touched | owners
        if graph.kind_of(key) is NodeKind.OBJECT and is_of_entity(sides.after, graph.object(key), entity)
    )
    return sorted({*kept, *fresh})
