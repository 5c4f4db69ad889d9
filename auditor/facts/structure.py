"""How things hang together: what belongs to what, what points at what, and how much there is of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.facts.base import (
    COMPONENT,
    FIELD,
    INTEGER,
    NOBODY,
    OBJECT,
    Fact,
    Facts,
    Relation,
    of_field,
    of_object,
)
from auditor.facts.fields import data_type
from auditor.graph.nodes import FieldNode, KnownBy, ObjectNode
from auditor.model.catalogue import ObjectKind
from auditor.model.datatypes import DataType
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "structure"
_SYSTEM = frozenset({"system"})
_FIELDS = local(1, "fields:which")
_OBJECT = local(1, "object:which")
_COMPONENTS = local(1, "components:which")
_KEPT = local(1, "components:being")
_LOOKS_UP = local(1, "looks_up:which", "fields.looks_up:which")
_LOOKED_UP = local(1, "looked_up_by:which")
_THERE = local(1, "fields:being")
_OBJECTS = local(1, "objects")


def _edges(keys: Iterable[str]) -> Related:
    return Related(tuple(Edge(key) for key in sorted(set(keys))))


def _fields(facts: Facts, key: str) -> Related:
    return _edges(facts.graph.fields_of(key))


def _object(facts: Facts, key: str) -> Related:
    owner = facts.graph.object_of(key)
    return NOBODY if owner is None else facts.memo(_only)[owner]


def _only(_facts: Facts, key: str) -> Related:
    """One neighbour. All that belongs to an object shares the answer: it is kept and judged once."""
    return Related((Edge(key),))


def belonging(kind: str) -> Callable[[Facts, str], Related]:
    """The components of a kind that belong to an object; incomplete where that kind was not read."""

    def answer(facts: Facts, key: str) -> Related:
        graph = facts.graph
        keys = [each for each in graph.components_of(key) if graph.component(each).value.kind == kind]
        system = key.partition(":")[0]
        unread = None if graph.reads_channel(system, kind) or keys else Unknown(f"no {kind} was read")
        return Related(tuple(Edge(each) for each in keys), unread)

    return answer


def _components(facts: Facts, key: str) -> Related:
    return _edges(facts.graph.components_of(key))


def _looks_up(facts: Facts, key: str) -> Related:
    graph = facts.graph
    own = (key,) if facts.graph.object_of(key) else graph.fields_of(key)
    return _edges(target for each in own for target in graph.looks_up(each))


def _looked_up_by(facts: Facts, key: str) -> Related:
    return _edges(facts.graph.looked_up_by(key))


def custom_fields(facts: Facts, object_key: str) -> list[FieldNode]:
    """Custom fields of an object that a source defines or the live system lists; mentions alone do not count."""
    nodes = (facts.graph.field(key) for key in facts.graph.fields_of(object_key))
    return [node for node in nodes if is_custom_field(node)]


def is_custom_field(node: FieldNode) -> bool:
    """Whether a field is custom, and defined by a source or listed by the live system."""
    return bool(node.value.custom) and node.known_by is not KnownBy.MENTION


def _field_count(facts: Facts, node: ObjectNode) -> Value:
    nodes = [facts.graph.field(key).value for key in facts.graph.fields_of(node.key)]
    if nodes and all(each.custom is None for each in nodes):
        return Unknown("its source cannot tell what the company added itself")
    return len(custom_fields(facts, node.key))


def _all_fields(facts: Facts, node: ObjectNode) -> Value:
    return len([key for key in facts.graph.fields_of(node.key) if not facts.graph.field(key).implied])


def _layout_count(facts: Facts, node: ObjectNode) -> Value:
    related = belonging("layout")(facts, node.key)
    return related.missing or len(related.edges)


def _relationship_count(facts: Facts, node: ObjectNode) -> Value:
    return sum(1 for each in custom_fields(facts, node.key) if each.value.reference_to)


_PICKLISTS = frozenset({DataType.PICKLIST, DataType.MULTIPICKLIST})


def _values(active_only: bool) -> Callable[[Facts, FieldNode], Value]:
    def answer(facts: Facts, node: FieldNode) -> Value:
        if data_type(node) not in _PICKLISTS:
            return ABSENT
        if not node.value.picklist:
            return Unknown("its values stand in a value set that was not read")
        return sum(1 for value in node.value.picklist if value.active or not active_only)

    return answer


def _object_count(custom_only: bool) -> Callable[[Facts, str], Value]:
    def answer(facts: Facts, key: str) -> Value:
        objects = facts.graph.objects(system=key.removesuffix(":"))
        return sum(1 for each in objects if (each.value.custom if custom_only else not each.implied))

    return answer


def _own_objects(facts: Facts, key: str) -> Value:
    """What counts to an edition's limit: no packages' objects, no events, metadata types, settings, links."""
    objects = facts.graph.objects(system=key.removesuffix(":"))
    own = (each for each in objects if each.value.custom and each.value.kind is ObjectKind.OBJECT)
    return sum(1 for each in own if facts.fact(each.key, "managed") is False)


_OBJECTS_AND_FIELDS = OBJECT | FIELD

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec("fields", OBJECT, FIELD, "Its fields, implied standard ones too.", FAMILY, reach=_FIELDS),
        _fields,
    ),
    Relation(
        RelationSpec("object", FIELD | COMPONENT, OBJECT, "The object it belongs to.", FAMILY, reach=_OBJECT),
        _object,
    ),
    Relation(
        RelationSpec("components", OBJECT, COMPONENT, "Components that belong to it.", FAMILY, reach=_COMPONENTS),
        _components,
    ),
    Relation(
        RelationSpec(
            "layouts",
            OBJECT,
            COMPONENT,
            "Its page layouts.",
            FAMILY,
            reach=_KEPT,
            unknown_when="layouts were not read",
        ),
        belonging("layout"),
    ),
    Relation(
        RelationSpec(
            "record_types",
            OBJECT,
            COMPONENT,
            "Its record types.",
            FAMILY,
            reach=_KEPT,
            unknown_when="record types were not read",
        ),
        belonging("record_type"),
    ),
    Relation(
        RelationSpec(
            "looks_up",
            _OBJECTS_AND_FIELDS,
            OBJECT,
            "Objects that it, or a field of it, points at.",
            FAMILY,
            reach=_LOOKS_UP,
        ),
        _looks_up,
    ),
    Relation(
        RelationSpec("looked_up_by", OBJECT, FIELD, "Fields that point at it.", FAMILY, reach=_LOOKED_UP),
        _looked_up_by,
    ),
)

_NOT_PICKLIST = "it is no picklist"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "field_count",
            OBJECT,
            INTEGER,
            "Custom fields, in the repository or only in the live system.",
            FAMILY,
            _THERE,
            "fields",
            unknown_when="the source cannot tell custom fields",
        ),
        of_object(_field_count),
    ),
    Fact(
        FactSpec(
            "defined_field_count", OBJECT, INTEGER, "Fields that its source defines.", FAMILY, _THERE, "fields"
        ),
        of_object(_all_fields),
    ),
    Fact(
        FactSpec(
            "layout_count",
            OBJECT,
            INTEGER,
            "Page layouts.",
            FAMILY,
            _KEPT,
            "layouts",
            unknown_when="layouts were not read",
        ),
        of_object(_layout_count),
    ),
    Fact(
        FactSpec(
            "relationship_count",
            OBJECT,
            INTEGER,
            "Custom fields that point at another object.",
            FAMILY,
            local(1, "fields"),
            "fields",
        ),
        of_object(_relationship_count),
    ),
    Fact(
        FactSpec(
            "picklist_value_count",
            FIELD,
            INTEGER,
            "Values of the picklist, inactive ones too.",
            FAMILY,
            unit="values",
            unknown_when="its value set was not read",
            absent_when=_NOT_PICKLIST,
        ),
        of_field(_values(active_only=False)),
    ),
    Fact(
        FactSpec(
            "active_picklist_values",
            FIELD,
            INTEGER,
            "Values of the picklist that can still be chosen.",
            FAMILY,
            unit="values",
            unknown_when="its value set was not read",
            absent_when=_NOT_PICKLIST,
        ),
        of_field(_values(active_only=True)),
    ),
    Fact(
        FactSpec(
            "object_count", _SYSTEM, INTEGER, "Objects that its sources define.", FAMILY, _OBJECTS, "objects"
        ),
        _object_count(custom_only=False),
    ),
    Fact(
        FactSpec("custom_object_count", _SYSTEM, INTEGER, "Custom objects.", FAMILY, _OBJECTS, "objects"),
        _object_count(custom_only=True),
    ),
    Fact(
        FactSpec(
            "own_custom_object_count",
            _SYSTEM,
            INTEGER,
            "Custom objects of the company's own: none of a package, no event, metadata type, setting or link.",
            FAMILY,
            _OBJECTS,
            "objects",
        ),
        _own_objects,
    ),
)
