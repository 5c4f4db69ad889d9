"""What the example CRM repeats of its ERP: the planted copies are found, and nothing innocent is accused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from auditor.auditing import audit
from auditor.config.reading import read_config
from auditor.facts.base import Facts
from auditor.facts.found_matches import matches
from auditor.formats.yamls import load_plain
from auditor.judging import facts_for
from auditor.model.findings import Finding, Outcome
from auditor.model.matches import Match
from auditor.usage.registry import BY_ID
from auditor.workspace.inputs import gather_inputs

NORDVIK = Path(__file__).parents[2] / "examples" / "nordvik"
TRUTH = cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))
STORIES: list[dict[str, Any]] = TRUTH["stories"]
UNFOUND = {("crm:Product2.Item_Group__c", "erp:artikel.artgrupp")}
"""`art` is short for two words of the languages of the North; which one, nothing says."""
SHOWN_AGAIN = {
    "erp:kundpris": "erp:CustomerPrice",
    "erp:serviceavtal": "erp:ServiceContract",
    "erp:individ": "erp:Machine",
    "erp:artikel": "erp:Item",
}
"""What the ERP's API shows of its tables under other names."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Audited:
    """The example after its audit."""

    facts: Facts
    findings: tuple[Finding, ...]

    def accused(self, pack: str) -> set[str]:
        """What the policies of a pack, or one of them, hold to be wrong."""
        return {
            each.subject
            for each in self.findings
            if f"{each.policy}/".startswith(f"{pack}/") and each.outcome is Outcome.VIOLATION
        }


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    folder = tmp_path_factory.mktemp("nordvik") / "nordvik"
    left = shutil.ignore_patterns("usage", "out", "__pycache__", ".auditor", "*.sqlite")
    shutil.copytree(NORDVIK, folder, ignore=left)
    subprocess.run([sys.executable, str(folder / "generate.py")], check=True, capture_output=True)
    inputs = gather_inputs(
        read_config(folder / "auditor.yaml", BY_ID), date(2026, 11, 21), lambda _step, _done, _total: None
    )
    return Audited(facts_for(inputs), audit(inputs).findings)


def _sure(facts: Facts) -> list[Match]:
    found = matches(facts)
    return [match for match in (*found.objects, *found.fields) if match.score >= 0.5]


def _ends(match: Match) -> tuple[str, str]:
    crm = f"{match.crm_system}:{match.crm_object}" + (f".{match.crm_field}" if match.crm_field else "")
    erp = f"{match.erp_system}:{match.erp_object}" + (f".{match.erp_field}" if match.erp_field else "")
    return crm, erp


def _object(key: str) -> str:
    return key.partition(".")[0]


def _planted_pairs() -> Iterator[tuple[str, str]]:
    for story in STORIES:
        yield from ((pair["crm"], pair["erp"]) for pair in story.get("pairs", ()))


def _planted_objects() -> set[tuple[str, str]]:
    told = {
        (_object(subject), _object(original))
        for story in STORIES
        for subject in story.get("subjects", ())
        for original in story.get("originals", ())
    }
    told |= {(_object(crm), _object(erp)) for crm, erp in _planted_pairs()}
    return told | {(crm, SHOWN_AGAIN[erp]) for crm, erp in told if erp in SHOWN_AGAIN}


def _innocent() -> set[str]:
    return {
        subject for story in STORIES if story["verdict"] == "innocent" for subject in story.get("subjects", ())
    }


def _copies() -> set[str]:
    """Fields that are copies by the stories, or by what the company itself compares with the ERP."""
    config = cast(dict[str, Any], load_plain((NORDVIK / "auditor.yaml").read_bytes()))
    compared = {
        f"crm:{pair['crm']['object']}.{field['crm']}"
        for pair in config["reconcile"]["pairs"]
        for field in pair.get("fields", ())
    }
    copied = {subject for story in STORIES if story.get("originals") for subject in story["subjects"]}
    return compared | copied | {crm for crm, _ in _planted_pairs()}


def test_the_planted_copies_are_found_but_for_one_that_is_named(audited: Audited) -> None:
    planted = set(_planted_pairs())
    found = {_ends(match) for match in _sure(audited.facts)}

    assert planted - found == UNFOUND


def test_nothing_is_paired_with_an_object_that_it_was_not_copied_from(audited: Audited) -> None:
    found = {(_object(crm), _object(erp)) for crm, erp in map(_ends, _sure(audited.facts))}

    assert found - _planted_objects() == set()


def test_nothing_innocent_is_accused_unless_it_is_a_copy_and_innocent_of_something_else(audited: Audited) -> None:
    accused = audited.accused("duplicates")

    assert accused & _innocent() - _copies() == set()


def test_what_only_one_side_writes_has_no_two_writers(audited: Audited) -> None:
    told = {story["id"]: set(story.get("subjects", ())) for story in STORIES}
    one_side = told["written-by-integration"] | told["written-by-people"]

    assert audited.accused("duplicates/two-writers") & one_side == set()


def test_what_the_charter_lets_the_crm_give_birth_to_is_no_copy(audited: Audited) -> None:
    charter = cast(dict[str, Any], load_plain((NORDVIK / "charter.yaml").read_bytes()))
    born = {mirror["field"] for mirror in charter["mirrors"] if mirror["from"] == "crm"}

    assert audited.accused("duplicates") & born == set()


def test_registers_kept_twice_are_those_that_were_planted(audited: Audited) -> None:
    kept = {each.subject for each in audited.findings if each.policy == "duplicates/shadow-object"}

    assert kept == {
        "crm:Cost_Estimate__c",
        "crm:Deal_Package__c",
        "crm:Order_Line__c",
        "crm:Price_Agreement__c",
        "crm:Price_Agreement_Row__c",
        "crm:Stock_Level__c",
    }


def test_near_duplicates_are_the_planted_clusters_and_no_others(audited: Audited) -> None:
    planted = next(story["clusters"] for story in STORIES if story["id"] == "near-duplicates")
    redundant = {each.subject for each in audited.findings if each.policy == "duplicates/nearly-the-same"}

    survivors = {audited.facts.fact(key, "survivor") for key in redundant}
    assert survivors == {cluster[0] for cluster in planted}
    assert redundant == {key for cluster in planted for key in cluster[1:]}
