from __future__ import annotations

import pytest

from auditor.languages import data_aliases, data_report_types
from auditor.languages.aliases import (
    COMPUTED,
    AliasTarget,
    ReportType,
    list_column,
    related_column,
    related_list_object,
    report_column,
    report_type,
)
from auditor.languages.standard import standard_field, standard_lookup, standard_object


def _shown(target: AliasTarget | None) -> str | None:
    """A short form: `Object.Path`, or nothing for what is computed."""
    if target is None:
        return None
    return "" if target.computed else f"{target.object}.{target.path}"


@pytest.mark.parametrize(
    ("object_name", "column", "expected"),
    [
        pytest.param("Account", "ACCOUNT.PHONE1", "Account.Phone", id="an alias of the object"),
        pytest.param(
            "Contact", "ACCOUNT.SITE", "Contact.Account.Site", id="an alias of the object it looks up to"
        ),
        pytest.param("Contract", "SALES.ACCOUNT.NAME", "Contract.Account.Name", id="the other prefix of accounts"),
        pytest.param("Order", "CONTRACT.OWNERALIAS", "Order.Contract.Owner.Alias", id="an alias that is a path"),
        pytest.param("Contact", "FULL_NAME", "Contact.Name", id="the name of a person"),
        pytest.param("Case", "NAME", "Case.Contact.Name", id="a case shows its contact's name"),
        pytest.param("Opportunity", "CORE.USERS.ALIAS", "Opportunity.Owner.Alias", id="the owner"),
        pytest.param("User", "CORE.USERS.EMAIL", "User.Email", id="users of themselves"),
        pytest.param("User", "CORE.PROFILE.NAME", "User.Profile.Name", id="the profile"),
        pytest.param("Activity", "TASK.WHO_NAME", "Activity.Who.Name", id="tasks among activities"),
        pytest.param("Activity", "ACTIVITY.TASK", "", id="whether an activity is a task is computed"),
        pytest.param("Contact", "CONTACT.REPORTS_TO.NAME", "Contact.ReportsTo.Name", id="an alias with a dot"),
        pytest.param("Contact", "CONTACT.ADDRESS2_CITY", "Contact.MailingCity", id="a contact's second address"),
        pytest.param("Account", "ACCOUNT.ADDRESS2_CITY", "Account.ShippingCity", id="an account's second address"),
        pytest.param("Loan__c", "NAME", "Loan__c.Name", id="the name of a custom object"),
        pytest.param("Loan__c", "CREATEDBY_USER.ALIAS", "Loan__c.CreatedBy.Alias", id="who made it"),
        pytest.param("Loan__c", "RECORDTYPE", "Loan__c.RecordTypeId", id="its record type"),
        pytest.param("Loan__c", "Rate__c", "Loan__c.Rate__c", id="a custom field is its own name"),
        pytest.param("Lead", "Lead.Score__c", "Lead.Score__c", id="also with the object before it"),
        pytest.param("T__mdt", "MasterLabel", "T__mdt.MasterLabel", id="a field of metadata"),
        pytest.param(
            "OpportunityLineItem", "Product2", "OpportunityLineItem.Product2Id", id="a lookup by its relationship"
        ),
        pytest.param("ActionPlan", "StartDate", "ActionPlan.StartDate", id="objects of Lightning name fields"),
        pytest.param("T__mdt", "RECORDTYPE", None, id="metadata has no record type"),
        pytest.param("Product2", "CORE.USERS.ALIAS", None, id="a product has no owner"),
        pytest.param("Case", "CASES.NONSENSE", None, id="an unknown alias"),
        pytest.param("Account", "NONSENSE.NAME", None, id="an unknown prefix"),
        pytest.param("Account", "CASES.SUBJECT", None, id="a prefix of an object that is not looked up to"),
        pytest.param("Account", "", None, id="nothing"),
    ],
)
def test_columns_of_lists(object_name: str, column: str, expected: str | None) -> None:
    assert expected == _shown(list_column(object_name, column))


