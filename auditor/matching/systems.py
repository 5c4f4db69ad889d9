"""Every CRM of a company against every ERP, with what is declared to be kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from auditor.dataclasses import dataclass, replace
from auditor.matching.counterpart import Held
from auditor.matching.explaining import said_of_fields, said_of_objects
from auditor.matching.lens import Lens
from auditor.matching.matcher import FieldMatch, Matcher, ObjectMatch
from auditor.matching.pairing import LIKELY, pair_up
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import ObjectReading, read
from auditor.matching.scales import Scales, load_scales
from auditor.matching.wording import Wording, load_wording
from auditor.model.matches import DeclaredPair, Direction, Match, Matches, MatchKind


@dataclass(frozen=True, slots=True)
class SystemProfile:
    """One system by name, with its objects; those of a CRM without what is only linked."""

    name: str
    objects: tuple[ObjectProfile, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One CRM beside one ERP, ready to be matched."""

    crm: SystemProfile
    erp: str
    readings: tuple[ObjectReading, ...]
    """Of the CRM."""
    held: Held
    lens: Lens
    scales: Scales


@dataclass(frozen=True, slots=True)
class Systems:
    """Every CRM of a company beside every ERP."""

    crms: tuple[SystemProfile, ...]
    erps: tuple[SystemProfile, ...]
    sides: tuple[Side, ...]


def prepare(
    crms: Sequence[SystemProfile], erps: Sequence[SystemProfile], wording: Wording | None = None
) -> Systems:
    """Read every CRM beside every ERP, and learn what their words say."""
    sides = []
    for crm in crms:
        for erp in erps:
            found = read(crm.objects, erp.objects, wording or load_wording())
            sides.append(Side(crm, erp.name, found.crm, Held(found.erp, found.lens), found.lens, load_scales()))
    return Systems(tuple(crms), tuple(erps), tuple(sides))


def match_systems(
    crms: Sequence[SystemProfile],
    erps: Sequence[SystemProfile],
    declared: Sequence[DeclaredPair] = (),
    wording: Wording | None = None,
    least: float = LIKELY,
) -> Matches:
    """All duplicates, those declared first where they are; best first."""
    return match_prepared(prepare(crms, erps, wording), declared, least)


def match_prepared(systems: Systems, declared: Sequence[DeclaredPair] = (), least: float = LIKELY) -> Matches:
    """The same of systems that were read before."""
    objects: list[Match] = []
    fields: list[Match] = []
    for side in systems.sides:
        matcher = Matcher(side.readings, side.held, side.lens, side.scales)
        found = matches_of(side.crm, side.erp, matcher, least)
        objects += found.objects
        fields += found.fields
    known = _Known(systems.crms, systems.erps)
    gone = [(pair, missing) for pair in declared if (missing := known.missing(pair))]
    return Matches(
        *declared_in(Matches(tuple(objects), tuple(fields)), declared, known),
        tuple(sorted(gone, key=lambda each: (each[0].path, each[0].line))),
        not systems.sides,
    )


def matches_of(crm: SystemProfile, erp: str, matcher: Matcher, least: float) -> Matches:
    """The duplicates of the objects of one CRM in one ERP."""
    pairing = pair_up(crm.objects, matcher, least)
    names = (crm.name, erp)
    external = _keyed(pairing.fields, crm, matcher)
    return Matches(
        tuple(_object(match, names, external) for match in pairing.objects),
        tuple(_field(match, names) for match in pairing.fields),
    )


Place = tuple[str, str, Mapping[str, str]]
"""A system, an object as it spells it, and its fields by their names in lower case."""


class Known(Protocol):
    """Where objects and fields stand, by name without case."""

    def crm(self, entity: str) -> Place | None:
        """An object of a CRM."""
        ...

    def erp(self, entity: str) -> Place | None:
        """An object of an ERP."""
        ...


