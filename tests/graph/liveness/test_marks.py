"""The solver against the definition: tables of small nets, and random nets against a naive fixpoint."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.graph.liveness.marks import ROOT, Marks, solve, solve_from
from auditor.graph.liveness.net import (
    CERTAIN,
    DISPLAY,
    EFFECT,
    LIMITS,
    PERHAPS,
    SEEN,
    Net,
    helped,
    helper_name,
    is_helper,
    role_of,
    unpack,
)
from auditor.model.liveness import DEAD, OBSERVED, POSSIBLE, SHOWN, UNREAD, Showing, is_candidate, truth_of
from auditor.model.truth import Truth

STRENGTHS = (DISPLAY, PERHAPS, CERTAIN, SEEN)


def net_of(roots: dict[str, int], arrows: str, gates: tuple[str, ...] = ()) -> Net:
    """A net from `a>b c?>d e~>f e!>f`: certain, possible, shown, surely shown."""
    net = Net()
    for gate in gates:
        net.gate(gate)
    for arrow in arrows.split():
        keeper, _, kept = arrow.partition(">")
        strength = {"?": PERHAPS, "~": DISPLAY, "!": SEEN}.get(keeper[-1], CERTAIN)
        net.keep(net.node(keeper.rstrip("?~!")), net.node(kept), strength)
    for name, level in roots.items():
        net.root(net.node(name), level)
    return net


def levels_of(net: Net, showing: Showing = Showing.POSSIBLE) -> dict[str, int]:
    return dict(zip(net.names, solve(net, showing).levels, strict=True))


@pytest.mark.parametrize(
    ("roots", "arrows", "gates", "expected"),
    [
        pytest.param({"r": OBSERVED}, "r>a a>b", (), {"r": 4, "a": 4, "b": 4}, id="what is read lives"),
        pytest.param({}, "a>b b>a", (), {"a": 0, "b": 0}, id="a cycle does not keep itself"),
        pytest.param({"r": POSSIBLE}, "r>a", (), {"r": 3, "a": 3}, id="a possible root keeps possibly"),
        pytest.param({"r": OBSERVED}, "r?>a a>b", (), {"r": 4, "a": 3, "b": 3}, id="a possible mention weakens"),
        pytest.param(
            {"r": OBSERVED, "q": POSSIBLE}, "q>a r>b b>a", (), {"q": 3, "a": 4, "r": 4, "b": 4},
            id="the strongest way counts",
        ),
        pytest.param({"r": OBSERVED}, "r~>a", (), {"r": 4, "a": 2}, id="showing keeps a candidate at most"),
        pytest.param({"a": UNREAD}, "a>b", (), {"a": 1, "b": 1}, id="an unwatched way of reading is the weakest"),
        pytest.param({"f": OBSERVED}, "f>g# e>g#", ("g#",), {"g#": 0, "f": 4, "e": 0}, id="a gate needs both"),
        pytest.param(
            {"f": OBSERVED, "e": POSSIBLE}, "f>g# e>g# g#>x", ("g#",), {"g#": 3, "f": 4, "e": 3, "x": 3},
            id="a gate is as strong as its weakest arrow",
        ),
        pytest.param(
            {"f": OBSERVED, "e": OBSERVED}, "f>g# e?>g#", ("g#",), {"g#": 3, "f": 4, "e": 4},
            id="a possible arrow weakens a gate, too",
        ),
    ],
)  # fmt: skip
def test_levels(roots: dict[str, int], arrows: str, gates: tuple[str, ...], expected: dict[str, int]) -> None:
    actual = levels_of(net_of(roots, arrows, gates))
    assert expected == actual


@pytest.mark.parametrize(
    ("showing", "expected"),
    [
        (Showing.KEEPS, {"page": 4, "perhaps": POSSIBLE, "surely": OBSERVED}),
        (Showing.POSSIBLE, {"page": 4, "perhaps": SHOWN, "surely": SHOWN}),
        (Showing.IGNORED, {"page": 4, "perhaps": DEAD, "surely": DEAD}),
    ],
)
def test_what_showing_counts_for(showing: Showing, expected: dict[str, int]) -> None:
    actual = levels_of(net_of({"page": OBSERVED}, "page~>perhaps page!>surely"), showing)
    assert expected == actual


def test_parents_give_the_shortest_chain() -> None:
    net = net_of({"r": OBSERVED}, "r>a a>b b>x r>x")
    marks = solve(net)
    actual = {
        net.names[node]: parent if parent == ROOT else net.names[parent]
        for node, parent in enumerate(marks.parents)
    }
    assert actual == {"r": ROOT, "a": "r", "b": "a", "x": "r"}


def test_a_name_and_its_alias_are_one_node() -> None:
    net = net_of({"r": OBSERVED}, "r>contact")
    net.alias("person", net.node("contact"))
    assert net.node("person") == net.node("contact")
    assert Truth.TRUE is solve(net).truth(net.node("person"))


def test_arrows_turned_round_lead_back() -> None:
    net = net_of({}, "a>b c?>b")
    actual = [[unpack(packed) for packed in packed_arrows] for packed_arrows in net.keepers]
    assert actual == [[], [(0, CERTAIN), (2, PERHAPS)], []]
    assert list(net.kept_by(0)) == [(1, CERTAIN)]


@pytest.mark.parametrize(
    ("level", "truth", "candidate"),
    [
        (OBSERVED, Truth.TRUE, False),
        (POSSIBLE, Truth.UNKNOWN, False),
        (SHOWN, Truth.UNKNOWN, True),
        (UNREAD, Truth.UNKNOWN, True),
        (DEAD, Truth.FALSE, True),
    ],
)
def test_levels_as_answers(level: int, truth: Truth, candidate: bool) -> None:
    assert (truth, candidate) == (truth_of(level), is_candidate(level))


def test_helpers_are_told_by_their_names() -> None:
    assert [is_helper(helper_name(EFFECT, "crm:flow/X")), is_helper("crm:report/Sales #")] == [True, False]
    made = helper_name(EFFECT, "crm:workflow_rule/Order gate#")
    assert (helped(made), role_of(made)) == ("crm:workflow_rule/Order gate#", EFFECT)
    assert (helped("crm:report/A b"), role_of("crm:report/A b")) == ("crm:report/A b", "")


# Random nets against the definition


@dataclass(frozen=True)
class Drawn:
    """Roots, gates and arrows of a random net."""

    roots: tuple[int, ...]
    gates: frozenset[int]
    arrows: tuple[tuple[int, int, int], ...]

    def net(self, roots: tuple[int, ...] | None = None) -> Net:
        net = Net()
        entering = [
            len({arrow[0] for arrow in self.arrows if arrow[1] == node}) for node in range(len(self.roots))
        ]
        for node in range(len(self.roots)):
            net.gate(str(node), max(1, entering[node]) if node in self.gates else 1)
        for node, level in enumerate(self.roots if roots is None else roots):
            net.root(node, level)
        for arrow in self.arrows:
            net.keep(*arrow)
        return net


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    count = draw(st.integers(1, 9))
    node = st.integers(0, count - 1)
    pairs = draw(st.sets(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=25))
    return Drawn(
        tuple(draw(st.lists(st.sampled_from((0, 0, 1, 2, 3, 4)), min_size=count, max_size=count))),
        frozenset(draw(st.sets(node, max_size=3))),
        tuple((*pair, draw(st.sampled_from(STRENGTHS))) for pair in sorted(pairs)),
    )


def naive(net: Net, showing: Showing) -> list[int]:
    """Raise levels until nothing moves: each node to the best it has by itself or through its arrows."""
    levels = list(net.roots)
    incoming = [[unpack(packed) for packed in packed_arrows] for packed_arrows in net.keepers]
    moved = True
    while moved:
        moved = False
        for node, keepers in enumerate(incoming):
            through = sorted((min(levels[k], LIMITS[showing][s]) for k, s in keepers), reverse=True)
            needed = net.needs[node]
            best = max(levels[node], through[needed - 1] if len(through) >= needed else 0)
            moved |= best > levels[node]
            levels[node] = best
    return levels


@given(drawn(), st.sampled_from(Showing))
def test_the_solver_gives_the_least_fixpoint(case: Drawn, showing: Showing) -> None:
    net = case.net()
    assert naive(net, showing) == solve(net, showing).levels


@given(drawn(), st.integers(0, 8), st.sampled_from(Showing))
def test_more_evidence_never_weakens_anything(case: Drawn, which: int, showing: Showing) -> None:
    roots = list(case.roots)
    roots[which % len(roots)] = OBSERVED
    before, after = solve(case.net(), showing), solve_from(case.net(), roots, showing)
    assert [node for node, level in enumerate(before.levels) if after.levels[node] < level] == []


@given(drawn(), st.data(), st.sampled_from(Showing))
def test_settling_an_open_root_never_flips_what_was_decided(
    case: Drawn, data: st.DataObject, showing: Showing
) -> None:
    settled = tuple(
        data.draw(st.sampled_from((0, OBSERVED))) if 0 < level < OBSERVED else level for level in case.roots
    )
    before, after = solve(case.net(), showing), solve(case.net(settled), showing)
    flipped = [node for node in range(len(settled)) if _decided(before, node) and not _same(before, after, node)]
    assert flipped == []


@given(drawn(), st.sampled_from(Showing))
def test_parents_lead_to_a_root(case: Drawn, showing: Showing) -> None:
    marks = solve(case.net(), showing)
    for node, level in enumerate(marks.levels):
        seen: set[int] = set()
        while level and marks.parents[node] != ROOT:
            assert node not in seen
            seen.add(node)
            assert marks.levels[marks.parents[node]] >= level
            node = marks.parents[node]
        assert not level or case.roots[node] > 0


def _decided(marks: Marks, node: int) -> bool:
    return marks.truth(node) is not Truth.UNKNOWN


def _same(one: Marks, other: Marks, node: int) -> bool:
    return one.truth(node) is other.truth(node)
