"""What the example company's objects and fields are for the business, as TRUTH.yaml states it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.formats.trees import open_tree
from auditor.formats.yamls import load_plain
from auditor.graph.build import build_graph
from auditor.model.catalogue import Role
from auditor.model.observations import Evidence
from auditor.sources.salesforce.source import read_salesforce

NORDVIK = Path(__file__).parents[2] / "examples" / "nordvik"
TRUTH = cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))


@pytest.fixture(scope="module")
def told() -> Facts:
    catalog = read_salesforce(open_tree(str(NORDVIK / "salesforce")), "crm", Role.CRM)
    return facts_of(build_graph([catalog], Evidence()), Evidence(), Settings(as_of=date(2026, 11, 21)))


def _stated() -> Iterator[Any]:
    for story in TRUTH["stories"]:
        expected = {
            key: value for key, value in (story.get("expect") or {}).items() if key in ("concept", "nature")
        }
        for subject in story.get("subjects", ()):
            for fact, value in expected.items():
                yield pytest.param(subject, fact, value, id=f"{story['id']}: {subject} {fact}")
        for subject, concept in (story.get("concepts") or {}).items():
            yield pytest.param(subject, "concept", concept, id=f"{story['id']}: {subject}")


@pytest.mark.parametrize(("subject", "fact", "value"), list(_stated()))
def test_a_thing_is_what_its_story_says(told: Facts, subject: str, fact: str, value: str) -> None:
    assert told.fact(subject, fact) == value


def test_nothing_innocent_is_called_a_transaction_or_stock(told: Facts) -> None:
    (innocent,) = (story["subjects"] for story in TRUTH["stories"] if story["id"] == "activity-objects")

    natures = {subject: told.fact(subject, "nature") for subject in innocent}
    assert {subject for subject, nature in natures.items() if nature == "transaction"} == set()


def test_every_object_of_the_crm_is_recognised_but_for_a_log_of_something_else(told: Facts) -> None:
    sure = {key for key in told.subjects("object") if isinstance(told.fact(key, "concept"), str)}

    assert set(told.subjects("object")) - sure == {"crm:Fair_Log__c"}
