"""What the policies found: policy by policy, as one long list, and what was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from auditor.model.findings import Finding, Outcome
from auditor.model.results import AuditResult, PolicyTally
from auditor.report import headings, phrasing, wording
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, PolicyBlock, Section, Table

_ONE_BY_ONE = 8
"""Up to so many findings of a policy stand one by one; more are counted by object."""
_OBJECTS = 10
_REASONS = 4
_FACTS = 3
_SOURCES = 5
_PRINTED = 60
_CUT = 200


def policy_section(result: AuditResult, names: Names) -> Section:
    """One block for each policy that found something; those that could not decide share a table."""
    by_policy: dict[str, list[Finding]] = {}
    for finding in result.findings:
        by_policy.setdefault(finding.policy, []).append(finding)
    grave_first = sorted(result.tallies, key=lambda t: (t.policy.severity.rank, -t.violation, t.policy.id))
    blocks: list[Block] = [
        _policy(tally, by_policy.get(tally.policy.id, ()), names) for tally in grave_first if tally.violation
    ]
    unsettled = [tally for tally in grave_first if tally.unknown and not tally.violation]
    if unsettled:
        blocks.append(_unsettled(unsettled, by_policy))
    section = wording.SECTION["policies"]
    return Section("policies", *section, tuple(blocks) or (Paragraph(wording.WITHOUT_REPORTED),))


def findings_section(result: AuditResult, names: Names) -> Section:
    """All findings as one table."""
    titles = {tally.policy.id: tally.policy.title for tally in result.tallies}
    plain = (Column(headings.SEVERITY), Column(headings.CERTAINTY))
    columns = (
        *plain,
        *(Column(t, breaks=True) for t in (headings.SUBJECT, headings.POLICY, headings.WHAT, headings.SETTLED_BY)),
    )
    rows = tuple(_line(finding, titles, names) for finding in ordered(result.findings))
    long = LongTable("findings", columns, rows, _PRINTED, "findings.csv")
    blocks: tuple[Block, ...] = (long,) if rows else (Paragraph(wording.WITHOUT_REPORTED),)
    return Section("findings", *wording.SECTION["findings"], blocks)


def exceptions_section(result: AuditResult, names: Names) -> Section:
    """What was accepted, and what is to be said about waivers."""
    waived = [finding for finding in result.findings if finding.outcome is Outcome.WAIVED]
    lapsed = [f for f in result.findings if f.waiver and f.outcome is not Outcome.WAIVED]
    blocks: list[Block] = []
    columns = (
        Column(headings.POLICY),
        Column(headings.SUBJECT),
        Column(headings.SEVERITY),
        Column(headings.WAIVER),
    )
    for title, findings in ((headings.ACCEPTED, waived), (headings.BACK_AGAIN, lapsed)):
        if findings:
            rows = tuple((f.policy, names.short(f.subject), str(f.severity), f.waiver) for f in findings)
            blocks.append(Table(columns, rows, title))
    if result.notices:
        blocks.append(Bullets(result.notices, headings.TO_BE_SEEN_TO))
    return Section(
        "exceptions", *wording.SECTION["exceptions"], tuple(blocks) or (Paragraph(wording.NO_EXCEPTIONS),)
    )


def ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Violations first, gravest first, then by certainty, policy and subject."""
    return sorted(
        findings,
        key=lambda f: (_OUTCOMES[f.outcome], f.severity.rank, _SURE.get(f.confidence, 2), f.policy, f.subject),
    )


def certainty(finding: Finding) -> str:
    """One word for outcome and confidence: `proven`, `likely`, `open`, `accepted`."""
    told = wording.OUTCOMES.get((finding.outcome, finding.confidence))
    return told or wording.OUTCOME_FALLBACK[finding.outcome]


def _line(finding: Finding, titles: Mapping[str, str], names: Names) -> tuple[str, ...]:
    title = titles.get(finding.policy, "")
    said = names.within(phrasing.without_title(finding, title))
    return (
        str(finding.severity),
        certainty(finding),
        names.short(finding.subject),
        finding.policy,
        phrasing.shortened(said, _CUT) or title,
        ", ".join(finding.settled_by),
    )


def _policy(tally: PolicyTally, findings: Sequence[Finding], names: Names) -> PolicyBlock:
    policy = tally.policy
    violations = [finding for finding in ordered(findings) if finding.outcome is Outcome.VIOLATION]
    return PolicyBlock(
        id=policy.id,
        title=policy.title,
        severity=str(policy.severity),
        tally=_tally(tally),
        why=policy.why,
        steps=phrasing.steps_of(policy.fix),
        found=_found(violations, policy.title, names),
        open=_open([finding for finding in findings if finding.outcome is Outcome.UNKNOWN]),
        origin=policy.origin,
    )


