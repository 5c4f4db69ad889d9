"""One DuckDB connection for one reading: closed to the network and to every file but those that it was given."""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal, a quoted name or a number only

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.tables import BadRow
from auditor.query.interrupting import interruptible
from auditor.query.reading import OBJECT, Wanted, identifier, quoted, reader_sql, selected
from auditor.query.scans import Scan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY_LIMIT = "3GB"
"""Beyond it DuckDB writes to a temporary folder, which is removed with the connection."""

LISTED = 1_000
"""Rows left out of one file that are named by line; of more only the number is told."""

_BATCH = 10_000
_LITTLE = 32 << 20


@dataclass(slots=True)
class LeftOut:
    """Rows of a file that could not be read: how many, and line and reason of the first of them."""

    count: int = 0
    rows: list[tuple[int | None, str]] = field(default_factory=list)

    def add(self, line: int | None, reason: str, count: int = 1) -> None:
        """Count rows, and name them if there are not too many yet."""
        self.count += count
        if len(self.rows) < LISTED:
            self.rows.append((line, reason))


@dataclass(frozen=True, slots=True)
class Reading:
    """The statement that reads some files, and what is known already to be left out of them."""

    sql: str
    left_out: dict[Path, LeftOut]
    number: int = 0
    """By which `rejected` finds what was left out later; 0: nothing can be."""


