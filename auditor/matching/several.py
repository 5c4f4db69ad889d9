"""Where one field stands against several, and all that is known speaks for it.

Two of the CRM may repeat the same one of the ERP; one of the CRM may hold what several of the ERP hold together (a
name, an address).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.matching.fields import Pair
from auditor.matching.kinds import Kind
from auditor.matching.reading import FieldReading
from auditor.matching.scales import Scales
from auditor.matching.signals import AMONG, OWN
from auditor.matching.weighing import WeighedObject

SHARED, PART = "shared", "part"
"""Names of the two among the signals that are told."""
_LIKELY = 0.5
_STRONG = 0.7
"""What a pair must score as if it had no rival before it counts beside its better one."""
PART_SCORE = 0.6
"""Of parts of a name or an address: all that they say is said by their words, so this is no measured share."""
_WHOLES: tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...] = (
    (
        frozenset({"name", "fullname"}),
        frozenset({"firstname", "lastname"}),
        frozenset({"person", "contact", "full", "display"}),
    ),
    (frozenset({"address"}), frozenset({"street", "city"}), frozenset({"full", "complete"})),
)
"""What holds several, all that must be there, and words that may stand beside the first."""
_NAME = frozenset({"name"})
_ALSO = {"street": frozenset({"postalcode", "country"})}
"""What is part of the whole where it is there."""
_SLIGHT = 0.1
_NAMES = {signal.name: place for place, signal in enumerate(OWN + AMONG)}
_PERSONS = frozenset(
    {"contact", "person", "lead", "employee", "user", "individual", "candidate", "student", "patient"}
)
"""Objects whose mere name is a person's."""
_TEXTS = frozenset({Kind.UNKNOWN, Kind.TEXT})


@dataclass(frozen=True, slots=True)
class Extra:
    """A pair beside the one-to-one assignment: places of the fields, the score, and what it is called."""

    crm: int
    erp: int
    score: float
    why: str


def shared(pairs: Sequence[Pair], partners: Iterable[Pair], scales: Scales) -> Iterator[Extra]:
    """Fields of the CRM whose ERP field another one repeats, too, and that have no other partner."""
    chosen = {(pair.crm, pair.erp): pair for pair in partners if scales.score(pair.odds) >= _LIKELY}
    taken = {erp: pair for (_, erp), pair in chosen.items()}
    found = {crm for crm, _ in chosen}
    for pair in pairs:
        best = taken.get(pair.erp)
        if best is not None and pair.crm not in found and _is_plain(pair):
            score = scales.score(scales.final.weigh(_without_rival(pair, best)))
            if score >= _STRONG:
                found.add(pair.crm)
                yield Extra(pair.crm, pair.erp, score, SHARED)


def parts(mine: WeighedObject, theirs: WeighedObject, partners: Iterable[Pair], scales: Scales) -> Iterator[Extra]:
    """Fields of the CRM that hold together what several fields of the ERP hold, each of them free or its own."""
    chosen = {pair.crm: pair for pair in partners if scales.score(pair.odds) >= _LIKELY}
    holders = {pair.erp: pair.crm for pair in chosen.values()}
    readings = [field.reading for field in theirs.fields]
    for place, field in enumerate(mine.fields):
        if field.reading.kind not in _TEXTS or field.reading.profile.targets:
            continue
        free = {at: reading for at, reading in enumerate(readings) if holders.get(at, place) == place}
        pieces = _pieces(field.reading, mine.context, free)
        partner = chosen.get(place)
        if partner is None or partner.erp in pieces or not _is_plain(partner):
            for other in pieces:
                yield Extra(place, other, PART_SCORE, PART)


def _pieces(field: FieldReading, context: frozenset[str], free: dict[int, FieldReading]) -> list[int]:
    terms = frozenset(field.terms) - ({field.role} if field.role else frozenset())
    for wholes, needed, beside in _WHOLES:
        said = terms & wholes
        if not said or terms - wholes - beside - context or (said == _NAME and context.isdisjoint(_PERSONS)):
            continue
        wanted = needed | frozenset().union(*(_ALSO.get(each, frozenset()) for each in needed))
        found = {
            each: place
            for place, reading in free.items()
            for each in wanted & frozenset(reading.terms)
            if reading.role == field.role and len(frozenset(reading.terms) - {reading.role} - context) == 1
        }
        if needed <= found.keys():
            return sorted(found.values())
    return []


def _is_plain(pair: Pair) -> bool:
    """Whether nothing speaks against a pair by itself: no other type, no other role, no word left over."""
    against = ("type_conflict", "role_conflict", "crm_left_over", "erp_left_over")
    return all(pair.signals[_NAMES[name]] <= _SLIGHT for name in against)


def _without_rival(pair: Pair, best: Pair) -> tuple[float, ...]:
    """Its own signals, with its standing among all pairs as if it were in the better one's place."""
    own = len(OWN)
    return (*pair.signals[:own], *best.signals[own:])
