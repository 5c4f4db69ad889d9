"""The command line as a whole: help, errors, exit codes, and what is not imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli.main import run

HEAVY = ("duckdb", "ibis", "jinja2", "networkx", "openpyxl", "sqlalchemy", "sqlglot")


def _imported(script: str) -> set[str]:
    command = [sys.executable, "-c", f"{script}\nimport sys, json; print('\\n' + json.dumps(sorted(sys.modules)))"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="the help"),
        pytest.param(["audit", "--help"], id="the help of the main job"),
        pytest.param(["inspect", "--help"], id="the help of inspect"),
        pytest.param(["inspect", "SAMPLE"], id="reading OData"),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "metadata.xml").write_text(
        '<Edmx><DataServices><Schema Namespace="N"><EntityType Name="A"/></Schema></DataServices></Edmx>'
    )
    given = [str(tmp_path) if argument == "SAMPLE" else argument for argument in arguments]

    modules = _imported(f"from auditor.cli.main import run; assert run({given!r}) == 0")

    assert modules.isdisjoint(HEAVY)


def test_the_help_names_every_verb_and_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0

    told = capsys.readouterr().out
    assert "Start with `auditor init`" in told
    for verb in ("init", "inspect", "audit", "evidence", "policy"):
        assert f"\n  {verb} " in told


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["inspekt"], 2, "there is no verb 'inspekt'; did you mean inspect?", id="a mistyped verb"),
        pytest.param(
            ["audit"], 2, "there is no auditor.yaml here or above; `auditor init` writes", id="no config"
        ),
        pytest.param(["inspect"], 2, "nothing to inspect: give a PATH", id="nothing to inspect"),
        pytest.param(["inspect", "nowhere"], 2, "nowhere does not exist", id="no such place"),
        pytest.param(
            ["inspect", "."], 5, "nothing at . is recognised as Salesforce metadata", id="an empty place"
        ),
        pytest.param(
            ["inspect", "table"], 5, "nothing at table is recognised as", id="a table that lists no fields"
        ),
        pytest.param(["init"], 5, "holds no Salesforce metadata", id="nothing to begin with"),
        pytest.param(["audit", "--as-of", "soon"], 2, "Invalid value for '--as-of'", id="no day"),
        pytest.param(
            ["audit", "--config", "x.yaml"], 2, "x.yaml: no such configuration file", id="no such config"
        ),
    ],
)
def test_an_error_is_one_message_and_a_code(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if "table" in arguments:
        (tmp_path / "table").mkdir()
        (tmp_path / "table" / "rows.csv").write_text("a,b\n1,2\n")

    assert run(arguments) == code

    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_an_error_of_ours_keeps_a_log_and_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr("auditor.cli.inspect.read_place", fails)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert run(["inspect", "."]) == 3

    said = capsys.readouterr().err
    assert "internal error (ZeroDivisionError: a defect). This is a defect of the auditor" in said
    assert "Traceback" not in said
    (log,) = tmp_path.glob("auditor-*.log")
    assert "ZeroDivisionError" in log.read_text()


def test_a_configuration_is_written_once_and_audits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(
        "<CustomObject><label>A</label><fields><fullName>F__c</fullName><type>Text</type></fields></CustomObject>"
    )
    monkeypatch.chdir(tmp_path)

    assert run(["init"]) == 0
    assert run(["init"]) == 2
    assert run(["audit", "--as-of", "2026-11-21", "--output", "json=-"]) == 0

    said = capsys.readouterr()
    assert "auditor.yaml is there already; --force replaces it" in said.err
    document = json.loads(said.out[said.out.index("{") :])
    assert document["as_of"] == "2026-11-21"
