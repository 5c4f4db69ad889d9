"""Objects of other systems and in other languages than the weights were learned on.

`elsewhere.csv` was written for this test by the people who wrote the lexicon: names and a few fields as ERPNext,
Odoo, OFBiz, Tryton, Epicor, NetSuite, iDempiere and others have them, documents in eleven languages, and custom
objects with names that mislead. It guards against getting worse; how good the classifier is stands in
docs/accuracy.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.concepts.classifying import Classified, load_classifier
from auditor.concepts.natures import NATURE_OF
from bench.predict_concepts import language_of, profile_of, read_rows

ROWS = list(read_rows(Path(__file__).parent / "elsewhere.csv"))
OWNED = {each for each, nature in NATURE_OF.items() if nature == "transaction"} | {
    "stock",
    "price",
    "product_structure",
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Classified]:
    classifier = load_classifier()
    return {row["id"]: classifier.classify(profile_of(row), language_of(row)) for row in ROWS}


def test_nine_in_ten_are_what_they_are_labelled(answers: dict[str, Classified]) -> None:
    right = sum(answers[row["id"]].concept == row["concept"] for row in ROWS)

    assert right / len(ROWS) >= 0.9


def test_what_an_erp_owns_is_not_said_of_anything_else(answers: dict[str, Classified]) -> None:
    said = [
        row["concept"] in OWNED
        for row in ROWS
        if answers[row["id"]].certain and answers[row["id"]].concept in OWNED
    ]

    assert sum(said) / len(said) >= 0.97


def test_an_answer_below_one_half_is_no_answer(answers: dict[str, Classified]) -> None:
    unsure = [found for found in answers.values() if found.concept is not None and found.confidence < 0.5]

    assert {found.certain for found in unsure} == {False}
