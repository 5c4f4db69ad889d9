"""Whether an object is in use, and when components were last run."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Catalog, Object, ObjectKind
from auditor.model.observations import Deed, Evidence
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from tests.facts.world import (
    OBJECT,
    REGION,
    TODAY,
    call,
    catalog,
    component,
    counted,
    day,
    facts,
    seen,
    source,
    window,
)

EXTRACT = (source("record-extract"),)
UNTOLD = "nobody told whether rows were created or touched since 2026-08-23"


def _rows(*counts: object, **more: object) -> Evidence:
    return Evidence(sources=EXTRACT, row_counts=counts, **more)  # type: ignore[arg-type]  # values of a table


IN_USE: tuple[tuple[str, Evidence, Value], ...] = (
    ("nothing known", Evidence(), Unknown(UNTOLD, ("fill-by-cohort", "record-extract"))),
    ("a count alone tells no dates", _rows(counted(500)), Unknown(UNTOLD, ("fill-by-cohort", "record-extract"))),
    ("no rows at all", _rows(counted(0)), False),
    ("a row was touched in the window", _rows(counted(5, newest_touched=day("2026-11-01"))), True),
    ("a row was created in the window", _rows(counted(5, newest_created=day("2026-11-01"))), True),
    ("the newest touch is older", _rows(counted(5, newest_touched=day("2026-01-01"))), False),
    ("rows of a quarter within the window", _rows(counted(5, quarter="2026-Q4")), True),
    (
        "old quarters leave touches open",
        _rows(counted(5, quarter="2024-Q4")),
        Unknown(UNTOLD, ("record-extract",)),
    ),
    (
        "a field of it was written",
        Evidence(observations=(seen("field-history", Deed.WRITTEN, "2026-11-01"),)),
        True,
    ),
    (
        "a log of touches covered the window in silence",
        Evidence(sources=(source("event-log"),), windows=(window("event-log", Deed.TOUCHED, "2026-01-01"),)),
        False,
    ),
    (
        "a log of touches was too short",
        Evidence(sources=(source("event-log"),), windows=(window("event-log", Deed.TOUCHED, "2026-10-01"),)),
        Unknown(UNTOLD, ("fill-by-cohort", "record-extract")),
    ),
)


@pytest.mark.parametrize(("evidence", "expected"), [c[1:] for c in IN_USE], ids=[c[0] for c in IN_USE])
def test_in_use(evidence: Evidence, expected: Value) -> None:
    assert expected == facts(evidence).fact(OBJECT, "in_use")


@pytest.mark.parametrize("kind", [ObjectKind.EXTERNAL, ObjectKind.PLATFORM_EVENT, ObjectKind.CUSTOM_METADATA])
def test_rows_make_no_sense_for(kind: ObjectKind) -> None:
    of = Catalog("crm", catalog().role, "salesforce", (Object("Account", kind=kind, fields=(REGION,)),))
    told = facts(_rows(counted(5)), of)
    assert [told.fact(OBJECT, name) for name in ("in_use", "rows", "newest_created", "last_touched")] == [
        ABSENT
    ] * 4


def test_rows_of_all_quarters_add_up() -> None:
    told = facts(_rows(counted(5, quarter="2025-Q4"), counted(6, quarter="2026-Q1")))
    assert told.fact(OBJECT, "rows") == 11
    assert told.fact(OBJECT, "newest_created") == DateRange(day("2026-01-01"), day("2026-03-31"))


REPORT = "crm:report/Sales/A"
KIND = frozenset({"report"})


def _runs(
    *observations: object, subjects: frozenset[str] = frozenset({REPORT}), until: str = "2026-11-20"
) -> Evidence:
    return Evidence(
        sources=(source("report-register"), source("report-event")),
        windows=(window("report-register", Deed.RUN, None, until, subjects=subjects, kinds=KIND),),
        observations=observations,  # type: ignore[arg-type]  # values of a table
    )


def _ran(on: str | None) -> object:
    return seen("report-register", Deed.RUN, on, REPORT)


HOW = ("report-register", "report-event", "event-log-file")
PLAIN = catalog(components=(component("report/Sales/A"),))
SHOWN = catalog(components=(component("report/Sales/A"),), calls=(call("dashboard/D", "report/Sales/A"),))
RUNS: tuple[tuple[str, Evidence, Catalog, Value], ...] = (
    (
        "nothing watches",
        Evidence(),
        PLAIN,
        Unknown("nothing that was read watches its runs, or the register does not name it", HOW),
    ),
    ("the register knows no run", _runs(_ran(None)), PLAIN, Never(None, day("2026-11-20"))),
    ("the register knows the last run", _runs(_ran("2024-02-02")), PLAIN, DateRange.on(day("2024-02-02"))),
    (
        "the register does not name it",
        _runs(subjects=frozenset({"crm:report/Sales/B"})),
        PLAIN,
        Unknown("nothing that was read watches its runs, or the register does not name it", HOW),
    ),
    (
        "on a dashboard no recorded run proves nothing",
        _runs(_ran(None)),
        SHOWN,
        Unknown("it is on a dashboard, whose refresh may not count as a run, and no log of runs was read", HOW),
    ),
    (
        "on a dashboard a recorded run may not be the last",
        _runs(_ran("2024-02-02")),
        SHOWN,
        DateRange(day("2024-02-02"), TODAY),
    ),
    (
        "an old register leaves the time since then open",
        _runs(_ran("2024-02-02"), until="2026-01-01"),
        PLAIN,
        DateRange(day("2024-02-02"), TODAY),
    ),
)


@pytest.mark.parametrize(("evidence", "of", "expected"), [c[1:] for c in RUNS], ids=[c[0] for c in RUNS])
def test_last_run(evidence: Evidence, of: Catalog, expected: Value) -> None:
    assert expected == facts(evidence, of).fact(REPORT, "last_run")


def test_a_layout_is_never_run() -> None:
    told = facts(of=catalog(components=(component("layout/Account-Main"),)))
    assert told.fact("crm:layout/Account-Main", "last_run") is ABSENT
