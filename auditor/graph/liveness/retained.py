"""What a thing alone holds on to: what nothing else would hold if it went, as a heap profiler tells it.

Holders and what they hold are nodes of one graph. Only the *inside* of it, what may go, is looked at: whatever the
outside holds is held for good. On the inside a thing is held by its holders, and one that nothing holds stands by
itself, until it is removed. A ring of things that hold each other and that nothing else holds stands and falls as
one: all its members share one retained set. The sets are the subtrees of a dominator tree; none is written out
before somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.graph.liveness.components import strong_components
from auditor.graph.liveness.dominators import NOWHERE, immediate_dominators

Adjacency = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class RetainedSets:
    """The retained set of every node inside; `order` lists the nodes so that each set is a stretch of it."""

    order: tuple[int, ...]
    stretches: dict[int, tuple[int, int]]
    """Node → where the stretch of its group and of what that retains begins and ends."""
    hidden: frozenset[int] = frozenset()
    """Nodes that count nowhere and stand in no stretch."""

    def __contains__(self, node: int) -> bool:
        return node in self.stretches

    def count(self, node: int) -> int:
        """How many others go with a node.

        Raises:
            KeyError: the node is outside.
        """
        start, end = self.stretches[node]
        return end - start - (node not in self.hidden)

    def members(self, node: int) -> list[int]:
        """The others that go with a node, sorted.

        Raises:
            KeyError: the node is outside.
        """
        start, end = self.stretches[node]
        return sorted(each for each in self.order[start:end] if each != node)


def retained_sets(
    holds: Adjacency,
    inside: Sequence[bool] | Sequence[int] | bytearray,
    held: Iterable[int] = (),
    owners: Sequence[int] | None = None,
    hidden: frozenset[int] = frozenset(),
) -> RetainedSets:
    """The retained sets of all nodes inside, in time near linear; `hidden` nodes hold, and count nowhere.

    `holds` lists what each node holds. `held` are nodes inside that stand by themselves whoever else holds them
    (somebody may still use them). `owners` names for each node the one that it cannot outlive: a node, its owner
    and all others of that owner go together, and share one set; None, or a node that is its own: it goes alone.
    """
    roots = _vertices(len(holds), inside, owners)
    within = _within(holds, roots)
    anchors = {roots[each] for each in held if roots[each] != NOWHERE}
    for node, successors in enumerate(holds):
        if successors and roots[node] == NOWHERE:
            anchors.update(roots[each] for each in successors)
    anchors.discard(NOWHERE)
    _free(within, roots, anchors)
    ring = _rings(within, _unreached(within, roots, anchors), anchors)
    if ring:
        roots = [ring.get(root, root) for root in roots]
        within = _within(holds, roots)
        anchors = {ring.get(root, root) for root in anchors}
    return _stretched([*within, sorted(anchors)], roots, hidden)


def _vertices(
    count: int, inside: Sequence[bool] | Sequence[int] | bytearray, owners: Sequence[int] | None
) -> list[int]:
    """The vertex that stands for each node inside; `NOWHERE` for those outside."""
    if owners is None:
        return [node if inside[node] else NOWHERE for node in range(count)]
    return [(owners[node] if inside[owners[node]] else node) if inside[node] else NOWHERE for node in range(count)]


def _within(holds: Adjacency, roots: Sequence[int]) -> list[list[int]]:
    """What each vertex holds inside, beside itself."""
    within: list[list[int]] = [[] for _ in roots]
    for node, root in enumerate(roots):
        if root != NOWHERE:
            mine = within[root]
            for each in holds[node]:
                other = roots[each]
                if other != NOWHERE and other != root:
                    mine.append(other)
    return within


def _free(within: Adjacency, roots: Sequence[int], anchors: set[int]) -> None:
    """Add the vertices that nothing holds."""
    held = bytearray(len(roots))
    for successors in within:
        for each in successors:
            held[each] = 1
    anchors.update(root for root in set(roots) if root != NOWHERE and not held[root])


def _unreached(within: Adjacency, roots: Sequence[int], anchors: Iterable[int]) -> list[int]:
    """The vertices that no anchor holds, directly or not: rings that only hold each other, and what they hold."""
    seen = bytearray(len(roots))
    stack = list(anchors)
    for each in stack:
        seen[each] = 1
    while stack:
        for each in within[stack.pop()]:
            if not seen[each]:
                seen[each] = 1
                stack.append(each)
    return sorted({root for root in roots if root != NOWHERE and not seen[root]})


def _rings(within: Adjacency, unreached: Sequence[int], anchors: set[int]) -> dict[int, int]:
    """Vertex → the one that stands for its ring; each ring that nothing else holds is added to the anchors."""
    if not unreached:
        return {}
    among = set(unreached)
    rings = [ring for ring in strong_components(within, unreached) if ring[0] in among]
    ring_of = {each: ring[0] for ring in rings for each in ring}
    held = {each for vertex in unreached for each in within[vertex] if ring_of.get(each) != ring_of[vertex]}
    free = [ring for ring in rings if held.isdisjoint(ring)]
    anchors.update(ring[0] for ring in free)
    return {each: ring[0] for ring in free for each in ring}


def _stretched(successors: Adjacency, roots: Sequence[int], hidden: frozenset[int]) -> RetainedSets:
    """Lay the dominator tree out so that each subtree is one stretch; the last vertex is the root of all."""
    top = len(successors) - 1
    children: list[list[int]] = [[] for _ in successors]
    for vertex, parent in enumerate(immediate_dominators(successors, top)):
        if parent != NOWHERE:
            children[parent].append(vertex)
    nodes: list[list[int]] = [[] for _ in successors]
    for node, root in enumerate(roots):
        if root != NOWHERE and node not in hidden:
            nodes[root].append(node)
    order: list[int] = []
    spans: dict[int, tuple[int, int]] = {}
    stack = [(top, NOWHERE)]
    while stack:
        vertex, start = stack.pop()
        if start != NOWHERE:
            spans[vertex] = (start, len(order))
            continue
        stack.append((vertex, len(order)))
        order.extend(nodes[vertex])
        stack.extend((child, NOWHERE) for child in reversed(children[vertex]))
    stretches = {node: spans[root] for node, root in enumerate(roots) if root != NOWHERE}
    return RetainedSets(tuple(order), stretches, hidden)
