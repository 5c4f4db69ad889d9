"""The systems of a graph as matching compares them: their schemas, and what each object is for the business."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.concepts import classified
from auditor.matching.profiles import ObjectProfile, profile_of
from auditor.matching.systems import SystemProfile
from auditor.model.catalogue import Field, Role


def systems(facts: Facts, role: Role) -> list[SystemProfile]:
    """The systems of a role; those of a CRM without what is only linked, which repeats nothing."""
    return [
        SystemProfile(each.system, tuple(_profiles(facts, each.system, role is Role.CRM)))
        for each in facts.graph.systems()
        if each.role is role
    ]


def _profiles(facts: Facts, system: str, copies_only: bool) -> Iterable[ObjectProfile]:
    for node in facts.graph.objects(system=system):
        nodes = map(facts.graph.field, facts.graph.fields_of(node.key))
        # Of a field that is only mentioned somewhere neither type nor label is known.
        fields = sorted((each.value for each in nodes if not each.implied), key=_as_in_the_source)
        profile = profile_of(node.value, tuple(fields), copies_only)
        if profile is not None:
            told = classified(facts, node.key)
            yield replace(profile, concept=told.concept or "", certainty=told.confidence or 0.0)


def _as_in_the_source(value: Field) -> tuple[int, str]:
    return (value.position, value.name)
