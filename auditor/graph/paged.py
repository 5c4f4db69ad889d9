"""A graph in the pages of a ground: written once by an audit, read by a check where it looks.

`graph_sheets(graph)` gives what `write_ground` keeps; `paged_graph(ground)` gives the ordinary `SchemaGraph`,
every verb of which answers as the one that was written. Only what something asks for is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    Link,
    NodeKind,
    ObjectNode,
    SourceNode,
    SystemNode,
)
from auditor.graph.paging import (
    NodeCodecs,
    read_calls,
    read_links,
    read_names,
    write_calls,
    write_links,
    write_names,
)
from auditor.graph.schema import SchemaGraph
from auditor.index.ground import Ground, Paged
from auditor.index.grounds import Sheet
from auditor.model.observations import Evidence

_PREFIX = "graph/"
_NAMED = "graph/named"


@dataclass(frozen=True, slots=True)
class PagedTables:
    """The tables of a graph, read page by page."""

    systems: Mapping[str, SystemNode]
    objects: Mapping[str, ObjectNode]
    fields: Mapping[str, FieldNode]
    components: Mapping[str, ComponentNode]
    integrations: Mapping[str, IntegrationNode]
    sources: Mapping[str, SourceNode]
    fields_of: Mapping[str, Sequence[str]]
    components_of: Mapping[str, Sequence[str]]
    object_of: Mapping[str, str]
    incoming: Mapping[str, Sequence[Link]]
    outgoing: Mapping[str, Sequence[Link]]
    calls: Mapping[str, Sequence[CallLink]]
    callers: Mapping[str, Sequence[CallLink]]
    looks_up: Mapping[str, Sequence[str]]
    looked_up_by: Mapping[str, Sequence[str]]
    clients: Mapping[str, Sequence[str]]


def graph_sheets(graph: SchemaGraph, evidence: Evidence) -> Iterator[Sheet]:
    """The tables of a graph, and what evidence names and is surely there, to be written."""
    yield Sheet(_NAMED, dict.fromkeys(subjects_of(evidence) - gone_of(evidence), True))
    tables = graph.tables
    codecs = NodeCodecs()
    codecs.fields = tables.fields
    yield Sheet(f"{_PREFIX}systems", tables.systems, codecs.write_system)
    yield Sheet(f"{_PREFIX}objects", tables.objects, codecs.write_object)
    yield Sheet(f"{_PREFIX}fields", tables.fields, codecs.write_field)
    yield Sheet(f"{_PREFIX}components", tables.components, codecs.write_component)
    yield Sheet(f"{_PREFIX}integrations", tables.integrations, codecs.write_integration)
    yield Sheet(f"{_PREFIX}sources", tables.sources, codecs.write_source)
    yield Sheet(f"{_PREFIX}object_of", tables.object_of)
    for name in ("fields_of", "components_of", "looks_up", "looked_up_by", "clients"):
        yield Sheet(f"{_PREFIX}{name}", getattr(tables, name), write_names)
    for name in ("incoming", "outgoing"):
        yield Sheet(f"{_PREFIX}{name}", getattr(tables, name), write_links)
    for name in ("calls", "callers"):
        yield Sheet(f"{_PREFIX}{name}", getattr(tables, name), write_calls)


def paged_graph(ground: Ground) -> SchemaGraph:
    """The graph whose tables stand in a ground."""
    codecs = NodeCodecs()
    fields = codecs.fields = Paged(ground.table(f"{_PREFIX}fields"), codecs.read_field)
    tables = PagedTables(
        systems=Paged(ground.table(f"{_PREFIX}systems"), codecs.read_system),
        objects=Paged(ground.table(f"{_PREFIX}objects"), codecs.read_object),
        fields=fields,
        components=Paged(ground.table(f"{_PREFIX}components"), codecs.read_component),
        integrations=Paged(ground.table(f"{_PREFIX}integrations"), codecs.read_integration),
        sources=Paged(ground.table(f"{_PREFIX}sources"), codecs.read_source),
        fields_of=Paged(ground.table(f"{_PREFIX}fields_of"), read_names),
        components_of=Paged(ground.table(f"{_PREFIX}components_of"), read_names),
        object_of=Paged(ground.table(f"{_PREFIX}object_of"), _as_is),
        incoming=Paged(ground.table(f"{_PREFIX}incoming"), read_links),
        outgoing=Paged(ground.table(f"{_PREFIX}outgoing"), read_links),
        calls=Paged(ground.table(f"{_PREFIX}calls"), read_calls),
        callers=Paged(ground.table(f"{_PREFIX}callers"), read_calls),
        looks_up=Paged(ground.table(f"{_PREFIX}looks_up"), read_names),
        looked_up_by=Paged(ground.table(f"{_PREFIX}looked_up_by"), read_names),
        clients=Paged(ground.table(f"{_PREFIX}clients"), read_names),
    )
    return SchemaGraph(tables, _kinds_of(tables))


def named_in(ground: Ground) -> Callable[[str], bool]:
    """Whether evidence names a subject and it is surely there: what `overlay` asks."""
    return ground.table(_NAMED).__contains__


def _as_is(_key: str, plain: str) -> str:
    return plain


def _kinds_of(tables: PagedTables) -> Callable[[str], NodeKind | None]:
    """What a name names, asked of the tables in the order of precedence that suits its form.

    Names of components hold a slash, which those of data hold in quotes only, so that no name is of both forms.
    """
    data = ((NodeKind.FIELD, tables.fields), (NodeKind.OBJECT, tables.objects), (NodeKind.SYSTEM, tables.systems))
    others = (
        (NodeKind.COMPONENT, tables.components),
        (NodeKind.INTEGRATION, tables.integrations),
        (NodeKind.SOURCE, tables.sources),
    )
    known: dict[str, NodeKind | None] = {}

    def kind_of(key: str) -> NodeKind | None:
        if key not in known:
            head, slash, _ = key.partition("/")
            asked = others if slash and '"' not in head else data
            known[key] = next((kind for kind, nodes in asked if key in nodes), None)
        return known[key]

    return kind_of
