"""Translations, e-mail templates, records and what names fields in plain text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]

_CASES = [
    pytest.param(
        "objectTranslations/Deal__c-pt_BR/A__c.fieldTranslation-meta.xml",
        "<CustomFieldTranslation><label>A</label><name>A__c</name></CustomFieldTranslation>",
        ["1 translates field Deal__c:A__c path"],
        id="a translated field in a file of its own",
    ),
    pytest.param(
        "objectTranslations/Deal__c-de.objectTranslation",
        "<CustomObjectTranslation><fields><name>A__c</name></fields>\n"
        "<layouts><layout>L</layout></layouts></CustomObjectTranslation>",
        ["1 translates object Deal__c: path", "1 translates field Deal__c:A__c path"],
        id="a translated object with its fields in the older format",
    ),
    pytest.param(
        "translations/de.translation",
        "<Translations><customTabs><name>Deal__c</name></customTabs><customTabs><name>Start</name></customTabs>"
        "</Translations>",
        ["1 translates tab Deal__c: path"],
        id="a language translates tabs of objects",
    ),
    pytest.param(
        "email/Sales/Hello.email-meta.xml",
        "<EmailTemplate><relatedEntityType>Deal__c</relatedEntityType>\n"
        "<subject>{{{Relatedto.Name}}} for {!Contact.FirstName}</subject>\n"
        "<textOnly>Hi\n{!Account.Tier__c}</textOnly></EmailTemplate>",
        [
            "2 reads subject Deal__c:Name path",
            "2 reads subject Deal__c:Contact.FirstName qualified",
            "4 reads body Deal__c:Account.Tier__c qualified",
        ],
        id="subject and plain text of a template, line by line",
    ),
    pytest.param(
        "email/Sales/Hello.email",
        "<p>{!Account.Tier__c} {!IF(ISBLANK(Contact.Nick__c), 'x', Contact.Nick__c)}\n"
        "{{{Recipient.Nick__c}}} {{{Sender.Email}}} {!$Organization.Name} {!Case_Thread_Id}</p>",
        [
            "1 reads body -:Account.Tier__c qualified",
            "1 reads body -:Contact.Nick__c qualified",
            "2 reads body Contact:Nick__c path?",
            "2 reads body Lead:Nick__c path?",
            "2 reads body User:Email path",
            "2 reads body Organization:Name path",
        ],
        id="a body in the classic and in the Lightning form",
    ),
    pytest.param(
        "email/Sales/Page.email",
        '<messaging:emailTemplate recipientType="Lead" relatedToType="Deal__c">'
        "{!relatedTo.A__c} {!recipient.Name}\n"
        "{!row.B__c}</messaging:emailTemplate>",
        [
            "1 reads body Deal__c:A__c path",
            "1 reads body Lead:Name path",
            "2 reads body -:B__c word?",
        ],
        id="a Visualforce body declares its types, and its variables are only possible",
    ),
    pytest.param(
        "customMetadata/Rollup.One.md-meta.xml",
        "<CustomMetadata><label>One</label><values><field>Object__c</field><value>Deal__c</value></values>\n"
        "<values><field>Field__c</field><value>Amount__c</value></values>\n"
        "<values><field>Path__c</field><value>Account.Industry</value></values>\n"
        "<values><field>Where__c</field>"
        "<value>Line__c.Price__c &gt; 1 AND Deal__r.Won__c = TRUE</value></values>\n"
        "<values><field>Active__c</field><value>true</value></values></CustomMetadata>",
        [
            "1 writes field Rollup__mdt:Object__c path",
            "2 writes field Rollup__mdt:Field__c path",
            "3 writes field Rollup__mdt:Path__c path",
            "4 writes field Rollup__mdt:Where__c path",
            "5 writes field Rollup__mdt:Active__c path",
            "1 reads value Deal__c:Deal__c word?",
            "2 reads value Deal__c:Amount__c word?",
            "3 reads value -:Account.Industry qualified?",
            "4 reads value Deal__c:Line__c.Price__c word?",
            "4 reads value Deal__c:Deal__r.Won__c word?",
        ],
        id="a record writes its own fields, and its values may name others",
    ),
    pytest.param(
        "customMetadata/Rule.Two.md",
        "<CustomMetadata><values><field>SObject__c</field><value>Case</value></values><values><field>MatchFields__c"
        "</field><value>Status, Origin;Nonsense</value></values>"
        "<values><field>Label__c</field><value>Priority</value>"
        "</values></CustomMetadata>",
        [
            "1 writes field Rule__mdt:SObject__c path",
            "1 writes field Rule__mdt:MatchFields__c path",
            "1 writes field Rule__mdt:Label__c path",
            "1 reads value Case:Status path?",
            "1 reads value Case:Origin path?",
        ],
        id="a list of standard fields is read of the object that the record names",
    ),
    pytest.param(
        "experiences/Site/views/home.json",
        '{"a": 1,\n "fields": "Deal__c.Amount__c, Name"}',
        ["2 reads text -:Deal__c.Amount__c word?"],
        id="a page of a site may name fields",
    ),
    pytest.param(
        "settings/Case.settings",
        "<CaseSettings><x>\nCase.Tier__c</x></CaseSettings>",
        ["1 reads text -:Case.Tier__c word?"],
        id="what has no grammar of its own may name fields",
    ),
    pytest.param(
        "settings/Search.settings",
        "<SearchSettings><searchSettingsByObject><searchSettingsByObject><name>Deal__c</name></searchSettingsByObject>"
        "<searchSettingsByObject><name>Account</name></searchSettingsByObject></searchSettingsByObject>"
        "</SearchSettings>",
        ["1 lists search Deal__c: path"],
        id="settings of the search list objects",
    ),
    pytest.param(
        "LeadConvertSettings/LeadConvertSettings.LeadConvertSetting",
        "<LeadConvertSettings><objectMapping><inputObject>Lead</inputObject><mappingFields><inputField>A__c</inputField>"
        "<outputField>B__c</outputField></mappingFields><outputObject>Account</outputObject></objectMapping>"
        "</LeadConvertSettings>",
        ["1 reads input Lead:A__c path", "1 writes output Account:B__c path"],
        id="lead conversion reads the lead and writes the other",
    ),
    pytest.param(
        "wave/Flow.wdf",
        '{"x": {"action": "sfdcDigest",\n "parameters": {"object": "Deal__c",\n "fields": [{"name": "A__c"}]}}}',
        ["2 reads object Deal__c: path", "3 reads extract Deal__c:A__c path"],
        id="a data flow extracts fields of an object",
    ),
    pytest.param(
        "wave/Recipe.wdpr",
        '{"nodes": {"L": {"parameters": {"dataset": {"sourceObjectName": "Deal__c"}, "fields": ["A__c"]}}}}',
        ["1 reads object Deal__c: path", "1 reads extract Deal__c:A__c path"],
        id="so does a recipe",
    ),
    pytest.param(
        "waveTemplates/App/dataflow/Flow.json",
        '{"x": {"action": "sfdcDigest",\n "parameters": {"object": "Deal__c",\n "fields": [{"name": "A__c"}]}}}',
        ["2 reads object Deal__c: path", "3 reads extract Deal__c:A__c path"],
        id="so does a data flow of a template",
    ),
    pytest.param(
        "waveTemplates/App/dashboards/Board.json",
        '{"steps": {"s": {"groups": ["A__c"]}}}',
        ["1 reads text -:A__c word?"],
        id="a dashboard of a template groups by fields of data sets, which may come from the CRM",
    ),
    pytest.param(
        "animationRules/Won.animationRule-meta.xml",
        "<AnimationRule><isActive>true</isActive>\n<sobjectType>Deal__c</sobjectType>\n"
        "<targetField>Stage__c</targetField></AnimationRule>",
        ["3 reads stage Deal__c:Stage__c path"],
        id="a celebration reads the picklist that it follows",
    ),
    pytest.param(
        "customindex/Deal__c.Key__c.indx-meta.xml",
        "<CustomIndex><allowNullValues>true</allowNullValues></CustomIndex>",
        ["1 lists index -:Deal__c.Key__c qualified"],
        id="an index is named after its field",
    ),
]


@pytest.mark.parametrize(("path", "text", "expected"), _CASES)
def test_mentions(read: Read, said: Lines, path: str, text: str, expected: list[str]) -> None:
    assert expected == said(read(path, text))


def test_a_translated_field_belongs_to_the_translation_of_its_object(read: Read) -> None:
    text = "<CustomFieldTranslation><name>A__c</name></CustomFieldTranslation>"
    parsed = read("objectTranslations/Deal__c-de/A__c.fieldTranslation-meta.xml", text)

    assert (list(parsed.components), parsed.mentions[0].component) == ([], "Deal__c-de")


def test_a_data_flow_that_is_no_json_is_skipped_aloud(read: Read) -> None:
    parsed = read("wave/Flow.wdf", "{")

    assert [line.reason for line in parsed.skipped] == [
        "not JSON: Expecting property name enclosed in double quotes"
    ]


def test_pages_of_sites_are_told_apart_by_their_folders(read: Read) -> None:
    names = [read(f"experiences/Site/{part}/home.json", "{}").components[0].name for part in ("routes", "views")]

    assert names == ["Site/routes/home", "Site/views/home"]


def test_parts_of_a_template_without_a_custom_name_are_no_components(read: Read) -> None:
    parsed = read("waveTemplates/App/folder.json", '{"name": "App"}')

    assert (parsed.components, parsed.channels) == ((), ("analytics_template",))


def test_shared_values_are_counted(read: Read) -> None:
    text = (
        "<GlobalValueSet><customValue><fullName>A</fullName></customValue>"
        "<customValue><fullName>B</fullName><isActive>false</isActive></customValue></GlobalValueSet>"
    )
    component = read("globalValueSets/S.globalValueSet", text).components[0]

    assert component.attributes == (("active_values", "1"), ("values", "2"))
