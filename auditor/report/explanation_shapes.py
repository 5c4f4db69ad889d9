"""The JSON Schema of `auditor explain --format json`."""

from __future__ import annotations

from auditor.model.findings import Outcome, Severity
from auditor.report.json_shapes import (
    DAY,
    LINE,
    TEXT,
    TEXTS,
    Definitions,
    Schema,
    document,
    either,
    items,
    mapping,
    named,
)
from auditor.report.value_shapes import VALUE

_NULL: Schema = {"type": "null"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


def explanation_schema() -> Schema:
    """The shape of the document."""
    kinds = Definitions()
    kinds.add("Value", VALUE)
    kinds.add("Question", mapping({"because": TEXT, "settled_by": TEXTS}, "What is open, and what settles it."))
    kinds.add("Node", mapping(_NODE, "One node of a condition with its truth."))
    kinds.add("Case", mapping(_CASE, "What one policy says of the subject, and why."))
    kinds.add("Origin", mapping(_ORIGIN, "A source behind a fact; windows are those that speak of the subject."))
    parts: Schema = {
        "schema_version": {"const": 1},
        "as_of": DAY,
        "subject": TEXT,
        "path": TEXT,
        "line": LINE,
        "policies": items(named("Case")),
        "sections": {"type": "object", "description": "What other analyses know of the subject, by their names."},
        "evidence": items(named("Origin")),
    }
    return document("Explanation of the auditor", _TOLD, mapping(parts), kinds)


_NODE: Schema = {
    "truth": {"enum": ["T", "F", "?"]},
    "shape": {"enum": ["all", "any", "not", "fact", "neighbours"]},
    "text": {**TEXT, "description": "The condition in words, whatever its truth."},
    "subject": TEXT,
    "fact": _TEXT_OR_NULL,
    "relation": _TEXT_OR_NULL,
    "value": either(named("Value"), _NULL),
    "printed": TEXT,
    "exact": {"type": "boolean", "description": "False: only bounds are known."},
    "evidence": {**TEXTS, "description": "Names of sources under `evidence`."},
    "witnesses": items(mapping({"subject": TEXT, "relation": TEXT, "path": TEXT, "line": LINE})),
    "unknowns": items(named("Question")),
    "parts": items(named("Node")),
}
_CASE: Schema = {
    **dict.fromkeys(("policy", "title", "pillar", "message", "why", "fix", "waiver", "fingerprint"), TEXT),
    "severity": {"enum": [str(severity) for severity in Severity]},
    "outcome": {"enum": [str(outcome) for outcome in Outcome]},
    "confidence": {"enum": ["proven", "likely", "open", None]},
    "polarity": {"enum": ["forbid", "require"]},
    "target": either(named("Node"), _NULL),
    "condition": named("Node"),
    "open": items(named("Question")),
}
_WINDOW: Schema = {"deed": TEXT, "from": {"type": ["string", "null"], "format": "date"}, "to": DAY}
_ORIGIN: Schema = {"name": TEXT, "id": TEXT, "kind": TEXT, "windows": items(mapping(_WINDOW))}
_TOLD = "What `auditor explain SUBJECT [POLICY] --format json` prints. `schema_version` rises when a key goes."
