"""Circles: nodes that reach each other (strongly connected components), by Tarjan, without recursion."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass


def circles(follows: Sequence[Sequence[int]]) -> list[int]:
    """The number of each node's circle. Linear. A node that reaches nothing which reaches it is its own."""
    walk = _Walk([-1] * len(follows), [0] * len(follows), [-1] * len(follows), [])
    for start in range(len(follows)):
        if walk.order[start] < 0:
            _explore(follows, start, walk)
    return walk.circle


def round_trips(follows: Sequence[Sequence[int]]) -> set[int]:
    """Nodes from which a way leads back to themselves."""
    circle = circles(follows)
    sizes: dict[int, int] = {}
    for number in circle:
        sizes[number] = sizes.get(number, 0) + 1
    return {node for node, number in enumerate(circle) if sizes[number] > 1 or node in follows[node]}


@dataclass(slots=True)
class _Walk:
    """Order of discovery, the oldest node that each can reach, its circle once known, and who waits for one."""

    order: list[int]
    low: list[int]
    circle: list[int]
    stack: list[int]
    seen: int = 0

    def enter(self, node: int) -> None:
        self.order[node] = self.low[node] = self.seen
        self.seen += 1
        self.stack.append(node)

    def close(self, node: int) -> None:
        """All that was found since the node are its circle."""
        member = -1
        while member != node:
            member = self.stack.pop()
            self.circle[member] = node


def _explore(follows: Sequence[Sequence[int]], start: int, walk: _Walk) -> None:
    walk.enter(start)
    path = [(start, iter(follows[start]))]
    while path:
        node, after = path[-1]
        following = next(after, None)
        if following is None:
            path.pop()
            if path:
                above = path[-1][0]
                walk.low[above] = min(walk.low[above], walk.low[node])
            if walk.low[node] == walk.order[node]:
                walk.close(node)
        elif walk.order[following] < 0:
            walk.enter(following)
            path.append((following, iter(follows[following])))
        elif walk.circle[following] < 0:
            walk.low[node] = min(walk.low[node], walk.order[following])
