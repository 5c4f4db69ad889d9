"""Excel workbooks as people keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from auditor.errors import FormatError
from auditor.formats.sheets import Sheet
from auditor.formats.workbooks import read_workbook, workbook_bytes

openpyxl: Any = pytest.importorskip("openpyxl", reason="the extra xlsx is not installed")


def _book(folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    path = folder / "x.xlsx"
    book.save(path)
    return path


def test_a_cell_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rows = [["Table", "Field"], ["Kund", "Nr"], ["", "Namn"], ["", "Ort"], ["Order", "Id"], ["", "x"]]

    read = list(read_workbook(_book(tmp_path, {"s": rows}, ["A2:A4"])))

    assert [(cells["table"], cells["field"]) for _, _, cells in read] == [
        ("Kund", "Nr"),
        ("Kund", "Namn"),
        ("Kund", "Ort"),
        ("Order", "Id"),
        ("", "x"),
    ]


def test_titles_blank_rows_and_headers_without_a_name_do_no_harm(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Fields of our ERP", None, None, None],
        [],
        ["Table", None, "Field", "field"],
        ["Kund", "note", "Nr", "second"],
        [None, None, None, None],
        ["Order", None, "Id", None],
    ]

    read = list(read_workbook(_book(tmp_path, {"s": rows}, ["A1:D1"])))

    assert read == [("s", 4, {"field": "Nr", "table": "Kund"}), ("s", 6, {"field": "Id", "table": "Order"})]


def test_numbers_dates_and_booleans_are_texts(tmp_path: Path) -> None:
    rows: list[list[object]] = [["a", "b", "c", "d"], [20, 20.0, 1.5, True], ["007", None, " x ", "=1+1"]]

    read = [cells for _, _, cells in read_workbook(_book(tmp_path, {"s": rows}))]

    # A formula that no program has computed yet has no value.
    assert [{key: cells[key] for key in "abcd"} for cells in read] == [
        {"a": "20", "b": "20", "c": "1.5", "d": "True"},
        {"a": "007", "b": "", "c": "x", "d": ""},
    ]


def test_every_sheet_has_its_own_header_and_one_column_is_enough(tmp_path: Path) -> None:
    sheets: dict[str, list[list[str]]] = {
        "one": [["Field"], ["x"]],
        "empty": [],
        "two": [["Table", "Column"], ["T", "y"]],
    }

    read = list(read_workbook(_book(tmp_path, sheets)))

    assert read == [("one", 2, {"field": "x"}), ("two", 2, {"column": "y", "table": "T"})]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="an empty file"),
        pytest.param(b"object,field\nA,x\n", id="CSV under a wrong name"),
        pytest.param(b"PK\x05\x06" + b"\0" * 18, id="an empty archive"),
    ],
)
def test_what_is_no_workbook_is_a_format_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(data)

    with pytest.raises(FormatError, match="not an Excel workbook"):
        list(read_workbook(tmp_path / "x.xlsx"))


def _with_part(folder: Path, name: str, data: bytes) -> Path:
    """A sound workbook with one part replaced."""
    plain = _book(folder, {"s": [["Table", "Field"], ["Kund", "Nr"]]})
    bad = folder / "bad.xlsx"
    with ZipFile(plain) as source, ZipFile(bad, "w", ZIP_DEFLATED) as target:
        for each in source.namelist():
            target.writestr(each, data if each == name else source.read(each))
    return bad


_SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_FAR = b"<row r='1048576'><c r='XFD1048576' t='n'><v>1</v></c></row>"
_AREA = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'


@pytest.mark.parametrize(
    ("part", "data", "reason"),
    [
        pytest.param(_SHEET, b"0" * 40_000_000, "refused as an archive bomb", id="a bomb"),
        pytest.param(
            "xl/workbook.xml",
            b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>',
            "a DTD in its part xl/workbook.xml is refused",
            id="an entity",
        ),
        pytest.param(
            _SHEET,
            b"<worksheet " + _NAMESPACE + b"><sheetData>" + _FAR + b"</sheetData></worksheet>",
            "its sheet 's' spans 1,048,576 rows and 16,384 columns; delete what stands far",
            id="a cell far from the table",
        ),
        pytest.param(
            _SHEET,
            b"<worksheet " + _NAMESPACE + b"><sheetData/>" + _AREA + b"</worksheet>",
            "merged areas of its part xl/worksheets/sheet1.xml cover more than 5,000,000 cells",
            id="a merge over everything",
        ),
        pytest.param(_SHEET, b"<worksheet", "not an Excel workbook: ", id="a part cut short"),
        pytest.param(
            "[Content_Types].xml", b"<Types/>", "not an Excel workbook: ", id="a part without its content"
        ),
    ],
)
def test_a_workbook_that_would_run_away_or_is_broken_within_is_a_format_error(
    tmp_path: Path, part: str, data: bytes, reason: str
) -> None:
    with pytest.raises(FormatError) as caught:
        list(read_workbook(_with_part(tmp_path, part, data)))

    assert reason in caught.value.reason


def test_damaged_compression_is_a_format_error(tmp_path: Path) -> None:
    data = bytearray(_book(tmp_path, {"s": [["Table", "Field"], ["Kund", "Nr"]]}).read_bytes())
    for place in range(60, 120):
        data[place] ^= 255
    (tmp_path / "bad.xlsx").write_bytes(data)

    with pytest.raises(FormatError, match="not an Excel workbook"):
        list(read_workbook(tmp_path / "bad.xlsx"))


def test_what_is_written_is_read_again_and_the_same_each_time(tmp_path: Path) -> None:
    sheets = [Sheet("a", ("Object", "Field"), [["A", "x"], ["A", "=1+1"]])]
    (tmp_path / "x.xlsx").write_bytes(workbook_bytes(sheets))

    read = [cells for _, _, cells in read_workbook(tmp_path / "x.xlsx")]

    assert workbook_bytes(sheets) == workbook_bytes(sheets)
    assert [cells["object"] for cells in read] == ["A", "A"]
    assert read[1]["field"].lstrip("'") == "=1+1", "a text and no formula"
