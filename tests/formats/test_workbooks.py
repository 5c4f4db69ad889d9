"""Excel workbooks as people keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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


def test_what_is_written_is_read_again_and_the_same_each_time(tmp_path: Path) -> None:
    sheets = [Sheet("a", ("Object", "Field"), [["A", "x"], ["A", "=1+1"]])]
    (tmp_path / "x.xlsx").write_bytes(workbook_bytes(sheets))

    read = [cells for _, _, cells in read_workbook(tmp_path / "x.xlsx")]

    assert workbook_bytes(sheets) == workbook_bytes(sheets)
    assert [cells["object"] for cells in read] == ["A", "A"]
    assert read[1]["field"].lstrip("'") == "=1+1", "a text and no formula"
