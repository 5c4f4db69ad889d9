from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import ConfigurationError
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies
from auditor.policy.syntax import PolicySet
from tests.policy.fakes import VOCABULARY, FakeLibrary

BASE = """\
version: 1
params: {limit: 90d, label: "a, b"}
policies:
  - id: a/one
    title: One after {limit}
    severity: low
    pillar: usage
    target: {kind: field}
    forbid: {last_read: {older_than: "{limit}"}}
    why: W
    fix: F
    show: [label]
  - {id: a/two, title: Two, severity: high, pillar: scope, target: {kind: field}, forbid: {alive: false},
     why: W, fix: F}
"""


def load(documents: dict[str, str], *references: str, **params: str | int) -> PolicySet:
    return load_policies(references, FakeLibrary(documents), VOCABULARY, params)


def summary(policy_set: PolicySet) -> list[tuple[str, str, str, str]]:
    return [(p.info.id, p.info.title, p.info.severity, p.info.origin) for p in policy_set.policies]


def test_a_pack_alone() -> None:
    assert summary(load({"pack:a": BASE}, "pack:a")) == [
        ("a/one", "One after 90d", "low", "pack:a"),
        ("a/two", "Two", "high", "pack:a"),
    ]


def test_an_override_changes_field_by_field_and_keeps_the_origin() -> None:
    own = "version: 1\nextends: pack:a\npolicies:\n  - {id: a/one, severity: critical, title: Mine}\n"
    loaded = load({"pack:a": BASE, "own.yaml": own}, "own.yaml")

    assert summary(loaded) == [("a/one", "Mine", "critical", "pack:a"), ("a/two", "Two", "high", "pack:a")]
    assert [spec.name for spec in loaded.policies[0].show] == ["label"]


def test_the_last_of_several_documents_wins_through_intermediate_ones() -> None:
    changed = "policies:\n  - {id: a/one, severity: high}\n  - {id: a/two, severity: low}\n"
    middle = f"version: 1\nextends: [pack:a]\n{changed}"
    own = "version: 1\nextends: [middle.yaml]\npolicies:\n  - {id: a/two, severity: medium}\n"
    loaded = load({"pack:a": BASE, "middle.yaml": middle, "own.yaml": own}, "own.yaml")

    assert [(p.info.id, p.info.severity) for p in loaded.policies] == [("a/one", "high"), ("a/two", "medium")]


def test_documents_named_side_by_side_are_laid_in_their_order() -> None:
    one = "version: 1\npolicies:\n  - {id: a/one, severity: high}\n"
    other = "version: 1\npolicies:\n  - {id: a/one, severity: medium}\n"
    documents = {"pack:a": BASE, "one.yaml": one, "other.yaml": other}

    assert load(documents, "pack:a", "one.yaml", "other.yaml").policies[0].info.severity == "medium"
    assert load(documents, "pack:a", "other.yaml", "one.yaml").policies[0].info.severity == "high"


def test_a_document_reached_twice_is_laid_once_where_it_was_first_reached() -> None:
    left = "version: 1\nextends: pack:a\npolicies:\n  - {id: a/one, severity: high}\n"
    right = "version: 1\nextends: pack:a\n"
    loaded = load({"pack:a": BASE, "left.yaml": left, "right.yaml": right}, "left.yaml", "right.yaml")

    assert loaded.policies[0].info.severity == "high"


def test_a_local_file_is_named_relative_to_the_document_that_extends_it() -> None:
    own = "version: 1\nextends: ../shared/base.yaml\n"

    assert len(load({"shared/base.yaml": BASE, "team/own.yaml": own}, "team/own.yaml").policies) == 2


def test_a_parameter_set_later_changes_the_policies_of_a_pack_and_the_configuration_wins() -> None:
    own = "version: 1\nextends: pack:a\nparams: {limit: 395d}\n"
    documents = {"pack:a": BASE, "own.yaml": own}
    by_document = load(documents, "own.yaml")
    by_configuration = load(documents, "own.yaml", limit="2y")

    assert by_document.policies[0].info.title == "One after 395d"
    assert by_configuration.policies[0].info.title == "One after 2y"
    assert by_configuration.params == (("label", "a, b"), ("limit", "2y"))


def test_a_parameter_may_be_a_list_where_it_stands_alone() -> None:
    rule = "{id: b/c, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field}, forbid: %s}"
    head = "version: 1\nparams: {words: [missing, short]}\npolicies:\n  - "
    alone = load({"own.yaml": head + rule % '{quality: "{words}"}' + "\n"}, "own.yaml")
    spelled = load({"own.yaml": head + rule % "{quality: [missing, short]}" + "\n"}, "own.yaml")
    with pytest.raises(ConfigurationError) as caught:
        load({"own.yaml": head + rule % '{label: "a {words}"}' + "\n"}, "own.yaml")

    assert alone.policies[0].condition == spelled.policies[0].condition
    assert caught.value.problems == (
        "own.yaml:4:110: parameter 'words' is a list: it can only stand alone in a value",
    )


def test_require_in_an_override_takes_the_place_of_forbid() -> None:
    own = "version: 1\nextends: pack:a\npolicies:\n  - {id: a/two, require: {alive: true}}\n"

    assert load({"pack:a": BASE, "own.yaml": own}, "own.yaml").policies[1].polarity == "require"


def test_a_disabled_policy_is_out_of_force_and_can_come_back() -> None:
    off = "version: 1\nextends: pack:a\npolicies:\n  - {id: a/two, severity: disabled}\n"
    on = "version: 1\nextends: off.yaml\npolicies:\n  - {id: a/two, severity: low}\n"
    documents = {"pack:a": BASE, "off.yaml": off, "on.yaml": on}

    assert load(documents, "off.yaml").disabled == ("a/two",)
    assert load(documents, "on.yaml").disabled == ()


def test_the_digest_changes_with_what_policies_say_and_not_with_where_they_stand() -> None:
    own = "version: 1\nextends: pack:a\n"
    plain = load({"pack:a": BASE}, "pack:a").digest

    assert load({"pack:a": BASE, "own.yaml": own}, "own.yaml").digest == plain
    assert load({"pack:a": BASE}, "pack:a", limit="91d").digest != plain


def test_a_problem_in_an_override_is_told_where_the_override_stands() -> None:
    own = "version: 1\nextends: pack:a\npolicies:\n  - id: a/two\n    forbid: {alife: false}\n"
    with pytest.raises(ConfigurationError) as caught:
        load({"pack:a": BASE, "own.yaml": own}, "own.yaml")

    assert caught.value.problems == ("own.yaml:5:14: 'alife' is no fact of field. Did you mean alive?",)


def test_the_installed_library_reads_packs_and_local_files(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("version: 1\n", encoding="utf-8")
    library = InstalledLibrary(tmp_path)

    assert library.read("own.yaml") == b"version: 1\n"
    assert b"\n# How near" in library.read("pack:limits")
    assert {"documentation", "limits", "scope", "sprawl"} <= set(library.packs())
