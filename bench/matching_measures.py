"""The measures that gold sets of matching are scored with, for cross-validation; the judge is gold/…/score.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair of fields of a map with its odds (None: it was no candidate) and whether it is published."""

    crm_object: str
    erp_object: str
    crm_field: str
    erp_field: str
    odds: float | None
    right: bool
    described: bool
    """Whether more than the name is known of the CRM field."""

    @property
    def map(self) -> tuple[str, str]:
        """The two objects."""
        return self.crm_object, self.erp_object


def measures(rows: Iterable[Scored], described: bool) -> str:
    """Recall among the first as many as are published, mean reciprocal rank, and the best F1 one to one.

    Only described fields, or all with the published pairs of the others.
    """
    maps: dict[tuple[str, str], list[Scored]] = {}
    for row in rows:
        if row.described == described or not (described or row.right):
            maps.setdefault(row.map, []).append(row)
    kept = {name: sorted(each, key=_best_first) for name, each in maps.items() if any(row.right for row in each)}
    recall = [_recall(each) for each in kept.values()]
    ranks = [_reciprocal(each) for each in kept.values()]
    chosen = [row for each in kept.values() for row in _one_to_one(each)]
    total = sum(row.right for each in kept.values() for row in each)
    return (
        f"Recall@GT {sum(recall) / len(recall):.3f}  MRR {sum(ranks) / len(ranks):.3f}  "
        f"F1 {_best_f1(chosen, total):.3f}  ({len(kept)} maps, {total} pairs)"
    )


def rank_measures(rows: Sequence[Scored]) -> str:
    """Which share of the published pairs stands first, and among the first three, for its CRM field."""
    fields: dict[tuple[str, str, str], list[Scored]] = {}
    for row in rows:
        fields.setdefault((*row.map, row.crm_field), []).append(row)
    places = [
        place for each in fields.values() for place, row in enumerate(sorted(each, key=_best_first)) if row.right
    ]
    found = {1: 0, 3: 0}
    for each in fields.values():
        for place, row in enumerate(sorted(each, key=_best_first)):
            for depth in found:
                found[depth] += row.right and row.odds is not None and place < depth
    return f"first {found[1] / len(places):.3f}  among three {found[3] / len(places):.3f}  ({len(places)} pairs)"


def object_measures(rows: Iterable[tuple[str, str, float, bool]]) -> str:
    """For how many CRM objects a mapped ERP object stands first, and among the first five."""
    objects: dict[str, list[tuple[float, str, bool]]] = {}
    for crm, erp, odds, right in rows:
        objects.setdefault(crm, []).append((-odds, erp, right))
    places = [
        next((place for place, row in enumerate(sorted(each)) if row[2]), len(each)) for each in objects.values()
    ]
    count = len(places)
    return (
        f"first {sum(place < 1 for place in places) / count:.3f}  "
        f"among five {sum(place < 5 for place in places) / count:.3f}  ({count} objects)"
    )


def alone_measures(rows: Iterable[tuple[tuple[str, str], float, bool]]) -> str:
    """For how many fields a right one stands first among the whole ERP, and among the first five."""
    fields: dict[tuple[str, str], list[tuple[float, bool]]] = {}
    for field, odds, right in rows:
        fields.setdefault(field, []).append((-odds, right))
    places = [
        next((place for place, row in enumerate(sorted(each)) if row[1]), len(each)) for each in fields.values()
    ]
    count = len(places)
    return (
        f"first {sum(place < 1 for place in places) / count:.3f}  "
        f"among five {sum(place < 5 for place in places) / count:.3f}  ({count} fields)"
    )


def reliability(rows: Iterable[tuple[float, bool]]) -> str:
    """By tenths of the score, from the logarithm of the odds: how many there are and which share is right."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for odds, right in rows:
        score = 1 / (1 + exp(-max(-60.0, odds)))
        tenths.setdefault(min(9, int(10 * score)), []).append((score, right))
    lines = []
    for tenth, found in sorted(tenths.items()):
        said, came_true = sum(score for score, _ in found), sum(right for _, right in found)
        lines.append(
            f"  {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}  {len(found):6d} pairs  "
            f"said {said / len(found):.2f}  came true {came_true / len(found):.2f}"
        )
    return "\n".join(lines)


def _best_first(row: Scored) -> tuple[float, str, str]:
    return (-row.odds if row.odds is not None else -_NEVER, row.crm_field, row.erp_field)


def _recall(rows: Sequence[Scored]) -> float:
    total = sum(row.right for row in rows)
    return sum(row.right and row.odds is not None for row in rows[:total]) / total


def _reciprocal(rows: Sequence[Scored]) -> float:
    fields: dict[str, list[Scored]] = {}
    for row in rows:
        fields.setdefault(row.crm_field, []).append(row)
    wanted = [each for each in fields.values() if any(row.right for row in each)]
    return sum(map(_first_right, wanted)) / len(wanted)


def _first_right(rows: Sequence[Scored]) -> float:
    for place, row in enumerate(rows):
        if row.right:
            return 1 / (place + 1) if row.odds is not None else 0.0
    return 0.0


def _one_to_one(rows: Sequence[Scored]) -> list[Scored]:
    crm: set[str] = set()
    erp: set[str] = set()
    chosen = []
    for row in rows:
        if row.odds is not None and row.crm_field not in crm and row.erp_field not in erp:
            crm.add(row.crm_field)
            erp.add(row.erp_field)
            chosen.append(row)
    return chosen


def _best_f1(chosen: Iterable[Scored], total: int) -> float:
    best = hits = 0.0
    for count, row in enumerate(sorted(chosen, key=_best_first), 1):
        hits += row.right
        best = max(best, 2 * hits / (count + total))
    return best
