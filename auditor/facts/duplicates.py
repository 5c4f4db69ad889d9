"""What a CRM repeats of an ERP: which objects and fields, who keeps them in step, and whose figure counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import replace
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
from auditor.facts.found_matches import FAMILY, crm_key, erp_key, finder
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.model.catalogue import Role
from auditor.model.matches import Direction, Match, MatchKind
from auditor.model.values import ABSENT, DateRange, Unknown, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, Related, RelationSpec

_SURE = 0.5
"""The score from which a match counts; a less likely one only may be one."""
_NO_ERP = "no ERP was read that the CRM could be compared with"
_NO_OWNER = (
    "neither a declared map nor the charter says which system owns it, no log tells who writes it, "
    "nor any register who had it first"
)
_WRITES = frozenset({"integration"})


def _of_crm(facts: Facts, key: str) -> list[Match]:
    return [_chartered(facts, match) for match in finder(facts).of_crm(key)]


def _of_erp(facts: Facts, key: str) -> list[Match]:
    return [_chartered(facts, match) for match in finder(facts).of_erp(key)]


def _chartered(facts: Facts, match: Match) -> Match:
    charter = facts.settings.charter
    if charter is None or match.kind is not MatchKind.SHADOW:
        return match
    return _mirrored(match) if charter.source_of(crm_key(match)) == match.erp_system else match


def _mirrored(match: Match) -> Match:
    """A pair that the charter lets repeat the other system."""
    because = ("the charter lists it under mirrors", *match.because)
    return replace(match, kind=MatchKind.MIRRORED, direction=Direction.TO_CRM, because=because)


def _duplicates(facts: Facts, key: str) -> Related:
    if facts.graph.system(key.partition(":")[0]).role is not Role.CRM:
        return Related(())
    if finder(facts).strangers:
        return Related((), Unknown(_NO_ERP))
    edges = (_edge(match) for match in _of_crm(facts, key))
    return Related(tuple(sorted(edges, key=lambda edge: edge.subject)))


def _edge(match: Match) -> Edge:
    attributes: list[tuple[str, Value]] = [("kind", str(match.kind)), ("score", round(match.score, 3))]
    attributes.append(("direction", str(match.direction) or "unsaid"))
    return Edge(erp_key(match), tuple(attributes), match.score < _SURE)


def _sure(found: Iterable[Match]) -> list[Match]:
    return [match for match in found if match.score >= _SURE]


def _told(facts: Facts, key: str) -> tuple[Value, str]:
    """Whether its system is the system of record for it, and what says so."""
    return facts.memo(_judge)[key]


def _judge(facts: Facts, key: str) -> tuple[Value, str]:
    mine, theirs = _sure(_of_crm(facts, key)), _sure(_of_erp(facts, key))
    for match in (*mine, *theirs):
        if match.direction is Direction.TO_CRM:
            return bool(theirs), f"kept in step from the ERP: {match.because[0]}"
        if match.direction is Direction.TO_ERP:
            return bool(mine), f"kept in step from the CRM: {match.because[0]}"
    found = _by_charter(facts, key, theirs) or _by_writers(facts, key, (mine, theirs))
    return found or _by_age(facts, key, (mine, theirs)) or (Unknown(_NO_OWNER), "")


def _by_charter(facts: Facts, key: str, theirs: Sequence[Match]) -> tuple[Value, str] | None:
    """What the charter says: of the CRM's copies first, since business areas are mapped to objects of the CRM."""
    copies = [crm_key(match) for match in theirs]
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
    copies = [crm_key(match) for match in theirs if match.crm_field]
    for each in [key] if mine else copies:
        if "." not in each or facts.fact(each, "writer_kinds") != _WRITES:
            continue
        return bool(theirs), "only integrations write the copy in the CRM"
    return None


def _by_age(facts: Facts, key: str, found: tuple[Sequence[Match], Sequence[Match]]) -> tuple[Value, str] | None:
    """Who had it first, where it is known of both: nobody copies what does not exist yet."""
    mine, theirs = found
    own = facts.fact(key, "created")
    others = [facts.fact(erp_key(match), "created") for match in mine]
    others += [facts.fact(crm_key(match), "created") for match in theirs]
    if not isinstance(own, DateRange) or not others:
        return None
    before = [_is_before(own, other) for other in others]
    after = [_is_before(other, own) for other in others]
    if all(before) and own.not_after is not None:
        return True, f"it was there first, since {own.not_after} at the latest"
    return (False, "the other system had it first") if all(after) else None


def _is_before(one: Value, other: Value) -> bool:
    """Whether a date is surely before another."""
    if not isinstance(one, DateRange) or not isinstance(other, DateRange):
        return False
    return one.not_after is not None and other.not_before is not None and one.not_after < other.not_before


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
    if finder(facts).strangers:
        return Unknown(_NO_ERP)
    return sum(
        any(match.kind is MatchKind.SHADOW for match in _sure(_of_crm(facts, key)))
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
