# ruff: noqa: E501 - tables of exact texts
from __future__ import annotations

from datetime import date

import pytest

from auditor.policy.syntax import Policy
from auditor.policy.testing.imagining import difference
from auditor.policy.testing.mutants import mutants
from auditor.policy.testing.packs import prove_all
from tests.policy.testing.law import tried

AS_OF = date(2026, 11, 21)
RULE = """\
version: 1
policies:
  - {id: x/y, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field%s}, forbid: %s}
"""


def compiled(condition: str, where: str = "") -> Policy:
    target = f", where: {where}" if where else ""
    return tried("  []\n", RULE % (target, condition)).own[0]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param("{custom: true}", ["custom is true, negated"], id="a yes or no is turned round"),
        pytest.param(
            "{length: {ge: 5}}",
            ["length at least 5, negated", "length at least 5 becomes length at least 4",
             "length at least 5 becomes length at least 6"],
            id="a whole number is shifted both ways, of which one is the other direction too",
        ),
        pytest.param(
            "{fill_rate: {lt: 50%}}",
            ["fill rate below 50%, negated", "fill rate below 50% becomes fill rate below 49%",
             "fill rate below 50% becomes fill rate below 51%", "fill rate below 50% becomes fill rate at most 50%"],
            id="a share is shifted by a point and to its bound",
        ),
        pytest.param(
            "{last_read: {older_than: 90d}}",
            ["last read older than 90d, negated", "last read older than 90d becomes last read newer than 90d",
             "last read older than 90d becomes last read older than 89d",
             "last read older than 90d becomes last read older than 91d",
             "last read older than 90d becomes last read older than 630d"],
            id="a span changes its direction, its length and its unit",
        ),
        pytest.param(
            "{quality: [missing, short]}",
            ["quality is one of missing, short, negated",
             "quality is one of missing, short becomes quality is one of short",
             "quality is one of missing, short becomes quality is one of missing"],
            id="each word of several is left out",
        ),
        pytest.param(
            "{quality: short}",
            ["quality is short, negated", "quality is short becomes quality is missing"],
            id="a word of a set is swapped for another",
        ),
        pytest.param(
            "{label: {matches: '(?i)^x$'}}",
            ["label matches (?i)^x$, negated", "label matches (?i)^x$ becomes label matches ^x$",
             "label matches (?i)^x$ becomes label matches (?i)x$", "label matches (?i)^x$ becomes label matches (?i)^x"],
            id="a pattern loses its case and its anchors",
        ),
        pytest.param(
            "{any: [{custom: true}, {not: {alive: true}}]}",
            ["any of becomes all of", "custom is true, left out", "custom is true, negated",
             "not alive is true, left out", "not alive is true, negated"],
            id="groups are joined otherwise and lose each part",
        ),
        pytest.param(
            "{has: {rel: referenced_by, where: {active: true}, edge: {access: reads}}}",
            ["has referenced by becomes lacks referenced by", "has referenced by: where active is true, left out",
             "has referenced by: active is true, negated", "has referenced by: edge access is reads, left out",
             "has referenced by: edge access is reads, negated",
             "has referenced by: edge access is reads becomes access is writes"],
            id="neighbours lose what they must be, and so do the edges to them",
        ),
        pytest.param(
            "{has: {path: [object, {rel: looks_up}]}}",
            ["has object/looks up becomes lacks object/looks up"],
            id="a path is turned round",
        ),
    ],
)  # fmt: skip
def test_every_clause_is_changed_once(condition: str, expected: list[str]) -> None:
    told = [mutant.what for mutant in mutants(compiled(condition))]

    assert told == [*(f"forbid: {what}" for what in expected), "on_unknown: pass"]


def test_depth_and_bounds_of_a_count_are_shifted() -> None:
    law = RULE.replace("kind: field%s", "kind: object%s") % (
        "", "{count: {rel: looks_up, depth: 3, ge: 2}}"
    )  # fmt: skip
    told = [mutant.what for mutant in mutants(tried("  []\n", law).own[0])]

    assert told == [
        "forbid: count of looks up at least 2, negated",
        "forbid: count of looks up at least 2 becomes count of looks up at least 1",
        "forbid: count of looks up at least 2 becomes count of looks up at least 3",
        "forbid: count of looks up at least 2: depth 3 becomes 2",
        "forbid: count of looks up at least 2: depth 3 becomes 4",
        "on_unknown: pass",
    ]


def test_the_target_is_changed_too() -> None:
    told = [mutant.what for mutant in mutants(compiled("{custom: true}", "{role: crm}"))]

    assert told[:2] == ["target: role is crm, negated", "target: role is crm becomes role is erp"]


def test_a_mutant_that_nothing_can_tell_from_the_policy_is_no_survivor() -> None:
    law = RULE % ("", "{all: [{custom: true}, {any: [{custom: true}, {alive: true}]}]}")
    tests = (
        "  - policy: x/y\n    violation:\n      - both: {custom: true, alive: true}\n"
        "      - one: {custom: true, alive: false}\n    pass:\n      - other: {custom: false, alive: true}\n"
        "    unknown:\n      - open: {custom: unknown, alive: true}\n"
    )
    (proof,) = prove_all(tried(tests, law))

    assert [mutant.what for mutant in proof.equivalent] == [
        "forbid: any of custom is true and alive is true, left out",
        "forbid: alive is true, left out",
        "forbid: alive is true, negated",
    ]
    assert proof.survivors == ()


def test_a_difference_behind_a_path_is_never_said_to_be_none() -> None:
    one = compiled("{has: {path: [object, {rel: fields, where: {length: {ge: 5}}}]}}")
    other = compiled("{has: {path: [object, {rel: fields, where: {length: {ge: 6}}}]}}")

    assert not difference(one, other, AS_OF).proven_none


def test_what_only_two_neighbours_together_show_is_found() -> None:
    one = compiled(
        "{all: [{has: {rel: referenced_by, where: {active: true}}}, {has: {rel: referenced_by, where: {label: a}}}]}"
    )
    other = compiled("{has: {rel: referenced_by, where: {active: true, label: a}}}")

    assert difference(one, other, AS_OF).said == (
        'referenced_by: [{active: true, label: ""}, {active: false, label: a}]',
    )
