"""Immediate dominators of a directed graph, in time near linear.

A node dominates another when every path from the root to it passes through the first; the nearest such node is the
immediate dominator, and all of them form a tree. The algorithm is the simple one of T. Lengauer and R. E. Tarjan,
"A fast algorithm for finding dominators in a flowgraph", ACM TOPLAS 1 (1979): O(m log n) whatever the graph. It
runs without recursion, so that a chain of a hundred thousand formulas is no deeper than any other graph.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass

NOWHERE = -1
"""The immediate dominator of the root, and of what the root does not reach."""


def immediate_dominators(successors: Sequence[Sequence[int]], root: int) -> list[int]:
    """The immediate dominator of each node; `NOWHERE` for the root and for what it does not reach."""
    walk = _preorder(successors, root)
    dominators = _dominators(walk)
    result = [NOWHERE] * len(successors)
    for number in range(1, len(walk.order)):
        result[walk.order[number]] = walk.order[dominators[number]]
    return result


@dataclass(frozen=True, slots=True)
class _Walk:
    """A depth-first walk. Nodes are numbered in the order of their discovery; all but `order` is numbers."""

    order: list[int]
    parents: list[int]
    predecessors: list[list[int]]


def _preorder(successors: Sequence[Sequence[int]], root: int) -> _Walk:
    number = [NOWHERE] * len(successors)
    order, parents = [root], [0]
    number[root] = 0
    stack = [(0, iter(successors[root]))]
    while stack:
        at, left = stack[-1]
        for node in left:
            if number[node] == NOWHERE:
                number[node] = len(order)
                stack.append((len(order), iter(successors[node])))
                order.append(node)
                parents.append(at)
                break
        else:
            stack.pop()
    predecessors: list[list[int]] = [[] for _ in order]
    for at, node in enumerate(order):
        for other in successors[node]:
            predecessors[number[other]].append(at)
    return _Walk(order, parents, predecessors)


def _dominators(walk: _Walk) -> list[int]:
    """Immediate dominators by number. Going backwards, each node is linked into a forest under its parent."""
    count = len(walk.order)
    semi, dominator = list(range(count)), [0] * count
    forest = _Forest(list(walk.parents), list(range(count)), semi)
    waiting: list[list[int]] = [[] for _ in range(count)]
    for at in range(count - 1, 0, -1):
        least = at
        for before in walk.predecessors[at]:
            found = before if before <= at else semi[forest.lowest(before, at + 1)]
            if found < least:
                least = found
        semi[at] = least
        waiting[least].append(at)
        parent = walk.parents[at]
        for each in waiting[parent]:
            low = forest.lowest(each, at)
            dominator[each] = low if semi[low] < semi[each] else parent
        waiting[parent] = []
    for at in range(1, count):
        if dominator[at] != semi[at]:
            dominator[at] = dominator[dominator[at]]
    return dominator


@dataclass(frozen=True, slots=True)
class _Forest:
    """Linked nodes, those numbered `first` and above; paths are compressed as they are asked for."""

    ancestors: list[int]
    labels: list[int]
    semi: list[int]

    def lowest(self, node: int, first: int) -> int:
        """Of a linked node and its linked ancestors below the top one, that whose semidominator is least."""
        ancestors, labels, semi = self.ancestors, self.labels, self.semi
        if ancestors[node] < first:
            return labels[node]
        path = []
        while ancestors[node] >= first:
            path.append(node)
            node = ancestors[node]
        top, label = ancestors[node], labels[node]
        for each in reversed(path):
            ancestors[each] = top
            if semi[label] < semi[labels[each]]:
                labels[each] = label
            else:
                label = labels[each]
        return label
