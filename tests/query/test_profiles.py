"""Measures of records are exact, and equal by whatever way the rows came."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from auditor.query.engine import open_engine
from auditor.query.expressions import measures
from auditor.query.measured import CohortRows, Measured, Profile, Profiled, RecordColumns, Told
from auditor.query.profiles import profile_records
from auditor.query.scans import Record, Scan, open_scan, scan_of_records
from auditor.query.times import load_ibis

AS_OF = date(2026, 11, 21)
COLUMNS = RecordColumns(("CreatedDate",), ("LastModifiedDate",), ("CreatedById",), (), ("IsDeleted",))


def records(size: int = 2_000) -> list[dict[str, str]]:
    chance = random.Random(3)
    rows = []
    for number in range(size):
        created = date(2024, 1, 1) + timedelta(days=chance.randint(0, 900))
        rows.append(
            {
                "Id": str(number),
                "CreatedDate": f"{created}T10:00:00.000+0000",
                "LastModifiedDate": f"{created + timedelta(days=chance.randint(0, 90))}T10:00:00.000+0000",
                "CreatedById": chance.choice(["m", "p"]),
                "IsDeleted": "true" if number % 50 == 0 else "false",
                "Text": chance.choice(["", "x", "N/A", "real", "other", "  "]),
                "Flag": chance.choice(["true", "false"]),
                "Number": chance.choice(["0", "0.00", "1.5", ""]),
            }
        )
    return rows


def kept(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["IsDeleted"] == "false"]


def quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def expected(
    rows: list[dict[str, str]], column: str, default: str | None, marks: tuple[str, ...] | None
) -> Profile:
    """The same in plain Python."""
    filled = [row for row in kept(rows) if row[column].strip()]
    counts = Counter(row[column].strip() for row in filled)
    defaults = sum(
        count for value, count in counts.items() if default and (value == default or _same(value, default))
    )
    marked = sum(count for value, count in counts.items() if value.lower() in (marks or ()))
    return Profile(
        len(kept(rows)),
        len(filled),
        len(counts),
        None,
        max(counts.values()) / len(filled),
        defaults / len(filled) if default else None,
        marked / len(filled) if marks is not None else None,
        date.fromisoformat(max(row["CreatedDate"] for row in filled)[:10]),
        date.fromisoformat(max(row["LastModifiedDate"] for row in filled)[:10]),
        tuple(cohorts(rows, column)),
    )


def _same(value: str, default: str) -> bool:
    try:
        return float(value) == float(default)
    except ValueError:
        return False


def cohorts(rows: list[dict[str, str]], column: str) -> Iterator[CohortRows]:
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in kept(rows):
        kind = {"m": "integration", "p": "people"}[row["CreatedById"]]
        groups.setdefault((quarter(row["CreatedDate"]), kind), []).append(row)
    for (when, kind), group in sorted(groups.items()):
        newest = date.fromisoformat(max(row["CreatedDate"] for row in group)[:10])
        touched = date.fromisoformat(max(row["LastModifiedDate"] for row in group)[:10])
        filled = sum(bool(row[column].strip()) for row in group)
        yield CohortRows(when, "", kind, len(group), filled, newest, touched)


def as_file(rows: list[dict[str, str]], folder: Path) -> Scan:
    path = folder / "rows.csv"
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return open_scan(path)


def as_rows(rows: list[dict[str, str]], _: Path) -> Scan:
    def stream() -> Iterator[Record]:
        return ({name.lower(): value.strip() or None for name, value in row.items()} for row in rows)

    return scan_of_records(Path("rows"), list(rows[0]), stream)


def profiled(scan: Scan, *fields: Measured) -> Profiled:
    kinds = {"m": "integration", "p": "people"}
    with open_engine([scan.path]) as engine:
        return profile_records(engine, [scan], COLUMNS, fields, Told(lambda user: kinds[user], AS_OF))


@pytest.mark.parametrize("route", [as_file, as_rows], ids=["a file", "a cursor"])
def test_every_route_measures_what_plain_python_counts(route: object, tmp_path: Path) -> None:
    rows = records()
    scan = as_file(rows, tmp_path) if route is as_file else as_rows(rows, tmp_path)
    marks = ("x", "n/a")
    found = profiled(scan, Measured(("Text",), placeholders=marks), Measured(("Number",), default="0"))
    assert expected(rows, "Text", None, marks) == found.profiles[0]
    assert expected(rows, "Number", "0", None) == found.profiles[1]
    assert (len(kept(rows)), len(rows) - len(kept(rows))) == (found.rows, found.deleted)


def test_a_checkbox_is_filled_where_it_is_true_and_anywhere_if_true_is_its_default(tmp_path: Path) -> None:
    rows = records(100)
    true = sum(row["Flag"] == "true" for row in kept(rows))
    scan = as_file(rows, tmp_path)
    found = profiled(
        scan,
        Measured(("Flag",), flag=True, default="false", tellable=True),
        Measured(("Flag",), flag=True, default="true"),
    )
    assert [(true, 0.0, "true"), (len(kept(rows)), true / len(kept(rows)), None)] == [
        (each.filled, each.default_share, each.dominant) for each in found.profiles
    ]


def test_no_rows_have_no_shares(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Id,CreatedDate,Text\n")
    found = profiled(open_scan(path), Measured(("Text",)))
    assert [Profile(0, 0, 0, None, None, None, None, None, None)] == found.profiles


def test_rows_of_the_future_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Id,CreatedDate,Text\n1,2027-01-01,a\n2,2026-01-01,b\n")
    found = profiled(open_scan(path), Measured(("Text",)))
    assert (found.rows, found.future) == (1, 1)


def by_ibis(
    rows: list[dict[str, str]], column: str, default: str | None, marks: tuple[str, ...]
) -> tuple[Any, ...]:
    """The meaning as Ibis compiles it: filled, distinct, most frequent, default, placeholders."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE cell (value VARCHAR, created BIGINT, touched BIGINT)")
    cells = [(row[column].strip() or None,) for row in kept(rows)]
    connection.executemany("INSERT INTO cell VALUES (?, 1, 1)", cells)
    connection.execute("CREATE TABLE given AS SELECT ?::VARCHAR AS text", [default])
    connection.execute("CREATE TABLE marks AS SELECT unnest(?::VARCHAR[]) AS mark", [list(marks)])
    found = connection.execute(str(load_ibis().to_sql(measures(), dialect="duckdb"))).fetchone()
    assert found is not None
    return found[:5]


