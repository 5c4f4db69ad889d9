"""Excel workbooks, read and written: the only module that speaks openpyxl (the extra `xlsx`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from auditor.errors import AuditorError, FormatError
from auditor.formats.sheets import Sheet, harmless
from auditor.formats.tree_limits import printable
from auditor.formats.workbook_limits import check_span, check_workbook

_MERGED_UP_TO = 16 * 2**20
"""Bytes of a workbook up to which it is held as a whole, which merged cells need."""
_IN_MEMORY = re.compile(r" (?:object )?at 0x[0-9a-fA-F]+")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def read_workbook(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Rows of every sheet as (sheet, row from 1, cell by header in lower case).

    The header is the first row with two cells or more, so that a title above it does no harm; a column without a
    header is left out, and of two with the same header the first is read. A cell merged over several rows stands
    in each of them (in workbooks over 16 MB only in the first). A formula gives the value that Excel computed.
    Hidden sheets are read like others; charts are not.

    Raises:
        FormatError: not a workbook, broken anywhere, with a DTD, or one that unpacks beyond all measure.
        AuditorError: the extra `xlsx` is not installed.
    """
    openpyxl = _openpyxl()
    try:
        check_workbook(path)
        streamed = path.stat().st_size > _MERGED_UP_TO
        with redirect_stdout(StringIO()):  # it prints what it finds wrong, into the midst of our own output
            book = openpyxl.load_workbook(path, read_only=streamed, data_only=True)
    except FormatError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl declares no errors of its own; any may stand for bad parts
        raise FormatError(_reason(error)) from None
    try:
        for sheet in book.worksheets:
            check_span(sheet.title, sheet.max_row or 0, sheet.max_column or 0, streamed=streamed)
            spread = _spread(getattr(sheet, "merged_cells", None))
            yield from _sheet_rows(sheet.title, sheet.iter_rows(values_only=True), spread)
    except FormatError:
        raise
    except Exception as error:  # noqa: BLE001 - as above: a sheet is parsed when it is read
        raise FormatError(_reason(error)) from None
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


def _reason(error: Exception) -> str:
    """Why a workbook is none; without the places in memory that openpyxl's texts may hold."""
    told = " ".join(str(error).split()) or type(error).__name__
    return f"not an Excel workbook: {printable(_IN_MEMORY.sub('', told))[:200]}"


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


def _spread(merged: Any) -> frozenset[tuple[int, int]]:  # noqa: ANN401 - openpyxl is not typed
    """Cells (row, column; both from 1) that a merge left empty below the one that holds the value."""
    return frozenset(
        (row, area.min_col)
        for area in (merged.ranges if merged is not None else ())
        for row in range(area.min_row + 1, area.max_row + 1)
    )


def _sheet_rows(
    name: str, rows: Iterable[tuple[object, ...]], spread: frozenset[tuple[int, int]]
) -> Iterator[tuple[str, int, dict[str, str]]]:
    header: list[str] | None = None
    above: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [_shown(cell) for cell in row]
        for column in range(1, len(cells) + 1) if spread else ():
            if (number, column) in spread and column <= len(above):
                cells[column - 1] = above[column - 1]
        above = cells
        filled = sum(1 for cell in cells if cell)
        if header is None:
            header = [cell.lower() for cell in cells] if filled > 1 or filled == len(cells) else None
        elif filled:
            backwards = zip(reversed(header), reversed(cells[: len(header)]), strict=False)
            yield name, number, {key: cell for key, cell in backwards if key}


def _shown(cell: object) -> str:
    """A cell as text: whole numbers without a fraction, however they are stored."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


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
