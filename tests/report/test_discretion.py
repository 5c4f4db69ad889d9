"""No report speaks of so few that it speaks of a person."""

from __future__ import annotations

import json

import pytest

from auditor.report.discretion import discreet, veiled
from auditor.report.rendering import FORMATS, render
from tests.report.samples import SAMPLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("3 users", "fewer than 5 users", id="three users"),
        pytest.param("1 user", "fewer than 5 user", id="one user"),
        pytest.param("at least 2 actors", "fewer than 5 actors", id="a lower bound of two"),
        pytest.param("2 to 4 users", "fewer than 5 users", id="bounds below five"),
        pytest.param("4 active people", "fewer than 5 active people", id="four active people"),
        pytest.param(
            "36 active users of 42, 2 of them idle",
            "36 active users of 42, fewer than 5 of them idle",
            id="a part",
        ),
        pytest.param("0 users", "0 users", id="nobody is a finding and stays"),
        pytest.param("5 users", "5 users", id="five may be told"),
        pytest.param("14 users", "14 users", id="fourteen end in four and may be told"),
        pytest.param("1,204 users", "1,204 users", id="thousands may be told"),
        pytest.param("3 components", "3 components", id="components are no people"),
    ],
)
def test_small_groups_are_not_told(text: str, expected: str) -> None:
    assert veiled(text) == expected


def test_counts_of_few_people_are_veiled_in_the_inventory() -> None:
    place = SAMPLE.inventory_facts.index("readable_by")

    assert [row.values[place] for row in discreet(SAMPLE).inventory] == ["fewer than 5", 12, 0]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "xlsx"])
def test_no_format_tells_of_three_people(form: str) -> None:
    text = render(SAMPLE, form).decode()

    assert ("3 actors" in text, "3 users" in text) == (False, False)


def test_paths_of_this_machine_are_cut_at_their_common_folder() -> None:
    document = json.loads(render(SAMPLE, "json"))

    assert document["systems"][0]["location"] == "salesforce"
    assert document["findings"][0]["evidence"][0]["source"] == "fill-by-cohort (kit/fill, 2026-11-20)"
    assert [row["path"] for row in document["coverage"]] == [
        *("kit/Report.csv", "repo"),
        *("kit/F.csv", "kit/fill"),
    ]
