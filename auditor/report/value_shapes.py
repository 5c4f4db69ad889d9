"""The shapes of a fact's value in JSON, as `machine.plain_value` prints it."""

from __future__ import annotations

from auditor.report.json_shapes import COUNT, DAY, TEXT, TEXTS, Schema, either, mapping

_DAY_OR_OPEN: Schema = {"type": ["string", "null"], "format": "date"}

VALUE: Schema = {
    "description": "A fact's value: plain, or an object for what is no plain value.",
    **either(
        {"type": ["string", "number", "boolean"]},
        {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        mapping({"unknown": TEXT, "settled_by": TEXTS}, "The evidence cannot say; why, and what would settle it."),
        mapping({"absent": {"const": True}}, "It cannot apply, or nobody wrote one, and that is known."),
        mapping({"not_before": _DAY_OR_OPEN, "not_after": _DAY_OR_OPEN}, "A day within bounds."),
        mapping({"never": {"const": True}, "since": _DAY_OR_OPEN, "until": DAY}, "Nothing in what was watched."),
        mapping({"least": COUNT, "most": {"type": ["integer", "null"]}}, "A count within bounds."),
    ),
}
