"""Retained sets on the net of liveness."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.graph.liveness.marks import solve, solve_from
from auditor.graph.liveness.net import CERTAIN, DISPLAY, PERHAPS, Net, is_helper
from auditor.graph.liveness.retention import retained_of
from auditor.model.liveness import DEAD, OBSERVED, SHOWN, UNREAD


def _told(net: Net) -> dict[str, list[str]]:
    sets = retained_of(net, solve(net).levels)
    return {
        name: [net.names[each] for each in sets.members(node)]
        for node, name in enumerate(net.names)
        if node in sets and not is_helper(name)
    }


def _woven(*arrows: tuple[str, str, int]) -> Net:
    net = Net()
    for keeper, kept, strength in arrows:
        net.keep(net.node(keeper), net.node(kept), strength)
    return net


def test_dead_reports_retain_what_they_alone_read_and_what_is_in_use_is_no_part_of_it() -> None:
    net = _woven(("report", "formula", CERTAIN), ("formula", "input", CERTAIN), ("dashboard", "input", CERTAIN))
    net.root(net.node("dashboard"), OBSERVED)

    assert _told(net) == {"report": ["formula"], "formula": []}


def test_what_only_pages_and_unwatched_readers_could_keep_is_a_candidate_and_held_by_neither() -> None:
    net = _woven(("page", "field", DISPLAY), ("formula", "field", PERHAPS))
    net.root(net.node("page"), OBSERVED)
    net.root(net.node("field"), UNREAD)

    assert solve(net).levels[net.node("field")] == SHOWN
    assert _told(net) == {"field": [], "formula": ["field"]}


def test_automation_that_starts_goes_with_the_field_that_it_alone_writes() -> None:
    net = _woven(("report", "written", CERTAIN), ("written", "#effect flow", CERTAIN), ("flow", "read", CERTAIN))
    starts, gate = net.node("#starts flow"), net.gate("#gate flow")
    net.keep(starts, gate)
    net.keep(net.node("#effect flow"), gate)
    net.keep(gate, net.node("flow"))
    net.root(starts, OBSERVED)

    assert _told(net) == {
        "report": ["written", "flow", "read"],
        "written": ["flow", "read"],
        "flow": ["read"],
        "read": [],
    }


def test_automation_that_neither_starts_nor_has_an_effect_is_told_by_its_effect() -> None:
    net = _woven(("thing", "#starts flow", CERTAIN), ("written", "#effect flow", CERTAIN))
    gate = net.gate("#gate flow")
    net.keep(net.node("#starts flow"), gate)
    net.keep(net.node("#effect flow"), gate)
    net.keep(gate, net.node("flow"))

    assert _told(net) == {"thing": [], "written": ["flow"], "flow": []}


@st.composite
def dead_nets(draw: st.DrawFn) -> Net:
    net = Net()
    for number in range(draw(st.integers(2, 8))):
        net.node(f"n{number}")
    plain = st.integers(0, len(net) - 1)
    for keeper, kept in draw(st.lists(st.tuples(plain, plain), max_size=12)):
        net.keep(keeper, kept)
    for number in range(draw(st.integers(0, 2))):
        first, second, kept = draw(st.tuples(plain, plain, plain))
        if first != second:
            gate = net.gate(f"g{number}")
            net.keep(first, gate)
            net.keep(second, gate)
            net.keep(gate, kept)
    return net


def _without(net: Net, gone: set[int]) -> Net:
    left = Net(list(net.names), dict(net.index), list(net.roots), list(net.needs), [])
    for node, arrows in enumerate(net.arrows):
        left.arrows.append([] if node in gone else [each for each in arrows if each >> 3 not in gone])
    return left


@settings(max_examples=300, deadline=None)
@given(dead_nets())
def test_what_is_told_to_go_would_not_live_without_the_thing_even_if_all_heads_were_in_use(net: Net) -> None:
    sets = retained_of(net, [DEAD] * len(net))

    for node in range(len(net)):
        ring = {other for other, root in enumerate(sets.inside.roots) if root == sets.inside.roots[node]}
        used = [OBSERVED if root in sets.inside.anchors else DEAD for root in sets.inside.roots]
        left = solve_from(_without(net, ring), [DEAD if each in ring else used[each] for each in range(len(net))])
        assert {net.names[each]: left.levels[each] for each in sets.members(node)} == dict.fromkeys(
            (net.names[each] for each in sets.members(node)), DEAD
        )
