"""What of all that was compared is held to be a duplicate: pairs of objects, and the pairs of fields that follow.

An object repeats another where enough of the smaller one's fields find a partner. A field may also stray: an
opportunity that carries `Order Number` and `Order Value` repeats the order, though it is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.matching.matcher import FieldMatch, Matcher, ObjectMatch
from auditor.matching.profiles import ObjectProfile
from auditor.matching.several import PART

LIKELY = 0.5
"""The score from which a pair of fields is held to be a duplicate."""
_RANKED, _LOOKED_AT = 6, 12
"""So many objects of the ERP are compared, of so many that are looked at."""
_SHARE, _FEW = 0.35, 2.0
_LESS, _MANY = 0.25, 5.0
"""Of the smaller object's fields so many must find a partner; less where there are many in all."""
_MORE, _TIMES = 0.6, 4
"""So many, where the other object has so many times as many fields."""
_BESIDE = 0.5
"""Of what the best object explains: so much must another of the ERP's explain to be held to be repeated too."""
_AGREED = 0.3
"""How much nearer to repeating each other two objects are that surely are the same for the business."""
_STRAYED = 2
"""So many fields must repeat the same object of the ERP before they are held to have strayed."""

_Compared = list[tuple[ObjectMatch, list[FieldMatch]]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The duplicates of two schemas, best first."""

    objects: tuple[ObjectMatch, ...]
    fields: tuple[FieldMatch, ...]


def pair_up(crm: Sequence[ObjectProfile], matcher: Matcher, least: float = LIKELY) -> Pairing:
    """The objects that repeat one of the ERP and the fields that do, both best first.

    An object's score here is what its name and words say together with the share of fields that find a partner and
    with what it is for the business.
    """
    objects: list[ObjectMatch] = []
    fields: list[FieldMatch] = []
    for each in crm:
        fitting, clashing = _ranked(each, matcher)
        most = max((_found(pairs) for _, pairs in fitting), default=0.0)
        beside = [pairs for _, pairs in clashing]
        for match, pairs in fitting:
            found = _found(pairs)
            if found >= _BESIDE * most and _repeats(found, matcher.sizes(each.name, match.erp_object)):
                share = found / max(1, min(matcher.sizes(each.name, match.erp_object)))
                agreed = _AGREED * matcher.agreeing(each.name, match.erp_object)
                objects.append(replace(match, score=1 - (1 - match.score) * (1 - min(1.0, share)) * (1 - agreed)))
                fields += [pair for pair in _with_several(match, pairs, matcher) if pair.score >= least]
            else:
                beside.append(pairs)
        fields += _strayed(beside, matcher, least)
    return Pairing(tuple(sorted(objects, key=_object_order)), tuple(sorted(fields, key=_field_order)))


def _ranked(item: ObjectProfile, matcher: Matcher) -> tuple[_Compared, _Compared]:
    """The best objects of the ERP with the partners of the fields: those that may be the same, and the others."""
    fitting: _Compared = []
    clashing: _Compared = []
    for match in matcher.objects(item.name, _LOOKED_AT):
        found = clashing if matcher.clashing(item.name, match.erp_object) else fitting
        if len(found) < _RANKED:
            found.append((match, _partners(match, matcher)))
    return fitting, clashing


def _partners(match: ObjectMatch, matcher: Matcher) -> list[FieldMatch]:
    return [pair for pair in matcher.fields(match.crm_object, match.erp_object) if pair.partner]


def _with_several(match: ObjectMatch, pairs: Sequence[FieldMatch], matcher: Matcher) -> list[FieldMatch]:
    """The partners, and the pairs beside them; a field that holds several parts has no other partner."""
    extra = matcher.several(match.crm_object, match.erp_object)
    wholes = {pair.crm_field for pair in extra if pair.signals[0][0] == PART}
    known = {(pair.crm_field, pair.erp_field) for pair in extra}
    kept = [
        pair for pair in pairs if pair.crm_field not in wholes and (pair.crm_field, pair.erp_field) not in known
    ]
    return [*kept, *extra]


def _found(pairs: Sequence[FieldMatch]) -> float:
    """How many of an object's own fields find a partner; half-likely ones count by their score."""
    return sum(pair.score for pair in pairs if pair.own and pair.score >= LIKELY / 2)


def _repeats(found: float, sizes: tuple[int, int]) -> bool:
    """Whether so many partners are enough for the smaller object's number of fields."""
    small, large = sorted(sizes)
    share = found / max(1, small)
    if large > _TIMES * small:
        return found >= _FEW and share >= _MORE
    return (found >= _FEW and share >= _SHARE) or (found >= _MANY and share >= _LESS)


def _strayed(compared: Iterable[Sequence[FieldMatch]], matcher: Matcher, least: float) -> list[FieldMatch]:
    """Fields that say the name of an ERP object themselves, where several do.

    A field strays to the object whose name it says best: an `Order Number` is of the order, not of its lines.
    """
    named = [(matcher.names_object(pair), pair) for pairs in compared for pair in pairs if pair.score >= least]
    best: dict[str, float] = {}
    for share, pair in named:
        best[pair.crm_field] = max(share, best.get(pair.crm_field, 0.0))
    found = [pair for share, pair in named if share and share == best[pair.crm_field]]
    counts = Counter(pair.erp_object for pair in found if pair.score >= LIKELY)
    return [pair for pair in found if counts[pair.erp_object] >= _STRAYED]


def _object_order(match: ObjectMatch) -> tuple[float, str, str]:
    return (-match.score, match.crm_object, match.erp_object)


def _field_order(match: FieldMatch) -> tuple[float, str, str, str, str]:
    return (-match.score, match.crm_object, match.crm_field, match.erp_object, match.erp_field)
