"""The audit as sheets: findings, fields, objects, policies and what was not read, as CSV or one workbook."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.formats.sheets import Cell, Sheet
from auditor.model.findings import Finding
from auditor.model.functions import Function
from auditor.model.results import AuditResult, InventoryRow
from auditor.model.values import Absent, Value
from auditor.report import phrasing
from auditor.report.finding_sections import certainty, ordered
from auditor.report.plan_sheets import plan_sheets

_FINDING = (
    *("severity", "certainty", "outcome", "policy", "title", "subject", "message", "measured"),
    *("evidence", "unknowns", "settled_by", "waiver", "path", "line", "fingerprint"),
)


def findings_sheet(result: AuditResult) -> Sheet:
    """One row a finding, gravest first."""
    titles = {tally.policy.id: tally.policy.title for tally in result.tallies}
    return Sheet("findings", _FINDING, [_finding(finding, titles) for finding in ordered(result.findings)])


def fields_sheet(result: AuditResult) -> Sheet:
    """One row a custom field with its facts; `unknown` is written as such, what cannot apply is empty."""
    return Sheet("fields", ("subject", *result.inventory_facts), [_facts(row) for row in result.inventory])


def all_sheets(result: AuditResult) -> tuple[Sheet, ...]:
    """Everything that is worth sorting and filtering."""
    return (
        findings_sheet(result),
        fields_sheet(result),
        Sheet("objects", ("subject", *result.object_facts), [_facts(row) for row in result.objects]),
        _policies(result),
        _growth(result),
        _coverage(result),
        _drift(result),
        _points(result),
        _candidates(result),
        _functions(result),
        *plan_sheets(result.plan),
        Sheet("skipped", ("path", "line", "reason"), [(s.path, s.line, s.reason) for s in result.skipped]),
    )


def _functions(result: AuditResult) -> Sheet:
    """What custom fields do, one row for each CRM, area and object."""
    words = tuple(str(each) for each in Function)
    columns = ("kind", "name", "fields", *words, "collected_on_pages", "unknown")
    rows: list[tuple[Cell, ...]] = [
        (each.kind, each.name, each.fields, *(n for _, n in each.counts), each.shown, each.open)
        for each in result.purposes
    ]
    return Sheet("functions", columns, rows)


def _finding(finding: Finding, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        str(finding.severity),
        certainty(finding),
        str(finding.outcome),
        finding.policy,
        titles.get(finding.policy, ""),
        finding.subject,
        finding.message,
        finding.measured,
        "; ".join(phrasing.datum_words(datum) for datum in finding.evidence),
        "; ".join(finding.unknowns),
        ", ".join(finding.settled_by),
        finding.waiver,
        finding.path,
        finding.line,
        finding.fingerprint,
    )


def _facts(row: InventoryRow) -> tuple[Cell, ...]:
    return (row.subject, *(_cell(value) for value in row.values))


def _cell(value: Value) -> Cell:
    if isinstance(value, Absent):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value, 4)
    return phrasing.value_words(value)


def _policies(result: AuditResult) -> Sheet:
    columns = (
        *("policy", "title", "severity", "pillar", "violation", "unknown", "waived", "pass", "not_applicable"),
        *("why", "fix"),
    )
    rows = [
        (
            *(t.policy.id, t.policy.title, str(t.policy.severity), t.policy.pillar),
            *(t.violation, t.unknown, t.waived, t.passed, t.not_applicable),
            *(t.policy.why, t.policy.fix),
        )
        for t in result.tallies
    ]
    return Sheet("policies", columns, rows)


def _candidates(result: AuditResult) -> Sheet:
    columns = ("subject", "state", "support", "dead_since", "fill", "circle")
    rows: list[tuple[Cell, ...]] = [
        (
            *(each.subject, each.level, "; ".join(each.support), each.dead_since, each.fill),
            "yes" if each.circle else "no",
        )
        for each in result.liveness.candidates
    ]
    return Sheet("candidates", columns, rows)


def _growth(result: AuditResult) -> Sheet:
    rows = [
        (growth.system, row.quarter, row.added, row.removed, row.net, row.total)
        for growth in result.growth
        for row in growth.rows
    ]
    return Sheet("growth", ("system", "quarter", "added", "removed", "net", "total"), rows)


def _coverage(result: AuditResult) -> Sheet:
    columns = ("source", "kind", "path", "system", "deed", "since", "until", "rows", "truncated", "note")
    rows = [
        (
            *(row.source, row.format, row.path, row.system, row.deed, row.since, row.until, row.rows),
            *("yes" if row.truncated else "no", row.note),
        )
        for row in result.coverage
    ]
    return Sheet("evidence", columns, rows)


def _drift(result: AuditResult) -> Sheet:
    columns = (
        "system",
        "object",
        "subject",
        "state",
        "since",
        "by",
        "deleted",
        "deleted_by",
        "differs_in",
        "source",
    )
    rows = [
        (
            *(row.system, row.object, row.subject, row.state, row.since, row.by, row.deleted, row.deleted_by),
            *("; ".join(row.differs_in), row.source),
        )
        for row in result.drift
    ]
    return Sheet("repository against org", columns, rows)


def _points(result: AuditResult) -> Sheet:
    columns = ("system", "kind", "name", "direction", "endpoint", "objects", "fields", "path", "line")
    rows = [
        (
            *(each.system, each.point.kind, each.point.name, each.point.direction, each.point.endpoint),
            *(", ".join(each.point.objects), ", ".join(each.point.fields), each.point.path, each.point.line),
        )
        for each in result.integration_points
    ]
    return Sheet("integration points", columns, rows)
