"""Circles on the net, among nodes that take part: who keeps each other in turn, and what a change does to that."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field
from auditor.graph.liveness.components import strong_components
from auditor.graph.liveness.net import Woven

Taking = Callable[[int], bool]
"""Whether a node takes part in circles."""
Arrow = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Circles:
    """By node: the number of its circle, 0 for none."""

    numbers: Sequence[int]

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int) and self.numbers[node] != 0


def circles_of(net: Woven, taking: Taking) -> Circles:
    """All circles of a net."""
    takes = [taking(node) for node in range(len(net))]
    follows = [
        [packed >> 3 for packed in arrows if takes[packed >> 3]] if takes[node] else []
        for node, arrows in enumerate(net.arrows)
    ]
    numbers = [0] * len(net)
    rings = (ring for ring in strong_components(follows, range(len(follows))) if len(ring) > 1)
    for number, ring in enumerate(rings, start=1):
        for node in ring:
            numbers[node] = number
    return Circles(numbers)


@dataclass(frozen=True, slots=True)
class Side:
    """A net before or after a change, and who takes part in circles of it."""

    net: Woven
    taking: Taking

    def following(self, node: int) -> Iterator[int]:
        """What a node keeps and what takes part."""
        return (packed >> 3 for packed in self.net.arrows[node] if self.taking(packed >> 3))

    def leading(self, node: int) -> Iterator[int]:
        """What keeps a node and takes part."""
        return (packed >> 3 for packed in self.net.keepers[node] if self.taking(packed >> 3))


@dataclass(frozen=True, slots=True)
class CirclesAfter(Container[int]):
    """Nodes on a circle after a change: those of before but for some, which were asked anew."""

    before: Container[int]
    count: int
    asked: frozenset[int] = frozenset()
    on: frozenset[int] = frozenset()

    def __contains__(self, node: object) -> bool:
        if not isinstance(node, int):
            return False
        if node in self.asked or node >= self.count:
            return node in self.on
        return node in self.before


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What a change does to a net: arrows that went and came, by their ends, and nodes whose part changed."""

    gone: Iterable[Arrow]
    come: Iterable[Arrow]
    out: Iterable[int] = field(default=())
    """Nodes that took part and no longer do."""
    into: Iterable[int] = field(default=())
    """Nodes that take part now and did not."""


def circles_after(circles: Circles, after: Side, change: Rearranged) -> CirclesAfter:
    """The circles after a change; only those are walked that lose something or that something new closes."""
    count = len(circles.numbers)
    broken = {node for node in change.out if node < count}
    broken |= {one for one, other in change.gone if max(one, other) < count and _together(circles, one, other)}
    numbers = {circles.numbers[node] for node in broken} - {0}
    old = frozenset(node for node, number in enumerate(circles.numbers) if number in numbers if numbers)
    on = _still(after, old)
    for keeper, kept in change.come:
        if after.taking(keeper) and after.taking(kept):
            on |= _closed(after, {kept}, {keeper})
    for node in change.into:
        on |= _closed(after, set(after.following(node)), set(after.leading(node)) and {node})
    return CirclesAfter(circles, count, old | on, frozenset(on))


def _together(circles: Circles, one: int, other: int) -> bool:
    return circles.numbers[one] == circles.numbers[other] != 0


def _still(after: Side, nodes: frozenset[int]) -> set[int]:
    """Those of some nodes that are on a circle among them."""
    listed = sorted(node for node in nodes if after.taking(node))
    place = {node: at for at, node in enumerate(listed)}
    follows = [[place[each] for each in after.following(node) if each in place] for node in listed]
    rings = strong_components(follows, range(len(listed)))
    return {listed[at] for ring in rings if len(ring) > 1 for at in ring}


def _closed(after: Side, starts: set[int], ends: set[int]) -> set[int]:
    """Everything on ways from some nodes to others; nothing where no way leads there.

    Both ends are walked by turns, so that it costs twice the smaller of both walks where there is no way.
    """
    forth, back = _Walk(after.following, starts), _Walk(after.leading, ends)
    while forth.front and back.front and not forth.seen & back.seen:
        (forth if len(forth.front) <= len(back.front) else back).step()
    if not forth.seen & back.seen:
        return set()
    return forth.all() & back.all()


class _Walk:
    def __init__(self, following: Callable[[int], Iterable[int]], starts: set[int]) -> None:
        self._following = following
        self.seen, self.front = set(starts), set(starts)

    def step(self) -> None:
        """Go one hop further from all ends at once."""
        self.front = {each for node in self.front for each in self._following(node)} - self.seen
        self.seen |= self.front

    def all(self) -> set[int]:
        """Everything that can be walked to."""
        while self.front:
            self.step()
        return self.seen
