"""Fields of two aligned objects: candidates from an index, signals, rivals, and a score for each pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.matching.lens import Lens
from auditor.matching.scales import Scales, probability
from auditor.matching.signals import measure
from auditor.matching.weighing import PLATFORM, WeighedObject

_CANDIDATES = 10
"""Partners looked at closely for each CRM field."""
_FLOOR = 0.25
"""Of the best candidate's score: what shares less of the words is not looked at."""
_GLANCED, _GLANCE_FLOOR = 2, 0.6
"""The same, where only a rough answer is wanted."""
_FAR = 4.0
"""Beyond so much of a lead (in odds), more makes no difference."""
_REACH = 2
"""Siblings on either side that count as beside a field."""
_BLOCK = 3
_LIKELY = -1.0
"""Odds from which a neighbour counts as matched."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fields that may hold the same: their places in their objects, the signals, and the odds."""

    crm: int
    erp: int
    signals: tuple[float, ...]
    first: float
    odds: float


def compare(crm: WeighedObject, erp: WeighedObject, lens: Lens, scales: Scales) -> list[Pair]:
    """Every pair of fields worth a look, with its score; sorted by the CRM field and then best first."""
    found = first_look(crm, erp, lens, scales)
    return judged(found, scales)


def first_look(crm: WeighedObject, erp: WeighedObject, lens: Lens, scales: Scales) -> list[Pair]:
    """The candidates of each CRM field, each measured by itself."""
    contexts = (crm.context, erp.context)
    near = lens.wording.near
    weigh = scales.first.weigh
    pairs = []
    for number, query in crm.queries:
        field = crm.fields[number]
        for _, other in erp.index.nearest(query, _CANDIDATES, _FLOOR):
            signals = measure(field, erp.fields[other], contexts, near)
            odds = weigh(signals)
            pairs.append(Pair(number, other, signals, odds, odds))
    return pairs


def glance(crm: WeighedObject, erp: WeighedObject, lens: Lens, scales: Scales) -> float:
    """Roughly how many fields find a partner, one to one, without regard to rivals."""
    contexts = (crm.context, erp.context)
    near = lens.wording.near
    weigh = scales.first.weigh
    found = []
    for number, query in crm.queries:
        field = crm.fields[number]
        if field.reading.shared > PLATFORM:
            continue
        for _, other in erp.index.nearest(query, _GLANCED, _GLANCE_FLOOR):
            found.append((-weigh(measure(field, erp.fields[other], contexts, near)), number, other))
    taken_crm: set[int] = set()
    taken_erp: set[int] = set()
    likely = 0.0
    for odds, mine, theirs in sorted(found):
        if mine not in taken_crm and theirs not in taken_erp:
            taken_crm.add(mine)
            taken_erp.add(theirs)
            likely += probability(-odds)
    return likely


def judged(pairs: Sequence[Pair], scales: Scales) -> list[Pair]:
    """The same pairs, each seen among its rivals."""
    leads = _Leads(pairs)
    final = scales.final
    out = []
    for pair in pairs:
        signals = pair.signals + leads.among(pair)
        out.append(Pair(pair.crm, pair.erp, signals, pair.first, final.weigh(signals)))
    out.sort(key=lambda pair: (pair.crm, -pair.odds, pair.erp))
    return out


class _Leads:
    """Who leads whom by how much, among the pairs of two objects."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._crm = _top_two((pair.crm, pair.first) for pair in pairs)
        self._erp = _top_two((pair.erp, pair.first) for pair in pairs)
        self._crm_taken: dict[int, float] = {}
        self._erp_taken: dict[int, float] = {}
        self._partner: dict[int, int] = {}
        for pair in sorted(pairs, key=lambda pair: (-pair.first, pair.crm, pair.erp)):
            if pair.crm not in self._crm_taken and pair.erp not in self._erp_taken:
                self._crm_taken[pair.crm] = self._erp_taken[pair.erp] = pair.first
                if pair.first > _LIKELY:
                    self._partner[pair.crm] = pair.erp

    def among(self, pair: Pair) -> tuple[float, ...]:
        """The signals of `AMONG`."""
        return (
            _lead(self._crm[pair.crm], pair.first),
            _loss(self._crm_taken.get(pair.crm), pair.first),
            _lead(self._erp[pair.erp], pair.first),
            _loss(self._erp_taken.get(pair.erp), pair.first),
            self._beside(pair),
        )

    def _beside(self, pair: Pair) -> float:
        partner = self._partner
        hits = 0
        for step in range(1, _REACH + 1):
            for sibling in (pair.crm - step, pair.crm + step):
                place = partner.get(sibling)
                hits += place is not None and abs(place - pair.erp) <= _BLOCK
        return hits / (2 * _REACH)


def _lead(top: tuple[float, float], odds: float) -> float:
    """How far a pair leads all others, 0..1."""
    best, second = top
    return min(_FAR, odds - second) / _FAR if odds >= best else 0.0


def _loss(taken: float | None, odds: float) -> float:
    """How far a pair stays behind the one that took its field, 0..1."""
    return min(_FAR, max(0.0, taken - odds)) / _FAR if taken is not None else 0.0


def _top_two(odds: Iterable[tuple[int, float]]) -> dict[int, tuple[float, float]]:
    """The best and the second best by number; far off where there is no second."""
    top: dict[int, tuple[float, float]] = {}
    for number, value in odds:
        best, second = top.get(number, (-99.0, -99.0))
        if value > best:
            top[number] = (value, best)
        elif value > second:
            top[number] = (best, value)
    return top
