from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from auditor.model.findings import Datum, Finding, Outcome, Severity, Witness
from auditor.model.truth import Truth
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import Edge, Related
from auditor.policy.binding import Ground
from auditor.policy.evaluating import Evaluation, Tally, evaluate, judge
from auditor.policy.loading import load_policies
from auditor.policy.syntax import PolicySet
from tests.policy.fakes import VOCABULARY, FakeFacts, FakeLibrary, edges

AS_OF = date(2026, 11, 21)
NO_LOG = Unknown("no log was read", ("report-event", "api-event"))


def policies(*rules: str, head: str = "") -> PolicySet:
    common = "severity: low, pillar: usage, why: W, fix: F"
    listed = "".join(
        f"  - {{id: x/p{number}, title: Title, {common}, {rule}}}\n" for number, rule in enumerate(rules)
    )
    text = f"version: 1\n{head}policies:\n{listed}"
    return load_policies(["own.yaml"], FakeLibrary({"own.yaml": text}), VOCABULARY)


def field(name: str = "x", **facts: Value) -> FakeFacts:
    key = f"crm:A.{name}"
    return FakeFacts(
        nodes={"field": (key,)},
        facts={(key, fact): value for fact, value in facts.items()},
        places={key: ("A.xml", 3)},
    )


def outcomes(evaluation: Evaluation) -> tuple[int, int, int, int]:
    tally = evaluation.tallies[0]
    return tally.violation, tally.unknown, tally.passed, tally.not_applicable


V, U, P, N = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)
FORBID = "target: {kind: field, where: {custom: true}}, forbid: {alive: false}"
REQUIRE = "target: {kind: field, where: {custom: true}}, require: {alive: true}"

TABLE = [
    ("forbidden and true", FORBID, field(custom=True, alive=False), V),
    ("forbidden and false", FORBID, field(custom=True, alive=True), P),
    ("forbidden and unknown", FORBID, field(custom=True), U),
    ("required and false", REQUIRE, field(custom=True, alive=False), V),
    ("required and true", REQUIRE, field(custom=True, alive=True), P),
    ("required and unknown", REQUIRE, field(custom=True), U),
    ("not meant", FORBID, field(custom=False, alive=False), N),
    ("not meant, whatever is unknown", FORBID, field(custom=False), N),
    ("perhaps meant, and passes anyway", FORBID, field(alive=True), P),
    ("perhaps meant, and would violate", FORBID, field(alive=False), U),
    ("perhaps meant, and unknown", FORBID, field(), U),
    ("unknown passes where the policy says so", FORBID + ", on_unknown: pass", field(custom=True), P),
    ("unknown violates where the policy says so", FORBID + ", on_unknown: violation", field(custom=True), V),
    ("a target in doubt follows on_unknown too", FORBID + ", on_unknown: violation", field(alive=False), V),
    ("no where: all of the kind", "target: {kind: field}, forbid: {alive: false}", field(alive=False), V),
    ("another kind", "target: {kind: object}, forbid: {rows: 0}", field(alive=False), (0, 0, 0, 0)),
    ("absent is known", "target: {kind: field}, forbid: {length: {gt: 5}}", field(length=ABSENT), P),
]


