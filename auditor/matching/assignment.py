"""From scored pairs to partners: one to one, or several ERP fields for one CRM field where that is meant."""

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


def with_more(pairs: Sequence[Pair], chosen: Sequence[Pair], least: float) -> list[Pair]:
    """The chosen pairs, and each other one that is likely in its own right: one field may be kept in several."""
    have = {(pair.crm, pair.erp) for pair in chosen}
    more = [pair for pair in pairs if pair.odds >= least and (pair.crm, pair.erp) not in have]
    return sorted([*chosen, *more], key=_best_first)


def _best_first(pair: Pair) -> tuple[float, int, int]:
    return (-pair.odds, pair.crm, pair.erp)
