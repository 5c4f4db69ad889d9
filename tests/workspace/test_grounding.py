"""What an audit leaves is found by a check: of the tree that was read, with the evidence of that audit."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.config.reading import read_config
from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.facts.matched import record_matches
from auditor.facts.recorded import record
from auditor.facts.said_elsewhere import record_counterparts
from auditor.graph.nodes import NodeKind
from auditor.index.grounds import Vault
from auditor.judging import Inputs, facts_for
from auditor.usage.registry import BY_ID
from auditor.workspace.ground_keeping import begin_ground, keep_audited, keep_read
from auditor.workspace.grounding import KeptGround, open_kept, vault_of
from auditor.workspace.inputs import gather_inputs

_DAY = date(2026, 11, 22)
_FIELD = """<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>{0}</fullName><label>{0}</label><type>Text</type><length>10</length>
</CustomField>
"""
_CONFIG = """version: 1
company: Nord
systems:
  - {name: crm, role: crm, sources: [{kind: salesforce, path: force-app}]}
  - {name: erp, role: erp, sources: [{kind: tabular, path: erp.csv}]}
policies: [pack:scope]
"""
_FIELDS = "force-app/main/default/objects/Account/fields"


def _git(folder: Path, *arguments: str) -> str:
    own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _add(folder: Path, name: str) -> None:
    path = folder / _FIELDS / f"{name}.field-meta.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_FIELD.format(name))


def _commit(folder: Path) -> str:
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "step")
    return _git(folder, "rev-parse", "HEAD^{tree}")


@pytest.fixture
def company(tmp_path: Path) -> Config:
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "auditor.yaml").write_text(_CONFIG)
    (folder / "erp.csv").write_text("Object,Field,Type\nOrder,No,Text\n")
    (folder / ".gitignore").write_text("*.log\n")
    _add(folder, "One__c")
    _git(folder, "init", "-q", "-b", "main")
    _commit(folder)
    return read_config(folder / "auditor.yaml", BY_ID)


def _vault(config: Config) -> Vault:
    found = vault_of(config)
    assert found is not None
    return found


def _inputs(config: Config) -> Inputs:
    return gather_inputs(config, _DAY, lambda *_: None)


def _audited(config: Config) -> None:
    begun = begin_ground(config)
    inputs = _inputs(config)
    assert keep_audited(begun, inputs, facts_for(inputs))


@pytest.fixture
def kept(company: Config) -> Iterator[KeptGround]:
    _audited(company)
    with open_kept(company) as found:
        assert found is not None
        yield found


def test_the_graph_of_the_committed_tree_is_kept(company: Config, kept: KeptGround) -> None:
    expected = facts_for(_inputs(company)).graph

    assert kept.tree == _git(company.folder, "rev-parse", "HEAD^{tree}")
    assert (kept.day, kept.is_read_alike) == (_DAY, True)
    for kind in NodeKind:
        assert list(expected.nodes(kind)) == list(kept.graph.nodes(kind))
    assert kept.evidence.evidence == _inputs(company).evidence
    assert not kept.named("crm:Account.One__c")


def test_the_catalogue_of_what_may_lie_outside_is_kept_whole(company: Config, kept: KeptGround) -> None:
    (erp,) = (each for each in _inputs(company).catalogs if each.system == "erp")

    assert (kept.catalog("erp"), kept.catalog("crm")) == (erp, None)


def test_what_other_rooms_found_is_kept(company: Config) -> None:
    inputs = _inputs(company)
    facts = facts_for(inputs)
    assert keep_audited(begin_ground(company), inputs, facts)

    with open_kept(company) as kept:
        assert kept is not None
        assert dict(kept.record) == {
            **record(facts),
            **dict(record_matches(facts)),
            **dict(record_counterparts(facts)),
        }


def test_the_rows_of_a_tree_are_kept_and_not_made_again_for_the_same_tree(company: Config) -> None:
    begun = begin_ground(company)
    assert begun.rows == {}
    inputs = gather_inputs(company, _DAY, lambda *_: None, begun.rows)
    assert list(begun.rows) == [("crm", 0)]
    assert keep_audited(begun, inputs, facts_for(inputs))
    expected = [(table, key, value) for table, key, value in begun.rows["crm", 0]]

    def kept_rows() -> list[tuple[str, str, bytes]]:
        with open_kept(company) as kept:
            assert kept is not None
            source = kept.source("crm")
            return [row for row in expected if source.get(row[0], [row[1]]) == {row[1]: row[2]}]

    assert (kept_rows(), len(expected) > 5) == (expected, True)
    again = begin_ground(company)
    assert again.rows is None
    assert keep_audited(again, inputs, facts_for(inputs))
    assert kept_rows() == expected


_UNCOMMITTED = [
    pytest.param(f"{_FIELDS}/One__c.field-meta.xml", _FIELD.format("One__c") + " ", id="a file that was changed"),
    pytest.param(f"{_FIELDS}/Two__c.field-meta.xml", _FIELD.format("Two__c"), id="a file that git does not know"),
    pytest.param("force-app/main/default/x.log", "x", id="a file that git ignores"),
]


@pytest.mark.parametrize(("name", "text"), _UNCOMMITTED)
def test_of_what_is_not_committed_no_graph_is_kept(name: str, text: str, company: Config) -> None:
    (company.folder / name).write_text(text)
    _audited(company)

    with open_kept(company) as kept:
        assert kept is not None
        assert (kept.tree, kept.day) == ("", _DAY)
        assert kept.graph.keys(NodeKind.FIELD) == []
        assert kept.catalog("erp") is not None


@pytest.mark.parametrize("name", ["README.md", ".auditor/x", "force-app/node_modules/x.js"])
def test_files_that_no_source_reads_make_no_difference(name: str, company: Config) -> None:
    path = company.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")

    assert begin_ground(company).tree == _git(company.folder, "rev-parse", "HEAD^{tree}")


def test_what_is_committed_during_an_audit_is_not_taken_for_what_was_read(company: Config) -> None:
    begun = begin_ground(company)
    inputs = _inputs(company)
    _add(company.folder, "Two__c")
    _commit(company.folder)
    assert keep_audited(begun, inputs, facts_for(inputs))

    with open_kept(company) as kept:
        assert kept is not None
        assert kept.tree == ""


def test_a_check_keeps_further_trees_beside_and_the_next_audit_takes_the_place_of_all(company: Config) -> None:
    _audited(company)
    first = begin_ground(company).tree
    _add(company.folder, "Two__c")
    second = _commit(company.folder)
    inputs = _inputs(company)
    assert keep_read(_vault(company), company, second, (inputs, facts_for(inputs)), {})

    def fields(tree: str) -> list[str]:
        with open_kept(company, tree) as kept:
            assert kept is not None
            return kept.graph.keys(NodeKind.FIELD)

    one, two = "crm:Account.One__c", "crm:Account.Two__c"
    assert (fields(first)[0], fields(second)[:2]) == (one, [one, two])

    _audited(company)
    assert fields(first)[:2] == fields(second)[:2] == [one, two]


def test_without_an_audit_a_check_keeps_the_tree_and_says_that_none_was(company: Config) -> None:
    tree, inputs = begin_ground(company).tree, _inputs(company)
    assert keep_read(_vault(company), company, tree, (inputs, facts_for(inputs)), {})

    with open_kept(company) as kept:
        assert kept is not None
        assert (kept.tree, kept.day) == (tree, None)


def test_a_configuration_that_reads_otherwise_is_told(company: Config) -> None:
    _audited(company)
    (system, *others) = company.systems
    exclude = tuple(replace(each, exclude=("x/",)) for each in system.sources)

    with open_kept(replace(company, systems=(replace(system, sources=exclude), *others))) as kept:
        assert kept is not None
        assert not kept.is_read_alike


def test_without_a_cache_or_an_audit_there_is_nothing(company: Config) -> None:
    with open_kept(company) as kept:
        assert kept is None
    _audited(company)
    with open_kept(replace(company, cached=False)) as kept:
        assert kept is None


def test_outside_of_a_repository_evidence_and_catalogues_are_kept(company: Config, tmp_path: Path) -> None:
    (company.folder / ".git").rename(tmp_path / "elsewhere")
    _audited(company)

    with open_kept(company) as kept:
        assert kept is not None
        assert (kept.tree, kept.catalog("erp") is not None) == ("", True)
