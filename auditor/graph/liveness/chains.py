"""Chains: the shortest way from what lives by itself to what it keeps."""

from __future__ import annotations

from auditor.graph.liveness.marks import ROOT, Marks
from auditor.graph.liveness.net import EFFECT, GATE, Woven, helped, helper_name, role_of


def chain(net: Woven, marks: Marks, node: int) -> list[int]:
    """The nodes from a root to a node, both included; empty where the node is dead.

    Through automation the way leads by the effect that is noticed, since that is what somebody would miss; that it
    starts is told beside it.
    """
    if not marks.levels[node]:
        return []
    way = [node]
    while marks.parents[way[-1]] != ROOT:
        way.append(_through(net, marks, way[-1]))
    return way[::-1]


def _through(net: Woven, marks: Marks, node: int) -> int:
    name = net.names[node]
    if role_of(name) == GATE:
        effect = net.index.get(helper_name(EFFECT, helped(name)))
        if effect is not None and marks.levels[effect]:
            return effect
    return marks.parents[node]
