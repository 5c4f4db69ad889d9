"""What the first page says of the evidence, of growth and of what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.findings import Datum, Finding, Outcome, Severity
from auditor.model.results import AuditResult, Card, Coverage, Growth, GrowthRow, Tier, UnreadChannel
from auditor.model.values import ABSENT, CountRange, Unknown
from auditor.report.composing import compose
from auditor.report.discretion import discreet
from auditor.report.fact_tables import fact_table
from auditor.report.field_bars import field_bars
from auditor.report.first_page import unwatched, watched
from auditor.report.naming import Names
from auditor.report.view import Bar, Bars, CardView, Column, Table, Watched
from tests.report.samples import FINDINGS, SAMPLE

UNTIL = date(2026, 11, 20)


def _covered(form: str, deed: str, since: date | None, truncated: bool = False) -> Coverage:
    return Coverage(form, form, "", "crm", deed, since, UNTIL, 1, None, truncated)


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        pytest.param(
            [_covered("users", "logged_in", None), _covered("report-event", "read", date(2026, 1, 1))],
            [
                Watched("Reads of fields", "2026-01-01 to 2026-11-20", "log of report runs"),
                Watched("Log-ins", "up to 2026-11-20", "user statistics"),
            ],
            id="what speaks of use comes first",
        ),
        pytest.param(
            [_covered("report-event", "read", date(2026, 1, 1)), _covered("api-event", "read", date(2026, 1, 1))],
            [
                Watched(
                    "Reads of fields",
                    "2026-01-01 to 2026-11-20",
                    "log of queries through the API and log of report runs",
                )
            ],
            id="sources of one span share a line",
        ),
        pytest.param(
            [
                _covered("field-history", "written", date(2026, 3, 1)),
                _covered("field-history", "written", date(2026, 1, 1)),
            ],
            [
                Watched(
                    "Writes to fields",
                    "2026-01-01 to 2026-11-20, not for all the same",
                    "history of field changes",
                )
            ],
            id="windows that differ are said to differ",
        ),
        pytest.param(
            [_covered("record-count", "", None, truncated=True)],
            [Watched("State of the system", "as of 2026-11-20", "row counts of every object (cut short)")],
            id="what was cut is said to be cut",
        ),
        pytest.param([], [], id="nothing was watched"),
    ],
)
def test_what_was_watched(coverage: list[Coverage], expected: list[Watched]) -> None:
    assert list(watched(coverage)) == expected


@pytest.mark.parametrize(
    ("unread", "expected"),
    [
        pytest.param(
            (
                UnreadChannel("crm", "report", "reads by reports were not watched", ("report-event",)),
                UnreadChannel("crm", "apex_class", "no apex class was read"),
                UnreadChannel("crm", "lwc", "no lwc was read"),
                UnreadChannel("crm2", "components", "its source tells of no components"),
            ),
            (
                "Not watched: reports.",
                "No component of these kinds was read: apex class and LWC.",
                "crm2: its source tells of no components.",
            ),
            id="channels, kinds and other gaps, a sentence each",
        ),
        pytest.param(
            (),
            ("No way of reading that the auditor knows was left out; each was watched in its window alone.",),
            id="nothing was left out",
        ),
    ],
)
def test_what_was_not_watched(unread: tuple[UnreadChannel, ...], expected: tuple[str, ...]) -> None:
    assert unwatched(replace(SAMPLE, unread=unread)) == expected


@pytest.mark.parametrize(
    ("live", "formats", "expected"),
    [
        pytest.param(
            0,
            ("tooling-custom-field",),
            "The last quarter is still running. "
            "Fields that were removed are in no register; only git history would show them.",
            id="a register alone",
        ),
        pytest.param(
            2,
            ("git-history", "tooling-custom-field"),
            "The last quarter is still running. "
            "2 custom fields stand in the live system alone, not in the configuration that was read.",
            id="the live system holds more",
        ),
        pytest.param(
            0,
            ("git-history",),
            "The last quarter is still running. Dated by git alone: what the first commit held may be older.",
            id="git alone",
        ),
        pytest.param(
            0,
            ("git-history", "tooling-custom-field"),
            "The last quarter is still running.",
            id="git and a register",
        ),
    ],
)
def test_what_the_growth_chart_cannot_know(live: int, formats: tuple[str, ...], expected: str) -> None:
    rows = (GrowthRow("2026-Q4", 3, 0, 3, 3),)
    systems = tuple(replace(each, live_custom_fields=live) for each in SAMPLE.systems)
    coverage = tuple(_covered(form, "defined", None) for form in formats)

    view = compose(replace(SAMPLE, growth=(Growth("crm", rows),), coverage=coverage, systems=systems))

    assert [chart.note for chart in view.first.growth] == [expected]


def test_custom_fields_without_a_date_are_told() -> None:
    growth = Growth("crm", (GrowthRow("2026-Q4", 1, 0, 1, 1),), undated=2)

    note = compose(replace(SAMPLE, growth=(growth,))).first.growth[0].note

    assert note == "The last quarter is still running. Without a known date, and so left out: 2 custom fields."


def test_card_that_stands_for_several_findings_names_them_and_explains_its_policy_once() -> None:
    members = tuple(f"crm:Account.F{n}__c" for n in range(5))
    findings = tuple(replace(FINDINGS[0], subject=member) for member in members)
    one = Card(
        Tier.ACT, "s", "sprawl/never-adopted", "crm:Account", "high", findings=5, fix="Ask.", members=members
    )
    result = replace(SAMPLE, findings=findings, cards=(one, replace(one, members=members[:2], findings=2)))

    cards = compose(discreet(result)).first.tiers[0].cards

    assert cards[0] == CardView(
        number=1,
        subject="Account",
        title="Field that was never filled",
        severity="high",
        what="F0__c, F1__c, F2__c and 2 more (5 cases)",
        why="Somebody asked for it and nobody uses it.",
        action="Ask.",
        evidence=("F0__c: readers: fewer than 5 actors", "never filled: yes"),
        sources=("log of report runs", "how many rows fill each field, by quarter (kit/fill, 2026-11-20)"),
        policy="sprawl/never-adopted",
    )
    assert cards[1].why == ""


def test_question_whether_the_repository_is_complete() -> None:
    card = Card(Tier.ASK, "s", findings=7, members=("crm:A", "crm:B"))

    view = compose(replace(SAMPLE, cards=(card,))).first.tiers[1].cards[0]

    assert (view.title, view.what) == (
        "Is the repository all there is?",
        "7 questions on 2 subjects wait for the answer.",
    )


def test_export_that_was_given_in_part() -> None:
    card = replace(SAMPLE.cards[2], kind="fill-by-cohort", extends=True)

    view = compose(replace(SAMPLE, cards=(card,))).first.tiers[2].cards[0]

    assert (view.title, view.action) == (
        "How many rows fill each field, by quarter: what it leaves out",
        "What was given answers only a part; the section on evidence says what it covers.",
    )


def test_export_of_which_nothing_is_at_hand_for_these_subjects() -> None:
    card = replace(SAMPLE.cards[2], kind="fill-by-cohort")

    view = compose(replace(SAMPLE, cards=(card,))).first.tiers[2].cards[0]

    assert view.action == "Export it and list it under “evidence” in auditor.yaml."


def test_largest_objects_stand_in_for_growth_that_nobody_knows() -> None:
    over = Finding(
        policy="sprawl/budget",
        subject="crm:Account",
        outcome=Outcome.VIOLATION,
        severity=Severity.MEDIUM,
        confidence="proven",
        message="Too many fields: fields: 3 (above 2)",
        evidence=(Datum("fields", "3"),),
    )
    result: AuditResult = replace(SAMPLE, findings=(over,), growth=())
    expected = Bars(
        "Custom fields by object", (Bar("Account", 3, 500, "above 2"),), "The platform allows 500 on an object."
    )

    assert field_bars(result, Names("crm"), 5) == expected
    assert compose(result).first.largest == expected
    assert compose(SAMPLE).first.largest is None


def test_columns_that_say_nothing_are_left_out_and_named() -> None:
    rows = [
        replace(SAMPLE.objects[0], values=("a", Unknown("x"), ABSENT, Unknown("x"), CountRange(1, None))),
        replace(SAMPLE.objects[0], values=("b", Unknown("x"), ABSENT, False, 2)),
    ]
    names = ("name", "concept", "namespace", "managed", "reference_count")

    table = fact_table(names, rows, ("name", "concept", "namespace", "managed", "reference_count", "absent"))

    assert table.columns == (Column("API name"), Column("Managed"), Column("Mentions", figures=True))
    assert table.rows == (("a", "unknown", "≥ 1"), ("b", "no", "2"))
    assert table.note == "Unknown for all, and so left out: concept."


def test_columns_that_say_the_same_of_all_are_told_once() -> None:
    rows = [
        replace(SAMPLE.objects[0], values=("a", False, CountRange(0, None), "table")),
        replace(SAMPLE.objects[0], values=("b", False, CountRange(0, None), "table")),
    ]
    names = ("name", "managed", "reference_count", "kind_of_object")

    table = fact_table(names, rows, names)

    assert table.columns == (Column("API name"),)
    assert table.rows == (("a",), ("b",))
    assert table.note == (
        "The same for all, and so left out: managed (no) and kind (table). "
        "Unknown for all, and so left out: mentions."
    )


def test_windows_of_one_source_and_deed_are_one_line() -> None:
    rows = tuple(_covered("field-history", "written", date(2025, 11, day)) for day in (1, 2, 3))

    section = next(each for each in compose(replace(SAMPLE, coverage=rows)).sections if each.id == "evidence")

    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [row[3] for row in table.rows] == ["2025-11-01 to 2026-11-20, not for all the same"]


def test_a_card_says_what_an_object_is_for_the_business_and_where_else_the_same_was_found() -> None:
    evidence = (
        Datum("concept", "order_line"),
        Datum("rows", "40 rows"),
        Datum("owned_elsewhere", "yes"),
        Datum("role", "erp", "", "erp:o"),
    )
    told = "Field that was never filled: transaction by its nature"
    found = replace(FINDINGS[0], subject="crm:A__c", message=told, evidence=evidence, path="", line=None)
    card = Card(Tier.ACT, "s", found.policy, found.subject, "high", members=(found.subject,))
    result = replace(SAMPLE, findings=(found, replace(found, subject="crm:B__c")), cards=(card,))
    tallies = tuple(
        replace(each, violation=2) if each.policy.id == found.policy else each for each in SAMPLE.tallies
    )

    shown = compose(replace(result, tallies=tallies)).first.tiers[0].cards[0]

    assert (shown.what, shown.evidence) == (
        "Transaction by its nature: order line; also B__c",
        ("rows: 40", "owned elsewhere: yes", "erp:o role: erp"),
    )
