"""Only days that a log covers wholly may join others: cut ends, gaps between files and today are left out."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model.observations import Deed, Window
from auditor.usage.logs.wholedays import Bounds, Stretch, joined, whole_days

AS_OF = date(2026, 3, 31)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def days(text: str) -> list[Stretch]:
    """`01-01..01-31, 03-01..03-31`"""
    parts = (part.strip().split("..") for part in text.split(",") if part.strip())
    return [(day(first), day(last)) for first, last in parts]


CASES = [
    ("nothing is stated: both ends are cut", "01-01..01-31", "01-01..01-31", {}, "01-02..01-30"),
    ("both ends are stated", "01-01..01-31", "01-03..01-28", {"start": "01-01", "end": "01-31"}, "01-01..01-31"),
    (
        "stated windows have no gaps",
        "01-01..03-20",
        "01-01..01-09, 03-01..03-20",
        {"start": "01-01", "end": "03-20"},
        "01-01..03-20",
    ),
    ("only the start is stated", "01-01..01-31", "01-03..01-31", {"start": "01-01"}, "01-01..01-30"),
    ("only the end is stated", "01-01..01-31", "01-01..01-20", {"end": "01-31"}, "01-02..01-31"),
    (
        "an export goes up to some hour of its day",
        "01-01..01-31",
        "01-01..01-20",
        {"exported": "01-31"},
        "01-02..01-30",
    ),
    (
        "what no file spans is a gap",
        "01-01..03-20",
        "01-01..01-31, 03-01..03-20",
        {},
        "01-02..01-30, 03-02..03-19",
    ),
    (
        "one file after another leaves the days where they meet",
        "01-01..02-20",
        "01-01..01-31, 02-01..02-20",
        {},
        "01-02..01-30, 02-02..02-19",
    ),
    (
        "files that overlap by a whole day leave no gap",
        "01-01..02-20",
        "01-01..01-31, 01-29..02-20",
        {},
        "01-02..02-19",
    ),
    (
        "files that end at midnight leave no gap",
        "01-01..01-04",
        "01-01..01-01, 01-02..01-02, 01-03..01-03, 01-04..01-04",
        {"day_files": "yes"},
        "01-02..01-03",
    ),
    ("a single day is cut twice", "01-05..01-05", "01-05..01-05", {}, ""),
    ("today is not over", "03-01..03-31", "03-01..03-31", {"start": "03-01", "end": "03-31"}, "03-01..03-30"),
    (
        "a window narrower than the log is cut at its own start",
        "01-10..01-31",
        "01-01..01-31",
        {"start": "01-01", "end": "01-31"},
        "01-11..01-31",
    ),
    ("no file says when it was", "01-01..01-31", "", {}, ""),
]


@pytest.mark.parametrize(
    ("window", "spans", "known", "expected"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_the_days_that_are_left(window: str, spans: str, known: dict[str, str], expected: str) -> None:
    ((first, last),) = days(window)
    start, end, exported = (day(known[name]) if name in known else None for name in ("start", "end", "exported"))
    asked = Window("log", "crm", Deed.READ, first, last)
    found = whole_days(asked, days(spans), Bounds(start, end, exported, AS_OF), day_files="day_files" in known)
    pieces = days(expected)
    if not pieces:
        assert found is None
        return
    gaps = [(each[0], each[1]) for each in (found.gaps if found else ())]
    covered = joined([(pieces[0][0], pieces[-1][1])])
    assert found is not None
    assert ([(found.start, found.end)], len(pieces) - 1) == (covered, len(gaps))
    assert joined([*pieces, *gaps]) == covered


def test_a_register_reaches_back_to_the_beginning_and_up_to_yesterday() -> None:
    window = Window("log", "crm", Deed.RUN, None, AS_OF)
    found = whole_days(window, [], Bounds(None, None, None, AS_OF), day_files=False)
    assert found == Window("log", "crm", Deed.RUN, None, day("03-30"))
