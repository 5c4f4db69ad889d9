"""Retained sets on the net of liveness: what may go, and what each of it alone keeps.

The inside is what nothing named keeps: dead things and candidates, which only pages and unwatched ways of reading
might still keep. Being shown holds nothing here, since a candidate is judged without it. A gate needs all of its
arrows: those that the outside meets already do not hold it, what it still lacks does; where it lacks several, each
of them would be enough to stop it, and it is told as retained by none of them alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.graph.liveness.net import CERTAIN, PERHAPS, Net, is_helper
from auditor.graph.liveness.retained import RetainedSets, retained_sets
from auditor.model.liveness import is_candidate


def retained_of(net: Net, levels: Sequence[int]) -> RetainedSets:
    """The retained sets of all dead and candidate nodes; helpers of the net are counted nowhere."""
    inside = [is_candidate(level) for level in levels]
    # What is kept by name and surely or possibly mentions a plain node keeps that too: the outside holds nothing.
    holds = [
        [packed >> 3 for packed in arrows if packed & 7 in _HOLDING and inside[packed >> 3]] if within else ()
        for arrows, within in zip(net.arrows, inside, strict=True)
    ]
    hidden = frozenset(node for node, within in enumerate(inside) if within and is_helper(net.names[node]))
    return retained_sets(holds, inside, (), hidden)


_HOLDING = (CERTAIN, PERHAPS)
