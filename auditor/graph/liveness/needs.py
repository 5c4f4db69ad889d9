"""What a field cannot do without, from the net of liveness: its object's keys, its inputs, its filters."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.graph.liveness.net import CERTAIN, Woven


def needs_of(net: Woven, data: Sequence[int] | bytearray) -> list[list[int]]:
    """For each object and field (`data`), the objects and fields that it surely keeps alive; nothing for others.

    What writes a field is none of its needs: it can be filled in another way.
    """
    return [
        [packed >> 3 for packed in arrows if packed & 7 == CERTAIN and data[packed >> 3]] if data[node] else []
        for node, arrows in enumerate(net.arrows)
    ]
