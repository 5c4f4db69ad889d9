"""The audit of the example company finds what was planted in it, no more and no less.

TRUTH.yaml states facts by name for each story and, for a number of policies, the exact subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from auditor.auditing import audit
from auditor.config.reading import read_config
from auditor.facts.base import Facts
from auditor.formats.yamls import load_plain
from auditor.judging import facts_for
from auditor.model.findings import Finding, Outcome
from auditor.model.names import parse_subject
from auditor.model.values import CountRange, DateRange, Never, Unknown, Value
from auditor.usage.registry import BY_ID
from auditor.workspace.inputs import gather_inputs
from tests import examples

AS_OF = date(2026, 11, 21)
TRUTH = cast(dict[str, Any], load_plain((examples.EXAMPLES / "nordvik" / "TRUTH.yaml").read_bytes()))

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Audited:
    """One example after its audit."""

    facts: Facts
    findings: tuple[Finding, ...]

    def reported(self, policy: str) -> set[str]:
        """Subjects that the policy speaks of as violated, waived or not."""
        told = (Outcome.VIOLATION, Outcome.WAIVED)
        return {
            finding.subject for finding in self.findings if finding.policy == policy and finding.outcome in told
        }


@pytest.fixture(scope="module")
def nordvik() -> Audited:
    return _audited(examples.nordvik())


@pytest.fixture(scope="module")
def lite() -> Audited:
    return _audited(examples.lite())


def _audited(folder: Path) -> Audited:
    inputs = gather_inputs(read_config(folder / "auditor.yaml", BY_ID), AS_OF, lambda _step, _done, _total: None)
    return Audited(facts_for(inputs), audit(inputs).findings)


def _planted(example: str) -> Iterator[Any]:
    for entry in TRUTH["findings"]:
        if entry.get("only_in", example) == example and not (
            example != "nordvik" and "nordvik/" in entry["policy"]
        ):
            yield pytest.param(entry["policy"], set(entry["exactly"]), id=entry["policy"])


@pytest.mark.parametrize(("policy", "subjects"), list(_planted("nordvik")))
def test_a_policy_reports_exactly_what_was_planted(nordvik: Audited, policy: str, subjects: set[str]) -> None:
    assert nordvik.reported(policy) == subjects


def _stories() -> Iterator[Any]:
    for story in TRUTH["stories"]:
        for fact, stated in (story.get("expect") or {}).items():
            if story["needs"] in ("facts", "org", "outside", "liveness"):
                data = story.get("subjects", story.get("outside_tree", ()))
                named = [*data, *(f"crm:{name}" for name in story.get("components", ()))]
                yield pytest.param(named, fact, stated, id=f"{story['id']}: {fact}")


@pytest.mark.parametrize(("subjects", "fact", "stated"), list(_stories()))
def test_a_fact_reads_as_the_story_says(nordvik: Audited, subjects: list[str], fact: str, stated: object) -> None:
    kinds = {kind for spec in nordvik.facts.vocabulary.facts if spec.name == fact for kind in spec.kinds}
    asked = [name for name in subjects if str(parse_subject(name).kind) in kinds]

    found = {name: nordvik.facts.fact(name, fact) for name in asked}

    assert asked, "the story names something that bears the fact"
    assert {name: value for name, value in found.items() if not _agrees(value, stated)} == {}


def test_nothing_innocent_is_called_unused_or_never_adopted(nordvik: Audited) -> None:
    innocent = {name for story in TRUTH["stories"] if story["verdict"] == "innocent" for name in story["subjects"]}
    accused = {
        policy: nordvik.reported(policy) & innocent for policy in ("sprawl/unused-field", "sprawl/never-adopted")
    }

    assert accused == {policy: set() for policy in accused}


def test_nothing_that_was_planted_as_alive_is_dead(nordvik: Audited) -> None:
    # Standard objects without a row, and objects that are innocent for what they are, may well be out of use.
    elsewhere = ("standard-but-empty", "activity-objects")
    stories = [story for story in TRUTH["stories"] if story["id"] not in elsewhere]
    spared = {name for each in stories if each["verdict"] in ("innocent", "unknown") for name in each["subjects"]}

    dead = {name for name in spared if nordvik.facts.fact(name, "alive") is False}

    assert dead == set()


@pytest.mark.parametrize(
    "policy",
    [
        "sprawl/tiny-object",
        "sprawl/budget",
        "sprawl/unreachable",
        "lifecycle/out-of-pipeline",
        "burden/required-unread",
    ],
)
def test_the_free_kit_alone_finds_what_it_can(lite: Audited, policy: str) -> None:
    (planted,) = (set(entry["exactly"]) for entry in TRUTH["findings"] if entry["policy"] == policy)

    assert lite.reported(policy) == planted


def test_the_free_kit_alone_accuses_nothing_that_the_logs_acquit(lite: Audited) -> None:
    for entry in TRUTH["findings"]:
        surplus = lite.reported(entry["policy"]) - set(entry["exactly"])
        assert surplus == set(), entry["policy"]


_KINDS: dict[object, type] = {"unknown": Unknown, "never": Never, "declared": str}
"""What a story may state of a value without its figure."""


def _agrees(value: Value, stated: object) -> bool:
    """Whether a value is what a story states: plain, a bound (`> 0.9`), `never`, `before 2025`, `in 2025-12`."""
    if isinstance(stated, str) and stated.startswith(("<", ">")):
        sign, number = stated.split()
        return isinstance(value, int | float) and (value < float(number) if sign == "<" else value > float(number))
    if isinstance(stated, str) and stated in _KINDS:
        return isinstance(value, _KINDS[stated])
    if isinstance(stated, str) and (match := re.fullmatch(r"(before|in) (\d{4}(?:-\d\d){0,2})", stated)):
        if isinstance(value, Never):  # nothing since that day, whatever was before
            return match[1] == "before" and (value.since is None or value.since.isoformat() <= match[2])
        return isinstance(value, DateRange) and _falls(value, match[1], match[2])
    if isinstance(stated, list):
        return isinstance(value, tuple) and list(value) == stated
    if isinstance(value, CountRange):
        return value.least == value.most == stated
    return not isinstance(value, Unknown) and value == stated


def _falls(value: DateRange, how: str, period: str) -> bool:
    latest = value.not_after.isoformat() if value.not_after else "9999"
    return latest < period if how == "before" else latest.startswith(period)
