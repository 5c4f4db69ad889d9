"""Where the rows lie that are compared."""

from __future__ import annotations

from pathlib import Path

from auditor.config.reading import read_config
from auditor.model.catalogue import Role, Skipped
from auditor.usage.registry import BY_ID
from auditor.workspace.reconciling import rows_of_systems


def test_a_second_file_of_an_object_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()
    (tmp_path / "rows").mkdir()
    for name in ("Account.1.csv", "Account.2.csv", "Order__c.csv"):
        (tmp_path / "rows" / name).write_text("Id,Name\n001,a\n", encoding="utf-8")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: crm}]}]\n"
        "evidence: [{id: rows, kind: record-extract, system: crm, path: rows/*.csv}]\n",
        encoding="utf-8",
    )

    sides, skipped = rows_of_systems(read_config(tmp_path / "auditor.yaml", BY_ID), ())

    assert {name: scan.path.name for name, scan in sides[Role.CRM].scans.items()} == {
        "Account": "Account.1.csv",
        "Order__c": "Order__c.csv",
    }
    assert skipped == [
        Skipped("Account.2.csv", "Account is compared by Account.1.csv alone: join its parts in one file")
    ]
