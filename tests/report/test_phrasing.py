"""Figures, days and values have one spelling."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.report import phrasing
from auditor.report.naming import Names


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(Unknown("nobody counted"), "unknown", id="what nobody knows is said to be unknown"),
        pytest.param(ABSENT, "–", id="what cannot apply is a dash"),
        pytest.param(True, "yes", id="true is yes"),
        pytest.param(False, "no", id="false is no"),
        pytest.param(1234567, "1,234,567", id="thousands are set apart"),
        pytest.param(0.0, "0 %", id="nothing is nought percent"),
        pytest.param(0.004, "under 1 %", id="little is not nothing"),
        pytest.param(0.237, "24 %", id="a share is whole percent"),
        pytest.param(0.996, "over 99 %", id="nearly all is not all"),
        pytest.param(1.0, "100 %", id="all is all"),
        pytest.param(CountRange(7, None), "≥ 7", id="a count that is open upward"),
        pytest.param(CountRange(2, 4), "2–4", id="a count within bounds"),
        pytest.param(Never(None, date(2026, 11, 1)), "never", id="never, watched from the beginning"),
        pytest.param(
            Never(date(2026, 1, 1), date(2026, 11, 1)), "never since 2026-01-01", id="never, within a log"
        ),
        pytest.param(DateRange.on(date(2026, 3, 1)), "2026-03-01", id="an exact day"),
        pytest.param(DateRange(date(2025, 10, 1), date(2025, 12, 31)), "2025-Q4", id="the bounds of a quarter"),
        pytest.param(
            DateRange(date(2025, 10, 1), date(2025, 12, 30)), "2025-10-01 to 2025-12-30", id="other bounds"
        ),
        pytest.param(DateRange(None, date(2022, 1, 17)), "by 2022-01-17", id="bounded above alone"),
        pytest.param(DateRange(date(2022, 1, 17), None), "since 2022-01-17", id="bounded below alone"),
        pytest.param(DateRange(None, None), "unknown", id="not bounded at all"),
        pytest.param(("a", "b"), "a, b", id="several texts"),
        pytest.param((), "–", id="no texts"),
    ],
)
def test_value_in_words(value: Value, expected: str) -> None:
    assert phrasing.value_words(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("older than 395d", "older than 395 days", id="days are written out"),
        pytest.param("created 2023-10-01 to 2023-12-31", "created 2023-Q4", id="bounds of a quarter become it"),
        pytest.param("2023-10-01 to 2023-12-30", "2023-10-01 to 2023-12-30", id="other bounds stay"),
        pytest.param("2023-99-01 to 2023-12-31", "2023-99-01 to 2023-12-31", id="what is no day stays"),
    ],
)
def test_text_made_tidy(text: str, expected: str) -> None:
    assert phrasing.tidied(text) == expected


@pytest.mark.parametrize(
    ("names", "most", "expected"),
    [
        pytest.param([], 0, "", id="nothing"),
        pytest.param(["a"], 0, "a", id="one"),
        pytest.param(["a", "b", "c"], 0, "a, b and c", id="three"),
        pytest.param(["a", "b", "c", "d"], 2, "a, b and 2 more", id="more than are to be named"),
    ],
)
def test_names_in_a_row(names: list[str], most: int, expected: str) -> None:
    assert phrasing.listed(names, most) == expected


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        pytest.param("1. Ask. 2. Move it.", ("Ask.", "Move it."), id="numbered steps"),
        pytest.param(
            "Ask version 2.1 users.", ("Ask version 2.1 users.",), id="a number within a sentence is none"
        ),
        pytest.param("", (), id="no advice"),
    ],
)
def test_steps_of_advice(fix: str, expected: tuple[str, ...]) -> None:
    assert phrasing.steps_of(fix) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param("crm:Account.Region__c", "Account.Region__c", id="a field of the one CRM"),
        pytest.param("erp:Orders.Total", "erp:Orders.Total", id="a field of another system"),
        pytest.param("crm:list_view/Account.All", "list view Account.All", id="a component, with its kind"),
        pytest.param("crm:", "crm", id="a system"),
        pytest.param("no subject at all", "no subject at all", id="what is no subject stays as it is"),
    ],
)
def test_subject_as_people_read_it(subject: str, expected: str) -> None:
    assert Names("crm").short(subject) == expected
