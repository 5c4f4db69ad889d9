"""Who calls: the clients that logs name, each joined with the integration that is declared under its name.

Names are compared whole, without case and blanks, and never guessed. A client that nothing declares becomes an
integration of its own, so that policies may speak of it.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    named = {each.via for each in evidence.observations if each.via is not None}
    _enter(lists, sorted(via for via in named if f":{_VIA}/" in via))


def add_clients_again(lists: Adjacency) -> None:
    """Enter the callers that stand there anew, since what is declared has changed."""
    known = [key for key, node in lists.integrations.items() if node.known_by is KnownBy.EVIDENCE]
    named = sorted(via for vias in lists.clients.values() for via in vias)
    for key in known:
        del lists.integrations[key]
    for key in list(lists.clients):
        del lists.clients[key]
    _enter(lists, named)


def _enter(lists: Adjacency, named: Sequence[str]) -> None:
    declared = _declared(lists)
    for via in named:
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
