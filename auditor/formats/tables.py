"""Rows of an export, whatever its dress: CSV with `,`, `;` or tab, JSON, JSON lines, each plain or gzipped.

The only module that speaks the csv library. Rows stream; columns are found by name, whatever its case. A row that
cannot be read is a `BadRow`, never an error: one bad line costs one line.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO, TypeAlias

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.jsons import Json, flattened, parse_json, read_json, records_of
from auditor.formats.textfiles import READ_ERRORS, detect_encoding, open_text

DELIMITERS = (",", ";", "\t")
_JSON_LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it begins on (from 1; of JSON documents the number of the record), and its cells."""

    line: int
    cells: Mapping[str, str]
    """By column name in lower case."""

    def get(self, *names: str) -> str | None:
        """The first non-empty cell among the named columns; None where there is none."""
        for name in names:
            cell = self.cells.get(name.lower(), "").strip()
            if cell:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class BadRow:
    """One line that is no record, and why."""

    line: int
    reason: str


TableRow: TypeAlias = Row | BadRow


@dataclass(frozen=True, slots=True)
class Table:
    """An export that was opened: what it turned out to be, and its rows on demand.

    `columns` are spelled as in the file; of JSON they are the names in its records (of JSON lines, in the first).
    `truncated`: the document itself says that it holds only a part.
    """

    path: Path
    format: str
    """`csv`, `json` or `jsonl`."""
    encoding: str
    columns: tuple[str, ...]
    delimiter: str = ""
    truncated: bool = False
    notes: tuple[str, ...] = ()
    source: Callable[[], Iterator[TableRow]] = lambda: iter(())

    def rows(self) -> Iterator[TableRow]:
        """Every record in order; may be called again."""
        return self.source()

    def has(self, *names: str) -> bool:
        """Whether every named column is there, in any case."""
        present = {column.lower() for column in self.columns}
        return all(name.lower() in present for name in names)


def open_table(path: Path) -> Table:
    """Look at a file and make it a table.

    Raises:
        FormatError: not readable, empty, or neither CSV with a header nor JSON.
    """
    encoding = detect_encoding(path)
    first = _first_line(path, encoding)
    if not first.strip():
        raise FormatError("the file is empty")
    if not first.lstrip().startswith(("{", "[")):
        return _csv_table(path, encoding, first)
    if _is_json_lines(path, first):
        return _json_lines_table(path, encoding, first)
    return _json_table(path, encoding)


def open_headless(path: Path, columns: tuple[str, ...], needed: int) -> Table:
    """Make a table of a CSV file without a header, whose columns are known by their places.

    Rows may have fewer columns than are known (`needed` at least) or more: newer versions write more.

    Raises:
        FormatError: not readable, or empty.
    """
    encoding = detect_encoding(path)
    if not _first_line(path, encoding).strip():
        raise FormatError("the file is empty")
    return Table(path, "csv", encoding, columns, ",", source=lambda: _placed_rows(path, encoding, columns, needed))


def _placed_rows(path: Path, encoding: str, columns: tuple[str, ...], needed: int) -> Iterator[TableRow]:
    for line in _csv_lines(path, encoding, ","):
        if isinstance(line, BadRow):
            yield line
            continue
        number, cells = line[1]
        if len(cells) < needed:
            yield BadRow(number, f"{len(cells)} cells, where at least {needed} are known")
        else:
            yield Row(number, dict(zip(columns, cells, strict=False)))


def _first_line(path: Path, encoding: str) -> str:
    with open_text(path, encoding) as text:
        try:
            return next((line for line in iter(lambda: text.readline(1 << 20), "") if line.strip()), "")
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None


def _is_json_lines(path: Path, first: str) -> bool:
    if _JSON_LINES & {suffix.lower() for suffix in path.suffixes}:
        return True
    try:
        value = parse_json(first)
    except FormatError:
        return False
    # One complete object on one line is a document of its own if it wraps records, else a line of many.
    return isinstance(value, Mapping) and records_of(value).items == (value,)


