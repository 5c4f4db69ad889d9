"""What a file says of a field: the target, where, and how surely it is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a target (`Object.Field`) at an offset of the text.

    `certain`: it surely is this field. `reads`: it surely is read, as in the SELECT of a query. `end`: where the
    text that says so ends; 0 where only a tree around it does.
    """

    target: str
    offset: int
    certain: bool
    reads: bool = False
    end: int = 0

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Orders mentions of one target by what they prove, then by place."""
        return not self.certain, not self.reads, self.offset


class Explained:
    """The stretches of a text in which every name is told for certain."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        spans = sorted({(each.offset, each.end) for each in mentions if each.certain and each.end})
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __contains__(self, offset: int) -> bool:
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place]


def best_of(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """The mention of each target that proves most; of equal ones the first in the text."""
    best: dict[str, Mention] = {}
    for each in mentions:
        known = best.get(each.target)
        if known is None or each.rank < known.rank:
            best[each.target] = each
    return best