FIELDS = [("Text", "real", ("x", "n/a")), ("Number", "0", ("1.5",)), ("Text", None, ())]


def test_all_fields_at_once_hold_what_the_expression_means_of_each(tmp_path: Path) -> None:
    rows = records()
    scan = as_file(rows, tmp_path)
    found = profiled(scan, *(Measured((column,), False, default, marks) for column, default, marks in FIELDS))
    for (column, default, marks), profile in zip(FIELDS, found.profiles, strict=True):
        filled, distinct, most, defaults, marked = by_ibis(rows, column, default, marks)
        assert (filled, distinct) == (profile.filled, profile.distinct)
        shares = [profile.dominant_share, profile.default_share or 0, profile.placeholder_share]
        assert [pytest.approx((each or 0) / profile.filled) for each in (most, defaults, marked)] == shares


def test_measuring_some_fields_at_a_time_changes_nothing(tmp_path: Path) -> None:
    scan = as_file(records(), tmp_path)
    fields = [Measured((name,), tellable=True) for name in ("Text", "Number", "Flag")]
    judge = Told(lambda _: "people", AS_OF)
    with open_engine([scan.path]) as engine:
        whole = profile_records(engine, [scan], COLUMNS, fields, judge)
        parts = profile_records(engine, [scan], COLUMNS, fields, replace(judge, at_once=1))
    assert whole == parts


def test_times_that_few_exports_write_are_days_too(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "Id,CreatedDate,LastModifiedDate,Text\n1,2026-03-01T00:30:00+01:00,20260311160000.000,a\n"
        "2,2026-01-05T10:00:00.000+0000,2026-12-31T10:00:00Z,a\n"
    )
    (profile,) = profiled(open_scan(path), Measured(("Text",))).profiles
    assert (date(2026, 2, 28), date(2026, 3, 11)) == (profile.newest_with_value, profile.newest_touched_with_value)
