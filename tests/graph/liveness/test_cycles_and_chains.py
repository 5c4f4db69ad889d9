"""Circles against reachability, and chains in tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.graph.liveness.chains import chain
from auditor.graph.liveness.circles import circles_of
from auditor.graph.liveness.components import strong_components
from auditor.graph.liveness.marks import solve
from auditor.graph.liveness.net import Net
from auditor.model.liveness import OBSERVED, POSSIBLE


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    count = draw(st.integers(0, 8))
    node = st.integers(0, max(0, count - 1))
    return [sorted(draw(st.sets(node, max_size=4))) if count else [] for _ in range(count)]


def reached(follows: list[list[int]], start: int) -> set[int]:
    """What one or more steps lead to."""
    found: set[int] = set()
    waiting = list(follows[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(follows[node])
    return found


@given(graphs())
def test_two_nodes_share_a_circle_when_each_reaches_the_other(follows: list[list[int]]) -> None:
    rings = strong_components(follows, range(len(follows)))
    circle = {node: at for at, ring in enumerate(rings) for node in ring}
    ways = [reached(follows, node) for node in range(len(follows))]
    assert sorted(node for ring in rings for node in ring) == list(range(len(follows)))
    assert all(circle[other] <= circle[one] for one in circle for other in ways[one])
    for one in range(len(follows)):
        for other in range(len(follows)):
            together = one == other or (other in ways[one] and one in ways[other])
            assert (circle[one] == circle[other]) == together


def net_of(follows: list[list[int]]) -> Net:
    net = Net()
    for node in range(len(follows)):
        net.node(str(node))
    for node, kept in enumerate(follows):
        for each in kept:
            net.keep(node, each)
    return net


@given(graphs())
def test_what_is_on_a_circle_leads_back_to_itself(follows: list[list[int]]) -> None:
    apart = [[each for each in kept if each != node] for node, kept in enumerate(follows)]
    circles = circles_of(net_of(follows), lambda _: True)
    on = {node for node in range(len(follows)) if node in circles}
    assert on == {node for node in range(len(follows)) if node in reached(apart, node)}


def test_a_long_circle_needs_no_recursion() -> None:
    count = 20_000
    circles = circles_of(net_of([[(node + 1) % count] for node in range(count)]), lambda _: True)
    assert set(circles.numbers) == {1}


def test_a_chain_leads_from_a_root_and_is_empty_for_the_dead() -> None:
    net = Net()
    root, middle, end, dead = (net.node(name) for name in ("root", "middle", "end", "dead"))
    net.root(root, OBSERVED)
    net.keep(root, middle)
    net.keep(middle, end)
    marks = solve(net)
    assert [chain(net, marks, node) for node in (end, root, dead)] == [[root, middle, end], [root], []]


def test_a_chain_goes_through_the_effect_of_automation() -> None:
    net = Net()
    field, starts, effect = net.node("field"), net.node("#starts flow/W"), net.node("#effect flow/W")
    gate, flow = net.gate("#gate flow/W"), net.node("flow/W")
    net.root(field, OBSERVED)
    net.root(starts, POSSIBLE)
    for keeper, kept in ((field, effect), (starts, gate), (effect, gate), (gate, flow)):
        net.keep(keeper, kept)
    marks = solve(net)
    assert chain(net, marks, flow) == [field, effect, gate, flow]
