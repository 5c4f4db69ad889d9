"""Which ERP objects a CRM object may repeat: by name, by the words of all fields, and by pairs of fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from math import log, sqrt

from auditor.dataclasses import dataclass
from auditor.matching.counterpart import COMMON, Bag, Counterpart, Head, bag_of
from auditor.matching.fields import glance
from auditor.matching.lens import Lens
from auditor.matching.reading import ObjectReading
from auditor.matching.scales import OBJECT_SIGNALS, Scales, probability
from auditor.matching.weighing import WeighedObject, asking, weigh

_SHORTLIST = 40
_LOOKED_INTO = 12
"""Of the shortlist: how many have their fields compared."""
_PAIRED = OBJECT_SIGNALS.index("pairs")
_NEAR = 0.6
_NAMES, _WORDS = 1.5, 4.0
"""What the words of the name and those of all fields count in the search."""


@dataclass(frozen=True, slots=True)
class ObjectPair:
    """Two objects that may hold the same: their places in the input, the signals, and the odds."""

    crm: int
    erp: int
    signals: tuple[float, ...]
    odds: float

    @property
    def score(self) -> float:
        """How likely it is, 0..1."""
        return probability(self.odds)


class Ranking:
    """Ranks the objects of an ERP for each of some objects of a CRM."""

    def __init__(self, crm: Sequence[ObjectReading], erp: Counterpart, lens: Lens, scales: Scales) -> None:
        self._crm, self._erp, self._lens, self._scales = crm, erp, lens, scales
        self.crm_weighed = cache(self._weighed)

    def ranked(self, number: int, count: int) -> list[ObjectPair]:
        """The ERP objects for the CRM object of this number, best first."""
        bag = bag_of(self._crm[number], self._lens)
        found = [self._look(number, other, bag) for other in self._shortlist(number, bag)]
        found.sort(key=_best_first)
        size = max(1, sum(each.shared <= COMMON for each in self._crm[number].fields))
        looked = [self._look_into(pair, size) for pair in found[:_LOOKED_INTO]]
        return sorted(looked + found[_LOOKED_INTO:], key=_best_first)[:count]

    def _weighed(self, number: int) -> WeighedObject:
        return asking(weigh(self._crm[number], self._lens), self._lens)

    def _shortlist(self, number: int, bag: Bag) -> list[int]:
        near = self._lens.wording.near
        query: dict[str, float] = {}
        for term in self._crm[number].terms:
            for other in sorted(near.get(term, ())):  # sums depend on the order to the last digit
                query[f"={other}"] = _NEAR * _NAMES
        for term in self._crm[number].terms:
            query[f"={term}"] = _NAMES
        wanted = ((term, _WORDS * weight) for term, weight in bag.items())
        return [other for _, other in self._erp.nearest(chain(query.items(), wanted), _SHORTLIST)]

    def _look(self, crm: int, erp: int, bag: Bag) -> ObjectPair:
        head = self._erp.head(erp)
        signals = self._signals(self._crm[crm].terms, bag, head)
        return ObjectPair(crm, erp, signals, self._scales.objects.weigh(signals))

    def _signals(self, mine: Sequence[str], bag: Bag, head: Head) -> tuple[float, ...]:
        theirs, other = head.terms, head.bag
        there, back = cover_names(mine, theirs, self._lens), cover_names(theirs, mine, self._lens)
        return (
            2 * there * back / (there + back) if there + back else 0.0,
            there,
            back,
            sum(weight * other[term] for term, weight in bag.items() if term in other),
            sum(weight * weight for term, weight in other.items() if term in bag),
            0.0,
            self._wrong_side(mine, theirs),
            log(1 + head.size) / 5,
        )

    def _look_into(self, pair: ObjectPair, size: int) -> ObjectPair:
        theirs = self._erp.weighed(pair.erp)
        likely = glance(self.crm_weighed(pair.crm), theirs, self._lens, self._scales)
        could = sqrt(size * max(1, len(theirs.fields)))
        signals = (*pair.signals[:_PAIRED], min(1.0, likely / could), *pair.signals[_PAIRED + 1 :])
        return ObjectPair(pair.crm, pair.erp, signals, self._scales.objects.weigh(signals))

    def _wrong_side(self, crm: Sequence[str], erp: Sequence[str]) -> float:
        """A CRM looks at customers: what the ERP buys is no counterpart of what does not speak of buying."""
        buying = self._lens.wording.buying
        return float(not buying.isdisjoint(erp) and buying.isdisjoint(crm))


def cover_names(have: Sequence[str], wanted: Sequence[str], lens: Lens) -> float:
    """Which share of the wanted words of an object's name another one's has, the rare ones first; 0..1."""
    near, rarity = lens.wording.near, lens.object_rarity
    total = found = 0.0
    for term in wanted:
        weight = rarity.get(term, 1.0)
        total += weight
        if term in have:
            found += weight
        elif not near.get(term, frozenset()).isdisjoint(have):
            found += _NEAR * weight
    return found / total if total else 0.0


def _best_first(pair: ObjectPair) -> tuple[float, int]:
    return (-pair.odds, pair.erp)
