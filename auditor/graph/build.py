"""Catalogues and evidence → graph, in time linear in what was read."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from auditor.dataclasses import replace
from auditor.errors import AuditorError
from auditor.graph.clients import add_clients
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    KnownBy,
    Link,
    ObjectNode,
    SourceNode,
    SystemNode,
    source_key,
    system_key,
)
from auditor.graph.schema import SchemaGraph
from auditor.graph.tables import Adjacency
from auditor.languages.fieldpaths import is_custom, object_kind, split_name
from auditor.model.catalogue import Catalog, Field, Object
from auditor.model.components import Component
from auditor.model.names import SubjectKind, component_key, field_key, object_key, parse_subject
from auditor.model.observations import Evidence
from auditor.model.references import Call, Reference

FIELD_KIND = "field"
"""The component kind under which formulas, roll-ups and lookup filters refer to fields."""


def build_graph(catalogs: Sequence[Catalog], evidence: Evidence | None = None) -> SchemaGraph:
    """Join all catalogues, and what evidence knows beyond them, into one graph.

    Several catalogues may describe one system: the first definition of an object or field counts, and the
    fields of all add up.
    """
    with _collector_at_rest():
        builder = _Builder()
        for catalog in catalogs:
            builder.add_definitions(catalog)
        for catalog in catalogs:
            builder.add_links(catalog)
        if evidence is not None:
            builder.add_evidence(evidence)
        return builder.finish()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing that is built here is garbage: looking for it again and again would cost most of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Builder:
    """Fills one adjacency; thrown away afterwards."""

    def __init__(self) -> None:
        self.lists = Adjacency()
        self.targets: dict[tuple[str, str], str] = {}
        self.salesforce: set[str] = set()

    # Definitions

    def add_definitions(self, catalog: Catalog) -> None:
        self._add_system(catalog)
        if "salesforce" in catalog.kind.split("+"):
            self.salesforce.add(catalog.system)
        for component in catalog.components:
            self._add_component(catalog.system, component)
        for each in catalog.objects:
            self._add_object(catalog.system, each)
        for point in catalog.integration_points:
            key = component_key(catalog.system, point.kind, point.name)
            self.lists.integrations[key] = IntegrationNode(key, catalog.system, point)

    def _add_system(self, catalog: Catalog) -> None:
        key = system_key(catalog.system)
        known = self.lists.systems.get(key)
        kinds = {catalog.kind, *(known.source_kinds if known else ())}
        channels = dict(known.channels) if known else {}
        for kind, count in sorted(catalog.channels.items()):
            channels[kind] = channels.get(kind, 0) + count
        unresolved = catalog.unresolved + (known.unresolved if known else 0)
        own = {*catalog.namespaces, *(known.namespaces if known else ())}
        role = known.role if known else catalog.role
        # What is defined twice was read; its line says which of the two counts.
        lost = {line.path.lower() for line in catalog.skipped if "; merged" not in line.reason}
        unread = (known.unread if known else frozenset()) | lost
        self.lists.systems[key] = SystemNode(
            key, catalog.system, role, tuple(sorted(kinds)), channels, unresolved, frozenset(own), unread
        )

    def _add_object(self, system: str, value: Object) -> None:
        key = object_key(system, value.name)
        known = self.lists.objects.get(key)
        if known is None or known.implied:
            self.lists.objects[key] = ObjectNode(key, system, value)
        self.targets[system, value.name] = key
        for each in value.fields:
            self._add_field(system, key, each, KnownBy.CATALOGUE)
        for component in _record_types(value):
            self._add_component(system, component)

    def _add_field(self, system: str, owner: str, value: Field, known_by: KnownBy) -> str:
        key = field_key(system, value.object, value.name)
        known = self.lists.fields.get(key)
        if known is not None and not known.implied:
            return key
        if known is None:
            self.lists.fields_of.setdefault(owner, []).append(key)
        self.lists.fields[key] = FieldNode(key, system, owner, value, known_by)
        self.targets[system, f"{value.object}.{value.name}"] = key
        return key

    def _add_component(self, system: str, value: Component, known_by: KnownBy = KnownBy.CATALOGUE) -> str:
        key = component_key(system, value.kind, value.name)
        if key not in self.lists.components:
            self.lists.components[key] = ComponentNode(key, system, value, known_by)
        return key

    # Links

    def add_links(self, catalog: Catalog) -> None:
        for reference in catalog.references:
            self._add_reference(catalog.system, reference)
        for call in catalog.calls:
            self._add_call(catalog.system, call)
        for each in catalog.objects:
            self._add_pointers(catalog.system, each)
            for record_type in _record_types(each):
                self._belongs(catalog.system, record_type)
        for component in catalog.components:
            if component.object:
                self._belongs(catalog.system, component)

    def _add_reference(self, system: str, reference: Reference) -> None:
        target = self._target(system, reference.target)
        referrer = self._referrer(system, reference)
        self.lists.incoming.setdefault(target, []).append(Link(referrer, reference))
        self.lists.outgoing.setdefault(referrer, []).append(Link(target, reference))

    def _referrer(self, system: str, reference: Reference) -> str:
        if reference.component_kind == FIELD_KIND:
            return self._target(system, reference.component)
        key = component_key(system, reference.component_kind, reference.component)
        if key not in self.lists.components:
            value = Component(reference.component_kind, reference.component, reference.path)
            self.lists.components[key] = ComponentNode(key, system, value, KnownBy.MENTION)
        return key

    def _add_call(self, system: str, call: Call) -> None:
        caller = self._called(system, call.caller_kind, call.caller)
        callee = self._called(system, call.callee_kind, call.callee)
        self.lists.calls.setdefault(caller, []).append(CallLink(callee, call))
        self.lists.callers.setdefault(callee, []).append(CallLink(caller, call))

    def _called(self, system: str, kind: str, name: str) -> str:
        if kind == FIELD_KIND:
            return self._target(system, name)
        return self._add_component(system, Component(kind, name, ""), KnownBy.MENTION)

    def _add_pointers(self, system: str, value: Object) -> None:
        for each in value.fields:
            key = field_key(system, value.name, each.name)
            if key in self.lists.looks_up:
                continue
            for name in each.reference_to:
                target = self._object(system, name, KnownBy.MENTION)
                self.lists.looks_up.setdefault(key, []).append(target)
                self.lists.looked_up_by.setdefault(target, []).append(key)

    def _belongs(self, system: str, component: Component) -> None:
        key = component_key(system, component.kind, component.name)
        if component.object is None or key in self.lists.object_of:
            return
        owner = self._object(system, component.object, KnownBy.MENTION)
        self.lists.object_of[key] = owner
        self.lists.components_of.setdefault(owner, []).append(key)

    def _target(self, system: str, text: str, known_by: KnownBy = KnownBy.MENTION) -> str:
        """The node that `Object.Field` or `Object` names; an implied one where nothing defines it."""
        known = self.targets.get((system, text))
        if known is not None:
            return known
        owner, name = self._split(system, text)
        key = self._field(system, owner, name, known_by) if name else self._object(system, owner, known_by)
        self.targets[system, text] = key
        return key

    def _split(self, system: str, text: str) -> tuple[str, str]:
        """Object and field; a known object decides where names themselves hold dots (`dbo.Orders.No.`)."""
        dot = text.find(".")
        while dot > 0:
            if (system, text[:dot]) in self.targets:
                return text[:dot], text[dot + 1 :]
            dot = text.find(".", dot + 1)
        owner, _, name = text.partition(".")
        return owner, name

    def _object(self, system: str, name: str, known_by: KnownBy) -> str:
        key = object_key(system, name)
        if key not in self.lists.objects:
            value = Object(name, custom=self._custom(system, name), namespace=self._namespace(system, name))
            value = replace(value, kind=object_kind(name)) if system in self.salesforce else value
            self.lists.objects[key] = ObjectNode(key, system, value, known_by)
            self.targets[system, name] = key
        return key

    def _field(self, system: str, owner: str, name: str, known_by: KnownBy) -> str:
        owner_key = self._object(system, owner, known_by)
        namespace = self._namespace(system, name)
        value = Field(owner, name, custom=self._custom(system, name), namespace=namespace)
        return self._add_field(system, owner_key, value, known_by)

    def _custom(self, system: str, name: str) -> bool | None:
        """By the platform's suffixes; a part of a compound field (`Place__Latitude__s`) is nobody's own field."""
        if system not in self.salesforce:
            return None
        return is_custom(name) and not name.lower().endswith("__s")

    def _namespace(self, system: str, name: str) -> str | None:
        """Of the package whose prefix the name bears; the project's own prefix is gone since resolving."""
        return split_name(name).namespace or None if system in self.salesforce else None

    # Evidence

    def add_evidence(self, evidence: Evidence) -> None:
        for source in evidence.sources:
            key = source_key(source.id)
            self.lists.sources[key] = SourceNode(key, source)
        add_clients(self.lists, evidence)
        for name in sorted(subjects_of(evidence) - gone_of(evidence)):
            self._add_subject(name)

    def _add_subject(self, printed: str) -> None:
        lists = self.lists
        if printed in lists.fields or printed in lists.components or printed in lists.objects:
            return
        try:
            subject = parse_subject(printed)
        except AuditorError:
            return
        if system_key(subject.system) not in lists.systems:
            return
        if subject.kind is SubjectKind.FIELD:
            self._field(subject.system, subject.name, subject.field, KnownBy.EVIDENCE)
        elif subject.kind is SubjectKind.OBJECT:
            self._object(subject.system, subject.name, KnownBy.EVIDENCE)
        elif subject.kind is SubjectKind.COMPONENT:
            value = Component(subject.component_kind, subject.name, "")
            self._add_component(subject.system, value, KnownBy.EVIDENCE)

    # Order

    def finish(self) -> SchemaGraph:
        """Sort what is enumerated. Links keep the order of reading, which the sources sort."""
        lists = self.lists
        for system in list(lists.systems.values()):
            lists.systems[system.key] = replace(system, channels=dict(sorted(system.channels.items())))
        for names in (lists.fields_of, lists.components_of, lists.looked_up_by):
            for keys in names.values():
                keys.sort()
        lists.systems = dict(sorted(lists.systems.items()))
        lists.objects = dict(sorted(lists.objects.items()))
        lists.fields = dict(sorted(lists.fields.items()))
        lists.components = dict(sorted(lists.components.items()))
        lists.integrations = dict(sorted(lists.integrations.items()))
        lists.sources = dict(sorted(lists.sources.items()))
        return SchemaGraph(lists)


def _record_types(value: Object) -> list[Component]:
    """Record types as the components that they are on the platform, for sources that only list their names."""
    path, line = (value.origin.path, value.origin.line) if value.origin else ("", None)
    return [
        Component("record_type", f"{value.name}.{name}", path, line, object=value.name)
        for name in value.record_types
    ]
