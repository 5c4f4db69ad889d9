"""`auditor explain --format json`: the condition trees as values, of findings and of what is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.main import run

DAY = ["--as-of", "2026-11-21"]
SUBJECT = "crm:A__c.F__c"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(
        "<CustomObject>\n<label>A</label>\n<fields>\n<fullName>F__c</fullName>\n<label>F</label>\n"
        "<type>Text</type>\n</fields>\n</CustomObject>\n"
    )
    (tmp_path / "counts.json").write_text('{"sObjects": [{"count": 7, "name": "A__c"}]}')
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [pack:all]\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
        'evidence: [{id: counts, kind: record-count, path: counts.json, options: {exported: "2026-11-21"}}]\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explained(capsys: pytest.CaptureFixture[str], *arguments: str, of: str = SUBJECT) -> dict[str, Any]:
    assert run(["explain", of, *arguments, "--format", "json", *DAY]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def nodes(node: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if node is not None:
        yield node
        for part in node["parts"]:
            yield from nodes(part)


@pytest.mark.usefixtures("repository")
def test_a_finding_is_a_tree_of_truths(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys, "docs/purpose")

    (case,) = told["policies"]
    assert (told["schema_version"], told["as_of"], told["subject"]) == (1, "2026-11-21", SUBJECT)
    assert (case["outcome"], case["confidence"], case["polarity"]) == ("violation", "proven", "require")
    assert case["condition"] == {
        "truth": "F",
        "shape": "fact",
        "text": "description quality is present",
        "subject": SUBJECT,
        "fact": "description_quality",
        "relation": None,
        "value": "missing",
        "printed": "missing",
        "exact": True,
        "evidence": [],
        "witnesses": [],
        "unknowns": [],
        "parts": [],
    }
    assert [(node["truth"], node["text"]) for node in nodes(case["target"])] == [
        ("T", "all of"),
        ("T", "role is crm"),
        ("T", "custom is true"),
        ("T", "managed is false"),
        ("T", "kind of object is object"),
    ]


@pytest.mark.usefixtures("repository")
def test_the_absence_of_a_finding_is_the_same_tree(capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = explained(capsys, "docs/confusable-label")["policies"]

    assert (case["outcome"], case["confidence"], case["fingerprint"]) == ("pass", None, "")
    assert [node["truth"] for node in nodes(case["condition"])] == ["F"]


@pytest.mark.usefixtures("repository")
def test_a_policy_that_does_not_speak_of_it_says_by_which_clause(capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = explained(capsys, "privacy/unclassified-person")["policies"]

    assert case["outcome"] == "not_applicable"
    assert [node["text"] for node in nodes(case["target"]) if node["truth"] == "F" and node["fact"]] == [
        "data type is one of email, phone"
    ]


@pytest.mark.usefixtures("repository")
def test_what_is_open_names_what_would_settle_it(capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = explained(capsys, "sprawl/never-adopted")["policies"]

    assert (case["outcome"], case["condition"]["truth"]) == ("unknown", "?")
    settled = {kind for question in case["open"] for kind in question["settled_by"]}
    assert {"fill-by-cohort", "tooling-custom-field"} <= settled


@pytest.mark.usefixtures("repository")
def test_without_a_policy_all_that_speak_of_its_kind_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys)

    outcomes = {case["policy"]: case["outcome"] for case in told["policies"]}
    assert outcomes["docs/purpose"] == "violation"
    assert outcomes["docs/confusable-label"] == "pass"
    assert outcomes["lifecycle/deprecated-still-fed"] == "not_applicable"


@pytest.mark.usefixtures("repository")
def test_a_fact_names_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    told = explained(capsys, "sprawl/tiny-object", of="crm:A__c")

    (case,) = told["policies"]
    rows = next(node for node in nodes(case["condition"]) if node["fact"] == "rows")
    assert (rows["truth"], rows["value"], rows["evidence"]) == ("T", 7, ["record-count (counts.json, 2026-11-21)"])
    assert told["evidence"] == [
        {"name": "record-count (counts.json, 2026-11-21)", "id": "counts", "kind": "record-count", "windows": []}
    ]
