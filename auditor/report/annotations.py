"""Findings on GitHub's pages: annotations of a step, and the summary of a run.

Source: GitHub's documentation of workflow commands (`::error file=…,line=…::…`) and its toolkit's note on limits:
ten errors, ten warnings and ten notices a step, the rest is dropped without a word; a summary holds 1 MiB a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.findings import Finding, Outcome, Severity
from auditor.model.results import AuditResult
from auditor.report import headings, phrasing, wording
from auditor.report.finding_sections import certainty, ordered
from auditor.report.markdown import escaped
from auditor.report.places import Places
from auditor.report.sarif import sentence
from auditor.report.terminal import printable

MOST_OF_A_LEVEL = 10
SUMMARY_BYTES = 1024 * 1024
_LEVELS = {
    "error": (Severity.CRITICAL, Severity.HIGH),
    "warning": (Severity.MEDIUM,),
    "notice": (Severity.LOW,),
}
_NEW = ("new", "worse")


def report_annotations(result: AuditResult) -> str:
    """Workflow commands, at most ten of each level, new and grave ones first; the last says what is left out."""
    places = Places(result.systems)
    lines = [line for level in _LEVELS for line in _of_level(level, _violations(result), places)]
    return "".join(f"{line}\n" for line in lines)


def report_step_summary(result: AuditResult) -> str:
    """A table of all violations in Markdown, cut where GitHub would refuse it."""
    violations = _violations(result)
    head = [
        f"## {escaped(result.company or wording.UNNAMED)}: {phrasing.counted(len(violations), wording.FINDINGS)}",
        "",
        f"| {headings.SEVERITY} | {headings.POLICY} | {headings.WHAT} |",
        "|---|---|---|",
    ]
    rows = [_row(finding) for finding in violations]
    room = SUMMARY_BYTES - len("\n".join(head).encode()) - 200
    kept = _fitting(rows, room)
    left = len(rows) - kept
    tail = ["", wording.SUMMARY_CUT.format(n=phrasing.figure(left))] if left else []
    return "\n".join([*head, *rows[:kept], *tail]) + "\n"


def _violations(result: AuditResult) -> list[Finding]:
    told = [finding for finding in ordered(result.findings) if finding.outcome is Outcome.VIOLATION]
    return sorted(told, key=lambda finding: bool(finding.baseline) and finding.baseline not in _NEW)


def _of_level(level: str, violations: Sequence[Finding], places: Places) -> Iterator[str]:
    told = [finding for finding in violations if finding.severity in _LEVELS[level]]
    whole = len(told) <= MOST_OF_A_LEVEL
    for finding in told if whole else told[: MOST_OF_A_LEVEL - 1]:
        place = places.of(finding)
        where = f"file={_property(place.path)},line={place.line},title={_property(finding.policy)}"
        yield f"::{level} {where}::{_data(sentence(finding))}"
    if not whole:
        left = phrasing.figure(len(told) - MOST_OF_A_LEVEL + 1)
        yield f"::{level}::{_data(wording.MORE_IN_SUMMARY.format(n=left))}"


def _row(finding: Finding) -> str:
    cells = (f"{finding.severity}, {certainty(finding)}", finding.policy, sentence(finding))
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _fitting(rows: Sequence[str], room: int) -> int:
    """How many rows fit, each with its line end."""
    used = 0
    for number, row in enumerate(rows):
        used += len(row.encode("utf-8", "backslashreplace")) + 1
        if used > room:
            return number
    return len(rows)


def _data(text: str) -> str:
    """The text of a command, in which `%` and line ends are escaped; nothing in it can begin another command."""
    return printable(text.replace("\r\n", "\n").replace("\n", " ")).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
