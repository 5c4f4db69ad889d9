"""Processes that are killed, that write at once, and that may not write."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from auditor.cli.main import run
from auditor.history.accumulated import Beside, Stream, accumulated
from auditor.history.additions import additions

WRITER = """
import sys
from datetime import date, timedelta
from pathlib import Path
from auditor.history.additions import add
from auditor.model.accumulation import Addition, Contribution
from auditor.model.observations import DayCount, Deed, SourceKind

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
start = date(2026, 1, 1)
for place in range(count):
    own = f"{name}-{place}"
    day = start + timedelta(days=place)
    days = tuple(DayCount(f"crm:A__c.F{field}__c", Deed.READ, "x", day, 1) for field in range(2_000))
    addition = Addition(own, "api-event", "crm", SourceKind.LOG, own, start, last=day, subjects=len(days))
    add(path, Contribution(addition, frozenset({own}), days))
    print(own, flush=True)
"""
DAY = date(2026, 12, 31)


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def counted(path: Path) -> int:
    found = accumulated(path, Stream("api-event", "crm"), Beside(DAY))
    return sum(each.count or 0 for each in found.observations) if found else 0


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_additions_and_nothing_else(tmp_path: Path) -> None:
    path, chance = tmp_path / "history.sqlite", random.Random(3)
    said: set[str] = set()
    for attempt in range(8):
        process = writer(path, f"run{attempt}", 200)
        assert process.stdout is not None
        said.add(process.stdout.readline().strip())
        time.sleep(chance.random() / 4)
        process.send_signal(signal.SIGKILL)
        said |= set(process.communicate()[0].split())
        kept = {each.name: each.subjects for each in additions(path)}
        assert said <= kept.keys()
        assert set(kept.values()) == {2_000}
    assert counted(path) == 2_000 * len({each.rpartition("-")[2] for each in kept})


@pytest.mark.slow
def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    processes = [writer(path, name, 5) for name in ("one", "two")]
    assert [process.wait(timeout=300) for process in processes] == [0, 0]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    assert sorted(each.name for each in additions(path)) == sorted(
        f"{name}-{place}" for name in ("one", "two") for place in range(5)
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_is_read_only_costs_one_line_and_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text("<CustomObject><label>A</label></CustomObject>")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
    )
    header = "EventIdentifier,EventDate,UserId,QueriedEntities,Query\n"
    for name in ("1.csv", "2.csv"):
        (tmp_path / name).write_text(f"{header}{name},2026-09-01T08:00:00Z,,A__c,SELECT Id FROM A__c\n")
    monkeypatch.chdir(tmp_path)
    assert run(["evidence", "add", "1.csv", "--as-of", "2026-09-05"]) == 0
    folder = tmp_path / ".auditor"
    (folder / "history.sqlite").chmod(0o444)
    folder.chmod(0o555)
    try:
        capsys.readouterr()
        assert run(["evidence", "add", "2.csv", "--as-of", "2026-09-05"]) == 2
        assert "read-only" in capsys.readouterr().err
        assert run(["evidence", "list"]) == 0
        assert run(["audit", "--as-of", "2026-09-05", "--output", "json=audit.json"]) == 0
    finally:
        folder.chmod(0o755)
