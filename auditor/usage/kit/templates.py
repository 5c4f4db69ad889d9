"""`EmailTemplate`: which templates were sent, last when and how often, and which fields were merged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.formats.tables import Row, Table
from auditor.model.observations import Deed, Definition, Evidence, Observation
from auditor.usage.kit.definitions import FieldReads, reads_by_component
from auditor.usage.kit.matching import matcher_of
from auditor.usage.reading import (
    SkipList,
    checked_day,
    count_of,
    export_day,
    flag_of,
    id_of,
    lacks,
    register_source,
    rows_of,
    tables_of,
)
from auditor.usage.request import UsageRequest

NOTE = (
    "TimesUsed and LastUsedDate leave out e-mail alerts of workflow and Process Builder: "
    "a template that was never used by hand may still be sent, so silence here proves nothing."
)
"""Source: vendor article 003657105."""

_KIND = "email_template"


def read_email_templates(request: UsageRequest) -> Evidence:
    """Read `EmailTemplate` rows: a run of each template, and a read of each merge field of those that were used.

    There is no window: alerts are not counted, so that no conclusion follows from a template's silence.
    """
    skips = SkipList()
    reads = reads_by_component(request.catalog, _KIND)
    matcher = matcher_of(request.catalog, _KIND)
    seen: list[Observation] = []
    definitions: list[Definition] = []
    rows = 0
    for table in tables_of(request, skips):
        if lacks(table, ("LastUsedDate",), skips):
            continue
        for row in rows_of(table, skips):
            rows += 1
            used = checked_day(row, "LastUsedDate", table.path, skips)
            for subject, possible in matcher.subjects(row):
                run = _run(request, subject, row, used, possible)
                seen += (run, *_merged(run, reads.get(subject, ())))
                definitions.append(_definition(request, subject, row, table, skips))
    as_of = export_day(request, [*(each.last for each in seen), *(each.modified for each in definitions)])
    return Evidence(
        sources=(register_source(request, as_of, rows, note=NOTE),),
        observations=tuple(sorted(seen, key=lambda each: (each.subject, each.deed, each.via or ""))),
        definitions=tuple(sorted(definitions, key=lambda each: each.subject)),
        skipped=skips.result(),
    )


def _run(request: UsageRequest, subject: str, row: Row, used: date | None, possible: bool) -> Observation:
    count = count_of(row.get("TimesUsed"))
    if used is None and count is None:
        count = 0
    return Observation(subject, Deed.RUN, request.id, used, count=count, possible=possible)


def _merged(run: Observation, reads: FieldReads) -> Iterator[Observation]:
    if run.last is None:
        return
    for field, possible in reads:
        yield Observation(
            field, Deed.READ, run.source, run.last, possible=possible or run.possible, via=run.subject
        )


def _definition(request: UsageRequest, subject: str, row: Row, table: Table, skips: SkipList) -> Definition:
    return Definition(
        subject,
        request.id,
        created=checked_day(row, "CreatedDate", table.path, skips),
        modified=checked_day(row, "LastModifiedDate", table.path, skips),
        active=flag_of(row.get("IsActive")),
        platform_id=id_of(row.get("Id")),
    )
