from __future__ import annotations

import pytest

from auditor.errors import ConfigurationError
from auditor.policy.testing.packs import beside, prove_all, run_fixtures
from auditor.policy.testing.reporting import coverage, failures, summary, survivors
from tests.policy.fakes import VOCABULARY, FakeLibrary
from tests.policy.testing.law import HEAD, LAW, tried

LONG = """\
  - policy: x/long
    usually: {custom: true, length: 60}
"""


def test_what_is_as_expected_is_clean_and_policies_without_a_test_are_named() -> None:
    tested = tried(LONG + "    violation: [it is long]\n    pass:\n      - it is short: {length: 59}\n")

    assert failures(tested) == ()
    assert [policy.info.id for policy in tested.untested] == ["x/crowded"]
    assert summary([tested], None) == "2 cases of 1 policies, all as expected, 1 policies without a test"


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        pytest.param(
            "    violation:\n      - it is short: {length: 59}\n",
            ("law.test.yaml:7:9: x/long: missed: it is short: violation expected, pass given",),
            id="a finding that did not come is missed",
        ),
        pytest.param(
            "    pass:\n      - it is long\n",
            (
                "law.test.yaml:7:9: x/long: unexpected: it is long: pass expected, violation given "
                "(Long: length 60 (at least 60))",
            ),
            id="a finding that came instead of a pass is not expected",
        ),
        pytest.param(
            "    violation:\n      - it is open: {length: unknown}\n",
            (
                "law.test.yaml:7:9: x/long: wrong: it is open: violation expected, unknown given "
                "(Long: cannot tell, since length is left open)",
            ),
            id="an unknown is no violation",
        ),
        pytest.param(
            "    violation:\n      - it is short: {length: 59, todo: true}\n",
            (),
            id="an expectation that is still to do may fail",
        ),
        pytest.param(
            "    violation:\n      - it is long: {todo: true}\n",
            ("law.test.yaml:7:9: x/long: it is long: holds by now, so take todo: true away",),
            id="an expectation that is still to do and holds says so",
        ),
        pytest.param(
            "    waived:\n      - it was accepted: {waiver: {expires: 2026-11-21}}\n",
            (),
            id="a waiver holds on its last day",
        ),
        pytest.param(
            "    waived:\n      - it was accepted: {waiver: {expires: 1d ago}}\n",
            (
                "law.test.yaml:7:9: x/long: wrong: it was accepted: waived expected, violation given "
                "(Long: length 60 (at least 60) (waiver W-1 expired on 2026-11-20))",
            ),
            id="a waiver that expired is not honoured",
        ),
    ],
)
def test_what_is_not_as_expected_is_told_by_place(cases: str, expected: tuple[str, ...]) -> None:
    assert failures(tried(LONG + cases)) == expected


def test_a_violation_of_a_neighbour_that_nobody_expected_is_told() -> None:
    tested = tried(
        "  - policy: x/long\n    nodes:\n      other: {kind: field, custom: true, length: 99}\n"
        "    usually: {custom: true, length: 1}\n    pass: [it is short]\n"
    )

    assert failures(tested) == ("law.test.yaml:4:13: x/long: unexpected: other: Long: length 99 (at least 60)",)


def test_parameters_of_a_test_take_the_place_of_the_documents() -> None:
    tested = tried(
        "  - policy: x/long\n    params: {limit: 3}\n    usually: {custom: true, length: 3}\n"
        "    violation: [it is long]\n"
    )

    assert failures(tested) == ()


def test_neighbours_are_counted_left_open_and_shared() -> None:
    tested = tried("""\
  - policy: x/crowded
    nodes:
      shared: {kind: field, custom: true}
    violation:
      - three: {fields: [{times: 3, custom: true}]}
      - three and perhaps more: {fields: [{times: 3, custom: true}, unscanned]}
      - two and one that others share: {fields: [{times: 2, custom: true}, shared]}
    pass:
      - two: {fields: [{times: 2, custom: true}, {times: 5, custom: false}]}
      - none: {fields: none}
    unknown:
      - two and perhaps more: {fields: [{times: 2, custom: true}, unscanned]}
      - two and one that may be none: {fields: [{times: 2, custom: true}, {possible: true, custom: true}]}
      - nothing is said of them
""")

    assert failures(tested) == ()


def test_a_clause_that_no_fixture_holds_in_place_is_told_with_a_subject_that_would() -> None:
    tested = tried(LONG + "    violation: [it is long]\n    pass:\n      - it is far too short: {length: 5}\n")

    assert survivors(prove_all(tested)) == (
        "law.yaml:11:14: x/long: untested: forbid: length at least 60 becomes length at least 59; a subject with "
        "{custom: true, length: 59} would tell: pass, not violation",
        "law.yaml:4:5: x/long: untested: on_unknown: pass; a subject with {length: 60} would tell: "
        "unknown, not pass",
    )


