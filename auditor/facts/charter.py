"""What the charter says of a thing: whose concept it is, what it is for, how much of it there may be."""

from __future__ import annotations

from auditor.concepts.natures import concept_named
from auditor.dataclasses import replace
from auditor.facts.base import (
    BOOLEAN,
    DATA,
    FIELD,
    INTEGER,
    OBJECT,
    TEXT,
    Fact,
    Facts,
    of_field,
    of_object,
)
from auditor.facts.structure import custom_fields, is_custom_field
from auditor.graph.nodes import FieldNode, NodeKind, ObjectNode
from auditor.model.catalogue import Role
from auditor.model.charter import Charter, Entity
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, Reach, local

FAMILY = "scope"
ENTITY_FIELDS, ENTITY_OBJECTS = "entity fields", "entity objects"
"""Under which it is kept what an entity spends, and what belongs to it."""
_BY_CONCEPT = local(4, "", "object", ":concept", "object:concept")
_NONE = "there is no charter; write one and name it under charter: in auditor.yaml (`auditor init` drafts it)"
NO_CHARTER = Unknown(_NONE)
_NO_ENTRY = "the charter has no entry for it"


def _entity(facts: Facts, node: ObjectNode) -> Entity | Unknown | None:
    charter = facts.settings.charter
    if charter is None:
        return NO_CHARTER
    return charter.entity_of(node.value.name) if _is_crm(facts, node) else None


def _is_crm(facts: Facts, node: ObjectNode) -> bool:
    return facts.graph.system(node.system).role is Role.CRM


def _object_of(facts: Facts, key: str) -> ObjectNode:
    if facts.graph.kind_of(key) is NodeKind.FIELD:
        return facts.graph.object(facts.graph.field(key).object_key)
    return facts.graph.object(key)


def _entity_name(facts: Facts, key: str) -> Value:
    found = _entity(facts, _object_of(facts, key))
    return found if isinstance(found, Unknown) else ABSENT if found is None else found.name


def _budget(facts: Facts, node: ObjectNode) -> Value:
    found = _entity(facts, node)
    if isinstance(found, Unknown):
        return found
    return ABSENT if found is None or found.budget is None else found.budget


def _entity_fields(facts: Facts, node: ObjectNode) -> Value:
    found = _entity(facts, node)
    if isinstance(found, Unknown):
        return found
    return ABSENT if found is None else spent(facts, _printed(node, found))


def entities_of(facts: Facts) -> list[str]:
    """The entities of the charter in each CRM: `crm:Customer`."""
    entities = facts.settings.charter.entities if facts.settings.charter is not None else ()
    systems = [each.system for each in facts.graph.systems() if each.role is Role.CRM]
    return [f"{system}:{entity.name}" for system in systems for entity in entities]


def entity_objects(facts: Facts, entity: str) -> list[str]:
    """Printed names of all objects of an entity."""
    return facts.once((ENTITY_OBJECTS, entity), lambda: _objects(facts, entity))


def _objects(facts: Facts, entity: str) -> list[str]:
    system = entity.partition(":")[0]
    return [each.key for each in facts.graph.objects(system=system) if is_of_entity(facts, each, entity)]


def is_of_entity(facts: Facts, node: ObjectNode, entity: str) -> bool:
    """Whether an object belongs to an entity."""
    found = _entity(facts, node)
    return isinstance(found, Entity) and _printed(node, found) == entity


def _printed(node: ObjectNode, entity: Entity) -> str:
    return f"{node.system}:{entity.name}"


def spent(facts: Facts, entity: str) -> int:
    """Custom fields of the company's own on all objects of an entity."""
    return facts.once((ENTITY_FIELDS, entity), lambda: _count(facts, entity))


def _count(facts: Facts, entity: str) -> int:
    keys = entity_objects(facts, entity)
    return sum(facts.fact(each.key, "managed") is not True for key in keys for each in custom_fields(facts, key))


def spends(facts: Facts, key: str) -> str:
    """The entity on whose budget a field counts; empty for what counts on none."""
    if facts.graph.kind_of(key) is not NodeKind.FIELD or facts.fact(key, "managed") is True:
        return ""
    node = facts.graph.field(key)
    owner = facts.graph.object(node.object_key)
    found = _entity(facts, owner)
    return _printed(owner, found) if isinstance(found, Entity) and is_custom_field(node) else ""


def _over_budget(facts: Facts, node: ObjectNode) -> Value:
    found = _entity(facts, node)
    if isinstance(found, Unknown):
        return found
    if found is None or found.budget is None:
        return ABSENT
    return max(0, spent(facts, _printed(node, found)) - found.budget)


