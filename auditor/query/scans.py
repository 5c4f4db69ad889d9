"""Files that a query reads: which of them DuckDB scans by itself, and which come as rows of our own reader.

Types are never guessed: every column is text, by name, and is cast by the expression that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.tables import BadRow, Table, open_table
from auditor.formats.textfiles import GZIP_MAGIC, READ_ERRORS, check_regular, open_bytes

Record: TypeAlias = Mapping[str, str | None]
"""One row by column name in lower case; None is no value."""

LINE_LIMIT = 16 << 20
"""Bytes of the longest line that is read; a longer one is skipped and counted."""

_PARQUET = b"PAR1"
_UTF8 = ("utf-8", "utf-8-sig", "ascii")


@dataclass(frozen=True, slots=True)
class Scan:
    """One file, or rows from elsewhere, with its columns as spelled there.

    `form`: `csv`, `jsonl` and `parquet` are scanned by the engine; `rows` come from `records`, where a `BadRow`
    stands for each row that could not be read.
    """

    path: Path
    form: str
    columns: tuple[str, ...]
    delimiter: str = ","
    packed: bool = False
    truncated: bool = False
    notes: tuple[str, ...] = ()
    records: Callable[[], Iterator[Record | BadRow]] = field(default=lambda: iter(()), compare=False)

    def position(self, names: Sequence[str]) -> int | None:
        """Place of the first of several columns that is there, whatever its case."""
        lowered = [column.lower() for column in self.columns]
        return next((lowered.index(name.lower()) for name in names if name.lower() in lowered), None)

    def has(self, *names: str) -> bool:
        """Whether every named column is there."""
        return all(self.position((name,)) is not None for name in names)


def open_scan(path: Path) -> Scan:
    """Look at a file and say how it is read. Parquet gives its columns to the engine only (`columns` is empty).

    Raises:
        FormatError: not readable, empty, or none of CSV, JSON, JSON lines and Parquet.
    """
    head, packed = _head(path)
    if head.startswith(_PARQUET):
        return Scan(path, "parquet", ())
    table = open_table(path)
    if table.format == "jsonl" and table.encoding in _UTF8:
        return Scan(path, "jsonl", table.columns, packed=packed, notes=table.notes)
    plain = table.format == "csv" and table.encoding in _UTF8 and _begins_with_header(head, table)
    if plain:
        return Scan(path, "csv", table.columns, table.delimiter, packed, notes=table.notes)
    return _as_rows(table)


def scan_of_records(path: Path, columns: Sequence[str], records: Callable[[], Iterator[Record]]) -> Scan:
    """Rows that no file holds (a cursor of a database); `path` names them in messages."""
    return Scan(path, "rows", tuple(columns), records=records)


def _as_rows(table: Table) -> Scan:
    def records() -> Iterator[Record | BadRow]:
        for row in table.rows():
            yield row if isinstance(row, BadRow) else row.cells

    return Scan(table.path, "rows", table.columns, truncated=table.truncated, notes=table.notes, records=records)


def _head(path: Path) -> tuple[bytes, bool]:
    """The first bytes, unpacked, and whether they were packed."""
    check_regular(path)
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == GZIP_MAGIC
    except FileNotFoundError:
        raise FormatError("there is no such file") from None
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror or error}") from None
    with open_bytes(path) as binary:
        try:
            return binary.read(1 << 16), packed
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None


def _begins_with_header(head: bytes, table: Table) -> bool:
    """Whether the very first line is the header: no blank lines, no `sep=` line of Excel's before it."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    return bool(first) and not first.lower().startswith(b"sep=") and len(set(table.columns)) == len(table.columns)