def test_coverage_counts_the_cases_by_outcome_and_names_what_is_missing() -> None:
    tested = tried(LONG + "    violation: [it is long]\n    pass:\n      - it is short: {length: 59}\n")

    assert coverage(tested, prove_all(tested)) == (
        "x/crowded  no test",
        "x/long     violation 1 pass 1  (no unknown)  4 of 5 mutants noticed",
    )


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        pytest.param(
            "  - {}\n", "4:5: a test names its policy: write policy: sprawl/unused-field", id="no policy"
        ),
        pytest.param(
            "  - policy: x/lung\n",
            "4:13: 'x/lung' is no policy here. Did you mean x/long?",
            id="a policy with a typo",
        ),
        pytest.param(
            "  - policy: x/long\n    violations: [a]\n",
            "5:5: 'violations' is no key of a test. Did you mean violation?",
            id="an outcome with a typo",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: it is short\n",
            "5:11: pass is a list of sentences, each with what is special about its subject",
            id="cases that are no list",
        ),
        pytest.param(
            "  - policy: x/long\n    pass:\n      - {a: {}, b: {}}\n",
            "6:9: a case is one sentence, and after a colon what is special about its subject",
            id="two sentences in one case",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: [a, a]\n",
            "5:15: two cases of x/long say 'a'",
            id="the same sentence twice",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: [{a: {lenght: 5}}]\n",
            "5:17: 'lenght' is no fact of field. Did you mean length?",
            id="a fact with a typo",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: [{a: {length: five}}]\n",
            "5:25: length: write a whole number, `3 to 5` or `at least 3`, not 'five'",
            id="a number that is none",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: [{a: {object: some}}]\n",
            "5:25: object is none, unscanned or a list of neighbours",
            id="a relation that is no list",
        ),
        pytest.param(
            "  - policy: x/long\n    pass: [{a: {object: [nobody]}}]\n",
            "5:26: 'nobody' is no node: describe it under nodes:, or write it as a mapping",
            id="a neighbour that nobody described",
        ),
        pytest.param(
            "  - policy: x/crowded\n    pass: [{a: {fields: [{times: 0}]}}]\n",
            "5:34: times is a whole number from 1 to 2,000",
            id="no neighbour at all",
        ),
        pytest.param(
            "  - policy: x/long\n", "4:5: the test of x/long has no case: list some under an outcome", id="no case"
        ),
    ],
)
def test_a_wrong_fixture_gives_one_message_at_its_place(tests: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        tried(tests)

    assert caught.value.problems == (f"law.test.yaml:{expected}",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[]", "1:1: fixtures are a mapping with as_of: and tests: (a list)", id="no mapping"),
        pytest.param(
            "tests: []", "1:1: as_of is missing or no day: write as_of: 2026-11-21", id="no day to count from"
        ),
    ],
)
def test_a_file_that_holds_no_fixtures_is_refused(text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        run_fixtures("law.yaml", FakeLibrary({"law.yaml": LAW, "law.test.yaml": text}), VOCABULARY)

    assert f"law.test.yaml:{expected}" in caught.value.problems


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param("pack:scope", "pack:scope.test", id="a pack"),
        pytest.param("policies/ours.yaml", "policies/ours.test.yaml", id="a file"),
        pytest.param("ours", "ours.test", id="a file without an ending"),
    ],
)
def test_fixtures_stand_beside_the_policies(reference: str, expected: str) -> None:
    assert beside(reference) == expected


def test_a_document_without_fixtures_is_untested() -> None:
    tested = run_fixtures("law.yaml", FakeLibrary({"law.yaml": LAW}), VOCABULARY)

    assert [policy.info.id for policy in tested.untested] == ["x/crowded", "x/long"]
    assert HEAD.startswith("version: 1")


@pytest.mark.parametrize(
    ("changed", "untested"),
    [
        pytest.param("severity: high", [], id="a severity"),
        pytest.param("forbid: {length: {ge: 5}}", ["x/long"], id="a condition"),
    ],
)
def test_a_policy_that_a_document_changes_is_its_own_where_it_asks_something_else(
    changed: str, untested: list[str]
) -> None:
    own = f"version: 1\nextends: law.yaml\npolicies:\n  - {{id: x/long, {changed}}}\n"
    tested = run_fixtures("own.yaml", FakeLibrary({"law.yaml": LAW, "own.yaml": own}), VOCABULARY)

    assert [policy.info.id for policy in tested.untested] == untested
