"""How far a field is filled, and what defaults and checkboxes do to that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model.catalogue import Catalog, PicklistValue
from auditor.model.observations import Actor, Cohort, Evidence, Fill
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from tests.facts.world import FIELD, TODAY, catalog, day, facts, filled, profiled, source, with_field

COHORTS = (source("fill-by-cohort"),)
UNCOUNTED = Unknown("nobody counted which rows hold a value", ("fill-by-cohort", "record-extract"))
BY_DEFAULT = Unknown("new rows get a value by themselves", ("record-extract",))
NO_QUARTERS = Unknown("nobody counted values by quarter of creation", ("fill-by-cohort",))


def _by_quarter(*fills: Fill) -> Evidence:
    return Evidence(sources=COHORTS, fills=fills)


FALLING = _by_quarter(
    filled("2025-Q1", 10, 8), filled("2025-Q4", 10, 8), filled("2026-Q1", 10, 2), filled("2026-Q3", 10, 0)
)
EXTRACT = Evidence(
    sources=(source("record-extract"),),
    profiles=(profiled(20, 5, distinct=3, dominant_share=0.9, default_share=0.0, placeholder_share=0.4),),
)

BOTH = Evidence(
    sources=(*COHORTS, source("records")),
    fills=(Fill(FIELD, "records", Cohort("2026-Q1"), 10, 4), filled("2026-Q1", 10, 3, Actor.PEOPLE)),
)

CASES: tuple[tuple[str, str, Evidence, Catalog, Value], ...] = (
    ("nobody counted", "fill_rate", Evidence(), catalog(), UNCOUNTED),
    ("all rows together", "fill_rate", FALLING, catalog(), 18 / 40),
    ("by an extract", "fill_rate", EXTRACT, catalog(), 0.25),
    ("a checkbox is never empty", "fill_rate", FALLING, with_field(type="Checkbox"), ABSENT),
    ("no rows, no rate", "fill_rate", _by_quarter(filled("2026-Q1", 0, 0)), catalog(), ABSENT),
    (
        "an extract that was cut tells no rate",
        "fill_rate",
        Evidence(sources=(source("record-extract", truncated=True),), profiles=(profiled(20, 5),)),
        catalog(),
        Unknown("the export may have been cut", ("fill-by-cohort", "record-extract")),
    ),
    ("the latest four quarters", "fill_recent", FALLING, catalog(), 2 / 20),
    ("an extract tells no quarters", "fill_recent", EXTRACT, catalog(), NO_QUARTERS),
    ("down by more than 5 points", "fill_trend", FALLING, catalog(), "falling"),
    (
        "about as before",
        "fill_trend",
        _by_quarter(filled("2025-Q1", 100, 50), filled("2026-Q1", 100, 52)),
        catalog(),
        "flat",
    ),
    (
        "no values at all",
        "fill_trend",
        _by_quarter(filled("2025-Q1", 9, 0), filled("2026-Q1", 9, 0)),
        catalog(),
        "none",
    ),
    ("some row holds a value", "never_filled", FALLING, catalog(), False),
    ("no row holds a value", "never_filled", _by_quarter(filled("2026-Q1", 9, 0)), catalog(), True),
    ("nobody counted values", "never_filled", Evidence(), catalog(), UNCOUNTED),
    ("values may be the default", "never_filled", FALLING, with_field(default="'SE'"), BY_DEFAULT),
    (
        "values may be the picklist's default",
        "never_filled",
        FALLING,
        with_field(type="Picklist", picklist=(PicklistValue("SE", "SE", default=True),)),
        BY_DEFAULT,
    ),
    (
        "only the default was ever there",
        "never_filled",
        Evidence(sources=(source("record-extract"),), profiles=(profiled(9, 9, default_share=1.0),)),
        with_field(default="'SE'"),
        True,
    ),
    (
        "the oldest quarter with a value",
        "first_filled",
        FALLING,
        catalog(),
        DateRange(day("2025-01-01"), day("2025-03-31")),
    ),
    (
        "the newest quarter with a value",
        "last_filled_quarter",
        FALLING,
        catalog(),
        DateRange(day("2026-01-01"), day("2026-03-31")),
    ),
    ("never a value", "last_filled_quarter", _by_quarter(filled("2026-Q1", 9, 0)), catalog(), Never(None, TODAY)),
    ("a default is no filling", "last_filled_quarter", FALLING, with_field(default="'SE'"), BY_DEFAULT),
    (
        "nobody counted creators",
        "filled_by",
        FALLING,
        catalog(),
        Unknown("nobody counted values by kind of creator", ("fill-by-cohort",)),
    ),
    (
        "creators of rows with a value",
        "filled_by",
        _by_quarter(filled("2026-Q1", 9, 0, Actor.PEOPLE), filled("2026-Q1", 9, 3, Actor.INTEGRATION)),
        catalog(),
        ("integration",),
    ),
    (
        "creators, where an extract of the same day counts quarters alone",
        "filled_by",
        BOTH,
        catalog(),
        ("people",),
    ),
    (
        "creators, where a newer extract counts quarters alone",
        "filled_by",
        replace(BOTH, sources=(source("fill-by-cohort", as_of=day("2026-11-20")), source("records"))),
        catalog(),
        ("people",),
    ),
    (
        "the newer count",
        "fill_rate",
        replace(BOTH, sources=(source("fill-by-cohort", as_of=day("2026-11-20")), source("records"))),
        catalog(),
        0.4,
    ),
    ("share of the most frequent value", "dominant_share", EXTRACT, catalog(), 0.9),
    ("share of placeholders", "placeholder_share", EXTRACT, catalog(), 0.4),
    ("different values", "distinct", EXTRACT, catalog(), 3),
    (
        "no extract",
        "dominant_share",
        FALLING,
        catalog(),
        Unknown("no extract of its records was read", ("record-extract",)),
    ),
)


@pytest.mark.parametrize(
    ("fact", "evidence", "of", "expected"), [c[1:] for c in CASES], ids=[f"{c[1]}: {c[0]}" for c in CASES]
)
def test_fill(fact: str, evidence: Evidence, of: Catalog, expected: Value) -> None:
    assert expected == facts(evidence, of).fact(FIELD, fact)


def test_rows_that_are_cut_twice_count_once() -> None:
    total = Fill(FIELD, "fill-by-cohort", Cohort(), 40, 18)
    evidence = Evidence(sources=COHORTS, fills=(total, *FALLING.fills))
    assert facts(evidence).fact(FIELD, "fill_rate") == 18 / 40


def test_the_newest_source_counts() -> None:
    old = source("record-extract", as_of=day("2026-01-01"))
    evidence = Evidence(sources=(old, *COHORTS), fills=(filled("2026-Q1", 10, 5),), profiles=(profiled(10, 1),))
    assert facts(evidence).fact(FIELD, "fill_rate") == 0.5
    assert facts(evidence).source_of(FIELD, "fill_rate") == "fill-by-cohort (fill-by-cohort.csv, 2026-11-21)"
