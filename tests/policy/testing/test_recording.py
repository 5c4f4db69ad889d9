# ruff: noqa: E501 - tables of exact texts
from __future__ import annotations

from datetime import date

from auditor.model.values import ABSENT, CountRange, DateRange, Unknown
from auditor.model.vocabulary import Edge, Related
from auditor.policy.binding import Ground
from auditor.policy.testing.packs import run_fixtures
from auditor.policy.testing.recording import record
from auditor.policy.testing.reporting import failures
from tests.policy.fakes import VOCABULARY, FakeFacts, FakeLibrary
from tests.policy.testing.law import tried

LAW = """\
version: 1
policies:
  - id: x/read
    title: Read
    severity: low
    pillar: usage
    why: W
    fix: F
    target: {kind: field, where: {custom: true, last_read: {older_than: 5d}}}
    forbid:
      all:
        - lacks: {rel: referenced_by, where: {active: true}, edge: {access: reads}}
        - has: {path: [object, fields], where: {length: {ge: 5}}}
        - tags: {contains: a}
        - fill_rate: {ge: 12.5%}
  - id: x/object
    title: Object
    severity: low
    pillar: usage
    why: W
    fix: F
    target: {kind: object}
    forbid: {rows: {gt: 5}}
"""
FACTS = FakeFacts(
    nodes={"object": ("crm:A",), "field": ("crm:A.a", "crm:A.b"), "component": ("c1", "c2", "c3")},
    facts={
        ("crm:A.a", "custom"): True,
        ("crm:A.a", "last_read"): DateRange(None, date(2026, 1, 1)),
        ("crm:A.a", "tags"): ("a", "b c"),
        ("crm:A.a", "fill_rate"): 0.125,
        ("crm:A.a", "length"): 4,
        ("crm:A.b", "length"): CountRange(5, None),
        ("c1", "active"): False,
        ("c2", "active"): False,
        ("c3", "active"): ABSENT,
    },
    relations={
        ("crm:A.a", "referenced_by"): Related(
            (
                Edge("c1", (("access", "reads"),)),
                Edge("c2", (("access", "reads"),)),
                Edge("c3", (("access", "writes"),), possible=True),
            ),
        ),
        ("crm:A.a", "object"): Related((Edge("crm:A"),)),
        ("crm:A", "fields"): Related((Edge("crm:A.a"), Edge("crm:A.b")), Unknown("not all were read")),
    },
)


def test_a_recorded_subject_is_judged_again_as_it_was() -> None:
    policies = tried("  []\n", LAW).own
    text = record(policies, "crm:A.a", Ground(FACTS, date(2026, 11, 21)))

    assert (
        text
        == """\
version: 1
as_of: 2026-11-21

tests:
  - policy: x/read
    violation:
      - "crm:A.a":
          custom: true
          last_read: 2026-01-01 or earlier
          tags: [a, b c]
          fill_rate: 12.5%
          referenced_by: [{times: 2, edge: {access: reads}, active: false}, {edge: {access: writes}, possible: true, active: absent}]
          object: [{fields: [{length: 4}, {length: at least 5}, unscanned]}]
"""
    )
    library = FakeLibrary({"law.yaml": LAW, "law.test.yaml": text})
    assert failures(run_fixtures("law.yaml", library, VOCABULARY)) == ()


def test_nothing_is_recorded_of_what_no_policy_speaks_of() -> None:
    assert record(tried("  []\n", LAW).own, "crm:A.b", Ground(FakeFacts(), date(2026, 11, 21))) == ""
