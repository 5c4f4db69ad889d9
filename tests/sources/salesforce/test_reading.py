"""Reading with a cache: the catalogue is the one that a reading without it gives, whatever was done in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import FormatError
from auditor.formats.trees import open_tree
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.sources.salesforce.dispatch import read_file
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.source import read_salesforce

Files = dict[str, str]


class Tree:
    """Files given as texts; counts how often each was read."""

    location = "memory"
    skipped: tuple[Skipped, ...] = ()

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)

    def paths(self) -> Sequence[str]:
        return sorted(self._files)

    def read(self, path: str) -> bytes:
        if self._files[path] == "unreadable":
            raise FormatError("cannot be read: broken disk")
        return self._files[path].encode()


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {key: self.values[key] for key in keys if key in self.values}

    def put(self, key: bytes, value: bytes) -> None:
        self.values[key] = value


def _field(name: str, extra: str = "") -> str:
    return f"<CustomField><fullName>{name}</fullName><type>Text</type>{extra}</CustomField>"


_A = "force-app/objects/Job__c"
_TREE: Files = {
    "sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}, {"path": "more"}]}',
    f"{_A}/Job__c.object-meta.xml": "<CustomObject><label>Job</label></CustomObject>",
    f"{_A}/fields/State__c.field-meta.xml": _field("State__c"),
    f"{_A}/fields/Sum__c.field-meta.xml": _field("Sum__c", "<formula>State__c + Other__c</formula>"),
    f"{_A}/validationRules/V.validationRule-meta.xml": (
        "<ValidationRule><fullName>V</fullName><active>true</active>"
        "<errorConditionFormula>ISBLANK(State__c)</errorConditionFormula></ValidationRule>"
    ),
    "more/objects/Job__c/fields/Other__c.field-meta.xml": _field("Other__c"),
    "force-app/classes/A.cls": "public class A { Job__c j; void m() { j.State__c = 'x'; B.get().Other__c = 1; } }",
    "force-app/classes/B.cls": "public class B { public static Job__c get() { return null; } }",
    "force-app/layouts/Job__c-L.layout-meta.xml": (
        "<Layout><layoutSections><layoutColumns><layoutItems><field>State__c</field></layoutItems>"
        "</layoutColumns></layoutSections></Layout>"
    ),
    "force-app/broken/x.layout-meta.xml": "<Layout>",
    "readme.md": "text",
}


def _read(files: Mapping[str, str], cache: Kept | None = None) -> Catalog:
    return read_salesforce(Tree(files), "crm", Role.CRM, None, cache)


def _without(files: Files, path: str) -> Files:
    return {name: text for name, text in files.items() if name != path}


def _moved(files: Files, path: str, to: str) -> Files:
    return {**_without(files, path), to: files[path]}


_STATE = f"{_A}/fields/State__c.field-meta.xml"
_PROJECT = '{"namespace": "ns", "packageDirectories": [{"path": "more"}, {"path": "force-app"}]}'


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(_TREE, id="nothing"),
        pytest.param({**_TREE, _STATE: _field("State__c", "<label>New</label>")}, id="a file was edited"),
        pytest.param({**_TREE, _STATE: _field("Renamed__c")}, id="what a file declares was renamed"),
        pytest.param({**_TREE, _STATE: "unreadable"}, id="a file cannot be read any more"),
        pytest.param({**_TREE, _STATE: "<CustomField>"}, id="a file was broken"),
        pytest.param(_without(_TREE, _STATE), id="a file is gone"),
        pytest.param({**_TREE, f"{_A}/fields/N__c.field-meta.xml": _field("N__c")}, id="a file is new"),
        pytest.param({**_TREE, "docs/new.bin": "b"}, id="a file without a reader is new"),
        pytest.param(
            _moved(_TREE, "force-app/layouts/Job__c-L.layout-meta.xml", "more/layouts/Job__c-M.layout-meta.xml"),
            id="a file that its path names was renamed",
        ),
        pytest.param(
            {path.replace("Job__c", "Task__c"): text for path, text in _TREE.items()}, id="a folder was renamed"
        ),
        pytest.param({f"src/{path}": text for path, text in _TREE.items()}, id="everything moved"),
        pytest.param({**_TREE, "sfdx-project.json": _PROJECT}, id="the packages changed their order"),
        pytest.param({**_TREE, "sfdx-project.json": "{"}, id="the project file was broken"),
        pytest.param(
            {
                **_TREE,
                "force-app/classes/A.cls": _TREE["force-app/classes/B.cls"],
                "force-app/classes/B.cls": _TREE["force-app/classes/A.cls"],
            },
            id="two files changed places",
        ),
    ],
)
def test_the_cached_reading_is_the_uncached_one_after(after: Files) -> None:
    cache = Kept()
    _read(_TREE, cache)

    assert _read(after, cache) == _read(after)
    assert _read(after, cache) == _read(after)


_PATHS = st.sampled_from(
    [*_TREE, f"{_A}/fields/N__c.field-meta.xml", "more/classes/A.cls", "more/x.layout-meta.xml"]
)
_TEXTS = st.sampled_from(
    [*_TREE.values(), _PROJECT, "unreadable", "", "<a/>", _field("State__c", "<label>é</label>")]
)
_STEPS = st.one_of(
    st.tuples(st.just("write"), _PATHS, _TEXTS),
    st.tuples(st.just("delete"), _PATHS, st.just("")),
    st.tuples(st.just("move"), _PATHS, _PATHS),
    st.tuples(
        st.just("rename folder"), st.sampled_from(["force-app/", "Job__c", "more/", "fields/"]), st.text("ab_c")
    ),
)


def _after(files: Files, step: tuple[str, str, str]) -> Files:
    what, where, to = step
    if what == "write":
        return {**files, where: to}
    if what == "rename folder":
        return {path.replace(where, to + where): text for path, text in files.items()}
    if where not in files:
        return files
    return _without(files, where) if what == "delete" else _moved(files, where, to)


@given(st.lists(st.lists(_STEPS, max_size=4), max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_history_of_edits_makes_the_cached_reading_another(
    history: list[list[tuple[str, str, str]]], whole: bool
) -> None:
    cache, files = Kept(), dict(_TREE)
    _read(files, cache)
    for steps in history:
        for step in steps:
            files = _after(files, step)
        if not whole:
            cache.values = {key: value for key, value in cache.values.items() if key.startswith(b"file")}
        assert _read(files, cache) == _read(files)


def test_a_tree_that_did_not_change_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Kept()
    expected = _read(_TREE, cache)
    monkeypatch.setattr("auditor.sources.salesforce.reading.read_file", _refuses)

    assert _read(_TREE, cache) == expected


def test_only_what_changed_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    cache, parsed = Kept(), list[str]()
    _read(_TREE, cache)

    def noted(file: MetadataFile, data: bytes) -> Parsed:
        parsed.append(file.path)
        return read_file(file, data)

    monkeypatch.setattr("auditor.sources.salesforce.reading.read_file", noted)

    _read({**_TREE, _STATE: _field("State__c", "<label>New</label>")}, cache)

    assert parsed == [_STATE]


def test_a_system_of_another_name_and_role_finds_the_same_files() -> None:
    cache = Kept()
    _read(_TREE, cache)

    other = read_salesforce(Tree(_TREE), "old", Role.ERP, None, cache)

    assert other == read_salesforce(Tree(_TREE), "old", Role.ERP)


def test_values_of_another_kind_are_read_anew() -> None:
    cache = Kept()
    _read(_TREE, cache)
    cache.values = dict.fromkeys(cache.values, b'[["x"]]')

    assert _read(_TREE, cache) == _read(_TREE)


def test_progress_is_told_up_to_the_last_file() -> None:
    told: list[tuple[int, int]] = []

    read_salesforce(Tree(_TREE), "crm", Role.CRM, lambda done, total: told.append((done, total)))

    assert told[-1] == (9, 9)


@pytest.mark.parametrize(
    "name", ["sf-volunteers-mdapi", "sf-electron-motors", "sf-ebikes", "sf-eda/sf-eda.tar.gz"]
)
def test_a_real_tree_comes_back_equal(corpora: Path, name: str) -> None:
    cache = Kept()

    def read() -> Catalog:
        return read_salesforce(open_tree(str(corpora / name)), "crm", Role.CRM, None, cache)

    first = read()
    whole = read()
    cache.values = {key: value for key, value in cache.values.items() if key.startswith(b"file")}

    assert whole == first
    assert read() == first


def _refuses(*_: object) -> None:
    raise AssertionError("parsed again")
