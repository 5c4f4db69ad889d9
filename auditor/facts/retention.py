"""What goes with a thing that goes: its retained set (docs/liveness-functions.md)."""

from __future__ import annotations

from auditor.facts.base import BOOLEAN, COMPONENT, DATA, INTEGER, Fact, Facts, Relation
from auditor.facts.liveness.engine import Liveness, liveness_of
from auditor.graph.liveness.retained import RetainedSets
from auditor.graph.liveness.retention import retained_of
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.model.catalogue import Role
from auditor.model.liveness import DEAD
from auditor.model.references import Access
from auditor.model.values import ABSENT, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, Related, RelationSpec

FAMILY = "liveness"
SUBJECTS = DATA | COMPONENT


def retained_sets_of(facts: Facts) -> RetainedSets:
    """The retained sets of everything that is dead or a candidate, in numbers of the net of liveness."""

    def make() -> RetainedSets:
        living = liveness_of(facts)
        staying = {number for key in _staying(facts) if (number := living.node(key)) is not None}
        return retained_of(living.net, living.marks.levels, staying)

    return facts.once(("retained sets", ""), make)


def _staying(facts: Facts) -> list[str]:
    """What nobody removes: what is the platform's, a package's or another system's, and what is only mentioned."""
    graph = facts.graph
    elsewhere = {each.system for each in graph.systems() if each.role is not Role.CRM}
    objects = [each.key for each in graph.objects() if each.value.custom is False or each.system in elsewhere]
    fields = [key for key in graph.keys(NodeKind.FIELD) if _stays(graph.field(key), elsewhere)]
    managed = (key for kind in _MANAGED for key in graph.keys(kind) if facts.fact(key, "managed") is True)
    mentioned = [each.key for each in graph.components() if not each.exists]
    return [*objects, *fields, *managed, *mentioned]


def _stays(node: FieldNode, elsewhere: set[str]) -> bool:
    return node.value.custom is False or node.system in elsewhere


_MANAGED = (NodeKind.OBJECT, NodeKind.FIELD)


def retained(facts: Facts, key: str) -> tuple[str, ...] | None:
    """What nothing else would hold if a thing went, sorted; None where it stays.

    It stays where something named keeps it, or may, and where it is the platform's or a package's own.
    What belongs to an object goes with it, whoever else holds it, and what all of that together holds; so does
    what nothing keeps and what mentions nothing else.
    """
    living = liveness_of(facts)
    sets, node = retained_sets_of(facts), living.node(key)
    if node is None or node not in sets or node in sets.inside.hidden:
        return None
    if facts.graph.kind_of(key) is not NodeKind.OBJECT:
        return tuple(sorted(living.net.names[each] for each in sets.members(node)))
    own, graph = _belongings(facts, key), facts.graph
    parts = (*graph.fields_of(key), *own)
    numbers = {found for each in parts if (found := living.node(each)) is not None}
    others = [living.net.names[each] for each in sets.together([node, *numbers])]
    gone = {key, *graph.fields_of(key), *own, *others}
    about = (each for each in _about(facts, key) if _speaks_of(facts, each, gone))
    return tuple(sorted({*own, *others, *about} - {key}))


def _about(facts: Facts, object_key: str) -> set[str]:
    """Components that mention an object or its fields and that nothing keeps: tabs, reports on it, translations.

    Grants are edited and never go: who may do what is decided elsewhere.
    """
    living, sets, graph = liveness_of(facts), retained_sets_of(facts), facts.graph
    found = {
        link.other for each in (object_key, *graph.fields_of(object_key)) for link in graph.references_to(each)
    }
    nodes = {each: living.node(each) for each in found if graph.kind_of(each) is NodeKind.COMPONENT}
    return {each for each, node in nodes.items() if node is None or node in sets}


def _speaks_of(facts: Facts, key: str, gone: set[str]) -> bool:
    """Whether a component mentions nothing but what goes, so that nothing of it would be left."""
    node, links = facts.graph.component(key), facts.graph.references_from(key)
    granting = any(link.reference.access is Access.GRANTS for link in links)
    return node.exists and not granting and all(link.other in gone for link in links)


def _belongings(facts: Facts, object_key: str) -> list[str]:
    """What the platform deletes with an object: its own fields, layouts, rules and lists."""
    graph = facts.graph
    values = ((each, graph.field(each)) for each in graph.fields_of(object_key))
    fields = [key for key, node in values if not node.implied and node.value.custom is not False]
    components = [each for each in graph.components_of(object_key) if graph.component(each).exists]
    return [*fields, *components]


def _count(facts: Facts, key: str) -> Value:
    living, sets = liveness_of(facts), retained_sets_of(facts)
    node = living.node(key)
    if node is None or node not in sets or node in sets.inside.hidden:
        return ABSENT
    if facts.graph.kind_of(key) is NodeKind.OBJECT:
        return len(retained(facts, key) or ())
    return sets.count(node)


def _retains(facts: Facts, key: str) -> Related:
    living = liveness_of(facts)
    return Related(tuple(Edge(each, (("dead", _is_dead(living, each)),)) for each in retained(facts, key) or ()))


def _is_dead(living: Liveness, key: str) -> bool:
    level = living.level(key)
    return level == DEAD


_KEPT = "something in use keeps it, or something named may; it is the platform's; its kind takes no part"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "retained",
            SUBJECTS,
            INTEGER,
            "How many others go with it when it goes: what nothing else holds, and what belongs to it.",
            FAMILY,
            GLOBAL,
            "things",
            absent_when=_KEPT,
        ),
        _count,
    ),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "retains",
            SUBJECTS,
            SUBJECTS,
            "What goes with it when it goes: what nothing else holds, and what belongs to it.",
            FAMILY,
            (FactSpec("dead", SUBJECTS, BOOLEAN, "Whether that is dead, and no candidate only.", FAMILY),),
            GLOBAL,
        ),
        _retains,
    ),
)
