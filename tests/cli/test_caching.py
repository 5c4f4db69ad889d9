"""The cache as people meet it: the same output with and without, and `--no-cache` leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli.main import auditor
from auditor.index.layout import LAYOUT

_FIELD = "<CustomField><fullName>Region__c</fullName><label>Region</label><type>Text</type></CustomField>"
_CONFIG = "version: 1\nsystems:\n  - {name: crm, role: crm, sources: [{kind: salesforce, path: repo}]}\n"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "company" / "repo/objects/Account/fields/Region__c.field-meta.xml"
    place.parent.mkdir(parents=True)
    place.write_text(_FIELD)
    (tmp_path / "company" / "auditor.yaml").write_text(_CONFIG)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "company")
    return tmp_path / "company"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(auditor, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("inspect", "--format", "json"), id="inspect by configuration"),
        pytest.param(("inspect", "repo", "--format", "json"), id="inspect a folder"),
        pytest.param(("audit", "--as-of", "2026-11-21", "--output", "json=-"), id="audit"),
        pytest.param(("evidence", "plan", "--as-of", "2026-11-21"), id="evidence plan"),
    ],
)
def test_the_second_run_says_the_same_as_the_first_and_as_one_without_cache(
    company: Path, arguments: tuple[str, ...]
) -> None:
    first, second, without = _run(*arguments), _run(*arguments), _run(*arguments, "--no-cache")

    assert (first.exit_code, first.output) == (0, without.output)
    assert (second.exit_code, second.output) == (0, without.output)


def test_an_edit_shows_in_the_next_run(company: Path) -> None:
    _run("inspect")
    place = company / "repo/objects/Account/fields/Region__c.field-meta.xml"
    place.write_text(_FIELD.replace("Region__c", "Area__c"))

    assert '"Area__c"' in _run("inspect", "--format", "json").output


def test_the_cache_lies_beside_the_configuration(company: Path) -> None:
    _run("inspect")

    assert sorted(path.name for path in (company / ".auditor").iterdir()) == [".gitignore", "cache.sqlite"]


def test_a_folder_without_configuration_uses_the_users_own_cache(company: Path) -> None:
    _run("inspect", "repo")

    assert not (company / ".auditor").exists()
    assert (company.parent / "home/crm-scope-auditor/cache.sqlite").is_file()


def test_no_cache_leaves_no_trace(company: Path) -> None:
    _run("inspect", "--no-cache")
    _run("inspect", "repo", "--no-cache")
    _run("audit", "--no-cache", "--output", "json=-")

    assert not (company / ".auditor").exists()
    assert not (company.parent / "home").exists()


def test_a_cache_of_a_later_version_is_told_in_one_line_and_left_alone(
    company: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlite3

    expected = _run("inspect").output
    connection = sqlite3.connect(company / ".auditor/cache.sqlite")
    connection.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    connection.close()

    result = _run("inspect")

    assert (result.exit_code, result.output) == (0, expected)
    assert [record.getMessage() for record in caplog.records] == [
        f"{Path('.auditor/cache.sqlite')} is not used: a later version of the auditor made it".replace(
            ".auditor", str(company / ".auditor")
        )
    ]


@pytest.mark.parametrize("data", [pytest.param(b"", id="empty"), pytest.param(b"\xff" * 5000, id="no database")])
def test_a_damaged_cache_is_made_anew_and_nobody_notices(company: Path, data: bytes) -> None:
    expected = _run("inspect").output
    (company / ".auditor/cache.sqlite").write_bytes(data)

    assert _run("inspect").output == expected
    assert (company / ".auditor/cache.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_what_is_excluded_is_not_read_and_said_once(company: Path) -> None:
    other = company / "repo/unpackaged/objects/Account/fields/Trial__c.field-meta.xml"
    other.parent.mkdir(parents=True)
    other.write_text(_FIELD.replace("Region__c", "Trial__c"))
    before = _run("inspect", "--format", "json").output
    (company / "auditor.yaml").write_text(_CONFIG.replace("path: repo", "path: repo, exclude: [unpackaged]"))

    after = _run("inspect", "--format", "json").output

    assert '"Trial__c"' in before and '"Trial__c"' not in after
    assert "1 file not read: excluded by unpackaged" in after
