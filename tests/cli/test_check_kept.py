"""What the last audit leaves for checks, and what happens where nothing or something damaged lies there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli.main import run
from tests.gate.scratch import (
    CONFIG,
    DAY,
    FIELDS,
    POLICIES,
    PROJECT,
    Scratch,
    clean_environment,
    field_xml,
    scratch,
)

OWN = """
  - id: own/erp
    title: ERP object with fields
    severity: low
    pillar: documentation
    target: {kind: object, where: {role: erp}}
    require: {count: {rel: fields, le: 1}}
    why: For the test.
    fix: None.
"""
ERP = "object,field,type\nOrder,Number,Text\nOrder,Amount,Currency\n"
CHANGED = {f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")}
NEW = ("own/purpose", "crm:Thing__c.A__c", "new")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {**clean_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    erp = "  {name: erp, role: erp, sources: [{kind: tabular, path: erp.csv}]}]\n"
    config = CONFIG.replace("}]}]\n", "}]},\n" + erp).replace("systems: [", "systems: [\n  ")
    kit = "Id,DeveloperName,FolderName,Name,LastRunDate\n00O1,Things,Sales,Things,2026-11-01T00:00:00.000+0000\n"
    evidence = (
        "evidence: [{id: reports, kind: report-register, path: Report.csv, options: {exported: '2026-11-20'}}]\n"
    )
    files = {**PROJECT, "auditor.yaml": config + evidence, "policies/own.yaml": POLICIES + OWN}
    made = scratch(tmp_path / "repo", {**files, ".gitignore": "erp.csv\nReport.csv\nout/\n"})
    made.write({"erp.csv": ERP, "Report.csv": kit}, stage=False)
    monkeypatch.chdir(made.top)
    return made


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = run(["check", "--as-of", DAY, *arguments, "--output", "json=-"])
    return code, json.loads(capsys.readouterr().out)


def findings(document: dict[str, object]) -> list[tuple[object, ...]]:
    listed = document["findings"]
    assert isinstance(listed, list)
    return [(each["policy"], each["subject"], each["state"]) for each in listed]


def test_evidence_and_what_lies_outside_come_from_the_last_audit(
    repo: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "--as-of", DAY, "--output", "json=out/r.json"]) == 0
    (repo.top / "erp.csv").unlink()
    (repo.top / "Report.csv").unlink()
    repo.write(CHANGED)

    code, document = told(capsys, "--all", "--require-evidence", "30d")

    assert (code, findings(document)) == (1, [("own/erp", "erp:Order", "unchanged"), NEW])
    assert document["evidence"] == f"usage evidence of the audit of {DAY}, 2 days old"


def test_evidence_that_is_older_than_required_is_refused(
    repo: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "--as-of", DAY, "--output", "json=out/r.json"]) == 0
    capsys.readouterr()

    assert run(["check", "--as-of", DAY, "--require-evidence", "1"]) == 4
    assert capsys.readouterr().err == (
        "auditor: evidence no older than 1 days is required; too old: reports (2026-11-20). Export it anew\n"
    )


def cache(repo: Scratch) -> Path:
    return repo.top / ".auditor" / "cache.sqlite"


def damage(repo: Scratch) -> None:
    data = bytearray(cache(repo).read_bytes())
    data[len(data) // 3 :: 97] = b"\x00" * len(data[len(data) // 3 :: 97])
    cache(repo).write_bytes(bytes(data))


def newer(repo: Scratch) -> None:
    import sqlite3

    connection = sqlite3.connect(cache(repo))
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def no_file(repo: Scratch) -> None:
    cache(repo).unlink()


def a_folder(repo: Scratch) -> None:
    cache(repo).unlink()
    cache(repo).mkdir()


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(no_file, id="it is gone"),
        pytest.param(damage, id="it is damaged"),
        pytest.param(newer, id="it is of a later version"),
        pytest.param(a_folder, id="a folder stands in its place"),
    ],
)
def test_the_answer_is_right_whatever_happened_to_the_cache(
    repo: Scratch, capsys: pytest.CaptureFixture[str], harm: Callable[[Scratch], None]
) -> None:
    assert run(["audit", "--as-of", DAY, "--output", "json=out/r.json"]) == 0
    harm(repo)
    repo.write(CHANGED)

    code, document = told(capsys)

    assert (code, findings(document)) == (1, [NEW])


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "auditor", "check", "--as-of", DAY, *arguments]


def test_two_checks_at_once_say_the_same(repo: Scratch) -> None:
    repo.write(CHANGED)
    said: list[tuple[int, bytes, bytes]] = []

    def one() -> None:
        done = subprocess.run(command(), cwd=repo.top, capture_output=True, check=False)
        said.append((done.returncode, done.stdout, done.stderr))

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [each[0] for each in said] == [1, 1, 1]
    assert len(set(said)) == 1 and b"Traceback" not in said[0][2]


def test_a_check_that_is_killed_leaves_the_next_one_right(repo: Scratch) -> None:
    repo.write(CHANGED)
    alone = subprocess.run(command(), cwd=repo.top, capture_output=True, check=False).stdout
    for wait in (0.05, 0.2, 0.4, 0.8):
        (repo.top / ".auditor" / "cache.sqlite").unlink(missing_ok=True)
        with subprocess.Popen(command(), cwd=repo.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                process.kill()
        done = subprocess.run(command(), cwd=repo.top, capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (1, alone, b"")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_costs_nothing_but_time(
    repo: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write(CHANGED)
    (repo.top / ".auditor").mkdir(exist_ok=True)
    (repo.top / ".auditor").chmod(0o500)

    assert told(capsys)[0] == 1


def test_without_a_home_there_is_no_cache_and_the_answer_is_the_same(
    repo: Scratch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(CHANGED)
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)

    code, document = told(capsys)

    assert (code, findings(document)) == (1, [NEW])
