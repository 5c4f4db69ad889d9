"""What the findings rest on: sources and their windows, what was not read, and where each figure comes from."""

from __future__ import annotations

from auditor.model.results import AuditResult, PolicyTally
from auditor.report import phrasing, wording
from auditor.report.first_page import span, unwatched
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table


def evidence_section(result: AuditResult, names: Names) -> Section:
    """Sources with their windows, what nobody watched, what was assumed, and what would settle most."""
    blocks: list[Block] = [_coverage(result) if result.coverage else Paragraph(wording.NO_EVIDENCE)]
    blocks.append(Bullets(unwatched(result, most=0), "What nobody watched or read"))
    if result.assumptions:
        told = tuple(wording.ASSUMED.format(name=name) for name in result.assumptions)
        blocks.append(Bullets(told, "What was assumed (“complete” in auditor.yaml)"))
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
        (LongTable("skipped", (Column("Where", breaks=True), Column("Why")), rows, 40, "report.json"),),
    )


def appendix_section(result: AuditResult, names: Names) -> Section:
    """The source of every figure, and every policy with its tally."""
    blocks: list[Block] = [_figures(result), _policies(result.tallies)]
    if result.disabled:
        blocks.append(Bullets(result.disabled, "Policies that are switched off"))
    if result.policies_digest:
        blocks.append(Paragraph(f"Digest of the policies in force: {result.policies_digest}"))
    return Section("appendix", *wording.SECTION["appendix"], tuple(blocks))


def _coverage(result: AuditResult) -> Table:
    columns = (
        *(Column("Source"), Column("Kind"), Column("What"), Column("When"), Column("Rows", True)),
        Column("Remarks"),
    )
    rows = tuple(
        (
            row.source,
            wording.EVIDENCE_KINDS.get(row.format, row.format),
            wording.DEEDS.get(row.deed, row.deed),
            span(row),
            phrasing.figure(row.rows),
            "; ".join(part for part in (wording.TRUNCATED if row.truncated else "", row.note) if part),
        )
        for row in result.coverage
    )
    return Table(columns, rows, "What each source watched")


def _gaps(result: AuditResult) -> Table:
    columns = (
        Column("Evidence that is missing"),
        Column("Id"),
        Column("Open questions", True),
        Column("Policies"),
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
    return Table(columns, rows, "What would settle open questions, or help to", "One question may need several.")


def _figures(result: AuditResult) -> Table:
    read = phrasing.listed(
        f"{each.name} from {each.location or wording.UNNAMED_SOURCE}" for each in result.systems
    )
    dated = [row for row in result.coverage if row.deed == "defined"]
    growth = phrasing.listed(dict.fromkeys(wording.EVIDENCE_KINDS.get(row.format, row.format) for row in dated))
    return Table(
        (Column("Figure"), Column("Source"), Column("How it is counted")),
        (
            ("Objects, fields, components", read, "Definitions that were read; the same one twice counts once."),
            (
                "References",
                read,
                "One for each component, field and access; grants, lists and translations are weak.",
            ),
            (
                "Growth",
                growth or wording.UNKNOWN,
                "Creation by register, else by first commit; removals by git alone.",
            ),
            (
                "Findings",
                "Policies and facts",
                "One for each policy and subject; proven where every deciding fact is known.",
            ),
            ("Open questions", "Policies and facts", "Policies that could not be decided, one for each subject."),
            ("Use by people", "Logs and registers", "Told of groups of five and more; otherwise “fewer than 5”."),
        ),
        "Figures of the first page",
    )


def _policies(tallies: tuple[PolicyTally, ...]) -> Table:
    figures = ("Findings", "Open", "Accepted", "In order", "Not concerned")
    columns = (Column("Policy"), Column("Title"), Column("Severity"), *(Column(title, True) for title in figures))
    rows = tuple(
        (
            *(tally.policy.id, tally.policy.title, str(tally.policy.severity)),
            *(phrasing.figure(n) for n in (tally.violation, tally.unknown, tally.waived)),
            *(phrasing.figure(n) for n in (tally.passed, tally.not_applicable)),
        )
        for tally in tallies
    )
    return Table(columns, rows, "Policies in force")
