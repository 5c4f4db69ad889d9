"""A change told from the rows of a tree is what reading both trees whole and comparing them gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from auditor.errors import FormatError
from auditor.formats.trees import open_tree
from auditor.gate.deltas import delta_of
from auditor.model.catalogue import Catalog, Role
from auditor.model.changes import CatalogDelta
from auditor.sources.salesforce.changes.delta import Declined, salesforce_delta
from auditor.sources.salesforce.changes.files import ChangedFile
from auditor.sources.salesforce.changes.indexing import read_with_rows
from auditor.sources.salesforce.changes.rows import MemoryIndex
from auditor.sources.salesforce.source import read_salesforce
from tests.sources.salesforce.edits import Files, edited
from tests.sources.salesforce.small_tree import SMALL_TREE


class _Tree:
    def __init__(self, files: Files) -> None:
        self._files = files

    location = "memory"
    skipped = ()

    def paths(self) -> Sequence[str]:
        return sorted(self._files)

    def read(self, path: str) -> bytes:
        return self._files[path]


class _Cache:
    """Keeps what single files said, so that trees that differ little are read fast."""

    def __init__(self) -> None:
        self._kept: dict[bytes, bytes] = {}

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {key: self._kept[key] for key in keys if key in self._kept}

    def put(self, key: bytes, value: bytes) -> None:
        self._kept[key] = value


class _Whole:
    """A tree, the catalogue and the rows of it."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._cache = _Cache()
        self._catalog, rows = read_with_rows(_Tree(files), "crm", Role.CRM, None, self._cache)
        self._rows = MemoryIndex(rows)

    def read(self, files: Files) -> Catalog:
        return read_salesforce(_Tree(files), "crm", Role.CRM, None, self._cache)

    def expected(self, after: Files) -> CatalogDelta:
        return delta_of(self._catalog, self.read(after))

    def told(self, after: Files) -> CatalogDelta | Declined:
        paths = sorted(self.files.keys() | after.keys())
        changes = [ChangedFile(path, self.files.get(path), after.get(path)) for path in paths]
        differing = [item for item in changes if item.before != item.after]
        return salesforce_delta(self._rows, "crm", differing, self.files.__getitem__, self._cache)

    def differences(self, seeds: range) -> list[int]:
        """Seeds of the edits that were told otherwise than by comparing; the project file is left alone."""
        afters = ((seed, edited(self.files, Random(seed))) for seed in seeds)
        return [
            seed
            for seed, after in afters
            if not isinstance(told := self.told(after), Declined) and told != self.expected(after)
        ]


@pytest.fixture(scope="module")
def small() -> _Whole:
    return _Whole(SMALL_TREE)


def test_reading_with_rows_is_reading(small: _Whole) -> None:
    catalog, _ = read_with_rows(_Tree(SMALL_TREE), "crm", Role.CRM)

    assert small.read(SMALL_TREE) == catalog


def test_random_edits_of_a_small_tree_are_told_as_comparing_would(small: _Whole) -> None:
    assert small.differences(range(300)) == []


@pytest.mark.parametrize(
    "name", ["sf-ebikes", "sf-electron-motors", "sf-volunteers-mdapi", "sf-eda/sf-eda.tar.gz"]
)
def test_random_edits_of_real_trees_are_told_as_comparing_would(corpora: Path, name: str) -> None:
    tree = open_tree(str(corpora / name))
    files: dict[str, bytes] = {}
    for path in tree.paths():
        try:
            files[path] = tree.read(path)
        except FormatError:
            continue

    assert _Whole(files).differences(range(12)) == []


def _path(end: str) -> str:
    return next(path for path in sorted(SMALL_TREE) if path.endswith(end))


def test_a_project_that_changes_is_declined(small: _Whole) -> None:
    after = {**SMALL_TREE, "sfdx-project.json": b"{}"}

    assert small.told(after) == Declined("sfdx-project.json changed, which says how all files are read")


def test_nothing_kept_is_declined() -> None:
    told = salesforce_delta(MemoryIndex(()), "crm", (), SMALL_TREE.__getitem__)

    assert told == Declined("nothing is kept of the tree before the change, or by another version")


def test_a_row_that_is_lost_is_declined() -> None:
    _, rows = read_with_rows(_Tree(SMALL_TREE), "crm", Role.CRM)
    lost = MemoryIndex(row for row in rows if row[0] != "question")
    path = _path("Hour__c/fields/Job__c.field-meta.xml")
    told = salesforce_delta(lost, "crm", [ChangedFile(path, SMALL_TREE[path], None)], SMALL_TREE.__getitem__)

    assert isinstance(told, Declined)


def test_no_change_is_an_empty_difference(small: _Whole) -> None:
    assert small.told(SMALL_TREE) == CatalogDelta("crm")


def test_only_files_whose_questions_have_another_answer_are_read() -> None:
    """A deleted field: its class resolves otherwise; permission sets believe in it as before and are not read."""
    _, rows = read_with_rows(_Tree(SMALL_TREE), "crm", Role.CRM)
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return SMALL_TREE[path]

    path = _path("Contact/fields/Level__c.field-meta.xml")
    salesforce_delta(MemoryIndex(rows), "crm", [ChangedFile(path, SMALL_TREE[path], None)], read)

    assert asked == [_path("Caller.cls")]


def test_telling_a_change_loads_no_reader_that_it_does_not_need() -> None:
    """Readers of single kinds, column aliases, archives and processes wait until something asks for them."""
    code = "import sys, auditor.sources.salesforce.changes.delta; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.split()
    rooms = ("code.apex", "declarative.layouts", "automation.flows", "columns", "fields")
    heavy = {f"auditor.sources.salesforce.{room}" for room in rooms} | {"auditor.languages.aliases", "zipfile"}

    assert heavy.intersection(loaded) == set()
