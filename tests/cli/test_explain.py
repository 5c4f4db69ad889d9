"""What `auditor explain` says of one subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli.main import run

DAY = ["--as-of", "2026-11-21"]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(
        "<CustomObject>\n<label>A</label>\n<fields>\n<fullName>F__c</fullName>\n<label>F</label>\n"
        "<type>Text</type>\n</fields>\n</CustomObject>\n"
    )
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [pack:documentation, own.yaml]\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
        "waivers: [waivers.yaml]\n"
    )
    (tmp_path / "own.yaml").write_text(
        "version: 1\npolicies:\n"
        "  - {id: own/off, title: Off, severity: disabled, pillar: usage, why: W, fix: F, target: {kind: field},\n"
        "     forbid: {custom: true}}\n"
    )
    (tmp_path / "waivers.yaml").write_text(
        "version: 1\nwaivers:\n  - id: W-1\n    policy: docs/object-purpose\n    subject: crm:A__c\n"
        "    category: accepted\n    reason: It is new\n    owner: sales\n    approved_by: board\n"
        "    approved_on: 2026-11-01\n    expires: 2026-12-31\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("repository")
def test_a_finding_is_explained_node_by_node(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "crm:A__c.F__c", "docs/purpose", *DAY]) == 0

    assert capsys.readouterr().out == (
        "crm:A__c.F__c  (objects/A__c.object:3)\n"
        "\n"
        "docs/purpose  [low]  violation: Field without a stated purpose: description: missing\n"
        "  target: the policy speaks of it\n"
        "    T all of\n"
        "      T role is crm: crm\n"
        "      T custom is true: yes\n"
        "      T managed is false: no\n"
        "      T kind of object is object: object\n"
        "  require: violated\n"
        "    F description quality is present: missing\n"
    )


@pytest.mark.usefixtures("repository")
def test_what_is_open_says_what_would_settle_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "crm:A__c", "docs/business-owner", *DAY]) == 0

    told = capsys.readouterr().out
    assert "count of fields at most 0: there are" in told


@pytest.mark.usefixtures("repository")
def test_without_a_policy_every_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "crm:A__c", *DAY]) == 0

    told = capsys.readouterr().out
    assert "docs/object-purpose  [medium]  waived: Custom object without a stated purpose" in told
    assert "docs/business-owner  [low]  violation:" in told


@pytest.mark.usefixtures("repository")
def test_a_subject_that_passes_is_explained_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "crm:A__c.F__c", "docs/confusable-label", *DAY]) == 0

    told = capsys.readouterr().out
    assert "docs/confusable-label  [medium]  pass: Fields of one object that people cannot tell apart" in told
    assert "    F has confusable with: confusable with nothing" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["crm:A__c.G__c"],
            "there is no subject 'crm:A__c.G__c'. Did you mean crm:A__c.F__c",
            id="no such subject, the nearest named",
        ),
        pytest.param(
            ["crm:A__c", "docs/purpos"],
            "no policy 'docs/purpos' is in force. Did you mean docs/object-purpose?",
            id="no such policy",
        ),
        pytest.param(
            ["crm:A__c", "docs/purpose"],
            "docs/purpose speaks of fields, and crm:A__c is none",
            id="a policy that speaks of others",
        ),
        pytest.param(["crm:A__c", "own/off"], "own/off is switched off", id="a policy that is switched off"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_matches_nothing_says_so_with_its_own_code(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", *arguments, *DAY]) == 5

    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("crm:A__c.F__c", id="the whole name"),
        pytest.param("A__c.F__c", id="as reports print it, without the one CRM"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_keeps_it_and_what_its_removal_means_come_before_the_policies(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", name, *DAY]) == 0

    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line and not line.startswith("  ")] == [
        "crm:A__c.F__c  (objects/A__c.object:3)",
        "liveness: unknown, a review candidate",
        "if it were removed: nothing for certain would have to change or would break",
        "docs/purpose  [low]  violation: Field without a stated purpose: description: missing",
        "passes: docs/confusable-label",
        "not spoken of by: docs/help-where-demanded",
    ]
    assert told[told.index("  would go with it, since nothing else holds it: 1 thing") + 1] == "    crm:A__c"
