"""Exports as they really come: encodings, delimiters, envelopes, damage."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import FormatError
from auditor.formats.tables import BadRow, Row, TableRow, open_table
from auditor.query.scans import open_scan


def rows(*cells: dict[str, str], first: int = 2) -> list[TableRow]:
    return [Row(first + number, each) for number, each in enumerate(cells)]


DRESSES = [
    ("plain UTF-8 with commas", b"Id,Name\n1,\xc3\x85sa\n", "utf-8", ","),
    ("UTF-8 with a mark and CRLF", b"\xef\xbb\xbfId,Name\r\n1,\xc3\x85sa\r\n", "utf-8-sig", ","),
    ("UTF-16 with a mark and tabs", "Id\tName\n1\tÅsa\n".encode("utf-16"), "utf-16", "\t"),
    ("UTF-16 without a mark", "Id,Name\n1,Åsa\n".encode("utf-16-le"), "utf-16-le", ","),
    ("Windows-1252 with semicolons, as Excel saves", b"Id;Name\r\n1;\xc5sa\r\n", "cp1252", ";"),
    ("every cell quoted", b'"Id","Name"\n"1","\xc3\x85sa"\n', "utf-8", ","),
    ("blank columns trimmed in the header", b" Id , Name \n1,\xc3\x85sa\n", "utf-8", ","),
    ("zero bytes here and there", b"Id,Name\n1,\xc3\x85s\0a\n", "utf-8", ","),
    ("gzip, whatever its name", gzip.compress(b"Id,Name\n1,\xc3\x85sa\n", mtime=0), "utf-8", ","),
]


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"), [case[1:] for case in DRESSES], ids=[case[0] for case in DRESSES]
)
def test_the_same_row_comes_out_of(content: bytes, encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    table = open_table(path)
    assert (table.columns, table.format) == (("Id", "Name"), "csv")
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert list(table.rows()) == rows({"id": "1", "name": "Åsa"})


def test_rows_may_be_read_twice_and_cells_are_found_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Id,LastRunDate\n1,2026-01-01\n2,\n")
    table = open_table(path)
    first, second = list(table.rows()), list(table.rows())
    assert first == second
    assert isinstance(first[0], Row)
    assert isinstance(first[1], Row)
    assert (first[0].get("lastrundate"), first[1].get("LastRunDate"), first[1].get("Nothing", "ID")) == (
        "2026-01-01",
        None,
        "2",
    )
    assert table.has("ID", "lastRunDate")
    assert not table.has("Name")


BAD_LINES = [
    (
        "a row with a cell too many costs itself",
        "a,b\n1,2,3\n4,5\n",
        [BadRow(2, "3 cells under a header of 2"), Row(3, {"a": "4", "b": "5"})],
    ),
    (
        "a newline within quotes does not shift the line numbers",
        'a,b\n"1\n1",2\n3\n',
        [Row(2, {"a": "1\n1", "b": "2"}), BadRow(4, "1 cells under a header of 2")],
    ),
    (
        "text after a closing quote costs its row",
        'a,b\n"1"x,2\n3,4\n',
        [BadRow(2, "not readable as CSV: ',' expected after '\"'"), Row(3, {"a": "3", "b": "4"})],
    ),
    ("blank lines are no rows", "\n\na,b\n\n1,2\n\n", [Row(5, {"a": "1", "b": "2"})]),
    ("a sep= line of Excel is no header", "sep=;\na;b\n1;2\n", [Row(3, {"a": "1", "b": "2"})]),
    ("doubled quotes are one", 'a,b\n"say ""hi""",2\n', [Row(2, {"a": 'say "hi"', "b": "2"})]),
    ("a column that stands twice is read once, the first", "a,a\n1,2\n", [Row(2, {"a": "1"})]),
    ("a zero byte is dropped", "a,b\n1\0,2\n", [Row(2, {"a": "1", "b": "2"})]),
]


