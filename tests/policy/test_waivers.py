# ruff: noqa: E501 - a table of exact messages
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.errors import ConfigurationError
from auditor.model.findings import Outcome
from auditor.policy.evaluating import Evaluation, evaluate
from auditor.policy.loading import load_policies
from auditor.policy.syntax import Place, PolicySet
from auditor.policy.waivers import Category, Waiver, read_waivers
from auditor.policy.waiving import Waived, apply_waivers
from tests.policy.fakes import VOCABULARY, FakeFacts, FakeLibrary

AS_OF = date(2026, 11, 21)
RIGHT = """\
version: 1
waivers:
  - id: W-014
    policy: x/dead
    subject: crm:A.a
    category: accepted
    reason: Needed by the Q1 audit export
    owner: sales-operations
    approved_by: erp-owner
    approved_on: 2026-11-01
    expires: 2027-03-31
    ticket: GOV-123
"""
POLICIES = """\
version: 1
policies:
  - {id: x/dead, title: Dead, severity: low, pillar: usage, why: W, fix: F, aliases: [x/unused],
     target: {kind: field}, forbid: {alive: false}}
  - {id: x/off, title: Off, severity: disabled, pillar: usage, why: W, fix: F,
     target: {kind: field}, forbid: {alive: true}}
"""

