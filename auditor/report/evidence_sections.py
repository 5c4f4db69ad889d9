"""What the findings rest on: sources and their windows, what was not read, and where each figure comes from."""

from __future__ import annotations

from auditor.model.results import AuditResult, Coverage, PolicyTally
from auditor.report import headings, phrasing, wording
from auditor.report.drift_section import doubts
from auditor.report.first_page import spans, unwatched
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table


def evidence_section(result: AuditResult, names: Names) -> Section:
    """Sources with their windows, what nobody watched, what was assumed, and what would settle most."""
    blocks: list[Block] = [*doubts(result)]
    blocks.append(_coverage(result) if result.coverage else Paragraph(wording.NO_EVIDENCE))
    blocks.append(Bullets(unwatched(result, most=0), headings.UNWATCHED))
    if result.assumptions:
        told = tuple(wording.ASSUMED.format(name=name) for name in result.assumptions)
        blocks.append(Bullets(told, headings.ASSUMED))
    else:
        blocks.append(Paragraph(wording.NO_ASSUMPTIONS))
    if result.gaps:
        blocks.append(_gaps(result))
    return Section("evidence", *wording.SECTION["evidence"], tuple(blocks))


def skipped_section(result: AuditResult, names: Names) -> Section:
    """What was left out, and why."""
    title, lead = wording.SECTION["skipped"]
    if not result.skipped:
        return Section("skipped", title, lead, (Paragraph(wording.NO_SKIPPED),))
    rows = tuple((f"{line.path}:{line.line}" if line.line else line.path, line.reason) for line in result.skipped)
    return Section(
        "skipped",
        title,
        lead,
        (
            LongTable(
                "skipped", (Column(headings.WHERE, breaks=True), Column(headings.WHY)), rows, 40, "report.json"
            ),
        ),
    )


def appendix_section(result: AuditResult, names: Names) -> Section:
    """The source of every figure, and every policy with its tally."""
    blocks: list[Block] = [_figures(result), _policies(result.tallies)]
    if result.disabled:
        blocks.append(Bullets(result.disabled, headings.SWITCHED_OFF))
    if result.policies_digest:
        blocks.append(Paragraph(wording.DIGEST.format(digest=result.policies_digest)))
    return Section("appendix", *wording.SECTION["appendix"], tuple(blocks))


def _coverage(result: AuditResult) -> Table:
    columns = (
        *(
            Column(headings.SOURCE),
            Column(headings.KIND),
            Column(headings.WHAT),
            Column(headings.WHEN),
            Column(headings.ROWS, True),
        ),
        Column(headings.REMARKS),
    )
    alike: dict[tuple[str, str, str, bool, str], list[Coverage]] = {}
    for row in result.coverage:
        alike.setdefault((row.source, row.format, row.deed, row.truncated, row.note), []).append(row)
    rows = tuple(
        (
            row.source,
            wording.EVIDENCE_KINDS.get(row.format, row.format),
            wording.DEEDS.get(row.deed, row.deed),
            spans(group),
            phrasing.figure(max(each.rows for each in group)),
            "; ".join(part for part in (wording.TRUNCATED if row.truncated else "", row.note) if part),
        )
        for group in alike.values()
        for row in group[:1]
    )
    return Table(columns, rows, headings.WHAT_EACH_SOURCE_WATCHED)


def _gaps(result: AuditResult) -> Table:
    columns = (
        Column(headings.MISSING),
        Column(headings.ID),
        Column(headings.OPEN_QUESTIONS, True),
        Column(headings.POLICIES),
    )
    rows = tuple(
        (
            wording.EVIDENCE_KINDS.get(gap.kind, gap.kind),
            gap.kind,
            phrasing.figure(gap.unknowns),
            phrasing.listed(gap.policies, 4),
        )
        for gap in result.gaps
    )
    return Table(columns, rows, headings.WOULD_SETTLE, headings.SEVERAL)


def _figures(result: AuditResult) -> Table:
    read = phrasing.listed(
        wording.READ_FROM.format(system=each.name, place=each.location or wording.UNNAMED_SOURCE)
        for each in result.systems
    )
    dated = [row for row in result.coverage if row.deed == "defined"]
    growth = phrasing.listed(dict.fromkeys(wording.EVIDENCE_KINDS.get(row.format, row.format) for row in dated))
    return Table(
        (Column(headings.FIGURE), Column(headings.SOURCE), Column(headings.HOW_IT_IS_COUNTED)),
        (
            (headings.DEFINITIONS, read, headings.HOW_DEFINITIONS),
            (
                headings.REFERENCES,
                read,
                headings.HOW_REFERENCES,
            ),
            (
                headings.GROWTH,
                growth or wording.UNKNOWN,
                headings.HOW_GROWTH,
            ),
            (
                headings.FINDINGS,
                headings.POLICIES_AND_FACTS,
                headings.HOW_FINDINGS,
            ),
            (headings.OPEN_QUESTIONS, headings.POLICIES_AND_FACTS, headings.HOW_OPEN),
            (headings.USE_BY_PEOPLE, headings.LOGS_AND_REGISTERS, headings.HOW_PEOPLE),
        ),
        headings.FIGURES_OF_THE_FIRST_PAGE,
    )


def _policies(tallies: tuple[PolicyTally, ...]) -> Table:
    figures = (headings.FINDINGS, headings.OPEN, headings.ACCEPTED, headings.IN_ORDER, headings.NOT_CONCERNED)
    columns = (
        Column(headings.POLICY),
        Column(headings.TITLE),
        Column(headings.SEVERITY),
        *(Column(title, True) for title in figures),
    )
    rows = tuple(
        (
            *(tally.policy.id, tally.policy.title, str(tally.policy.severity)),
            *(phrasing.figure(n) for n in (tally.violation, tally.unknown, tally.waived)),
            *(phrasing.figure(n) for n in (tally.passed, tally.not_applicable)),
        )
        for tally in tallies
    )
    return Table(columns, rows, headings.POLICIES_IN_FORCE)
