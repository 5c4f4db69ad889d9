"""A report that was run and that a change deletes reads nothing any more, though its runs are on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run
from tests.gate.scratch import CONFIG, DAY, REPORT, Scratch, clean_environment, report_xml, scratch

POLICY = """version: 1
policies:
  - id: own/alive
    title: Field that nothing keeps alive
    severity: high
    pillar: usage
    target: {kind: field, where: {custom: true, in_repo: true}}
    require: {alive: true}
    on_unknown: violation
    why: Nobody reads it.
    fix: Ask who did.
"""
EVIDENCE = "evidence: [{id: reports, kind: report-register, path: runs.csv, options: {exported: '2026-11-21'}}]\n"
RUNS = (
    "Id,DeveloperName,Name,FolderName,Format,CreatedDate,LastModifiedDate,LastRunDate\n"
    "00O4H0000001000UAA,Things,Things,Sales,Tabular,2019-11-16T08:17:04.000+0000,2022-08-09T09:31:46.000+0000,"
    "2026-11-16T08:06:24.000+0000\n"
)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    for name, value in {**clean_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    made = scratch(tmp_path / "repo")
    config = CONFIG + EVIDENCE
    made.write({"auditor.yaml": config, "policies/own.yaml": POLICY, "runs.csv": RUNS})
    made.write({".gitignore": ".auditor/\nout/\n"})
    made.commit()
    monkeypatch.chdir(made.top)
    assert run(["audit", "--as-of", DAY]) in (0, 1)
    return made


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    run(["check", "--as-of", DAY, "--output", "json=-", *arguments])
    told = json.loads(capsys.readouterr().out)["findings"]
    return [each["subject"] for each in told if each["state"] == "new"]


@pytest.mark.parametrize("way", [(), ("--all",)], ids=["the quick way", "the slow way"])
def test_what_only_a_deleted_report_read_is_read_no_more(
    repo: Scratch, capsys: pytest.CaptureFixture[str], way: tuple[str, ...]
) -> None:
    repo.git("rm", "-q", REPORT)

    assert found(capsys, *way) == ["crm:Thing__c.B__c"]


@pytest.mark.parametrize("way", [(), ("--all",)], ids=["the quick way", "the slow way"])
def test_a_report_that_moved_to_another_folder_is_still_read(
    repo: Scratch, capsys: pytest.CaptureFixture[str], way: tuple[str, ...]
) -> None:
    repo.git("rm", "-q", REPORT)
    repo.write({REPORT.replace("Sales", "Marketing"): report_xml("B__c")})

    assert found(capsys, *way) == []
