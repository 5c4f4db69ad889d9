# ruff: noqa: E501 - policies in one line
"""Allow-lists in files of their own, and packs of other distributions."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import ConfigurationError
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies
from tests.policy.fakes import VOCABULARY, FakeLibrary

POLICY = """\
version: 1
lists: {needed: %s}
policies:
  - {id: x/y, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field}, forbid: {needed: false}}
"""


def listed(said: str, files: dict[str, str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The subjects and patterns of the one list of a document in a folder."""
    library = FakeLibrary({"law/own.yaml": POLICY % said, **files})
    (fact,) = load_policies(["law/own.yaml"], library, VOCABULARY).lists
    return fact.subjects, fact.globs


@pytest.mark.parametrize(
    ("said", "name", "text"),
    [
        pytest.param(
            "{kind: field, file: n.csv}", "n.csv", "subject,by\na,x\nb*,y\n", id="a column called subject"
        ),
        pytest.param(
            "{kind: field, file: n.csv}", "n.csv", "\ufeffname;by\r\na;x\r\n\r\nb*;y\r\n", id="the first one"
        ),
        pytest.param(
            "{kind: field, file: n.csv, column: Field}",
            "n.csv",
            "by\tField\nx\ta\ny\tb*\nz\t\n",
            id="a column by name",
        ),
        pytest.param("{kind: field, file: n.yaml}", "n.yaml", "[a, 'b*']\n", id="a list in YAML"),
        pytest.param("{kind: field, subjects: [a], file: n.yaml}", "n.yaml", "- b*\n", id="some here, some there"),
    ],
)
def test_names_come_from_a_file_beside_the_document(said: str, name: str, text: str) -> None:
    assert listed(said, {f"law/{name}": text}) == (frozenset({"a"}), ("b*",))


@pytest.mark.parametrize(
    ("said", "files", "expected"),
    [
        pytest.param(
            "{kind: field, file: n.csv}",
            {},
            "law/own.yaml:2:37: there is no file n.csv",
            id="a file that is not there",
        ),
        pytest.param(
            "{kind: field, file: n.csv, column: Fild}",
            {"law/n.csv": "by,Field\nx,a\n"},
            "law/own.yaml:2:52: law/n.csv has no column 'Fild'. Its columns: by, Field.",
            id="a column that is not there",
        ),
        pytest.param(
            "{kind: field, file: n.yaml}",
            {"law/n.yaml": "{a: b}"},
            "law/n.yaml:1:1: a file of names is a YAML list of texts",
            id="YAML that is no list",
        ),
        pytest.param(
            "{kind: field, file: n.csv}",
            {"law/n.csv": 'a\n"b\n'},
            "law/n.csv:2:1: not CSV: unexpected end of data",
            id="CSV that breaks off",
        ),
        pytest.param(
            "{kind: field, file: [n.csv]}",
            {},
            "law/own.yaml:2:37: file is the name of a CSV or YAML file beside this document",
            id="a file that is no name",
        ),
    ],
)
def test_a_wrong_file_of_names_is_told_at_its_place(said: str, files: dict[str, str], expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        listed(said, files)

    assert caught.value.problems == (expected,)


def test_what_the_list_holds_changes_the_digest() -> None:
    one = FakeLibrary({"own.yaml": POLICY % "{kind: field, file: n.yaml}", "n.yaml": "[a]"})
    other = FakeLibrary({"own.yaml": POLICY % "{kind: field, file: n.yaml}", "n.yaml": "[b]"})

    assert (
        load_policies(["own.yaml"], one, VOCABULARY).digest
        != load_policies(["own.yaml"], other, VOCABULARY).digest
    )


def offer(folder: Path, distribution: str, package: str, pack: str, text: str | None) -> None:
    """Install a distribution that offers a pack, as far as metadata goes."""
    (folder / package).mkdir(parents=True)
    (folder / package / "__init__.py").write_text("raise RuntimeError('a pack must not be imported')\n")
    if text is not None:
        (folder / package / f"{pack}.yaml").write_text(text)
    info = folder / f"{distribution}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[auditor.packs]\n{pack} = {package}\n")


FOREIGN = """\
version: 1
policies:
  - {id: acme/one, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field}, forbid: {custom: true}}
"""


def test_a_pack_of_another_distribution_is_read_and_its_package_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, "acme-law", "acme_law", "acme", FOREIGN)
    monkeypatch.syspath_prepend(tmp_path)
    library = InstalledLibrary(tmp_path)

    assert "acme" in library.packs() and "scope" in library.packs()
    (policy,) = load_policies(["pack:acme"], library, VOCABULARY).policies
    assert policy.info.origin == "pack:acme"


LISTED = FOREIGN + "lists: {needed: {kind: field, file: FILE}}\n"


def test_the_names_of_a_pack_lie_in_its_own_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(tmp_path, "acme-law", "acme_law", "acme", LISTED.replace("FILE", "needed.csv"))
    (tmp_path / "acme_law" / "needed.csv").write_text("subject\ncrm:Account.Region__c\n")
    (tmp_path / "needed.csv").write_text("subject\ncrm:Account.Other__c\n")
    monkeypatch.syspath_prepend(tmp_path)

    (needed,) = load_policies(["pack:acme"], InstalledLibrary(tmp_path), VOCABULARY).lists
    assert needed.subjects == {"crm:Account.Region__c"}


@pytest.mark.parametrize("file", ["../needed.csv", "/etc/hostname", "other.csv"])
def test_a_pack_names_no_file_outside_of_its_package(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, "acme-law", "acme_law", "acme", LISTED.replace("FILE", file))
    (tmp_path / "needed.csv").write_text("subject\ncrm:Account.Other__c\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ConfigurationError, match=f"there is no file {file}"):
        load_policies(["pack:acme"], InstalledLibrary(tmp_path), VOCABULARY)


@pytest.mark.parametrize(
    ("second", "text", "expected"),
    [
        pytest.param(
            "other_law", FOREIGN, "pack 'acme' is offered twice, by acme_law and by other_law", id="twice"
        ),
        pytest.param(
            "", None, "pack 'acme' is offered by acme_law, which has no acme.yaml", id="without its file"
        ),
    ],
)
def test_a_pack_that_cannot_be_had_says_why(
    second: str, text: str | None, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, "acme-law", "acme_law", "acme", text)
    if second:
        offer(tmp_path, "other-law", second, "acme", text)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ConfigurationError, match=expected):
        load_policies(["pack:acme"], InstalledLibrary(tmp_path), VOCABULARY)


def test_a_shipped_pack_wins_over_a_foreign_one_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, "acme-law", "acme_law", "scope", FOREIGN)
    monkeypatch.syspath_prepend(tmp_path)

    assert b"acme/one" not in InstalledLibrary(tmp_path).read("pack:scope")
