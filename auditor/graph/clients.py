"""Who calls: the clients that logs name, each joined with the integration that is declared under its name.

Names are compared whole, without case and blanks, and never guessed. A client that nothing declares becomes an
integration of its own, so that policies may speak of it.
"""

from __future__ import annotations

from auditor.graph.nodes import IntegrationNode, KnownBy
from auditor.graph.tables import Adjacency
from auditor.model.components import IntegrationPoint
from auditor.model.integrations import CALLERS, CLIENT, same_caller
from auditor.model.names import component_key, parse_subject
from auditor.model.observations import Evidence

_VIA = "connected_app"
"""The component kind under which logs name a caller, whatever it is."""


def add_clients(lists: Adjacency, evidence: Evidence) -> None:
    """Enter every caller that evidence names."""
    declared = _declared(lists)
    for via in sorted({each.via for each in evidence.observations if each.via is not None}):
        if f":{_VIA}/" not in via:
            continue
        caller = parse_subject(via)
        name = caller.name
        key = declared.get((caller.system, same_caller(name)))
        if key is None:
            key = component_key(caller.system, CLIENT, name)
            point = IntegrationPoint(CLIENT, name, "", direction="in")
            lists.integrations[key] = IntegrationNode(key, caller.system, point, KnownBy.EVIDENCE)
            declared[caller.system, same_caller(name)] = key
        lists.clients.setdefault(key, []).append(via)


def _declared(lists: Adjacency) -> dict[tuple[str, str], str]:
    """Integrations by the names under which they sign in; a name that several bear is the first's by kind."""
    found: dict[tuple[str, str], str] = {}
    for key in sorted(lists.integrations):
        node = lists.integrations[key]
        if node.value.kind in CALLERS:
            for name in (node.value.name, *node.value.aliases):
                found.setdefault((node.system, same_caller(name)), key)
    return found
