"""`auditor baseline`, and a gate that speaks of what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli.main import run

FIELD = "<fields><fullName>{name}__c</fullName><label>{name}</label><type>Text</type></fields>"
CONFIG = """\
version: 1
systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]
policies: [own.yaml]
"""
POLICY = """\
version: 1
policies:
  - {id: own/described, title: Not described, severity: high, pillar: documentation, why: W, fix: F,
     target: {kind: field, where: {custom: true}}, forbid: {description_quality: missing}}
"""
AUDIT = ["audit", "--as-of", "2026-11-21", "--fail-on", "high", "--output", "text=report.txt"]


def fields(folder: Path, *names: str) -> None:
    objects = folder / "src" / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    body = "".join(FIELD.format(name=name) for name in names)
    (objects / "A__c.object").write_text(f"<CustomObject><label>A</label>{body}</CustomObject>")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fields(tmp_path, "Old", "Older")
    (tmp_path / "auditor.yaml").write_text(CONFIG)
    (tmp_path / "own.yaml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gate(repository: Path) -> None:
    assert run(["baseline", "create", "--as-of", "2026-11-21"]) == 0
    with (repository / "auditor.yaml").open("a") as config:
        config.write("baseline: auditor-baseline.jsonl\n")


def test_a_gate_is_silent_about_what_stood_and_fails_on_what_is_new(repository: Path) -> None:
    assert run(AUDIT) == 1
    gate(repository)
    assert run(AUDIT) == 0
    fields(repository, "Old", "Older", "Brand_New")
    assert run(AUDIT) == 1


def test_creating_says_what_to_write_and_never_replaces(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate(repository)
    assert run(["baseline", "create"]) == 2

    told = capsys.readouterr()
    path = repository / "auditor-baseline.jsonl"
    assert told.out == f"{path}: 2 findings\nadd to auditor.yaml:  baseline: auditor-baseline.jsonl\n"
    assert told.err == (
        f"auditor: {path} exists; `auditor baseline prune` takes out what is fixed, --force writes it anew\n"
    )


def test_pruning_only_removes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gate(repository)
    fields(repository, "Old", "Brand_New")
    capsys.readouterr()

    assert run(["baseline", "prune", "--as-of", "2026-11-21"]) == 0

    path = repository / "auditor-baseline.jsonl"
    assert capsys.readouterr().out == f"{path}: 1 finding kept, 1 taken out\n"
    assert [line.partition(",")[0] for line in path.read_text().splitlines()] == [
        '{"baseline": 1}',
        '{"subject": "crm:A__c.Old__c"',
    ]


def test_a_missing_baseline_is_an_error_and_not_all_new(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (repository / "auditor.yaml").open("a") as config:
        config.write("baseline: gone.jsonl\n")

    assert run(AUDIT) == 2
    assert capsys.readouterr().err == (
        "auditor: auditor.yaml: baseline gone.jsonl cannot be read: No such file or directory; "
        "`auditor baseline create` writes it\n"
    )