class _Known:
    """The objects and fields of all systems."""

    def __init__(self, crms: Iterable[SystemProfile], erps: Iterable[SystemProfile]) -> None:
        self._crm, self._erp = places_of(crms), places_of(erps)

    def crm(self, entity: str) -> Place | None:
        """See `Known`."""
        return self._crm.get(entity.lower())

    def erp(self, entity: str) -> Place | None:
        """See `Known`."""
        return self._erp.get(entity.lower())

    def missing(self, pair: DeclaredPair) -> str:
        """What of a declared pair does not exist, in words; empty where all of it does."""
        sides = (
            ("CRM", self.crm(pair.crm_object), pair.crm_object, pair.crm_field),
            ("ERP", self.erp(pair.erp_object), pair.erp_object, pair.erp_field),
        )
        lost = []
        for name, found, entity, field in sides:
            if found is None:
                lost.append(f"the {name} has no object {entity}")
            elif field and field.lower() not in found[2]:
                lost.append(f"{found[1]} of the {name} has no field {field}")
        return "; ".join(lost)


def places_of(systems: Iterable[SystemProfile]) -> dict[str, Place]:
    """Object in lower case → where it stands; of two systems that have it the last one's."""
    return {
        each.name.lower(): (system.name, each.name, {field.name.lower(): field.name for field in each.fields})
        for system in systems
        for each in system.objects
    }


def declared_in(
    found: Matches, declared: Iterable[DeclaredPair], known: Known
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Pairs of objects and of fields, best first; a declared pair replaces the same one that was found."""
    pairs = list(declared)
    objects = _declare(found.objects, [pair for pair in pairs if not pair.crm_field], known)
    fields = _declare(found.fields, [pair for pair in pairs if pair.crm_field], known)
    return tuple(sorted(objects, key=best_first)), tuple(sorted(fields, key=best_first))


def _declared(pair: DeclaredPair, known: Known) -> Match | None:
    """A declared pair as a match, every name as its system spells it; None where a part of it does not exist."""
    mine, theirs = known.crm(pair.crm_object), known.erp(pair.erp_object)
    if mine is None or theirs is None:
        return None
    one, other = mine[2].get(pair.crm_field.lower(), ""), theirs[2].get(pair.erp_field.lower(), "")
    if bool(one) != bool(pair.crm_field) or bool(other) != bool(pair.erp_field):
        return None
    because = (f"declared in {pair.path}:{pair.line}",)
    return Match(*mine[:2], *theirs[:2], one, other, 1.0, MatchKind.MIRRORED, pair.direction, (), because)


def _declare(found: Sequence[Match], declared: Iterable[DeclaredPair], known: Known) -> list[Match]:
    by_place = {_place(match): match for match in found}
    for pair in declared:
        match = _declared(pair, known)
        if match is not None:
            have = by_place.get(_place(match))
            by_place[_place(match)] = match if have is None else replace(match, signals=have.signals)
    return list(by_place.values())


def _keyed(matches: Iterable[FieldMatch], crm: SystemProfile, matcher: Matcher) -> frozenset[tuple[str, str]]:
    """Pairs of objects that an external id of the CRM joins with the key of the ERP, where that is of one part."""
    mine = {each.name: {field.name for field in each.fields if field.key} for each in crm.objects}
    return frozenset(
        (match.crm_object, match.erp_object)
        for match in matches
        if match.score >= LIKELY
        and match.crm_field in mine[match.crm_object]
        and matcher.keys(match.erp_object) == {match.erp_field}
    )


def _object(match: ObjectMatch, systems: tuple[str, str], external: frozenset[tuple[str, str]]) -> Match:
    joined = (match.crm_object, match.erp_object) in external
    return Match(
        systems[0],
        match.crm_object,
        systems[1],
        match.erp_object,
        score=match.score,
        kind=MatchKind.MIRRORED if joined else MatchKind.SHADOW,
        direction=Direction.TO_CRM if joined else Direction.UNSAID,
        signals=match.signals,
        because=said_of_objects(match.signals, joined),
    )


def _field(match: FieldMatch, systems: tuple[str, str]) -> Match:
    return Match(
        systems[0],
        match.crm_object,
        systems[1],
        match.erp_object,
        match.crm_field,
        match.erp_field,
        match.score,
        MatchKind.LINK if match.linked else MatchKind.SHADOW,
        signals=match.signals,
        because=said_of_fields(match.signals),
    )


def _place(match: Match) -> tuple[str, ...]:
    names = (match.crm_object, match.crm_field, match.erp_object, match.erp_field)
    return (match.crm_system, match.erp_system, *(name.lower() for name in names))


def best_first(match: Match) -> tuple[object, ...]:
    """Sorts matches."""
    return (
        -match.score,
        match.crm_system,
        match.crm_object,
        match.crm_field,
        match.erp_system,
        match.erp_object,
        match.erp_field,
    )
