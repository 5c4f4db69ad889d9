"""What goes with what in the example company, what its fields are for, and where it would start again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from auditor.config.reading import read_config
from auditor.facts.base import Facts
from auditor.facts.retention import retained
from auditor.facts.smallest_core import core_of
from auditor.formats.yamls import load_plain
from auditor.judging import facts_for
from auditor.model.values import Unknown
from auditor.usage.registry import BY_ID
from auditor.workspace.inputs import gather_inputs

NORDVIK = Path(__file__).parents[2] / "examples" / "nordvik"
TRUTH = cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))
STORIES: dict[str, dict[str, Any]] = {story["id"]: story for story in TRUTH["stories"]}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("nordvik")
    for name in ("salesforce", "erp", "policies", "bi"):
        shutil.copytree(NORDVIK / name, folder / name, ignore=shutil.ignore_patterns("*.sqlite*"))
    for name in ("auditor.yaml", "charter.yaml", "waivers.yaml"):
        shutil.copy(NORDVIK / name, folder / name)
    subprocess.run([sys.executable, str(NORDVIK / "generate.py"), "--out", str(folder)], check=True)
    config = read_config(folder / "auditor.yaml", BY_ID)
    return facts_for(gather_inputs(config, date(2026, 11, 21), lambda *_: None))


def _names(story: str, part: str) -> set[str]:
    return {f"crm:{each}" if ":" not in each else each for each in STORIES[story].get(part, ())}


def test_a_dead_object_takes_along_what_was_planted_with_it(world: Facts) -> None:
    (thing,) = STORIES["dead-object"]["subjects"]
    wanted = _names("dead-object", "retained") | _names("dead-object", "components")

    assert wanted - set(retained(world, thing) or ()) == set()


@pytest.mark.parametrize("story", ["dead-cycle-priority", "dead-cycle-bonus"])
def test_members_of_a_dead_circle_share_one_retained_set(world: Facts, story: str) -> None:
    circle = _names(story, "subjects") | _names(story, "components")

    assert {key: set(retained(world, key) or ()) >= circle - {key} for key in circle} == dict.fromkeys(
        circle, True
    )


def test_what_nobody_reads_is_collected_only(world: Facts) -> None:
    told = {key: world.fact(key, "function") for key in _names("collected-never-read", "subjects")}

    assert told == dict.fromkeys(told, "collected")


def test_a_copy_that_nobody_reads_is_collected_or_known_to_be_a_mirror(world: Facts) -> None:
    told = {key: world.fact(key, "function") for key in _names("unread-mirror", "subjects")}

    assert {key: value for key, value in told.items() if value not in ("collected", "mirrored")} == {}


def test_what_is_only_demanded_is_said_to_be(world: Facts) -> None:
    told = {key: world.fact(key, "function") for key in _names("demanded-only", "subjects")}

    assert told == dict.fromkeys(told, "demanded")


@pytest.mark.parametrize("story", ["alive", "seasonal", "outside-reader", "report-outside-repository"])
def test_what_is_innocent_is_for_something_or_open(world: Facts, story: str) -> None:
    fields = [key for key in _names(story, "subjects") if "." in key]
    told = {key: world.fact(key, "function") for key in fields}

    assert {key: value for key, value in told.items() if not _for_something(value)} == {}


def _for_something(value: object) -> bool:
    return isinstance(value, Unknown) or value in ("decides", "guides", "informs")


def test_the_core_is_a_third_of_the_fields_at_most_and_holds_nothing_dead(world: Facts) -> None:
    report = core_of(world, 0.99)

    assert report is not None
    inside = {each.field for each in report.members if each.inside}
    assert report.carried >= 0.99 * report.uses
    assert report.least <= report.core == len(inside) < report.fields / 3
    dead = {
        key
        for story in ("dead-cycle-priority", "dead-cycle-bonus", "dead-store")
        for key in _names(story, "subjects")
    }
    assert inside & dead == set()
