"""What `auditor inspect` prints: the catalogue and references that were read, and what was skipped and why.

The JSON and JSON-lines shapes are contracts (README, "For machines") and stable from the first release.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.model.catalogue import Catalog, Field, Object, Skipped
from auditor.model.components import Component, IntegrationPoint
from auditor.model.references import Reference
from auditor.report.terminal import printable

_MAX_SKIPPED = 20
"""How many skipped lines the text form shows; the JSON form has all."""


def inspection_json(catalogs: Sequence[Catalog]) -> str:
    """The catalogue as one JSON document."""
    document = {
        "systems": [_system(catalog) for catalog in catalogs],
        "skipped": [_skipped(line) for catalog in catalogs for line in catalog.skipped],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def references_jsonl(catalogs: Sequence[Catalog]) -> Iterator[str]:
    """One line a reference."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for catalog in catalogs:
        for reference in catalog.references:
            yield encode(_reference(reference)) + "\n"


def inspection_text(catalogs: Sequence[Catalog]) -> str:
    """The catalogue for people: counts, then objects by size, then what was skipped."""
    blocks = [block for catalog in catalogs for block in _blocks(catalog)]
    return "\n\n".join(blocks) + "\n"


def references_text(catalogs: Sequence[Catalog]) -> Iterator[str]:
    """One line a reference, readable."""
    for catalog in catalogs:
        for ref in catalog.references:
            place = ref.path if ref.line is None else f"{ref.path}:{ref.line}"
            unsure = "" if ref.certainty == "certain" else " (possible)"
            who = f"{ref.component_kind} {ref.component}"
            yield printable(f"{ref.target}  {ref.access}{unsure}  {who}  {place}") + "\n"


def _system(catalog: Catalog) -> dict[str, object]:
    return {
        "name": catalog.system,
        "role": str(catalog.role),
        "kind": catalog.kind,
        "objects": [_object(entity) for entity in catalog.objects],
        "components": [_component(component) for component in catalog.components],
        "integration_points": [_integration_point(point) for point in catalog.integration_points],
    }


def _integration_point(point: IntegrationPoint) -> dict[str, object]:
    return {
        "kind": point.kind,
        "name": point.name,
        "direction": point.direction,
        "endpoint": point.endpoint,
        "objects": point.objects,
        "fields": point.fields,
        "active": point.active,
        "aliases": point.aliases,
        "register": point.register,
        "path": point.path,
        "line": point.line,
    }


def _object(entity: Object) -> dict[str, object]:
    return {
        "name": entity.name,
        "label": entity.label,
        "custom": entity.custom,
        "kind": str(entity.kind),
        "description": entity.description,
        "record_types": entity.record_types,
        "fields": [_field(field) for field in entity.fields],
    }


def _field(field: Field) -> dict[str, object]:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "custom": field.custom,
        "required": field.required,
        "reference_to": field.reference_to,
        "calculation": field.calculation,
        "external_id": field.external_id,
        "unique": field.unique,
        "description": field.description,
        "path": field.origin.path if field.origin else None,
        "line": field.origin.line if field.origin else None,
    }


def _component(component: Component) -> dict[str, object]:
    return {
        "kind": component.kind,
        "name": component.name,
        "path": component.path,
        "label": component.label,
        "object": component.object,
        "active": component.active,
    }


def _reference(reference: Reference) -> dict[str, object]:
    return {
        "component_kind": reference.component_kind,
        "component": reference.component,
        "field": reference.target,
        "access": str(reference.access),
        "certainty": str(reference.certainty),
        "path": reference.path,
        "line": reference.line,
        "part": reference.part,
    }


def _skipped(line: Skipped) -> dict[str, object]:
    return {"path": line.path, "reason": line.reason, "line": line.line}


def _blocks(catalog: Catalog) -> Iterator[str]:
    fields = sum(len(entity.fields) for entity in catalog.objects)
    custom = sum(1 for entity in catalog.objects for field in entity.fields if field.custom)
    head = f"{catalog.system} ({catalog.role}, {catalog.kind}): {printable(catalog.location)}\n"
    yield head + (
        f"  {len(catalog.objects):,} objects, {fields:,} fields ({custom:,} custom), "
        f"{len(catalog.components):,} components, {len(catalog.references):,} references, "
        f"{len(catalog.integration_points):,} integration points"
    )
    if catalog.objects:
        yield "objects\n" + "\n".join(_object_line(entity) for entity in catalog.objects)
    if catalog.components:
        kinds = sorted(Counter(component.kind for component in catalog.components).items())
        yield "components\n" + "\n".join(f"  {kind:<28}{count:>7,}" for kind, count in kinds)
    if catalog.unresolved:
        yield f"unresolved\n  {catalog.unresolved:,} mentions named no field or object that was read"
    if catalog.skipped:
        yield "skipped\n" + "\n".join(_skipped_lines(catalog.skipped))


def _object_line(entity: Object) -> str:
    label = f"  {printable(entity.label)}" if entity.label and entity.label != entity.name else ""
    return f"  {printable(entity.name):<40}{len(entity.fields):>5} fields{label}"


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    for line in skipped[:_MAX_SKIPPED]:
        place = line.path if line.line is None else f"{line.path}:{line.line}"
        yield printable(f"  {place}: {line.reason}")
    if len(skipped) > _MAX_SKIPPED:
        yield f"  … and {len(skipped) - _MAX_SKIPPED:,} more; --format json lists all"
