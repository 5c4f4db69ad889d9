"""The smallest closed set that carries a share of all observed use: where one would start again.

Choosing it is hard in general (a knapsack whose items need each other), so it is approached from both sides:

- *from above*: fields in the order of use by cost, each with everything that it needs, until the share is carried;
  then what turned out to be spared is taken out again. The cost of a field is its own and its part of what it
  needs: a key that forty fields need is paid by all forty, by how much each is used. With the costs shared
  beforehand, no step changes the worth of a later one, and one sorted pass does what a greedy choice by marginal
  use would have to weigh anew at each step.
- *from below*: whatever closed set carries the share, it holds at least the cost shares of its members, since
  nobody is charged for what he does not need and nothing is charged twice. The cheapest way to collect the share
  at these prices, fields being divisible, is therefore a bound that no closed set can pass: the dual of the linear
  relaxation, at these prices. No factor is promised in advance; each answer comes with its own proven bound.

Time is linear in needs beyond one sorting, and what each answer touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import ceil

from auditor.dataclasses import dataclass
from auditor.graph.liveness.components import strong_components

_EPSILON = 1e-9
"""Sums of shares may differ from whole numbers by rounding; a bound is never lifted by it."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What is chosen from. `uses`: observed uses of each node; `costs`: 1 for a field, 0 for what comes free."""

    needs: Sequence[Sequence[int]]
    uses: Sequence[int]
    costs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Core:
    """A closed set: what a member needs is a member. `least`: no closed set that carries as much costs less."""

    members: tuple[int, ...]
    use: int
    cost: int
    least: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rings of mutual need as one, best first: what all answers over the same needs share."""

    groups: list[list[int]]
    """Members of each group; a group comes after everything that it needs."""
    below: list[list[int]]
    above: list[list[int]]
    uses: list[int]
    costs: list[int]
    prices: list[float]
    """Of each group: its own cost and its part of what it needs."""
    ranked: list[int]
    """Groups that are used, most use by price first."""
    alone: list[int]
    """The same by their own costs, most use by cost first."""
    total: int


def prepare(needs: Needs) -> Prepared:
    """Reduce everything to what is used or needed by what is used, and share the costs."""
    groups = _groups(needs)
    group_of = [0] * len(needs.uses)
    for number, group in enumerate(groups):
        for node in group:
            group_of[node] = number
    below = [
        sorted({group_of[other] for node in group for other in needs.needs[node]} - {number})
        for number, group in enumerate(groups)
    ]
    above: list[list[int]] = [[] for _ in groups]
    for number, mine in enumerate(below):
        for other in mine:
            above[other].append(number)
    uses, costs = _summed(groups, needs.uses), _summed(groups, needs.costs)
    prices = _prices(below, above, uses, costs)
    alone = _ranked(uses, costs)
    return Prepared(groups, below, above, uses, costs, prices, _ranked(uses, prices), alone, sum(uses))


def _groups(needs: Needs) -> list[list[int]]:
    """What is used or needed, rings of mutual need as one, each after everything that it needs.

    Most needs run in no ring: they are ordered by counting who asks, and only what is left is searched for rings.
    """
    asked = [0] * len(needs.uses)
    seen = bytearray(use > 0 for use in needs.uses)
    stack = [node for node, use in enumerate(needs.uses) if use > 0]
    closed = list(stack)
    while stack:
        for other in needs.needs[stack.pop()]:
            asked[other] += 1
            if not seen[other]:
                seen[other] = 1
                stack.append(other)
                closed.append(other)
    free = [node for node in closed if not asked[node]]
    for node in free:  # grows while it is walked
        for other in needs.needs[node]:
            asked[other] -= 1
            if not asked[other]:
                free.append(other)
    rings = strong_components(needs.needs, (node for node in closed if asked[node]))
    return [*rings, *([node] for node in reversed(free))]


def _summed(groups: Sequence[Sequence[int]], values: Sequence[int]) -> list[int]:
    return [values[group[0]] if len(group) == 1 else sum(values[node] for node in group) for group in groups]


def smallest_core(prepared: Prepared, share: float) -> Core:
    """A closed set that carries at least a share (0..1) of all use, and what it must cost at least."""
    target = _target(prepared.total, share)
    chosen = _pruned(prepared, _collected(prepared, target), target)
    members = sorted(node for group in chosen for node in prepared.groups[group])
    use, cost = (sum(values[group] for group in chosen) for values in (prepared.uses, prepared.costs))
    return Core(tuple(members), use, cost, least_cost(prepared, share))


def least_cost(prepared: Prepared, share: float) -> int:
    """A proven lower bound of the cost of any closed set that carries a share of all use."""
    target = _target(prepared.total, share)
    by_price = _fractional(prepared.ranked, prepared.uses, prepared.prices, target)
    by_own = _fractional(prepared.alone, prepared.uses, prepared.costs, target)
    return max(ceil(by_price - _EPSILON), ceil(by_own - _EPSILON))


def _target(total: int, share: float) -> int:
    """How much use makes the share; the least whole number that does."""
    return min(total, ceil(total * share - _EPSILON))


def _prices(
    below: Sequence[Sequence[int]], above: Sequence[Sequence[int]], uses: Sequence[int], costs: Sequence[int]
) -> list[float]:
    """Hand the cost of each group up to those that need it, by the use that each carries, its own use included."""
    carried = [float(use) for use in uses]
    parts = [0.0] * len(uses)
    for group in reversed(range(len(uses))):
        if below[group]:
            parts[group] = part = carried[group] / len(below[group])
            for other in below[group]:
                carried[other] += part
    prices = [float(cost) for cost in costs]
    for group, askers in enumerate(above):
        if askers and prices[group]:
            pool = prices[group] / carried[group]
            prices[group] = pool * uses[group]
            for other in askers:
                prices[other] += pool * parts[other]
    return prices


def _ranked(uses: Sequence[int], prices: Sequence[float]) -> list[int]:
    used = [group for group, use in enumerate(uses) if use]
    return sorted(used, key=lambda group: (prices[group] / uses[group], group))


def _fractional(ranked: Sequence[int], uses: Sequence[int], prices: Sequence[float], target: int) -> float:
    """The cheapest collection of so much use where everything may be divided; `ranked` by price of use."""
    paid, left = 0.0, target
    for group in ranked:
        if uses[group] >= left:
            return paid + prices[group] * left / uses[group]
        paid += prices[group]
        left -= uses[group]
    return paid


def _collected(prepared: Prepared, target: int) -> set[int]:
    """Best first, each with what it needs, until the target is carried."""
    chosen: set[int] = set()
    use = 0
    for group in prepared.ranked:
        if use >= target:
            break
        stack = [] if group in chosen else [group]
        chosen.update(stack)
        while stack:
            each = stack.pop()
            use += prepared.uses[each]
            fresh = [other for other in prepared.below[each] if other not in chosen]
            chosen.update(fresh)
            stack.extend(fresh)
    return chosen


def _pruned(prepared: Prepared, chosen: set[int], target: int) -> set[int]:
    """Take out what can be spared and nothing chosen needs, least use by price first."""
    askers = {group: sum(other in chosen for other in prepared.above[group]) for group in chosen}
    spare = sum(prepared.uses[group] for group in chosen) - target
    heap = [_worth(prepared, group) for group, count in askers.items() if not count]
    heapify(heap)
    while heap:
        _, group = heappop(heap)
        if prepared.uses[group] > spare:
            continue
        spare -= prepared.uses[group]
        chosen.discard(group)
        for other in prepared.below[group]:
            askers[other] -= 1
            if not askers[other]:
                heappush(heap, _worth(prepared, other))
    return chosen


def _worth(prepared: Prepared, group: int) -> tuple[float, int]:
    use, price = prepared.uses[group], prepared.prices[group]
    return (use / price if use and price else 0.0), group
