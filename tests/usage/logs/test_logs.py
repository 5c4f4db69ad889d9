"""What each log says of fields, reports and objects; and what it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.model.observations import Deed, Window
from auditor.usage.logs.field_history import tracked_object
from auditor.usage.logs.fieldlists import items_of
from auditor.usage.logs.list_view_events import filtered_fields
from tests.usage.logs.logbook import (
    REGISTER,
    REPORT_ID,
    SYNC,
    USER,
    read_path,
    read_text,
    reasons,
    short,
    totals,
    users,
)

STATED = {"from": "2026-01-01", "to": "2026-06-30"}
SPAN = (date(2026, 1, 1), date(2026, 6, 30))

REPORT_EVENT = (
    "EventDate,UserId,ReportId,Name,DashboardName,ColumnHeaders,GroupedColumnHeaders,DisplayedFieldEntities\n"
)


def test_a_run_reads_the_columns_shown_and_what_its_definition_filters_by(tmp_path: Path) -> None:
    users(tmp_path)
    rows = (
        f'2026-05-01T10:00:00.000Z,{USER},{REPORT_ID},Any name,,"[ACCOUNT.NAME, Account.Region__c]",,Account\n'
        f'2026-05-02T00:30:00.000+0100,{SYNC},{REPORT_ID[:15]},,Board,"[Account.Region__c]",,Account\n'
    )
    found = read_text("report-event", tmp_path / "r.csv", REPORT_EVENT + rows, REGISTER, **STATED)
    assert totals(found) == [
        "read Account.Credit__c 1x 1 integration 2026-05-01..2026-05-01",
        "read Account.Credit__c? 1x 1 people 2026-05-01..2026-05-01",
        "read Account.Name 1x 1 people 2026-05-01..2026-05-01",
        "read Account.Region__c 1x 1 integration 2026-05-01..2026-05-01",
        "read Account.Region__c 1x 1 people 2026-05-01..2026-05-01",
        "run dashboard/Boards/Board 1x 1 integration 2026-05-01..2026-05-01",
        "run report/Sales/Pipeline 1x 1 integration 2026-05-01..2026-05-01",
        "run report/Sales/Pipeline 1x 1 people 2026-05-01..2026-05-01",
    ]
    assert {each.via for each in found.observations if each.via} == {"crm:report/Sales/Pipeline"}
    kinds = frozenset({"report", "dashboard"})
    assert found.windows == (
        Window("log", "crm", Deed.READ, *SPAN),
        Window("log", "crm", Deed.RUN, *SPAN, kinds=kinds),
    )


def test_the_filters_of_an_unknown_report_may_have_read_any_field_of_the_objects_shown(tmp_path: Path) -> None:
    row = f'2026-05-01T10:00:00.000Z,{USER},00O4H0000009999UAA,Mine,,"[Account.Region__c, NO_SUCH]",,Account\n'
    found = read_text("report-event", tmp_path / "r.csv", REPORT_EVENT + row, **STATED)
    assert [each.subject for each in found.observations if each.possible and not each.via] == [
        f"crm:Account.{name}" for name in ("Credit__c", "Note__c", "Terms__c", "Vip__c")
    ]
    assert reasons(found) == ["1 column names mean no field that is known: NO_SUCH"]
    assert "their filters are unseen" in found.sources[0].note


LIST_EVENT = "EventDate,UserId,DeveloperName,ListViewId,ColumnHeaders,FilterCriteria,QueriedEntities\n"


def test_a_list_view_reads_its_columns_and_filters(tmp_path: Path) -> None:
    criteria = '"{""whereCondition"":{""field"":""Credit__c"",""values"":[""\'Secret AB\'""]}}"'
    row = f'2026-05-01T10:00:00Z,{USER},Mine,00B1,"[Name, Region__c]",{criteria},Account\n'
    found = read_text("list-view-event", tmp_path / "l.csv", LIST_EVENT + row, **STATED)
    assert totals(found) == [
        f"{subject} 1x 1 unknown 2026-05-01..2026-05-01"
        for subject in (
            "read Account.Credit__c",
            "read Account.Name",
            "read Account.Region__c",
            "run list_view/Account.Mine",
        )
    ]
    assert "Secret" not in repr(found)


API_EVENT = "EventDate,UserId,Application,QueriedEntities,Query\n"
QUERIES = [
    ("SELECT Region__c FROM Account WHERE Credit__c > 5", ["Account.Credit__c", "Account.Region__c"]),
    (
        "SELECT Account__r.Region__c FROM Job__c ORDER BY Hours__c",
        ["Account.Region__c", "Job__c.Account__c", "Job__c.Hours__c"],
    ),
    ("SELECT Name, (SELECT Hours__c FROM Jobs__r) FROM Account", ["Account.Name", "Job__c.Hours__c"]),
    ("SELECT COUNT() FROM Account", []),
    (
        "SELECT Id FROM Job__c WHERE Account__c IN (SELECT Id FROM Account WHERE Vip__c = true)",
        ["Account.Id", "Account.Vip__c", "Job__c.Account__c", "Job__c.Id"],
    ),
    ("FIND {x} IN ALL FIELDS RETURNING Account(Region__c)", ["Account.Region__c"]),
    ("SELECT FIELDS(ALL) FROM Job__c LIMIT 5", ["Job__c.Account__c?", "Job__c.Hours__c?"]),
    ("SELECT Hours__c, FROM WHERE", ["Job__c.Account__c?", "Job__c.Hours__c?"]),
]


@pytest.mark.parametrize(("query", "fields"), QUERIES, ids=[query for query, _ in QUERIES])
def test_a_query_reads_every_field_that_it_names(query: str, fields: list[str], tmp_path: Path) -> None:
    entity = "Job__c" if "Job__c" in query or "Hours__c, FROM" in query else "Account"
    row = f'2026-05-01T10:00:00Z,{USER},ERP Sync,{entity},"{query}"\n'
    found = read_text("api-event", tmp_path / "a.csv", API_EVENT + row, **STATED)
    reads = [each for each in found.observations if each.deed is Deed.READ and each.via is None]
    assert fields == [each.subject.removeprefix("crm:") + "?" * each.possible for each in reads]
    assert {str(each.by) for each in reads} <= {"integration"}
    assert found.windows == (Window("log", "crm", Deed.READ, *SPAN),)


def test_history_dates_writes_and_has_a_window_for_tracked_fields_only(tmp_path: Path) -> None:
    users(tmp_path)
    rows = (
        "CreatedDate,CreatedById,Field,DataType,OldValue,NewValue\n"
        f"2026-02-01T10:00:00.000+0000,{USER},Region__c,Text,Secret,Other\n"
        f"2026-03-01T10:00:00.000+0000,{SYNC},Region__c,Text,a,b\n"
        f"2026-04-01T10:00:00.000+0000,{USER},Owner,Text,Anna,Bo\n"
        f"2026-04-01T10:00:00.000+0000,{USER},Owner,EntityId,005a,005b\n"
        f"2026-04-02T10:00:00.000+0000,{USER},created,Text,,\n"
        f"2026-04-03T10:00:00.000+0000,{USER},Gone__c,Text,,\n"
    )
    found = read_text("field-history", tmp_path / "AccountHistory.csv", rows)
    assert totals(found) == [
        "touched Account 1x 1 integration 2026-03-01..2026-03-01",
        "touched Account 4x 1 people 2026-02-01..2026-04-03",
        "written Account.OwnerId 1x 1 people 2026-04-01..2026-04-01",
        "written Account.Region__c 1x 1 integration 2026-03-01..2026-03-01",
        "written Account.Region__c 1x 1 people 2026-02-01..2026-02-01",
    ]
    tracked = frozenset({"crm:Account.Region__c", "crm:Account.Credit__c"})
    end = date(2026, 4, 3)
    assert found.windows == (
        Window("log", "crm", Deed.WRITTEN, date(2026, 2, 1), end, tracked),
        Window("log", "crm", Deed.WRITTEN, date(2026, 4, 1), end, frozenset({"crm:Account.OwnerId"})),
    )
    assert reasons(found) == ["1 rows about no known field: Account.Gone__c"]
    assert "Secret" not in repr(found)


def test_event_log_files_of_any_type_stay_on_objects_but_for_reports(tmp_path: Path) -> None:
    folder = tmp_path / "elf"
    folder.mkdir()
    (folder / "report.csv").write_text(
        '"EVENT_TYPE","TIMESTAMP","USER_ID","REPORT_ID"\n'
        f'"Report","20260502100000.000","{USER[:15]}","{REPORT_ID[:15]}"\n'
    )
    (folder / "api.csv").write_text(
        '"EVENT_TYPE","TIMESTAMP","USER_ID","ENTITY_NAME","CONNECTED_APP_NAME"\n'
        f'"ApiTotalUsage","20260503100000.000","{SYNC}","Job__c","ERP ""Sync"""\n'
    )
    (folder / "page.csv").write_text(
        '"EVENT_TYPE","TIMESTAMP","USER_ID","PAGE_ENTITY_TYPE"\n"LightningPageView","20260504100000.000","u","Account"\n'
    )
    (folder / "login.csv").write_text('"EVENT_TYPE","TIMESTAMP","USER_ID"\n"Login","20260504100000.000","u"\n')
    found = read_path("event-log-file", folder, REGISTER, **STATED)
    assert totals(found) == [
        "viewed Account 1x 1 unknown 2026-05-04..2026-05-04",
        "read Account.Credit__c 1x 1 unknown 2026-05-02..2026-05-02",
        "read Account.Region__c 1x 1 unknown 2026-05-02..2026-05-02",
        "called Job__c 1x 1 integration 2026-05-03..2026-05-03",
        "run report/Sales/Pipeline 1x 1 unknown 2026-05-02..2026-05-02",
    ]
    assert [each.via for each in found.observations if each.deed is Deed.CALLED and each.via] == [
        'crm:connected_app/ERP "Sync"'
    ]
    assert "1 events of types that name no field, object or component (Login)" in found.sources[0].note
    assert [each.deed for each in found.windows] == [Deed.RUN, Deed.READ, Deed.CALLED]


