"""Enters definitions and links into the tables of a graph: empty ones (build.py) or laid ones (overlay.py)."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping

from auditor.dataclasses import replace
from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    KnownBy,
    Link,
    ObjectNode,
    SystemNode,
    system_key,
    unread_lines,
)
from auditor.graph.tables import Adjacency
from auditor.languages.fieldpaths import is_custom, object_kind, split_name
from auditor.model.catalogue import Catalog, Field, Object
from auditor.model.components import Component
from auditor.model.names import component_key, field_key, object_key
from auditor.model.references import Call, Reference

FIELD_KIND = "field"
"""The component kind under which formulas, roll-ups and lookup filters refer to fields."""


class Builder:
    """Fills one adjacency; thrown away afterwards.

    `targets` knows the nodes that texts of references name (system and `Object.Field` or `Object` → printed name);
    `salesforce` are the systems whose names follow that platform's rules.
    """

    def __init__(
        self,
        lists: Adjacency | None = None,
        targets: MutableMapping[tuple[str, str], str] | None = None,
        salesforce: Iterable[str] = (),
    ) -> None:
        self.lists = Adjacency() if lists is None else lists
        self.targets: MutableMapping[tuple[str, str], str] = {} if targets is None else targets
        self.salesforce = set(salesforce)

    # Definitions

    def add_definitions(self, catalog: Catalog) -> None:
        """Enter the nodes that a catalogue defines."""
        self.add_system(catalog)
        if "salesforce" in catalog.kind.split("+"):
            self.salesforce.add(catalog.system)
        for component in catalog.components:
            self.add_component(catalog.system, component)
        for each in catalog.objects:
            self.add_object(catalog.system, each)
        for point in catalog.integration_points:
            key = component_key(catalog.system, point.kind, point.name)
            self.lists.integrations[key] = IntegrationNode(key, catalog.system, point)

    def add_system(self, catalog: Catalog) -> None:
        """Enter the system of a catalogue; several catalogues of one add up."""
        key = system_key(catalog.system)
        known = self.lists.systems.get(key)
        kinds = {catalog.kind, *(known.source_kinds if known else ())}
        channels = dict(known.channels) if known else {}
        for kind, count in sorted(catalog.channels.items()):
            channels[kind] = channels.get(kind, 0) + count
        unresolved = catalog.unresolved + (known.unresolved if known else 0)
        own = {*catalog.namespaces, *(known.namespaces if known else ())}
        role = known.role if known else catalog.role
        unread = tuple(sorted({*(known.unread if known else ()), *unread_lines(catalog.skipped)}))
        self.lists.systems[key] = SystemNode(
            key, catalog.system, role, tuple(sorted(kinds)), channels, unresolved, frozenset(own), unread
        )

    def add_object(self, system: str, value: Object) -> None:
        """Enter an object with its fields; the first definition counts."""
        key = object_key(system, value.name)
        known = self.lists.objects.get(key)
        if known is None or known.implied:
            self.lists.objects[key] = ObjectNode(key, system, value)
        self.targets[system, value.name] = key
        for each in value.fields:
            self.add_field(system, key, each, KnownBy.CATALOGUE)
        for component in record_types(value):
            self.add_component(system, component)

    def add_field(self, system: str, owner: str, value: Field, known_by: KnownBy) -> str:
        """Enter a field; the first definition counts. Gives its printed name."""
        key = field_key(system, value.object, value.name)
        known = self.lists.fields.get(key)
        if known is not None and not known.implied:
            return key
        if known is None:
            self.lists.fields_of.setdefault(owner, []).append(key)
        self.lists.fields[key] = FieldNode(key, system, owner, value, known_by)
        self.targets[system, f"{value.object}.{value.name}"] = key
        return key

    def add_component(self, system: str, value: Component, known_by: KnownBy = KnownBy.CATALOGUE) -> str:
        """Enter a component unless it is known. Gives its printed name."""
        key = component_key(system, value.kind, value.name)
        if key not in self.lists.components:
            self.lists.components[key] = ComponentNode(key, system, value, known_by)
        return key

    # Links

    def add_links(self, catalog: Catalog) -> None:
        """Enter who mentions, starts, points at and belongs to what, once all nodes are there."""
        for reference in catalog.references:
            self.add_reference(catalog.system, reference)
        for call in catalog.calls:
            self.add_call(catalog.system, call)
        for each in catalog.objects:
            self.add_pointers(catalog.system, each)
            for record_type in record_types(each):
                self.belongs(catalog.system, record_type)
        for component in catalog.components:
            if component.object:
                self.belongs(catalog.system, component)

    def add_reference(self, system: str, reference: Reference) -> None:
        """Enter one mention at both of its ends."""
        target = self.target(system, reference.target)
        referrer = self._referrer(system, reference)
        self.lists.incoming.setdefault(target, []).append(Link(referrer, reference))
        self.lists.outgoing.setdefault(referrer, []).append(Link(target, reference))

    def _referrer(self, system: str, reference: Reference) -> str:
        if reference.component_kind == FIELD_KIND:
            return self.target(system, reference.component)
        key = component_key(system, reference.component_kind, reference.component)
        if key not in self.lists.components:
            value = Component(reference.component_kind, reference.component, reference.path)
            self.lists.components[key] = ComponentNode(key, system, value, KnownBy.MENTION)
        return key

    def add_call(self, system: str, call: Call) -> None:
        """Enter one call at both of its ends."""
        caller = self._called(system, call.caller_kind, call.caller)
        callee = self._called(system, call.callee_kind, call.callee)
        self.lists.calls.setdefault(caller, []).append(CallLink(callee, call))
        self.lists.callers.setdefault(callee, []).append(CallLink(caller, call))

    def _called(self, system: str, kind: str, name: str) -> str:
        if kind == FIELD_KIND:
            return self.target(system, name)
        return self.add_component(system, Component(kind, name, ""), KnownBy.MENTION)

    def add_pointers(self, system: str, value: Object) -> None:
        """Enter where the fields of an object point."""
        for each in value.fields:
            key = field_key(system, value.name, each.name)
            if key in self.lists.looks_up:
                continue
            for name in each.reference_to:
                target = self.implied_object(system, name, KnownBy.MENTION)
                self.lists.looks_up.setdefault(key, []).append(target)
                self.lists.looked_up_by.setdefault(target, []).append(key)

    def belongs(self, system: str, component: Component) -> None:
        """Enter to which object a component belongs."""
        key = component_key(system, component.kind, component.name)
        if component.object is None or key in self.lists.object_of:
            return
        owner = self.implied_object(system, component.object, KnownBy.MENTION)
        self.lists.object_of[key] = owner
        self.lists.components_of.setdefault(owner, []).append(key)

    def target(self, system: str, text: str) -> str:
        """The node that `Object.Field` or `Object` names; an implied one where nothing defines it."""
        known = self.targets.get((system, text))
        if known is not None:
            return known
        owner, name = self._split(system, text)
        mention = KnownBy.MENTION
        if name:
            key = self.implied_field(system, owner, name, mention)
        else:
            key = self.implied_object(system, owner, mention)
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

    def implied_object(self, system: str, name: str, known_by: KnownBy) -> str:
        """The printed name of an object, entered as only known by name where nothing defines it."""
        key = object_key(system, name)
        if key not in self.lists.objects:
            value = Object(name, custom=self._custom(system, name), namespace=self._namespace(system, name))
            value = replace(value, kind=object_kind(name)) if system in self.salesforce else value
            self.lists.objects[key] = ObjectNode(key, system, value, known_by)
            self.targets[system, name] = key
        return key

    def implied_field(self, system: str, owner: str, name: str, known_by: KnownBy) -> str:
        """The printed name of a field, entered as only known by name where nothing defines it."""
        owner_key = self.implied_object(system, owner, known_by)
        namespace = self._namespace(system, name)
        value = Field(owner, name, custom=self._custom(system, name), namespace=namespace)
        return self.add_field(system, owner_key, value, known_by)

    def _custom(self, system: str, name: str) -> bool | None:
        """By the platform's suffixes; a part of a compound field (`Place__Latitude__s`) is nobody's own field."""
        if system not in self.salesforce:
            return None
        return is_custom(name) and not name.lower().endswith("__s")

    def _namespace(self, system: str, name: str) -> str | None:
        """Of the package whose prefix the name bears; the project's own prefix is gone since resolving."""
        return split_name(name).namespace or None if system in self.salesforce else None


def record_types(value: Object) -> list[Component]:
    """Record types as the components that they are on the platform, for sources that only list their names."""
    path, line = (value.origin.path, value.origin.line) if value.origin else ("", None)
    return [
        Component("record_type", f"{value.name}.{name}", path, line, object=value.name)
        for name in value.record_types
    ]
