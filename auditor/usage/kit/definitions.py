"""What a component of the repository reads when it runs: the fields of its report columns, its merge fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from auditor.model.catalogue import Catalog
from auditor.model.references import Certainty
from auditor.usage.naming import names_of

FieldReads: TypeAlias = tuple[tuple[str, bool], ...]
"""Printed names of fields, each with whether it is only possibly read; sorted, each field once."""


def reads_by_component(catalog: Catalog, kind: str) -> Mapping[str, FieldReads]:
    """The fields that each component of a kind refers to, by printed name; empty for one that refers to none.

    Weak references (grants, lists, translates) are none. A field that is surely read in one place and possibly in
    another is surely read.
    """
    names = names_of(catalog)
    found: dict[str, dict[str, bool]] = {
        names.component(kind, each.name): {} for each in catalog.components if each.kind == kind
    }
    for reference in catalog.references:
        if reference.component_kind != kind or reference.access.weak or "." not in reference.target:
            continue
        fields = found.setdefault(names.component(kind, reference.component), {})
        field = names.target(reference.target)
        fields[field] = fields.get(field, True) and reference.certainty is Certainty.POSSIBLE
    return {component: tuple(sorted(fields.items())) for component, fields in found.items()}
