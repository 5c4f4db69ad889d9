"""Every format of one small audit, whole; what is expected stands in `expected/`."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.model.results import AuditResult
from auditor.report.rendering import FORMATS, available_formats, file_name, render
from tests.report.samples import SAMPLE

EXPECTED = Path(__file__).parent / "expected"
EMPTY = AuditResult(as_of=SAMPLE.as_of, systems=(), findings=(), tallies=())


@pytest.mark.parametrize("form", ["text", "listing", "markdown", "json", "jsonl", "csv", "inventory-csv"])
def test_format_as_it_is_expected(form: str) -> None:
    assert render(SAMPLE, form) == (EXPECTED / file_name(form)).read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_same_result_gives_the_same_bytes(form: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")

    assert render(SAMPLE, form) == render(replace(SAMPLE), form)


@pytest.mark.parametrize("form", FORMATS)
def test_an_audit_that_read_nothing_is_still_a_report(form: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")

    assert render(EMPTY, form) is not None


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "xlsx"])
def test_nothing_is_ever_called_safe_to_delete(form: str) -> None:
    assert "safe to" not in render(SAMPLE, form).decode().lower()


def test_files_of_the_formats() -> None:
    assert {form: file_name(form) for form in FORMATS} == {
        "text": "report.txt",
        "listing": "findings.txt",
        "html": "report.html",
        "markdown": "report.md",
        "json": "report.json",
        "jsonl": "findings.jsonl",
        "csv": "findings.csv",
        "inventory-csv": "fields.csv",
        "xlsx": "report.xlsx",
        "sarif": "report.sarif",
        "junit": "junit.xml",
        "gitlab": "gl-code-quality-report.json",
        "github": "annotations.txt",
        "github-summary": "step-summary.md",
    }


def test_formats_that_can_be_written_here() -> None:
    pytest.importorskip("openpyxl")

    assert available_formats() == ("html", "markdown", "json", "jsonl", "csv", "inventory-csv", "xlsx")


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(AuditorError) as caught:
        render(SAMPLE, "pdf")

    assert str(caught.value) == f"'pdf' is no format of the report. The formats are: {', '.join(FORMATS)}"


def test_keys_that_machines_rely_on() -> None:
    document = json.loads(render(SAMPLE, "json"))

    assert [key for key in ("as_of", "score", "findings", "facts", "plan") if key not in document] == []
    assert (document["schema_version"], document["score"], document["plan"]["asked"]) == (
        1,
        None,
        "findings that propose a retirement",
    )
    assert set(document["findings"][0]) >= {
        *("policy", "subject", "outcome", "severity", "confidence"),
        *("message", "evidence", "witnesses", "fingerprint"),
    }


def test_lines_are_the_findings_of_the_document() -> None:
    lines = [json.loads(line) for line in render(SAMPLE, "jsonl").decode().splitlines()]

    assert lines == json.loads(render(SAMPLE, "json"))["findings"]


def test_sheets_of_the_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(BytesIO(render(SAMPLE, "xlsx")))

    assert {sheet.title: (sheet.max_row, sheet.max_column) for sheet in book} == {
        "findings": (5, 15),
        "fields": (4, 9),
        "objects": (3, 8),
        "policies": (4, 11),
        "growth": (4, 6),
        "evidence": (5, 10),
        "repository against org": (5, 10),
        "integration points": (2, 9),
        "candidates": (4, 6),
        "functions": (4, 12),
        "plan": (3, 12),
        "plan steps": (2, 11),
        "plan blockers": (2, 5),
        "skipped": (2, 3),
    }
    assert [cell.value for cell in book["growth"][3]] == ["crm", "2026-Q3", 2, 1, 1, 3]