class Engine:
    """Runs SQL over scans. Made by `open_engine` only."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._readings = 0

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one statement and fetch all its rows."""
        return self._connection.execute(sql).fetchall()

    def columns_of(self, scan: Scan) -> tuple[str, ...]:
        """Columns of a scan; those of a Parquet file are asked from the file.

        Raises:
            FormatError: the file cannot be read.
        """
        if scan.form != "parquet":
            return scan.columns
        path = quoted(str(scan.path.resolve()))
        rows = self.guarded(f"DESCRIBE SELECT * FROM read_parquet({path})")
        return tuple(row[0] for row in rows)

    def reading(self, scans: Sequence[Scan], wanted: Wanted, *, raw: bool = False) -> Reading:
        """How the wanted columns of files of one shape are read, as text, with each row's file as `file`.

        `raw`: a column that needs nothing but its spaces trimmed comes untrimmed, for who trims later. Rows that
        are no table of a file (`rows`) are loaded at once, and what was left out of them is told.

        Raises:
            FormatError: a file cannot be read.
        """
        first = scans[0]
        place = quoted(str(first.path.resolve()))
        if first.form == "rows":
            left = self._load_records(first, wanted)
            return Reading(f"SELECT *, {place} AS file FROM streamed", {first.path: left})
        self._readings += 1
        shape = Scan(first.path, first.form, self.columns_of(first), first.delimiter, first.packed)
        picked = selected(shape, wanted, raw=raw)
        rejected = f"rejects_table='rejects_{self._readings}', rejects_scan='scans_{self._readings}'"
        errors = f"store_rejects=true, rejects_limit=0, {rejected}"
        source = reader_sql(shape, [scan.path for scan in scans], errors)
        only = f" WHERE {OBJECT}" if first.form == "jsonl" else ""
        file = "filename" if len(scans) > 1 else place
        return Reading(f"SELECT {picked}, {file} AS file FROM {source}{only}", {}, self._readings)

    def rejected(self, number: int) -> int:
        """How many rows the statement of a reading left out, however often it has run."""
        import duckdb

        try:
            told = f"SELECT count(*) FROM (SELECT DISTINCT file_id, line FROM rejects_{number})"
            return int(self.run(told)[0][0]) if number else 0
        except duckdb.CatalogException:
            # The table is made with the first row that is left out.
            return 0

    def left_out(self, scans: Sequence[Scan]) -> dict[Path, LeftOut]:
        """What the last reading of files, once its statement has run, left out of each."""
        found: dict[Path, LeftOut] = {}
        if scans[0].form not in ("csv", "jsonl"):
            return found
        paths = {str(scan.path.resolve()): scan.path for scan in scans}
        for place, line, kind, ranked, count in self._rejects():
            told = found.setdefault(paths.get(place, scans[0].path), LeftOut())
            if ranked == 1:
                told.count = int(count)
            told.rows.append((int(line), f"not readable as {scans[0].form.upper()}: {kind.lower()}"))
        if scans[0].form == "jsonl":
            for scan in scans:
                self._strange_lines(scan, found)
        return found

    def _rejects(self) -> list[tuple[str, int, str, int, int]]:
        """File, line, kind, place among the file's and number of them, of each row that was left out."""
        import duckdb

        each, of = f"rejects_{self._readings}", f"scans_{self._readings}"
        rows = f"SELECT scan_id, file_id, line, min(error_type::VARCHAR) AS kind FROM {each} GROUP BY ALL"
        try:
            # The shorter statement first, since there is nothing in nearly all cases.
            self.run(f"SELECT 1 FROM {each} LIMIT 1")
            return self.run(
                "SELECT file_path, line, kind, row_number() OVER (PARTITION BY file_path ORDER BY line) AS place,"
                f" count(*) OVER (PARTITION BY file_path) FROM ({rows}) JOIN {of} USING (scan_id, file_id)"
                f" QUALIFY place <= {LISTED} ORDER BY file_path, line"
            )
        except duckdb.CatalogException:
            # The table is made with the first row that is left out.
            return []

    def _strange_lines(self, scan: Scan, found: dict[Path, LeftOut]) -> None:
        source = reader_sql(scan, [scan.path], "ignore_errors=true")
        strange = f"trim(line) <> '' AND NOT {OBJECT}"
        (count,) = self.guarded(f"SELECT count(*) FROM {source} WHERE {strange}")[0]
        if count:
            found.setdefault(scan.path, LeftOut()).add(None, f"{count} lines are no JSON object", int(count))

    def insert(self, table: str, width: int, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows of so many values into a table."""
        columns = ", ".join(["unnest(?)"] * width)
        sql = f"INSERT INTO {identifier(table)} SELECT {columns}"
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            self._connection.execute(sql, [list(column) for column in zip(*batch, strict=True)])

    def guarded(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement that reads a file.

        Raises:
            FormatError: the file cannot be read.
        """
        import duckdb

        try:
            return self.run(sql)
        except duckdb.Error as error:
            # The first line says what is wrong; the others may quote the file's own values.
            raise FormatError(f"cannot be read: {str(error).splitlines()[0][:200]}") from None

    def _load_records(self, scan: Scan, wanted: Wanted) -> LeftOut:
        left = LeftOut()
        lowered = [[name.lower() for name in names] for names in wanted.values()]

        def rows() -> Iterator[list[str | None]]:
            for record in scan.records():
                if isinstance(record, BadRow):
                    left.add(record.line, record.reason)
                else:
                    yield [next((record[name] for name in names if record.get(name)), None) for names in lowered]

        names = ", ".join(f"{identifier(name)} VARCHAR" for name in wanted)
        self.run(f"CREATE OR REPLACE TEMP TABLE streamed ({names})")
        self.insert("streamed", len(wanted), rows())
        return left


def _threads(paths: Iterable[Path]) -> int:
    """One for little, since handing small work around costs more than doing it."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return (os.cpu_count() or 1) if size > _LITTLE else 1


@contextmanager
def open_engine(paths: Iterable[Path], memory: str = MEMORY_LIMIT) -> Iterator[Engine]:
    """Open a connection in memory that may read these files and nothing else, and load no extension."""
    import duckdb

    paths = list(paths)
    with TemporaryDirectory(prefix="auditor-") as folder:
        connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": memory,
                "threads": str(_threads(paths)),
                "temp_directory": folder,
                "preserve_insertion_order": "false",
            }
        )
        interruptible(connection)
        try:
            allowed = ", ".join(quoted(str(path.resolve())) for path in paths)
            connection.execute(f"SET allowed_paths = [{allowed}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield Engine(connection)
        finally:
            connection.close()
