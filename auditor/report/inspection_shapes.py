"""The JSON Schema of `auditor inspect --format json` and of a line of `--references --format jsonl`."""

from __future__ import annotations

from auditor.model.catalogue import Role
from auditor.model.references import Access, Certainty
from auditor.report.json_shapes import LINE, TEXT, TEXTS, Definitions, Schema, document, items, mapping, named

_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_YES_OR_NO: Schema = {"type": ["boolean", "null"], "description": "Null: the source does not tell."}


def inspection_schema() -> Schema:
    """The shape of the document; a line of references is `#/$defs/Reference`."""
    kinds = Definitions()
    kinds.add("Field", mapping(_FIELD))
    kinds.add("Object", mapping(_OBJECT))
    kinds.add("Component", mapping(_COMPONENT))
    kinds.add("IntegrationPoint", mapping(_POINT))
    kinds.add("System", mapping(_SYSTEM))
    kinds.add("Skipped", mapping({"path": TEXT, "reason": TEXT, "line": LINE}, "What was not read, and why."))
    kinds.add("Reference", mapping(_REFERENCE, "A line of `auditor inspect --references --format jsonl`."))
    parts: Schema = {"systems": items(named("System")), "skipped": items(named("Skipped"))}
    return document("Catalogue of the auditor", _TOLD, mapping(parts), kinds)


_FIELD: Schema = {
    "name": TEXT,
    "label": _TEXT_OR_NULL,
    "type": _TEXT_OR_NULL,
    "custom": _YES_OR_NO,
    "required": _YES_OR_NO,
    "reference_to": TEXTS,
    "calculation": _TEXT_OR_NULL,
    "external_id": _YES_OR_NO,
    "unique": _YES_OR_NO,
    "description": _TEXT_OR_NULL,
    "path": _TEXT_OR_NULL,
    "line": LINE,
}
_OBJECT: Schema = {
    "name": TEXT,
    "label": _TEXT_OR_NULL,
    "custom": _YES_OR_NO,
    "kind": TEXT,
    "description": _TEXT_OR_NULL,
    "record_types": TEXTS,
    "fields": items(named("Field")),
}
_COMPONENT: Schema = {
    "kind": TEXT,
    "name": TEXT,
    "path": TEXT,
    "label": _TEXT_OR_NULL,
    "object": _TEXT_OR_NULL,
    "active": _YES_OR_NO,
}
_POINT: Schema = {
    "kind": TEXT,
    "name": TEXT,
    "direction": {"enum": ["in", "out", "both", "unknown"]},
    "endpoint": _TEXT_OR_NULL,
    "objects": TEXTS,
    "fields": TEXTS,
    "active": _YES_OR_NO,
    "aliases": TEXTS,
    "register": TEXT,
    "path": TEXT,
    "line": LINE,
}
_SYSTEM: Schema = {
    "name": TEXT,
    "role": {"enum": [str(role) for role in Role]},
    "kind": TEXT,
    "objects": items(named("Object")),
    "components": items(named("Component")),
    "integration_points": items(named("IntegrationPoint")),
}
_REFERENCE: Schema = {
    "component_kind": TEXT,
    "component": TEXT,
    "field": TEXT,
    "access": {"enum": [str(access) for access in Access]},
    "certainty": {"enum": [str(certainty) for certainty in Certainty]},
    "path": TEXT,
    "line": LINE,
    "part": _TEXT_OR_NULL,
}
_TOLD = "What `auditor inspect --format json` prints. New keys may come at any time."
