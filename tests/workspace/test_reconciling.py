"""Where the rows lie that are compared."""

from __future__ import annotations

from pathlib import Path

from auditor.config.reading import read_config
from auditor.model.catalogue import Role
from auditor.usage.registry import BY_ID
from auditor.workspace.reconciling import rows_of_systems


def test_files_of_one_object_are_its_parts_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()
    (tmp_path / "rows").mkdir()
    for name in ("Account.2.csv", "Account.1.csv", "Order__c.csv"):
        (tmp_path / "rows" / name).write_text("Id,Name\n001,a\n", encoding="utf-8")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: crm}]}]\n"
        "evidence: [{id: rows, kind: record-extract, system: crm, path: rows/*.csv}]\n",
        encoding="utf-8",
    )

    sides, skipped = rows_of_systems(read_config(tmp_path / "auditor.yaml", BY_ID), ())

    found = {name: [scan.path.name for scan in scans] for name, scans in sides[Role.CRM].scans.items()}
    assert found == {"Account": ["Account.1.csv", "Account.2.csv"], "Order__c": ["Order__c.csv"]}
    assert skipped == []
