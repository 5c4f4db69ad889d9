"""Retained sets on the net of liveness: what may go, and what each of it alone keeps.

The inside is what nothing named keeps: dead things and candidates, which only pages and unwatched ways of reading
might still keep. Being shown holds nothing here, since a candidate is judged without it. A gate needs all of its
arrows, so that it goes with any of them. What the outside meets already does not hold it; of several that it lacks
the last one woven stands for all (of automation that is its effect, what it is there for), so that a set may be
told too small and never too large.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from auditor.graph.liveness.net import CERTAIN, PERHAPS, Woven, is_helper
from auditor.graph.liveness.retained import RetainedSets, retained_sets
from auditor.model.liveness import is_candidate


def retained_of(net: Woven, levels: Sequence[int], staying: Collection[int] = ()) -> RetainedSets:
    """The retained sets of all dead and candidate nodes.

    Helpers of the net, and nodes that stay whatever becomes of them, are counted nowhere.
    """
    inside = [is_candidate(level) for level in levels]
    # What is kept by name, and surely or possibly mentions a plain node, keeps that too:
    # the outside holds nothing.
    holds: list[list[int]] = [
        [packed >> 3 for packed in arrows if packed & 7 in _HOLDING and inside[packed >> 3]] if within else []
        for arrows, within in zip(net.arrows, inside, strict=True)
    ]
    _one_for_all(net, holds)
    helpers = (node for node, within in enumerate(inside) if within and is_helper(net.names[node]))
    return retained_sets(holds, inside, (), frozenset((*helpers, *staying)))


def _one_for_all(net: Woven, holds: list[list[int]]) -> None:
    """Leave each gate the last of its holders."""
    holders = [(node, each) for node, kept in enumerate(holds) for each in kept if net.needs[each] > 1]
    last = {gate: node for node, gate in holders}
    for node in {node for node, gate in holders if last[gate] != node}:
        holds[node] = [each for each in holds[node] if last.get(each, node) == node]


_HOLDING = (CERTAIN, PERHAPS)
