"""Whether a field was used in the half year around this day a year ago (22 August 2025 to 20 February 2026)."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Evidence
from auditor.model.values import ABSENT, DateRange, Unknown, Value
from tests.facts.world import FIELD, catalog, day, facts, filled, seen, source, window, with_field

READ, WRITTEN = Deed.READ, Deed.WRITTEN
LOGS = ("report-event", "list-view-event", "api-event")
LONG = tuple(window(name, READ, "2025-08-01") for name in LOGS)
SHORT = tuple(window(name, READ, "2025-11-21") for name in LOGS)
OPEN = Unknown("nothing that was read tells of that time alone")


def evidence(
    *observations: object, windows: tuple[object, ...] = LONG, fills: tuple[object, ...] = ()
) -> Evidence:
    sources = tuple(source(name) for name in (*LOGS, "field-history", "fill-by-cohort"))
    return Evidence(sources=sources, windows=windows, observations=observations, fills=fills)  # type: ignore[arg-type]  # values of a table


NONE_THEN = (filled("2025-Q3", 9, 0), filled("2025-Q4", 9, 0), filled("2026-Q1", 9, 0))
CASES: tuple[tuple[str, Evidence, Catalog, Value], ...] = (
    ("nothing was watched", Evidence(), catalog(), OPEN),
    (
        "it was read on the eve of last Christmas",
        evidence(seen("report-event", READ, "2025-12-23")),
        catalog(),
        DateRange.on(day("2025-12-23")),
    ),
    (
        "somebody wrote it then",
        evidence(seen("field-history", WRITTEN, "2025-12-01")),
        catalog(),
        DateRange.on(day("2025-12-01")),
    ),
    (
        "its first read lies then, its last one later",
        evidence(seen("report-event", READ, "2026-05-01", first=day("2026-01-31"))),
        catalog(),
        DateRange.on(day("2026-01-31")),
    ),
    (
        "it was only possibly read then",
        evidence(seen("report-event", READ, "2025-12-23", possible=True), fills=NONE_THEN),
        catalog(),
        OPEN,
    ),
    (
        "it was read in summer",
        evidence(seen("report-event", READ, "2026-07-01"), fills=NONE_THEN),
        catalog(),
        OPEN,
    ),
    (
        "it was read once in summer, and never before",
        evidence(seen("report-event", READ, "2026-07-01", first=day("2026-07-01")), fills=NONE_THEN),
        catalog(),
        ABSENT,
    ),
    (
        "rows of the running half hold values",
        evidence(fills=(filled("2025-Q3", 9, 1), filled("2025-Q4", 9, 0))),
        catalog(),
        DateRange(day("2025-08-22"), day("2025-09-30")),
    ),
    (
        "new rows get a default, which nobody chose",
        evidence(fills=(filled("2025-Q4", 9, 9),)),
        with_field(default="x"),
        OPEN,
    ),
    ("nothing was seen and nothing filled", evidence(fills=NONE_THEN), catalog(), ABSENT),
    ("nothing was seen, and rows were not counted", evidence(), catalog(), OPEN),
    ("the logs begin within that time", evidence(windows=SHORT, fills=NONE_THEN), catalog(), OPEN),
)


@pytest.mark.parametrize(("told", "of", "expected"), [pytest.param(*row[1:], id=row[0]) for row in CASES])
def test_used_in_the_same_season_last_year(told: Evidence, of: Catalog, expected: Value) -> None:
    complete = ("email_template", "outside_reader")
    assert expected == facts(told, of, complete=complete).fact(FIELD, "used_same_season_last_year")


def test_it_names_the_evidence_that_tells_of_it() -> None:
    told = facts(evidence(seen("report-event", READ, "2025-12-23"), seen("api-event", READ, "2026-07-01")))
    rows = facts(evidence(fills=(filled("2025-Q4", 9, 1),)))

    assert told.source_of(FIELD, "used_same_season_last_year") == "report-event (report-event.csv, 2026-11-21)"
    assert rows.source_of(FIELD, "used_same_season_last_year") == "fill-by-cohort (fill-by-cohort.csv, 2026-11-21)"
