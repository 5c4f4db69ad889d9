"""Who keeps each other in turn after any change is found as if the whole net were walked."""

from __future__ import annotations

from random import Random

import pytest

from auditor.graph.liveness.altered import AlteredNet
from auditor.graph.liveness.circles import Rearranged, Side, circles_after, circles_of
from auditor.graph.liveness.net import CERTAIN, Net, Woven, unpack


def net_of(random: Random, count: int) -> Net:
    """A random net with few arrows, so that there are circles and ways that close none."""
    net = Net()
    for number in range(count):
        net.node(f"crm:N{number}")
    for _ in range(int(count * 1.2)):
        net.keep(random.randrange(count), random.randrange(count))
    return net


def arrows_of(net: Woven) -> set[tuple[int, int]]:
    return {(node, unpack(packed)[0]) for node in range(len(net)) for packed in net.arrows[node]}


def altered(net: AlteredNet, random: Random) -> None:
    for _ in range(random.randint(0, 4)):
        keeper = random.randrange(len(net))
        if random.random() < 0.4:
            net.keep(keeper, random.randrange(len(net)), CERTAIN)
        elif random.random() < 0.2:
            net.keep(net.node(f"crm:N{len(net)}"), keeper, CERTAIN)
        elif net.arrows[keeper]:
            net.free(keeper, *unpack(net.arrows[keeper][0]))


@pytest.mark.parametrize("size", [4, 10, 40], ids=lambda size: f"{size} nodes")
def test_circles_after_a_change_are_those_of_the_whole_net(size: int) -> None:
    for seed in range(400):
        random = Random(f"{seed}/{size}")
        net = net_of(random, size)
        taking = {node for node in range(size) if random.random() < 0.8}
        before = circles_of(net, taking.__contains__)
        laid = AlteredNet(net)
        altered(laid, random)
        now = {node for node in range(len(laid)) if (node in taking) != (random.random() < 0.1)}
        old, new = arrows_of(net), arrows_of(laid)
        out, into = {node for node in taking if node not in now}, {node for node in now if node not in taking}
        change = Rearranged(old - new, new - old, out, into)

        found = circles_after(before, Side(laid, now.__contains__), change)

        expected = circles_of(laid, now.__contains__)
        assert [node in found for node in range(len(laid))] == [node in expected for node in range(len(laid))]
