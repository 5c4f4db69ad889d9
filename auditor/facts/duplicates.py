"""What a CRM repeats of an ERP: which objects and fields, who keeps them in step, and whose figure counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.facts.base import (
    BOOLEAN,
    DATA,
    ENUM,
    FIELD,
    INTEGER,
    OBJECT,
    SHARE,
    TEXT,
    Fact,
    Facts,
    Relation,
    of_field,
    of_object,
)
from auditor.facts.compared import systems
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.lexicon.loading import load_lexicon
from auditor.matching.systems import match_systems
from auditor.matching.wording import load_wording
from auditor.model.catalogue import Role
from auditor.model.matches import Direction, Match, Matches, MatchKind
from auditor.model.names import field_key, object_key
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, Related, RelationSpec

FAMILY = "duplicates"
_SURE = 0.5
"""The score from which a match counts; a less likely one only may be one."""
_POSSIBLE = 0.3
_NO_ERP = "no ERP was read that the CRM could be compared with"
_NO_OWNER = "neither a declared map nor the charter says which system owns it, and no log tells who writes it"
_WRITES = frozenset({"integration"})


@dataclass(frozen=True, slots=True)
class _Found:
    """All matches by either end."""

    by_crm: dict[str, list[Match]]
    by_erp: dict[str, list[Match]]
    strangers: bool


def matches(facts: Facts) -> Matches:
    """Every duplicate between the CRMs and the ERPs of the graph; found once."""
    return facts.once((FAMILY, "matches"), lambda: _match(facts))


def _match(facts: Facts) -> Matches:
    wording = load_wording(load_lexicon(facts.settings.lexicon))
    return match_systems(
        systems(facts, Role.CRM), systems(facts, Role.ERP), facts.settings.maps, wording, _POSSIBLE
    )


def _found(facts: Facts) -> _Found:
    return facts.once((FAMILY, "by key"), lambda: _by_key(facts, matches(facts)))


def _by_key(facts: Facts, all_matches: Matches) -> _Found:
    found = _Found({}, {}, all_matches.strangers)
    charter = facts.settings.charter
    for match in (*all_matches.objects, *all_matches.fields):
        crm = _key(match.crm_system, match.crm_object, match.crm_field)
        erp = _key(match.erp_system, match.erp_object, match.erp_field)
        if charter is not None and match.kind is MatchKind.SHADOW and charter.source_of(crm) == match.erp_system:
            match = _mirrored(match)
        found.by_crm.setdefault(crm, []).append(match)
        found.by_erp.setdefault(erp, []).append(match)
    return found


def _mirrored(match: Match) -> Match:
    """A pair that the charter lets repeat the other system."""
    because = ("the charter lists it under mirrors", *match.because)
    return replace(match, kind=MatchKind.MIRRORED, direction=Direction.TO_CRM, because=because)


def _key(system: str, entity: str, field: str) -> str:
    return field_key(system, entity, field) if field else object_key(system, entity)


def _duplicates(facts: Facts, key: str) -> Related:
    if facts.graph.system(key.partition(":")[0]).role is not Role.CRM:
        return Related(())
    found = _found(facts)
    if found.strangers:
        return Related((), Unknown(_NO_ERP))
    edges = (_edge(match) for match in found.by_crm.get(key, ()))
    return Related(tuple(sorted(edges, key=lambda edge: edge.subject)))


def _edge(match: Match) -> Edge:
    attributes: list[tuple[str, Value]] = [("kind", str(match.kind)), ("score", round(match.score, 3))]
    attributes.append(("direction", str(match.direction) or "unsaid"))
    subject = _key(match.erp_system, match.erp_object, match.erp_field)
    return Edge(subject, tuple(attributes), match.score < _SURE)


def _sure(found: Iterable[Match]) -> list[Match]:
    return [match for match in found if match.score >= _SURE]


def _told(facts: Facts, key: str) -> tuple[Value, str]:
    """Whether its system is the system of record for it, and what says so."""
    return facts.memo(_judge)[key]


def _judge(facts: Facts, key: str) -> tuple[Value, str]:
    found = _found(facts)
    mine, theirs = _sure(found.by_crm.get(key, ())), _sure(found.by_erp.get(key, ()))
    for match in (*mine, *theirs):
        if match.direction is Direction.TO_CRM:
            return bool(theirs), f"kept in step from the ERP: {match.because[0]}"
        if match.direction is Direction.TO_ERP:
            return bool(mine), f"kept in step from the CRM: {match.because[0]}"
    return _by_charter(facts, key, theirs) or _by_writers(facts, key, (mine, theirs)) or (Unknown(_NO_OWNER), "")


def _by_charter(facts: Facts, key: str, theirs: Sequence[Match]) -> tuple[Value, str] | None:
    """What the charter says: of the CRM's copies first, since business areas are mapped to objects of the CRM."""
    copies = [_key(match.crm_system, match.crm_object, match.crm_field) for match in theirs]
    named = (*copies, key)
    # A field that is no concept of its own goes with its object.
    around = [each for each in map(facts.graph.object_of, named) if each is not None]
    for each in dict.fromkeys((*named, *around)):
        owner = facts.fact(each, "charter_owner")
        if isinstance(owner, str):
            concept = facts.fact(each, "concept")
            return owner == key.partition(":")[0], f"the charter gives {concept} to {owner}"
    return None


