"""A net out of pieces is the net that was packed, and asking one node reads a page or two."""

from __future__ import annotations

from random import Random

import pytest

from auditor.graph.liveness.marks import Marks, solve
from auditor.graph.liveness.net import Net, Woven
from auditor.graph.liveness.packed import PackedNet, marks_of, packed_marks, packed_net
from auditor.graph.liveness.pieces import MissingPieceError
from tests.graph.liveness.test_rederiving import net_of


def contents(net: Woven) -> tuple[object, ...]:
    """Everything that a net tells."""
    lists = [[list(each) for each in arrows] for arrows in (net.arrows, net.keepers)]
    return list(net.names), dict(net.index), list(net.roots), list(net.needs), lists


@pytest.mark.parametrize("size", [0, 1, 7, 255, 256, 257, 1500], ids=lambda size: f"{size} nodes")
def test_a_net_comes_back_as_it_was(size: int) -> None:
    net = net_of(Random(size), size) if size > 1 else Net()
    if size:
        net.alias("crm:Ünder another\nname", net.node("crm:N0"))
    pieces = dict(packed_net(net))

    assert contents(PackedNet(pieces.get)) == contents(net)


def test_marks_come_back_as_they_were() -> None:
    marks = solve(net_of(Random(1), 700))
    pieces = dict(packed_marks("seen", marks))

    found = marks_of("seen", pieces.get)

    assert Marks(list(found.levels), list(found.parents)) == marks


def test_one_node_is_found_and_asked_by_a_few_pages() -> None:
    pieces, asked = dict(packed_net(net_of(Random(2), 20_000))), []

    def piece(name: str) -> bytes | None:
        asked.append(name)
        return pieces.get(name)

    net = PackedNet(piece)
    node = net.index["crm:N777"]
    told = net.names[node], list(net.arrows[node]), list(net.keepers[node])

    assert told[0] == "crm:N777"
    pages = sorted(name.rpartition("/")[0] for name in asked if name[-1].isdigit())
    assert pages == ["net/arrows", "net/keepers", "net/names"]


def test_a_name_that_nothing_bears_is_not_found() -> None:
    net = PackedNet(dict(packed_net(net_of(Random(3), 600))).get)

    assert [net.index.get(name) for name in ("", "crm:A", "crm:N1x", "~")] == [None] * 4


@pytest.mark.parametrize("missing", ["net/names/numbers", "net/roots", "net/arrows/0", "net/names/0"])
def test_a_piece_that_is_missing_is_said_to_be(missing: str) -> None:
    pieces = dict(packed_net(net_of(Random(4), 50)))
    del pieces[missing]

    with pytest.raises(MissingPieceError):
        contents(PackedNet(pieces.get))
