"""The quick way says what the slow way says, on seeded edits; and a passing hook loads little."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from auditor.cli.main import run
from tests.gate.scratch import (
    DAY,
    FIELDS,
    LAYOUT,
    PROJECT,
    REPORT,
    Scratch,
    clean_environment,
    field_xml,
    layout_xml,
    object_xml,
    report_xml,
    scratch,
)

NAMES = ("A__c", "B__c", "C__c", "D__c", "E__c")
OTHER = REPORT.replace("Things", "Others")
HEAVY = ("networkx", "sqlalchemy", "jinja2", "duckdb", "ibis", "rich", "numpy", "scipy")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    for name, value in {**clean_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    folder = "force-app/main/default/objects/Other__c"
    made = scratch(
        tmp_path / "repo",
        {
            **PROJECT,
            "auditor.yaml": PROJECT["auditor.yaml"].replace("[policies/own.yaml]", "[pack:all, policies/own.yaml]")
            + "params: {unused_after: 90d}\n",
            f"{folder}/Other__c.object-meta.xml": object_xml("Other"),
            f"{folder}/fields/A__c.field-meta.xml": field_xml("A__c", "", "Checkbox"),
            ".gitignore": "out/\n",
        },
    )
    monkeypatch.chdir(made.top)
    return made


def edit(repo: Scratch, random: Random) -> None:
    """One edit of a kind that developers make, staged."""
    name, other = random.sample(NAMES, 2)
    path = f"{FIELDS}/{name}.field-meta.xml"
    there = (repo.top / path).exists()
    kind = random.choice(("field", "delete", "layout", "report", "rename", "retype"))
    if kind in ("delete", "rename") and there:
        if kind == "delete":
            repo.git("rm", "-q", "-f", path)
        elif not (repo.top / FIELDS / f"{other}.field-meta.xml").exists():
            repo.git("mv", path, f"{FIELDS}/{other}.field-meta.xml")
            repo.write({f"{FIELDS}/{other}.field-meta.xml": field_xml(other)})
    elif kind == "layout":
        repo.write({LAYOUT: layout_xml(*random.sample(NAMES, 2))})
    elif kind == "report":
        repo.write({random.choice((REPORT, OTHER)): report_xml(name)})
    else:
        repo.write({path: field_xml(name, random.choice(("", "reported")), random.choice(("Text", "Checkbox")))})


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object, str]:
    capsys.readouterr()
    code = run(["check", "--as-of", DAY, "-v", "--output", "json=-", *arguments])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


@pytest.mark.slow
def test_the_quick_way_says_what_the_slow_way_says(repo: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--as-of", DAY, "--output", "json=out/r.json"]) == 0
    random = Random(20261122)
    quick = 0
    for round_ in range(20):
        for _ in range(random.choice((1, 1, 2, 3))):
            edit(repo, random)
        code, found, why = told(capsys)
        slow_code, slow, _ = told(capsys, "--no-cache")

        assert (code, without_age(found)) == (slow_code, without_age(slow)), round_
        quick += not why
        if round_ % 3 == 2:
            repo.git(
                "commit", "-q", "--allow-empty", "-m", "go on"
            )  # the tree that was kept is not the base any more
        elif round_ % 3 == 0:
            repo.git("reset", "-q", "--hard")
    assert quick >= 10


ANY_CUSTOM = """version: 1
policies:
  - id: own/custom
    title: Field of our own
    severity: low
    pillar: usage
    target: {kind: field}
    forbid: {custom: true}
    why: It is counted.
    fix: Do not.
  - id: own/used
    title: Field that nobody is known to read
    severity: low
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {last_read: {older_than: 90d}}
    why: It is counted.
    fix: Do not.
"""


def test_a_field_that_is_renamed_while_its_old_name_is_still_mentioned_keeps_its_findings(
    repo: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"policies/own.yaml": ANY_CUSTOM, LAYOUT: layout_xml("A__c", "B__c")})
    repo.write({"auditor.yaml": PROJECT["auditor.yaml"]})
    repo.commit("policies that find the same of both names")
    assert run(["audit", "--as-of", DAY, "--output", "json=out/r.json"]) == 0
    repo.git("mv", f"{FIELDS}/A__c.field-meta.xml", f"{FIELDS}/Aa__c.field-meta.xml")
    repo.write({f"{FIELDS}/Aa__c.field-meta.xml": field_xml("Aa__c")})

    code, found, why = told(capsys)
    slow_code, slow, _ = told(capsys, "--no-cache")

    assert (code, without_age(found), why) == (slow_code, without_age(slow), "")
    assert isinstance(found, dict)
    assert (code, found["findings"], found["became_unknown"]) == (0, [], 0)


def without_age(document: object) -> object:
    """Without the line on evidence, since nothing that was kept is looked at without a cache."""
    assert isinstance(document, dict)
    return {name: value for name, value in document.items() if name != "evidence"}


def test_a_warm_check_loads_no_heavy_library_and_reads_no_document(repo: Scratch) -> None:
    repo.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "Something else")})
    code = (
        "import sys; from auditor.cli.main import run\n"
        f"code = run(['check', '--as-of', '{DAY}'])\n"
        f"print(code, sorted(set({HEAVY!r}) & set(sys.modules)), 'yaml' in sys.modules)"
    )
    said = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=repo.top, capture_output=True, text=True, check=True
        )
        said.append(done.stdout.splitlines()[-1])

    assert said == ["0 [] True", "0 [] False"]
