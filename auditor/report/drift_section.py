"""What only the repository or only the live organisation has, and how far anybody looked."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from auditor.model.results import AuditResult, DriftCoverage, DriftRow
from auditor.report import drift_words, phrasing
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table

_PRINTED = 60


def drift_section(result: AuditResult, names: Names) -> Section:
    """Repository against organisation, by object, with the coverage that stands behind it."""
    blocks: list[Block] = []
    if not any(line.sources for line in result.drift_coverage):
        blocks.append(Paragraph(drift_words.NO_INVENTORY))
    elif not result.drift:
        blocks.append(Paragraph(drift_words.NOTHING))
    if result.drift:
        blocks += [Paragraph(_counts(result)), _table(result, names)]
    if any(line.sources for line in result.drift_coverage):
        blocks.append(_coverage(result, names))
    return Section("drift", drift_words.TITLE, drift_words.LEAD, tuple(blocks))


def doubts(result: AuditResult) -> tuple[Block, ...]:
    """What is to be known of the evidence before anything is concluded from it: one line each."""
    several = len({line.system for line in result.fitness}) > 1
    lines = tuple(
        (f"{line.system}: " if several else "")
        + _capital(drift_words.DOUBT.format(what=line.what, consequence=line.consequence))
        for line in result.fitness
    )
    return (Bullets(lines, drift_words.DOUBTS),) if lines else ()


def row_cells(row: DriftRow, names: Names) -> tuple[str, ...]:
    """One row in words: object, name, where, since when, by which kind of actor, remarks, source."""
    return (
        names.short(row.object) if row.object else drift_words.NO_OBJECT,
        names.last(row.subject),
        drift_words.STATES.get(row.state, row.state),
        _since(row),
        drift_words.KINDS_OF_ACTOR.get(row.by, row.by) if row.state != "only_repo" else drift_words.NO_OBJECT,
        "; ".join((*row.differs_in, *_deleted(row))) or drift_words.NO_OBJECT,
        _kinds(row.source) or drift_words.NO_OBJECT,
    )


def _kinds(source: str) -> str:
    """The kinds of the sources; which files they are stands in the section on evidence."""
    return re.sub(r" \([^()]*\)", "", source)


def _counts(result: AuditResult) -> str:
    counts = Counter(row.state for row in result.drift)
    said = {state: phrasing.figure(counts[state]) for state in drift_words.STATES}
    return drift_words.COUNTS.format(**said)


def _table(result: AuditResult, names: Names) -> LongTable:
    columns = (
        Column(drift_words.OBJECT, breaks=True),
        Column(drift_words.WHAT, breaks=True),
        Column(drift_words.WHERE),
        Column(drift_words.SINCE),
        Column(drift_words.BY),
        Column(drift_words.REMARKS, breaks=True),
        Column(drift_words.SOURCE, breaks=True),
    )
    rows = tuple(row_cells(row, names) for row in result.drift)
    return LongTable("drift", columns, rows, _PRINTED, "report.json")


def _since(row: DriftRow) -> str:
    if row.since is None:
        return drift_words.UNKNOWN
    words = {"only_org": drift_words.CREATED_ON, "only_repo": drift_words.IN_THE_REPOSITORY_BY}
    return words.get(row.state, drift_words.CHANGED_ON).format(day=row.since)


def _deleted(row: DriftRow) -> tuple[str, ...]:
    if row.deleted is None:
        return ()
    by = drift_words.KINDS_OF_ACTOR.get(row.deleted_by, row.deleted_by)
    return (drift_words.DELETED.format(day=row.deleted, by=by),)


def _coverage(result: AuditResult, names: Names) -> Table:
    columns = (
        Column(drift_words.WHAT),
        Column(drift_words.OF, figures=True),
        Column(drift_words.COVERED, figures=True),
        Column(drift_words.PARTLY, figures=True),
        Column(drift_words.BEYOND, figures=True),
        Column(drift_words.SOURCE, breaks=True),
    )
    rows = tuple(_covered(line, names) for line in result.drift_coverage)
    said = [
        drift_words.OBJECTS_OF.format(
            shown=phrasing.figure(line.whole + line.partly), asked=phrasing.figure(line.asked)
        )
        for line in result.drift_coverage
        if line.what == "field"
    ]
    return Table(columns, rows, drift_words.COVERAGE, _capital("; ".join(said)) + "." if said else "")


def _covered(line: DriftCoverage, names: Names) -> tuple[str, ...]:
    prefix = "" if line.system == names.only or not names.only else f"{line.system}: "
    source = line.sources or drift_words.NONE
    if line.what == "log":
        span = drift_words.LOG.format(since=_day(line.since), until=_day(line.until))
        return (prefix + span, *[drift_words.NO_OBJECT] * 4, source)
    what = drift_words.FIELDS_OF if line.what == "field" else drift_words.COMPONENTS.get(line.what, line.what)
    counts = (phrasing.figure(number) for number in (line.asked, line.whole, line.partly))
    beyond = drift_words.NO_OBJECT if line.what == "field" else phrasing.figure(line.beyond)
    return (prefix + what, *counts, beyond, source)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else drift_words.UNKNOWN


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
