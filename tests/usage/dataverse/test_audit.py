"""Dataverse's audit: rows touched, columns written where the audit names them, and no value kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Deed, Evidence, Window
from auditor.usage.dataverse.changes import changed_names
from auditor.usage.dataverse.codes import ACTIONS, Happened, happened
from auditor.usage.registry import read, recognise
from auditor.usage.request import UsageRequest

AS_OF = date(2026, 11, 21)
FIELDS = Field("Account", "new_Region"), Field("Account", "Fax")
CATALOG = Catalog("crm", Role.CRM, "tabular", objects=(Object("Account", fields=FIELDS),))


def told(*paths: Path, **options: str) -> Evidence:
    return read(UsageRequest("log", "crm", "dataverse-audit", paths, AS_OF, CATALOG, options))


def lines(found: Evidence) -> list[str]:
    return [
        f"{each.deed} {each.subject.removeprefix('crm:')} {each.count}x {each.first}..{each.last}"
        for each in found.observations
    ]


def data(**changed: str) -> str:
    listed = [{"logicalName": name, "oldValue": None, "newValue": value} for name, value in changed.items()]
    return json.dumps({"changedAttributes": listed})


def row(moment: str, table: str, action: object, operation: object, changedata: str = "") -> dict[str, object]:
    return {
        "auditid": f"{moment}{table}",
        "createdon": moment,
        "objecttypecode": table,
        "action": action,
        "operation": operation,
        "_userid_value": "anna",
        "attributemask": "12,13",
        "changedata": changedata,
    }


ROWS = [
    row("2026-05-01T10:00:00Z", "account", 2, 2, data(new_region="Secret", fax="1")),
    row("2026-05-02T23:30:00-02:00", "account", 1, 1, data(new_region="x")),
    row("2026-05-03T10:00:00Z", "account", 3, 3),
    row("2026-05-04T10:00:00Z", "account", 13, 2, "old~values"),
    row("2026-05-05T10:00:00Z", "systemuser", 64, 4),
    row("2026-05-06T10:00:00Z", "contact", 15, 4),
    row("2026-05-07T10:00:00Z", "account", 999, 9),
    row("2027-05-07T10:00:00Z", "account", 2, 2),
]


def test_the_table_by_the_web_api(tmp_path: Path) -> None:
    path = tmp_path / "audits.json"
    path.write_text(json.dumps({"value": ROWS}))
    assert recognise(path) == "dataverse-audit"
    found = told(path)
    assert lines(found) == [
        "touched Account 4x 2026-05-01..2026-05-04",
        "written Account.Fax 1x 2026-05-01..2026-05-01",
        "written Account.new_Region 2x 2026-05-01..2026-05-03",
        "viewed contact 1x 2026-05-06..2026-05-06",
    ]
    span = date(2026, 5, 1), date(2026, 5, 7)
    fields = frozenset({"crm:Account.Fax", "crm:Account.new_Region"})
    assert not found.sources[0].truncated
    assert found.windows == (Window("log", "crm", Deed.WRITTEN, *span, subjects=fields),)
    assert found.sources[0].note.split("; ")[1:] == [
        "1 changes name no column, so that only their table was touched",
        "1 events say nothing about data (log-ins, shares, definitions)",
        "1 events of actions that are not known (999/9)",
    ]
    assert [each.reason[:7] for each in found.skipped] == ["1 rows:"]
    assert "Secret" not in repr(found)
    assert "anna" not in repr(found)


def test_without_changed_data_only_the_table_was_touched_and_there_is_no_window(tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text("Changed Date,Entity,Event,Operation,Changed Field\n2026-05-01,account,Update,Update,fax\n")
    found = told(path)
    assert lines(found) == ["touched Account 1x 2026-05-01..2026-05-01"]
    assert found.windows == ()
    assert len(told(path, covers="all").windows) == 1


def test_other_headings_are_mapped_and_a_file_without_them_is_said(tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text("Datum,Tabell,operation\n2026-05-01,account,2\n")
    assert told(path).skipped[0].reason.startswith("no column objecttypecode, createdon (it has: Datum")
    mapping = {"columns.table": "Tabell", "columns.createdon": "Datum"}
    assert lines(told(path, **mapping)) == ["touched Account 1x 2026-05-01..2026-05-01"]


def details(moment: str | None, more: bool) -> str:
    record = {"createdon": moment, "objecttypecode": "account", "operation": 2} if moment else None
    new = {"@odata.type": "#Microsoft.Dynamics.CRM.account", "fax": "2", "_ownerid_value": "x", "fax@F": "2"}
    detail = {"@odata.type": "#x", "OldValue": {"fax": "1"}, "NewValue": new, "AuditRecord": record}
    return json.dumps({"AuditDetailCollection": {"MoreRecords": more, "AuditDetails": [detail]}})


def test_the_change_history_of_a_record_names_columns(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text(details("2026-05-01T10:00:00Z", more=True))
    assert recognise(path) == "dataverse-audit"
    found = told(path)
    assert lines(found) == [
        "touched Account 1x 2026-05-01..2026-05-01",
        "written Account.Fax 1x 2026-05-01..2026-05-01",
        "written Account.ownerid 1x 2026-05-01..2026-05-01",
    ]
    assert found.sources[0].truncated
    path.write_text(details(None, more=False))
    assert [each.reason[:7] for each in told(path).skipped] == ["1 rows:"]


def test_auditing_that_was_switched_leaves_no_conclusion_from_silence(tmp_path: Path) -> None:
    path = tmp_path / "audits.json"
    path.write_text(json.dumps({"value": [*ROWS[:1], row("2026-05-02T10:00:00Z", "account", 108, 2)]}))
    assert told(path).sources[0].truncated
    path.write_text(json.dumps({"value": ROWS[:1], "@odata.nextLink": "https://x"}))
    assert told(path).sources[0].truncated


CODES = [
    ("2", "2", Happened.CHANGED),
    ("Update", "", Happened.CHANGED),
    ("77", "1", Happened.CREATED),
    ("64", "4", Happened.NOTHING),
    ("15", "4", Happened.SEEN),
    ("110", "2", Happened.AUDIT_CHANGED),
    ("", "", None),
]


@pytest.mark.parametrize(("action", "operation", "expected"), CODES)
def test_a_code_means(action: str, operation: str, expected: Happened | None) -> None:
    assert happened(action, operation) is expected


def test_a_code_stands_once() -> None:
    assert len({each.code for each in ACTIONS}) == len(ACTIONS)


CHANGED = [("", None), ("a~b", None), ("{broken", None), ('{"changedAttributes": []}', ()), ('{"x": 1}', ())]


@pytest.mark.parametrize(("text", "expected"), CHANGED)
def test_changed_data_that_names_nothing(text: str, expected: tuple[str, ...] | None) -> None:
    assert changed_names(text) == expected
