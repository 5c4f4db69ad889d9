"""The duplicates of the last audit, and those of what changed since: matched again with the weights of that audit.

Rows: `systems` (format, names, which CRM stands beside which ERP), `<n>/…` (what `freezing` keeps of each such
pair), `of:<crm>:<object>` (its duplicates), `in:<erp>:<object>` (which objects of CRMs repeat it),
`profile:<crm>:<object>` (a digest of what was matched) and `last:<object>` (of the CRMs that have an object of
this name, the last).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditor.digests import blake2b
from auditor.matching.counterpart import Held
from auditor.matching.freezing import Row, freeze
from auditor.matching.matcher import Matcher
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import read_crm, read_erp
from auditor.matching.rows import FORMAT, Part, Rows, Table, packed, unpacked
from auditor.matching.systems import (
    Place,
    Side,
    SystemProfile,
    Systems,
    declared_in,
    match_prepared,
    matches_of,
    places_of,
)
from auditor.matching.thawing import Thawed, thaw
from auditor.model.matches import DeclaredPair, Direction, Match, Matches, MatchKind


def record(systems: Systems, found: Matches) -> Iterator[Row]:
    """Everything that later asks for one object need, as rows; `found` are the duplicates of these systems."""
    names = [[side.crm.name, side.erp] for side in systems.sides]
    yield "systems", packed([FORMAT, names])
    for number, side in enumerate(systems.sides):
        for key, value in freeze(side.readings, side.held, side.lens, side.scales):
            yield f"{number}/{key}", value
    yield from _answers(found)
    for system in systems.crms:
        for each in system.objects:
            yield f"profile:{system.name}:{each.name}", packed(digest_of(each))
    for name, place in places_of(systems.crms).items():
        yield f"last:{name}", packed(place[0])


def digest_of(profile: ObjectProfile) -> str:
    """What two profiles share if, and only if, matching sees no difference between them."""
    return blake2b(repr(profile).encode(), digest_size=12).hexdigest()


class Recorded:
    """The duplicates of the last audit by object, and a way to match objects that changed as it would have."""

    def __init__(self, rows: Rows, names: Sequence[tuple[str, str]], sides: Sequence[Thawed]) -> None:
        self.names = tuple(names)
        """Each CRM beside each ERP."""
        self.sides = tuple(zip(self.names, sides, strict=True))
        """The same with what was frozen of each."""
        self._of = Table[list[Match]](rows, "of:", _matches)
        self._in = Table[list[tuple[str, str]]](rows, "in:", _places)
        self._digests = Table[str](rows, "profile:", unpacked)
        self._last = Table[str](rows, "last:", unpacked)

    def of_object(self, system: str, entity: str) -> Sequence[Match]:
        """The duplicates of an object of a CRM and of its fields: objects first, then best first."""
        return self._of.find(f"{system}:{entity}") or ()

    def repeating(self, system: str, entity: str) -> Sequence[tuple[str, str]]:
        """Which objects of CRMs (system, name) repeat an object of an ERP, or have fields that do."""
        return self._in.find(f"{system}:{entity}") or ()

    def is_same(self, system: str, profile: ObjectProfile) -> bool:
        """Whether an object of a CRM is as it was when its duplicates were recorded."""
        return self._digests.find(f"{system}:{profile.name}") == digest_of(profile)

    def rematch(
        self, crm: SystemProfile, declared: Sequence[DeclaredPair], least: float
    ) -> Mapping[str, tuple[Match, ...]]:
        """The duplicates of these objects of one CRM, by object.

        They are what matching everything anew with the recorded weights gives for them, to the last digit.
        Declared pairs of other objects make no difference.
        """
        objects: list[Match] = []
        fields: list[Match] = []
        for (name, erp), side in self.sides:
            if name == crm.name:
                side.words.read(crm.objects)
                matcher = Matcher(read_crm(crm.objects, side.lens), side.erp, side.lens, side.scales)
                found = matches_of(crm, erp, matcher, least)
                objects += found.objects
                fields += found.fields
        ours = {each.name.lower() for each in crm.objects if self._is_last(crm.name, each.name)}
        pairs = [pair for pair in declared if pair.crm_object.lower() in ours]
        both = declared_in(Matches(tuple(objects), tuple(fields)), pairs, _Known(crm, self.sides))
        return _by_object(crm, (*both[0], *both[1]))

    def match_all(
        self,
        crms: Sequence[SystemProfile],
        erps: Sequence[SystemProfile],
        declared: Sequence[DeclaredPair],
        least: float,
    ) -> Matches | None:
        """Whole systems matched with the recorded weights, the slow way; None where others were recorded."""
        if [(crm.name, erp.name) for crm in crms for erp in erps] != list(self.names):
            return None
        pairs = [(crm, erp) for crm in crms for erp in erps]
        sides = [_side(crm, erp, known) for (crm, erp), (_, known) in zip(pairs, self.sides, strict=True)]
        return match_prepared(Systems(tuple(crms), tuple(erps), tuple(sides)), declared, least)

    def _is_last(self, system: str, entity: str) -> bool:
        """Whether a declared pair, which names no system, means the object of this one."""
        order = {name: number for number, (name, _) in enumerate(self.names)}
        last = self._last.find(entity.lower())
        return last is None or order.get(last, -1) <= order.get(system, -1)


def recorded(rows: Rows) -> Recorded | None:
    """What was recorded; None where nothing was, or by another version."""
    data = rows.get(("systems",)).get("systems")
    form, names = unpacked(data) if data is not None else ("", [])
    if form != FORMAT:
        return None
    sides = [thaw(Part(rows, f"{number}/")) for number in range(len(names))]
    found = [side for side in sides if side is not None]
    return Recorded(rows, [(crm, erp) for crm, erp in names], found) if len(found) == len(sides) else None


class _Known:
    """Where declared pairs of some objects of one CRM are looked for."""

    def __init__(self, crm: SystemProfile, sides: Sequence[tuple[tuple[str, str], Thawed]]) -> None:
        self._crm = places_of((crm,))
        self._sides = [(erp, side) for (name, erp), side in sides if name == crm.name]

    def crm(self, entity: str) -> Place | None:
        """See `auditor.matching.systems.Known`."""
        return self._crm.get(entity.lower())

    def erp(self, entity: str) -> Place | None:
        """See `auditor.matching.systems.Known`."""
        for system, side in reversed(self._sides):
            found = side.erp.known(entity)
            if found is not None:
                return system, *found
        return None


def _side(crm: SystemProfile, erp: SystemProfile, known: Thawed) -> Side:
    lens = known.lens
    return Side(
        crm, erp.name, read_crm(crm.objects, lens), Held(read_erp(erp.objects, lens), lens), lens, known.scales
    )


def _by_object(crm: SystemProfile, found: Iterable[Match]) -> dict[str, tuple[Match, ...]]:
    listed: dict[str, list[Match]] = {each.name: [] for each in crm.objects}
    for match in found:
        listed[match.crm_object].append(match)
    return {name: tuple(matches) for name, matches in listed.items()}


def _answers(found: Matches) -> Iterator[Row]:
    of: dict[str, list[Match]] = {}
    repeating: dict[str, dict[tuple[str, str], None]] = {}
    for match in (*found.objects, *found.fields):
        of.setdefault(f"{match.crm_system}:{match.crm_object}", []).append(match)
        place = (match.crm_system, match.crm_object)
        repeating.setdefault(f"{match.erp_system}:{match.erp_object}", {})[place] = None
    for name, matches in of.items():
        yield f"of:{name}", packed([_row(match) for match in matches])
    for name, places in repeating.items():
        yield f"in:{name}", packed(sorted(places))


def _row(match: Match) -> list[object]:
    names = (match.crm_system, match.crm_object, match.erp_system, match.erp_object)
    fields = (match.crm_field, match.erp_field)
    return [*names, *fields, match.score, str(match.kind), str(match.direction), match.signals, match.because]


def _matches(data: bytes) -> list[Match]:
    return [_match(row) for row in unpacked(data)]


def _match(row: list[Any]) -> Match:
    crm, mine, erp, theirs, one, other, score, kind, direction, signals, because = row
    counted = tuple((name, value) for name, value in signals)
    return Match(
        crm, mine, erp, theirs, one, other, score, MatchKind(kind), Direction(direction), counted, tuple(because)
    )


def _places(data: bytes) -> list[tuple[str, str]]:
    return [(system, entity) for system, entity in unpacked(data)]
