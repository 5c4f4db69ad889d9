"""The score: each rule in a small case, what no game may change, and what an unknown may still become."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.charter import Charter, Entity
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.results import PolicyTally
from auditor.model.scorecards import Interval, Scorecard
from auditor.scoring import CAP, scorecard
from bench.gaming import cheats, table

USAGE = PolicyInfo("u/unused", "Unused", Severity.MEDIUM, "usage", "", "", effort="hours")
USAGE_TOO = PolicyInfo("u/write-only", "Write-only", Severity.MEDIUM, "usage", "", "", effort="hours")
LINES = PolicyInfo("s/lines", "Order lines", Severity.CRITICAL, "scope", "", "", effort="days")
DOCS = PolicyInfo("d/owner", "No owner", Severity.LOW, "documentation", "", "", effort="minutes")
POLICIES = {info.id: info for info in (USAGE, USAGE_TOO, LINES, DOCS)}
CHARTER = Charter("c.yaml", entities=(Entity("Customer", ("A", "B"), budget=20),))
"""Ten points of debt halve a pillar."""


def found(subject: str, policy: PolicyInfo, outcome: Outcome = Outcome.VIOLATION, sure: str = "proven") -> Finding:
    return Finding(policy.id, subject, outcome, policy.severity, sure, policy.title)


def scored(
    *findings: Finding, passed: int = 10, charter: Charter = CHARTER, policies: str = "u/unused"
) -> Scorecard:
    """The score under the policies named, each of which so many subjects passed."""
    tallies = []
    for name in policies.split():
        mine = [each.outcome for each in findings if each.policy == name]
        counts = (
            mine.count(Outcome.VIOLATION),
            mine.count(Outcome.UNKNOWN),
            passed,
            0,
            mine.count(Outcome.WAIVED),
        )
        tallies.append(PolicyTally(POLICIES[name], *counts))
    return scorecard(findings, tallies, charter, lambda subject: subject.partition(".")[0] or None)


ONE = 100 * 2**-0.5
"""One proven medium violation against a budget of twenty fields."""

RULES = [
    ("nothing wrong", (), Interval(100, 100, 100)),
    ("one proven violation", (found("A.x", USAGE),), Interval(ONE, ONE, ONE)),
    ("one that is only likely weighs less", (found("A.x", USAGE, sure="likely"),), Interval(*[100 * 2**-0.3] * 3)),
    ("a waived one weighs the same", (found("A.x", USAGE, Outcome.WAIVED),), Interval(ONE, ONE, ONE)),
    (
        "an open question counts half, and spans from a violation to none",
        (found("A.x", USAGE, Outcome.UNKNOWN, "open"),),
        Interval(ONE, 100 * 2**-0.25, 100),
    ),
    ("objects of one entity share its budget", (found("A.x", USAGE), found("B.x", USAGE)), Interval(50, 50, 50)),
]


@pytest.mark.parametrize(("findings", "expected"), [pytest.param(*row[1:], id=row[0]) for row in RULES])
def test_rule_of_the_arithmetic(findings: tuple[Finding, ...], expected: Interval) -> None:
    card = scored(*findings)

    told = card.entities[0].pillars[0].score
    assert (told.low, told.point, told.high) == pytest.approx((expected.low, expected.point, expected.high))


def test_one_root_cause_is_counted_once_in_a_pillar() -> None:
    once = scored(found("A.x", USAGE), policies="u/unused u/write-only")
    twice = scored(found("A.x", USAGE), found("A.x", USAGE_TOO), policies="u/unused u/write-only")

    assert once.score == twice.score


def test_pillars_weigh_as_they_matter() -> None:
    scope = scored(found("A", LINES, sure="likely"), policies="s/lines d/owner")
    documents = scored(found("A", DOCS), policies="s/lines d/owner")

    assert scope.score.point < documents.score.point < 100


def test_a_critical_violation_caps_its_entity_waived_or_not() -> None:
    rich = Charter("c.yaml", entities=(Entity("Customer", ("A",), budget=10_000),))
    outcomes = (Outcome.VIOLATION, Outcome.WAIVED)

    told = [scored(found("A", LINES, each), charter=rich, policies="s/lines").score.high for each in outcomes]

    assert told == [CAP, CAP]


def test_an_open_critical_question_caps_the_low_end_alone() -> None:
    rich = Charter("c.yaml", entities=(Entity("Customer", ("A",), budget=10_000),))

    score = scored(found("A", LINES, Outcome.UNKNOWN, "open"), charter=rich, policies="s/lines").score

    assert (score.low, score.high) == (CAP, 100)


def test_what_the_charter_does_not_hold_shares_one_budget() -> None:
    card = scored(found("X.x", USAGE), found("Y.x", USAGE))

    assert [(each.name, each.budget) for each in card.entities] == [("", 60), ("Customer", 20)]


def test_entities_weigh_by_tier() -> None:
    first = Charter("c.yaml", entities=(Entity("A", ("A",), 20, tier=1), Entity("B", ("B",), 20, tier=3)))

    assert scored(found("A.x", USAGE), charter=first).score.point == pytest.approx((3 * ONE + 100) / 4)


def test_what_is_of_no_crm_object_is_not_scored() -> None:
    assert scored(found(".source", USAGE)).score == Interval(100, 100, 100)


@pytest.mark.parametrize(
    ("unknown", "grade"),
    [
        pytest.param(6, "B", id="enough answered, and graded from the low end"),
        pytest.param(7, None, id="too little is known to grade"),
    ],
)
def test_grade(unknown: int, grade: str | None) -> None:
    rich = Charter("c.yaml", entities=(Entity("Customer", ("A",), budget=200),))
    card = scored(*(found(f"A.{n}", USAGE, Outcome.UNKNOWN, "open") for n in range(unknown)), charter=rich)

    assert card.grade == grade


def test_moves_are_those_with_most_points_an_hour() -> None:
    findings = (found("A.x", USAGE), found("A.y", USAGE), found("A", LINES), found("B.z", DOCS))

    moves = scored(*findings, policies="u/unused s/lines d/owner").moves

    assert [(move.policy, move.findings, move.hours) for move in moves] == [
        ("d/owner", 1, 0.25),
        ("u/unused", 2, 4.0),
        ("s/lines", 1, 16.0),
    ]
    assert all(move.gain > 0 for move in moves)


def test_no_game_pays_and_roll_back_pays_most() -> None:
    assert cheats(table()) == []


OUTCOMES = st.sampled_from([Outcome.VIOLATION, Outcome.UNKNOWN, Outcome.WAIVED])
FINDINGS = st.lists(
    st.tuples(st.sampled_from(["A.x", "A.y", "B.z", "X.q"]), st.sampled_from(list(POLICIES)), OUTCOMES)
)


def made(rows: list[tuple[str, str, Outcome]]) -> list[Finding]:
    """Findings of these rows, one a subject and policy."""
    last = {(subject, policy): outcome for subject, policy, outcome in rows}
    return [
        found(subject, POLICIES[policy], outcome, "open" if outcome is Outcome.UNKNOWN else "proven")
        for (subject, policy), outcome in last.items()
    ]


@given(FINDINGS, st.lists(st.booleans()))
def test_whatever_an_unknown_turns_out_the_score_stays_in_its_interval(
    rows: list[tuple[str, str, Outcome]], truths: list[bool]
) -> None:
    findings = made(rows)
    before = scored(*findings, policies=" ".join(POLICIES)).score
    answers = iter([*truths, *[False] * len(findings)])
    settled = [
        replace(each, outcome=Outcome.VIOLATION, confidence="proven") if each.outcome is Outcome.UNKNOWN else each
        for each in findings
        if each.outcome is not Outcome.UNKNOWN or next(answers)
    ]
    after = scored(*settled, policies=" ".join(POLICIES)).score

    assert before.low - 1e-9 <= after.low <= after.high <= before.high + 1e-9


@given(FINDINGS, st.integers(0, 10_000))
def test_neither_clean_fields_nor_waivers_change_the_score(
    rows: list[tuple[str, str, Outcome]], clean: int
) -> None:
    findings = made(rows)
    waived = [
        replace(each, outcome=Outcome.WAIVED) if each.outcome is Outcome.VIOLATION else each for each in findings
    ]
    names = " ".join(POLICIES)

    assert scored(*findings, policies=names).score == scored(*waived, passed=clean, policies=names).score
