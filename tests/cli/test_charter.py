"""`auditor charter diff`: what another charter would say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run

DAY = ["--as-of", "2026-11-21"]
CHARTER = """\
version: 1
signed: {{by: [sales], on: 2026-01-31}}
purposes: {{crm: Activities with customers.}}
entities:
  Thing: {{objects: [A__c], budget: {budget}}}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    fields = "".join(f"<fields><fullName>F{n}__c</fullName><type>Text</type></fields>" for n in range(3))
    (objects / "A__c.object").write_text(f"<CustomObject><label>A</label>{fields}</CustomObject>")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [pack:charter]\ncharter: charter.yaml\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
    )
    (tmp_path / "charter.yaml").write_text(CHARTER.format(budget=1))
    (tmp_path / "old.yaml").write_text(CHARTER.format(budget=3))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("repository")
def test_a_tighter_budget_is_a_new_finding_and_a_lower_score(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["charter", "diff", "old.yaml", *DAY]) == 0

    finding, count, score = capsys.readouterr().out.splitlines()
    assert finding.startswith("new      violation  [medium]  charter/over-budget  crm:A__c: ")
    assert count == "1 new"
    before, after = score.removeprefix("score: ").split(" → ")
    assert int(before.split()[0]) > int(after.split()[0])


@pytest.mark.usefixtures("repository")
def test_against_none_the_finding_that_there_is_none_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["charter", "diff", *DAY]) == 0

    told = capsys.readouterr().out
    assert "gone     violation  [low]  charter/none  crm:" in told
    assert "score: none, without a charter → " in told


@pytest.mark.usefixtures("repository")
def test_the_same_charter_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["charter", "diff", "charter.yaml", *DAY]) == 0

    assert capsys.readouterr().out.splitlines()[0] == "no finding changes"


@pytest.mark.usefixtures("repository")
def test_programs_get_findings_in_the_shape_of_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["charter", "diff", "old.yaml", *DAY, "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    ((state, before, after),) = ((row["state"], row["before"], row["after"]) for row in told["changes"])
    assert (state, before, after["policy"], after["outcome"]) == ("new", None, "charter/over-budget", "violation")
    assert told["score"]["before"]["value"] > told["score"]["after"]["value"]


def test_a_charter_that_is_wrong_is_told_with_its_place(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "old.yaml").write_text("version: 1\nentities: {Thing: {objects: [A__c], budgt: 3}}\n")

    assert run(["charter", "diff", "old.yaml", *DAY]) == 2
    assert "old.yaml:2:37: unknown key 'budgt'; did you mean budget?" in capsys.readouterr().err
