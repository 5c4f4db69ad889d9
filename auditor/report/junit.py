"""Findings as JUnit XML, for pipelines that show test results: a suite a policy, a case a subject.

There is no standard; the elements and attributes are those of Jenkins' xUnit schema, which GitLab, Azure Pipelines
and CircleCI read too. A violation is a failure, what is unknown or waived a skipped case with its reason, and a
policy without either is one case that passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from auditor.model.findings import Finding, Outcome
from auditor.model.results import AuditResult, PolicyTally
from auditor.report import wording
from auditor.report.finding_sections import ordered
from auditor.report.places import Places
from auditor.report.sarif import sentence
from auditor.report.terminal import printable


def report_junit(result: AuditResult) -> str:
    """The whole document."""
    by_policy: dict[str, list[Finding]] = {}
    for finding in ordered(result.findings):
        by_policy.setdefault(finding.policy, []).append(finding)
    places = Places(result.systems)
    suites = [_suite(tally, by_policy.get(tally.policy.id, []), places) for tally in result.tallies]
    lines = [line for suite in suites for line in suite]
    name = _text(result.company or wording.UNNAMED)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="{name}">', *lines, _END])


def _suite(tally: PolicyTally, findings: list[Finding], places: Places) -> Iterator[str]:
    policy = tally.policy
    failures = sum(finding.outcome is Outcome.VIOLATION for finding in findings)
    counts = (
        f'tests="{max(1, len(findings))}" failures="{failures}" errors="0" skipped="{len(findings) - failures}"'
    )
    yield f'  <testsuite name="{_text(policy.id)}" {counts}>'
    if not findings:
        yield f'    <testcase classname="{_text(policy.id)}" name="{_text(policy.title)}"/>'
    for finding in findings:
        yield from _case(finding, places)
    yield "  </testsuite>"


def _case(finding: Finding, places: Places) -> Iterator[str]:
    place = places.of(finding)
    yield (
        f'    <testcase classname="{_text(finding.policy)}" name="{_text(finding.subject)}" '
        f'file="{_text(place.path)}" line="{place.line}">'
    )
    if finding.outcome is Outcome.VIOLATION:
        told = f'message="{_text(finding.message)}" type="{finding.severity}"'
        yield f"      <failure {told}>{_text(f'{place.path}:{place.line}: {sentence(finding)}')}</failure>"
    else:
        reason = f"{finding.outcome}: {finding.waiver or finding.message}"
        yield f'      <skipped message="{_text(reason)}"/>'
    yield "    </testcase>"


def _text(text: str) -> str:
    """Text that XML 1.0 can hold, in an attribute too."""
    return escape(printable(text), quote=True)


_END = "</testsuites>\n"
