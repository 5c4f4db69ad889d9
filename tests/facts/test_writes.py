"""When a field was last written, from logs of changes and from the rows that hold its values."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Calculation, Catalog
from auditor.model.observations import Actor, Deed, Evidence
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from tests.facts.world import (
    FIELD,
    TODAY,
    catalog,
    counted,
    day,
    facts,
    filled,
    profiled,
    seen,
    source,
    window,
    with_field,
)

WRITTEN = Deed.WRITTEN
SOURCES = tuple(source(name) for name in ("field-history", "record-extract", "fill-by-cohort"))
TRACKED = window("field-history", WRITTEN, "2025-06-01")
BY_NOBODY = Unknown(
    "no log of changes and no count of rows tells", ("field-history", "fill-by-cohort", "record-extract")
)


def _told(*parts: object) -> Evidence:
    """Evidence of any parts, each put where it belongs."""
    named: dict[str, list[object]] = {}
    homes = {"Observation": "observations", "Window": "windows", "Fill": "fills"}
    homes |= {"RowCount": "row_counts", "ValueProfile": "profiles"}
    for part in parts:
        named.setdefault(homes[type(part).__name__], []).append(part)
    return Evidence(sources=SOURCES, **{name: tuple(items) for name, items in named.items()})  # type: ignore[arg-type]  # values of a table


CASES: tuple[tuple[str, Evidence, Catalog, Value], ...] = (
    ("nothing known", Evidence(), catalog(), BY_NOBODY),
    ("a formula is never written", Evidence(), with_field(calculation=Calculation.FORMULA), ABSENT),
    (
        "a logged change bounds from below",
        _told(seen("field-history", WRITTEN, "2026-03-01")),
        catalog(),
        DateRange(day("2026-03-01"), TODAY),
    ),
    (
        "a log that saw nothing leaves open what rows were created with",
        _told(TRACKED),
        catalog(),
        BY_NOBODY,
    ),
    (
        "a log that saw nothing, and the last quarter whose rows hold a value",
        _told(TRACKED, filled("2026-Q1", 10, 4), filled("2026-Q2", 10, 0)),
        catalog(),
        DateRange(day("2026-01-01"), day("2026-03-31")),
    ),
    (
        "a logged change after that quarter is the last write",
        _told(TRACKED, filled("2026-Q1", 10, 4), seen("field-history", WRITTEN, "2026-08-08")),
        catalog(),
        DateRange.on(day("2026-08-08")),
    ),
    (
        "rows by quarter alone bound from below",
        _told(filled("2026-Q1", 10, 4)),
        catalog(),
        DateRange(day("2026-01-01"), TODAY),
    ),
    (
        "an extract bounds from both sides",
        _told(profiled(9, 3, newest_with_value=day("2025-02-02"), newest_touched_with_value=day("2025-09-09"))),
        catalog(),
        DateRange(day("2025-02-02"), day("2025-09-09")),
    ),
    (
        "no row was touched since: no write is newer",
        _told(filled("2024-Q1", 10, 4), counted(10, newest_touched=day("2025-05-05"))),
        catalog(),
        DateRange(day("2024-01-01"), day("2025-05-05")),
    ),
    ("no row holds a value", _told(filled("2026-Q1", 10, 0)), catalog(), Never(None, TODAY)),
    (
        "written, and cleared again",
        _told(filled("2026-Q1", 10, 0), seen("field-history", WRITTEN, "2026-02-02")),
        catalog(),
        DateRange.on(day("2026-02-02")),
    ),
    (
        "a default proves no write",
        _told(filled("2026-Q1", 10, 10)),
        with_field(default="'SE'"),
        Unknown("no log of changes and no count of rows tells", ("field-history", "record-extract")),
    ),
    (
        "a checkbox always has a value",
        _told(profiled(9, 9, newest_with_value=day("2026-02-02"))),
        with_field(type="Checkbox"),
        Unknown("no log of changes and no count of rows tells", ("field-history", "fill-by-cohort")),
    ),
    (
        "a possible write is none",
        _told(seen("field-history", WRITTEN, "2026-03-01", possible=True)),
        catalog(),
        BY_NOBODY,
    ),
)


@pytest.mark.parametrize(("evidence", "of", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_last_write(evidence: Evidence, of: Catalog, expected: Value) -> None:
    assert expected == facts(evidence, of).fact(FIELD, "last_write")


PEOPLE, MACHINE = Actor.PEOPLE, Actor.INTEGRATION
BY_PEOPLE: tuple[tuple[str, Evidence, Value], ...] = (
    (
        "nothing known",
        Evidence(),
        Unknown(
            "no log of changes tells which writes were by people",
            ("field-history", "fill-by-cohort", "record-extract"),
        ),
    ),
    ("never by anyone is never by people", _told(filled("2026-Q1", 10, 0)), Never(None, TODAY)),
    (
        "an extract bounds everybody's writes from above",
        _told(profiled(9, 3, newest_with_value=day("2025-02-02"), newest_touched_with_value=day("2025-09-09"))),
        DateRange(None, day("2025-09-09")),
    ),
    (
        "a log by people",
        _told(seen("field-history", WRITTEN, "2026-03-01", by=PEOPLE)),
        DateRange(day("2026-03-01"), TODAY),
    ),
    (
        "an integration wrote, people did not, and created no row with a value",
        _told(
            TRACKED,
            seen("field-history", WRITTEN, "2026-10-01", by=MACHINE),
            filled("2026-Q3", 10, 10, MACHINE),
            filled("2026-Q3", 10, 0, PEOPLE),
        ),
        Never(day("2025-06-01"), day("2026-11-20")),
    ),
    (
        "people created rows with a value within the log's window",
        _told(TRACKED, filled("2026-Q1", 10, 5, PEOPLE), filled("2026-Q3", 10, 0, PEOPLE)),
        DateRange(None, day("2026-03-31")),
    ),
    (
        "people wrote before the log's window only",
        _told(
            TRACKED,
            seen("field-history", WRITTEN, "2024-03-01", by=PEOPLE),
            filled("2024-Q1", 10, 10, PEOPLE),
        ),
        DateRange(day("2024-03-01"), day("2025-05-31")),
    ),
    (
        "somebody unnamed wrote",
        _told(TRACKED, seen("field-history", WRITTEN, "2026-10-01"), filled("2026-Q3", 10, 10, MACHINE)),
        DateRange(None, day("2026-10-01")),
    ),
)


@pytest.mark.parametrize(("evidence", "expected"), [c[1:] for c in BY_PEOPLE], ids=[c[0] for c in BY_PEOPLE])
def test_last_write_by_people(evidence: Evidence, expected: Value) -> None:
    assert expected == facts(evidence).fact(FIELD, "last_write_by_people")


def test_kinds_of_writers_come_from_logs_alone() -> None:
    evidence = _told(
        seen("field-history", WRITTEN, "2026-03-01", by=MACHINE),
        seen("field-history", WRITTEN, "2026-03-02", by=PEOPLE),
    )
    assert facts(evidence).fact(FIELD, "writer_kinds") == ("integration", "people")
    assert facts().fact(FIELD, "writer_kinds") == Unknown("no log of changes tells who wrote", ("field-history",))
