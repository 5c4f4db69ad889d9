# ruff: noqa: E501 - a table of exact messages
"""What a baseline holds, and what it knows of the findings of today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from auditor.errors import ConfigurationError
from auditor.model.findings import Finding, Outcome, Severity
from auditor.policy.baselines import Entry, Traits, baseline_bytes, read_baseline
from auditor.policy.baselining import Compared, compare, entries_of, pruned
from auditor.policy.loading import load_policies
from auditor.policy.syntax import Policy
from auditor.policy.telling import fingerprint
from tests.policy.fakes import VOCABULARY, FakeLibrary

POLICIES = """\
version: 1
policies:
  - {id: x/dead, title: Dead, severity: low, pillar: usage, why: W, fix: F, aliases: [x/unused],
     target: {kind: field}, forbid: {alive: false}}
  - {id: x/budget, title: Budget, severity: low, pillar: burden, why: W, fix: F,
     target: {kind: object}, require: {count: {rel: fields, le: 60}}}
  - {id: x/tiny, title: Tiny, severity: low, pillar: usage, why: W, fix: F,
     target: {kind: object}, forbid: {rows: {lt: 50}}}
  - {id: x/between, title: Between, severity: low, pillar: usage, why: W, fix: F,
     target: {kind: object}, forbid: {any: [{rows: {lt: 50}}, {rows: {gt: 500}}]}}
