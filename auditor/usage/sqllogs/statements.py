"""Registers of SQL statements: how often each was run since the statistics were reset, without times.

Sources: PostgreSQL documentation, pg_stat_statements (`query`, `calls`, from release 17 `stats_since`) and
pg_stat_statements_info (`dealloc`, `stats_reset`); MySQL manual, events_statements_summary_by_digest
(`DIGEST_TEXT`, `COUNT_STAR`, `FIRST_SEEN`, `LAST_SEEN`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.tables import Row, Table, open_table
from auditor.languages.sql_texts import without_literals
from auditor.model.observations import Deed, Evidence, Observation, Window
from auditor.query.events import Target
from auditor.usage.kit.companions import companions
from auditor.usage.reading import (
    SkipList,
    checked_day,
    count_of,
    day_of,
    register_source,
    rows_of,
    tables_of,
    was_cut,
)
from auditor.usage.request import UsageRequest
from auditor.usage.sqllogs.meanings import Meanings, meanings_of

QUERY = ("query", "DIGEST_TEXT", "query_sql_text")
CALLS = ("calls", "COUNT_STAR", "count_executions")
_SINCE, _LAST = ("stats_since", "FIRST_SEEN"), ("LAST_SEEN", "last_execution_time")
_INFO = "pg_stat_statements_info"


@dataclass(slots=True)
class _Sum:
    """What all statements together did to one subject."""

    calls: int = 0
    since: date | None = None
    last: date | None = None


@dataclass(slots=True)
class _Register:
    rows: int = 0
    cut: bool = False
    days: set[date] = field(default_factory=set)
    sums: dict[Target, _Sum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Info:
    """When the statistics were reset, and whether nothing was evicted since; None where nobody tells."""

    reset: date | None
    complete: bool | None


def read_sql_statements(request: UsageRequest) -> Evidence:
    """Read a register of statements: reads and writes that happened between the reset and the export.

    The day of the reset is the option `reset`, `pg_stat_statements_info` beside the file, or a column of the rows;
    it bounds each read from below, and the day of the export from above. Without it reads are dated from above
    alone, and there is no window. Nothing follows from silence unless `dealloc` is 0: rare statements are evicted
    first.
    """
    skips, meanings = SkipList(), meanings_of(request.catalog, request.options)
    tables = list(tables_of(request, skips))
    info = _info(request, [table for table in tables if _is_info(table)], skips)
    register = _Register()
    for table in tables:
        if not _is_info(table):
            _read(register, table, (meanings, info), skips)
    exported = min(day_of(request.options.get("exported")) or request.as_of, request.as_of)
    source = register_source(
        request,
        exported if register.rows else None,
        register.rows,
        truncated=register.cut or info.complete is not True,
        note="; ".join([*_notes(request, info), *meanings.notes()]),
    )
    windows = tuple(_windows(request, info, exported)) if register.rows and not meanings.veiled else ()
    return Evidence((source,), windows, tuple(_observations(request, register, exported)), skipped=skips.result())


def _read(register: _Register, table: Table, by: tuple[Meanings, _Info], skips: SkipList) -> None:
    """Add up the statements of one file."""
    if not any(table.has(name) for name in QUERY):
        skips.add(table.path, f"no column query (it has: {', '.join(table.columns[:12])})")
        return
    meanings, info = by
    since_column, last_column = _first_of(table, _SINCE), _first_of(table, _LAST)
    before = register.rows
    for row in rows_of(table, skips):
        register.rows += 1
        last = checked_day(row, last_column, table.path, skips)
        since = checked_day(row, since_column, table.path, skips)
        count = count_of(row.get(*CALLS)) or 0
        text = without_literals(row.get(*QUERY) or "", meanings.dialect)
        _add(register, meanings.targets(text, "", count), (count, since or info.reset, last))
    register.cut = was_cut(table, register.rows - before, skips) or register.cut


def _first_of(table: Table, names: tuple[str, ...]) -> str:
    return next((name for name in names if table.has(name)), names[0])


def _is_info(table: Table) -> bool:
    return table.has("dealloc") and not any(table.has(name) for name in QUERY)


def _add(register: _Register, targets: Iterator[Target], told: tuple[int, date | None, date | None]) -> None:
    calls, since, last = told
    for target in set(targets):
        found = register.sums.setdefault(target, _Sum(0, since, last))
        found.calls += calls
        found.since = _latest(found.since, since)
        found.last = _latest(found.last, last)


def _latest(one: date | None, other: date | None) -> date | None:
    """Each bound is one from below, so that the later of two holds for both together."""
    return max((day for day in (one, other) if day is not None), default=None)


def _observations(request: UsageRequest, register: _Register, exported: date) -> Iterator[Observation]:
    """A certain one on the day that bounds it from below, a possible one on the day that bounds it from above."""
    for target, found in sorted(register.sums.items()):
        deed, certain = Deed(target.deed), found.last or found.since
        if certain is not None:
            count = None if target.possible else found.calls
            day = min(certain, exported)
            yield Observation(target.subject, deed, request.id, day, found.since, count, possible=target.possible)
        if found.last is None and (certain is None or certain < exported):
            yield Observation(target.subject, deed, request.id, exported, found.since, possible=True)


def _windows(request: UsageRequest, info: _Info, exported: date) -> Iterator[Window]:
    if info.reset is not None and info.reset <= exported:
        for deed in (Deed.READ, Deed.WRITTEN):
            yield Window(request.id, request.system, deed, info.reset, exported)


def _info(request: UsageRequest, given: list[Table], skips: SkipList) -> _Info:
    """From the options, else from an export of `pg_stat_statements_info` among or beside the files."""
    text = request.options.get("reset")
    reset = day_of(text)
    if text and reset is None:
        skips.add(request.id, f"reset: {text!r} is no day; write it in ISO form (2026-09-30)")
    complete = True if request.options.get("evicted", "") == "0" else None
    for table in [*given, *_beside(request, skips)]:
        for row in table.rows():
            if isinstance(row, Row):
                reset = reset or day_of(row.get("stats_reset"))
                complete = _none_evicted(row) if complete is None else complete
    return _Info(reset, complete)


def _beside(request: UsageRequest, skips: SkipList) -> Iterator[Table]:
    for path in companions(request.paths, (_INFO,)):
        try:
            yield open_table(path)
        except FormatError as error:
            skips.add(path, error.reason, error.line)


def _none_evicted(row: Row) -> bool | None:
    evicted = count_of(row.get("dealloc"))
    return None if evicted is None else evicted == 0


def _notes(request: UsageRequest, info: _Info) -> Iterator[str]:
    if info.reset is None:
        yield "nobody tells when the statistics were reset, so reads are dated from above alone"
    if info.complete is None:
        yield "nobody tells whether statements were evicted, so silence proves nothing"
    elif not info.complete:
        yield "statements were evicted, so silence proves nothing"
    if not request.options.get("exported"):
        yield "the day of the export is not declared, so that of the audit stands for it"
