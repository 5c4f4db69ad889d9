"""What was kept by other code is not found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.index import running
from auditor.version import VERSION

CHANGES = {
    "a reader is longer": ("auditor/formats/xml.py", True, True),
    "a fact is longer": ("auditor/facts/fill.py", False, True),
    "a pack is longer": ("policies/scope.yaml", False, True),
    "a page is longer": ("auditor/report/page.html", False, False),
}


def _checkout(folder: Path) -> None:
    for name, _, _ in CHANGES.values():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a = 1\n")


def _told(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setattr(running, "_ROOT", root / "auditor")
    running._all.cache_clear()
    running._record.cache_clear()
    running._digest.cache_clear()
    return running.reading_code(), running.running_code()


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    running._all.cache_clear()
    running._record.cache_clear()
    running._digest.cache_clear()


@pytest.mark.parametrize(("name", "reads", "runs"), CHANGES.values(), ids=CHANGES)
def test_a_checkout_is_told_by_its_files(
    name: str, reads: bool, runs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _checkout(tmp_path)
    before = _told(tmp_path, monkeypatch)

    (tmp_path / name).write_text("a = 12\n")
    after = _told(tmp_path, monkeypatch)

    assert (reads, runs) == (before[0] != after[0], before[1] != after[1])


def test_an_installed_distribution_is_told_by_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _checkout(tmp_path)
    record = tmp_path / f"crm_scope_auditor-{VERSION}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("auditor/formats/xml.py,sha256=abc,6\n")
    before = _told(tmp_path, monkeypatch)

    os.utime(tmp_path / "auditor/formats/xml.py", (1, 1))
    touched = _told(tmp_path, monkeypatch)
    record.write_text("auditor/formats/xml.py,sha256=def,6\n")
    other = _told(tmp_path, monkeypatch)

    assert (before == touched, before == other) == (True, False)
