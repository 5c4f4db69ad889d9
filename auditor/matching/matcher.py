"""CRM against ERP: objects first, then the fields of aligned objects.

`Matcher(crm, erp)` is made once; its `objects(crm_object)` and `fields(crm_object, erp_object)` answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from auditor.matching.assignment import one_to_one
from auditor.matching.fields import Pair, compare
from auditor.matching.objects import ObjectPair, Ranking
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import read
from auditor.matching.scales import OBJECT_SIGNALS, Scales, load_scales
from auditor.matching.signals import AMONG, OWN
from auditor.matching.wording import Wording, load_wording

_NAMES = tuple(signal.name for signal in OWN + AMONG)


@dataclass(frozen=True, slots=True)
class ObjectMatch:
    """Two objects that may hold the same, how likely (0..1), and the signals by name."""

    crm_object: str
    erp_object: str
    score: float
    signals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """Two fields that may hold the same, how likely (0..1), and the signals by name."""

    crm_object: str
    crm_field: str
    erp_object: str
    erp_field: str
    score: float
    signals: tuple[tuple[str, float], ...]
    partner: bool
    """Whether each is the other's partner in the one-to-one assignment of the two objects."""


class Matcher:
    """Matches two schemas; what it learns of them is kept while it lives. Names are told apart exactly."""

    def __init__(
        self,
        crm: Sequence[ObjectProfile],
        erp: Sequence[ObjectProfile],
        wording: Wording | None = None,
        scales: Scales | None = None,
    ) -> None:
        self._scales = scales or load_scales()
        found = read(crm, erp, wording or load_wording())
        self._lens = found.lens
        self._crm, self._erp = found.crm, found.erp
        self._crm_number = {each.profile.name: number for number, each in enumerate(found.crm)}
        self._erp_number = {each.profile.name: number for number, each in enumerate(found.erp)}
        self._ranking = Ranking(found.crm, found.erp, self._lens, self._scales)
        self._pairs = cache(self._compared)

    def objects(self, crm_object: str, count: int = 20) -> list[ObjectMatch]:
        """The ERP objects that a CRM object may repeat, best first; an object that is not known has none."""
        number = self._crm_number.get(crm_object)
        if number is None:
            return []
        return [self._object_match(pair) for pair in self._ranking.ranked(number, count)]

    def fields(self, crm_object: str, erp_object: str) -> list[FieldMatch]:
        """The pairs of fields of two objects, best first."""
        mine, theirs = self._crm_number.get(crm_object), self._erp_number.get(erp_object)
        if mine is None or theirs is None:
            return []
        pairs = self._pairs(mine, theirs)
        partners = {(pair.crm, pair.erp) for pair in one_to_one(pairs)}
        one, other = self._crm[mine].fields, self._erp[theirs].fields
        found = [
            FieldMatch(
                crm_object,
                one[pair.crm].profile.name,
                erp_object,
                other[pair.erp].profile.name,
                self._scales.score(pair.odds),
                tuple(zip(_NAMES, pair.signals, strict=True)),
                (pair.crm, pair.erp) in partners,
            )
            for pair in pairs
        ]
        return sorted(found, key=_best_first)

    def _compared(self, crm: int, erp: int) -> list[Pair]:
        mine, theirs = self._ranking.crm_weighed(crm), self._ranking.erp_weighed(erp)
        return compare(mine, theirs, self._lens, self._scales)

    def _object_match(self, pair: ObjectPair) -> ObjectMatch:
        return ObjectMatch(
            self._crm[pair.crm].profile.name,
            self._erp[pair.erp].profile.name,
            pair.score,
            tuple(zip(OBJECT_SIGNALS, pair.signals, strict=True)),
        )


def _best_first(match: FieldMatch) -> tuple[float, str, str]:
    return (-match.score, match.crm_field, match.erp_field)
