"""The order of deletion: what depends on something goes before it; what depends on each other goes at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush

from auditor.graph.liveness.components import strong_components
from auditor.graph.nodes import NodeKind
from auditor.planning.ground import Ground


def deletion_order(ground: Ground, leaving: Collection[str]) -> Mapping[str, int]:
    """The place of each thing, from 1, without gaps; a circle shares one. The same set gives the same order."""
    before = {key: _first(ground, key, leaving) for key in sorted(leaving)}
    circles = _circles(before)
    place = {key: number for number, circle in enumerate(circles) for key in circle}
    waits: dict[int, set[int]] = {number: set() for number in range(len(circles))}
    frees: dict[int, set[int]] = {number: set() for number in range(len(circles))}
    for key, firsts in before.items():
        for first in firsts:
            if place[first] != place[key]:
                waits[place[key]].add(place[first])
                frees[place[first]].add(place[key])
    return _numbered(circles, waits, frees)


def _numbered(
    circles: list[tuple[str, ...]], waits: dict[int, set[int]], frees: dict[int, set[int]]
) -> Mapping[str, int]:
    """Numbers in an order that waits for what must go first; among what may go, by name."""
    ready = [(circles[number][0], number) for number, firsts in waits.items() if not firsts]
    heapify(ready)
    order: dict[str, int] = {}
    at = 0
    while ready:
        _, number = heappop(ready)
        at += 1
        order.update(dict.fromkeys(circles[number], at))
        for each in sorted(frees[number]):
            waits[each].discard(number)
            if not waits[each]:
                heappush(ready, (circles[each][0], each))
    return order


def _first(ground: Ground, key: str, leaving: Collection[str]) -> tuple[str, ...]:
    """What must be deleted before `key`: what mentions it, what starts it, and the parts of an object."""
    found = {link.other for link in ground.mentions(key)}
    found.update(link.other for link in ground.graph.called_by(key))
    if ground.kind(key) is NodeKind.OBJECT:
        found.update(ground.graph.fields_of(key))
        found.update(ground.graph.components_of(key))
        found.update(ground.graph.looked_up_by(key))
    return tuple(sorted(each for each in found if each in leaving and each != key))


def _circles(before: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Things that depend on each other in a circle, each circle sorted; most are of one."""
    names = list(before)
    numbers = {name: number for number, name in enumerate(names)}
    successors = [[numbers[each] for each in before[name]] for name in names]
    return [tuple(names[number] for number in each) for each in strong_components(successors, range(len(names)))]
