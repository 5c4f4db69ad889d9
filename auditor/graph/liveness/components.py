"""Strongly connected components: rings of things that hold each other. R. E. Tarjan, SIAM J. Comput. 1 (1972)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field


def strong_components(successors: Sequence[Sequence[int]], nodes: Iterable[int]) -> list[list[int]]:
    """The strongly connected components of what is reached from some nodes, each sorted, held ones first.

    Time is linear, and nothing recurses. A component comes after every component that it reaches.
    """
    search = _Search(successors)
    return [found for node in nodes for found in search.from_(node)]


@dataclass(slots=True)
class _Search:
    successors: Sequence[Sequence[int]]
    numbers: dict[int, int] = field(default_factory=dict)
    lowest: dict[int, int] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    def from_(self, start: int) -> Iterator[list[int]]:
        """Components that are complete once everything reached from a node was seen."""
        if start in self.numbers:
            return
        stack = [(start, self._enter(start))]
        while stack:
            node, left = stack[-1]
            fresh = self._next(node, left)
            if fresh is not None:
                stack.append((fresh, self._enter(fresh)))
                continue
            stack.pop()
            if stack:
                above = stack[-1][0]
                self.lowest[above] = min(self.lowest[above], self.lowest[node])
            if self.lowest[node] == self.numbers[node]:
                yield self._close(node)

    def _enter(self, node: int) -> Iterator[int]:
        self.numbers[node] = self.lowest[node] = len(self.numbers)
        self.open.append(node)
        return iter(self.successors[node])

    def _next(self, node: int, left: Iterator[int]) -> int | None:
        """The next successor that was not seen yet; what leads back on the way is noted."""
        for each in left:
            if each not in self.numbers:
                return each
            if each not in self.done:
                self.lowest[node] = min(self.lowest[node], self.numbers[each])
        return None

    def _close(self, node: int) -> list[int]:
        found = []
        while True:
            each = self.open.pop()
            self.done.add(each)
            found.append(each)
            if each == node:
                return sorted(found)
