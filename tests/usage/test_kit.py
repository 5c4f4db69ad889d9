"""Each register of the free kit, from file to evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.model.observations import (
    Actor,
    Cohort,
    Deed,
    Definition,
    Fill,
    Observation,
    Readership,
    RowCount,
)
from auditor.model.references import Access
from auditor.usage.registry import read
from tests.usage.kitchen import day, reference, request


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def reasons(skipped: tuple[object, ...]) -> list[str]:
    return [getattr(each, "reason", "") for each in skipped]


# --- e-mail templates ---


def test_a_template_that_was_used_dates_its_merge_fields(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "EmailTemplate.csv",
        "DeveloperName,FolderName,TimesUsed,LastUsedDate\n"
        "Welcome,Mails,12,2026-10-01T10:00:00.000+0000\n"
        "Other,Mails,0,\n",
    )
    evidence = read(request("email-template-register", path))
    welcome = "crm:email_template/Mails/Welcome"
    assert evidence.observations == (
        Observation("crm:Account.Region__c", Deed.READ, "kit", day("2026-10-01"), via=welcome),
        Observation("crm:email_template/Mails/Other", Deed.RUN, "kit", None, count=0),
        Observation(welcome, Deed.RUN, "kit", day("2026-10-01"), count=12),
    )


def test_no_window_follows_from_templates_since_alerts_are_not_counted(tmp_path: Path) -> None:
    path = saved(tmp_path, "EmailTemplate.csv", "DeveloperName,LastUsedDate\nWelcome,2026-10-01\n")
    evidence = read(request("email-template-register", path))
    assert evidence.windows == ()
    assert "silence here proves nothing" in evidence.sources[0].note


# --- custom fields of the Tooling API ---

FIELD_ROWS = [
    (
        "of a standard object by its name",
        "TableEnumOrId,DeveloperName\nAccount,region\n",
        Definition("crm:Account.Region__c", "kit"),
    ),
    (
        "of an activity, whichever it is",
        "TableEnumOrId,DeveloperName\nTask,Reach\n",
        Definition("crm:Activity.Reach__c", "kit"),
    ),
    (
        "of a package that the repository does not hold",
        "TableEnumOrId,DeveloperName,NamespacePrefix\nAccount,Score,acme\n",
        Definition("crm:Account.acme__Score__c", "kit", managed=True),
    ),
    (
        "of the package's own organisation, where the repository leaves the prefix out",
        "TableEnumOrId,DeveloperName,NamespacePrefix,ManageableState\nAccount,Region,acme,unmanaged\n",
        Definition("crm:Account.Region__c", "kit", managed=False),
    ),
    (
        "of an object named by the entity's column",
        "TableEnumOrId,EntityDefinition.QualifiedApiName,DeveloperName\n01I000000000ZZZ,Other__c,Size\n",
        Definition("crm:Other__c.Size__c", "kit"),
    ),
    (
        "of an object whose id the catalogue knows, 15 characters or 18",
        "TableEnumOrId,DeveloperName\n01I000000000AAA,Hours\n",
        Definition("crm:Job__c.Hours__c", "kit"),
    ),
    (
        "with its days and its id",
        "Id,TableEnumOrId,DeveloperName,CreatedDate,LastModifiedDate\n"
        "00N000000000001,Account,Region,2020-01-02T00:30:00.000+0100,2021-01-01\n",
        Definition(
            "crm:Account.Region__c",
            "kit",
            created=day("2020-01-01"),
            modified=day("2021-01-01"),
            platform_id="00N000000000001EAA",
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in FIELD_ROWS], ids=[c[0] for c in FIELD_ROWS])
def test_a_custom_field(text: str, expected: Definition, tmp_path: Path) -> None:
    path = saved(tmp_path, "CustomField.csv", text)
    evidence = read(request("tooling-custom-field", path))
    assert (evidence.definitions, evidence.skipped) == ((expected,), ())


def test_an_object_id_is_resolved_by_a_custom_object_export_beside(tmp_path: Path) -> None:
    saved(tmp_path, "CustomObject.csv", "Id,DeveloperName,NamespacePrefix\n01I0000000000BB,Truck,\n")
    path = saved(tmp_path, "CustomField.csv", "TableEnumOrId,DeveloperName\n01I0000000000BB,Size\n")
    evidence = read(request("tooling-custom-field", path))
    assert evidence.definitions == (Definition("crm:Truck__c.Size__c", "kit"),)


def test_an_unknown_object_id_costs_its_row_and_narrows_the_window(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "CustomField.csv", "TableEnumOrId,DeveloperName\n01I0000000000CC,Size\nAccount,Region\n"
    )
    evidence = read(request("tooling-custom-field", path))
    assert evidence.definitions == (Definition("crm:Account.Region__c", "kit"),)
    assert evidence.windows[0].subjects == frozenset({"crm:Account.Region__c"})
    assert reasons(evidence.skipped) == [
        "object 01I0000000000CC is not known; add EntityDefinition.QualifiedApiName to the query, "
        "or export CustomObject beside it"
    ]


# --- flows, counts, organisation ---


def test_flows_are_active_or_not(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "FlowDefinitionView.csv", "ApiName,IsActive,LastModifiedDate\nset_region,false,2026-01-05\n"
    )
    evidence = read(request("flow-register", path))
    assert evidence.definitions == (
        Definition("crm:flow/Set_Region", "kit", modified=day("2026-01-05"), active=False),
    )


COUNTS = [
    ("the REST answer", '{"sObjects": [{"count": 3, "name": "account"}, {"count": 0, "name": "Job__c"}]}'),
    ("the answer of the command line", '{"status": 0, "result": [{"name": "account", "count": 3}, '
     '{"name": "Job__c", "count": 0}]}'),
    ("a table", "name,count\naccount,3\nJob__c,0\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", [c[1] for c in COUNTS], ids=[c[0] for c in COUNTS])
def test_record_counts_come_out_of(text: str, tmp_path: Path) -> None:
    path = saved(tmp_path, "recordCount.json", text)
    evidence = read(request("record-count", path, exported="2026-11-02"))
    assert evidence.row_counts == (
        RowCount("crm:Account", "kit", Cohort(), 3),
        RowCount("crm:Job__c", "kit", Cohort(), 0),
    )
    assert evidence.sources[0].as_of == day("2026-11-02")


def test_a_count_that_is_none_costs_its_row(tmp_path: Path) -> None:
    path = saved(tmp_path, "c.csv", "name,count\nAccount,many\nJob__c,-1\n,4\n")
    evidence = read(request("record-count", path))
    assert evidence.row_counts == ()
    assert [each.line for each in evidence.skipped] == [2, 3, 4]


def test_the_organisation_is_named_and_a_sandbox_said(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "Organization.csv", "Id,OrganizationType,IsSandbox\n00D000000000001,Enterprise Edition,true\n"
    )
    source = read(request("organization", path)).sources[0]
    assert source.organization == "00D000000000001EAA"
    assert source.note == "Enterprise Edition sandbox: its use is not the company's"


# --- fill by cohort ---

PEOPLE = Cohort("2026-Q3", "Dealer", Actor.PEOPLE)


def test_the_wide_layout_has_a_column_a_field_and_an_empty_cell_is_not_zero(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "fill/Account.csv",
        "object,quarter,record_type,creator_kind,rows,region__c,Credit__c\nAccount,2026-Q3,Dealer,people,10,4,\n",
    )
    evidence = read(request("fill-by-cohort", path))
    assert evidence.fills == (Fill("crm:Account.Region__c", "kit", PEOPLE, 10, 4),)
    assert evidence.row_counts == (RowCount("crm:Account", "kit", PEOPLE, 10),)


def test_a_geolocation_is_one_field_and_its_latitude_stands_for_both_halves(tmp_path: Path) -> None:
    path = saved(tmp_path, "Account.csv", "quarter,rows,Place__Latitude__s,Place__Longitude__s\n2026-Q3,10,4,4\n")
    evidence = read(request("fill-by-cohort", path))
    assert evidence.fills == (Fill("crm:Account.Place__c", "kit", Cohort("2026-Q3"), 10, 4),)


def test_the_long_layout_has_a_row_a_field(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "fill.csv",
        "object,field,quarter,record_type,creator_kind,rows,filled\n"
        "Account,Region__c,2026-Q3,Dealer,people,10,4\nAccount,Credit__c,2026-Q3,Dealer,people,10,0\n",
    )
    evidence = read(request("fill-by-cohort", path))
    assert evidence.fills == (
        Fill("crm:Account.Credit__c", "kit", PEOPLE, 10, 0),
        Fill("crm:Account.Region__c", "kit", PEOPLE, 10, 4),
    )
    assert evidence.row_counts == (RowCount("crm:Account", "kit", PEOPLE, 10),)


def test_a_raw_answer_is_named_by_the_query_beside_it_and_profiles_of_one_kind_add_up(tmp_path: Path) -> None:
    saved(
        tmp_path,
        "fill/Account.1.soql",
        "SELECT CALENDAR_YEAR(CreatedDate) yr, CALENDAR_QUARTER(CreatedDate) qtr, CreatedBy.Profile.Name creator, "
        "RecordType.DeveloperName rectype, COUNT(Id) total, COUNT(Region__c), COUNT(Credit__c) FROM Account",
    )
    path = saved(
        tmp_path,
        "fill/Account.1.csv",
        "yr,qtr,creator,rectype,total,expr0,expr1\n"
        "2026,3,Sälj,Dealer,6,4,1\n2026,3,Standard User,Dealer,4,0,1\n2026,3,ERP Integration,Dealer,5,5,5\n",
    )
    evidence = read(request("fill-by-cohort", path))
    machine = Cohort("2026-Q3", "Dealer", Actor.INTEGRATION)
    assert evidence.fills == (
        Fill("crm:Account.Credit__c", "kit", machine, 5, 5),
        Fill("crm:Account.Credit__c", "kit", PEOPLE, 10, 2),
        Fill("crm:Account.Region__c", "kit", machine, 5, 5),
        Fill("crm:Account.Region__c", "kit", PEOPLE, 10, 4),
    )
    assert [count.rows for count in evidence.row_counts] == [5, 10]
    assert evidence.skipped == ()


def test_bad_cells_and_an_answer_that_was_cut_are_said(tmp_path: Path) -> None:
    rows = "Account,2026-Q3,people,1,9\nAccount,soon,people,1,1\n" + "Account,2026-Q3,people,1,1\n" * 1998
    path = saved(tmp_path, "fill.csv", "object,quarter,creator_kind,rows,Region__c\n" + rows)
    evidence = read(request("fill-by-cohort", path))
    assert evidence.sources[0].truncated
    assert reasons(evidence.skipped) == [
        "exactly 2000 rows or marked unfinished: the answer was cut",
        "Region__c: '9' is no count up to the 1 rows",
        "no count of rows, or no quarter such as 2026-Q3",
    ]


def test_a_raw_answer_without_its_query_says_what_is_missing(tmp_path: Path) -> None:
    path = saved(tmp_path, "Account.csv", "yr,qtr,total,expr0\n2026,3,6,4\n")
    evidence = read(request("fill-by-cohort", path))
    assert evidence.fills == ()
    assert reasons(evidence.skipped) == [
        "column expr0: the query that tells its field is missing",
        "no column is a field",
    ]


# --- users ---

USERS = (
    "Id,IsActive,LastLoginDate,Profile.Name,UserType\n"
    "005000000000001,true,2026-11-01T00:00:00.000+0000,System Administrator,Standard\n"
    "005000000000002,true,2026-11-02T00:00:00.000+0000,Sälj,Standard\n"
    "005000000000003,true,2026-11-03T00:00:00.000+0000,Sälj,Standard\n"
    "005000000000004,true,2026-11-04T00:00:00.000+0000,Sälj,Standard\n"
    "005000000000005,true,2026-11-05T00:00:00.000+0000,Sälj,Standard\n"
    "005000000000006,false,2026-11-06T00:00:00.000+0000,Sälj,Standard\n"
    "005000000000007,true,2026-11-07T00:00:00.000+0000,ERP Integration,Standard\n"
    "005000000000008,true,,Sälj,Standard\n"
)


def test_users_are_counted_by_kind_and_small_groups_have_no_day(tmp_path: Path) -> None:
    evidence = read(request("users", saved(tmp_path, "User.csv", USERS)))
    assert evidence.observations == (
        Observation("crm:", Deed.LOGGED_IN, "kit", None, actors=1, by=Actor.INTEGRATION),
        Observation("crm:", Deed.LOGGED_IN, "kit", day("2026-11-05"), actors=5, by=Actor.PEOPLE),
    )
    assert evidence.sources[0].note == "7 active users of 8, 1 of them never logged in"


def test_profiles_are_named_by_an_export_beside_and_may_be_declared_integrations(tmp_path: Path) -> None:
    saved(tmp_path, "Profile.csv", "Id,Name\n00e000000000001,Sync\n")
    path = saved(
        tmp_path, "User.csv", "Id,IsActive,ProfileId,UserType\n005000000000001,true,00e000000000001,Standard\n"
    )
    evidence = read(request("users", path, integration_profiles="Other; sync"))
    assert [each.by for each in evidence.observations] == [Actor.INTEGRATION]


def test_no_user_id_ever_leaves_a_reader(tmp_path: Path) -> None:
    users = saved(tmp_path, "User.csv", USERS)
    assignments = saved(tmp_path, "PermissionSetAssignment.csv", ASSIGNED + "\n005000000000009,Ekonomi,\n")
    for evidence in (read(request("users", users)), read(request("permission-set-assignments", assignments))):
        assert "00500000000000" not in repr(evidence)


# --- who may read ---

ASSIGNED = "AssigneeId,PermissionSet.Name,ExpirationDate\n005000000000002,Ekonomi,"


def test_readership_counts_active_people_over_profiles_and_permission_sets(tmp_path: Path) -> None:
    saved(tmp_path, "User.csv", USERS.replace("ERP Integration", "Sälj Integration"))
    path = saved(tmp_path, "PermissionSetAssignment.csv", ASSIGNED + "\n")
    evidence = read(request("permission-set-assignments", path))
    assert evidence.readership == (
        Readership("crm:Account.Credit__c", "kit", 0, 0),
        Readership("crm:Account.Must__c", "kit", 6, 6),
        Readership("crm:Account.Region__c", "kit", 6, 1),
        Readership("crm:Job__c.Account__c", "kit", 6, 6),
    )
    assert "2 fields are in no profile or permission set: unknown" in evidence.sources[0].note


def test_a_field_that_nothing_mentions_is_unreadable_only_where_that_is_declared(tmp_path: Path) -> None:
    saved(tmp_path, "User.csv", USERS)
    path = saved(tmp_path, "PermissionSetAssignment.csv", ASSIGNED + "\n")
    evidence = read(request("permission-set-assignments", path, permissions="complete"))
    assert Readership("crm:Account.Note__c", "kit", 0, 0) in evidence.readership


def test_the_right_to_an_object_opens_its_fields_only_where_it_says_all(tmp_path: Path) -> None:
    saved(tmp_path, "User.csv", USERS)
    path = saved(tmp_path, "PermissionSetAssignment.csv", ASSIGNED + "\n")
    asked = request("permission-set-assignments", path, permissions="complete")
    for part, readers in (("read", 0), ("read+edit+view_all_fields", 1)):
        granted = reference("permission_set", "Ekonomi", "Account", Access.GRANTS, part)
        catalog = replace(asked.catalog, references=(*asked.catalog.references, granted))

        evidence = read(replace(asked, catalog=catalog))

        assert Readership("crm:Account.Note__c", "kit", readers, 0) in evidence.readership


INCOMPLETE = [
    ("a permission set that is not in the repository", "005000000000002,Secret,", "permission_set secret"),
    ("a user that the export lacks", "005000000000099,Ekonomi,", "1 assignments to users"),
]


@pytest.mark.parametrize(("row", "note"), [c[1:] for c in INCOMPLETE], ids=[c[0] for c in INCOMPLETE])
def test_no_readership_with(row: str, note: str, tmp_path: Path) -> None:
    saved(tmp_path, "User.csv", USERS)
    path = saved(tmp_path, "PermissionSetAssignment.csv", f"{ASSIGNED}\n{row}\n")
    evidence = read(request("permission-set-assignments", path))
    assert evidence.readership == ()
    assert note in evidence.sources[0].note


def test_an_assignment_that_expired_counts_no_more(tmp_path: Path) -> None:
    saved(tmp_path, "User.csv", USERS)
    path = saved(tmp_path, "PermissionSetAssignment.csv", f"{ASSIGNED}\n005000000000002,Secret,2026-11-01\n")
    assert read(request("permission-set-assignments", path)).readership != ()


def test_one_export_with_all_columns_is_enough(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "PermissionSetAssignment.csv",
        "AssigneeId,Assignee.IsActive,PermissionSet.Name,PermissionSet.IsOwnedByProfile,PermissionSet.Profile.Name,"
        "PermissionSetGroup.DeveloperName\n"
        "005000000000001,true,X00e1,true,System Administrator,\n"
        "005000000000002,true,X00e2,true,Sälj,\n"
        "005000000000002,true,G,false,,Gruppe\n"
        "005000000000003,false,X00e2,true,Unknown Profile,\n",
    )
    evidence = read(request("permission-set-assignments", path))
    assert Readership("crm:Account.Region__c", "kit", 2, 1) in evidence.readership
