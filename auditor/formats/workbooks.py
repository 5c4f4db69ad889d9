"""Excel workbooks, read and written: the only module that speaks openpyxl (the extra `xlsx`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from auditor.errors import AuditorError, FormatError
from auditor.formats.sheets import Sheet, harmless

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


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


def can_write_workbooks() -> bool:
    """Whether the extra `xlsx` is installed."""
    return find_spec("openpyxl") is not None


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write `workbook_bytes` to a file.

    Raises:
        AuditorError: the extra `xlsx` is not installed.
    """
    path.write_bytes(workbook_bytes(sheets))


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The sheets, each with a frozen, filtered header. Cells that would start a formula are written as text.

    Raises:
        AuditorError: the extra `xlsx` is not installed.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = datetime(2000, 1, 1)
    for sheet in sheets:
        target = book.create_sheet(sheet.name[:31])
        target.freeze_panes = "A2"
        target.append(list(sheet.columns))
        for row in sheet.rows:
            target.append([harmless(cell) for cell in row])
        if sheet.rows:
            target.auto_filter.ref = f"A1:{_column(len(sheet.columns))}{len(sheet.rows) + 1}"
    written = BytesIO()
    book.save(written)
    return _timeless(written)


def _timeless(written: BytesIO) -> bytes:
    """The same workbook without the moment of its writing, so that the same rows give the same bytes."""
    result = BytesIO()
    with ZipFile(written) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", data)
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    return result.getvalue()


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