def _by_writers(
    facts: Facts, key: str, found: tuple[Sequence[Match], Sequence[Match]]
) -> tuple[Value, str] | None:
    """Where only integrations write the copy, it is born elsewhere."""
    mine, theirs = found
    copies = [_key(match.crm_system, match.crm_object, match.crm_field) for match in theirs if match.crm_field]
    for each in [key] if mine else copies:
        if "." not in each or facts.fact(each, "writer_kinds") != _WRITES:
            continue
        return bool(theirs), "only integrations write the copy in the CRM"
    return None


def _master(facts: Facts, key: str) -> Value:
    return _told(facts, key)[0]


def _master_because(facts: Facts, key: str) -> Value:
    value, because = _told(facts, key)
    return value if isinstance(value, Unknown) else because


def _writable(facts: Facts, node: FieldNode) -> Value:
    """Editable by people although another system owns it; absent where no other system has it."""
    related = _duplicates(facts, node.key)
    copied = [edge for edge in related.edges if ("kind", str(MatchKind.LINK)) not in edge.attributes]
    owners = [facts.fact(edge.subject, "master") for edge in copied]
    if not owners or all(owner is False for owner in owners):
        return ABSENT if related.missing is None else related.missing
    editable = facts.fact(node.key, "editable_by_people")
    if editable is True and True not in owners:
        return next(owner for owner in owners if isinstance(owner, Unknown))
    return editable


def _shadow_count(facts: Facts, node: ObjectNode) -> Value:
    """Its fields that repeat the ERP without any declared sync."""
    if facts.graph.system(node.system).role is not Role.CRM:
        return ABSENT
    found = _found(facts)
    if found.strangers:
        return Unknown(_NO_ERP)
    return sum(
        any(match.kind is MatchKind.SHADOW for match in _sure(found.by_crm.get(key, ())))
        for key in facts.graph.fields_of(node.key)
    )


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "master",
            DATA,
            BOOLEAN,
            "Whether its system is the system of record for it.",
            FAMILY,
            GLOBAL,
            unknown_when=_NO_OWNER,
        ),
        _master,
    ),
    Fact(
        FactSpec(
            "master_because",
            DATA,
            TEXT,
            "What says which system is the system of record for it.",
            FAMILY,
            GLOBAL,
            unknown_when=_NO_OWNER,
        ),
        _master_because,
    ),
    Fact(
        FactSpec(
            "writable",
            FIELD,
            BOOLEAN,
            "Whether people may edit it although another system owns it.",
            FAMILY,
            GLOBAL,
            unknown_when="nobody says which system owns it, or who may edit it",
            absent_when="it repeats nothing that another system may own",
        ),
        of_field(_writable),
    ),
    Fact(
        FactSpec(
            "shadow_count",
            OBJECT,
            INTEGER,
            "Its fields that repeat an ERP without any declared sync.",
            FAMILY,
            GLOBAL,
            unit="fields",
            unknown_when=_NO_ERP,
            absent_when="it is of no CRM",
        ),
        of_object(_shadow_count),
    ),
)

_EDGE = (
    FactSpec("score", DATA, SHARE, "How sure the match is.", FAMILY, GLOBAL),
    FactSpec(
        "kind",
        DATA,
        ENUM,
        "Mirrored where a sync is declared, link where a lookup meets a key, else shadow.",
        FAMILY,
        GLOBAL,
        values=tuple(str(kind) for kind in MatchKind),
    ),
    FactSpec(
        "direction",
        DATA,
        ENUM,
        "Which way a declared sync carries values.",
        FAMILY,
        GLOBAL,
        values=("erp->crm", "crm->erp", "both", "unsaid"),
    ),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "duplicates",
            OBJECT | FIELD,
            OBJECT | FIELD,
            "Objects or fields of another system whose data it repeats.",
            FAMILY,
            _EDGE,
            GLOBAL,
            _NO_ERP,
        ),
        _duplicates,
    ),
)
