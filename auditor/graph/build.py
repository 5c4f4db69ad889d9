"""Catalogues and evidence → graph, in time linear in what was read."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import replace
from auditor.errors import AuditorError
from auditor.formats.collecting import collector_at_rest
from auditor.graph.builder import Builder
from auditor.graph.clients import add_clients
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.nodes import KnownBy, SourceNode, source_key, system_key
from auditor.graph.schema import SchemaGraph
from auditor.graph.tables import Adjacency
from auditor.model.catalogue import Catalog
from auditor.model.components import Component
from auditor.model.names import SubjectKind, parse_subject
from auditor.model.observations import Evidence


def build_graph(catalogs: Sequence[Catalog], evidence: Evidence | None = None) -> SchemaGraph:
    """Join all catalogues, and what evidence knows beyond them, into one graph.

    Several catalogues may describe one system: the first definition of an object or field counts, and the
    fields of all add up.
    """
    with collector_at_rest():
        builder = Builder()
        for catalog in catalogs:
            builder.add_definitions(catalog)
        for catalog in catalogs:
            builder.add_links(catalog)
        if evidence is not None:
            _add_evidence(builder, evidence)
        return _finished(builder.lists)


def _add_evidence(builder: Builder, evidence: Evidence) -> None:
    for source in evidence.sources:
        key = source_key(source.id)
        builder.lists.sources[key] = SourceNode(key, source)
    add_clients(builder.lists, evidence)
    for name in sorted(subjects_of(evidence) - gone_of(evidence)):
        _add_subject(builder, name)


def _add_subject(builder: Builder, printed: str) -> None:
    lists = builder.lists
    if printed in lists.fields or printed in lists.components or printed in lists.objects:
        return
    try:
        subject = parse_subject(printed)
    except AuditorError:
        return
    if system_key(subject.system) not in lists.systems:
        return
    if subject.kind is SubjectKind.FIELD:
        builder.implied_field(subject.system, subject.name, subject.field, KnownBy.EVIDENCE)
    elif subject.kind is SubjectKind.OBJECT:
        builder.implied_object(subject.system, subject.name, KnownBy.EVIDENCE)
    elif subject.kind is SubjectKind.COMPONENT:
        value = Component(subject.component_kind, subject.name, "")
        builder.add_component(subject.system, value, KnownBy.EVIDENCE)


def _finished(lists: Adjacency) -> SchemaGraph:
    """Sort what is enumerated. Links keep the order of reading, which the sources sort."""
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
