"""Excel workbooks, read and written: the only module that speaks openpyxl (the extra `xlsx`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from zipfile import BadZipFile

from auditor.errors import AuditorError, FormatError

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write: its name (31 characters at most), a header and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int | float | bool | date | None]]


def read_workbook(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Rows of every sheet as (sheet, row from 1, cell by header in lower case). The first row is the header.

    Raises:
        FormatError: not a workbook.
        AuditorError: the extra `xlsx` is not installed.
    """
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise FormatError(f"not an Excel workbook: {error}") from None
    try:
        for sheet in book.worksheets:
            yield from _sheet_rows(sheet.title, sheet.iter_rows(values_only=True))
    finally:
        book.close()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets, with a frozen, filtered header. Cells that would start a formula are written as text.

    Raises:
        AuditorError: the extra `xlsx` is not installed.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    # A fixed date, so that the same rows give the same bytes.
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    for sheet in sheets:
        target = book.create_sheet(sheet.name[:31])
        target.freeze_panes = "A2"
        target.append(list(sheet.columns))
        for row in sheet.rows:
            target.append([_safe(cell) for cell in row])
        if sheet.rows:
            target.auto_filter.ref = f"A1:{_column(len(sheet.columns))}{len(sheet.rows) + 1}"
    book.save(path)


def _sheet_rows(name: str, rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[str, int, dict[str, str]]]:
    header: list[str] | None = None
    for number, row in enumerate(rows, 1):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if not any(cells):
            continue
        if header is None:
            header = [cell.lower() for cell in cells]
        else:
            yield name, number, {key: cell for key, cell in zip(header, cells, strict=False) if key}


def _safe(cell: str | int | float | bool | date | None) -> str | int | float | bool | date | None:
    """A text that a spreadsheet would run as a formula, made text; control characters dropped."""
    if not isinstance(cell, str):
        return cell
    text = "".join(c for c in cell if c in "\n\t" or ord(c) >= 32)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _column(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _openpyxl() -> ModuleType:
    try:
        return import_module("openpyxl")
    except ModuleNotFoundError:
        raise AuditorError(
            "Excel workbooks need the extra `xlsx`: pip install 'crm-scope-auditor[xlsx]'; CSV needs nothing"
        ) from None
