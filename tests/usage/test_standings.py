"""How far silence is proven, and what is to be added by when."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model.accumulation import Addition, Standing
from auditor.model.observations import Deed, SourceKind, Window
from auditor.report.accumulation import NOTHING, accumulation_text
from auditor.usage.standings import merged_windows, standings

NEEDED = 90
Stretch = tuple[date, date]


def day(text: str) -> date:
    return date.fromisoformat(text)


def window(first: str | None, last: str, deed: Deed = Deed.READ, subjects: str = "") -> Window:
    seen = frozenset(subjects.split()) or None
    return Window("x", "crm", deed, day(first) if first else None, day(last), seen)


def addition(*windows: Window, kind: str = "api-event") -> Addition:
    return Addition("a", kind, "crm", SourceKind.LOG, "0123456789", day("2026-11-21"), windows=windows)


AUG = window("2026-08-01", "2026-08-30")
SEP = window("2026-08-31", "2026-09-29")
OCT = window("2026-09-30", "2026-10-30")
LATE = window("2026-10-10", "2026-10-30")

CASES = [
    (
        "one month",
        [AUG],
        "2026-08-31",
        "30 of 90 days; 90 are proven from 2026-10-31 if you add the next export by 2027-02-26",
    ),
    ("three months", [AUG, SEP, OCT], "2026-10-31", "90 days are proven up to 2026-10-30"),
    (
        "a gap",
        [AUG, SEP, LATE],
        "2026-10-31",
        "21 of 90 days; 90 are proven from 2027-01-09 if you add the next export by 2027-04-28",
    ),
    (
        "an export that could prove it is due",
        [AUG, SEP],
        "2026-11-15",
        "60 of 90 days; 90 are proven at once if you add the next export by 2027-03-28",
    ),
    (
        "what followed is gone",
        [AUG],
        "2027-06-01",
        "30 of 90 days; what followed 2026-08-30 was kept until 2027-02-26, so that the next export begins anew",
    ),
    ("from the beginning", [window(None, "2026-08-30")], "2026-08-31", "90 days are proven up to 2026-08-30"),
]


@pytest.mark.parametrize(
    ("windows", "today", "line"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_what_is_proven_and_what_is_missing(windows: list[Window], today: str, line: str) -> None:
    additions = [addition(each) for each in windows]
    text = accumulation_text(additions, standings(additions, NEEDED, day(today)), day(today))
    assert line in text.splitlines()[-1]


def test_deeds_that_were_watched_on_the_same_days_stand_together() -> None:
    run = window("2026-08-01", "2026-08-30", Deed.RUN)
    called = window("2026-08-05", "2026-08-30", Deed.CALLED)
    (both, alone) = standings([addition(AUG, run, called)], NEEDED, day("2026-08-31"))
    assert (both.deeds, alone.deeds) == ((Deed.READ, Deed.RUN), (Deed.CALLED,))


def test_a_kind_whose_retention_nobody_states_has_no_last_day() -> None:
    (found,) = standings([addition(AUG, kind="event-log")], NEEDED, day("2026-08-31"))
    assert found == Standing(
        "event-log",
        "crm",
        "",
        (Deed.READ,),
        ((day("2026-08-01"), day("2026-08-30")),),
        (),
        NEEDED,
        day("2026-08-01"),
        day("2026-08-30"),
        day("2026-10-31"),
    )


def test_windows_of_the_same_subjects_join_and_days_between_are_gaps() -> None:
    some = window("2026-08-01", "2026-08-10", subjects="crm:A")
    found = merged_windows([AUG, SEP, window("2026-10-10", "2026-10-30"), some], "s", day("2026-10-20"))
    gap = (day("2026-09-30"), day("2026-10-09"))
    assert found == (
        Window("s", "crm", Deed.READ, day("2026-08-01"), day("2026-10-20"), gaps=(gap,)),
        Window("s", "crm", Deed.READ, day("2026-08-01"), day("2026-08-10"), frozenset({"crm:A"})),
    )


def test_windows_after_the_day_of_the_audit_are_none() -> None:
    assert merged_windows([SEP], "s", day("2026-08-15")) == ()


def test_nothing_that_accumulated_is_said_with_what_to_do() -> None:
    assert accumulation_text((), (), day("2026-08-15")) == f"{NOTHING}\n"
