"""What extracts and databases say of the values of fields, without keeping any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from auditor.errors import SourceError
from auditor.model.catalogue import Field
from auditor.model.observations import Actor, Cohort, Evidence, Fill, RowCount, ValueProfile
from auditor.usage.records.database import text_of
from auditor.usage.records.placeholders import placeholders_of
from auditor.usage.records.profiling import default_of
from tests.usage.logs.logbook import SYNC, USER, read_path, read_rows, read_text, reasons, users

EXTRACT = (
    "Id,CreatedDate,LastModifiedDate,CreatedById,Region__c,Note__c,Vip__c,Terms__c,Owner.Name\n"
    f"1,2026-01-02T10:00:00.000+0000,2026-02-01T10:00:00.000+0000,{USER},N,n/a,true,30 days,Anna\n"
    f"2,2026-05-02T10:00:00.000+0000,2026-06-01T10:00:00.000+0000,{SYNC},N,Secret,false,30 days,Bo\n"
    f"3,2026-05-03T10:00:00.000+0000,2026-05-03T10:00:00.000+0000,{USER},,,false,10 days,Bo\n"
)


def profile(evidence: Evidence, name: str) -> ValueProfile:
    return next(each for each in evidence.profiles if each.field == f"crm:Account.{name}")


def test_an_extract_measures_each_field(tmp_path: Path) -> None:
    users(tmp_path)
    found = read_text("record-extract", tmp_path / "Account.csv", EXTRACT)
    june = date(2026, 6, 1)
    assert profile(found, "Region__c") == ValueProfile(
        "crm:Account.Region__c", "log", 3, 2, 1, 1.0, "N", None, None, date(2026, 5, 2), june
    )
    assert profile(found, "Note__c") == ValueProfile(
        "crm:Account.Note__c", "log", 3, 2, 2, 0.5, None, None, 0.5, date(2026, 5, 2), june
    )
    assert profile(found, "Vip__c") == ValueProfile(
        "crm:Account.Vip__c", "log", 3, 1, 1, 1.0, "true", 0.0, None, date(2026, 1, 2), date(2026, 2, 1)
    )
    assert profile(found, "Terms__c").default_share == pytest.approx(2 / 3)
    assert found.sources[0].as_of == june


def test_rows_and_fill_are_divided_by_quarter_and_kind_of_creator(tmp_path: Path) -> None:
    users(tmp_path)
    found = read_text("record-extract", tmp_path / "Account.csv", EXTRACT)
    first, people, sync = (
        Cohort("2026-Q1", None, Actor.PEOPLE),
        Cohort("2026-Q2", None, Actor.PEOPLE),
        Cohort("2026-Q2", None, Actor.INTEGRATION),
    )
    assert {each for each in found.fills if each.field == "crm:Account.Region__c"} == {
        Fill("crm:Account.Region__c", "log", first, 1, 1),
        Fill("crm:Account.Region__c", "log", people, 1, 0),
        Fill("crm:Account.Region__c", "log", sync, 1, 1),
    }
    assert set(found.row_counts) == {
        RowCount("crm:Account", "log", first, 1, date(2026, 1, 2), date(2026, 2, 1)),
        RowCount("crm:Account", "log", people, 1, date(2026, 5, 3), date(2026, 5, 3)),
        RowCount("crm:Account", "log", sync, 1, date(2026, 5, 2), date(2026, 6, 1)),
    }


def test_no_value_and_no_user_leaves_the_reader(tmp_path: Path) -> None:
    users(tmp_path)
    found = repr(read_text("record-extract", tmp_path / "Account.csv", EXTRACT))
    assert [word for word in ("Secret", "30 days", "Anna", USER, SYNC) if word in found] == []


def test_tasks_and_events_add_up_to_the_activity(tmp_path: Path) -> None:
    for name, mood in (("Task", "good"), ("Event", "")):
        (tmp_path / f"{name}.csv").write_text(f"Id,CreatedDate,Mood__c\n1,2026-01-01,{mood}\n2,2026-01-01,good\n")
    found = read_path("record-extract", tmp_path)
    activity = next(each for each in found.profiles if each.field == "crm:Activity.Mood__c")
    assert (activity.rows, activity.filled, activity.distinct) == (4, 3, None)
    assert [each.object for each in found.row_counts] == ["crm:Event", "crm:Task"]


def test_parts_of_an_extract_are_one_and_what_one_part_lacks_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "Account_1.csv").write_text("Id,Region__c,Note__c\n1,N,a\n")
    (tmp_path / "Account_2.csv").write_text("Id,Region__c\n2,\n")
    found = read_path("record-extract", tmp_path)
    assert [(each.field, each.rows, each.filled) for each in found.profiles if each.field.endswith("__c")] == [
        ("crm:Account.Region__c", 2, 1)
    ]
    assert reasons(found) == ["not in every file of the object, so not measured: Note__c"]


def test_parquet_is_an_extract_too(tmp_path: Path) -> None:
    path = tmp_path / "Account.parquet"
    duckdb.sql(
        f"COPY (SELECT 1 AS Id, TIMESTAMP '2026-01-02 10:00:00' AS CreatedDate, 'N' AS Region__c) TO '{path}'"
    )
    found = read_path("record-extract", path)
    assert profile(found, "Region__c").newest_with_value == date(2026, 1, 2)


FILES = [
    ("Unheard_Of__c.csv", "Id\n1\n", "its name is no object of the catalogue; name it in the option `object`"),
    ("Account.csv", "", "the file is empty"),
    ("Account.csv", "Id,Gone__c\n1,x\n", "columns that are no known field: Gone__c"),
    ("Account.csv", "Id,Region__c\n1\n", "not readable as CSV: missing columns"),
    ("Account.csv", "Id,CreatedDate\n1,2027-01-01\n", "Account: 1 rows created after the day of the audit"),
]


@pytest.mark.parametrize(("name", "text", "reason"), FILES, ids=[each[2] for each in FILES])
def test_what_is_not_measured_is_said(name: str, text: str, reason: str, tmp_path: Path) -> None:
    assert reasons(read_text("record-extract", tmp_path / name, text)) == [reason]


def test_a_part_of_the_rows_proves_nothing_of_the_others(tmp_path: Path) -> None:
    assert read_text("record-extract", tmp_path / "Account.csv", EXTRACT, partial="true").sources[0].truncated


def test_a_row_that_cannot_be_read_leaves_a_part_of_the_rows(tmp_path: Path) -> None:
    found = read_text("record-extract", tmp_path / "Account.csv", "Id,Region__c\n1,N\n2\n3,N,x\n")
    assert found.sources[0].truncated
    assert "2 rows of Account.csv could not be read" in found.sources[0].note


def test_a_database_gives_what_an_extract_gives(tmp_path: Path) -> None:
    from_file = read_text("record-extract", tmp_path / "Account.csv", EXTRACT)
    header, *lines = EXTRACT.splitlines()

    def rows(name: str) -> Iterator[Mapping[str, object]]:
        assert name == "Account"
        return (dict(zip(header.split(","), line.split(","), strict=True)) for line in lines)

    from_rows = read_rows(rows, objects="account")
    assert from_file.profiles == tuple(replace(each, source="log") for each in from_rows.profiles)
    assert from_file.row_counts == tuple(replace(each, source="log") for each in from_rows.row_counts)


def test_a_table_that_cannot_be_read_costs_a_line() -> None:
    def rows(name: str) -> Iterator[Mapping[str, object]]:
        if name == "Account":
            raise SourceError("no right to read it")
        return iter([{"Id": 1, "Hours__c": Decimal("1.5")}])

    found = read_rows(rows, objects="Account; Job__c; Nope")
    assert [(each.field, each.filled) for each in found.profiles if each.field.endswith("Hours__c")] == [
        ("crm:Job__c.Hours__c", 1)
    ]
    assert reasons(found) == ["Account: no right to read it", "objects: 'Nope' is no object of the catalogue"]
    assert found.sources[0].truncated


VALUES = [
    (None, None),
    (True, "true"),
    (datetime(2026, 1, 2, 3, 4), "2026-01-02T03:04:00"),
    (date(2026, 1, 2), "2026-01-02"),
    (Decimal("1.50"), "1.50"),
    (b"\x00\x01", "2 bytes"),
    ("  ", None),
]


@pytest.mark.parametrize(("value", "expected"), VALUES, ids=[repr(value) for value, _ in VALUES])
def test_values_of_a_database_are_written_as_extracts_write_them(value: object, expected: str | None) -> None:
    assert expected == text_of(value)


DEFAULTS = [
    (Field("A", "F", type="Text", default='"30 days"'), "30 days"),
    (Field("A", "F", type="Text", default="TODAY()"), None),
    (Field("A", "F", type="Number", default="0"), "0"),
    (Field("A", "F", type="Checkbox", default="TRUE"), "true"),
    (Field("A", "F", type="Checkbox"), "false"),
    (Field("A", "F", type="Text"), None),
    (None, None),
]


@pytest.mark.parametrize(("field", "expected"), DEFAULTS)
def test_a_default_is_the_value_that_a_new_row_gets(field: Field | None, expected: str | None) -> None:
    assert expected == default_of(field)


def test_no_placeholder_is_told_of_a_picklist() -> None:
    from auditor.model.datatypes import DataType

    assert placeholders_of(DataType.PICKLIST) is None
    assert "n/a" in (placeholders_of(DataType.TEXT) or ())


def test_real_extracts_are_measured(corpora: Path) -> None:
    from tests.usage.logs.logbook import CATALOG

    assert CATALOG.objects[0].name == "Account"
    found = read_path("record-extract", corpora / "sf-electron-motors/data/Account.csv")
    assert found.sources[0].rows > 0
    assert {each.object for each in found.row_counts} == {"crm:Account"}
