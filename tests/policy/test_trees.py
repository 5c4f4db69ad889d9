from __future__ import annotations

from datetime import date

import pytest

from auditor.model.values import Unknown
from auditor.model.vocabulary import Edge, Related
from auditor.policy.binding import Ground
from auditor.policy.evaluating import judge
from auditor.policy.trees import judgement_lines
from tests.policy.fakes import FakeFacts
from tests.policy.testing.law import tried

LAW = """\
version: 1
policies:
  - {id: x/y, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field, where: {custom: true}},
     %s}
"""
FACTS = FakeFacts(
    nodes={"field": ("f",), "component": ("c1", "c2"), "object": ("o",)},
    facts={("f", "custom"): True, ("f", "length"): 5, ("c1", "active"): True},
    relations={
        ("f", "referenced_by"): Related((Edge("c1"), Edge("c2"))),
        ("f", "object"): Related((), Unknown("objects were not read", ("describe",))),
    },
)


def tree(text: str, facts: FakeFacts = FACTS) -> list[str]:
    (policy,) = tried("  []\n", LAW % text).own
    judged = judge(policy, "f", Ground(facts, date(2026, 11, 21)))
    return list(judgement_lines(policy, judged, facts.source_of))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "forbid: {length: {ge: 5}}",
            ["  forbid: violated", "    T length at least 5: 5  [fake]"],
            id="a violation",
        ),
        pytest.param(
            "require: {any: [{length: {ge: 5}}, {custom: false}]}",
            [
                "  require: kept",
                "    T any of",
                "      T length at least 5: 5  [fake]",
                "      F custom is false: yes  [fake]",
            ],
            id="a pass, with the part that did not hold",
        ),
        pytest.param(
            "forbid: {has: {rel: referenced_by, where: {active: true}}}",
            [
                "  forbid: violated",
                "    T has referenced by: c1",
                "      of c1:",
                "        T active is true: yes  [fake]",
            ],
            id="the witnesses, and what holds of them",
        ),
        pytest.param(
            "forbid: {all: [{not: {alive: true}}, {lacks: {rel: object}}]}",
            [
                "  forbid: unknown",
                "    ? all of",
                "      ? not",
                "        ? alive is true: unknown (alive was not read)",
                "      ? lacks object (objects were not read)",
                "  open:",
                "    alive was not read: settled by alive-export",
                "    objects were not read: settled by describe",
            ],
            id="what is open, and what would settle it",
        ),
        pytest.param(
            "forbid: {count: {rel: referenced_by, gt: 5}}",
            ["  forbid: kept", "    F count of referenced by above 5: there are 2"],
            id="a count",
        ),
    ],
)
def test_a_judgement_is_told_node_by_node(text: str, expected: list[str]) -> None:
    assert tree(text) == ["  target: the policy speaks of it", "    T custom is true: yes  [fake]", *expected]


def test_of_a_subject_that_is_not_spoken_of_the_target_is_told() -> None:
    other = FakeFacts(nodes=FACTS.nodes, facts={("f", "custom"): False})

    assert tree("forbid: {alive: true}", other) == [
        "  target: the policy does not speak of it",
        "    F custom is true: no  [fake]",
    ]
