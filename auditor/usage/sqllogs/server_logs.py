"""Logs that database servers write, as rows of statement, time, user and application.

Sources: PostgreSQL documentation, Using CSV-Format Log Output (26 columns, no header; older servers write fewer);
MySQL manual, The General Query Log (text: time, connection, command, argument).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.tables import BadRow, Row, Table, open_headless, open_table
from auditor.formats.textfiles import READ_ERRORS, detect_encoding, open_text
from auditor.query.scans import Record, Scan, open_scan

COLUMNS = ("query", "time", "user", "application")

CSVLOG = (
    *("log_time", "user_name", "database_name", "process_id", "connection_from", "session_id", "session_line_num"),
    *("command_tag", "session_start_time", "virtual_transaction_id", "transaction_id", "error_severity"),
    *("sql_state_code", "message", "detail", "hint", "internal_query", "internal_query_pos", "context", "query"),
    *("query_pos", "location", "application_name", "backend_type", "leader_pid", "query_id"),
)
_OLDEST = 22
"""Columns of the oldest servers that write application names no more than this."""

_STATEMENT = re.compile(
    r"(?:duration: [\d.]+ ms\s+)?(?:statement|execute [^:]*|parse [^:]*): (?P<statement>.*)", re.DOTALL
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S+")
_GENERAL = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))\s+(?P<id>\d+) (?P<kind>\w[\w ]*?)(?:\t(?P<rest>.*))?"
)
_CONNECTED = re.compile(r"(?P<user>\S+?)@")
_LONGEST = 1 << 20

_ZONES = {
    **dict.fromkeys(("UTC", "GMT", "WET", "Z"), 0),
    **dict.fromkeys(("CET", "WEST"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    **dict.fromkeys(("EST", "CDT"), -5),
    **dict.fromkeys(("MST", "PDT"), -7),
    "EDT": -4,
    "MDT": -6,
    "PST": -8,
}
"""Abbreviations that mean one offset; of another one nobody knows the time, which is then said."""


def open_server_log(path: Path) -> Scan:
    """A log as rows of events, told by how it begins: csvlog, general log, else a table with a header.

    Raises:
        FormatError: not readable, or empty.
    """
    first = _beginning(path)
    if _STAMP.match(first) and first.count(",") >= _OLDEST:
        table = open_headless(path, CSVLOG, _OLDEST)
        return Scan(path, "rows", COLUMNS, records=lambda: _csvlog(table))
    if any(_GENERAL.fullmatch(line.rstrip()) for line in first.split("\n")[:5]):
        return Scan(path, "rows", COLUMNS, records=lambda: _general(path))
    table = open_table(path)
    if table.has("log_time", "message"):
        return Scan(path, "rows", COLUMNS, truncated=table.truncated, records=lambda: _csvlog(table))
    return open_scan(path)


def utc_time(text: str) -> str | None:
    """A time with an abbreviated zone in UTC; None where the abbreviation is ambiguous. Others are left alone."""
    stamp, _, zone = text.strip().rpartition(" ")
    if not stamp or not zone[:1].isalpha():
        return text
    offset = _ZONES.get(zone.upper())
    if offset is None:
        return None
    return f"{stamp}{'-' if offset < 0 else '+'}{abs(timedelta(hours=offset)) // timedelta(hours=1):02}:00"


def _beginning(path: Path) -> str:
    with open_text(path, detect_encoding(path)) as text:
        try:
            return text.read(4096)
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None


def _csvlog(table: Table) -> Iterator[Record | BadRow]:
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        found = _STATEMENT.match(row.get("message") or "")
        if found:
            yield _event(row, found["statement"])


def _event(row: Row, statement: str) -> Record:
    application = row.get("application_name") or ""
    return {
        "query": statement,
        "time": utc_time(row.get("log_time") or "") or "",
        "user": row.get("user_name"),
        "application": application if _is_name(application) else None,
    }


def _is_name(application: str) -> bool:
    """Whether an application's name is a name: some clients put host, process or session into it."""
    return bool(application) and not re.search(r"\d{4}|@|/", application)


def _general(path: Path) -> Iterator[Record | BadRow]:
    users: dict[str, str] = {}
    with open_text(path, detect_encoding(path)) as text:
        head: Mapping[str, str | None] | None = None
        lines: list[str] = []
        try:
            for line in text:
                found = _GENERAL.fullmatch(line.rstrip("\r\n"))
                if found is None:
                    lines.append(line[:_LONGEST])
                    continue
                yield from _query(head, lines, users)
                head, lines = found.groupdict(), [found["rest"] or ""]
        except READ_ERRORS as error:
            yield BadRow(0, f"the rest of the file cannot be read: {error}")
        yield from _query(head, lines, users)


def _query(head: Mapping[str, str | None] | None, lines: list[str], users: dict[str, str]) -> Iterator[Record]:
    if head is None:
        return
    connection, kind, argument = head["id"] or "", head["kind"], "\n".join(lines)
    connected = _CONNECTED.match(argument)
    if kind == "Connect" and connected:
        users[connection] = connected["user"]
    if kind in ("Query", "Execute"):
        yield {"query": argument, "time": head["time"], "user": users.get(connection), "application": None}
