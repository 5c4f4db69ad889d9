"""`auditor match` on a CRM and an ERP that are listings of fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run

_CONFIG = """\
version: 1
systems:
  - {name: crm, role: crm, sources: [{kind: tabular, path: crm.csv}]}
  - {name: erp, role: erp, sources: [{kind: tabular, path: erp.csv}]}
maps: [map.csv]
"""
_CRM = "object,field,label\nInvoice,InvoiceNumber,\nInvoice,InvoiceDate,\nInvoice,DueDate,\nVisit,Purpose,\n"
_ERP = "object,field,label\nSalesInvoice,InvoiceNo,\nSalesInvoice,InvoiceDate,\nSalesInvoice,DueDate,\n"
_MAP = "crm_object,crm_field,erp_object,erp_field,direction\nInvoice,DueDate,SalesInvoice,DueDate,erp->crm\n"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("auditor.yaml", _CONFIG), ("crm.csv", _CRM), ("erp.csv", _ERP), ("map.csv", _MAP)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_csv_has_the_columns_of_the_contract(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["match", "--format", "csv"]) == 0

    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "crm_object,crm_field,erp_object,erp_field,score,signals"
    assert sorted(row.split(",")[:4] for row in rows) == [
        ["Invoice", "DueDate", "SalesInvoice", "DueDate"],
        ["Invoice", "InvoiceDate", "SalesInvoice", "InvoiceDate"],
        ["Invoice", "InvoiceNumber", "SalesInvoice", "InvoiceNo"],
    ]


def test_objects_leave_the_columns_of_fields_empty(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["match", "--objects", "--format", "csv"]) == 0

    assert [row.split(",")[:4] for row in capsys.readouterr().out.splitlines()[1:]] == [
        ["Invoice", "", "SalesInvoice", ""]
    ]


def test_json_says_what_is_mirrored(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["match", "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)["fields"]
    assert {each["crm_field"]: (each["kind"], each["direction"]) for each in found} == {
        "DueDate": ("mirrored", "erp->crm"),
        "InvoiceDate": ("shadow", ""),
        "InvoiceNumber": ("shadow", ""),
    }


def test_text_says_why_and_what_is_declared_and_gone(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "map.csv").write_text(_MAP + "Invoice,Gone,SalesInvoice,DueDate,both\n")

    assert run(["match"]) == 0

    text = capsys.readouterr().out
    assert text.startswith("Invoice repeats SalesInvoice (3 fields, ")
    assert "100%  DueDate        DueDate      mirrored erp->crm: declared in map.csv:2\n" in text
    assert "declared in map.csv:3, and no longer there: Invoice of the CRM has no field Gone" in text


def test_without_an_erp_nothing_matches(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "auditor.yaml").write_text("\n".join(_CONFIG.splitlines()[:3]) + "\n")

    assert run(["match"]) == 5
    assert capsys.readouterr().out == "There is no CRM, or no ERP to compare it with.\n"
