"""Times of exports become days in UTC by SQL exactly as by Python."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.query.times import day, day_number, day_sql, load_ibis
from auditor.usage.reading import day_of

_IBIS = load_ibis()
_SQL = str(
    _IBIS.to_sql(_IBIS.table({"at": "string"}, name="t").select(n=day_number(_IBIS._.at)), dialect="duckdb")
)
_CONNECTION = duckdb.connect()


def by_sql(text: str) -> date | None:
    _CONNECTION.execute("CREATE OR REPLACE TEMP TABLE t AS SELECT ?::VARCHAR AS at", [text])
    row = _CONNECTION.execute(_SQL).fetchone()
    own = _CONNECTION.execute(f"SELECT {day_sql('t.at')} FROM t").fetchone()
    assert row is not None
    assert row == own
    return day(row[0])


TIMES = [
    ("a day", "2026-03-01", date(2026, 3, 1)),
    ("a time in UTC", "2026-03-01T23:59:59.999Z", date(2026, 3, 1)),
    ("the API's own form", "2026-03-01T00:00:00.000+0000", date(2026, 3, 1)),
    ("a naive time counts as UTC", "2026-03-01 23:59:59", date(2026, 3, 1)),
    ("an offset east of UTC is the day before", "2026-03-01T00:30:00+01:00", date(2026, 2, 28)),
    ("an offset without a colon", "2026-03-01T00:30:00.000+0100", date(2026, 2, 28)),
    ("an offset of hours alone", "2026-03-01T00:30:00+01", date(2026, 2, 28)),
    ("an offset west of UTC is the day after", "2026-12-31T20:30:00-05:00", date(2027, 1, 1)),
    ("half an hour decides", "2026-03-01T05:15:00+05:30", date(2026, 2, 28)),
    ("EventLogFile's own form", "20240311160000.000", date(2024, 3, 11)),
    ("milliseconds since 1970", "1710172800000", date(2024, 3, 11)),
    ("a leap day", "2024-02-29T10:00", date(2024, 2, 29)),
    ("no such day", "2025-02-29T10:00:00Z", None),
    ("no such month", "20241311160000.000", None),
    ("a locale's order", "9/10/2026, 4:21:14 AM PDT", None),
    ("words", "yesterday", None),
    ("a number", "17", None),
]


@pytest.mark.parametrize(("text", "expected"), [each[1:] for each in TIMES], ids=[each[0] for each in TIMES])
def test_a_time_is_a_day_in_utc(text: str, expected: date | None) -> None:
    assert expected == by_sql(text)
    assert expected == day_of(text)


def test_a_day_before_1970_is_none_since_no_log_is_that_old() -> None:
    assert by_sql("1969-12-31T23:00:00Z") is None


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)),
    st.sampled_from(["Z", "+0000", "-07:00", "+05:45", "+14", ""]),
)
def test_any_iso_time_is_read_as_python_reads_it(moment: datetime, zone: str) -> None:
    text = f"{moment.replace(microsecond=0).isoformat()}{zone}"
    expected = day_of(text)
    assert by_sql(text) == (expected if expected and expected >= date(1970, 1, 1) else None)
