"""A check on a day after the audit says what the slow way says of that day, and reads no tree for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run
from tests.gate.scratch import FIELDS, PROJECT, clean_environment, field_xml, scratch


def test_days_after_the_audit_a_check_is_quick_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**clean_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    repo = scratch(tmp_path / "repo", {**PROJECT, ".gitignore": "out/\n"})
    monkeypatch.chdir(repo.top)
    assert run(["audit", "--as-of", "2026-11-01", "--output", "json=out/r.json"]) == 0
    repo.write({f"{FIELDS}/D__c.field-meta.xml": field_xml("D__c", "")})
    for day in ("2026-11-20", "2026-11-20", "2028-01-01"):
        told = []
        for way in ([], ["--no-cache"]):
            capsys.readouterr()
            code = run(["check", "--as-of", day, "-v", "--output", "json=-", *way])
            said = capsys.readouterr()
            document = json.loads(said.out)
            document.pop("evidence", None)
            told.append((code, document))
            assert bool(way) == bool(said.err), said.err

        assert told[0] == told[1]
