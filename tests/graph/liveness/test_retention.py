"""Retained sets on the net of liveness."""

from __future__ import annotations

from auditor.graph.liveness.marks import solve
from auditor.graph.liveness.net import CERTAIN, DISPLAY, PERHAPS, Net
from auditor.graph.liveness.retention import retained_of
from auditor.model.liveness import OBSERVED, SHOWN, UNREAD


def _told(net: Net) -> dict[str, list[str]]:
    sets = retained_of(net, solve(net).levels)
    return {
        name: [net.names[each] for each in sets.members(node)]
        for node, name in enumerate(net.names)
        if node in sets and not name.endswith("#")
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
    net = _woven(("report", "written", CERTAIN), ("written", "flow effect#", CERTAIN), ("flow", "read", CERTAIN))
    starts, gate = net.node("flow starts#"), net.gate("flow gate#")
    net.keep(starts, gate)
    net.keep(net.node("flow effect#"), gate)
    net.keep(gate, net.node("flow"))
    net.root(starts, OBSERVED)

    assert _told(net) == {
        "report": ["written", "flow", "read"],
        "written": ["flow", "read"],
        "flow": ["read"],
        "read": [],
    }


def test_automation_that_neither_starts_nor_has_an_effect_is_told_by_its_effect() -> None:
    net = _woven(("thing", "flow starts#", CERTAIN), ("written", "flow effect#", CERTAIN))
    gate = net.gate("flow gate#")
    net.keep(net.node("flow starts#"), gate)
    net.keep(net.node("flow effect#"), gate)
    net.keep(gate, net.node("flow"))

    assert _told(net) == {"thing": [], "written": ["flow"], "flow": []}
