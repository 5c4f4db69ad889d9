"""The sound repository as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.badinput.world import World, an_object


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> World:
    """A repository with one object, `Good__c.Kept__c`."""
    made = World(tmp_path, capsys)
    made.objects.mkdir(parents=True)
    (made.objects / "Good__c.object").write_text(an_object("Good", "Kept__c"))
    made.folder.joinpath("auditor.yaml").write_text(
        "version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
    )
    monkeypatch.chdir(tmp_path)
    return made
