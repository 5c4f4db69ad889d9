"""What a thing alone holds on to: what nothing else would hold if it went, as a heap profiler tells it.

Holders and what they hold are nodes of one graph. Only the *inside* of it, what may go, is looked at: whatever the
outside holds is held for good. On the inside a thing is held by its holders, and one that nothing holds stands by
itself, until it is removed. A ring of things that hold each other and that nothing else holds stands and falls as
one: all its members share one retained set. The sets are the subtrees of a dominator tree; none is written out
before somebody asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.graph.liveness.components import strong_components
from auditor.graph.liveness.dominators import NOWHERE, immediate_dominators

Adjacency = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Inside:
    """What may go, rings as one vertex: the first of their members."""

    roots: list[int]
    """Node → its vertex; `NOWHERE` for nodes outside."""
    holds: list[list[int]]
    anchors: frozenset[int]
    """Vertices that stand by themselves."""
    hidden: frozenset[int]
    """Nodes that count nowhere."""


@dataclass(frozen=True, slots=True)
class RetainedSets:
    """The retained set of every node inside; `order` lists the nodes so that each set is a stretch of it."""

    inside: Inside
    order: tuple[int, ...]
    stretches: dict[int, tuple[int, int]]
    """Node → where the stretch of its ring and of what that retains begins and ends."""
    holders: list[int]
    """Vertex → how many mentions hold it."""

    def __contains__(self, node: int) -> bool:
        return node in self.stretches

    def count(self, node: int) -> int:
        """How many others go with a node.

        Raises:
            KeyError: the node is outside.
        """
        start, end = self.stretches[node]
        return end - start - (node not in self.inside.hidden)

    def members(self, node: int) -> list[int]:
        """The others that go with a node, sorted.

        Raises:
            KeyError: the node is outside.
        """
        start, end = self.stretches[node]
        return sorted(each for each in self.order[start:end] if each != node)

    def together(self, nodes: Iterable[int]) -> list[int]:
        """What else goes if several nodes go at once, sorted; in time linear in what they reach.

        It may be more than their retained sets: what two of them hold, neither of them holds alone.
        """
        vertices, holds = self.inside, self.inside.holds
        gone = {vertices.roots[node] for node in nodes if vertices.roots[node] != NOWHERE}
        reached = _reached(holds, gone)
        within = Counter(each for vertex in reached for each in holds[vertex])
        rest = reached - gone
        standing = {each for each in rest if each in vertices.anchors or self.holders[each] > within[each]}
        fallen = gone | (rest - _reached(holds, standing, gone))
        asked = set(nodes)
        return sorted(each for vertex in fallen for each in self._nodes(vertex) if each not in asked)

    def _nodes(self, vertex: int) -> list[int]:
        """The members of a ring, or the one node that a vertex is; hidden ones left out."""
        start, end = self.stretches[vertex]
        found = []
        for each in self.order[start:end]:
            if self.inside.roots[each] != vertex:
                break
            found.append(each)
        return found


def retained_sets(
    holds: Adjacency,
    inside: Sequence[bool] | Sequence[int],
    held: Iterable[int] = (),
    hidden: frozenset[int] = frozenset(),
) -> RetainedSets:
    """The retained sets of all nodes inside, in time near linear.

    `holds` lists what each node holds. `held` are nodes inside that stand by themselves whoever else holds them
    (somebody may still use them). `hidden` nodes hold, and count nowhere.
    """
    roots = [node if inside[node] else NOWHERE for node in range(len(holds))]
    within = _within(holds, roots)
    anchors = {node for node in held if inside[node]}
    for node, successors in enumerate(holds):
        if successors and not inside[node]:
            anchors.update(each for each in successors if inside[each])
    _free(within, roots, anchors)
    ring = _rings(within, _unreached(within, roots, anchors), anchors)
    if ring:
        roots = [ring.get(root, root) for root in roots]
        within = _within(holds, roots)
    return _stretched(Inside(roots, within, frozenset(anchors), hidden))


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
    anchors.update(root for root in roots if root != NOWHERE and not held[root])


def _unreached(within: Adjacency, roots: Sequence[int], anchors: Iterable[int]) -> list[int]:
    """The vertices that no anchor holds, directly or not: rings that only hold each other, and what they hold."""
    seen = _reached(within, anchors)
    return [root for root in roots if root != NOWHERE and root not in seen]


def _reached(holds: Adjacency, starts: Iterable[int], without: Iterable[int] = ()) -> set[int]:
    """The starts and what they hold, directly or not, by ways that pass nothing of what is left out."""
    seen = set(starts)
    stack = list(seen)
    seen.update(without)
    while stack:
        for each in holds[stack.pop()]:
            if each not in seen:
                seen.add(each)
                stack.append(each)
    seen.difference_update(without)
    return seen


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


def _stretched(inside: Inside) -> RetainedSets:
    """Lay the dominator tree out so that each subtree is one stretch; its root holds the anchors."""
    top = len(inside.roots)
    children: list[list[int]] = [[] for _ in range(top + 1)]
    for vertex, parent in enumerate(immediate_dominators([*inside.holds, sorted(inside.anchors)], top)):
        if parent != NOWHERE:
            children[parent].append(vertex)
    nodes: list[list[int]] = [[] for _ in range(top + 1)]
    for node, root in enumerate(inside.roots):
        if root != NOWHERE and node not in inside.hidden:
            nodes[root].append(node)
    order, spans = _laid_out(children, nodes, top)
    stretches = {node: spans[root] for node, root in enumerate(inside.roots) if root != NOWHERE}
    holders = [0] * top
    for successors in inside.holds:
        for each in successors:
            holders[each] += 1
    return RetainedSets(inside, tuple(order), stretches, holders)


def _laid_out(children: Adjacency, nodes: Adjacency, top: int) -> tuple[list[int], dict[int, tuple[int, int]]]:
    """The nodes of each vertex, then those of its children; and where those of each vertex begin and end."""
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
    return order, spans
