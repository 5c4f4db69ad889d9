"""Whatever stands in a policy or waiver file, it is read or refused with its problems, never with a traceback."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import ConfigurationError
from auditor.policy.conditions import GROUPS, NEIGHBOURHOOD_KEYS, QUANTIFIERS
from auditor.policy.loading import load_policies
from auditor.policy.rules import PILLARS, RULE_KEYS, TARGET_KEYS
from auditor.policy.syntax import Operator
from auditor.policy.waivers import WAIVER_KEYS, read_waivers
from tests.policy.fakes import VOCABULARY, FakeLibrary

WORDS = (
    *(fact.name for fact in VOCABULARY.facts),
    *(relation.name for relation in VOCABULARY.relations),
    *RULE_KEYS, *TARGET_KEYS, *GROUPS, *QUANTIFIERS, *NEIGHBOURHOOD_KEYS, *Operator, *PILLARS,
    "field", "object", "component", "crm", "low", "disabled", "90d", "50%", "2026-02-30", "{limit}", "(a+)+",
    "", "x\x00y",
)  # fmt: skip
scalars = (
    st.sampled_from(WORDS)
    | st.integers(-1, 99)
    | st.booleans()
    | st.none()
    | st.floats(0, 2)
    | st.text(max_size=4)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=12,
)
rules = st.fixed_dictionaries(
    {"id": st.sampled_from(("a/b", "a/c", "base/one"))},
    optional={**dict.fromkeys(RULE_KEYS[1:], values), "target": values | st.just({"kind": "field"})},
)
documents = st.fixed_dictionaries(
    {"version": st.just(1) | values},
    optional={
        "extends": values,
        "params": values,
        "lists": values,
        "policies": st.lists(rules, max_size=3) | values,
    },
)
waivers = st.fixed_dictionaries(
    {"waivers": st.lists(st.dictionaries(st.sampled_from(WAIVER_KEYS), values), max_size=3)}
)
PLACED = re.compile(r"own\.yaml:\d+:\d+: .+", re.DOTALL)


@settings(max_examples=400, deadline=None)
@given(documents)
def test_any_policy_document(document: object) -> None:
    try:
        load_policies(["own.yaml"], FakeLibrary({"own.yaml": json.dumps(document)}), VOCABULARY)
    except ConfigurationError as error:
        assert error.problems
        assert all(PLACED.fullmatch(problem) for problem in error.problems)


@settings(max_examples=200, deadline=None)
@given(waivers | values)
def test_any_waiver_file(document: object) -> None:
    try:
        read_waivers(json.dumps(document), "own.yaml")
    except ConfigurationError as error:
        assert error.problems
        assert all(PLACED.fullmatch(problem) for problem in error.problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text(max_size=40))
def test_any_bytes(data: bytes | str) -> None:
    try:
        read_waivers(data, "own.yaml")
    except ConfigurationError as error:
        assert all(PLACED.fullmatch(problem) for problem in error.problems)
