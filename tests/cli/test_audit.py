"""What `auditor audit` writes, and where."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from auditor.cli.main import run


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(
        "<CustomObject><label>A</label><fields><fullName>F__c</fullName><type>Text</type></fields></CustomObject>"
    )
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_format_is_written_to_the_output_folder(repository: Path) -> None:
    assert run(["audit", "--as-of", "2026-11-21"]) == 0

    written = sorted(path.name for path in (repository / "out").iterdir())
    assert written == [
        "fields.csv",
        "findings.csv",
        "findings.jsonl",
        "report.html",
        "report.json",
        "report.md",
        "report.xlsx",
    ]


def test_the_same_input_and_day_give_the_same_bytes(repository: Path) -> None:
    assert run(["audit", "--as-of", "2026-11-21"]) == 0
    first = {path.name: path.read_bytes() for path in (repository / "out").iterdir()}
    assert run(["audit", "--as-of", "2026-11-21"]) == 0

    assert {path.name: path.read_bytes() for path in (repository / "out").iterdir()} == first


def test_a_pipe_is_written_to_and_never_replaced(repository: Path) -> None:
    pipe = repository / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()

    assert run(["audit", "--as-of", "2026-11-21", "--output", f"json={pipe}"]) == 0

    reader.join(timeout=10)
    assert read and read[0].startswith(b"{")
    assert pipe.is_fifo()


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "taken").mkdir()

    assert run(["audit", "--output", "json=taken"]) == 2

    assert "taken cannot be written: Is a directory; choose another place" in capsys.readouterr().err
    assert not (repository / "taken.part").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["--fail-on", "low"], 1, id="a violation at the level asked for"),
        pytest.param(["--fail-on", "critical"], 0, id="none that grave"),
        pytest.param(["--require-evidence", "30d"], 4, id="evidence was required and there is none"),
    ],
)
def test_the_exit_code_says_what_was_asked(repository: Path, arguments: list[str], code: int) -> None:
    assert run(["audit", "--as-of", "2026-11-21", "--output", "json=r.json", *arguments]) == code


def test_a_mistyped_channel_is_refused_since_it_would_vouch_for_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (repository / "auditor.yaml").open("a") as config:
        config.write("complete: [emial_template, crm:report, api]\n")

    assert run(["audit", "--as-of", "2026-11-21"]) == 2

    said = capsys.readouterr().err
    assert "auditor.yaml: complete: 'emial_template' names no channel; did you mean" in said
    assert "email_template" in said
    assert "crm:report" not in said