"""
REGION = Traits("Sales region", "picklist", "2024-03-01")
FILE = """\
{"baseline": 1}
{"subject": "crm:A.a", "policy": "x/dead", "fingerprint": "p", "identity": "i", "label": "L", "type": "T", "created": "2024-01-01"}
{"subject": "crm:B", "policy": "x/budget", "measured": "64 fields", "fingerprint": "q"}
"""
ENTRIES = (
    Entry("crm:A.a", "x/dead", "", "p", "i", Traits("L", "T", "2024-01-01")),
    Entry("crm:B", "x/budget", "64 fields", "q"),
)


def policies() -> tuple[Policy, ...]:
    return load_policies(["own.yaml"], FakeLibrary({"own.yaml": POLICIES}), VOCABULARY).policies


def violation(subject: str = "crm:A.a", policy: str = "x/dead", measured: str = "", identity: str = "") -> Finding:
    return Finding(
        policy,
        subject,
        Outcome.VIOLATION,
        Severity.LOW,
        "proven",
        "Dead",
        measured=measured,
        fingerprint=fingerprint(policy, subject),
        identity=identity,
    )


def entry(subject: str = "crm:A.a", policy: str = "x/dead", measured: str = "", **more: str) -> Entry:
    traits = Traits(more.pop("label", ""), more.pop("type", ""), more.pop("created", ""))
    return Entry(subject, policy, measured, more.pop("print", fingerprint(policy, subject)), traits=traits, **more)


def compared(
    findings: list[Finding],
    entries: list[Entry],
    moved: Mapping[str, str] | None = None,
    traits: Mapping[str, Traits] | None = None,
) -> Compared:
    return compare(findings, entries, policies(), moved or {}, (traits or {}).get)


def test_a_file_is_read_and_written_back_byte_by_byte() -> None:
    assert read_baseline(FILE.encode(), "b.jsonl") == ENTRIES
    assert baseline_bytes(reversed(ENTRIES)).decode() == FILE


WRONG = [
    ("nothing at all", "", '1:1: the first line of a baseline is {"baseline": 1}; `auditor baseline create` writes it'),
    ("another version", '{"baseline": 2}\n', '1:1: the first line of a baseline is {"baseline": 1}; `auditor baseline create` writes it'),
    ("no JSON", '{"baseline": 1}\n\nfield: x\n', "3:1: no JSON object; one finding stands on one line"),
    ("a conflict of a merge", '{"baseline": 1}\n<<<<<<< HEAD\n', "2:1: a conflict of a merge: keep the lines of both sides, then `auditor baseline prune`"),
    ("a key too many and keys too few", '{"baseline": 1}\n{"subject": "a", "line": "3"}\n', "2:1: unknown key 'line'; no policy; no fingerprint"),
    ("a number for a text", '{"baseline": 1}\n{"subject": "a", "policy": "p", "fingerprint": "f", "measured": 64}\n', "2:1: measured must be a text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in WRONG])
def test_a_wrong_file_gives_one_message_at_its_place(text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_baseline(text.encode(), "b.jsonl")

    assert caught.value.problems == (f"b.jsonl:{expected}",)


@pytest.mark.parametrize(
    ("finding", "known", "expected"),
    [
        pytest.param(violation(), [], "new", id="nothing is known of it"),
        pytest.param(violation(), [entry()], "unchanged", id="it stood before"),
        pytest.param(violation("crm:A.b"), [entry()], "new", id="another subject stood before"),
        pytest.param(
            violation(), [entry(policy="x/unused")], "unchanged", id="it stood under a former name of its policy"
        ),
        pytest.param(
            violation("crm:A.b", identity="i"),
            [entry(identity="i")],
            "unchanged",
            id="it was renamed, its id was not",
        ),
        pytest.param(
            violation("crm:B", "x/budget", "90 fields"),
            [entry("crm:B", "x/budget", "64 fields")],
            "worse",
            id="a count that must stay low rose",
        ),
        pytest.param(
            violation("crm:B", "x/budget", "61 fields"),
            [entry("crm:B", "x/budget", "64 fields")],
            "unchanged",
            id="a count that must stay low fell",
        ),
        pytest.param(
            violation("crm:B", "x/tiny", "3 rows"),
            [entry("crm:B", "x/tiny", "1,030 rows")],
            "worse",
            id="a count that must not be low fell",
        ),
        pytest.param(
            violation("crm:B", "x/between", "3 rows"),
            [entry("crm:B", "x/between", "40 rows")],
            "unchanged",
            id="a measure whose bad direction the policy does not tell",
        ),
        pytest.param(replace(violation(), outcome=Outcome.UNKNOWN), [], "", id="an open question is not marked"),
    ],
)
def test_what_the_baseline_knows_of_a_finding(finding: Finding, known: list[Entry], expected: str) -> None:
    assert [each.baseline for each in compared([finding], known).findings] == [expected]


def test_what_got_worse_says_what_it_was() -> None:
    found = compared([violation("crm:B", "x/budget", "90 fields")], [entry("crm:B", "x/budget", "64 fields")])

    assert found.findings[0].message == "Dead (was 64 fields in the baseline)"


def test_a_rename_that_is_declared_is_followed() -> None:
    found = compared([violation("crm:A.new")], [entry("crm:A.old")], {"crm:A.old": "crm:A.new"})

    assert (found.findings[0].baseline, found.gone) == ("unchanged", ())


RENAMED = [
    ("same object, type and day, the old name gone", [REGION], REGION, "carried"),
    ("a label with one letter more", [replace(REGION, label="Sales regions")], REGION, "carried"),
    ("another label", [replace(REGION, label="Credit limit")], REGION, "new"),
    ("another type", [replace(REGION, type="text")], REGION, "new"),
    ("another day of creation", [replace(REGION, created="2025-01-01")], REGION, "new"),
    ("a day of creation that nobody knows", [replace(REGION, created="")], replace(REGION, created=""), "new"),
    ("two that it may have been", [REGION, REGION], REGION, "new"),
]


@pytest.mark.parametrize(("before", "now", "expected"), [pytest.param(*row[1:], id=row[0]) for row in RENAMED])
def test_a_rename_is_suspected_and_never_silent(before: list[Traits], now: Traits, expected: str) -> None:
    known = [replace(entry(f"crm:A.old{n}"), traits=traits) for n, traits in enumerate(before)]

    found = compared([violation("crm:A.new")], known, traits={"crm:A.new": now})

    told = " (carried from crm:A.old0: rename suspected)" if expected == "carried" else ""
    assert (found.findings[0].baseline, found.findings[0].message) == (expected, f"Dead{told}")


def test_nothing_is_taken_for_a_rename_while_the_old_name_stands() -> None:
    traits = {"crm:A.new": REGION, "crm:A.old": REGION}

    found = compared([violation("crm:A.new")], [replace(entry("crm:A.old"), traits=REGION)], traits=traits)

    assert [each.baseline for each in found.findings] == ["new"]


def test_one_entry_answers_for_one_finding() -> None:
    twins = [violation("crm:A.a", identity="i"), violation("crm:A.b", identity="i")]

    found = compared(twins, [entry(identity="i")])

    assert [each.baseline for each in found.findings] == ["unchanged", "new"]


def test_pruning_takes_out_what_is_fixed_keeps_what_was_won_and_adds_nothing() -> None:
    known = [
        entry("crm:Fixed", "x/budget", "70 fields"),
        entry("crm:Better", "x/budget", "70 fields"),
        entry("crm:Worse", "x/budget", "70 fields"),
    ]
    findings = [
        violation("crm:Better", "x/budget", "65 fields"),
        violation("crm:New", "x/budget", "61 fields"),
        violation("crm:Worse", "x/budget", "80 fields"),
    ]

    found = compared(findings, known)

    assert [(each.subject, each.measured) for each in pruned(found, lambda _: None)] == [
        ("crm:Better", "65 fields"),
        ("crm:Worse", "70 fields"),
    ]
    assert (
        found.sentence == "Baseline: 1 new, 1 worse, 1 unchanged, 1 fixed (`auditor baseline prune` records that)."
    )


def test_a_first_baseline_holds_violations_only() -> None:
    found = [violation(), replace(violation("crm:A.b"), outcome=Outcome.UNKNOWN)]

    lines = baseline_bytes(entries_of(found, {"crm:A.a": REGION}.get)).decode().splitlines()

    assert [json.loads(line).get("label") for line in lines] == [None, "Sales region"]
