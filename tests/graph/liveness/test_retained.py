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


def _by_removal(graph: Graph, inside: list[bool], held: set[int], owners: list[int]) -> dict[int, set[int]]:
    """Merge what goes together, then remove each and see what no longer hangs on anything that stands."""
    nodes = range(len(graph))
    top = [owners[node] if inside[owners[node]] else node for node in nodes]
    group = {node: frozenset(each for each in nodes if inside[each] and top[each] == top[node]) for node in nodes}
    merged = [{each for mine in group[node] for each in graph[mine] if inside[each]} for node in nodes]
    merged = [{peer for each in mine for peer in group[each]} for mine in merged]
    mine = [node for node in nodes if inside[node]]
    below = {node: _reached(merged, group[node], frozenset()) for node in mine}
    fixed = {peer for node in mine if node in held for peer in group[node]}
    fixed |= {p for node in nodes if not inside[node] for each in graph[node] if inside[each] for p in group[each]}
    above = {node: {each for each in mine if below[each] & group[node]} for node in mine}
    # Whatever leads to it is led to by it: a head, or a ring that nothing else holds.
    free = {node for node in mine if above[node] <= below[node] and not above[node] & fixed}
    result = {}
    for node in mine:
        gone = group[node] | (above[node] if node in free else frozenset())
        stands = _reached(merged, fixed | free, frozenset(gone))
        result[node] = set(mine) - stands - {node}
    return result


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Graph, list[bool], set[int], list[int]]:
    count = draw(st.integers(1, 9))
    node = st.integers(0, count - 1)
    graph = [draw(st.lists(node, max_size=3)) for _ in range(count)]
    inside = [draw(st.booleans()) or draw(st.booleans()) for _ in range(count)]
    held = draw(st.sets(node, max_size=2))
    tops = draw(st.sets(node, max_size=2))
    owners = [draw(st.sampled_from(sorted({each, *tops}))) if each not in tops else each for each in range(count)]
    return graph, inside, {each for each in held if inside[each]}, owners


@settings(max_examples=600, deadline=None)
@given(worlds())
def test_a_retained_set_is_what_no_longer_stands_after_removal(
    world: tuple[Graph, list[bool], set[int], list[int]],
) -> None:
    graph, inside, held, owners = world

    found = retained_sets(graph, inside, held, owners)

    expected = _by_removal(graph, inside, held, owners)
    mine = [node for node in range(len(graph)) if inside[node]]
    assert {node: set(found.members(node)) for node in mine} == expected
    assert {node: found.count(node) for node in mine} == {node: len(expected[node]) for node in mine}


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


def test_an_object_goes_with_its_fields_and_with_what_they_alone_hold() -> None:
    thing, field, flow, looked_up, report = range(5)
    holds: Graph = [[], [flow], [looked_up], [], [field]]

    found = retained_sets(holds, [1] * 5, owners=[thing, thing, flow, looked_up, report])

    assert found.members(thing) == [field, flow, looked_up]
    assert found.members(report) == [thing, field, flow, looked_up]
