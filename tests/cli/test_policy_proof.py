"""`auditor policy test`, `lint`, `schema` and `list --resolved` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run

POLICY = """\
version: 1
policies:
  - id: own/long
    title: Long
    severity: low
    pillar: usage
    why: Nobody fills in so much.
    fix: Make it shorter.
    target: {kind: field}
    forbid: {length: {ge: 60}}
"""
TESTS = """\
version: 1
as_of: 2026-11-21
tests:
  - policy: own/long
    violation:
      - it is long: {length: 60}
    pass:
      - it is short: {length: 59}
      - it has no length: {length: absent}
    unknown:
      - nobody knows: {length: unknown}
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(
        "<CustomObject><label>A</label><fields><fullName>F__c</fullName><type>Text</type><length>80</length></fields>"
        "</CustomObject>"
    )
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [own.yaml]\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
    )
    (tmp_path / "own.yaml").write_text(POLICY)
    (tmp_path / "own.test.yaml").write_text(TESTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("company")
def test_clean_fixtures_exit_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "test", "--mutate", "--coverage"]) == 0

    assert capsys.readouterr().out == (
        "own/long  violation 1 pass 2 unknown 1  4 of 4 mutants noticed\n"
        "4 cases of 1 policies, all as expected, 4 mutants, 0 survived\n"
    )


def test_a_missed_expectation_exits_with_one(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "own.test.yaml").write_text(TESTS.replace("length: 60", "length: 50"))

    assert run(["policy", "test"]) == 1

    told = capsys.readouterr().out
    assert "own.test.yaml:6:9: own/long: missed: it is long: violation expected, pass given\n" in told


def test_a_surviving_mutant_exits_with_one(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "own.test.yaml").write_text(TESTS.replace("length: 59", "length: 9"))

    assert run(["policy", "test"]) == 0
    assert run(["policy", "test", "--mutate"]) == 1

    assert "untested: forbid: length at least 60 becomes length at least 59" in capsys.readouterr().out


def test_a_wrong_fixture_exits_with_two_and_nothing_to_test_with_five(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "own.test.yaml").write_text(TESTS.replace("length: 59", "lenght: 59"))
    assert run(["policy", "test"]) == 2
    (company / "own.test.yaml").unlink()
    assert run(["policy", "test"]) == 5

    assert "'lenght' is no fact of field. Did you mean length?" in capsys.readouterr().err


@pytest.mark.usefixtures("company")
def test_a_policy_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "test", "--policy", "own/lung"]) == 5

    assert "no policy 'own/lung' is in these documents. Did you mean own/long?" in capsys.readouterr().err


def test_a_recorded_subject_is_a_fixture(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "test", "--record", "crm:A__c.F__c", "--as-of", "2026-11-21"]) == 0
    recorded = capsys.readouterr().out
    (company / "own.test.yaml").write_text(recorded)

    assert 'violation:\n      - "crm:A__c.F__c":\n          length: 80\n' in recorded
    assert run(["policy", "test"]) == 0


@pytest.mark.usefixtures("company")
def test_shipped_packs_are_tested_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "test", "pack:limits"]) == 0

    assert ", all as expected" in capsys.readouterr().out


def test_lint_exits_with_one_where_something_is_doubtful(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy", "lint"]) == 0
    (company / "own.yaml").write_text(POLICY.replace("{ge: 60}", "{ge: 60, lt: 60}"))
    assert run(["policy", "lint"]) == 1

    assert capsys.readouterr().out == "own.yaml:10:14: no field can meet it: length at least 60 and below 60\n"


@pytest.mark.usefixtures("company")
def test_every_value_in_force_tells_where_it_is_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "list", "--resolved"]) == 0
    assert "own/long\n  id: own/long  (own.yaml:3:9)\n  title: Long  (own.yaml:4:12)\n" in capsys.readouterr().out

    assert run(["policy", "list", "--resolved", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["values"][0]["origin"] == "own.yaml:3:9"


@pytest.mark.usefixtures("company")
def test_the_schema_is_printed_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "schema"]) == 0

    assert json.loads(capsys.readouterr().out)["title"] == "Policies of the auditor"
