"""What every reader of exports does: find the files, read rows, list what was skipped, read days and numbers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.tables import BadRow, Row, Table, open_table
from auditor.languages.fieldpaths import to_18
from auditor.model.catalogue import Skipped
from auditor.model.observations import EvidenceSource, SourceKind
from auditor.usage.request import UsageRequest

SKIPPED_PER_FILE = 20
"""So many bad lines of one file are listed one by one; the rest is one line with their number."""

CUT_AT = (2_000, 10_000)
"""Rows of one page of the REST API, and of an answer of `sf data query` unless SF_ORG_MAX_QUERY_LIMIT is raised.
An export of exactly so many rows was probably cut, and so is no proof of what it does not hold."""


class SkipList:
    """Collects what was not read, bounded for each file."""

    def __init__(self) -> None:
        self._lines: list[Skipped] = []
        self._counts: dict[str, int] = {}

    def add(self, path: Path | str, reason: str, line: int | None = None) -> None:
        """Note one thing that was not read."""
        name = path if isinstance(path, str) else path.as_posix()
        count = self._counts[name] = self._counts.get(name, 0) + 1
        if count <= SKIPPED_PER_FILE:
            self._lines.append(Skipped(name, reason, line or None))

    @property
    def total(self) -> int:
        """How many things were noted."""
        return sum(self._counts.values())

    def result(self) -> tuple[Skipped, ...]:
        """Everything noted, sorted; of each file first the single lines, then the number of the others."""
        more = [
            Skipped(name, f"and {count - SKIPPED_PER_FILE} more lines that were not read")
            for name, count in self._counts.items()
            if count > SKIPPED_PER_FILE
        ]
        lines = sorted(self._lines, key=lambda each: (each.path, each.line or 0, each.reason))
        return tuple(sorted([*lines, *more], key=lambda each: each.path))


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Every file among the paths and below the folders among them, sorted; links are not followed in folders."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                Path(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if not name.startswith(".") and not Path(folder, name).is_symlink()
            )
        else:
            found.add(path)
    return tuple(sorted(found))


def tables_of(request: UsageRequest, skips: SkipList) -> Iterator[Table]:
    """The tables that the request names; a file that is none is skipped with its reason."""
    declared = request.options.get("exported")
    if declared and day_of(declared) is None:
        skips.add(request.id, f"exported: {declared!r} is no day; write it in ISO form (2026-09-30)")
    if not request.paths:
        skips.add(request.id, "no file was given")
    for path in files_of(request.paths):
        try:
            table = open_table(path)
        except FormatError as error:
            skips.add(path, error.reason, error.line)
            continue
        for note in table.notes:
            skips.add(path, note, 1)
        yield table


def rows_of(table: Table, skips: SkipList) -> Iterator[Row]:
    """The good rows of a table; the others are skipped with their reasons."""
    for row in table.rows():
        if isinstance(row, BadRow):
            skips.add(table.path, row.reason, row.line)
        else:
            yield row


def was_cut(table: Table, rows: int, skips: SkipList) -> bool:
    """Whether a table may hold only a part, which is then said.

    It says so of itself, or has exactly as many rows as a page of the API or the sf command line's own limit.
    """
    cut = table.truncated or rows in CUT_AT
    if cut:
        skips.add(table.path, f"{rows} rows, marked unfinished or exactly a limit: the export may have been cut")
    return cut


def lacks(table: Table, columns: Sequence[str], skips: SkipList) -> bool:
    """Whether a table lacks one of the columns; the file is then skipped, naming them."""
    missing = [column for column in columns if not table.has(column)]
    if missing:
        skips.add(table.path, f"no column {', '.join(missing)} (it has: {', '.join(table.columns[:12])})")
    return bool(missing)


def day_of(text: str | None) -> date | None:
    """Read a day in UTC: ISO with or without time and offset, epoch milliseconds, or `20240311160000.000`.

    None for an empty cell and for anything else, among it days in a locale's order, which cannot be told apart.
    """
    if not text:
        return None
    stripped = text.strip()
    if stripped.replace(".", "", 1).isdigit():
        return _day_of_digits(stripped.partition(".")[0])
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except OverflowError:
        return None


def _day_of_digits(digits: str) -> date | None:
    try:
        if len(digits) == 14:
            return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).date()
        if len(digits) == 13:
            return datetime.fromtimestamp(int(digits) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return None


def checked_day(row: Row, column: str, path: Path, skips: SkipList) -> date | None:
    """The day in a cell; a cell that is not empty and is no day is noted."""
    text = row.get(column)
    day = day_of(text)
    if text and day is None:
        skips.add(path, f"{column} is no day: write it in ISO form (2026-09-30)", row.line)
    return day


def count_of(text: str | None) -> int | None:
    """Read a count: digits, or a decimal with zero fraction (`12.0`); None for anything else or below zero."""
    if not text:
        return None
    whole, _, fraction = text.strip().partition(".")
    return int(whole) if whole.isdecimal() and not fraction.strip("0") and len(whole) < 19 else None


def flag_of(text: str | None) -> bool | None:
    """Read a boolean as exports write it; None for anything else."""
    return {"true": True, "false": False, "1": True, "0": False}.get((text or "").strip().lower())


def id_of(text: str | None) -> str | None:
    """A record id in its 18-character form; None for anything else."""
    try:
        return to_18(text.strip()) if text else None
    except ValueError:
        return None


def organization_of(text: str | None) -> str | None:
    """An organisation's id in its 18-character form; None for anything else.

    Its first fifteen characters are all of it; exports write it in both lengths, some with another checksum.
    """
    identity = id_of((text or "").strip()[:15])
    return identity if identity and identity.startswith("00D") else None


def export_day(request: UsageRequest, seen: Iterable[date | None]) -> date:
    """The day of a register's export: as declared, else the newest day it holds, never after the audit's day.

    The newest day it holds is a bound from below: the export was made then or later. Where it holds none, the
    audit's day stands.
    """
    declared = day_of(request.options.get("exported"))
    newest = declared or max((day for day in seen if day), default=request.as_of)
    return min(newest, request.as_of)


def register_source(
    request: UsageRequest, as_of: date | None, rows: int, *, truncated: bool = False, note: str = ""
) -> EvidenceSource:
    """The source that a register's reader reports, whatever it read."""
    kind, path = SourceKind.REGISTER, _common_place(request.paths)
    return EvidenceSource(request.id, request.kind, path, kind, as_of, rows, truncated=truncated, note=note)


def _common_place(paths: Sequence[Path]) -> str:
    """The one path, or the folder that all of them share."""
    if not paths:
        return ""
    try:
        return Path(os.path.commonpath(paths)).as_posix()
    except ValueError:
        # Absolute and relative paths, or drives, have nothing in common.
        return paths[0].as_posix()
