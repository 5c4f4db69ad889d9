"""A check as the values that the formats of an audit are written from."""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.model.catalogue import Role
from auditor.model.checks import CheckFinding, CheckResult
from auditor.model.findings import Finding
from auditor.model.results import AuditResult, PolicyTally, SystemSummary
from auditor.report.check_words import because_words
from auditor.report.discretion import discreet


def discreet_check(result: CheckResult) -> CheckResult:
    """The result as it may leave here: no use by so few that it speaks of a person."""
    if not result.findings:
        return result
    told = discreet(plain_audit(result)).findings
    pairs = zip(result.findings, told, strict=True)
    return replace(result, findings=tuple(replace(each, finding=finding) for each, finding in pairs))


def as_audit(result: CheckResult) -> AuditResult:
    """The findings as those of an audit, for the formats of pipelines; each says what is behind it."""
    return _audit(result, [_explained(each) for each in result.findings])


def plain_audit(result: CheckResult) -> AuditResult:
    """The findings as those of an audit, as they are."""
    return _audit(result, [each.finding for each in result.findings])


def _audit(result: CheckResult, findings: list[Finding]) -> AuditResult:
    return AuditResult(
        as_of=result.as_of,
        systems=tuple(_summary(name, location) for name, location in result.locations),
        findings=tuple(findings),
        tallies=tuple(PolicyTally(policy) for policy in result.policies),
        notices=result.notices,
        company=result.company,
    )


def _summary(name: str, location: str) -> SystemSummary:
    """A system of which only the place is told."""
    return SystemSummary(name, Role.CRM, (), location, 0, 0, 0, 0, 0, (), (), 0, 0, 0, 0)


def _explained(each: CheckFinding) -> Finding:
    finding = replace(each.finding, baseline=each.state)
    because = because_words(each)
    return replace(finding, message=f"{finding.message} ({because})") if because else finding
