"""Violations as a GitLab code quality report: one array, each with a unique fingerprint.

Source: GitLab's documentation, "Code Quality report format". GitLab shows only the first of equal fingerprints.
"""

from __future__ import annotations

import json

from auditor.model.findings import Finding, Outcome, Severity
from auditor.model.results import AuditResult
from auditor.report.finding_sections import ordered
from auditor.report.places import Places
from auditor.report.sarif import sentence

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}


def report_codequality(result: AuditResult) -> str:
    """The array; what is waived or unknown is not in it, since GitLab knows no such state."""
    places = Places(result.systems)
    told = [_entry(f, places) for f in ordered(result.findings) if f.outcome is Outcome.VIOLATION]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _entry(finding: Finding, places: Places) -> dict[str, object]:
    place = places.of(finding)
    return {
        "description": sentence(finding),
        "check_name": finding.policy,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES.get(finding.severity, "info"),
        "location": {"path": place.path, "lines": {"begin": place.line}},
    }
