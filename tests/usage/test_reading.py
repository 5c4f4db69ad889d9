"""Days, counts and what may have been cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.usage.reading import count_of, day_of, flag_of, id_of
from auditor.usage.registry import read
from tests.usage.kitchen import day, request

DAYS = [
    ("2026-09-30", "2026-09-30"),
    ("2026-09-30T08:00:00.000+0000", "2026-09-30"),
    ("2026-09-30T08:00:00.000Z", "2026-09-30"),
    ("2026-09-30T23:30:00.000-0200", "2026-10-01"),
    ("2026-09-30 08:00:00", "2026-09-30"),
    ("20240311160000.000", "2024-03-11"),
    ("1710172800000", "2024-03-11"),
    ("9/10/2026", None),
    ("30.09.2026", None),
    ("yesterday", None),
    ("99999999999999", None),
    ("0001-01-01T00:00:00+1400", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_day_is_read_in_utc_or_not_at_all(text: str | None, expected: str | None) -> None:
    assert day_of(text) == (day(expected) if expected else None)


COUNTS = [("0", 0), (" 12 ", 12), ("12.0", 12), ("12.5", None), ("-1", None), ("1e3", None), ("", None)]
COUNTS += [("²", None), ("9" * 40, None)]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_count_is_digits(text: str, expected: int | None) -> None:
    assert count_of(text) == expected


def test_flags_and_ids_are_read_in_the_forms_that_exports_write() -> None:
    assert [flag_of(text) for text in ("true", "FALSE", "1", "0", "yes", "", None)] == [
        True,
        False,
        True,
        False,
        None,
        None,
        None,
    ]
    assert [id_of(text) for text in ("00D000000000001", "Account", None)] == ["00D000000000001EAA", None, None]


def test_an_export_of_exactly_a_limit_may_have_been_cut(tmp_path: Path) -> None:
    path = tmp_path / "CustomField.csv"
    rows = "".join(f"Account,F{number}\n" for number in range(2000))
    path.write_text(f"TableEnumOrId,DeveloperName\n{rows}")
    evidence = read(request("tooling-custom-field", path))
    assert evidence.sources[0].truncated
    assert evidence.windows[0].subjects is not None
    assert [each.reason for each in evidence.skipped] == [
        "2000 rows, marked unfinished or exactly a limit: the export may have been cut"
    ]


def test_many_bad_lines_are_listed_in_part_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,count\n" + "A,x\n" * 50)
    reasons = [each.reason for each in read(request("record-count", path)).skipped]
    assert len(reasons) == 21
    assert reasons[-1] == "and 30 more lines that were not read"


def test_a_declared_day_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,count\nAccount,1\n")
    evidence = read(request("record-count", path, exported="last week"))
    assert [each.reason for each in evidence.skipped] == [
        "exported: 'last week' is no day; write it in ISO form (2026-09-30)"
    ]