@pytest.mark.parametrize(("rule", "facts", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_outcome(rule: str, facts: FakeFacts, expected: tuple[int, int, int, int]) -> None:
    policy_set = policies(rule)
    evaluation = evaluate(policy_set, facts, AS_OF)
    judged = [judge(policy_set.policies[0], key, Ground(facts, AS_OF)).outcome for key in facts.subjects("field")]

    assert outcomes(evaluation) == expected
    assert [finding.outcome for finding in evaluation.findings] == [
        outcome
        for outcome in judged
        if expected != (0, 0, 0, 0) and outcome in (Outcome.VIOLATION, Outcome.UNKNOWN)
    ]


def test_a_violation_says_what_with_evidence_and_place() -> None:
    rule = (
        "target: {kind: field, where: {custom: true}}, show: [label, description, alive], "
        "forbid: {all: [{last_read: {older_than: 90d}}, {fill_rate: {lt: 5%}}]}"
    )
    facts = field(custom=True, last_read=Never(None, AS_OF), fill_rate=0.021, label="Score", description=ABSENT)

    assert evaluate(policies(rule), facts, AS_OF).findings == (
        Finding(
            policy="x/p0",
            subject="crm:A.x",
            outcome=Outcome.VIOLATION,
            severity=Severity.LOW,
            confidence="proven",
            message="Title: last read never (until 2026-11-21); fill rate 2.1 % (below 5 %)",
            evidence=(
                Datum("last_read", "never (until 2026-11-21)", "fake"),
                Datum("fill_rate", "2.1 %", "fake"),
                Datum("label", "Score", "fake"),
                Datum("description", "none", "fake"),
            ),
            measured="2.1 %",
            path="A.xml",
            line=3,
            fingerprint=sha256(b"1|x/p0|crm:A.x").hexdigest(),
        ),
    )


def test_an_unknown_says_why_and_what_would_settle_it() -> None:
    forbidden = "{any: [{last_read: {older_than: 90d}}, {length: 0}]}"
    rule = f"target: {{kind: field, where: {{custom: true}}}}, forbid: {forbidden}"
    facts = field(last_read=NO_LOG, length=CountRange(0, None))
    finding = evaluate(policies(rule), facts, AS_OF).findings[0]

    assert (finding.outcome, finding.confidence) == (Outcome.UNKNOWN, "open")
    assert finding.message == "Title: cannot tell, since no log was read (and 2 more reasons)"
    assert finding.unknowns == (
        "no log was read (settled by report-event, api-event)",
        "length is known only as at least 0 (settled by length-export)",
        "custom was not read (settled by custom-export)",
    )
    assert finding.settled_by == ("report-event", "api-event", "length-export", "custom-export")


def test_a_count_tells_its_number_and_its_witnesses_up_to_twenty() -> None:
    keys = tuple(f"crm:A.f{number:02}" for number in range(64))
    facts = FakeFacts(
        nodes={"object": ("crm:A",)},
        facts={(key, "custom"): True for key in keys},
        relations={("crm:A", "fields"): edges(*keys)},
        places=dict.fromkeys(keys, ("A.xml", None)),
    )
    rule = "target: {kind: object}, require: {count: {rel: fields, where: {custom: true}, le: 60}}"
    finding = evaluate(policies(rule), facts, AS_OF).findings[0]

    assert finding.message == "Title: 64 fields (above 60)"
    assert (finding.measured, finding.confidence) == ("64", "proven")
    assert finding.evidence == (Datum("fields", "64"),)
    assert finding.witnesses == tuple(Witness(key, "fields", "A.xml") for key in keys[:20])


def test_a_count_over_a_relation_that_was_not_read_in_full_still_proves_what_is_there() -> None:
    keys = tuple(f"crm:A.f{number}" for number in range(3))
    facts = FakeFacts(
        nodes={"object": ("crm:A",)},
        relations={("crm:A", "fields"): Related(tuple(Edge(key) for key in keys), NO_LOG)},
    )
    rule = "target: {kind: object}, require: {count: {rel: fields, le: %s}}"
    over = evaluate(policies(rule % 2), facts, AS_OF).findings[0]
    within = evaluate(policies(rule % 5), facts, AS_OF).findings[0]

    assert (over.outcome, over.confidence, over.message) == (
        Outcome.VIOLATION,
        "likely",
        "Title: at least 3 fields (above 2)",
    )
    assert (within.outcome, within.unknowns) == (
        Outcome.UNKNOWN,
        ("no log was read (settled by report-event, api-event)",),
    )


CONFIDENCE = [
    ("an exact date", DateRange.on(date(2020, 1, 1)), "proven"),
    ("a bound", DateRange(None, date(2020, 1, 1)), "likely"),
    ("a log to the end", Never(date(2020, 1, 1), date(2026, 11, 20)), "proven"),
    ("a log that ended last week", Never(date(2020, 1, 1), date(2026, 11, 14)), "likely"),
]


@pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in CONFIDENCE])
def test_confidence(value: Value, expected: str) -> None:
    rule = "target: {kind: field}, forbid: {last_read: {older_than: 90d}}"

    assert evaluate(policies(rule), field(last_read=value), AS_OF).findings[0].confidence == expected


