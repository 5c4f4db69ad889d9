"""After any change to any net, the levels are those that solving the whole net gives."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from auditor.graph.liveness.altered import Altered, AlteredNet
from auditor.graph.liveness.marks import ROOT, Marks, solve
from auditor.graph.liveness.net import CERTAIN, DISPLAY, PERHAPS, SEEN, Net, unpack
from auditor.graph.liveness.rederiving import rederive
from auditor.model.liveness import DEAD, OBSERVED, Showing

STRENGTHS = (CERTAIN, CERTAIN, CERTAIN, PERHAPS, DISPLAY, SEEN)


def net_of(random: Random, count: int) -> Net:
    """A random net: a third of its nodes live by themselves at some level, a tenth are gates."""
    net = Net()
    plain = [net.node(f"crm:N{number}") for number in range(count)]
    for node in plain:
        if random.random() < 0.3:
            net.root(node, random.randint(1, OBSERVED))
        for _ in range(random.choice((0, 1, 1, 2, 4))):
            net.keep(node, random.choice(plain), random.choice(STRENGTHS))
    for number in range(count // 10):
        gate = net.gate(f"crm:G{number}")
        for keeper in random.sample(plain, 2):
            net.keep(keeper, gate, random.choice(STRENGTHS))
        net.keep(gate, random.choice(plain), CERTAIN)
    return net


def altered(net: AlteredNet, random: Random) -> set[int]:
    """Make a few random changes; the nodes whose root or incoming arrows they touch."""
    touched: set[int] = set()
    for _ in range(random.randint(1, 6)):
        touched |= random.choice((_root, _draw, _free, _free, _new))(net, random)
    return touched


def _root(net: AlteredNet, random: Random) -> set[int]:
    node = random.randrange(len(net))
    if net.needs[node] == 1:
        net.roots[node] = random.randint(DEAD, OBSERVED)
    return {node}


def _draw(net: AlteredNet, random: Random) -> set[int]:
    keeper, kept = random.randrange(len(net)), random.randrange(len(net))
    if net.needs[kept] == 1:
        net.keep(keeper, kept, random.choice(STRENGTHS))
    return {kept}


def _free(net: AlteredNet, random: Random) -> set[int]:
    keeper = random.randrange(len(net))
    if not net.arrows[keeper]:
        return set()
    kept, strength = unpack(random.choice(net.arrows[keeper]))
    net.free(keeper, kept, strength)
    return {kept}


def _new(net: AlteredNet, random: Random) -> set[int]:
    node = net.node(f"crm:N{len(net)}")
    net.roots[node] = random.choice((DEAD, DEAD, OBSERVED))
    kept = random.randrange(len(net))
    if net.needs[kept] == 1:
        net.keep(node, kept, CERTAIN)
    return {node, kept}


@pytest.mark.parametrize("showing", Showing, ids=lambda each: f"showing {each}")
@pytest.mark.parametrize("size", [5, 12, 40, 150], ids=lambda size: f"{size} nodes")
def test_after_changes_upon_changes_the_levels_are_those_of_the_whole_net(size: int, showing: Showing) -> None:
    for seed in range(40):
        random = Random(f"{seed}/{size}")
        net = AlteredNet(net_of(random, size))
        marks = solve(net, showing)
        for _ in range(4):
            found = rederive(net, marks, altered(net, random), showing)
            expected = solve(net, showing)
            old = [*marks.levels, *[DEAD] * (len(net) - len(marks.levels))]

            assert list(found.marks.levels) == expected.levels
            assert found.changed == {node for node, level in enumerate(expected.levels) if level != old[node]}
            assert_rooted(net, found.marks)
            marks = found.marks


def assert_rooted(net: AlteredNet, marks: Marks) -> None:
    """Every way from child to parent ends in what lives by itself, at no lower level on the way."""
    for start in range(len(net)):
        node, seen = start, set()
        while marks.levels[node] and marks.parents[node] != ROOT:
            assert node not in seen
            seen.add(node)
            assert marks.levels[marks.parents[node]] >= marks.levels[node]
            node = marks.parents[node]
        assert net.roots[node] >= marks.levels[start]


def test_a_ring_does_not_hold_itself_up() -> None:
    net = Net()
    root, one, other = (net.node(f"crm:{name}") for name in ("Root", "One", "Other"))
    net.root(root, OBSERVED)
    for keeper, kept in ((root, one), (one, other), (other, one)):
        net.keep(keeper, kept)
    laid = AlteredNet(net)
    laid.free(root, one, CERTAIN)

    found = rederive(laid, solve(net), [one], Showing.POSSIBLE)

    assert list(found.marks.levels) == [OBSERVED, DEAD, DEAD]
    assert found.changed == {one, other}


def test_what_is_far_from_a_change_is_never_asked() -> None:
    net = Net()
    chain = [net.node(f"crm:N{number}") for number in range(1000)]
    for keeper, kept in pairwise(chain):
        net.keep(keeper, kept)
    net.root(chain[0], OBSERVED)
    net.root(chain[500], OBSERVED)
    laid = AlteredNet(net)
    laid.free(chain[2], chain[3], CERTAIN)

    found = rederive(laid, solve(net), [chain[3]], Showing.POSSIBLE)

    assert found.changed == set(chain[3:500])
    assert isinstance(found.marks.levels, Altered)
    assert max(found.marks.levels.own) < 500


def test_a_node_that_is_gone_has_no_name_any_more() -> None:
    net = Net()
    net.alias("crm:Twin", net.node("crm:Gone"))
    laid = AlteredNet(net)
    laid.drop("crm:Gone")

    assert [laid.index.get(name) for name in ("crm:Gone", "crm:Twin")] == [None, None]
    assert laid.node("crm:Gone") == 1
    assert list(laid.index) == ["crm:Gone"]
