"""Retained sets against removing each thing and looking what still stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.graph.liveness.retained import retained_sets

Graph = list[list[int]]


def _reached(graph: Sequence[Iterable[int]], starts: Iterable[int], without: frozenset[int]) -> set[int]:
    seen = set(starts) - without
    stack = list(seen)
    while stack:
        for each in graph[stack.pop()]:
            if each not in seen and each not in without:
                seen.add(each)
                stack.append(each)
    return seen


def _by_removal(graph: Graph, inside: list[bool], held: set[int], gone: set[int]) -> set[int]:
    """Remove some, and see what no longer hangs on anything that stands."""
    mine = [node for node in range(len(graph)) if inside[node]]
    within = [[each for each in graph[node] if inside[each] and inside[node]] for node in range(len(graph))]
    below = {node: _reached(within, {node}, frozenset()) for node in mine}
    above = {node: {each for each in mine if node in below[each]} for node in mine}
    fixed = held | {each for node in range(len(graph)) if not inside[node] for each in graph[node] if inside[each]}
    # Whatever leads to it is led to by it: a head, or a ring that nothing else holds.
    free = {node for node in mine if above[node] <= below[node] and not above[node] & fixed}
    removed = gone | {each for node in gone & free for each in above[node]}
    return set(mine) - _reached(within, fixed | free, frozenset(removed)) - gone


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Graph, list[bool], set[int], set[int]]:
    count = draw(st.integers(1, 9))
    node = st.integers(0, count - 1)
    graph = [draw(st.lists(node, max_size=3)) for _ in range(count)]
    inside = [draw(st.booleans()) or draw(st.booleans()) for _ in range(count)]
    held = draw(st.sets(node, max_size=2))
    gone = draw(st.sets(node, max_size=3))
    return graph, inside, {each for each in held if inside[each]}, {each for each in gone if inside[each]}


@settings(max_examples=600, deadline=None)
@given(worlds())
def test_a_retained_set_is_what_no_longer_stands_after_removal(
    world: tuple[Graph, list[bool], set[int], set[int]],
) -> None:
    graph, inside, held, gone = world

    found = retained_sets(graph, inside, held)

    mine = [node for node in range(len(graph)) if inside[node]]
    expected = {node: _by_removal(graph, inside, held, {node}) for node in mine}
    assert {node: set(found.members(node)) for node in mine} == expected
    assert {node: found.count(node) for node in mine} == {node: len(expected[node]) for node in mine}
    assert set(found.together(gone)) == _by_removal(graph, inside, held, gone)


REPORT, OTHER, FORMULA, INPUT = range(4)


@pytest.mark.parametrize(
    ("holds", "inside", "held", "expected"),
    [
        pytest.param(
            [[FORMULA], [], [INPUT], []],
            [1, 1, 1, 1],
            (),
            {REPORT: [FORMULA, INPUT], OTHER: [], FORMULA: [INPUT], INPUT: []},
            id="a report retains the formula that it alone reads, and what that computes from",
        ),
        pytest.param(
            [[FORMULA], [INPUT], [INPUT], []],
            [1, 1, 1, 1],
            (),
            {REPORT: [FORMULA], OTHER: [], FORMULA: [], INPUT: []},
            id="what a second one holds stays",
        ),
        pytest.param(
            [[FORMULA], [FORMULA], [INPUT], []],
            [1, 0, 1, 1],
            (),
            {REPORT: [], FORMULA: [INPUT], INPUT: []},
            id="what the outside holds stays, and still retains what it alone holds",
        ),
        pytest.param(
            [[FORMULA], [], [INPUT], []],
            [1, 1, 1, 1],
            (INPUT,),
            {REPORT: [FORMULA], OTHER: [], FORMULA: [], INPUT: []},
            id="what may still be used stands by itself",
        ),
        pytest.param(
            [[FORMULA], [], [REPORT, INPUT], []],
            [1, 1, 1, 1],
            (),
            {REPORT: [FORMULA, INPUT], OTHER: [], FORMULA: [REPORT, INPUT], INPUT: []},
            id="members of a ring that nothing else holds share one retained set",
        ),
        pytest.param(
            [[FORMULA], [REPORT], [REPORT, INPUT], []],
            [1, 1, 1, 1],
            (),
            {REPORT: [FORMULA, INPUT], OTHER: [REPORT, FORMULA, INPUT], FORMULA: [INPUT], INPUT: []},
            id="a ring as a whole is retained by what alone holds it",
        ),
    ],
)
def test_examples(holds: Graph, inside: list[int], held: tuple[int, ...], expected: dict[int, list[int]]) -> None:
    found = retained_sets(holds, inside, held)

    assert {node: found.members(node) for node in range(len(holds)) if node in found} == expected


def test_what_two_fields_of_an_object_hold_goes_with_the_object_and_with_neither_of_them() -> None:
    thing, first, second, looked_up, report = range(5)
    holds: Graph = [[], [thing, looked_up], [thing, looked_up], [], [first]]

    found = retained_sets(holds, [1] * 5)

    assert [found.members(first), found.members(second)] == [[], []]
    assert found.together([thing, first, second]) == [looked_up]
    assert found.members(report) == [first]


def test_helpers_hold_and_count_nowhere() -> None:
    report, field, start, flow = range(4)

    found = retained_sets([[field], [start], [flow], []], [1] * 4, hidden=frozenset({start}))

    assert (found.count(report), found.members(report)) == (2, [field, flow])
    assert (found.count(start), found.members(start)) == (1, [flow])