def _csv_table(path: Path, encoding: str, first: str) -> Table:
    declared = first.strip().lower().removeprefix("sep=") if first.lower().startswith("sep=") else ""
    header = next(_csv_lines(path, encoding, declared or None), None)
    if header is None or isinstance(header, BadRow):
        raise FormatError("no header line", header.line if header else None)
    delimiter, (_, cells) = header
    keys = tuple(cell.strip().lower() for cell in cells)
    twice = sorted({key for key in keys if key and keys.count(key) > 1})
    notes = tuple(f"column {key!r} stands more than once; the first is read" for key in twice)
    return Table(
        path,
        "csv",
        encoding,
        tuple(cell.strip() for cell in cells),
        delimiter,
        notes=notes,
        source=lambda: _csv_rows(path, encoding, delimiter, keys),
    )


_Line: TypeAlias = tuple[str, tuple[int, list[str]]]


def _csv_lines(path: Path, encoding: str, delimiter: str | None) -> Iterator[_Line | BadRow]:
    """Cells of each line that is not blank, with the delimiter and the line that the record ends on."""
    with open_text(path, encoding) as text:
        try:
            first = _skip_to_header(text)
            chosen = delimiter if delimiter in DELIMITERS else _sniff(first[1])
            yield from _parsed(text, first, chosen)
        except READ_ERRORS as error:
            yield BadRow(0, f"the rest of the file cannot be read: {error}")


def _skip_to_header(text: TextIO) -> tuple[int, str]:
    """The first line that is neither blank nor Excel's `sep=;`, with the number of lines before it."""
    before = 0
    line = text.readline()
    while line and (not line.strip() or (len(line.strip()) == 5 and line.lower().startswith("sep="))):
        before, line = before + 1, text.readline()
    return before, line


def _parsed(text: TextIO, first: tuple[int, str], delimiter: str) -> Iterator[_Line | BadRow]:
    before, line = first

    def lines() -> Iterator[str]:
        yield line
        # A zero byte would end the whole file for the csv library of Python 3.10 and is data for none.
        yield from (each.replace("\0", "") for each in text)

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        start = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(start, f"not readable as CSV: {error}")
            continue
        if cells and any(cells):
            yield delimiter, (start, cells)


def _sniff(header: str) -> str:
    """The delimiter that gives the header most columns; the comma where nothing decides."""

    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader([header], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=columns)


def _csv_rows(path: Path, encoding: str, delimiter: str, keys: tuple[str, ...]) -> Iterator[TableRow]:
    lines = _csv_lines(path, encoding, delimiter)
    next(lines, None)
    backwards = tuple(reversed(keys))
    width = len(keys)
    for line in lines:
        if isinstance(line, BadRow):
            yield line
            continue
        number, cells = line[1]
        if len(cells) != width:
            yield BadRow(number, f"{len(cells)} cells under a header of {width}")
        else:
            yield Row(number, dict(zip(backwards, reversed(cells), strict=True)))


def _json_table(path: Path, encoding: str) -> Table:
    found = records_of(read_json(path))
    rows = tuple(Row(number, _cells(item)) for number, item in enumerate(found.items, 1))
    columns = dict.fromkeys(name for item in found.items for name, _ in flattened(item))
    return Table(path, "json", encoding, tuple(columns), truncated=found.truncated, source=lambda: iter(rows))


def _json_lines_table(path: Path, encoding: str, first: str) -> Table:
    value = parse_json(first)
    columns = tuple(name for name, _ in flattened(value)) if isinstance(value, Mapping) else ()
    return Table(path, "jsonl", encoding, columns, source=lambda: _json_rows(path, encoding))


def _json_rows(path: Path, encoding: str) -> Iterator[TableRow]:
    number = 0
    with open_text(path, encoding) as text:
        try:
            for number, line in enumerate(text, 1):
                if line.strip():
                    yield _json_row(number, line)
        except READ_ERRORS as error:
            yield BadRow(number + 1, f"the rest of the file cannot be read: {error}")


def _json_row(number: int, line: str) -> TableRow:
    try:
        value = parse_json(line)
    except FormatError as error:
        return BadRow(number, error.reason)
    return Row(number, _cells(value)) if isinstance(value, Mapping) else BadRow(number, "no JSON object")


def _cells(item: Mapping[str, Json]) -> dict[str, str]:
    return {name.lower(): text for name, text in flattened(item)}
