"""Of which subjects a change may alter what policies say: those within their reach of what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass, field
from auditor.facts.recorded import NEEDS_WHOLE_GRAPH
from auditor.gate.causes import beside, changed_themselves
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.graph.touching import is_wide, touched
from auditor.model.changes import CatalogDelta
from auditor.policy.reach import near_of
from auditor.policy.syntax import Policy

if TYPE_CHECKING:
    from auditor.policy.waivers import Waiver

_FEW = (str(NodeKind.SYSTEM), str(NodeKind.SOURCE))
"""Kinds of which there are so few that all are asked."""


def affected(
    deltas: Sequence[CatalogDelta],
    graphs: tuple[SchemaGraph, SchemaGraph],
    policies: Sequence[Policy],
    waivers: Iterable[Waiver],
    changed: frozenset[str] | None,
) -> Affected | None:
    """Who is to be asked about a change; None: everybody, since a kind of files is read now or no longer.

    `graphs` are those before and after; `changed` are subjects of which a fact that needs the whole graph may
    differ (None: any may).
    """
    if any(is_wide(delta, _read(graphs[0], delta.system)) for delta in deltas):
        return None
    conditions = [(each.target, each.condition) for each in policies]
    farthest = max((near_of(c for c in pair if c is not None) for pair in conditions), default=0)
    own = changed_themselves(deltas)
    rings = _rings(own, touched(deltas) - own, graphs, farthest)
    far = None if changed is None else _rings(changed, frozenset(), graphs, farthest)
    whole = {each.info.id for each in policies if NEEDS_WHOLE_GRAPH.intersection((*each.facts, *each.relations))}
    whole |= _counting(policies, [waiver for waiver in waivers if waiver.max_matches is not None])
    return Affected(rings, far, frozenset(whole))


def _counting(policies: Iterable[Policy], waivers: Sequence[Waiver]) -> set[str]:
    """Policies of which a waiver counts the findings that it covers."""
    if not waivers:
        return set()
    from auditor.policy.waiving import names_policy

    return {
        each.info.id for each in policies for waiver in waivers if names_policy(waiver, each.info.id, each.aliases)
    }


def _read(graph: SchemaGraph, system: str) -> Mapping[str, int]:
    """The component kinds that were read of a system; none where it is new."""
    known = next((each for each in graph.systems() if each.system == system), None)
    return {} if known is None else known.channels


def _rings(
    own: frozenset[str], ends: frozenset[str], graphs: Sequence[SchemaGraph], farthest: int
) -> tuple[frozenset[str], ...]:
    """Who stands within 0, 1, 2 … links.

    The neighbours of a node that only gained or lost a link are one farther: what they see of it is as before,
    unless they look at its links.
    """
    seen: set[str] = set()
    pending: dict[int, set[str]] = {0: {*own, *ends}}
    found = []
    for hops in range(farthest + 1):
        edge = pending.pop(hops, set()) - seen
        seen |= edge
        found.append(frozenset(seen))
        for key in edge:
            step = 2 if hops == 0 and key in ends else 1
            if hops + step <= farthest:
                near = pending.setdefault(hops + step, set())
                near.update(other for graph in graphs for other in beside(graph, key))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Affected:
    """What a change touches in two graphs, ring by ring.

    `changed` are subjects of which a fact that needs the whole graph may differ; None: any may. `whole` are
    policies that are judged whole: a fact of theirs may differ anywhere, or a waiver counts what it covers.
    """

    rings: tuple[frozenset[str], ...]
    """Who stands within 0, 1, 2 … links of it."""
    far: tuple[frozenset[str], ...] | None
    """The same around `changed`."""
    whole: frozenset[str]
    known: dict[tuple[int, int, bool], Mapping[str, Sequence[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def among(self, policy: Policy, graph: SchemaGraph) -> Mapping[str, Sequence[str]] | None:
        """Of whom a policy is asked on one side, by kind; None: of everybody."""
        if policy.info.id in self.whole or (policy.reach.is_global and self.far is None):
            return None
        conditions = [each for each in (policy.target, policy.condition) if each is not None]
        hops, everywhere = near_of(conditions), policy.reach.is_global
        key = id(graph), hops, everywhere
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self._by_kind(hops, everywhere, graph)
        return known

    def _by_kind(self, hops: int, everywhere: bool, graph: SchemaGraph) -> Mapping[str, Sequence[str]]:
        keys = set(self.rings[hops])
        if everywhere and self.far is not None:
            keys |= self.far[hops]
        found: dict[str, list[str]] = {}
        for key in sorted(keys):
            kind = graph.kind_of(key)
            if kind is not None and (kind is not NodeKind.COMPONENT or graph.component(key).exists):
                found.setdefault(str(kind), []).append(key)
        return {**found, **{kind: graph.keys(NodeKind(kind)) for kind in _FEW}}
