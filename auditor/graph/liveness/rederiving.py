"""The fixpoint after a change: only what the change can reach is looked at.

Delete and rederive (A. Gupta, I. S. Mumick, V. S. Subrahmanian, "Maintaining views incrementally", SIGMOD 1993),
over levels in the place of facts. Each node that lives names the node that keeps it, and these parents form a
forest rooted in what lives by itself; a gate stands on all of its arrows. Whoever lost its parent loses its level,
and so does everything above it in the forest: no ring can hold itself up. What was lost is then worked out anew
from what still stands, together with all that the change brought, strongest level first.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

from auditor.dataclasses import dataclass
from auditor.graph.liveness.altered import Altered
from auditor.graph.liveness.marks import ROOT, Marks
from auditor.graph.liveness.net import LIMITS, Woven
from auditor.model.liveness import DEAD, Showing


@dataclass(frozen=True, slots=True)
class Rederived:
    """The marks of a net after a change, and the nodes whose level is another one, new ones that live included."""

    marks: Marks
    changed: frozenset[int]


def rederive(net: Woven, before: Marks, altered: Iterable[int], showing: Showing) -> Rederived:
    """The marks of a net, from those that it had before some of its nodes were altered.

    `altered` are the nodes whose root, need or incoming arrows differ, new ones included. The levels are those
    that `solve` gives; where several ways keep a node, it may name another parent.
    """
    work = _Work(net, before, LIMITS[showing])
    starts = sorted(set(altered))
    lost = work.lose(starts)
    work.derive((*starts, *lost))
    old = before.levels
    count = len(old)
    differing = (node for node, level in work.levels.own.items() if level != (old[node] if node < count else DEAD))
    return Rederived(Marks(work.levels, work.parents), frozenset(differing))


class _Work:
    def __init__(self, net: Woven, before: Marks, limits: tuple[int, ...]) -> None:
        self.net, self.limits = net, limits
        self.levels: Altered[int] = Altered(before.levels)
        self.parents: Altered[int] = Altered(before.parents)
        for _ in range(len(before.levels), len(net)):
            self.levels.append(DEAD)
            self.parents.append(ROOT)

    def lose(self, starts: Iterable[int]) -> list[int]:
        """Let everything die that stood on what is no longer there, and what stood on that."""
        lost = [node for node in starts if self.levels[node] and not self._stands(node)]
        seen = set(lost)
        for node in lost:  # grows while it is walked
            for packed in self.net.arrows[node]:
                kept = packed >> 3
                if kept not in seen and self.levels[kept] and self._leans(kept, node):
                    seen.add(kept)
                    lost.append(kept)
        for node in lost:
            self.levels[node], self.parents[node] = DEAD, ROOT
        return lost

    def _stands(self, node: int) -> bool:
        """Whether a node whose roots or arrows were altered still stands on its parent; gates are not asked."""
        if self.net.needs[node] > 1:
            return False
        parent, level = self.parents[node], self.levels[node]
        if parent == ROOT:
            return self.net.roots[node] >= level
        return any(
            packed >> 3 == parent and min(self.levels[parent], self.limits[packed & 7]) >= level
            for packed in self.net.keepers[node]
        )

    def _leans(self, kept: int, node: int) -> bool:
        return self.net.needs[kept] > 1 or self.parents[kept] == node

    def derive(self, starts: Iterable[int]) -> None:
        """Give each of some nodes the level that it has by its keepers, and hand on what rises."""
        heap: list[tuple[int, int, int]] = []
        for node in starts:
            self._offer(heap, node)
        while heap:
            negative, node, parent = heappop(heap)
            if -negative <= self.levels[node]:
                continue
            self.levels[node], self.parents[node] = -negative, parent
            for packed in self.net.arrows[node]:
                kept, through = packed >> 3, min(-negative, self.limits[packed & 7])
                if through <= self.levels[kept]:
                    continue
                if self.net.needs[kept] > 1:
                    self._offer(heap, kept)
                else:
                    heappush(heap, (-through, kept, node))

    def _offer(self, heap: list[tuple[int, int, int]], node: int) -> None:
        """Enter what a node has by itself and by its keepers as they stand."""
        ways = [(min(self.levels[p >> 3], self.limits[p & 7]), -(p >> 3)) for p in self.net.keepers[node]]
        needs = self.net.needs[node]
        if needs > 1:
            ways = [sorted(ways)[-needs]] if len(ways) >= needs else []
        level, parent = max(ways, default=(DEAD, -ROOT))
        if self.net.roots[node] >= level:
            level, parent = self.net.roots[node], -ROOT
        if level > self.levels[node]:
            heappush(heap, (-level, node, -parent))
