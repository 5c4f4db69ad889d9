"""Findings one by one for people at a terminal: what, evidence, why, do, more.

Why and do are the policy's and stand with its first finding; what follows of the same policy is short.
"""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from textwrap import wrap

from auditor.model.findings import Finding, Outcome, PolicyInfo
from auditor.model.results import AuditResult
from auditor.report import headings, phrasing, wording
from auditor.report.finding_sections import certainty, ordered
from auditor.report.places import Places
from auditor.report.terminal import printable

WIDTH = 110
_INDENT = 12
_LONGEST = 160
"""Characters of one fact; a description may be a page."""
_SHORT = 6
"""Digits of a fingerprint that tell findings apart to the eye; the JSON has all."""


def report_listing(result: AuditResult) -> str:
    """Violations, then what is waived, policy by policy, gravest first; what is open is counted at the end."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: AuditResult) -> Iterator[str]:
    places = Places(result.systems)
    by_policy: dict[str, list[Finding]] = {}
    for finding in ordered(result.findings):
        if finding.outcome is not Outcome.UNKNOWN:
            by_policy.setdefault(finding.policy, []).append(finding)
    policies = {tally.policy.id: tally.policy for tally in result.tallies}
    for name, findings in by_policy.items():
        for number, finding in enumerate(findings):
            yield from finding_lines(finding, policies[name], places, first=number == 0)
            yield ""
    violations = sum(finding.outcome is Outcome.VIOLATION for found in by_policy.values() for finding in found)
    waived = sum(map(len, by_policy.values())) - violations
    open_ones = len(result.findings) - violations - waived
    yield wording.LISTED.format(
        violations=phrasing.counted(violations, wording.VIOLATIONS),
        waived=phrasing.figure(waived),
        open=phrasing.counted(open_ones, wording.OPEN_QUESTIONS),
    )


def finding_lines(
    finding: Finding, policy: PolicyInfo, places: Places, first: bool, because: str = ""
) -> Iterator[str]:
    """One finding; `first` of its policy also says why and what to do, `because` what is behind it."""
    place = places.of(finding)
    marks = [str(finding.severity), *([certainty(finding)] if finding.confidence != "proven" else [])]
    marks += [mark for mark in (finding.baseline,) if mark]
    yield printable(f"{place.path}:{place.line}  {finding.policy}  [{', '.join(marks)}]  {finding.subject}")
    yield from _part(headings.WHAT, finding.message)
    yield from _part(headings.BECAUSE, because)
    yield from _part(headings.EVIDENCE, " · ".join(_evidence(finding)))
    if first:
        yield from _part(headings.WHY, policy.why)
        effort = f"  ({wording.EFFORT.format(effort=policy.effort)})" if policy.effort else ""
        yield from _part(headings.DO, policy.fix + effort)
    yield from _part(headings.ACCEPTED, finding.waiver)
    more = f"auditor explain {quote(finding.subject)} {finding.policy}"
    yield from _part(headings.MORE, f"{more}  ({headings.FINGERPRINT.lower()} {finding.fingerprint[:_SHORT]})")


def _evidence(finding: Finding) -> Iterator[str]:
    """The known facts with the kinds of evidence behind them, then the neighbours that the message leaves out."""
    for datum in phrasing.telling(finding, len(finding.evidence)):
        kinds = dict.fromkeys(part.partition(" (")[0] for part in datum.source.split("; ") if part)
        told = phrasing.shortened(phrasing.datum_words(datum, sourced=False), _LONGEST)
        yield told + (f" [{', '.join(kinds)}]" if kinds else "")
    names = [
        f"{phrasing.worded(witness.relation)} {witness.subject}"
        for witness in finding.witnesses
        if witness.subject not in finding.message
    ]
    if names:
        yield phrasing.listed(names, 3)


def _part(title: str, text: str) -> Iterator[str]:
    if text:
        head = f"  {title.lower()}"
        yield from wrap(
            printable(text), WIDTH, initial_indent=f"{head:<{_INDENT}}", subsequent_indent=" " * _INDENT
        )
