"""The graph for graph tools: GraphML and node-link JSON. The one place that loads the graph library."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from auditor.graph.nodes import ComponentNode, FieldNode, IntegrationNode, Node, NodeKind, ObjectNode, SystemNode
from auditor.graph.schema import SchemaGraph

if TYPE_CHECKING:
    import networkx

_Attributes = dict[str, object]
_ENDS = (NodeKind.FIELD, NodeKind.COMPONENT)


def to_graphml(graph: SchemaGraph) -> bytes:
    """The graph as a GraphML document, UTF-8."""
    from networkx import write_graphml

    stream = io.BytesIO()
    write_graphml(_networkx(graph), stream, encoding="utf-8")
    return stream.getvalue()


def to_node_link(graph: SchemaGraph) -> dict[str, Any]:
    """The graph as node-link JSON data (`nodes`, `edges`), as networkx and D3 read it."""
    from networkx import node_link_data

    data: dict[str, Any] = node_link_data(_networkx(graph), edges="edges")
    return data


def _networkx(graph: SchemaGraph) -> networkx.MultiDiGraph[str]:
    """One multigraph: `belongs_to`, `looks_up`, `calls` and one edge for each mention, named by its access."""
    from networkx import MultiDiGraph

    result: networkx.MultiDiGraph[str] = MultiDiGraph()
    for kind in NodeKind:
        if kind is not NodeKind.SOURCE:
            for node in graph.nodes(kind):
                result.add_node(node.key, **_clean({"kind": str(kind), "system": node.system} | _attributes(node)))
    _belonging(graph, result)
    for kind in _ENDS:
        for key in graph.keys(kind):
            _mentions(graph, key, result)
    return result


def _belonging(graph: SchemaGraph, result: networkx.MultiDiGraph[str]) -> None:
    for each in graph.objects():
        result.add_edge(each.key, f"{each.system}:", relation="belongs_to")
        for key in (*graph.fields_of(each.key), *graph.components_of(each.key)):
            result.add_edge(key, each.key, relation="belongs_to")
    for key in graph.keys(NodeKind.FIELD):
        for target in graph.looks_up(key):
            result.add_edge(key, target, relation="looks_up")


def _mentions(graph: SchemaGraph, key: str, result: networkx.MultiDiGraph[str]) -> None:
    for link in graph.references_from(key):
        reference = link.reference
        attributes: _Attributes = {
            "relation": str(reference.access),
            "certainty": str(reference.certainty),
            "part": reference.part,
            "path": reference.path,
            "line": reference.line,
        }
        result.add_edge(key, link.other, **_clean(attributes))
    for called in graph.calls(key):
        result.add_edge(key, called.other, relation="calls", certainty=str(called.call.certainty))


def _attributes(node: Node) -> _Attributes:
    match node:
        case SystemNode():
            return {"name": node.system, "role": str(node.role)}
        case ObjectNode(value=value):
            return {"name": value.name, "label": value.label, "custom": value.custom, "implied": node.implied}
        case FieldNode(value=field):
            return {
                "name": field.name,
                "label": field.label,
                "custom": field.custom,
                "implied": node.implied,
                "type": field.type,
                "required": field.required,
            }
        case ComponentNode(value=component):
            return {
                "name": component.name,
                "label": component.label,
                "component_kind": component.kind,
                "active": component.active,
            }
        case IntegrationNode(value=point):
            return {"name": point.name, "integration_kind": point.kind, "direction": point.direction}
        case _:
            return {}


def _clean(attributes: _Attributes) -> _Attributes:
    """GraphML knows no null, and XML no control characters."""
    return {
        name: "".join(c for c in value if c >= " " or c in "\t\n") if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