@pytest.mark.parametrize(
    ("parent", "related_list", "column", "expected"),
    [
        pytest.param("Account", "RelatedContactList", "FULL_NAME", "Contact.Name", id="contacts"),
        pytest.param(
            "Contact",
            "RelatedCampaignList",
            "CAMPAIGN.START_DATE",
            "CampaignMember.Campaign.StartDate",
            id="campaigns are shown by membership",
        ),
        pytest.param(
            "Opportunity",
            "RelatedContactRoleList",
            "ContactEmail",
            "OpportunityContactRole.Contact.Email",
            id="roles on an opportunity",
        ),
        pytest.param(
            "Contract",
            "RelatedContactRoleList",
            "IsPrimary",
            "ContractContactRole.IsPrimary",
            id="roles on a contract",
        ),
        pytest.param(
            "Account", "RelatedPartnerList", "ACCOUNT.NAME", "AccountPartner.AccountTo.Name", id="partners"
        ),
        pytest.param("X__c", "Loan__c.X__c", "NAME", "Loan__c.Name", id="a custom list"),
        pytest.param(
            "Job__c",
            "Hours__c.Job__c",
            "Contact.CNTC_FIRST_NAME",
            "Contact.FirstName",
            id="a field beside the rows, by which lookup is not said",
        ),
        pytest.param(
            "Job__c", "Hours__c.Job__c", "Shift__c.NAME", "Shift__c.Name", id="a custom object beside the rows"
        ),
        pytest.param(
            "Job__c", "Hours__c.Job__c", "Owner.CUSTENT_OWNER_NAME", "Hours__c.Owner.Name", id="the owner"
        ),
        pytest.param("Account", "RelatedNonsenseList", "NAME", None, id="an unknown list"),
    ],
)
def test_columns_of_related_lists(parent: str, related_list: str, column: str, expected: str | None) -> None:
    assert expected == _shown(related_column(parent, related_list, column))


@pytest.mark.parametrize(
    ("parent", "related_list", "expected"),
    [
        pytest.param("Account", "RelatedCaseList", "Case", id="a standard list"),
        pytest.param("Account", "Vehicle__c.Owner__c", "Vehicle__c", id="a list by a lookup"),
        pytest.param("Account", "RelatedNonsenseList", None, id="an unknown list"),
    ],
)
def test_related_lists_name_the_object_of_their_rows(parent: str, related_list: str, expected: str | None) -> None:
    assert expected == related_list_object(parent, related_list)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("AccountList", ReportType("AccountList", ("Account",)), id="a standard type"),
        pytest.param("CustomEntity$A__c", ReportType("CustomEntity$A__c", ("A__c",)), id="a custom object"),
        pytest.param(
            "CustomEntity$A__c@A__c.Opportunity__c",
            ReportType("CustomEntity$A__c@A__c.Opportunity__c", ("A__c",), "A__c.Opportunity__c"),
            id="a custom object over a lookup",
        ),
        pytest.param(
            "ContactCustomEntity$H__c@H__c.Job__c",
            ReportType("ContactCustomEntity$H__c@H__c.Job__c", ("H__c", "Contact"), "H__c.Job__c"),
            id="a standard parent",
        ),
        pytest.param(
            "CustomEntityCustomEntity$P__c$C__c",
            ReportType("CustomEntityCustomEntity$P__c$C__c", ("P__c", "C__c")),
            id="a custom parent",
        ),
        pytest.param(
            "CustomEntity$%%%NAMESPACE%%%A__c",
            ReportType("CustomEntity$%%%NAMESPACE%%%A__c", ("%%%NAMESPACE%%%A__c",)),
            id="with a namespace token",
        ),
        pytest.param(
            "Opportunity@Opportunity.npe03__R__c",
            ReportType(
                "Opportunity@Opportunity.npe03__R__c", ("Opportunity", "Account"), "Opportunity.npe03__R__c"
            ),
            id="a standard type over a lookup",
        ),
        pytest.param("Jobs__c", ReportType("Jobs__c", (), custom=True), id="a custom report type"),
        pytest.param("NonsenseList", None, id="an unknown type"),
    ],
)
def test_report_types_name_what_they_span(name: str, expected: ReportType | None) -> None:
    assert expected == report_type(name)


_HOURS = "ContactCustomEntity$Hours__c@Hours__c.Job__c"
_ALLOCATIONS = "CustomEntity$A__c@A__c.Opportunity__c"


