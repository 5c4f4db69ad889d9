"""The fields of a whole ERP that come nearest to one field of a CRM, which may not exist yet.

Within aligned objects `auditor.matching.recorded` knows more: siblings and rivals. Here a field speaks for itself,
so that a proposal finds what the ERP has already, wherever it stands there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from auditor.dataclasses import dataclass, replace
from auditor.matching.candidates import FieldIndex
from auditor.matching.explaining import said_of_fields
from auditor.matching.lens import Lens
from auditor.matching.objects import cover_names
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.reading import ObjectReading, read_crm
from auditor.matching.recorded import Recorded
from auditor.matching.scales import ALONE_SIGNALS, probability
from auditor.matching.signals import OWN, measure
from auditor.matching.thawing import Thawed
from auditor.matching.weighing import Weighed, WeighedObject, weigh
from auditor.model.matches import Match

_LOOKED_AT = 30
"""Candidates of which the signals are measured."""
_COUNTS = 0.2
"""In logarithms of odds: a signal that adds less is not worth a word."""
_POSITION, _CONTEXT = (
    next(place for place, signal in enumerate(OWN) if signal.name == name) for name in ("position", "context")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of a CRM and the object that it stands in, whose other fields are not looked at."""

    system: str
    holder: ObjectProfile
    field: FieldProfile


def nearest(known: Recorded, wanted: Wanted, count: int = 5) -> list[Match]:
    """The nearest fields of every ERP, best first, with how likely each holds the same (0..1), and why."""
    found = [
        match
        for (crm, erp), side in known.sides
        if crm == wanted.system
        for match in _among(side, erp, wanted, count)
    ]
    return sorted(found, key=lambda each: (-each.score, each.erp_system, each.erp_object, each.erp_field))[:count]


def measured(
    mine: WeighedObject, theirs: WeighedObject, pair: tuple[Weighed, Weighed], lens: Lens
) -> tuple[float, ...]:
    """The signals of `ALONE_SIGNALS` for two fields of two objects."""
    own = measure(*pair, (mine.context, theirs.context), lens.wording.near)
    one, other = mine.reading.terms, theirs.reading.terms
    there, back = cover_names(one, other, lens), cover_names(other, one, lens)
    agreed = 2 * there * back / (there + back) if there + back else 0.0
    # Where a field that nobody made yet will stand says nothing; objects count as far as the fields agree.
    return (*own[:_POSITION], 0.0, *own[_POSITION + 1 :], agreed * own[_CONTEXT])


def candidates(fields: FieldIndex, item: ObjectReading, place: int = 0) -> list[int]:
    """The fields of an ERP that are worth a look for a field of a CRM, by number."""
    return [number for _, number in fields.nearest(item.fields[place], item.terms, _LOOKED_AT)]


def _among(side: Thawed, erp: str, wanted: Wanted, count: int) -> list[Match]:
    holder = replace(wanted.holder, fields=(replace(wanted.field, position=0),))
    side.words.read((holder,))
    (reading,) = read_crm((holder,), side.lens)
    mine = weigh(reading, side.lens)
    found = []
    for number, places in _by_object(candidates(side.fields, reading), side.first_fields).items():
        theirs = side.erp.weighed_part(number, places)
        for other in theirs.fields:
            signals = measured(mine, theirs, (mine.fields[0], other), side.lens)
            found.append((-side.scales.alone.weigh(signals), number, other.reading.profile.name, signals))
    found.sort(key=lambda each: each[:3])
    weights = side.scales.alone.weights
    return [
        _match(wanted, (erp, side.erp.head(number).profile.name, name), -odds, _counted(signals, weights))
        for odds, number, name, signals in found[:count]
    ]


def _by_object(numbers: Sequence[int], firsts: Sequence[int]) -> dict[int, list[int]]:
    """Number of an object → places of its fields, from the numbers of fields."""
    found: dict[int, list[int]] = {}
    for number in numbers:
        holder = bisect_right(firsts, number) - 1
        found.setdefault(holder, []).append(number - firsts[holder])
    return found


def _counted(signals: Sequence[float], weights: Sequence[float]) -> tuple[tuple[str, float], ...]:
    counts = zip(ALONE_SIGNALS, signals, weights, strict=True)
    found = [(name, round(value * weight, 3)) for name, value, weight in counts if abs(value * weight) >= _COUNTS]
    return tuple(sorted(found, key=lambda each: (-abs(each[1]), each[0])))


def _match(
    wanted: Wanted, place: tuple[str, str, str], odds: float, counted: tuple[tuple[str, float], ...]
) -> Match:
    names = (wanted.system, wanted.holder.name, *place[:2], wanted.field.name, place[2])
    return Match(*names, probability(odds), signals=counted, because=said_of_fields(counted))
