"""A check that reads only what a change touches says what one says that reads and judges both states whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bench.equal import Twice, audited, clean_git, differences
from bench.equality import Tally, change, read_tree, write_tree
from tests.sources.salesforce.small_tree import SMALL_TREE

NORDVIK = Path(__file__).parents[2] / "examples" / "nordvik"
DAY = date(2026, 11, 22)


@pytest.fixture
def top(tmp_path: Path) -> Iterator[Path]:
    with clean_git(tmp_path / "home"):
        yield tmp_path / "repo"


@pytest.fixture
def small(top: Path) -> Twice:
    write_tree(top, SMALL_TREE)
    return audited(top, top, DAY)


@pytest.mark.slow
def test_random_changes_of_a_small_tree_are_told_as_two_audits_would(small: Twice) -> None:
    tally = Tally()
    for number in range(18):
        change(small, "source", number, tally)

    assert tally.unequal == []
    assert tally.quick >= 9


def test_a_link_is_left_to_the_slow_way(small: Twice) -> None:
    (small.top / "source" / "link.cls").symlink_to("nowhere.cls")
    small.git("add", "-A")

    assert small.compare().declined == "source/link.cls: a link, not followed"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sf-ebikes", "sf-volunteers-mdapi"])
def test_random_changes_of_real_trees_are_told_as_two_audits_would(corpora: Path, top: Path, name: str) -> None:
    write_tree(top, read_tree(corpora / name))
    twice, tally = audited(top, top, DAY), Tally()
    for number in range(12):
        change(twice, "source", number, tally)

    assert tally.unequal == []
    assert tally.quick >= 4


@pytest.mark.slow
def test_random_changes_beside_an_erp_and_usage_are_told_as_two_audits_would(top: Path) -> None:
    if not (NORDVIK / "erp" / "nordvik_erp.sqlite").exists():
        pytest.skip("the example's evidence was not generated: python examples/nordvik/generate.py")
    shutil.copytree(NORDVIK, top, ignore=shutil.ignore_patterns(".auditor", "out", "nordvik_world"))
    twice, tally = audited(top, top, DAY), Tally()
    for number in range(6):
        change(twice, "salesforce", number, tally)

    assert tally.unequal == []
    assert tally.quick >= 2


def test_differences_name_the_place() -> None:
    told = list(differences((date(2026, 1, 2), (1, 2)), (date(2026, 1, 2), (1, 3))))

    assert told == ["[1][1]: slow 2, quick 3"]