def test_hourly_and_daily_event_log_files_count_a_run_once(tmp_path: Path) -> None:
    head = '"EVENT_TYPE","TIMESTAMP","REQUEST_ID","USER_ID","REPORT_ID"\n'
    row = f'"Report","20260502100000.000","4ex1","{USER[:15]}","{REPORT_ID[:15]}"\n'
    later = f'"Report","20260502120000.000","4ex2","{USER[:15]}","{REPORT_ID[:15]}"\n'
    (tmp_path / "day.csv").write_text(head + row + later)
    (tmp_path / "hour.csv").write_text(head + row)
    found = read_path("event-log-file", tmp_path, REGISTER, **STATED)
    assert [each.count for each in found.observations if each.deed is Deed.RUN] == [2]
    assert "1 events stand in more than one file and were counted once" in found.sources[0].note


LOST = [
    ("a row that is no row", "Account,Note__c\n", "1 rows of log.csv could not be read"),
    ("a row without a time", "Account,Note__c,soon\n", "a part of it is missing"),
]


@pytest.mark.parametrize(("row", "note"), [each[1:] for each in LOST], ids=[each[0] for each in LOST])
def test_a_lost_row_makes_silence_prove_nothing(row: str, note: str, tmp_path: Path) -> None:
    text = "object,fields,time\nAccount,Note__c,2026-05-01\n"
    whole = read_text("event-log", tmp_path / "log.csv", text)
    cut = read_text("event-log", tmp_path / "log.csv", text + row)
    assert (whole.sources[0].truncated, cut.sources[0].truncated) == (False, True)
    assert note in cut.sources[0].note


