"""Immediate dominators against removal of every node in turn."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.graph.liveness.dominators import NOWHERE, immediate_dominators

Graph = list[list[int]]


@st.composite
def graphs(draw: st.DrawFn, most: int = 9) -> Graph:
    count = draw(st.integers(1, most))
    node = st.integers(0, count - 1)
    return [draw(st.lists(node, max_size=4)) for _ in range(count)]


def _reached(graph: Sequence[Sequence[int]], root: int, without: int) -> set[int]:
    if root == without:
        return set()
    seen, stack = {root}, [root]
    while stack:
        for each in graph[stack.pop()]:
            if each not in seen and each != without:
                seen.add(each)
                stack.append(each)
    return seen


def _by_removal(graph: Graph, root: int) -> list[int]:
    """The nearest node whose removal cuts each node off: of all such nodes the one that all others dominate."""
    everything = _reached(graph, root, NOWHERE)
    cuts = {
        node: {each for each in everything if each != node and node not in _reached(graph, root, each)}
        for node in everything
    }
    return [
        max(cuts[node], key=lambda each: len(cuts[each])) if cuts.get(node) else NOWHERE
        for node in range(len(graph))
    ]


@settings(max_examples=400, deadline=None)
@given(graphs())
def test_the_immediate_dominator_is_the_nearest_node_whose_removal_cuts_off(graph: Graph) -> None:
    assert immediate_dominators(graph, 0) == _by_removal(graph, 0)


def test_the_example_of_lengauer_and_tarjan() -> None:
    names = "RABCDEFGHIJKL"
    arcs = {
        "R": "ABC",
        "A": "D",
        "B": "ADE",
        "C": "FG",
        "D": "L",
        "E": "H",
        "F": "I",
        "G": "IJ",
        "H": "EK",
        "I": "K",
        "J": "I",
        "K": "IR",
        "L": "H",
    }
    graph = [[names.index(each) for each in arcs[name]] for name in names]

    found = immediate_dominators(graph, 0)

    told = {name: names[each] for name, each in zip(names, found, strict=True) if each != NOWHERE}
    assert told == {
        "A": "R",
        "B": "R",
        "C": "R",
        "D": "R",
        "E": "R",
        "F": "C",
        "G": "C",
        "H": "R",
        "I": "R",
        "J": "G",
        "K": "R",
        "L": "D",
    }


def test_a_chain_of_a_hundred_thousand_is_no_deeper_than_other_graphs() -> None:
    count = 100_000
    graph = [[each + 1] for each in range(count - 1)] + [[0]]

    assert immediate_dominators(graph, 0) == [NOWHERE, *range(count - 1)]


def test_what_the_root_does_not_reach_has_no_dominator() -> None:
    assert immediate_dominators([[1], [], [1, 2]], 0) == [NOWHERE, 0, NOWHERE]
