"""The systems of a graph as matching compares them: their schemas, and what each object is for the business."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.concepts import classified
from auditor.graph.schema import SchemaGraph
from auditor.matching.profiles import ObjectProfile, profile_of
from auditor.matching.systems import SystemProfile
from auditor.model.catalogue import Field, Relationship, Role


def systems(facts: Facts, role: Role) -> list[SystemProfile]:
    """The systems of a role; those of a CRM without what is only linked, which repeats nothing."""
    return [
        SystemProfile(each.system, tuple(_profiles(facts, each.system)))
        for each in facts.graph.systems()
        if each.role is role
    ]


def compared(facts: Facts, object_key: str) -> ObjectProfile | None:
    """One object as matching compares it; None where it is only linked, and of a CRM."""
    node = facts.graph.object(object_key)
    nodes = map(facts.graph.field, facts.graph.fields_of(object_key))
    # Of a field that is only mentioned somewhere neither type nor label is known.
    fields = sorted((each.value for each in nodes if not each.implied), key=_as_in_the_source)
    profile = profile_of(node.value, tuple(fields), facts.graph.system(node.system).role is Role.CRM)
    if profile is None:
        return None
    told = classified(facts, object_key)
    return replace(profile, concept=told.concept or "", certainty=told.confidence or 0.0)


def beside(graph: SchemaGraph, object_key: str) -> frozenset[str]:
    """The objects whose profile may change with that of one: itself, what owns it and what it owns.

    Their concepts are read from each other.
    """
    owners = {to for each in graph.fields_of(object_key) if _owns(graph, each) for to in graph.looks_up(each)}
    owned = {graph.object_of(each) for each in graph.looked_up_by(object_key) if _owns(graph, each)}
    return frozenset({object_key} | owners | {each for each in owned if each is not None})


def _owns(graph: SchemaGraph, field_key: str) -> bool:
    return graph.field(field_key).value.relationship is Relationship.MASTER_DETAIL


def _profiles(facts: Facts, system: str) -> Iterable[ObjectProfile]:
    found = (compared(facts, node.key) for node in facts.graph.objects(system=system))
    return (each for each in found if each is not None)


def _as_in_the_source(value: Field) -> tuple[int, str]:
    return (value.position, value.name)
