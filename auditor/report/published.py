"""The published JSON Schemas of what the commands print for machines.

`python -m auditor.report.published report > docs/reference/report.schema.json`, and so for the others.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_type_hints

from auditor.model.components import IntegrationPoint
from auditor.model.findings import Datum, Finding, PolicyInfo, Witness
from auditor.model.functions import FunctionShares
from auditor.model.results import AuditResult, SystemSummary
from auditor.model.rollback import Proof, RollbackPlan
from auditor.model.scorecards import Scorecard
from auditor.report.explanation_shapes import explanation_schema
from auditor.report.inspection_shapes import inspection_schema
from auditor.report.json_shapes import (
    COUNT,
    COUNTS,
    DAY,
    TEXT,
    Definitions,
    Schema,
    document,
    either,
    items,
    mapping,
    named,
)
from auditor.report.machine import SCHEMA_VERSION
from auditor.report.value_shapes import VALUE

_DIVERGENCE = "What `auditor reconcile --format json` prints, without examples, customers and single records."
_AS_THEY_ARE = (
    *("assumptions", "cards", "company", "coverage", "disabled", "drift", "drift_coverage", "facts", "fitness"),
    *("gaps", "growth", "integrations", "liveness", "notices", "outside_readers", "policies_digest"),
    *("carriages", "score_change", "skipped", "unread"),
)
"""Parts of a result that are printed in the shape that they have."""


def report_schema() -> Schema:
    """The shape of `auditor audit --output json=F`."""
    kinds = Definitions()
    hints = get_type_hints(AuditResult)
    kinds.add("Value", VALUE)
    finding = _finding(kinds)
    parts: Schema = {
        **{name: kinds.shape(hints[name]) for name in _AS_THEY_ARE},
        "schema_version": {"const": SCHEMA_VERSION},
        "as_of": DAY,
        "plan": either(_plan(kinds), {"type": "null"}),
        "score": either(_score(kinds), {"type": "null"}),
        "divergence": either({"type": "object", "description": _DIVERGENCE}, {"type": "null"}),
        "systems": items(kinds.of(SystemSummary, components=COUNTS, references=COUNTS)),
        "findings": items(finding),
        "policies": items(_policy(kinds)),
        "objects": items(_facts(kinds)),
        "fields": items(_facts(kinds)),
        "purposes": items(kinds.of(FunctionShares, counts=COUNTS, may=COUNTS)),
        "integration_points": items(kinds.of(IntegrationPoint, system=TEXT)),
    }
    return document("Report of the auditor", _REPORT, mapping(parts), kinds)


def plan_schema() -> Schema:
    """The shape of `auditor plan --format json`: what the report holds under `plan`."""
    kinds = Definitions()
    _plan(kinds)
    whole = kinds.found.pop(RollbackPlan.__name__)
    return document("Roll-back plan of the auditor", _PLAN, {**whole, "description": _PLAN}, kinds)


def published() -> Mapping[str, Callable[[], Schema]]:
    """The schemas by name; each stands in `docs/reference/NAME.schema.json`."""
    return MappingProxyType(
        {
            "report": report_schema,
            "inspection": inspection_schema,
            "explanation": explanation_schema,
            "plan": plan_schema,
        }
    )


def schema_text(name: str) -> str:
    """A published schema as its file holds it."""
    return json.dumps(published()[name](), ensure_ascii=False, indent=1) + "\n"


def _finding(kinds: Definitions) -> Schema:
    """`helped_by` serves the report's own ranking and is not printed."""
    kinds.of(Datum)
    kinds.of(Witness)
    return kinds.of(Finding, without=("helped_by",))


def _score(kinds: Definitions) -> Schema:
    ends: Schema = {end: {"type": "integer", "minimum": 0, "maximum": 100} for end in ("value", "low", "high")}
    return kinds.of(Scorecard, without=("score",), **ends)


def _policy(kinds: Definitions) -> Schema:
    tally = dict.fromkeys(("violation", "unknown", "pass", "not_applicable", "waived"), COUNT)
    return kinds.of(PolicyInfo, tally=mapping(tally, "How many subjects the policy gave each answer."))


def _facts(kinds: Definitions) -> Schema:
    values: Schema = {"type": "object", "additionalProperties": named("Value")}
    row = mapping({"subject": TEXT, "facts": values}, "One object or field with its main facts.")
    return kinds.add("FactsOfSubject", row)


def _plan(kinds: Definitions) -> Schema:
    return kinds.of(RollbackPlan, proofs=items(kinds.of(Proof, passed=kinds.shape(bool))))


_PLAN = (
    "What `auditor plan --format json` writes: what is removed and in which order, waves with their steps and "
    "days, edits, blockers, what is kept, and what a trial on a copy came to. New keys may come at any time."
)
_REPORT = (
    "What `auditor audit --output json=FILE` writes. `schema_version` rises when a key goes or changes its "
    "meaning; new keys may come at any time. A line of `--output jsonl=FILE` is one of the findings."
)

if __name__ == "__main__":
    sys.stdout.write(schema_text(sys.argv[1]))
