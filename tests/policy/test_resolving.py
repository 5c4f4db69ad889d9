from __future__ import annotations

import json

from auditor.policy.loading import given_params
from auditor.policy.resolving import Resolved, resolved, resolved_json, resolved_text
from tests.policy.fakes import FakeLibrary

BASE = """\
version: 1
params: {limit: 60, days: 90d}
policies:
  - id: base/one
    title: One
    severity: low
    forbid: {length: {ge: "{limit}"}, tags: [a, b]}
"""
OWN = """\
version: 1
extends: pack:base
params: {limit: 70}
lists:
  ours: {kind: field, subjects: ["crm:A.*"]}
policies:
  - {id: base/one, severity: high}
"""
EXPECTED = (
    Resolved("params", "days", "30d", "auditor.yaml"),
    Resolved("params", "limit", "70", "own.yaml:3:17"),
    Resolved("lists", "ours", "{kind: field, subjects: [crm:A.*]}", "own.yaml:5:9"),
    Resolved("base/one", "id", "base/one", "own.yaml:7:10"),
    Resolved("base/one", "title", "One", "pack:base:5:12"),
    Resolved("base/one", "severity", "high", "own.yaml:7:30"),
    Resolved("base/one", "forbid", "{length: {ge: {limit}}, tags: [a, b]}", "pack:base:7:13"),
)


def test_every_value_names_the_place_that_it_is_from() -> None:
    library = FakeLibrary({"own.yaml": OWN, "pack:base": BASE})

    assert resolved(["own.yaml"], library, given_params({"days": "30d"}), "auditor.yaml") == EXPECTED


def test_it_is_printed_for_people_and_for_machines() -> None:
    assert resolved_text(EXPECTED)[:3] == ("params", "  days: 30d  (auditor.yaml)", "  limit: 70  (own.yaml:3:17)")
    assert json.loads(resolved_json(EXPECTED))["values"][1] == {
        "owner": "params",
        "name": "limit",
        "value": "70",
        "origin": "own.yaml:3:17",
    }
