"""Which ERP objects a CRM object may repeat: by name, by the words of all fields, and by pairs of fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from math import log, sqrt

from auditor.dataclasses import dataclass
from auditor.matching.fields import glance
from auditor.matching.postings import Postings
from auditor.matching.reading import FieldReading, Lens, ObjectReading
from auditor.matching.scales import OBJECT_SIGNALS, Scales, probability
from auditor.matching.weighing import asking, weigh

_PLATFORM = 0.3
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
    """Ranks the objects of an ERP for each object of a CRM. Made once for two schemas."""

    def __init__(
        self, crm: Sequence[ObjectReading], erp: Sequence[ObjectReading], lens: Lens, scales: Scales
    ) -> None:
        self._crm, self._erp, self._lens, self._scales = crm, erp, lens, scales
        self._rarity = _rarity((*crm, *erp))
        self._sizes = [max(1, sum(map(_own, each.fields))) for each in crm]
        self._erp_bags = [_bag(each, lens) for each in erp]
        self._index = Postings([self._document(number) for number in range(len(erp))])
        self.crm_weighed = cache(lambda number: asking(weigh(crm[number], lens), lens))
        self.erp_weighed = cache(lambda number: weigh(erp[number], lens))

    def ranked(self, number: int, count: int) -> list[ObjectPair]:
        """The ERP objects for the CRM object of this number, best first."""
        bag = _bag(self._crm[number], self._lens)
        found = [self._look(number, other, bag) for other in self._shortlist(number, bag)]
        found.sort(key=_best_first)
        looked = [self._look_into(pair) for pair in found[:_LOOKED_INTO]]
        return sorted(looked + found[_LOOKED_INTO:], key=_best_first)[:count]

    def _shortlist(self, number: int, bag: Mapping[str, float]) -> list[int]:
        near = self._lens.wording.near
        query: dict[str, float] = {}
        for term in self._crm[number].terms:
            for other in near.get(term, ()):
                query[f"={other}"] = _NEAR * _NAMES
        for term in self._crm[number].terms:
            query[f"={term}"] = _NAMES
        wanted = ((term, _WORDS * weight) for term, weight in bag.items())
        found = self._index.nearest(chain(query.items(), wanted), _SHORTLIST, 0.0)
        return [other for _, other in found]

    def _document(self, number: int) -> dict[str, float]:
        terms = self._erp[number].terms
        names = {f"={term}": self._rarity.get(term, 1.0) for term in terms}
        total = sum(names.values()) or 1.0
        bag = self._erp_bags[number]
        size = sum(bag.values()) or 1.0
        return {key: value / total for key, value in names.items()} | {
            key: value / size for key, value in bag.items()
        }

    def _look(self, crm: int, erp: int, bag: Mapping[str, float]) -> ObjectPair:
        mine, theirs = self._crm[crm].terms, self._erp[erp].terms
        there, back = self._cover(mine, theirs), self._cover(theirs, mine)
        other = self._erp_bags[erp]
        signals = (
            2 * there * back / (there + back) if there + back else 0.0,
            there,
            back,
            sum(weight * other[term] for term, weight in bag.items() if term in other),
            sum(weight * weight for term, weight in other.items() if term in bag),
            0.0,
            self._wrong_side(mine, theirs),
            log(1 + len(self._erp[erp].fields)) / 5,
        )
        return ObjectPair(crm, erp, signals, self._scales.objects.weigh(signals))

    def _look_into(self, pair: ObjectPair) -> ObjectPair:
        likely = glance(self.crm_weighed(pair.crm), self.erp_weighed(pair.erp), self._lens, self._scales)
        could = sqrt(self._sizes[pair.crm] * max(1, len(self._erp[pair.erp].fields)))
        signals = (*pair.signals[:_PAIRED], min(1.0, likely / could), *pair.signals[_PAIRED + 1 :])
        return ObjectPair(pair.crm, pair.erp, signals, self._scales.objects.weigh(signals))

    def _wrong_side(self, crm: Sequence[str], erp: Sequence[str]) -> float:
        """A CRM looks at customers: what the ERP buys is no counterpart of what does not speak of buying."""
        buying = self._lens.wording.buying
        return float(not buying.isdisjoint(erp) and buying.isdisjoint(crm))

    def _cover(self, have: Sequence[str], wanted: Sequence[str]) -> float:
        near = self._lens.wording.near
        total = found = 0.0
        for term in wanted:
            weight = self._rarity.get(term, 1.0)
            total += weight
            if term in have:
                found += weight
            elif not near.get(term, frozenset()).isdisjoint(have):
                found += _NEAR * weight
        return found / total if total else 0.0


def _own(field: FieldReading) -> bool:
    return field.shared <= _PLATFORM


def _best_first(pair: ObjectPair) -> tuple[float, int]:
    return (-pair.odds, pair.erp)


def _bag(item: ObjectReading, lens: Lens) -> dict[str, float]:
    """The words of all fields that are the object's own, weighed and of length 1."""
    counts: Counter[str] = Counter()
    for field in item.fields:
        if _own(field):
            counts.update({*field.terms, *field.label} - lens.wording.naming)
    weights = {term: (1 + log(1 + count)) * lens.weight(term) for term, count in counts.items()}
    size = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / size for term, weight in weights.items()}


def _rarity(objects: Sequence[ObjectReading]) -> dict[str, float]:
    counts = Counter(chain.from_iterable(each.terms for each in objects))
    top = log(1 + len(objects))
    return {term: log(1 + len(objects) / count) / top for term, count in counts.items()} if top > 1 else {}
