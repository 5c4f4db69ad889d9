"""What commands print for machines is as the published schemas say, and the files in docs/ are those schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator

from auditor.cli.main import run
from auditor.report.published import published, schema_text
from tests import examples

ROOT = Path(__file__).parents[2]
DAY = ["--as-of", "2026-11-21"]
MOST = 100


def nordvik(_tmp: Path) -> Path:
    return examples.nordvik() / "auditor.yaml"


def lite(_tmp: Path) -> Path:
    return examples.lite() / "auditor.yaml"


def empty(tmp: Path) -> Path:
    (tmp / "src").mkdir()
    config = tmp / "auditor.yaml"
    config.write_text("version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n")
    return config


def closed(schema: object) -> object:
    """The schema with no room for keys that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: closed(value) for key, value in schema.items()}
    return {**told, "additionalProperties": False} if "properties" in schema and "required" in schema else told


def thinned(value: object) -> object:
    """The document with some items of each long list, spread over it: validating thousands takes minutes."""
    if isinstance(value, list):
        return [thinned(each) for each in value[:: max(1, len(value) // MOST)]]
    return {key: thinned(each) for key, each in value.items()} if isinstance(value, dict) else value


def problems(name: str, document: object) -> list[str]:
    validator = Draft202012Validator(cast("dict[str, Any]", closed(published()[name]())))
    return [f"{each.json_path}: {each.message[:200]}" for each in validator.iter_errors(thinned(document))][:5]


@pytest.mark.parametrize("name", published())
def test_the_file_in_the_docs_is_the_schema(name: str) -> None:
    told = (ROOT / "docs" / "reference" / f"{name}.schema.json").read_text(encoding="utf-8")

    assert told == schema_text(name), "run: make docs"
    Draft202012Validator.check_schema(json.loads(told))


@pytest.mark.parametrize("company", [nordvik, lite, empty])
def test_an_audit_prints_what_its_schema_says(company: Callable[[Path], Path], tmp_path: Path) -> None:
    config = company(tmp_path)
    target, lines = tmp_path / "report.json", tmp_path / "findings.jsonl"

    audited = ["audit", "--config", str(config), *DAY, "--output", f"json={target}", "--output", f"jsonl={lines}"]
    assert run(audited) in (0, 1)

    document = json.loads(target.read_text(encoding="utf-8"))
    assert problems("report", document) == []
    assert document["schema_version"] == 1
    assert [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] == document["findings"]


@pytest.mark.parametrize("company", [nordvik, lite, empty])
def test_inspect_prints_what_its_schema_says(
    company: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = company(tmp_path)
    assert run(["inspect", "--config", str(config), "--format", "json"]) in (0, 5)
    assert problems("inspection", json.loads(capsys.readouterr().out)) == []

    assert run(["inspect", "--config", str(config), "--references", "--format", "jsonl"]) in (0, 5)
    whole = published()["inspection"]()
    line = Draft202012Validator({**whole["$defs"]["Reference"], "$defs": whole["$defs"]})
    told = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert [error.message for each in told[:: max(1, len(told) // MOST)] for error in line.iter_errors(each)] == []


@pytest.mark.parametrize("subject", ["crm:Account", "crm:Account.GDPR_Review_Date__c"])
def test_explain_prints_what_its_schema_says(
    subject: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = nordvik(tmp_path)
    assert run(["explain", subject, "--config", str(config), *DAY, "--format", "json"]) == 0

    assert problems("explanation", json.loads(capsys.readouterr().out)) == []
