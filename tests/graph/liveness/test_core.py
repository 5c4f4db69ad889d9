"""The smallest core against every closed set there is, on small graphs."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.graph.liveness.core import Core, Needs, least_cost, prepare, smallest_core

SHARES = (0.5, 0.8, 0.9, 0.99, 1.0)


def _closure(needs: Needs, node: int) -> frozenset[int]:
    seen, stack = {node}, [node]
    while stack:
        for each in needs.needs[stack.pop()]:
            if each not in seen:
                seen.add(each)
                stack.append(each)
    return frozenset(seen)


def _exact(needs: Needs, share: float) -> int:
    """The least cost over all closed sets that carry the share."""
    nodes = range(len(needs.uses))
    closures = [_closure(needs, node) for node in nodes]
    target = ceil(sum(needs.uses) * share - 1e-9)
    least = sum(needs.costs)
    for choice in range(1 << len(nodes)):
        mine = {node for node in nodes if choice >> node & 1}
        if all(closures[node] <= mine for node in mine) and sum(needs.uses[node] for node in mine) >= target:
            least = min(least, sum(needs.costs[node] for node in mine))
    return least


@st.composite
def worlds(draw: st.DrawFn) -> Needs:
    count = draw(st.integers(1, 9))
    node = st.integers(0, count - 1)
    needs = [draw(st.lists(node, max_size=2)) for _ in range(count)]
    uses = [draw(st.sampled_from((0, 0, 1, 2, 5, 20, 100))) for _ in range(count)]
    costs = [draw(st.sampled_from((1, 1, 1, 0))) for _ in range(count)]
    return Needs(needs, uses, costs)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.sampled_from(SHARES))
def test_it_is_closed_carries_the_share_and_lies_between_the_bound_and_the_optimum(
    needs: Needs, share: float
) -> None:
    found = smallest_core(prepare(needs), share)

    mine = frozenset(found.members)
    assert all(_closure(needs, node) <= mine for node in mine)
    assert found.use == sum(needs.uses[node] for node in mine)
    assert found.cost == sum(needs.costs[node] for node in mine)
    assert found.use >= sum(needs.uses) * share - 1e-9
    assert found.least <= _exact(needs, share) <= found.cost


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_all_use_needs_exactly_what_is_used_and_what_that_needs(needs: Needs) -> None:
    found = smallest_core(prepare(needs), 1.0)

    used = [node for node, use in enumerate(needs.uses) if use]
    closed: frozenset[int] = frozenset().union(*(_closure(needs, node) for node in used)) if used else frozenset()
    assert frozenset(found.members) == closed
    assert found.cost == _exact(needs, 1.0) == found.least


KEY, AMOUNT, STAGE, FORMULA, RATE = range(5)
_NEEDS = ((), (KEY,), (KEY,), (AMOUNT, RATE), (KEY,))


@pytest.mark.parametrize(
    ("uses", "share", "expected"),
    [
        pytest.param((0, 90, 10, 0, 0), 0.9, Core((KEY, AMOUNT), 90, 2, 2), id="a field comes with its key"),
        pytest.param(
            (0, 0, 0, 50, 0),
            1.0,
            Core((KEY, AMOUNT, FORMULA, RATE), 50, 4, 4),
            id="a formula comes with what it computes from, and with the key of that",
        ),
        pytest.param(
            (5, 60, 30, 3, 2), 0.95, Core((KEY, AMOUNT, STAGE), 95, 3, 3), id="what is used little is left"
        ),
        pytest.param((0, 0, 0, 0, 0), 0.99, Core((), 0, 0, 0), id="where nothing was used nothing is needed"),
    ],
)
def test_examples(uses: tuple[int, ...], share: float, expected: Core) -> None:
    found = smallest_core(prepare(Needs(_NEEDS, uses, (1,) * 5)), share)

    assert found == expected


def test_a_key_that_all_need_is_paid_by_all_so_that_the_object_as_a_whole_is_worth_taking() -> None:
    """Ten fields behind three keys beat one behind three others, though each alone is the worse bargain."""
    needs = Needs([[], [0], [1], *[[2]] * 10, [], [13], [14], [15]], [0, 0, 0, *[3] * 10, 0, 0, 0, 4], [1] * 17)

    found = smallest_core(prepare(needs), 0.88)

    assert found == Core(tuple(range(13)), 30, 13, 13)


def test_rings_of_mutual_need_are_taken_whole_and_a_long_chain_is_no_deeper_than_others() -> None:
    count = 50_000
    ring = Needs([[each + 1] for each in range(count - 1)] + [[0]], [1] + [0] * (count - 1), [1] * count)
    chain = Needs([[each + 1] for each in range(count - 1)] + [[]], [1] * count, [1] * count)

    assert smallest_core(prepare(ring), 0.5).cost == least_cost(prepare(ring), 0.5) == count
    assert smallest_core(prepare(chain), 0.5).cost == count // 2
