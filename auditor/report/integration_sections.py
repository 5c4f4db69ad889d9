"""Who reaches in: integrations declared against seen, the doors that metadata names, and outside readers."""

from __future__ import annotations

from collections import Counter

from auditor.model.integrations import Integration, Standing
from auditor.model.results import AuditResult, OutsideReaderRow
from auditor.report import headings, phrasing, wording
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table

_PRINTED = 30
_GRAVEST_FIRST = (
    Standing.UNDECLARED,
    Standing.SILENT,
    Standing.UNREGISTERED,
    Standing.IN_USE,
    Standing.UNWATCHED,
    Standing.OUTWARD,
)


def integration_section(result: AuditResult, names: Names) -> Section:
    """Callers first, then every door that the configuration names."""
    title, lead = wording.SECTION["integrations"]
    blocks: list[Block] = [_callers(result, names) if result.integrations else Paragraph(wording.NO_CALLERS)]
    if not result.integration_points:
        return Section("integrations", title, lead, (*blocks, Paragraph(wording.NO_POINTS)))
    kinds = Counter(each.point.kind for each in result.integration_points)
    counts = tuple(f"{phrasing.worded(kind)}: {phrasing.figure(n)}" for kind, n in sorted(kinds.items()))
    blocks += [Bullets(counts, headings.THE_DOORS), Paragraph(wording.OUTWARD_UNSEEN), _doors(result)]
    return Section("integrations", title, lead, tuple(blocks))


def outside_section(result: AuditResult, names: Names) -> Section:
    """Every declared outside reader, and what is not known of others."""
    title, lead = wording.SECTION["outside"]
    blocks: list[Block] = []
    if result.outside_readers:
        blocks.append(_readers(result.outside_readers))
    else:
        blocks.append(Paragraph(wording.NO_OUTSIDE_READERS))
    gaps = tuple(f"{each.what} ({each.system})" for each in result.unread if each.channel == "outside_reader")
    if gaps and result.outside_readers:
        blocks.append(Bullets(gaps, headings.UNWATCHED))
    return Section("outside", title, lead, tuple(blocks))


def _callers(result: AuditResult, names: Names) -> LongTable:
    columns = (
        Column(headings.NAME, breaks=True),
        Column(headings.STANDING),
        Column(headings.KIND),
        Column(headings.DIRECTION),
        Column(headings.DECLARED_IN, breaks=True),
        Column(headings.LAST_CALL),
        Column(headings.CALLS, True),
        Column(headings.OBJECTS, breaks=True),
        Column(headings.FIELDS_READ, True),
        Column(headings.SEEN_DOING),
    )
    rows = tuple(_caller(each, names) for each in sorted(result.integrations, key=_gravest))
    return LongTable("callers", columns, rows, _PRINTED, "report.json", headings.DECLARED_AGAINST_SEEN)


def _gravest(each: Integration) -> tuple[int, str, str]:
    return _GRAVEST_FIRST.index(each.standing), each.system, each.name


def _caller(each: Integration, names: Names) -> tuple[str, ...]:
    none = wording.NOT_APPLICABLE
    seen = each.last is not None
    return (
        each.name,
        wording.STANDING[each.standing],
        phrasing.worded(each.kind),
        each.direction,
        phrasing.listed((place.rpartition("/")[2] for place in each.declared_in), 2) or none,
        each.last.isoformat() if each.last else none,
        phrasing.figure(each.calls) if each.calls is not None else (wording.UNKNOWN if seen else none),
        phrasing.listed((names.short(name) for name in each.objects), 4) or none,
        phrasing.figure(len(each.fields)) if each.fields else (wording.UNKNOWN if seen else none),
        _deeds(each),
    )


def _deeds(each: Integration) -> str:
    told = [word for word, seen in (("reads", each.reads), ("writes", each.writes)) if seen]
    return ", ".join(told) or (wording.UNKNOWN if each.last else wording.NOT_APPLICABLE)


def _doors(result: AuditResult) -> LongTable:
    titles = (
        headings.KIND,
        headings.NAME,
        headings.DIRECTION,
        headings.ENDPOINT,
        headings.OBJECTS,
        headings.WHERE,
    )
    breaking = (headings.NAME, headings.ENDPOINT, headings.WHERE)
    rows = tuple(
        (
            phrasing.worded(each.point.kind),
            each.point.name,
            each.point.direction,
            each.point.endpoint or wording.NOT_APPLICABLE,
            phrasing.listed(each.point.objects, 4) or wording.NOT_APPLICABLE,
            each.point.path.rpartition("/")[2],
        )
        for each in result.integration_points
    )
    columns = tuple(Column(title, breaks=title in breaking) for title in titles)
    return LongTable("points", columns, rows, _PRINTED, "report.json")


def _readers(rows: tuple[OutsideReaderRow, ...]) -> Table:
    columns = (
        Column(headings.READER, breaks=True),
        Column(headings.SYSTEM),
        Column(headings.WHERE, breaks=True),
        Column(headings.DIRECTION),
        Column(headings.COMPLETE),
        *(
            Column(title, True)
            for title in (
                headings.FILES,
                headings.FILES_UNSEARCHED,
                headings.FIELDS_NAMED,
                headings.OF_THE_COMPANY,
                headings.FIELDS_POSSIBLE,
            )
        ),
    )
    return Table(
        columns,
        tuple(
            (
                each.name,
                each.system,
                each.path,
                each.direction,
                headings.YES if each.complete else headings.NO,
                *(
                    phrasing.figure(n)
                    for n in (each.files, each.unsearched, len(each.fields), each.custom, each.possible)
                ),
            )
            for each in rows
        ),
    )
