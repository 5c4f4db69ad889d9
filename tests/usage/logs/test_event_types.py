"""EventLogFile of any type: what each proves, and that nothing is skipped silently."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.model.components import Component
from auditor.model.observations import Actor, Deed, Evidence, Observation, Window
from auditor.usage.logs.event_types import BY_NAME, EVENT_TYPES
from auditor.usage.registry import read
from auditor.usage.request import UsageRequest
from tests.usage.logs.logbook import AS_OF, CATALOG, REGISTER, REPORT_ID, SYNC, USER

WIDER = replace(
    CATALOG,
    components=(
        *CATALOG.components,
        Component("apex_trigger", "AccountTrigger", "t"),
        Component("apex_class", "Cloner", "c"),
        Component("visualforce_page", "CloneUser", "v"),
        Component("flow", "Set_Region", "f"),
    ),
)
DAY = "20260502100000.000"


def told(folder: Path, **options: str) -> Evidence:
    request = UsageRequest("log", "crm", "event-log-file", (folder,), AS_OF, WIDER, options, REGISTER)
    return read(request)


def file(folder: Path, kind: str, columns: str, *rows: str) -> Path:
    head = ",".join(f'"{name}"' for name in ("EVENT_TYPE", "TIMESTAMP", "USER_ID", *columns.split(",")))
    lines = [",".join(f'"{cell}"' for cell in (kind, DAY, USER[:15], *row.split("|"))) for row in rows]
    path = folder / f"{kind}.csv"
    path.write_text("\n".join([head, *lines, ""]))
    return path


def lines(found: Evidence) -> list[str]:
    plain = (each for each in found.observations if not each.via)
    return [_line(each) for each in plain]


def _line(each: Observation) -> str:
    return f"{each.deed} {each.subject.removeprefix('crm:')} {each.count}x {each.by}{'?' * each.possible}"


CLASS, PAGE = "run apex_class/Cloner 1x unknown", "run visualforce_page/CloneUser 1x unknown"
PROOFS = [
    ("a run by id", "Report", "REPORT_ID", REPORT_ID[:15], ["run report/Sales/Pipeline 1x unknown"]),
    (
        "an export names the report by its address",
        "ReportExport",
        "URI,URI_ID_DERIVED",
        f"/{REPORT_ID[:15]}|{REPORT_ID}",
        ["run report/Sales/Pipeline 1x unknown"],
    ),
    (
        "a component of a dashboard ran its report",
        "Dashboard",
        "DASHBOARD_ID,REPORT_ID",
        f"01Z4H0000000001|{REPORT_ID[:15]}",
        ["run dashboard/01Z4H0000000001UAA 1x unknown", "run report/Sales/Pipeline 1x unknown"],
    ),
    (
        "a call that reads",
        "ApiTotalUsage",
        "ENTITY_NAME,HTTP_METHOD,API_RESOURCE",
        "Account|GET|/v60.0/sobjects/Account/0014H00000",
        ["called Account 1x integration"],
    ),
    (
        "a call that writes, if it succeeded",
        "ApiTotalUsage",
        "ENTITY_NAME,HTTP_METHOD,API_RESOURCE",
        "Account|PATCH|/services/data/v60.0/sobjects/Account/0014H00000",
        ["called Account 1x integration", "touched Account 1x integration?"],
    ),
    (
        "a call that wrote",
        "RestApi",
        "ENTITY_NAME,METHOD,URI,STATUS_CODE",
        "Account|POST|/services/data/v60.0/sobjects/Account|201",
        ["called Account 1x integration", "touched Account 1x integration"],
    ),
    (
        "a call that failed to write",
        "RestApi",
        "ENTITY_NAME,METHOD,URI,STATUS_CODE",
        "Account|POST|/services/data/v60.0/sobjects/Account|400",
        ["called Account 1x integration"],
    ),
    (
        "a posted query is no write",
        "RestApi",
        "ENTITY_NAME,METHOD,URI,STATUS_CODE",
        "Account|POST|/services/data/v60.0/composite|200",
        ["called Account 1x integration"],
    ),
    (
        "a bulk load",
        "BulkApi",
        "ENTITY_TYPE,OPERATION_TYPE,SUCCESS",
        "Job__c|upsert|1",
        ["called Job__c 1x integration", "touched Job__c 1x integration"],
    ),
    ("a bulk query", "BulkApi2", "ENTITY_TYPE,OPERATION_TYPE", "Job__c|query", ["called Job__c 1x integration"]),
    ("a page", "LightningPageView", "PAGE_ENTITY_TYPE", "account", ["viewed Account 1x unknown"]),
    (
        "a record by the prefix of its id",
        "URI",
        "URI_ID_DERIVED",
        "0014H0000012345",
        ["viewed Account 1x unknown"],
    ),
    ("a hit that was opened", "SearchClick", "CLICKED_RECORD_ID", "0014H00000", ["viewed Account 1x unknown"]),
    ("rows that were saved", "DatabaseSave", "DML_TYPE,KEY_PREFIX", "Update|001", ["touched Account 1x unknown"]),
    (
        "a trigger after the save",
        "ApexTrigger",
        "TRIGGER_NAME,TRIGGER_TYPE,ENTITY_NAME",
        "accounttrigger|AfterUpdate|Account",
        ["touched Account 1x unknown", "run apex_trigger/AccountTrigger 1x unknown"],
    ),
    (
        "a trigger before a save that may fail",
        "ApexTrigger",
        "TRIGGER_NAME,TRIGGER_TYPE,ENTITY_NAME",
        "Managed|BeforeUpdate|Account",
        ["touched Account 1x unknown?"],
    ),
    ("a method", "ApexExecution", "ENTRY_POINT", "Cloner.cloneAll", ["run apex_class/Cloner 1x unknown"]),
    ("a page's class", "ApexExecution", "ENTRY_POINT", "VF- /apex/CloneUser", [PAGE]),
    ("a component's class", "ApexExecution", "ENTRY_POINT", "aura://Cloner/ACTION$go", [CLASS]),
    ("a queued class", "QueuedExecution", "ENTRY_POINT", "Cloner", [CLASS]),
    ("a page of Visualforce", "VisualforceRequest", "PAGE_NAME", "/apex/CloneUser?id=1", [PAGE]),
]
CASES = [pytest.param(*each[1:], id=each[0]) for each in PROOFS]


@pytest.mark.parametrize(("kind", "columns", "row", "expected"), CASES)
def test_an_event_proves(kind: str, columns: str, row: str, expected: list[str], tmp_path: Path) -> None:
    file(tmp_path, kind, columns, row)
    found = told(tmp_path)
    assert expected == [each for each in lines(found) if not each.startswith("read ")]


def test_calls_and_writes_name_the_application_that_they_came_through(tmp_path: Path) -> None:
    columns = "ENTITY_NAME,HTTP_METHOD,API_RESOURCE,CONNECTED_APP_NAME"
    file(tmp_path, "ApiTotalUsage", columns, "Account|DELETE|/v60.0/sobjects/Account|ERP Sync")
    through = [each for each in told(tmp_path).observations if each.via]
    assert [(each.deed, each.subject, each.via, each.by, each.possible) for each in through] == [
        (Deed.CALLED, "crm:Account", "crm:connected_app/ERP Sync", Actor.INTEGRATION, False),
        (Deed.TOUCHED, "crm:Account", "crm:connected_app/ERP Sync", Actor.INTEGRATION, True),
    ]


def test_a_flow_is_named_by_an_export_of_its_versions_beside_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "eventlogfile"
    folder.mkdir()
    file(folder, "FlowExecution", "FLOW_VERSION_ID", "3014H0000000001", "3014H0000000002")
    assert "lay an export of Flow beside the files" in told(folder).sources[0].note
    (tmp_path / "Flow.csv").write_text("Id,Definition.DeveloperName\n3014H0000000001QAA,Set_Region\n")
    assert lines(told(folder)) == ["run flow/Set_Region 1x unknown"]


def test_unknown_types_useless_types_and_unknown_names_are_each_counted(tmp_path: Path) -> None:
    file(tmp_path, "Login", "LOGIN_STATUS", "LOGIN_NO_ERROR", "LOGIN_NO_ERROR")
    file(tmp_path, "Logout", "X", "1")
    file(tmp_path, "BrandNewType", "ENTITY_NAME", "Account")
    file(tmp_path, "LightningPageView", "PAGE_ENTITY_TYPE", "NoSuch__c")
    found = told(tmp_path)
    assert found.observations == ()
    assert found.sources[0].note.split("; ")[1:] == [
        "3 events of types that name no field, object or component (Login, Logout)",
        "1 events of type BrandNewType, which is not known here",
        "1 events of type LightningPageView name nothing that is known",
    ]


def test_a_window_spans_the_files_of_its_own_type_alone(tmp_path: Path) -> None:
    head = "EVENT_TYPE,TIMESTAMP,USER_ID,{}\n"
    row = "{},{}100000.000,u,{}\n"
    (tmp_path / "a.csv").write_text(head.format("REPORT_ID") + row.format("Report", "20260302", REPORT_ID[:15]))
    (tmp_path / "b.csv").write_text(
        head.format("ENTITY_NAME") + row.format("ApiTotalUsage", "20260503", "Account")
    )
    (tmp_path / "c.csv").write_text(head.format("TRIGGER_NAME") + row.format("ApexTrigger", "20260604", "X"))
    march, may, june = (date(2026, month, day) for month, day in ((3, 2), (5, 3), (6, 4)))
    assert told(tmp_path).windows == (
        Window("log", "crm", Deed.RUN, march, march, kinds=frozenset({"report"})),
        Window("log", "crm", Deed.READ, march, march),
        Window("log", "crm", Deed.CALLED, may, may),
        Window("log", "crm", Deed.RUN, june, june, kinds=frozenset({"apex_trigger"})),
    )
    stated = told(tmp_path, **{"from": "2026-01-01", "to": "2026-06-30"})
    assert {(each.start, each.end) for each in stated.windows} == {(date(2026, 1, 1), date(2026, 6, 30))}


def test_columns_come_in_any_order_and_case_with_others_beside_them_and_packed(tmp_path: Path) -> None:
    text = 'junk,entity_name,Timestamp_Derived,event_type,more\n1,Account,2026-05-02T10:00:00.000Z,API,"a""b"\n'
    (tmp_path / "old.csv.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "new.csv").write_text(
        "EVENT_TYPE,TIMESTAMP_DERIVED,METHOD_NAME,ENTITY_NAME\nAPI,2026-05-03T23:30:00.000-0200,query,Account\n"
        "API,2027-01-01T00:00:00Z,query,Account\nAPI,soon,query,Account\nAPI,x\n"
    )
    found = told(tmp_path)
    (seen,) = found.observations
    assert (seen.subject, seen.deed, seen.count, seen.first, seen.last) == (
        "crm:Account",
        Deed.CALLED,
        2,
        date(2026, 5, 2),
        date(2026, 5, 4),
    )
    assert [each.reason.split(":")[0] for each in found.skipped] == [
        "1 rows",
        "1 rows",
        "not readable as CSV",
    ]


def test_every_organisation_that_events_are_of_is_told(tmp_path: Path) -> None:
    file(tmp_path, "Login", "ORGANIZATION_ID", "00D000000000001")
    assert told(tmp_path).sources[0].organization == "00D000000000001EAA"
    file(tmp_path, "Logout", "ORGANIZATION_ID", "00D000000000002")
    assert told(tmp_path).sources[0].organization == "00D000000000001EAA, 00D000000000002EAA"


def test_of_a_sync_user_nothing_but_its_kind_is_kept(tmp_path: Path) -> None:
    (tmp_path / "User.csv").write_text(f"Id,IsActive,UserType\n{SYNC},true,CloudIntegrationUser\n")
    folder = tmp_path / "eventlogfile"
    folder.mkdir()
    file(folder, "LightningPageView", "PAGE_ENTITY_TYPE", "Account")
    found = told(folder)
    assert USER[:15] not in repr(found)


def test_every_type_stands_once_in_the_table() -> None:
    assert len(BY_NAME) == len(EVENT_TYPES)


def test_real_files_are_read_and_what_they_cannot_say_is_said(corpora: Path) -> None:
    folder = corpora / "usage-eventlogfile-newrelic" / "src" / "tests"
    found = told(folder / "sample_log_lines.csv")
    assert found.observations == ()
    assert "2 events of types that name no field, object or component (ApexCallout)" in found.sources[0].note
    assert found.sources[0].organization is None
    assert found.skipped == ()