def _purpose(facts: Facts, key: str) -> Value:
    charter = facts.settings.charter
    if charter is None:
        return NO_CHARTER
    if facts.graph.kind_of(key) is NodeKind.SYSTEM:
        return charter.purposes.get(facts.graph.system(key.partition(":")[0]).system, ABSENT)
    found = _entity(facts, facts.graph.object(key))
    return found.purpose if isinstance(found, Entity) and found.purpose else ABSENT


def _owner(facts: Facts, key: str) -> Value:
    """By its concept, since the charter speaks of concepts: one that is not known has no owner yet."""
    charter = facts.settings.charter
    if charter is None:
        return NO_CHARTER
    concept = facts.fact(key, "concept")
    if isinstance(concept, Unknown) or not isinstance(concept, str):
        return concept
    return _in_our_words(facts, charter).owner_of(concept, _area(facts, key)) or ABSENT


def _in_our_words(facts: Facts, charter: Charter) -> Charter:
    """The charter with the concepts that its words mean: people write `customer` for `customer_account`."""
    return facts.once(
        ("charter", "concepts"),
        lambda: replace(
            charter,
            owners=tuple(replace(each, concept=concept_named(each.concept)) for each in charter.owners),
        ),
    )


def _owned_elsewhere(facts: Facts, key: str) -> Value:
    owner = facts.fact(key, "charter_owner")
    return owner != key.partition(":")[0] if isinstance(owner, str) else owner


def _area(facts: Facts, key: str) -> str | None:
    area = facts.fact(key, "area")
    return area if isinstance(area, str) else None


def _has_charter(facts: Facts, _key: str) -> Value:
    return facts.settings.charter is not None


def _source(facts: Facts, node: FieldNode) -> Value:
    charter: Charter | None = facts.settings.charter
    return NO_CHARTER if charter is None else charter.source_of(node.key) or ABSENT


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "charter_entity",
            DATA,
            TEXT,
            "Business entity of the charter that its object belongs to.",
            FAMILY,
            local(1, "", "object"),
            unknown_when=_NONE,
            absent_when=_NO_ENTRY,
        ),
        _entity_name,
    ),
    Fact(
        FactSpec(
            "has_charter",
            frozenset({"system"}),
            BOOLEAN,
            "Whether a charter says which system owns what.",
            FAMILY,
        ),
        _has_charter,
    ),
    Fact(
        FactSpec(
            "budget",
            OBJECT,
            INTEGER,
            "Custom fields that the charter wants for its business entity, all its objects together.",
            FAMILY,
            unit="fields",
            unknown_when=_NONE,
            absent_when=f"{_NO_ENTRY}, or no budget in it",
        ),
        of_object(_budget),
    ),
    Fact(
        FactSpec(
            "entity_fields",
            OBJECT,
            INTEGER,
            "Custom fields of the company's own on all objects of its business entity.",
            FAMILY,
            Reach(None),
            unit="fields",
            unknown_when=_NONE,
            absent_when=_NO_ENTRY,
        ),
        of_object(_entity_fields),
    ),
    Fact(
        FactSpec(
            "over_budget",
            OBJECT,
            INTEGER,
            "Custom fields beyond its business entity's budget, all its objects together.",
            FAMILY,
            Reach(None),
            unit="fields",
            unknown_when=_NONE,
            absent_when=f"{_NO_ENTRY}, or no budget in it",
        ),
        of_object(_over_budget),
    ),
    Fact(
        FactSpec(
            "declared_purpose",
            OBJECT | frozenset({"system"}),
            TEXT,
            "What the charter says it is for.",
            FAMILY,
            unknown_when=_NONE,
            absent_when="the charter says nothing of it",
        ),
        _purpose,
    ),
    Fact(
        FactSpec(
            "charter_owner",
            DATA,
            TEXT,
            "System that owns its concept by the charter.",
            FAMILY,
            _BY_CONCEPT,
            unknown_when=f"{_NONE}; or its concept is not known",
            absent_when=_NO_ENTRY,
        ),
        _owner,
    ),
    Fact(
        FactSpec(
            "owned_elsewhere",
            DATA,
            BOOLEAN,
            "Whether the charter gives its concept to another system than the one it stands in.",
            FAMILY,
            _BY_CONCEPT,
            unknown_when=f"{_NONE}; or its concept is not known",
            absent_when=_NO_ENTRY,
        ),
        _owned_elsewhere,
    ),
    Fact(
        FactSpec(
            "declared_source",
            FIELD,
            TEXT,
            "System that the charter lets it repeat.",
            FAMILY,
            unknown_when=_NONE,
            absent_when="the charter names no source for it",
        ),
        of_field(_source),
    ),
)
