"""The audit for machines: one JSON document, or one line a finding. A contract; new keys may come, none goes."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum

from auditor.dataclasses import asdict
from auditor.model.findings import Datum, Finding, Witness
from auditor.model.results import AuditResult, PolicyTally, SystemPoint, SystemSummary
from auditor.model.rollback import RollbackPlan
from auditor.model.scorecards import Scorecard
from auditor.model.values import Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.report.divergence import divergence_values

SCHEMA_VERSION = 1


def audit_json(result: AuditResult) -> str:
    """Everything that one audit found, as one document."""
    return json_text(document(result))


def json_text(told: dict[str, object]) -> str:
    """A document as every command prints it: days in ISO 8601, words as they are, one space a level."""
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain) + "\n"


def findings_jsonl(result: AuditResult) -> str:
    """One line a finding, in the shape that the document uses."""
    lines = (
        json.dumps(finding_values(finding), ensure_ascii=False, default=_plain) for finding in result.findings
    )
    return "".join(f"{line}\n" for line in lines)


def document(result: AuditResult) -> dict[str, object]:
    """The document as plain values."""
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": result.as_of,
        "company": result.company,
        "score": None if result.score is None else score_values(result.score),
        "score_change": None if result.score_change is None else _rounded(asdict(result.score_change)),
        "systems": [_system(system) for system in result.systems],
        "findings": [finding_values(finding) for finding in result.findings],
        "facts": result.facts,
        "plan": None if result.plan is None else plan_document(result.plan),
        "cards": [asdict(card) for card in result.cards],
        "policies": [_tally(tally) for tally in result.tallies],
        "policies_digest": result.policies_digest,
        "disabled": result.disabled,
        "growth": [asdict(growth) for growth in result.growth],
        "coverage": [asdict(row) for row in result.coverage],
        "unread": [asdict(channel) for channel in result.unread],
        "gaps": [asdict(gap) for gap in result.gaps],
        "assumptions": result.assumptions,
        "notices": result.notices,
        "objects": [_facts(result.object_facts, row.subject, row.values) for row in result.objects],
        "fields": [_facts(result.inventory_facts, row.subject, row.values) for row in result.inventory],
        "integration_points": [_point(each) for each in result.integration_points],
        "integrations": [asdict(each) for each in result.integrations],
        "outside_readers": [asdict(each) for each in result.outside_readers],
        "drift": [asdict(row) for row in result.drift],
        "drift_coverage": [asdict(line) for line in result.drift_coverage],
        "fitness": [asdict(line) for line in result.fitness],
        "purposes": [{**asdict(row), "counts": dict(row.counts), "may": dict(row.may)} for row in result.purposes],
        "carriages": [asdict(row) for row in result.carriages],
        "liveness": asdict(result.liveness),
        "divergence": None if result.divergence is None else divergence_values(result.divergence),
        "skipped": [asdict(line) for line in result.skipped],
    }


def plan_document(plan: RollbackPlan) -> dict[str, object]:
    """A roll-back plan as plain values, in the shape of the values themselves."""
    return {**asdict(plan), "proofs": [{**asdict(proof), "passed": proof.passed} for proof in plan.proofs]}


def plain_value(value: Value) -> object:
    """A fact's value. What is no plain value is an object: unknown, absent, a range, or never."""
    match value:
        case Unknown():
            return {"unknown": value.because, "settled_by": value.settled_by}
        case Absent():
            return {"absent": True}
        case DateRange():
            return value.exact or {"not_before": value.not_before, "not_after": value.not_after}
        case Never():
            return {"never": True, "since": value.since, "until": value.until}
        case CountRange():
            return {"least": value.least, "most": value.most}
        case _:
            return value


def score_values(card: Scorecard) -> dict[str, object]:
    """The score in whole points, as people read it; its parts as they were computed, to two places."""
    told = {name: round(getattr(card.score, end)) for name, end in _ENDS}
    rest = {name: value for name, value in asdict(card).items() if name != "score"}
    return {**told, **{name: _rounded(value) for name, value in rest.items()}}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dict):
        return {name: _rounded(member) for name, member in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


_ENDS = (("value", "point"), ("low", "low"), ("high", "high"))


def _system(system: SystemSummary) -> dict[str, object]:
    return {
        **asdict(system),
        "components": dict(system.components),
        "references": dict(system.references),
    }


def finding_values(finding: Finding) -> dict[str, object]:
    """One finding as the document prints it."""
    return {
        "policy": finding.policy,
        "subject": finding.subject,
        "outcome": finding.outcome,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "evidence": [_datum(datum) for datum in finding.evidence],
        "witnesses": [_witness(witness) for witness in finding.witnesses],
        "unknowns": finding.unknowns,
        "settled_by": finding.settled_by,
        "measured": finding.measured,
        "path": finding.path,
        "line": finding.line,
        "waiver": finding.waiver,
        "fingerprint": finding.fingerprint,
        "identity": finding.identity,
        "baseline": finding.baseline,
    }


def _datum(datum: Datum) -> dict[str, object]:
    return {"fact": datum.fact, "value": datum.value, "source": datum.source, "subject": datum.subject}


def _witness(witness: Witness) -> dict[str, object]:
    return {
        "subject": witness.subject,
        "relation": witness.relation,
        "path": witness.path,
        "line": witness.line,
    }


def _tally(tally: PolicyTally) -> dict[str, object]:
    counts = {
        "violation": tally.violation,
        "unknown": tally.unknown,
        "pass": tally.passed,
        "not_applicable": tally.not_applicable,
        "waived": tally.waived,
    }
    return {**asdict(tally.policy), "tally": counts}


def _facts(names: tuple[str, ...], subject: str, values: tuple[Value, ...]) -> dict[str, object]:
    return {
        "subject": subject,
        "facts": {name: plain_value(value) for name, value in zip(names, values, strict=True)},
    }


def _point(each: SystemPoint) -> dict[str, object]:
    return {"system": each.system, **asdict(each.point)}


def _plain(value: object) -> object:
    """What JSON has no word for.

    Raises:
        TypeError: the document holds something that is neither a day nor a word.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no place in the report")
