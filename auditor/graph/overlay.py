"""A change laid over a graph: the graph after it, at the cost of the change and not of the graph.

What the change takes away is taken out, what it brings is entered by the builder's own rules, and everything that
lost or gained a mention is settled anew: what nothing defines any more stays as implied while something mentions
it or evidence names it. `overlay(build_graph(before), [the difference])` is `build_graph(after)`, which the tests
prove on random changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.dataclasses import replace
from auditor.graph.builder import FIELD_KIND, Builder, record_types
from auditor.graph.clients import add_clients_again
from auditor.graph.laying import kinds_of, laid_over, sort_links, sort_names, without
from auditor.graph.nodes import CallLink, IntegrationNode, Link, ObjectNode, system_key, unread_lines
from auditor.graph.schema import SchemaGraph
from auditor.graph.settling import Named, settle
from auditor.graph.tables import Tables
from auditor.graph.targets import Targets, unknown_key
from auditor.model.catalogue import Field, Object
from auditor.model.changes import CatalogDelta
from auditor.model.components import Component
from auditor.model.integrations import CALLERS
from auditor.model.names import component_key, field_key, object_key
from auditor.model.references import Call, Reference


def overlay(graph: SchemaGraph, deltas: Sequence[CatalogDelta], named: Named) -> SchemaGraph:
    """The graph after changes, which shares everything that they leave alone; the one before stays as it is.

    `named` tells whether evidence names a subject and it is surely there (named.py). Each system has at most one
    catalogue that defines objects, and the change leaves its namespaces and its kind alone.
    """
    change = _Change(graph.tables)
    for delta in deltas:
        change.take(delta)
    for delta in deltas:
        change.define(delta)
    for delta in deltas:
        change.link(delta)
    sort_links(change.builder.lists)
    settle(change.builder, change.suspects, named)
    sort_names(change.builder.lists)
    if any(point.kind in CALLERS for delta in deltas for point in (*delta.points_gone, *delta.points_made)):
        add_clients_again(change.builder.lists)
    return SchemaGraph(change.builder.lists, kinds_of(change.builder.lists))


class _Change:
    """The layers while a change is entered; thrown away afterwards."""

    def __init__(self, below: Tables) -> None:
        salesforce = [each.system for each in below.systems.values() if "salesforce" in _kinds(each.source_kinds)]
        lists = laid_over(below)
        self.builder = Builder(lists, Targets(lists), salesforce)
        self.suspects: set[str] = set()
        """Keys of what lost or gained a definition or a mention."""

    # What the change takes away

    def take(self, delta: CatalogDelta) -> None:
        """Take out the links first, and then what they link."""
        system, lists = delta.system, self.builder.lists
        for reference in delta.references_gone:
            target, referrer = self._ends(system, reference)
            without(lists.incoming, target, Link(referrer, reference))
            without(lists.outgoing, referrer, Link(target, reference))
        for call in delta.calls_gone:
            caller, callee = self._called(system, call)
            without(lists.calls, caller, CallLink(callee, call))
            without(lists.callers, callee, CallLink(caller, call))
        for component in delta.components_gone:
            self._take_component(system, component)
        for gone, made in _pairs(delta):
            if gone is not None:
                self._take_object(system, gone, made)
        for point in delta.points_gone:
            lists.integrations.pop(component_key(system, point.kind, point.name), None)

    def _take_component(self, system: str, value: Component) -> None:
        key = component_key(system, value.kind, value.name)
        self.builder.lists.components.pop(key, None)
        owner = self.builder.lists.object_of.pop(key, None)
        self.suspects.add(key)
        if owner is not None:
            without(self.builder.lists.components_of, owner, key)
            self.suspects.add(owner)

    def _take_object(self, system: str, gone: Object, made: Object | None) -> None:
        """Take out an object and those of its fields that are not made again exactly as they were."""
        key = object_key(system, gone.name)
        kept = _fields(made)
        self.builder.lists.objects.pop(key, None)
        self.suspects.add(key)
        for each in gone.fields:
            if kept.get((each.object, each.name)) != each:
                self._take_field(system, gone, each)
        for component in record_types(gone):
            known = self.builder.lists.components.get(component_key(system, component.kind, component.name))
            if known is not None and known.value == component:  # and no file of its own defines it
                self._take_component(system, component)

    def _take_field(self, system: str, owner: Object, value: Field) -> None:
        lists = self.builder.lists
        key = field_key(system, value.object, value.name)
        if lists.fields.pop(key, None) is not None:
            without(lists.fields_of, object_key(system, owner.name), key)
        self.suspects.add(key)
        pointer = field_key(system, owner.name, value.name)
        for target in lists.looks_up.pop(pointer, ()):
            without(lists.looked_up_by, target, pointer)
            self.suspects.add(target)

    # What it brings

    def define(self, delta: CatalogDelta) -> None:
        """Enter what is defined now."""
        system, builder = delta.system, self.builder
        lists = builder.lists
        self._sum_up(delta)
        for component in delta.components_made:
            key = component_key(system, component.kind, component.name)
            known = lists.components.get(key)
            if known is not None and known.implied:
                del lists.components[key]
            self.suspects.add(builder.add_component(system, component))
        for gone, made in _pairs(delta):
            if made is not None:
                known_fields = _fields(gone)
                fresh = tuple(each for each in made.fields if known_fields.get((each.object, each.name)) != each)
                self.suspects.update(field_key(system, each.object, each.name) for each in fresh)
                builder.add_object(system, replace(made, fields=fresh))
                key = object_key(system, made.name)
                lists.objects[key] = ObjectNode(key, system, made)
                self.suspects.add(key)
        for point in delta.points_made:
            key = component_key(system, point.kind, point.name)
            lists.integrations[key] = IntegrationNode(key, system, point)

    def link(self, delta: CatalogDelta) -> None:
        """Enter who mentions, starts, points at and belongs to what."""
        system, builder = delta.system, self.builder
        for reference in delta.references_made:
            builder.add_reference(system, reference)
            self._ends(system, reference)
        for call in delta.calls_made:
            builder.add_call(system, call)
            self._called(system, call)
        for made in delta.objects_made:
            builder.add_pointers(system, made)
            self.suspects.update(object_key(system, name) for each in made.fields for name in each.reference_to)
            for record_type in record_types(made):
                builder.belongs(system, record_type)
        for component in delta.components_made:
            if component.object:
                builder.belongs(system, component)
                self.suspects.add(object_key(system, component.object))

    def _sum_up(self, delta: CatalogDelta) -> None:
        systems = self.builder.lists.systems
        node = systems.get(system_key(delta.system))
        if node is None:
            return
        channels = {
            **node.channels,
            **{kind: count for kind, count in delta.channels.items() if count is not None},
        }
        for kind in [kind for kind, count in delta.channels.items() if count is None]:
            channels.pop(kind, None)
        gone, made = unread_lines(delta.skipped_gone), unread_lines(delta.skipped_made)
        systems[node.key] = replace(
            node,
            channels=channels,
            unresolved=node.unresolved + delta.unresolved,
            unread=tuple(sorted({*node.unread} - gone | made)),
        )

    def _ends(self, system: str, reference: Reference) -> tuple[str, str]:
        """The target and the referrer of a reference, both to be settled."""
        target = self.builder.targets.get((system, reference.target)) or unknown_key(system, reference.target)
        if reference.component_kind == FIELD_KIND:
            referrer = self.builder.targets.get((system, reference.component))
            referrer = referrer or unknown_key(system, reference.component)
        else:
            referrer = component_key(system, reference.component_kind, reference.component)
        self.suspects.update((target, referrer))
        return target, referrer

    def _called(self, system: str, call: Call) -> tuple[str, str]:
        ends = []
        for kind, name in ((call.caller_kind, call.caller), (call.callee_kind, call.callee)):
            if kind == FIELD_KIND:
                ends.append(self.builder.targets.get((system, name)) or unknown_key(system, name))
            else:
                ends.append(component_key(system, kind, name))
        self.suspects.update(ends)
        return ends[0], ends[1]


def _pairs(delta: CatalogDelta) -> list[tuple[Object | None, Object | None]]:
    """Each object that differs, as it was and as it is."""
    gone = {each.name: each for each in delta.objects_gone}
    made = {each.name: each for each in delta.objects_made}
    return [(gone.get(name), made.get(name)) for name in sorted({*gone, *made})]


def _fields(value: Object | None) -> Mapping[tuple[str, str], Field]:
    return {(each.object, each.name): each for each in value.fields} if value is not None else {}


def _kinds(source_kinds: Sequence[str]) -> set[str]:
    return {kind for kinds in source_kinds for kind in kinds.split("+")}
