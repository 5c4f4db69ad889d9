"""From scored pairs to partners, one to one."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.matching.fields import Pair


def one_to_one(pairs: Sequence[Pair], least: float = float("-inf")) -> list[Pair]:
    """The best partner of each field, the best pairs first; every field once, none below the least odds."""
    taken_crm: set[int] = set()
    taken_erp: set[int] = set()
    chosen = []
    for pair in sorted(pairs, key=_best_first):
        if pair.odds >= least and pair.crm not in taken_crm and pair.erp not in taken_erp:
            taken_crm.add(pair.crm)
            taken_erp.add(pair.erp)
            chosen.append(pair)
    return chosen


def _best_first(pair: Pair) -> tuple[float, int, int]:
    return (-pair.odds, pair.crm, pair.erp)
