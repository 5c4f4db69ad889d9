"""What `auditor init` makes of exports that lie in a folder: each by its columns, for the system that it is of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from auditor.config.reading import read_config
from auditor.usage.registry import BY_ID, recognise
from auditor.workspace.starting import first_config, recognise_folder

EXPORTS = {
    "crm/deal_property_history.csv": "deal_id,timestamp,_fivetran_synced,source,name,source_id,value\n",
    "crm/audits.csv": "auditid,action,operation,objecttypecode,createdon\n",
    "crm/elf.csv": "EVENT_TYPE,TIMESTAMP,REQUEST_ID\n",
    "erp/statements.csv": "query,calls\n",
    "erp/log.csv": "time,user,query\n",
    "other.csv": "a,b\n",
}


def test_each_export_is_recognised_and_logs_of_a_database_are_the_erps(tmp_path: Path) -> None:
    for name, text in EXPORTS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app"}]}')
    (tmp_path / "force-app").mkdir()
    with closing(sqlite3.connect(tmp_path / "erp" / "erp.db")) as database:
        database.execute("CREATE TABLE customer (id INTEGER)")
    target = tmp_path / "auditor.yaml"
    target.write_text(first_config(recognise_folder(tmp_path, recognise)))
    config = read_config(target, tuple(BY_ID))
    assert [(each.kind, each.system, each.paths) for each in config.evidence] == [
        ("dataverse-audit", "crm", ("crm/audits.csv",)),
        ("event-log-file", "crm", ("crm/elf.csv",)),
        ("hubspot-property-history", "crm", ("crm/deal_property_history.csv",)),
        ("sql-log", "erp", ("erp/log.csv",)),
        ("sql-statements", "erp", ("erp/statements.csv",)),
    ]