WRONG = [
    ("no list", "version: 1\n", "1:1: a waiver file is a mapping with waivers: and a list below it"),
    ("a list that is a mapping", "waivers: {a: b}\n", "1:10: a waiver file is a mapping with waivers: and a list below it"),
    ("a text for a waiver", "waivers: [W-014]\n", "1:11: a waiver is a mapping that begins with id:"),
    ("an unknown key of the file", RIGHT + "owner: me\n", "13:1: 'owner' is no key of a waiver file. Known: version, waivers."),
    ("an unknown key", RIGHT + "    expiry: 2027-01-01\n", "13:5: 'expiry' is no key of a waiver. Did you mean expires?"),
    ("no reason", RIGHT.replace("    reason: Needed by the Q1 audit export\n", ""), "3:5: the waiver has no reason"),
    ("an empty reason", RIGHT.replace("Needed by the Q1 audit export", ""), "7:12: reason is a text"),
    ("no end", RIGHT.replace("    expires: 2027-03-31\n", ""), "3:5: the waiver has no expires"),
    ("an end that is no day", RIGHT.replace("2027-03-31", "next spring"), "11:14: expires is a day such as 2027-03-31, not 'next spring'"),
    ("an end that no calendar has", RIGHT.replace("2027-03-31", "2027-02-31"), "11:14: expires: there is no day 2027-02-31"),
    ("an end before the approval", RIGHT.replace("2027-03-31", "2026-10-31"), "11:14: it expires on 2026-10-31, before it was approved"),
    ("approved by its owner", RIGHT.replace("erp-owner", "Sales-Operations"), "9:18: approved_by must be another person than owner"),
    ("an unknown category", RIGHT.replace("accepted", "ignored"),
     "6:15: category is one of accepted, mitigated, false_positive, planned_removal, not 'ignored'"),
    ("no subject", RIGHT.replace("    subject: crm:A.a\n", ""), "3:5: a waiver needs exactly one of subject: and selector: (with max_matches:)"),
    ("a selector without a limit", RIGHT.replace("subject: crm:A.a", "selector: crm:A.*"), "3:5: selector: needs max_matches:, a whole number of at least 1"),
    ("a selector with a limit of nothing", RIGHT.replace("subject: crm:A.a", "selector: crm:A.*\n    max_matches: 0"),
     "6:18: selector: needs max_matches:, a whole number of at least 1"),
    ("a limit beside a subject", RIGHT + "    max_matches: 3\n", "13:18: max_matches goes with selector:, a subject is one"),
    ("a pattern of policies for a subject", RIGHT.replace("x/dead", "x/*"), "4:13: a pattern of policies needs selector: and max_matches:"),
    ("evidence that is mistyped", RIGHT + "    evidence: prooven; 64 fields\n", "13:15: 'prooven' is neither likely nor proven. Did you mean proven?"),
    ("the same id twice", RIGHT + RIGHT.partition("waivers:\n")[2], "13:5: waiver W-014 stands twice, first on line 3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in WRONG])
def test_a_wrong_waiver_gives_one_message_at_its_place(text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_waivers(text, "waivers.yaml")

    assert caught.value.problems == (f"waivers.yaml:{expected}",)


def test_a_waiver_is_read_whole() -> None:
    assert read_waivers(RIGHT, "waivers.yaml") == (
        Waiver(
            id="W-014",
            policy="x/dead",
            subject="crm:A.a",
            category=Category.ACCEPTED,
            reason="Needed by the Q1 audit export",
            owner="sales-operations",
            approved_by="erp-owner",
            approved_on=date(2026, 11, 1),
            expires=date(2027, 3, 31),
            ticket="GOV-123",
            place=Place("waivers.yaml", 3, 5),
        ),
    )


def test_an_empty_file_holds_no_waivers() -> None:
    assert read_waivers("", "waivers.yaml") == ()


@pytest.fixture
def policy_set() -> PolicySet:
    return load_policies(["own.yaml"], FakeLibrary({"own.yaml": POLICIES}), VOCABULARY)


@pytest.fixture
def evaluation(policy_set: PolicySet) -> Evaluation:
    facts = FakeFacts(
        nodes={"field": ("crm:A.a", "crm:A.b", "crm:A.c")},
        facts={("crm:A.a", "alive"): False, ("crm:A.b", "alive"): False},
    )
    return evaluate(policy_set, facts, AS_OF)


def waived(
    text: str, evaluation: Evaluation, policy_set: PolicySet, as_of: date = AS_OF, full: bool = True
) -> Waived:
    return apply_waivers(evaluation, read_waivers(text, "w.yaml"), policy_set, as_of, full)


def outcomes(result: Waived) -> list[tuple[str, Outcome, str]]:
    return [(finding.subject, finding.outcome, finding.waiver) for finding in result.evaluation.findings]


A, B, C = "crm:A.a", "crm:A.b", "crm:A.c"
UNCHANGED = [(A, Outcome.VIOLATION, ""), (B, Outcome.VIOLATION, ""), (C, Outcome.UNKNOWN, "")]
ONE = [(A, Outcome.WAIVED, "W-014"), (B, Outcome.VIOLATION, ""), (C, Outcome.UNKNOWN, "")]
BOTH = [(A, Outcome.WAIVED, "W-014"), (B, Outcome.WAIVED, "W-014"), (C, Outcome.UNKNOWN, "")]
PAST = [(A, Outcome.VIOLATION, "W-014"), (B, Outcome.VIOLATION, ""), (C, Outcome.UNKNOWN, "")]
SELECTED = RIGHT.replace("subject: crm:A.a", "selector: crm:A.*\n    max_matches: 3")

APPLIED = [
    ("one subject", RIGHT, ONE, ()),
    ("an earlier id of the policy", RIGHT.replace("x/dead", "x/unused"), ONE, ()),
    ("a selector that counts what is unknown too", SELECTED, BOTH, ()),
    ("a pattern of policies", SELECTED.replace("x/dead", "x/*"), BOTH, ()),
    ("a selector that has grown too wide", SELECTED.replace("max_matches: 3", "max_matches: 2"), UNCHANGED,
     ("w.yaml:3:5: waiver W-014 covers 3 findings, more than its max_matches of 2: not applied",)),
    ("its last day", RIGHT.replace("2027-03-31", "2026-11-21"), ONE, ()),
    ("the day after its last", RIGHT.replace("2027-03-31", "2026-11-20"), PAST, ()),
    ("a waiver approved later", RIGHT.replace("2026-11-01", "2026-11-22"), UNCHANGED, ()),
    ("a subject that is an unknown finding stays unknown", RIGHT.replace("A.a", "A.c"), UNCHANGED, ()),
    ("a subject without a finding", RIGHT.replace("A.a", "A.z"), UNCHANGED,
     ("w.yaml:3:5: waiver W-014 matches no finding of x/dead on crm:A.z: remove it",)),
    ("a policy that is switched off", RIGHT.replace("x/dead", "x/off"), UNCHANGED,
     ("w.yaml:3:5: waiver W-014 names the policy x/off, which is switched off: remove it",)),
    ("a policy that does not exist", RIGHT.replace("x/dead", "x/ded"), UNCHANGED,
     ("w.yaml:3:5: waiver W-014 names the policy x/ded, which is not in force. Did you mean x/dead or x/unused?",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "problems"), [pytest.param(*row[1:], id=row[0]) for row in APPLIED])
def test_waivers_are_applied(
    text: str,
    expected: list[tuple[str, Outcome, str]],
    problems: tuple[str, ...],
    evaluation: Evaluation,
    policy_set: PolicySet,
) -> None:
    result = waived(text, evaluation, policy_set)

    assert (outcomes(result), result.problems) == (expected, problems)


def test_a_waived_finding_is_tallied_apart(evaluation: Evaluation, policy_set: PolicySet) -> None:
    tally = waived(RIGHT, evaluation, policy_set).evaluation.tallies[0]

    assert (tally.violation, tally.waived, tally.unknown, tally.judged) == (1, 1, 1, 3)


def test_what_an_expired_waiver_covered_says_so(evaluation: Evaluation, policy_set: PolicySet) -> None:
    result = waived(RIGHT.replace("2027-03-31", "2026-11-20"), evaluation, policy_set)

    assert result.evaluation.findings[0].message == "Dead (waiver W-014 expired on 2026-11-20)"


LAPSED = [
    ("the same evidence", "proven; 64 fields", ("proven", "64 fields"), ""),
    ("better evidence", "proven; 64 fields", ("proven", "61 fields"), ""),
    (
        "a measure that grew",
        "proven; 64 fields",
        ("proven", "90 fields"),
        "90 fields, 64 fields when it was accepted",
    ),
    ("what was likely is proven", "likely", ("proven", ""), "proven, only likely when it was accepted"),
    ("what was proven is only likely", "proven", ("likely", ""), ""),
    ("nothing was recorded", "", ("proven", "90 fields"), ""),
    ("a note for people", "Minutes of the board, 15 September", ("proven", "90 fields"), ""),
]


@pytest.mark.parametrize(("recorded", "now", "lapse"), [pytest.param(*row[1:], id=row[0]) for row in LAPSED])
def test_a_waiver_lapses_where_the_evidence_got_worse(
    recorded: str, now: tuple[str, str], lapse: str, evaluation: Evaluation
) -> None:
    rules = (
        "version: 1\npolicies:\n  - {id: x/dead, title: Dead, severity: low, pillar: usage, why: W, fix: F,\n"
        "     target: {kind: field}, forbid: {length: {gt: 60}}}\n"
    )
    policy_set = load_policies(["own.yaml"], FakeLibrary({"own.yaml": rules}), VOCABULARY)
    finding = replace(evaluation.findings[0], confidence=now[0], measured=now[1])
    text = RIGHT + (f"    evidence: {recorded}\n" if recorded else "")

    result = waived(text, replace(evaluation, findings=(finding,)), policy_set).evaluation.findings[0]

    expected = (Outcome.VIOLATION, f"Dead (waiver W-014 lapsed: {lapse})") if lapse else (Outcome.WAIVED, "Dead")
    assert (result.outcome, result.message) == expected


def test_a_waiver_in_force_goes_before_an_expired_one(evaluation: Evaluation, policy_set: PolicySet) -> None:
    expired = RIGHT.replace("2027-03-31", "2026-11-20").replace("W-014", "W-001")
    result = waived(expired + RIGHT.partition("waivers:\n")[2], evaluation, policy_set)

    assert outcomes(result) == ONE


def test_in_a_partial_audit_an_unmatched_waiver_is_silent(evaluation: Evaluation, policy_set: PolicySet) -> None:
    assert waived(RIGHT.replace("A.a", "A.z"), evaluation, policy_set, full=False).problems == ()


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        pytest.param("2026-12-05", (), id="a fortnight ahead is early enough"),
        pytest.param(
            "2026-12-04", ("w.yaml:3:5: waiver W-014 expires on 2026-12-04, in 13 days",), id="announced"
        ),
        pytest.param("2026-11-22", ("w.yaml:3:5: waiver W-014 expires on 2026-11-22, in 1 day",), id="tomorrow"),
        pytest.param("2026-11-20", (), id="expired is no warning any more"),
    ],
)
def test_a_waiver_about_to_expire_is_announced(
    expires: str, expected: tuple[str, ...], evaluation: Evaluation, policy_set: PolicySet
) -> None:
    assert waived(RIGHT.replace("2027-03-31", expires), evaluation, policy_set).warnings == expected


LIMITED = [
    ("a year is allowed", (("high", 30), ("low", 365)), date(2026, 11, 21), [], "W-014", Outcome.WAIVED),
    (
        "ninety days are allowed, and have not passed",
        (("low", 90),),
        date(2026, 11, 21),
        ["granted for 150 days, and a low finding may be waived for 90: it ends on 2027-01-30"],
        "W-014",
        Outcome.WAIVED,
    ),
    (
        "nineteen days are allowed, and have passed",
        (("low", 19),),
        date(2026, 11, 21),
        ["granted for 150 days, and a low finding may be waived for 19: it ends on 2026-11-20"],
        "W-014",
        Outcome.VIOLATION,
    ),
    ("another severity is limited", (("critical", 1),), date(2026, 11, 21), [], "W-014", Outcome.WAIVED),
]


@pytest.mark.parametrize(
    ("most", "day", "problems", "name", "outcome"), [pytest.param(*row[1:], id=row[0]) for row in LIMITED]
)
def test_a_severity_may_be_waived_for_so_many_days(
    most: tuple[tuple[str, int], ...],
    day: date,
    problems: list[str],
    name: str,
    outcome: Outcome,
    evaluation: Evaluation,
    policy_set: PolicySet,
) -> None:
    waivers = [replace(waiver, max_days=most) for waiver in read_waivers(RIGHT, "w.yaml")]
    result = apply_waivers(evaluation, waivers, policy_set, day)

    assert outcomes(result)[0] == (A, outcome, name)
    assert list(result.problems) == [f"w.yaml:3:5: waiver W-014 is {problem}" for problem in problems]


def test_what_is_waived_too_long_says_on_which_day_it_ended(evaluation: Evaluation, policy_set: PolicySet) -> None:
    waivers = [replace(waiver, max_days=(("low", 19),)) for waiver in read_waivers(RIGHT, "w.yaml")]
    found = apply_waivers(evaluation, waivers, policy_set, AS_OF).evaluation.findings[0]

    assert found.message.endswith("(waiver W-014 expired on 2026-11-20)")
