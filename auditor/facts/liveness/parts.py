"""A part of liveness: one node and what decides about it, as a small liveness of its own.

What is worked out in one walk over the whole net in an audit is asked of few nodes in a check; the same walk over
the part that leads to a node gives the same answer for it.
"""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.liveness.engine import Liveness
from auditor.graph.liveness.marks import ROOT, Marks
from auditor.graph.liveness.net import Net, unpack


def is_whole(living: Liveness) -> bool:
    """Whether all of a net is at hand, so that walking it once is the cheapest."""
    return isinstance(living.net, Net)


def part_above(living: Liveness, node: int, decided: Callable[[int], bool]) -> Liveness:
    """A node, which comes first, with its keepers and theirs; those of what is decided by itself are left out."""
    places = _above(living, node, decided)
    net = Net()
    for each, place in places.items():
        net.gate(living.net.names[each], living.net.needs[each])
        net.root(place, living.net.roots[each])
    for each, place in places.items():
        for keeper, strength in map(unpack, living.net.keepers[each]):
            if keeper in places:
                net.keep(places[keeper], place, strength)
    marks, read = (
        Marks([levels[each] for each in places], [ROOT] * len(places))
        for levels in (living.marks.levels, living.read.levels)
    )
    roots = {place: root for each, place in places.items() if (root := living.roots.get(each)) is not None}
    return Liveness(net, marks, read, roots, {})


def _above(living: Liveness, node: int, decided: Callable[[int], bool]) -> dict[int, int]:
    """The nodes of a part, with their places in it."""
    order, places = [node], {node: 0}
    for each in order:  # grows while it is walked
        if each == node or not decided(each):
            fresh = {packed >> 3 for packed in living.net.keepers[each]} - places.keys()
            places.update((keeper, len(order) + at) for at, keeper in enumerate(sorted(fresh)))
            order.extend(sorted(fresh))
    return places