def test_one_exact_fact_proves_an_alternative() -> None:
    rule = "target: {kind: field}, forbid: {any: [{last_read: {older_than: 90d}}, {alive: false}]}"
    facts = field(last_read=DateRange(None, date(2020, 1, 1)), alive=False)

    assert evaluate(policies(rule), facts, AS_OF).findings[0].confidence == "proven"


def test_a_neighbours_facts_are_evidence_under_its_name() -> None:
    facts = FakeFacts(
        nodes={"object": ("crm:A",)},
        facts={("crm:A.x", "length"): 300},
        relations={("crm:A", "fields"): edges("crm:A.x")},
    )
    rule = "target: {kind: object}, forbid: {has: {rel: fields, where: {length: {gt: 255}}}}"
    finding = evaluate(policies(rule), facts, AS_OF).findings[0]

    assert finding.message == "Title: fields: crm:A.x"
    assert finding.evidence == (Datum("fields", "1"), Datum("length", "300", "fake", "crm:A.x"))


def test_findings_are_sorted_by_severity_then_policy_then_subject_and_tallied_by_policy() -> None:
    facts = FakeFacts(
        nodes={"field": ("crm:A.b", "crm:A.a")},
        facts={("crm:A.a", "alive"): False, ("crm:A.b", "alive"): False},
    )
    rule = "target: {kind: field}, forbid: {alive: false}"
    text = (
        "version: 1\npolicies:\n"
        f"  - {{id: x/late, title: T, severity: low, pillar: usage, why: W, fix: F, {rule}}}\n"
        f"  - {{id: x/grave, title: T, severity: critical, pillar: usage, why: W, fix: F, {rule}}}\n"
        f"  - {{id: x/off, title: T, severity: disabled, pillar: usage, why: W, fix: F, {rule}}}\n"
    )
    policy_set = load_policies(["own.yaml"], FakeLibrary({"own.yaml": text}), VOCABULARY)
    evaluation = evaluate(policy_set, facts, AS_OF)

    assert [(finding.policy, finding.subject) for finding in evaluation.findings] == [
        ("x/grave", "crm:A.a"),
        ("x/grave", "crm:A.b"),
        ("x/late", "crm:A.a"),
        ("x/late", "crm:A.b"),
    ]
    assert evaluation.tallies == tuple(Tally(policy.info, violation=2) for policy in policy_set.policies)
    assert policy_set.disabled == ("x/off",)


def test_a_list_is_joined_onto_nodes_as_a_fact() -> None:
    head = "lists: {allowed: {kind: field, subjects: ['crm:A.x', 'crm:Quote.*']}}\n"
    policy_set = policies("target: {kind: field}, require: {allowed: true}", head=head)
    facts = FakeFacts(nodes={"field": ("crm:A.x", "crm:A.y", "crm:Quote.z")})
    evaluation = evaluate(policy_set, facts, AS_OF)

    assert [finding.subject for finding in evaluation.findings] == ["crm:A.y"]
    assert evaluation.findings[0].evidence == (Datum("allowed", "no", "lists"),)


def test_the_explanation_is_the_condition_tree_with_its_truths() -> None:
    rule = (
        "target: {kind: field, where: {custom: true}}, forbid: {all: [{alive: false}, {not: {length: {ge: 5}}}]}"
    )
    facts = field(custom=True, alive=False)
    judgement = judge(policies(rule).policies[0], "crm:A.x", Ground(facts, AS_OF))
    tree = judgement.condition

    assert judgement.outcome is Outcome.UNKNOWN
    assert [(tree.text, tree.truth)] + [(part.text, part.truth) for part in tree.parts] == [
        ("all of", Truth.UNKNOWN),
        ("alive is false", Truth.TRUE),
        ("not", Truth.UNKNOWN),
    ]
    assert tree.parts[1].parts[0].text == "length at least 5"
