"""The fixpoint: what lives, and at which level, in time linear in nodes and arrows.

The strongest level is settled first. A node that lives hands on the weaker of its own level and what its arrow
lets through; what an arrow weakens waits for its level. So every node is settled once and every arrow looked at
once. The two marks of the definition are levels: what lives at `OBSERVED` has the first, what lives at all has
the second. Within a level the search is broad, so that parents give shortest chains.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.graph.liveness.net import LIMITS, Woven
from auditor.model.liveness import OBSERVED, Showing, truth_of
from auditor.model.truth import Truth

ROOT = -1
"""The parent of what lives by itself."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`levels[i]`: how node i lives (0: it is dead). `parents[i]`: the node that keeps it, or `ROOT`."""

    levels: Sequence[int]
    parents: Sequence[int]

    def truth(self, node: int) -> Truth:
        """Alive, dead or unknown."""
        return truth_of(self.levels[node])


def solve(net: Woven, showing: Showing = Showing.POSSIBLE) -> Marks:
    """The least fixpoint of a net under a stance towards showing."""
    return solve_from(net, net.roots, showing)


def solve_from(net: Woven, roots: Sequence[int], showing: Showing = Showing.POSSIBLE) -> Marks:
    """The same with other roots than the net's own (a level by node, 0 for none)."""
    count = len(net.names)
    levels, parents = [0] * count, [ROOT] * count
    waiting: list[list[tuple[int, int]]] = [[] for _ in range(OBSERVED + 1)]
    for node, level in enumerate(roots):
        if level:
            waiting[level].append((node, ROOT))
    lacking = list(net.needs)
    for level in range(OBSERVED, 0, -1):
        _settle(net, level, (levels, parents, lacking), (waiting, LIMITS[showing]))
    return Marks(levels, parents)


_State = tuple[list[int], list[int], list[int]]
_Flow = tuple[list[list[tuple[int, int]]], tuple[int, ...]]


def _settle(net: Woven, level: int, state: _State, flow: _Flow) -> None:
    """Mark everything that lives at a level and at no stronger one."""
    levels, parents, lacking = state
    waiting, limits = flow
    arrows = net.arrows
    queue: list[int] = []
    for node, parent in waiting[level]:
        if not levels[node] and (parent == ROOT or _enough(lacking, node)):
            levels[node], parents[node] = level, parent
            queue.append(node)
    for node in queue:  # grows while it is walked
        for packed in arrows[node]:
            kept = packed >> 3
            if levels[kept]:
                continue
            through = limits[packed & 7]
            if through < level:
                waiting[through].append((kept, node))
                continue
            lacking[kept] -= 1
            if lacking[kept] <= 0:
                levels[kept], parents[kept] = level, node
                queue.append(kept)


def _enough(lacking: list[int], node: int) -> bool:
    """Count one more living arrow into a node; whether that brings it to life."""
    lacking[node] -= 1
    return lacking[node] <= 0
