"""How far a change spreads into the weaving: of which things other strands may come than before.

What is woven of a thing depends on itself, on who it mentions and calls and is mentioned and called by, and on a
few aspects of its neighbours: whether records of an object are touched, whether a component is a test, whether a
report stands on a dashboard. Where an aspect is another one, the neighbours are woven anew; where the coverage of
a system is another one, all of it would have to be, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.channels import on_dashboard, told_in_full
from auditor.facts.liveness.calling import uncalled
from auditor.facts.liveness.components import takes_part
from auditor.facts.liveness.names import all_names, one_name
from auditor.facts.liveness.usage import in_use, looked_at
from auditor.facts.outside_register import register_gap
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.observations import Deed

STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class Sides:
    """The facts before a change and after it."""

    before: Facts
    after: Facts

    @property
    def both(self) -> tuple[Facts, Facts]:
        """Before, then after."""
        return self.before, self.after


def coverage_differs(sides: Sides, touched: Iterable[str]) -> str:
    """Why nothing of a system that the change touches can be taken over; empty where nothing speaks against it."""
    for name in sorted({key.partition(":")[0] for key in touched}):
        if any(f"{name}:" not in each.graph for each in sides.both):
            return f"{name} is new or gone"
        before, after = (_coverage(each, name) for each in sides.both)
        if before != after:
            return f"of {name} other kinds of component are read than before, or other readers of it are known"
    return ""


def _coverage(facts: Facts, name: str) -> object:
    system = facts.graph.system(name)
    kinds = frozenset(system.channels)
    return system.source_kinds, system.namespaces, kinds, register_gap(facts, name), told_in_full(facts, name)


def spread(sides: Sides, touched: Iterable[str]) -> set[str]:
    """Printed names of everything of which other strands may come, and that is or was there."""
    found: set[str] = set(touched)
    for key in tuple(found):
        found.update(_ends(sides, key))
    for key in tuple(found):
        found.update(_owners(sides, key))
    found |= uncalled(sides.before) ^ uncalled(sides.after)
    for key in tuple(found):
        if _aspect(sides.before, key) != _aspect(sides.after, key):
            found.update(_neighbours(sides.before.graph, key))
            found.update(_neighbours(sides.after.graph, key))
    return {each for key in found for each in same_thing(sides, key)}


def strangers(facts: Facts) -> Mapping[str, Sequence[str]]:
    """Components that are not in the graph and through which logs saw fields being read, with those fields."""
    return facts.once((STRANGERS, ""), lambda: _strangers(facts))


def _strangers(facts: Facts) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in facts.evidence.evidence.observations:
        via = each.via if each.deed is Deed.READ else None
        if via is not None and "/" in via and facts.graph.kind_of(via) is not NodeKind.COMPONENT:
            found.setdefault(via, []).append(each.subject)
    return found


def same_thing(sides: Sides, key: str) -> tuple[str, ...]:
    """Everything that has its node under the same name, itself included."""
    try:
        return all_names(sides.after, one_name(sides.after, key))
    except KeyError:  # a system that is on neither side
        return (key,)


def _ends(sides: Sides, key: str) -> Iterator[str]:
    """What only one side mentions or calls from there."""
    before, after = (each.graph for each in sides.both)
    yield from {link.other for link in before.references_from(key)} ^ {
        link.other for link in after.references_from(key)
    }
    yield from {link.other for link in before.calls(key)} ^ {link.other for link in after.calls(key)}


def _owners(sides: Sides, key: str) -> Iterator[str]:
    """The object whose use is told by its fields."""
    for each in sides.both:
        if each.graph.kind_of(key) is NodeKind.FIELD:
            yield each.graph.field(key).object_key


def _aspect(facts: Facts, key: str) -> object:
    """What the weaving of neighbours asks of a thing."""
    graph = facts.graph
    match graph.kind_of(key):
        case NodeKind.OBJECT:
            return graph.object(key).value.kind, in_use(facts, key), looked_at(facts, key)
        case NodeKind.COMPONENT:
            return takes_part(graph.component(key)), on_dashboard(facts, key)
        case kind:
            return kind


def _neighbours(graph: SchemaGraph, key: str) -> Iterator[str]:
    """What is woven with an eye to a thing: what belongs to it, and whoever mentions or calls any of that."""
    match graph.kind_of(key):
        case NodeKind.OBJECT:
            yield from graph.components_of(key)
            for each in (key, *graph.fields_of(key)):
                yield each
                yield from (link.other for link in graph.references_to(each))
        case NodeKind.COMPONENT:
            yield from (link.other for link in graph.references_from(key))
            yield from (link.other for link in graph.calls(key))
            yield from (link.other for link in graph.called_by(key))
        case _:
            pass
