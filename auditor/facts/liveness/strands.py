"""What one thing brings into the net of liveness: its nodes, its arrows and its reasons to live, by name."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.liveness.components import takes_part, weave_calls, weave_component
from auditor.facts.liveness.data import weave_field, weave_object
from auditor.facts.liveness.usage import Root
from auditor.facts.liveness.weaver import Weaver
from auditor.graph.nodes import NodeKind

Arrow = tuple[str, str, int]
"""Keeper, kept, strength."""


@dataclass(frozen=True, slots=True)
class Strands:
    """What one thing brings. Several things may bring the same."""

    needs: Mapping[str, int]
    """The nodes, each with what it needs."""
    names: Mapping[str, str]
    """Other names of nodes."""
    arrows: AbstractSet[Arrow]
    roots: Mapping[str, Root]
    """Reasons to live, the strongest by node."""
    silent: Mapping[str, Root]
    """Reasons of what does not live by itself."""


NONE = Strands({}, {}, frozenset(), {}, {})


def strands_of(facts: Facts, key: str) -> Strands:
    """What an object, field or component brings; nothing where it is not there or takes no part."""
    graph, weaver = facts.graph, Weaver(facts)
    match graph.kind_of(key):
        case NodeKind.OBJECT:
            weave_object(weaver, graph.object(key))
        case NodeKind.FIELD:
            weave_field(weaver, graph.field(key))
        case NodeKind.COMPONENT if takes_part(graph.component(key)):
            weave_component(weaver, graph.component(key))
            weave_calls(weaver, graph.component(key))
        case _:
            return NONE
    return _by_name(weaver)


def _by_name(weaver: Weaver) -> Strands:
    net = weaver.net
    names = net.names
    return Strands(
        dict(zip(names, net.needs, strict=True)),
        {name: names[node] for name, node in net.index.items() if names[node] != name},
        {(names[node], names[kept], how) for node in range(len(net)) for kept, how in net.kept_by(node)},
        {names[node]: root for node, root in weaver.roots.items()},
        {names[node]: root for node, root in weaver.silent.items()},
    )
