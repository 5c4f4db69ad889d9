"""A graph in numbers, system by system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.graph.nodes import KnownBy, NodeKind, SystemNode
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Catalog
from auditor.model.results import SystemPoint, SystemSummary


def summarise(graph: SchemaGraph, catalogs: Sequence[Catalog]) -> tuple[SystemSummary, ...]:
    """Every system in numbers, sorted by name."""
    return tuple(_summary(graph, system, catalogs) for system in graph.systems())


def points_of(graph: SchemaGraph) -> tuple[SystemPoint, ...]:
    """All integration points that are declared, with their systems, sorted by printed name."""
    nodes = (graph.integration(key) for key in graph.keys(NodeKind.INTEGRATION))
    return tuple(SystemPoint(node.system, node.value) for node in nodes if node.known_by is KnownBy.CATALOGUE)


def _summary(graph: SchemaGraph, system: SystemNode, catalogs: Sequence[Catalog]) -> SystemSummary:
    own = [catalog for catalog in catalogs if catalog.system == system.system]
    objects = [each for each in graph.objects(system=system.system) if not each.implied]
    fields = [
        graph.field(key) for each in graph.objects(system=system.system) for key in graph.fields_of(each.key)
    ]
    kinds = Counter(
        each.value.kind for each in graph.components() if each.system == system.system and not each.implied
    )
    accesses = Counter(str(reference.access) for catalog in own for reference in catalog.references)
    return SystemSummary(
        name=system.system,
        role=system.role,
        source_kinds=system.source_kinds,
        location="; ".join(catalog.location for catalog in own if catalog.location),
        objects=len(objects),
        custom_objects=sum(1 for each in objects if each.value.custom),
        fields=sum(1 for each in fields if not each.implied),
        custom_fields=sum(1 for each in fields if each.value.custom and not each.implied),
        live_custom_fields=sum(1 for each in fields if each.value.custom and each.known_by is KnownBy.EVIDENCE),
        implied_fields=sum(1 for each in fields if each.known_by is KnownBy.MENTION),
        components=tuple(sorted(kinds.items())),
        references=tuple(sorted(accesses.items())),
        calls=sum(len(catalog.calls) for catalog in own),
        integration_points=sum(len(catalog.integration_points) for catalog in own),
        unresolved=system.unresolved,
        skipped=sum(len(catalog.skipped) for catalog in own),
    )
