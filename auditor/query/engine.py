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
_OBJECT = "(CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE FALSE END)"
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
        rows = self.guarded(f"DESCRIBE SELECT * FROM read_parquet({path})")  # noqa: S608 - quoted
        return tuple(row[0] for row in rows)

    def load(self, scan: Scan, wanted: Wanted, into: str) -> list[tuple[int | None, str]]:
        """Put the wanted columns of a scan, as text, into a table `into`; gives line and reason of each bad row.

        Raises:
            FormatError: the file as a whole cannot be read.
        """
        if scan.form == "rows":
            return self._insert_records(scan, wanted, into)
        self.view(scan, wanted)
        names = ", ".join(identifier(alias) for alias in wanted)
        self.guarded(f"INSERT INTO {identifier(into)} SELECT {names} FROM scan")  # noqa: S608
        return self.left_out(scan)

    def view(self, scan: Scan, wanted: Wanted) -> None:
        """Make the wanted columns of a scan, as text, the view `scan`. Not for `rows`.

        Raises:
            FormatError: the file cannot be read.
        """
        self._scans += 1
        scanned = Scan(scan.path, scan.form, self.columns_of(scan), scan.delimiter, scan.packed)
        picked = ", ".join(f"{_cell(scanned, names)} AS {identifier(alias)}" for alias, names in wanted.items())
        only = f" WHERE {_OBJECT}" if scan.form == "jsonl" else ""
        source = self._source(scanned, f"store_rejects=true, rejects_limit=0, {self._rejects_tables()}")
        self.guarded(f"CREATE OR REPLACE TEMP VIEW scan AS SELECT {picked} FROM {source}{only}")  # noqa: S608

    def left_out(self, scan: Scan) -> list[tuple[int | None, str]]:
        """Line and reason of each row that the last view, once it was read, left out."""
        import duckdb

        if scan.form not in ("csv", "jsonl"):
            return []
        sql = f"SELECT line, min(error_type::VARCHAR) FROM rejects_{self._scans} GROUP BY line ORDER BY line"  # noqa: S608
        try:
            rows = self.run(sql)
        except duckdb.CatalogException:
            # The table is made with the first row that is left out.
            rows = []
        bad: list[tuple[int | None, str]] = [
            (int(line), f"not readable as {scan.form.upper()}: {kind.lower()}") for line, kind in rows
        ]
        if scan.form == "jsonl":
            source = self._source(scan, "ignore_errors=true")
            blank = "trim(line) <> ''"
            (count,) = self.guarded(f"SELECT count(*) FROM {source} WHERE {blank} AND NOT {_OBJECT}")[0]  # noqa: S608
            bad += [(None, f"{count} lines are no JSON object")] if count else []
        return bad

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
        import duckdb

        try:
            return self.run(sql)
        except duckdb.Error as error:
            # The first line says what is wrong; the others may quote the file's own values.
            raise FormatError(f"cannot be read: {str(error).splitlines()[0][:200]}") from None

    def _rejects_tables(self) -> str:
        return f"rejects_table='rejects_{self._scans}', rejects_scan='scans_{self._scans}'"

    def _source(self, scan: Scan, errors: str) -> str:
        path = quoted(str(scan.path.resolve()))
        if scan.form == "parquet":
            return f"read_parquet({path})"
        packing = "gzip" if scan.packed else "none"
        common = f"auto_detect=false, max_line_size={LINE_LIMIT}, compression='{packing}', {errors}"
        if scan.form == "jsonl":
            lines = f"read_csv({path}, columns={{'line': 'VARCHAR'}}, header=false, {common}"
            return f"{lines}, delim={_SEPARATOR}, quote='', escape='')"
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(scan.columns)))
        return (
            f"read_csv({path}, columns={{{columns}}}, header=true, {common}, delim={quoted(scan.delimiter)}, "
            "quote='\"', escape='\"')"
        )

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
