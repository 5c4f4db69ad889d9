"""`auditor init` in a repository: the configuration, a first baseline, the hook, and what to do next."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from auditor.cli.main import run

OBJECT = "<CustomObject><label>A</label><fields><fullName>F__c</fullName><type>Text</type></fields></CustomObject>"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(OBJECT)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_repository_is_made_ready_in_one_command(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0

    told = capsys.readouterr().out
    assert told.splitlines() == [
        "wrote auditor.yaml",
        "recognised: Salesforce metadata",
        "no ERP was found: name its schema under systems, so that repeated data can be seen",
        "no usage evidence was found: `auditor evidence plan` says what to export first",
        "wrote auditor-baseline.jsonl: 6 findings stand today, and a gate speaks of what gets worse from here on",
        f"wrote the hook auditor-check into {repository / '.pre-commit-config.yaml'}",
        "next:",
        "  1. read auditor.yaml through and change what is not so",
        "  2. `auditor audit` writes the first report",
        "  3. `pre-commit install -t pre-commit -t pre-push` puts the hook in force; commit the new files",
        "  4. `auditor init --charter` drafts who owns what, for people to sign",
    ]
    assert "\nbaseline: auditor-baseline.jsonl\n" in (repository / "auditor.yaml").read_text()
    assert run(["audit", "--as-of", "2026-11-21"]) == 0


def test_the_configuration_alone_may_be_asked_for(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--only-config"]) == 0

    assert sorted(path.name for path in repository.iterdir()) == [".git", "auditor.yaml", "src"]
    assert "hook" not in capsys.readouterr().out


def test_what_is_there_already_is_kept(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    before = (repository / "auditor-baseline.jsonl").read_bytes()
    capsys.readouterr()
    assert run(["init", "--force"]) == 0

    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("kept")] == [
        "kept auditor-baseline.jsonl, which is there already",
        f"kept {repository / '.pre-commit-config.yaml'}, which names the hook auditor-check already",
    ]
    assert before == (repository / "auditor-baseline.jsonl").read_bytes()
