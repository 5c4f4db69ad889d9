"""Of which subjects a change may alter what policies say: those who see what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass, field
from auditor.facts.base import Facts
from auditor.facts.recorded import NEEDS_WHOLE_GRAPH
from auditor.gate.changed import changed_by
from auditor.gate.sights import Seeing
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.graph.touching import is_wide
from auditor.model.changes import CatalogDelta
from auditor.policy.reach import BEING, Sight, sights_of
from auditor.policy.syntax import Policy

if TYPE_CHECKING:
    from auditor.policy.waivers import Waiver


def affected(
    deltas: Sequence[CatalogDelta],
    facts: tuple[Facts, Facts],
    policies: Sequence[Policy],
    waivers: Iterable[Waiver],
    changed: frozenset[str] | None,
) -> Affected | None:
    """Who is to be asked about a change; None: everybody, since a kind of files is read now or no longer.

    `facts` are those before and after; `changed` are subjects of which a fact that needs the whole graph may
    differ (None: any may).
    """
    graphs = facts[0].graph, facts[1].graph
    if any(is_wide(delta, _read(graphs[0], delta.system)) for delta in deltas):
        return None
    whole = {each.info.id for each in policies if NEEDS_WHOLE_GRAPH.intersection((*each.facts, *each.relations))}
    counted = _counting(policies, [waiver for waiver in waivers if waiver.max_matches is not None])
    whole |= counted
    if changed is None:
        whole |= {each.info.id for each in policies if each.reach.is_global}
    seeing = Seeing(changed_by(deltas, graphs), facts, changed or frozenset())
    return Affected(seeing, frozenset(whole), frozenset(counted))


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


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom to ask about a change.

    `whole` are policies that are judged whole: a fact of theirs may differ anywhere, or a waiver counts what it
    covers.
    """

    seeing: Seeing
    whole: frozenset[str]
    counted: frozenset[str] = frozenset()
    """Those of them of which a waiver counts the findings."""
    sights: dict[str, frozenset[Sight]] = field(default_factory=dict, compare=False, repr=False)
    known: dict[tuple[int, frozenset[Sight], str], Mapping[str, Sequence[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def among(self, policy: Policy, graph: SchemaGraph) -> Mapping[str, Sequence[str]] | None:
        """Of whom a policy is asked on one side, by kind; None: of everybody."""
        if policy.info.id in self.whole:
            return None
        name = policy.info.id
        if name not in self.sights:
            self.sights[name] = sights_of(each for each in (policy.target, policy.condition) if each is not None)
        sights = self.sights[name]
        key = id(graph), sights, policy.kind
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = {policy.kind: self._asked(sights, policy.kind, graph)}
        return known

    def _asked(self, sights: Iterable[Sight], kind: str, graph: SchemaGraph) -> Sequence[str]:
        keys = self.seeing.by((), BEING).union(*(self.seeing.by(each.steps, each.look) for each in sights))
        return sorted(key for key in keys if graph.kind_of(key) == kind and _exists(graph, key))


def _exists(graph: SchemaGraph, key: str) -> bool:
    return graph.kind_of(key) is not NodeKind.COMPONENT or graph.component(key).exists
