"""Every CRM of a company against every ERP, with what is declared to be kept in step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.matching.explaining import said_of_fields, said_of_objects
from auditor.matching.matcher import FieldMatch, ObjectMatch, matcher_of
from auditor.matching.pairing import LIKELY, pair_up
from auditor.matching.profiles import ObjectProfile
from auditor.matching.wording import Wording
from auditor.model.matches import DeclaredPair, Direction, Match, Matches, MatchKind


@dataclass(frozen=True, slots=True)
class SystemProfile:
    """One system by name, with its objects; those of a CRM without what is only linked."""

    name: str
    objects: tuple[ObjectProfile, ...]


def match_systems(
    crms: Sequence[SystemProfile],
    erps: Sequence[SystemProfile],
    declared: Sequence[DeclaredPair] = (),
    wording: Wording | None = None,
    least: float = LIKELY,
) -> Matches:
    """All duplicates, those declared first where they are; best first."""
    objects: list[Match] = []
    fields: list[Match] = []
    for crm in crms:
        for erp in erps:
            matcher = matcher_of(crm.objects, erp.objects, wording)
            pairing = pair_up(crm.objects, matcher, least)
            names = (crm, erp)
            external = _keyed(pairing.fields, names)
            objects += [_object(match, names, external) for match in pairing.objects]
            fields += [_field(match, names) for match in pairing.fields]
    known = _Known(crms, erps)
    objects, fields = _declare(objects, [pair for pair in declared if not pair.crm_field], known), fields
    fields = _declare(fields, [pair for pair in declared if pair.crm_field], known)
    gone = [(pair, missing) for pair in declared if (missing := known.missing(pair))]
    return Matches(
        tuple(sorted(objects, key=_order)),
        tuple(sorted(fields, key=_order)),
        tuple(sorted(gone, key=lambda each: (each[0].path, each[0].line))),
        not crms or not erps,
    )


class _Known:
    """Where the objects and fields of all systems stand, by name without case."""

    def __init__(self, crms: Iterable[SystemProfile], erps: Iterable[SystemProfile]) -> None:
        self._sides = (_table(crms), _table(erps))

    def missing(self, pair: DeclaredPair) -> str:
        """What of a declared pair does not exist, in words; empty where all of it does."""
        sides = ((pair.crm_object, pair.crm_field), (pair.erp_object, pair.erp_field))
        names = ("CRM", "ERP")
        lost = []
        for name, (entity, field), table in zip(names, sides, self._sides, strict=True):
            found = table.get(entity.lower())
            if found is None:
                lost.append(f"the {name} has no object {entity}")
            elif field and field.lower() not in found[2]:
                lost.append(f"{found[1]} of the {name} has no field {field}")
        return "; ".join(lost)

    def match(self, pair: DeclaredPair) -> Match:
        """A declared pair as a match, every name as its system spells it."""
        mine, theirs = self._sides[0][pair.crm_object.lower()], self._sides[1][pair.erp_object.lower()]
        return Match(
            mine[0],
            mine[1],
            theirs[0],
            theirs[1],
            mine[2][pair.crm_field.lower()] if pair.crm_field else "",
            theirs[2][pair.erp_field.lower()] if pair.erp_field else "",
            1.0,
            MatchKind.MIRRORED,
            pair.direction,
            (),
            (f"declared in {pair.path}:{pair.line}",),
        )


def _table(systems: Iterable[SystemProfile]) -> dict[str, tuple[str, str, dict[str, str]]]:
    return {
        each.name.lower(): (system.name, each.name, {field.name.lower(): field.name for field in each.fields})
        for system in systems
        for each in system.objects
    }


def _declare(found: Sequence[Match], declared: Iterable[DeclaredPair], known: _Known) -> list[Match]:
    """What was found, and what is declared; a declared pair takes the place of the same one that was found."""
    by_place = {_place(match): match for match in found}
    for pair in declared:
        if known.missing(pair):
            continue
        match = known.match(pair)
        have = by_place.get(_place(match))
        by_place[_place(match)] = match if have is None else replace(match, signals=have.signals)
    return list(by_place.values())


def _keyed(
    matches: Iterable[FieldMatch], systems: tuple[SystemProfile, SystemProfile]
) -> frozenset[tuple[str, str]]:
    """Pairs of objects that an external id of the CRM joins with the key of the ERP, where that is of one part."""
    mine, theirs = ({each.name: _keys(each) for each in system.objects} for system in systems)
    return frozenset(
        (match.crm_object, match.erp_object)
        for match in matches
        if match.score >= LIKELY
        and match.crm_field in mine[match.crm_object]
        and theirs[match.erp_object] == {match.erp_field}
    )


def _keys(item: ObjectProfile) -> set[str]:
    return {field.name for field in item.fields if field.key}


def _object(
    match: ObjectMatch, systems: tuple[SystemProfile, SystemProfile], external: frozenset[tuple[str, str]]
) -> Match:
    joined = (match.crm_object, match.erp_object) in external
    return Match(
        systems[0].name,
        match.crm_object,
        systems[1].name,
        match.erp_object,
        score=match.score,
        kind=MatchKind.MIRRORED if joined else MatchKind.SHADOW,
        direction=Direction.TO_CRM if joined else Direction.UNSAID,
        signals=match.signals,
        because=said_of_objects(match.signals, joined),
    )


def _field(match: FieldMatch, systems: tuple[SystemProfile, SystemProfile]) -> Match:
    return Match(
        systems[0].name,
        match.crm_object,
        systems[1].name,
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


def _order(match: Match) -> tuple[object, ...]:
    return (
        -match.score,
        match.crm_system,
        match.crm_object,
        match.crm_field,
        match.erp_system,
        match.erp_object,
        match.erp_field,
    )
