"""Rows that stream in from databases through read-only cursors: SQLite, and PostgreSQL where one is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from auditor.config.reading import read_config
from auditor.model.divergence import JoinCounts
from auditor.usage.registry import BY_ID
from auditor.workspace.reconciling import reconcile

TABLE = (
    "DROP TABLE IF EXISTS auditor_kund",
    "CREATE TABLE auditor_kund (kundnr VARCHAR(10) PRIMARY KEY, grans DECIMAL(16, 2), andrad DATE, sparrad INT)",
    "INSERT INTO auditor_kund VALUES ('K1', 100.50, '2026-01-02', 0), ('K2', 200, '2026-03-02', 1)",
    "INSERT INTO auditor_kund VALUES ('K3', NULL, NULL, 0)",
)
CRM = "No__c,Limit__c,LastModifiedDate,Hold__c\nk1,100.5,2026-01-03,false\nK2,150,2026-02-01,true\nK4,1,,false\n"


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'erp.sqlite'}"
    if request.param == "PostgreSQL":
        url = os.environ.get("AUDITOR_TEST_POSTGRESQL", "")
        if not url:
            pytest.skip("AUDITOR_TEST_POSTGRESQL is not set: tests on a real server are skipped")
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in TABLE:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url


def test_rows_of_a_database_are_compared(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_URL", database)
    (tmp_path / "crm").mkdir()
    (tmp_path / "Account.csv").write_text(CRM, encoding="utf-8")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: crm}]}]\n"
        "reconcile:\n  pairs:\n"
        "    - crm: {object: Account, key: No__c, path: Account.csv}\n"
        "      erp: {object: auditor_kund, key: kundnr, url_env: ERP_URL, changed: andrad}\n"
        "      fields:\n"
        "        - {crm: Limit__c, erp: grans, type: number}\n"
        "        - {crm: Hold__c, erp: sparrad, type: boolean}\n",
        encoding="utf-8",
    )
    found = reconcile(read_config(tmp_path / "auditor.yaml", BY_ID), lambda *_: None, shown=True)
    assert found.skipped == ()
    (pair,) = found.pairs
    assert pair.counts == JoinCounts(2, 1, 1)
    limit, hold = pair.fields
    assert (limit.agreed, limit.different, hold.agreed) == (1, 1, 2)
    assert [(each.record, float(each.crm), float(each.erp)) for each in limit.examples] == [("K2", 150.0, 200.0)]
    assert limit.staleness.side == "crm"
