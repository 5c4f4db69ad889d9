"""Logs of SQL statements: what each statement read and wrote, and when. No value is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.languages.sql_texts import literals_of
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import CUT, Key
from auditor.usage.covering import covered_subjects
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.naming import names_of
from auditor.usage.request import UsageRequest
from auditor.usage.sqllogs.meanings import Meanings, meanings_of
from auditor.usage.sqllogs.server_logs import open_server_log

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "query": ("query", "statement", "sql", "sql_text", "query_text", "argument"),
    "time": ("time", "timestamp", "log_time", "event_time", "start_time", "query_start", "at"),
    "user": ("user", "user_name", "usename", "user_host", "username"),
    "application": ("application", "application_name", "client_name", "program_name"),
}


def read_sql_log(request: UsageRequest) -> Evidence:
    """Read a log of statements: a read or write of each column that a statement names, day by day.

    Statements without their literals are few, and each is parsed once. Windows cover all tables where the option
    `covers` says `all` (every statement is logged), else the objects it names; without it there is none, since
    servers log by duration, user or command. A view in between leaves none either.
    """
    meanings = meanings_of(request.catalog, request.options)
    columns = {name: _mapped(request, name) for name in _COLUMNS}
    keys = (
        Key(columns["query"], template=True, literals=literals_of(meanings.dialect, engine=True)),
        Key(columns["application"]),
    )
    required = (columns["query"], columns["time"])

    def resolve(rows: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(_targets(meanings, row)) for row in rows]

    spec = EventColumns(keys, columns["time"], columns["user"], required)
    log = read_log(request, spec, resolve, capped=False, opening=open_server_log)
    log.notes += meanings.notes()
    return log.evidence(_windows(log, meanings))


def _targets(meanings: Meanings, row: KeyRow) -> Iterator[Target]:
    text, application = row.values
    return meanings.targets(text.removesuffix(CUT), application, row.events)


def _mapped(request: UsageRequest, name: str) -> tuple[str, ...]:
    declared = request.options.get(f"columns.{name}")
    return (declared,) if declared else _COLUMNS[name]


def _windows(log: Log, meanings: Meanings) -> Iterator[Window]:
    request, bounds = log.request, log.window()
    if bounds is None or meanings.veiled or not request.options.get("covers"):
        return
    subjects = covered_subjects(request, names_of(request.catalog), ())
    for deed in (Deed.READ, Deed.WRITTEN):
        yield Window(request.id, request.system, deed, *bounds, subjects=subjects)