def test_a_run_of_a_report_nobody_knows_leaves_no_window_of_reads(tmp_path: Path) -> None:
    text = "EVENT_TYPE,TIMESTAMP,USER_ID,REPORT_ID\nReport,20260502100000.000,u,00O4H0000009999\n"
    found = read_text("event-log-file", tmp_path / "r.csv", text, **STATED)
    assert [each.deed for each in found.windows] == [Deed.RUN]


LOGS = [
    ("a list of fields", "Account,Region__c;Note__c,read", ["read Account.Note__c", "read Account.Region__c"]),
    (
        "a list in brackets",
        'Account,"[Region__c, Note__c]",view',
        ["viewed Account.Note__c", "viewed Account.Region__c"],
    ),
    ("a write", "account,region__c,UPDATE", ["written Account.Region__c"]),
    ("an object alone was seen, not read", "Account,,read", ["viewed Account"]),
    ("an object alone was touched, not written", "Account,,insert", ["touched Account"]),
]


@pytest.mark.parametrize(("cells", "expected"), [each[1:] for each in LOGS], ids=[each[0] for each in LOGS])
def test_a_general_log_is_read_by_its_mapping(cells: str, expected: list[str], tmp_path: Path) -> None:
    text = f"tbl,cols,act,t,u\n{cells},2026-05-01T10:00:00,anna\n"
    mapping = {"object": "tbl", "fields": "cols", "deed": "act", "time": "t", "user": "u"}
    path = tmp_path / "log.csv"
    path.write_text(text)
    found = read_path("event-log", path, **{f"columns.{name}": column for name, column in mapping.items()})
    assert [f"{each} 1x 1 unknown 2026-05-01..2026-05-01" for each in expected] == totals(found)


def test_a_general_log_names_subjects_and_components(tmp_path: Path) -> None:
    text = (
        "subject,time,deed,actor\ncrm:Account.Region__c,2026-05-01,read,api\nAccount.Note__c,2026-05-02,read,person\n"
        "flow/Nightly,2026-05-03,run,job\n.:,2026-05-03,read,job\n???,2026-05-03,read,job\nAccount,2026-05-03,danced,job\n"
    )
    found = read_text("event-log", tmp_path / "log.csv", text)
    assert totals(found) == [
        "read Account.Note__c 1x people 2026-05-02..2026-05-02",
        "read Account.Region__c 1x integration 2026-05-01..2026-05-01",
        "run flow/Nightly 1x automation 2026-05-03..2026-05-03",
    ]
    assert reasons(found) == [
        "1 events not understood: a subject that is no name",
        "1 events not understood: an object that the catalogue does not hold",
        "1 events not understood: deed 'danced'",
    ]


