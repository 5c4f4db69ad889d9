from __future__ import annotations

import pytest

from auditor.languages.standard import (
    StandardField,
    child_lookup,
    compound_parts,
    standard_field,
    standard_lookup,
    standard_object,
    standard_objects,
    system_fields,
)


@pytest.mark.parametrize(
    ("object_name", "field", "expected"),
    [
        pytest.param("Account", "Name", StandardField("Account", "Name", "string"), id="a text"),
        pytest.param("account", "industry", StandardField("Account", "Industry", "picklist"), id="in any case"),
        pytest.param("Opportunity", "Amount", StandardField("Opportunity", "Amount", "currency"), id="an amount"),
        pytest.param(
            "Contact", "MailingCity", StandardField("Contact", "MailingCity", "string"), id="a part of an address"
        ),
        pytest.param(
            "Contact", "MailingAddress", StandardField("Contact", "MailingAddress", "address"), id="an address"
        ),
        pytest.param(
            "Lead", "Street", StandardField("Lead", "Street", "textarea"), id="an address without a name"
        ),
        pytest.param(
            "Contact",
            "AccountId",
            StandardField("Contact", "AccountId", "reference", ("Account",), "Contacts"),
            id="a lookup",
        ),
        pytest.param("X__c", "Name", StandardField("__c", "Name", "string"), id="the name of a custom object"),
        pytest.param(
            "X__mdt", "DeveloperName", StandardField("__mdt", "DeveloperName", "string"), id="a metadata type"
        ),
        pytest.param(
            "X__Share", "RowCause", StandardField("__share", "RowCause", "picklist"), id="a sharing table"
        ),
        pytest.param(
            "User",
            "UserPermissionsJigsawProspectingUser",
            StandardField("User", "UserPermissionsJigsawProspectingUser", "boolean"),
            id="a permission of some release",
        ),
        pytest.param(
            "CronTrigger",
            "CronJobDetailId",
            StandardField("CronTrigger", "CronJobDetailId", "reference", ("CronJobDetail",)),
            id="a job of the platform",
        ),
        pytest.param(
            "Setting__c",
            "SetupOwnerId",
            StandardField("__c", "SetupOwnerId", "reference", ("Organization", "Profile", "User")),
            id="whom a custom setting is for",
        ),
        pytest.param("Account", "Region__c", None, id="a custom field is not standard"),
        pytest.param("Account", "Nonsense", None, id="an unknown name is not claimed"),
        pytest.param("Nonsense", "Name", None, id="an unknown object is not claimed"),
        pytest.param("X__mdt", "OwnerId", None, id="metadata has no owner"),
    ],
)
def test_standard_fields_are_known(object_name: str, field: str, expected: StandardField | None) -> None:
    assert expected == standard_field(object_name, field)


@pytest.mark.parametrize(
    ("object_name", "path", "expected"),
    [
        pytest.param(
            "Contact",
            "Account.Owner.Manager",
            [("Contact", "AccountId"), ("Account", "OwnerId"), ("User", "ManagerId")],
            id="over three standard lookups",
        ),
        pytest.param("Task", "Who", [("Task", "WhoId")], id="a lookup to several objects"),
        pytest.param(
            "X__c", "CreatedBy.Profile", [("__c", "CreatedById"), ("User", "ProfileId")], id="a custom object"
        ),
        pytest.param("Opportunity", "AccountId", [("Opportunity", "AccountId")], id="a lookup by its own name"),
        pytest.param("Account", "Nonsense", [], id="a lookup that is not known"),
        pytest.param("Account", "Name", [], id="a field that is no lookup"),
    ],
)
def test_relationships_lead_to_objects(object_name: str, path: str, expected: list[tuple[str, str]]) -> None:
    found = []
    for hop in path.split("."):
        field = standard_lookup(object_name, hop)
        if field is not None:
            found.append((field.object, field.name))
            object_name = field.reference_to[0]
    assert expected == found


@pytest.mark.parametrize(
    ("object_name", "relationship", "expected"),
    [
        pytest.param("Account", "Contacts", ("Contact", "AccountId"), id="contacts of an account"),
        pytest.param(
            "X__c", "ProcessSteps", ("ProcessInstanceHistory", "TargetObjectId"), id="approvals of a record"
        ),
        pytest.param(
            "opportunity", "opportunitylineitems", ("OpportunityLineItem", "OpportunityId"), id="in any case"
        ),
        pytest.param("Lead", "Tasks", ("Task", "WhoId"), id="tasks of a person"),
        pytest.param("X__c", "Tasks", ("Task", "WhatId"), id="tasks of a custom object"),
        pytest.param("X__c", "Contacts", None, id="no contacts of a custom object"),
    ],
)
def test_child_relationships_lead_to_the_field_behind_them(
    object_name: str, relationship: str, expected: tuple[str, str] | None
) -> None:
    found = child_lookup(object_name, relationship)
    assert expected == (found and (found.object, found.name))


@pytest.mark.parametrize(
    ("object_name", "field", "expected"),
    [
        pytest.param(
            "Contact",
            "Name",
            ("Salutation", "FirstName", "MiddleName", "LastName", "Suffix"),
            id="a person's name",
        ),
        pytest.param(
            "User", "Name", ("FirstName", "MiddleName", "LastName", "Suffix"), id="a user has no salutation"
        ),
        pytest.param("Opportunity", "Name", (), id="a thing's name is one field"),
        pytest.param(
            "Account",
            "BillingAddress",
            tuple(
                f"Billing{part}"
                for part in [
                    "Street",
                    "City",
                    "State",
                    "PostalCode",
                    "Country",
                    "StateCode",
                    "CountryCode",
                    "Latitude",
                    "Longitude",
                    "GeocodeAccuracy",
                ]
            ),
            id="an address",
        ),
        pytest.param("EmailMessage", "FromAddress", (), id="an e-mail address is one field"),
        pytest.param("X__c", "Address", (), id="an unknown one"),
    ],
)
def test_compounds_name_their_parts(object_name: str, field: str, expected: tuple[str, ...]) -> None:
    assert expected == compound_parts(object_name, field)


def test_every_lookup_leads_to_an_object_of_the_table_or_is_left_open() -> None:
    known = set(standard_objects())
    dangling = {
        (name, field.name, target)
        for name in known
        for field in _fields(name)
        for target in field.reference_to
        if target not in known
    }
    assert set() == dangling


def test_every_object_has_a_key() -> None:
    keyless = {name for name in standard_objects() if standard_field(name, "Id") is None}
    assert set() == keyless


def test_a_custom_object_has_the_fields_of_its_kind() -> None:
    assert [name for name in ("eventuuid", "createdbyid", "ownerid") if name in system_fields("X__e").fields] == [
        "eventuuid",
        "createdbyid",
    ]


def _fields(name: str) -> tuple[StandardField, ...]:
    found = standard_object(name)
    return tuple(found.fields.values()) if found else ()
