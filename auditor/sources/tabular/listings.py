"""Files and sheets that list fields, whatever their dress: each with its headers and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.errors import FormatError, SourceError
from auditor.formats.jsons import flattened, object_members
from auditor.formats.tables import BadRow, open_table
from auditor.formats.workbooks import read_workbook
from auditor.formats.yamls import load_plain
from auditor.model.catalogue import Skipped

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".xlsx")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file (of JSON and YAML, that of the record), and its cells by header."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """One file, or one sheet of a workbook (`file.xlsx#Sheet`)."""

    path: str
    headers: tuple[str, ...]
    """In lower case; of JSON and YAML whatever any record has."""
    lines: Sequence[Line]

    @property
    def stem(self) -> str:
        """The file's name without folder, sheet and endings."""
        return Path(self.path.partition("#")[0]).name.partition(".")[0]


def listing_files(location: str) -> Sequence[tuple[Path, str]]:
    """The file itself, or every listing below a folder, with the path to show; links out of it are left out.

    Raises:
        SourceError: there is no such place.
    """
    root = Path(location)
    if root.is_file():
        return [(root, root.name)]
    if not root.is_dir():
        raise SourceError(f"{location} does not exist")
    inside = root.resolve()
    found = sorted(path for path in root.rglob("*") if path.is_file() and path.name.lower().endswith(SUFFIXES))
    return [(p, p.relative_to(root).as_posix()) for p in found if p.resolve().is_relative_to(inside)]


def read_listings(path: Path, shown: str, skipped: list[Skipped]) -> Iterator[Listing]:
    """Read a file's listings; what cannot be read is put under `skipped`."""
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _sheets(path, shown)
        elif path.suffix.lower() in (".yaml", ".yml"):
            yield _yaml(path, shown)
        else:
            yield _table(path, shown, skipped)
    except FormatError as error:
        skipped.append(Skipped(shown, error.reason, error.line))
    except OSError as error:
        skipped.append(Skipped(shown, f"cannot be read: {error.strerror}"))


def _sheets(path: Path, shown: str) -> Iterator[Listing]:
    for sheet, rows in groupby(read_workbook(path), key=lambda row: row[0]):
        lines = [Line(number, cells) for _, number, cells in rows]
        yield Listing(f"{shown}#{sheet}", _headers(lines), lines)


def _table(path: Path, shown: str, skipped: list[Skipped]) -> Listing:
    table = open_table(path)
    skipped.extend(Skipped(shown, note) for note in table.notes)
    if table.truncated:
        skipped.append(Skipped(shown, "the document says that it holds only a part of the records"))
    lines = []
    for row in table.rows():
        if isinstance(row, BadRow):
            skipped.append(Skipped(shown, row.reason, row.line))
        else:
            lines.append(Line(row.line, row.cells))
    if table.format == "csv":
        return Listing(shown, tuple(column.lower() for column in table.columns), lines)
    return Listing(shown, _headers(lines), lines)


def _yaml(path: Path, shown: str) -> Listing:
    document = load_plain(path.read_bytes())
    if not isinstance(document, list):
        raise FormatError("a YAML listing is a list with one entry a field")
    lines = [
        Line(number, {name.lower(): text for name, text in flattened(item)})
        for number, item in enumerate(object_members(document), 1)
    ]
    return Listing(shown, _headers(lines), lines)


def _headers(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for line in lines for header in line.cells))
