"""One graph of everything that was read: who mentions what, who belongs where, who starts whom.

*Node*: a system, object, field, component, integration point or usage source, known by its printed name.
*Link*: one reference seen from one of its ends. Formulas and roll-ups stand as fields that refer to fields.
Tables of lists (tables.py), built once in linear time and then only read; nobody outside this package touches
them. Missing names give empty answers for relations and a `KeyError` for nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    Link,
    Node,
    NodeKind,
    ObjectNode,
    SourceNode,
    SystemNode,
)
from auditor.graph.tables import Tables
from auditor.model.catalogue import Role
from auditor.model.references import Certainty


class SchemaGraph:
    """The graph, in the words of the domain. Every sequence is sorted by printed name unless it says otherwise."""

    __slots__ = ("_adjacency", "_kinds", "field", "kind_of", "object")

    def __init__(self, adjacency: Tables, kind_of: Callable[[str], NodeKind | None] | None = None) -> None:
        self._adjacency = adjacency
        self._kinds: dict[NodeKind, Mapping[str, Node]] = {
            NodeKind.SYSTEM: adjacency.systems,
            NodeKind.OBJECT: adjacency.objects,
            NodeKind.FIELD: adjacency.fields,
            NodeKind.COMPONENT: adjacency.components,
            NodeKind.INTEGRATION: adjacency.integrations,
            NodeKind.SOURCE: adjacency.sources,
        }
        # Asked a hundred times for each node of a large company: these are look-ups, and no calls of our own.
        self.kind_of: Callable[[str], NodeKind | None] = kind_of or self._listed()
        """What a printed name names here; None when nothing bears it."""
        self.object: Callable[[str], ObjectNode] = adjacency.objects.__getitem__
        """One object by its printed name."""
        self.field: Callable[[str], FieldNode] = adjacency.fields.__getitem__
        """One field by its printed name."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(nodes)} {kind}s" for kind, nodes in self._kinds.items())
        return f"<SchemaGraph: {counts}>"

    def _listed(self) -> Callable[[str], NodeKind | None]:
        return {key: kind for kind in reversed(PRECEDENCE) for key in self._kinds[kind]}.get

    @property
    def tables(self) -> Tables:
        """What the verbs ask, for laying a change over it."""
        return self._adjacency

    # Nodes

    def __contains__(self, key: str) -> bool:
        return self.kind_of(key) is not None

    def nodes(self, kind: NodeKind) -> Iterator[Node]:
        """All nodes of a kind, sorted."""
        return iter(self._kinds[kind].values())

    def keys(self, kind: NodeKind) -> list[str]:
        """Printed names of all nodes of a kind, sorted."""
        return list(self._kinds[kind])

    def systems(self) -> list[SystemNode]:
        """All systems."""
        return list(self._adjacency.systems.values())

    def system(self, name: str) -> SystemNode:
        """One system by its name (without the colon)."""
        return self._adjacency.systems[f"{name}:"]

    def objects(self, role: Role | None = None, system: str | None = None) -> list[ObjectNode]:
        """Objects of all systems, or of one role or one system."""
        wanted = {
            each.system for each in self.systems() if role in (None, each.role) and system in (None, each.system)
        }
        return [each for each in self._adjacency.objects.values() if each.system in wanted]

    def component(self, key: str) -> ComponentNode:
        """One component by its printed name."""
        return self._adjacency.components[key]

    def integration(self, key: str) -> IntegrationNode:
        """One integration point by its printed name."""
        return self._adjacency.integrations[key]

    def source(self, key: str) -> SourceNode:
        """One usage source by its printed name."""
        return self._adjacency.sources[key]

    def components(self, kind: str | None = None) -> list[ComponentNode]:
        """All components, or those of one component kind."""
        return [each for each in self._adjacency.components.values() if kind in (None, each.value.kind)]

    # Belonging

    def fields_of(self, object_key: str) -> Sequence[str]:
        """Printed names of an object's fields, implied ones too."""
        return self._adjacency.fields_of.get(object_key, ())

    def components_of(self, object_key: str) -> Sequence[str]:
        """Printed names of the components that belong to an object (its layouts, rules, record types)."""
        return self._adjacency.components_of.get(object_key, ())

    def object_of(self, key: str) -> str | None:
        """The object that a field or component belongs to; None where there is none."""
        if key in self._adjacency.fields:
            return self._adjacency.fields[key].object_key
        return self._adjacency.object_of.get(key)

    def looks_up(self, field_key: str) -> Sequence[str]:
        """Printed names of the objects that a field points at."""
        return self._adjacency.looks_up.get(field_key, ())

    def looked_up_by(self, object_key: str) -> Sequence[str]:
        """Printed names of the fields that point at an object."""
        return self._adjacency.looked_up_by.get(object_key, ())

    # Mentions

    def references_to(self, key: str) -> Sequence[Link]:
        """Mentions of a field or object, in reading order; `other` is the component or field that mentions it."""
        return self._adjacency.incoming.get(key, ())

    def references_from(self, key: str) -> Sequence[Link]:
        """Mentions made by a component or a field, in reading order; `other` is what is mentioned."""
        return self._adjacency.outgoing.get(key, ())

    def referrers(self, key: str) -> list[str]:
        """Printed names of everything that mentions a field or object, each once."""
        return sorted({link.other for link in self.references_to(key)})

    def calls(self, key: str) -> Sequence[CallLink]:
        """What a component starts or contains, in reading order."""
        return self._adjacency.calls.get(key, ())

    def called_by(self, key: str) -> Sequence[CallLink]:
        """What starts or contains a component, in reading order."""
        return self._adjacency.callers.get(key, ())

    def clients_of(self, key: str) -> Sequence[str]:
        """Printed names of the callers in logs that are this integration."""
        return self._adjacency.clients.get(key, ())

    # Coverage

    def reads_channel(self, system: str, component_kind: str) -> bool:
        """Whether a component kind of a system was read; if not, nothing follows from its silence."""
        return component_kind in self.system(system).channels

    def place_of(self, key: str) -> tuple[str, int | None]:
        """Path and line where a node is defined; an empty path where it has none.

        What the company made and nothing defines any more, or yet, stands where it is first mentioned, before all
        by what does something with it.
        """
        kind = self.kind_of(key)
        if kind is NodeKind.COMPONENT:
            return self.component(key).value.path, self.component(key).value.line
        if kind is NodeKind.INTEGRATION:
            return self.integration(key).value.path, self.integration(key).value.line
        if kind is NodeKind.SOURCE:
            return self.source(key).value.path, None
        if kind is not NodeKind.FIELD and kind is not NodeKind.OBJECT:
            return "", None
        node = self.field(key) if kind is NodeKind.FIELD else self.object(key)
        if node.value.origin is not None:
            return node.value.origin.path, node.value.origin.line
        return self._first_mention(key) if node.implied and node.value.custom else ("", None)

    def _first_mention(self, key: str) -> tuple[str, int | None]:
        mentions = (link.reference for link in self.references_to(key))
        sure = (each for each in mentions if each.certainty is Certainty.CERTAIN)
        first = min(sure, key=lambda each: (each.access.weak, each.path, each.line or 0), default=None)
        return (first.path, first.line) if first is not None else ("", None)


PRECEDENCE = (
    NodeKind.FIELD,
    NodeKind.COMPONENT,
    NodeKind.OBJECT,
    NodeKind.INTEGRATION,
    NodeKind.SYSTEM,
    NodeKind.SOURCE,
)
"""Should one name name two things, the first of these counts."""
