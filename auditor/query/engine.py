"""One DuckDB connection for one reading: closed to the network and to every file but those that it was given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.errors import FormatError
from auditor.formats.tables import BadRow
from auditor.query.scans import LINE_LIMIT, Scan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY_LIMIT = "3GB"
"""Beyond it DuckDB writes to a temporary folder, which is removed with the connection."""

Wanted: TypeAlias = Mapping[str, Sequence[str]]
"""Alias in the expression → the columns that may stand for it, first that is there; without any it is empty."""

_SEPARATOR = "chr(31)"  # A control character, which no line of JSON can hold unescaped.
_BATCH = 500


class Engine:
    """Runs compiled expressions over scans. Made by `open_engine` only."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._scans = 0

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
        rows = self._guarded(f"DESCRIBE SELECT * FROM read_parquet({path})")  # noqa: S608 - quoted
        return tuple(row[0] for row in rows)

    def load(self, scan: Scan, wanted: Wanted, into: str) -> list[tuple[int | None, str]]:
        """Put the wanted columns of a scan, as text, into a table `into`; gives line and reason of each bad row.

        Raises:
            FormatError: the file as a whole cannot be read.
        """
        if scan.form == "rows":
            return self._insert_records(scan, wanted, into)
        rejects = self._view(scan, wanted)
        names = ", ".join(identifier(alias) for alias in wanted)
        good = "WHERE readable" if scan.form == "jsonl" else ""
        self._guarded(f"INSERT INTO {identifier(into)} SELECT {names} FROM scan {good}")  # noqa: S608 - quoted
        return rejects() if scan.form == "csv" else self._unreadable(scan)

    def view(self, scan: Scan, wanted: Wanted) -> None:
        """Make the wanted columns of a scan the view `scan`, with a column `readable`. Not for `rows`."""
        self._view(scan, wanted)

    def rejects(self) -> list[tuple[int | None, str]]:
        """Line and reason of each row that the last CSV scan left out."""
        import duckdb

        sql = f"SELECT line, min(error_type::VARCHAR) FROM rejects_{self._scans} GROUP BY line ORDER BY line"  # noqa: S608
        try:
            rows = self.run(sql)
        except duckdb.CatalogException:
            # The table is made with the first row that is left out.
            return []
        return [(int(line), f"not readable as CSV: {kind.lower()}") for line, kind in rows]

    def insert(self, table: str, width: int, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows of so many values into a table."""
        marks = "(" + ", ".join("?" * width) + ")"
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            sql = f"INSERT INTO {identifier(table)} VALUES {', '.join([marks] * len(batch))}"  # noqa: S608 - quoted
            self._connection.execute(sql, [value for row in batch for value in row])

    def guarded(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement that reads a file.

        Raises:
            FormatError: the file cannot be read.
        """
        return self._guarded(sql)

    def _guarded(self, sql: str) -> list[tuple[Any, ...]]:
        import duckdb

        try:
            return self.run(sql)
        except duckdb.Error as error:
            # The first line says what is wrong; the others may quote the file's own values.
            raise FormatError(f"cannot be read: {str(error).splitlines()[0][:200]}") from None

    def _view(self, scan: Scan, wanted: Wanted) -> Any:  # noqa: ANN401 - the bound method below
        self._scans += 1
        scanned = Scan(scan.path, scan.form, self.columns_of(scan), scan.delimiter, scan.packed)
        picked = [f"{_cell(scanned, names)} AS {identifier(alias)}" for alias, names in wanted.items()]
        readable = "json_valid(line)" if scan.form == "jsonl" else "TRUE"
        body = f"SELECT {', '.join([*picked, f'{readable} AS readable'])} FROM {self._source(scanned)}"  # noqa: S608 - quoted
        self._guarded(f"CREATE OR REPLACE TEMP VIEW scan AS {body}")
        return self.rejects

    def _source(self, scan: Scan) -> str:
        path = quoted(str(scan.path.resolve()))
        if scan.form == "parquet":
            return f"read_parquet({path})"
        packing = "gzip" if scan.packed else "none"
        common = f"auto_detect=false, max_line_size={LINE_LIMIT}, compression='{packing}'"
        if scan.form == "jsonl":
            lines = f"read_csv({path}, columns={{'line': 'VARCHAR'}}, header=false, {common}"
            return f"{lines}, delim={_SEPARATOR}, quote='', escape='') WHERE trim(line) <> ''"
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(scan.columns)))
        rejects = f"store_rejects=true, rejects_limit=0, rejects_table='rejects_{self._scans}'"
        return (
            f"read_csv({path}, columns={{{columns}}}, header=true, {common}, delim={quoted(scan.delimiter)}, "
            f"quote='\"', escape='\"', {rejects}, rejects_scan='scans_{self._scans}')"
        )

    def _unreadable(self, scan: Scan) -> list[tuple[int | None, str]]:
        if scan.form != "jsonl":
            return []
        (count,) = self._guarded("SELECT count(*) FROM scan WHERE NOT readable")[0]
        return [(None, "not readable as JSON")] * int(count)

    def _insert_records(self, scan: Scan, wanted: Wanted, into: str) -> list[tuple[int | None, str]]:
        bad: list[tuple[int | None, str]] = []
        lowered = [[name.lower() for name in names] for names in wanted.values()]

        def rows() -> Iterator[list[str | None]]:
            for record in scan.records():
                if isinstance(record, BadRow):
                    bad.append((record.line, record.reason))
                else:
                    yield [next((record[name] for name in names if record.get(name)), None) for names in lowered]

        self.insert(into, len(wanted), rows())
        return bad


def _cell(scan: Scan, names: Sequence[str]) -> str:
    """SQL of one text cell; an empty cell is NULL, the first of several columns that is filled counts."""
    if scan.form == "jsonl":
        paths = [quoted(path) for path in _json_paths(scan, names)]
        found = [f"CASE WHEN json_valid(line) THEN line ->> {path} END" for path in paths]
    else:
        places = [place for name in names if (place := scan.position((name,))) is not None]
        cells = [identifier(scan.columns[place]) if scan.form == "parquet" else f"c{place}" for place in places]
        found = [f"CAST({cell} AS VARCHAR)" for cell in cells]
    filled = [f"nullif(trim({cell}), '')" for cell in found]
    return f"coalesce({', '.join([*filled, 'NULL'])})"


def _json_paths(scan: Scan, names: Sequence[str]) -> Iterator[str]:
    """A column as the first record spells it, as a member of its own and as a path through members."""
    for name in names:
        place = scan.position((name,))
        spelled = name if place is None else scan.columns[place]
        yield f'$."{spelled}"'
        if "." in spelled:
            yield "$." + ".".join(f'"{part}"' for part in spelled.split("."))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def open_engine(paths: Iterable[Path]) -> Iterator[Engine]:
    """Open a connection in memory that may read these files and nothing else, and load no extension."""
    import duckdb

    with TemporaryDirectory(prefix="auditor-") as folder:
        connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": MEMORY_LIMIT,
                "threads": str(os.cpu_count() or 1),
                "temp_directory": folder,
                "preserve_insertion_order": "false",
            }
        )
        try:
            allowed = ", ".join(quoted(str(path.resolve())) for path in paths)
            connection.execute(f"SET allowed_paths = [{allowed}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield Engine(connection)
        finally:
            connection.close()
