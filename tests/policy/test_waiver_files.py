"""Waiver files are edited as text: what people wrote around a waiver stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ConfigurationError
from auditor.policy.syntax import NOWHERE
from auditor.policy.waiver_files import next_id, with_waiver, without_waivers
from auditor.policy.waivers import Category, Waiver, read_waivers

FILE = """\
# Exceptions of Nordvik. Reviewed each quarter.
version: 1
waivers:
  # Sales asked for it in May.
  - id: W-001
    policy: x/dead
    subject: crm:A.a
    category: accepted
    reason: "Needed: by the audit"  # see minutes
    owner: sales
    approved_by: erp-owner
    approved_on: 2026-11-01
    expires: 2027-03-31

  - id: W-007
    policy: x/dead
    selector: crm:B.*
    max_matches: 3
    category: mitigated
    reason: |
      Two lines
      of reasons
    owner: sales
    approved_by: erp-owner
    approved_on: 2026-11-01
    expires: 2027-03-31
# The end.
"""
NEW = Waiver(
    id="W-008",
    policy="x/dead",
    subject="crm:C.c",
    category=Category.PLANNED_REMOVAL,
    reason="It goes with the old portal",
    owner="sales",
    approved_by="erp-owner",
    approved_on=date(2026, 11, 21),
    expires=date(2027, 6, 30),
    evidence="proven; 64 fields",
)
WRITTEN = """\
  - id: W-008
    policy: x/dead
    subject: crm:C.c
    category: planned_removal
    reason: It goes with the old portal
    owner: sales
    approved_by: erp-owner
    approved_on: 2026-11-21
    expires: 2027-06-30
    evidence: "proven; 64 fields"
"""
EMPTY = "# Exceptions\nversion: 1\nwaivers: []  # none yet\n"


def test_a_waiver_is_written_behind_the_last_one() -> None:
    assert with_waiver(FILE, NEW, "w.yaml") == FILE.replace("# The end.\n", WRITTEN + "# The end.\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "version: 1\nwaivers:\n" + WRITTEN, id="a file that is not there yet"),
        pytest.param(EMPTY, "# Exceptions\nversion: 1\nwaivers:   # none yet\n" + WRITTEN, id="an empty list"),
        pytest.param("version: 1\nwaivers:\n", "version: 1\nwaivers:\n" + WRITTEN, id="a list without items"),
    ],
)
def test_a_first_waiver(text: str, expected: str) -> None:
    assert with_waiver(text, NEW, "w.yaml") == expected


def test_a_waiver_that_the_file_cannot_hold_is_refused_with_every_problem() -> None:
    wrong = replace(NEW, id="W-001", approved_by="Sales", expires=date(2026, 1, 1))

    with pytest.raises(ConfigurationError) as caught:
        with_waiver(FILE, wrong, "w.yaml")

    assert [problem.split(": ", 1)[1] for problem in caught.value.problems] == [
        "waiver W-001 stands twice, first on line 5",
        "approved_by must be another person than owner",
        "it expires on 2026-01-01, before it was approved",
    ]


def test_a_waiver_goes_with_the_comment_above_it() -> None:
    start, end = FILE.index("  # Sales"), FILE.index("  - id: W-007")

    assert without_waivers(FILE, {"W-001"}, "w.yaml") == FILE[:start] + "\n" + FILE[end:]


def test_the_last_waiver_goes_and_what_follows_stays() -> None:
    start = FILE.index("  - id: W-007")

    assert without_waivers(FILE, {"W-007"}, "w.yaml") == FILE[:start] + "# The end.\n"


def test_without_any_waiver_the_list_is_empty_and_still_a_list() -> None:
    text = without_waivers(FILE, {"W-001", "W-007"}, "w.yaml")

    assert (text.splitlines()[2], read_waivers(text, "w.yaml")) == ("waivers: []", ())


def test_waivers_in_one_line_are_left_to_people() -> None:
    row = "id: W-001, policy: x, subject: s, category: accepted, reason: r, owner: o, approved_by: p"
    text = f"version: 1\nwaivers:\n  - {{{row}, approved_on: 2026-01-01, expires: 2027-01-01}}\n"

    with pytest.raises(ConfigurationError) as caught:
        without_waivers(text, {"W-001"}, "w.yaml")

    assert caught.value.problems == (
        "w.yaml:3:1: waiver W-001 is not written as a block that begins with `- id:`; edit it by hand",
    )


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        pytest.param([], "W-001", id="the first"),
        pytest.param(["W-001", "W-014", "tender"], "W-015", id="after the greatest number"),
        pytest.param(["W-999"], "W-1000", id="beyond three digits"),
    ],
)
def test_next_id(ids: list[str], expected: str) -> None:
    assert next_id([replace(NEW, id=name) for name in ids]) == expected


@given(st.text(min_size=1).map(str.strip).filter(lambda text: text and text.isprintable()))
def test_what_is_written_is_read_back_and_taken_out_again(reason: str) -> None:
    written = with_waiver(FILE, replace(NEW, reason=reason), "w.yaml")

    found = {waiver.id: waiver for waiver in read_waivers(written, "w.yaml")}
    assert replace(found["W-008"], place=NOWHERE) == replace(NEW, reason=reason)
    assert without_waivers(written, {"W-008"}, "w.yaml") == FILE
