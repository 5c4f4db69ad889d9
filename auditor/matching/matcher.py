"""CRM against ERP: objects first, then the fields of aligned objects.

`matcher_of(crm, erp)` is made once; its `objects(crm_object)` and `fields(crm_object, erp_object)` answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from auditor.dataclasses import dataclass
from auditor.matching.assignment import one_to_one
from auditor.matching.clashing import agreement, clash
from auditor.matching.counterpart import Counterpart, Head, Held
from auditor.matching.fields import Pair, compare
from auditor.matching.lens import Lens
from auditor.matching.objects import ObjectPair, Ranking
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import ObjectReading, read
from auditor.matching.scales import OBJECT_SIGNALS, Scale, Scales, load_scales
from auditor.matching.several import parts, shared
from auditor.matching.signals import AMONG, OWN
from auditor.matching.weighing import PLATFORM
from auditor.matching.wording import Wording, load_wording

_COUNTS = 0.2
"""In logarithms of odds: a signal that adds less is not worth a word."""
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
    """What counted, most first: the signal's name and how much it added to the odds or took from them."""
    linked: bool
    """Whether the CRM field is a lookup."""
    partner: bool
    """Whether each is the other's partner in the one-to-one assignment of the two objects."""
    own: bool = True
    """Whether the CRM field is one of its object's own, and not what most objects have."""


class Matcher:
    """Matches objects of a CRM with those of an ERP; what it works out is kept while it lives.

    Names are told apart exactly. Each object's answers depend on nothing of the CRM but itself and the lens.
    """

    def __init__(
        self, crm: Sequence[ObjectReading], erp: Counterpart, lens: Lens, scales: Scales | None = None
    ) -> None:
        self._scales = scales or load_scales()
        self._lens = lens
        self._crm, self._erp = crm, erp
        self._crm_number = {each.profile.name: number for number, each in enumerate(crm)}
        self._ranking = Ranking(crm, erp, lens, self._scales)
        self._pairs = cache(self._compared)

    def objects(self, crm_object: str, count: int = 20) -> list[ObjectMatch]:
        """The ERP objects that a CRM object may repeat, best first; an object that is not known has none."""
        number = self._crm_number.get(crm_object)
        if number is None:
            return []
        return [self._object_match(pair) for pair in self._ranking.ranked(number, count)]

    def fields(self, crm_object: str, erp_object: str) -> list[FieldMatch]:
        """The pairs of fields of two objects, best first."""
        mine, theirs = self._crm_number.get(crm_object), self._erp.number(erp_object)
        if mine is None or theirs is None:
            return []
        pairs = self._pairs(mine, theirs)
        partners = {(pair.crm, pair.erp) for pair in one_to_one(pairs)}
        one, other = self._crm[mine].fields, self._erp.weighed(theirs).fields
        found = [
            FieldMatch(
                crm_object,
                one[pair.crm].profile.name,
                erp_object,
                other[pair.erp].reading.profile.name,
                self._scales.score(pair.odds),
                _counted(_NAMES, pair.signals, self._scales.final),
                bool(one[pair.crm].profile.targets),
                (pair.crm, pair.erp) in partners,
                one[pair.crm].shared <= PLATFORM,
            )
            for pair in pairs
        ]
        return sorted(found, key=_best_first)

    def several(self, crm_object: str, erp_object: str) -> list[FieldMatch]:
        """The pairs beside the one-to-one partners of two objects: see `auditor.matching.several`."""
        mine, theirs = self._crm_number.get(crm_object), self._erp.number(erp_object)
        if mine is None or theirs is None:
            return []
        one, other = self._ranking.crm_weighed(mine), self._erp.weighed(theirs)
        pairs = self._pairs(mine, theirs)
        partners = one_to_one(pairs)
        extra = (*shared(pairs, partners, self._scales), *parts(one, other, partners, self._scales))
        return [
            FieldMatch(
                crm_object,
                one.fields[each.crm].reading.profile.name,
                erp_object,
                other.fields[each.erp].reading.profile.name,
                each.score,
                ((each.why, 1.0),),
                bool(one.fields[each.crm].reading.profile.targets),
                False,
            )
            for each in extra
        ]

    def sizes(self, crm_object: str, erp_object: str) -> tuple[int, int]:
        """How many fields of their own two objects have, what most objects of the CRM have left out."""
        mine = self._crm[self._crm_number[crm_object]]
        return sum(field.shared <= PLATFORM for field in mine.fields), self._head(erp_object).size

    def clashing(self, crm_object: str, erp_object: str) -> bool:
        """Whether what the two objects are for the business does not go together."""
        return clash(self._crm[self._crm_number[crm_object]].profile, self._head(erp_object).profile)

    def agreeing(self, crm_object: str, erp_object: str) -> float:
        """How likely the two objects are the same for the business, 0..1."""
        return agreement(self._crm[self._crm_number[crm_object]].profile, self._head(erp_object).profile)

    def keys(self, erp_object: str) -> set[str]:
        """The fields of an ERP object that are part of its key; none where there is no such object."""
        number = self._erp.number(erp_object)
        fields = self._erp.weighed(number).fields if number is not None else ()
        return {field.reading.profile.name for field in fields if field.reading.profile.key}

    def names_object(self, match: FieldMatch) -> float:
        """Which share of the ERP object's name the CRM field says and its own object does not, 0..1."""
        mine, theirs = self._crm[self._crm_number[match.crm_object]], self._head(match.erp_object)
        field = next(each for each in mine.fields if each.profile.name == match.crm_field)
        said = {*field.terms, *field.label} & set(theirs.terms) - set(mine.terms)
        return len(said) / max(1, len(theirs.terms))

    def _compared(self, crm: int, erp: int) -> list[Pair]:
        mine = self._ranking.crm_weighed(crm)
        return compare(mine, self._erp.weighed(erp), self._lens, self._scales)

    def _head(self, erp_object: str) -> Head:
        number = self._erp.number(erp_object)
        if number is None:
            raise KeyError(erp_object)
        return self._erp.head(number)

    def _object_match(self, pair: ObjectPair) -> ObjectMatch:
        return ObjectMatch(
            self._crm[pair.crm].profile.name,
            self._erp.head(pair.erp).profile.name,
            pair.score,
            _counted(OBJECT_SIGNALS, pair.signals, self._scales.objects),
        )


def matcher_of(
    crm: Sequence[ObjectProfile],
    erp: Sequence[ObjectProfile],
    wording: Wording | None = None,
    scales: Scales | None = None,
) -> Matcher:
    """A matcher of two whole schemas, with what they teach of their words."""
    found = read(crm, erp, wording or load_wording())
    return Matcher(found.crm, Held(found.erp, found.lens), found.lens, scales)


def _counted(names: Sequence[str], signals: Sequence[float], scale: Scale) -> tuple[tuple[str, float], ...]:
    counts = zip(names, signals, scale.weights, strict=True)
    found = [(name, round(value * weight, 3)) for name, value, weight in counts if abs(value * weight) >= _COUNTS]
    return tuple(sorted(found, key=lambda each: (-abs(each[1]), each[0])))


def _best_first(match: FieldMatch) -> tuple[float, str, str]:
    return (-match.score, match.crm_field, match.erp_field)