@pytest.mark.parametrize(
    ("type_name", "column", "expected"),
    [
        pytest.param("Opportunity", "AMOUNT", "Opportunity.Amount", id="a standard type"),
        pytest.param(
            "Opportunity", "ACCOUNT_NAME", "Opportunity.Account.Name", id="the account of an opportunity"
        ),
        pytest.param(
            "Opportunity", "FULL_NAME", "Opportunity.Owner.Name", id="there the full name is the owner's"
        ),
        pytest.param("ContactList", "PHONE3", "Contact.MobilePhone", id="a number of a contact"),
        pytest.param("ContactList", "ADDRESS2_ZIP", "Contact.MailingPostalCode", id="an address of a contact"),
        pytest.param("AccountList", "USERS.NAME", "Account.Owner.Name", id="the owner of an account"),
        pytest.param("LeadList", "OWNER", "Lead.Owner.Name", id="the owner of a lead"),
        pytest.param("CaseList", "OWNER", "Case.Owner.Name", id="the owner of a case"),
        pytest.param("CampaignContact", "MEMBER_STATUS", "CampaignMember.Status", id="the status of a member"),
        pytest.param(
            "OpportunityContact",
            "CONTACT_ACCOUNT.NAME",
            "OpportunityContactRole.Contact.Account.Name",
            id="the account of a role's contact",
        ),
        pytest.param(
            "OpportunityProduct", "QUANTITY", "OpportunityLineItem.Quantity", id="the line, not the whole"
        ),
        pytest.param("CaseActivity", "CASE_NUMBER", "Case.CaseNumber", id="only a case has a number"),
        pytest.param("CaseActivity", "SUBJECT", None, id="a case and its activity have a subject"),
        pytest.param("CaseActivity", "CREATED_DATE", None, id="whose creation is not said"),
        pytest.param("CaseActivity", "CONTACT.NAME", "Case.Contact.Name", id="a prefix decides"),
        pytest.param("ContactList", "Contact.Skills__c", "Contact.Skills__c", id="a custom field"),
        pytest.param("NonsenseList", "Contact.Skills__c", "Contact.Skills__c", id="also of an unknown type"),
        pytest.param(_HOURS, "Hours__c.Contact__c.Count__c", "Hours__c.Contact__r.Count__c", id="a custom path"),
        pytest.param(_HOURS, "CUST_NAME", "Hours__c.Name", id="the custom object's name"),
        pytest.param(_HOURS, "FK_NAME", "Hours__c.Job__r.Name", id="the name behind the lookup"),
        pytest.param(_HOURS, "EMAIL", "Contact.Email", id="the standard parent"),
        pytest.param(
            _ALLOCATIONS, "FK_OPP_STAGE_NAME", "A__c.Opportunity__r.StageName", id="an opportunity's stage"
        ),
        pytest.param(
            "CustomEntity$A__c@A__c.Contact__c",
            "FK_CNTC_ADDR2_STREET",
            "A__c.Contact__r.MailingStreet",
            id="where a contact lives",
        ),
        pytest.param("CampaignList", "CAMPAIGN_STATUS", "Campaign.Status", id="a campaign's status"),
        pytest.param("Opportunity", "OPPORTUNITY.PRIVATE", "Opportunity.IsPrivate", id="whether it is private"),
        pytest.param(_ALLOCATIONS, "FK_ACC_NAME", "Account.Name", id="an account, by which way is not said"),
        pytest.param("CustomEntityCustomEntity$P__c$C__c", "CHILD_NAME", "C__c.Name", id="the child's name"),
        pytest.param("Opportunity", "RowCount", "", id="a count of rows"),
        pytest.param("Opportunity", "FORMULA1", "", id="a formula of the report"),
        pytest.param("Opportunity", "BucketField_34840671", "", id="a bucket of the report"),
        pytest.param("Opportunity", "AGE", "", id="a computed column"),
        pytest.param("Opportunity", "CONTACT", None, id="a column that nobody explains"),
        pytest.param("NonsenseList", "AMOUNT", None, id="an alias of an unknown type"),
        pytest.param("CustomEntity$A__c", "FK_NAME", None, id="no lookup, nothing behind it"),
    ],
)
def test_columns_of_reports(type_name: str, column: str, expected: str | None) -> None:
    assert expected == _shown(report_column(type_name, column))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param("Contact$FirstName", AliasTarget("Contact", "FirstName", "Contact"), id="the base"),
        pytest.param(
            "Job__c.Slots__r.Hours__r$Contact__c.Email",
            AliasTarget("Job__c", "Contact__r.Email", "Job__c.Slots__r.Hours__r"),
            id="a table below the base, and a lookup from there",
        ),
        pytest.param(
            "Contact$Owner", AliasTarget("Contact", "Owner", "Contact"), id="a lookup by its relationship"
        ),
    ],
)
def test_columns_of_custom_report_types(column: str, expected: AliasTarget) -> None:
    assert expected == report_column("Jobs__c", column)


def test_every_alias_of_the_tables_leads_to_a_standard_field() -> None:
    bare = {**data_aliases.BARE_IN_LISTS, **data_report_types.BARE_IN_REPORTS}
    lost = [
        (name, entry)
        for table in (data_aliases.OBJECTS, bare)
        for name, text in table.items()
        for entry in text.split()
        if not entry.endswith("=") and not _resolves(name, entry.partition("=")[2])
    ]
    assert lost == []


def test_every_object_of_the_tables_is_known() -> None:
    named = {
        *data_aliases.OBJECTS,
        *data_aliases.PREFIXES.values(),
        *data_aliases.RELATED_LISTS.values(),
        *data_aliases.RELATED_LISTS_BY_PARENT.values(),
        *(
            name
            for types in (data_report_types.REPORT_TYPES, data_report_types.MIXED_REPORT_TYPES)
            for names in types.values()
            for name in names
        ),
    }
    assert set() == {name for name in named if standard_object(name) is None}


def test_what_is_computed_shows_no_field() -> None:
    assert AliasTarget("", "", computed=True) == COMPUTED


def _resolves(object_name: str, path: str) -> bool:
    *hops, last = path.split(".")
    targets = {object_name}
    for hop in hops:
        lookups = [standard_lookup(target, hop) for target in targets]
        targets = {target for found in lookups if found for target in found.reference_to}
    return any(standard_field(target, last) for target in targets)