def test_an_applications_own_log_proves_no_silence_about_writes_unless_declared(tmp_path: Path) -> None:
    text = "object,fields,time,deed\nAccount,Note__c,2026-05-01,write\nAccount,Note__c,2026-05-02,read\n"
    plain = read_text("event-log", tmp_path / "log.csv", text, **STATED)
    all_seen = read_text("event-log", tmp_path / "log.csv", text, **STATED, covers="all")
    assert plain.windows == (Window("log", "crm", Deed.READ, *SPAN, subjects=frozenset({"crm:Account"})),)
    assert all_seen.windows == tuple(Window("log", "crm", deed, *SPAN) for deed in (Deed.READ, Deed.WRITTEN))


def test_a_window_that_is_not_stated_is_that_of_the_events_and_said(tmp_path: Path) -> None:
    text = "object,fields,time\nAccount,Note__c,2026-05-01\nAccount,Note__c,2026-05-09\n"
    found = read_text("event-log", tmp_path / "log.csv", text)
    assert [(each.start, each.end) for each in found.windows] == [(date(2026, 5, 1), date(2026, 5, 9))]
    assert "window not stated" in found.sources[0].note


def test_a_file_that_cannot_be_read_makes_silence_prove_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("object,fields,time\nAccount,Note__c,2026-05-01\n")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    found = read_path("event-log", tmp_path)
    assert found.sources[0].truncated
    assert reasons(found) == ["no column subject, time (it has: a, b)"]


LISTS = [
    ("[A, B.C, D__c]", ("A", "B.C", "D__c")),
    ('["A", "B"]', ("A", "B")),
    ("A", ("A",)),
    ("[]", ()),
    ("", ()),
    ("[broken", ("broken",)),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_of_columns_are_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    assert expected == items_of(text)


FILTERS = [
    ("Discount__c equals 0; Amount greaterThan 8", ("Discount__c", "Amount")),
    ('{"type":"and","conditions":[{"field":"A__c"},{"field":"B__c"}]}', ("A__c", "B__c")),
    ('{"whereCondition":{"field":"A__c","val', ("A__c",)),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), FILTERS)
def test_filters_name_their_fields(text: str, expected: tuple[str, ...]) -> None:
    assert expected == filtered_fields(text)


HISTORIES = [
    ("AccountHistory", "Account"),
    ("Job__History", "Job__c"),
    ("OpportunityFieldHistory", "Opportunity"),
    ("Account", ""),
]


@pytest.mark.parametrize(("name", "expected"), HISTORIES)
def test_a_history_is_of_an_object(name: str, expected: str) -> None:
    assert expected == tracked_object(name)


@pytest.mark.parametrize("name", ["sample_log_lines.csv", "sample_log_lines.json"])
def test_real_event_log_files_of_call_outs_say_nothing_of_fields(name: str, corpora: Path) -> None:
    found = read_path("event-log-file", corpora / "usage-eventlogfile-newrelic/src/tests" / name)
    assert (found.observations, found.skipped, found.sources[0].rows) == ((), (), 2)
    assert "2 events of types that name no field, object or component (ApexCallout)" in found.sources[0].note


def test_no_identifier_of_a_user_leaves_a_reader(tmp_path: Path) -> None:
    users(tmp_path)
    row = f'2026-05-01T10:00:00.000Z,{USER},{REPORT_ID},Pipeline,,"[Account.Region__c]",,Account\n'
    api = f"2026-05-01T10:00:00Z,{USER},ERP,Account,SELECT Id FROM Account WHERE OwnerId = '{USER}'\n"
    history = f"CreatedDate,CreatedById,Field,NewValue\n2026-02-01,{USER},Region__c,{SYNC}\n"
    log = f"object,fields,time,user\nAccount,Note__c,2026-05-01,{USER}\nAccount,Note__c,{USER},x\n"
    found = [
        read_text("report-event", tmp_path / "r.csv", REPORT_EVENT + row),
        read_text("api-event", tmp_path / "a.csv", API_EVENT + api),
        read_text("field-history", tmp_path / "AccountHistory.csv", history),
        read_text("event-log", tmp_path / "e.csv", log),
    ]
    assert all(each.observations for each in found)
    assert all(user[:15] not in repr(found) for user in (USER, SYNC))
    assert short(found[0].observations[0])