@pytest.mark.parametrize(("content", "expected"), [b[1:] for b in BAD_LINES], ids=[b[0] for b in BAD_LINES])
def test_in_csv(content: str, expected: list[TableRow], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    # A zero byte in the first kilobytes would read as UTF-16; real ones stand deep in a file.
    padding = "" if "\0" not in content else "a,b\n" + "\n" * 5000
    path.write_text(padding + content.removeprefix("a,b\n" if padding else ""), encoding="utf-8")
    found = list(open_table(path).rows())
    if padding:
        found = [Row(2, each.cells) if isinstance(each, Row) else each for each in found]
    assert found == expected


JSON_DOCUMENTS = [
    ("an array", '[{"Id": 1, "Ok": true, "Gone": null}]', False),
    ("the REST API", '{"done": true, "totalSize": 1, "records": [{"Id": "1", "Ok": "true", "Gone": ""}]}', False),
    ("the command line", '{"status": 0, "result": {"records": [{"Id": 1, "Ok": true, "Gone": null}]}}', False),
    ("an unfinished answer", '{"done": false, "records": [{"Id": 1, "Ok": true, "Gone": null}]}', True),
    ("a short answer", '{"totalSize": 9, "records": [{"Id": 1, "Ok": true, "Gone": null}]}', True),
    ("JSON lines", '{"Id": 1, "Ok": true, "Gone": null}\n', False),
]


@pytest.mark.parametrize(
    ("text", "truncated"), [case[1:] for case in JSON_DOCUMENTS], ids=[case[0] for case in JSON_DOCUMENTS]
)
def test_json_rows_come_out_of(text: str, truncated: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    table = open_table(path)
    assert list(table.rows()) == rows({"id": "1", "ok": "true", "gone": ""}, first=1)
    assert (table.columns, table.truncated) == (("Id", "Ok", "Gone"), truncated)


def test_nested_records_get_dotted_names_and_attributes_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"attributes": {"type": "User"}, "Profile": {"attributes": {}, "Name": "X"}, "L": [1]}]')
    assert list(open_table(path).rows()) == rows({"profile.name": "X", "l": "[1]"}, first=1)


def test_a_bad_line_of_json_lines_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": 1}\n{"a": \n[1]\n\n{"a": 2}\n')
    assert list(open_table(path).rows()) == [
        Row(1, {"a": "1"}),
        BadRow(2, "not JSON: Expecting value"),
        BadRow(3, "no JSON object"),
        Row(5, {"a": "2"}),
    ]


def test_a_gzip_that_breaks_off_costs_the_rest_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 10, mtime=0)[:-12])
    with pytest.raises(FormatError, match="cannot be read"):
        open_table(path)


REFUSED = [
    ("an empty file", b"", "the file is empty"),
    ("blank lines only", b"\n\n", "the file is empty"),
    ("broken JSON", b'{"a": [', "not JSON: Expecting value"),
    ("JSON nested without end", b"[" * 200_000, "JSON nested too deeply to be read"),
]


@pytest.mark.parametrize(("content", "reason"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_with_its_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        open_table(path)
    assert caught.value.reason == reason


def test_a_missing_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="there is no such file"):
        open_table(tmp_path / "none.csv")


def test_real_event_log_files_are_read(corpora: Path) -> None:
    files = sorted((corpora / "usage-eventlogfile-newrelic").rglob("*.csv"))
    assert files
    for path in files:
        table = open_table(path)
        found = list(table.rows())
        assert table.has("EVENT_TYPE", "TIMESTAMP_DERIVED")
        assert found
        assert not [each for each in found if isinstance(each, BadRow)]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(os.mkfifo, "neither a file nor a folder", id="a pipe, which may never end"),
        pytest.param(Path.mkdir, "a folder", id="a folder"),
    ],
)
def test_what_is_no_file_is_said_and_never_waited_for(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    make(tmp_path / "x.csv")

    for look in (open_table, open_scan):
        with pytest.raises(FormatError, match=reason):
            look(tmp_path / "x.csv")
