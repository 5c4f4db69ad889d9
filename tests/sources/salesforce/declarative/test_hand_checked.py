"""References of reports and validation rules, read in the corpora's files by hand and written down here."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.formats.trees import open_tree
from auditor.model.catalogue import Catalog, Role
from auditor.model.references import Certainty
from auditor.sources.salesforce.source import read_salesforce

_REPORTS = [
    pytest.param(
        "Volunteer_Hours_This_Year2",
        4,
        ["formula reads Contact.Unique_Volunteer_Count__c"],
        id="a summary formula on a report over a lookup names the custom field with its object",
    ),
    pytest.param(
        "Volunteer_Hours_This_Year2",
        19,
        ["column reads Volunteer_Hours__c.Volunteer_Job__c", "column reads Volunteer_Job__c.Name"],
        id="FK_NAME is the name behind the lookup of the report type",
    ),
    pytest.param(
        "Volunteer_Hours_This_Year2",
        63,
        [
            "report_type reads Contact",
            "report_type reads Volunteer_Hours__c",
            "report_type reads Volunteer_Hours__c.Volunteer_Job__c",
        ],
        id="the report type names two objects and the lookup that it joins by",
    ),
    pytest.param(
        "Volunteer_Hours_This_Year2",
        67,
        ["time_frame reads Volunteer_Hours__c.End_Date__c"],
        id="the date of a time frame is read",
    ),
    pytest.param(
        "Volunteer_Hours_This_Year2",
        55,
        ["grouping reads Volunteer_Hours__c.Full_Name__c"],
        id="a grouping is read",
    ),
    pytest.param(
        "Unique_Volunteers2",
        4,
        ["formula reads Contact.Unique_Volunteer_Count__c", "formula reads Volunteer_Hours__c.Contact__c"],
        id="a formula on a custom report type begins with the object and hops by field names",
    ),
    pytest.param(
        "Unique_Volunteers2",
        16,
        [
            "column reads Contact.Unique_Volunteer_Count__c",
            "column reads Volunteer_Hours__c.Contact__c",
            "column reads Volunteer_Hours__c.Volunteer_Job__c",
        ],
        id="a column of a custom report type goes down by a relationship and up by a lookup",
    ),
    pytest.param(
        "Unique_Volunteers2", 54, ["grouping reads Volunteer_Job__c.Name"], id="a column of the base object"
    ),
    pytest.param(
        "Volunteer_Hours_by_Account",
        69,
        ["sort reads Contact.AccountId", "sort reads Contact.Name"],
        id="a sort column under a standard child relationship",
    ),
    pytest.param(
        "Volunteer_Roster",
        33,
        [
            "filter reads Volunteer_Hours__c.Volunteer_Campaign__c",
            "filter reads Volunteer_Hours__c.Volunteer_Shift__c",
            "filter reads Volunteer_Shift__c.Volunteer_Job__c",
        ],
        id="a filter two relationships below the base object",
    ),
    pytest.param("New_Sign_Ups_Leads", 22, ["column reads Lead.Company"], id="an alias of a standard report type"),
    pytest.param(
        "New_Sign_Ups_Leads",
        10,
        ["column reads Group.Name?", "column reads Lead.OwnerId", "column reads User.Name?"],
        id="an owner is a user or a queue, so its name is only possibly either's",
    ),
    pytest.param("New_Sign_Ups_Leads", 45, ["filter reads Lead.Status"], id="a filter by an alias"),
    pytest.param("New_Sign_Ups_Leads", 62, ["time_frame reads Lead.CreatedDate"], id="a date by an alias"),
    pytest.param("Volunteers_This_Year", 4, [], id="RowCount is no column"),
]
_RULES = [
    pytest.param(
        "Job_Recurrence_Schedule__c.JRS_Days_Of_Week_Required",
        ["condition requires Days_of_Week__c", "error_place requires Days_of_Week__c"],
        id="ISNULL alone only requires",
    ),
    pytest.param(
        "Volunteer_Hours__c.HoursRequiredOnCompletion",
        [
            "condition reads Status__c",
            "condition requires Hours_Worked__c",
            "error_place requires Hours_Worked__c",
        ],
        id="the status is read and the hours are required",
    ),
    pytest.param(
        "Volunteer_Hours__c.StatusMustBeSet",
        ["condition requires Status__c", "error_place requires Status__c"],
        id="ISPICKVAL against an empty text is a test for blank",
    ),
    pytest.param(
        "Volunteer_Job__c.ValidateExternalSignupUrl",
        ["condition reads External_Signup_Url__c", "error_place requires External_Signup_Url__c"],
        id="a field that is tested for blank and for its text is read",
    ),
    pytest.param(
        "Volunteer_Recurrence_Schedule__c.VRS_Weekly_Occurrence_Required",
        ["condition requires Weekly_Occurrence__c", "error_place requires Weekly_Occurrence__c"],
        id="one rule of several in the file of an object",
    ),
]
_MORE_RULES = [
    pytest.param(
        "Job_Recurrence_Schedule__c.JRS_Weekly_Occurrence_Required",
        ["condition requires Weekly_Occurrence__c", "error_place requires Weekly_Occurrence__c"],
        id="a picklist of several values tested by ISNULL",
    ),
    pytest.param(
        "Volunteer_Recurrence_Schedule__c.VRS_Days_of_Week_Required",
        ["condition requires Days_of_Week__c", "error_place requires Days_of_Week__c"],
        id="the same rule on another object is another rule",
    ),
]
"""With these, every validation rule that the corpora hold."""
_SOURCE_FORMAT_RULES = [
    pytest.param(
        "Relationship__c.Contact_Do_Not_Change",
        ["condition reads Contact__c", "error_place requires Contact__c"],
        id="ISCHANGED reads",
    ),
    pytest.param(
        "Relationship__c.Related_Contact_Do_Not_Change",
        ["condition reads RelatedContact__c", "error_place requires RelatedContact__c"],
        id="names of functions may be written in lower case",
    ),
]


@pytest.fixture(scope="module")
def volunteers(corpora: Path) -> Catalog:
    return read_salesforce(open_tree(str(corpora / "sf-volunteers-mdapi")), "crm", Role.CRM)


@pytest.fixture(scope="module")
def education(corpora: Path) -> Catalog:
    return read_salesforce(open_tree(str(corpora / "sf-eda" / "sf-eda.tar.gz")), "crm", Role.CRM)


@pytest.mark.parametrize(("report", "line", "expected"), _REPORTS)
def test_reports(volunteers: Catalog, report: str, line: int, expected: list[str]) -> None:
    found = [
        f"{item.part} {item.access} {item.target}{'?' if item.certainty is Certainty.POSSIBLE else ''}"
        for item in volunteers.references
        if item.component == f"Volunteer_Reports/{report}"
        and item.component_kind == "report"
        and item.line == line
    ]

    assert expected == sorted(found)


@pytest.mark.parametrize(("rule", "expected"), [*_RULES, *_MORE_RULES])
def test_validation_rules(volunteers: Catalog, rule: str, expected: list[str]) -> None:
    assert expected == _of_rule(volunteers, rule)


@pytest.mark.parametrize(("rule", "expected"), _SOURCE_FORMAT_RULES)
def test_validation_rules_in_files_of_their_own(education: Catalog, rule: str, expected: list[str]) -> None:
    assert expected == _of_rule(education, rule)


def _of_rule(catalog: Catalog, rule: str) -> list[str]:
    own = f"{rule.partition('.')[0]}."
    return sorted(
        f"{item.part} {item.access} {item.target.removeprefix(own)}"
        for item in catalog.references
        if item.component == rule and item.component_kind == "validation_rule"
    )
