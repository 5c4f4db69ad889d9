"""Fields of a CRM that hold what a field of a related object holds, and which of the two is suggested to stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.facts.base import BOOLEAN, FIELD, TEXT, Fact, Facts, Relation, of_field
from auditor.facts.redundancy import choose, near_field
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.matching.copied import CONVENTION, Copied, Holder, copies, may_be_same
from auditor.matching.profiles import NO_COPIES
from auditor.model.catalogue import Role
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.values import ABSENT, Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "duplicates"
_REACH = local(
    6,
    "",
    "=copies.=copies",
    "=copies.=copies.object.above",
    "=copies.=copies.object.below",
    "=copies.mentioned:which",
)
"""A field that may be copied is alike to itself, so that each step counts for none, too."""
_PERSONS = frozenset({"user", "group", "systemuser", "team", "owner"})
_WORDED = frozenset({DataType.TEXT, DataType.LONG_TEXT, DataType.PICKLIST, DataType.MULTIPICKLIST})
_NONE = "no field of a related object holds the same"
_ABOVE = "one row of its object stands for many of the other"


def _copied(facts: Facts, object_key: str) -> Mapping[str, tuple[Copied, ...]]:
    if facts.graph.system(object_key.partition(":")[0]).role is not Role.CRM:
        return {}
    related = sorted(_above(facts, object_key) | _below(facts, object_key))
    return copies(facts.memo(_holder)[object_key], [facts.memo(_holder)[each] for each in related])


def _holder(facts: Facts, object_key: str) -> Holder:
    if facts.graph.object(object_key).value.kind in NO_COPIES:
        return Holder(object_key, ())
    nodes = (facts.graph.field(key) for key in facts.graph.fields_of(object_key))
    return Holder(object_key, tuple(near_field(node) for node in nodes if _may_be_copied(node)))


def _may_be_copied(node: FieldNode) -> bool:
    """A word typed by somebody: a formula shows the other field, a figure or date may be another at each level."""
    value = node.value
    if normalise_type(value.type or "") not in _WORDED:
        return False
    typed = not node.implied and value.custom is True and not value.namespace and value.calculation is None
    return typed and not (value.reference_to or value.unique or value.external_id or value.key)


def _above(facts: Facts, object_key: str) -> set[str]:
    graph = facts.graph
    found = {to for field in graph.fields_of(object_key) for to in graph.looks_up(field)}
    return {to for to in found if not _is_person(to)} - {object_key}


def _below(facts: Facts, object_key: str) -> set[str]:
    if _is_person(object_key):
        return set()
    graph = facts.graph
    holders = {graph.object_of(field) for field in graph.looked_up_by(object_key)}
    return {each for each in holders if each is not None} - {object_key}


def _is_person(object_key: str) -> bool:
    """Whether it is who owns or made a row: everything is related to everybody."""
    return object_key.partition(":")[2].lower() in _PERSONS


def _alike(facts: Facts, key: str) -> tuple[Copied, ...]:
    return facts.memo(_copied)[facts.graph.field(key).object_key].get(key, ())


def alike(facts: Facts, key: str) -> Iterator[str]:
    """At least every field of its object or a related one that holds the same, or would if another did not."""
    graph = facts.graph
    if graph.kind_of(key) is not NodeKind.FIELD or not _may_be_copied(graph.field(key)):
        return
    node = graph.field(key)
    if graph.system(node.system).role is not Role.CRM:
        return
    mine = near_field(node)
    for owner in {node.object_key} | _above(facts, node.object_key) | _below(facts, node.object_key):
        yield from (each.key for each in facts.memo(_holder)[owner].fields if may_be_same(mine, each))


def _twins(facts: Facts, key: str) -> tuple[Copied, ...]:
    """Those of a field, without what many related objects have alike, seen from either end."""
    found = _alike(facts, key)
    if len(found) > CONVENTION:
        return ()
    return tuple(twin for twin in found if len(_alike(facts, twin.field)) <= CONVENTION)


def _staying(facts: Facts, key: str) -> tuple[str, str]:
    """The field that is suggested to stay of a field and its copies, and why."""
    keys = sorted({key, *(twin.field for twin in _twins(facts, key))})
    chosen, because = choose(facts, keys)
    return (chosen, because) if because else (_highest(facts, keys), _ABOVE)


def _highest(facts: Facts, keys: Iterable[str]) -> str:
    """The one whose object most of the others look up."""
    objects = {key: facts.graph.field(key).object_key for key in keys}
    above = {key: sum(each in _above(facts, other) for other in objects.values()) for key, each in objects.items()}
    return min(objects, key=lambda key: (-above[key], key))


def _repeats_related(facts: Facts, node: FieldNode) -> Value:
    return bool(_twins(facts, node.key)) and _staying(facts, node.key)[0] != node.key


def _related_survivor(facts: Facts, node: FieldNode) -> Value:
    return _staying(facts, node.key)[0] if _twins(facts, node.key) else ABSENT


def _related_survivor_because(facts: Facts, node: FieldNode) -> Value:
    return _staying(facts, node.key)[1] if _twins(facts, node.key) else ABSENT


def _copies(facts: Facts, key: str) -> Related:
    return Related(tuple(Edge(twin.field, (("because", twin.because),)) for twin in _twins(facts, key)))


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "repeats_related",
            FIELD,
            BOOLEAN,
            "Whether a field of a related object holds the same and is suggested to stay instead.",
            FAMILY,
            _REACH,
        ),
        of_field(_repeats_related),
    ),
    Fact(
        FactSpec(
            "related_survivor",
            FIELD,
            TEXT,
            "Of fields of related objects that hold the same, the one that is suggested to stay.",
            FAMILY,
            _REACH,
            absent_when=_NONE,
        ),
        of_field(_related_survivor),
    ),
    Fact(
        FactSpec(
            "related_survivor_because",
            FIELD,
            TEXT,
            "Why that one is suggested to stay.",
            FAMILY,
            _REACH,
            absent_when=_NONE,
        ),
        of_field(_related_survivor_because),
    ),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "copies",
            FIELD,
            FIELD,
            "Fields of related objects that hold the same, by name, label, type and choices.",
            FAMILY,
            (FactSpec("because", FIELD, TEXT, "What makes them the same.", FAMILY),),
            _REACH,
        ),
        _copies,
    ),
)