def _unsettled(tallies: Sequence[PolicyTally], by_policy: Mapping[str, Sequence[Finding]]) -> Table:
    """Policies that found nothing and could not decide everything, with their most frequent reason."""
    columns = (
        *(
            Column(headings.POLICY),
            Column(headings.SEVERITY),
            Column(headings.OPEN, True),
            Column(headings.IN_ORDER, True),
        ),
        Column(headings.WHY_MOST_OFTEN),
    )
    rows = []
    for tally in tallies:
        reasons = Counter(reason for f in by_policy.get(tally.policy.id, ()) for reason in f.unknowns)
        most = min(reasons, key=lambda reason: (-reasons[reason], reason), default="")
        figures = (phrasing.figure(tally.unknown), phrasing.figure(tally.passed))
        rows.append((tally.policy.title, str(tally.policy.severity), *figures, phrasing.shortened(most, _CUT)))
    return Table(columns, tuple(rows), wording.UNSETTLED, wording.UNSETTLED_NOTE)


def _tally(tally: PolicyTally) -> str:
    still_open, accepted, in_order = wording.TALLY
    parts = (
        (tally.violation, phrasing.counted(tally.violation, wording.FINDINGS)),
        (tally.unknown, still_open.format(n=phrasing.figure(tally.unknown))),
        (tally.waived, accepted.format(n=phrasing.figure(tally.waived))),
        (tally.passed, in_order.format(n=phrasing.figure(tally.passed))),
    )
    return ", ".join(words for count, words in parts if count)


def _found(findings: Sequence[Finding], title: str, names: Names) -> Table | None:
    if not findings:
        return None
    if len(findings) > _ONE_BY_ONE:
        return _by_object(findings, names)
    columns = (Column(headings.SUBJECT, breaks=True), Column(headings.WHAT_WAS_FOUND), Column(headings.CERTAINTY))
    rows = tuple((names.short(f.subject), names.within(_said(f, title)), certainty(f)) for f in findings)
    sources = tuple(map(phrasing.source_words, phrasing.sources_of(findings)))
    note = wording.SOURCES.format(names=phrasing.listed(sources, _SOURCES)) if sources else ""
    return Table(columns, rows, note=note)


def _said(finding: Finding, title: str) -> str:
    """What was found, then the facts that this does not say already."""
    said = phrasing.without_title(finding, title)
    evidence = "; ".join(phrasing.evidence_words(finding, _FACTS, said))
    return phrasing.shortened(f"{said} ({evidence})" if said and evidence else said or evidence, 320)


def _by_object(findings: Sequence[Finding], names: Names) -> Table:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_group(finding), []).append(finding)
    best = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = [
        (
            names.short(about),
            phrasing.figure(len(group)),
            phrasing.listed((names.last(f.subject) for f in group), 5),
        )
        for about, group in best[:_OBJECTS]
    ]
    if len(best) > _OBJECTS:
        rest = sum(len(group) for _, group in best[_OBJECTS:])
        rows.append(
            (
                phrasing.counted(len(best) - _OBJECTS, wording.OTHERS),
                phrasing.figure(rest),
                headings.SEE_FINDINGS,
            )
        )
    return Table((Column(headings.ON), Column(headings.FINDINGS, True), Column(headings.WHICH)), tuple(rows))


def _group(finding: Finding) -> str:
    """The object that a finding is about; components stand together by kind."""
    about = phrasing.object_of(finding.subject)
    head, slash, _ = about.partition("/")
    return head if slash and '"' not in head else about


def _open(findings: Sequence[Finding]) -> Table | None:
    if not findings:
        return None
    reasons = Counter(reason for finding in findings for reason in finding.unknowns)
    best = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(phrasing.shortened(reason, 260), phrasing.figure(count)) for reason, count in best[:_REASONS]]
    if len(best) > _REASONS:
        rows.append((phrasing.counted(len(best) - _REASONS, wording.FURTHER_REASONS), ""))
    return (
        Table((Column(headings.WHY_IT_CANNOT_BE_TOLD), Column(headings.SUBJECTS, True)), tuple(rows))
        if rows
        else None
    )


_OUTCOMES = {
    Outcome.VIOLATION: 0,
    Outcome.UNKNOWN: 1,
    Outcome.WAIVED: 2,
    Outcome.PASS: 3,
    Outcome.NOT_APPLICABLE: 4,
}
_SURE = {"proven": 0, "likely": 1}
