"""Permission sets, profiles and groups: weak mentions, with what they allow."""

from __future__ import annotations

from collections.abc import Callable

from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]

_PROFILE = """<Profile>
<custom>true</custom>
<fieldPermissions><editable>true</editable><field>Deal__c.A__c</field><readable>true</readable></fieldPermissions>
<fieldPermissions><editable>false</editable><field>Deal__c.B__c</field><readable>true</readable></fieldPermissions>
<fieldPermissions><editable>false</editable><field>Deal__c.C__c</field><readable>false</readable></fieldPermissions>
<layoutAssignments><layout>Deal__c-%%%NAMESPACE%%%Deal Layout</layout></layoutAssignments>
<objectPermissions><allowCreate>true</allowCreate><allowRead>true</allowRead><object>Deal__c</object></objectPermissions>
<objectPermissions><allowRead>false</allowRead><object>Line__c</object></objectPermissions>
<customSettingAccesses><enabled>true</enabled><name>Setup__c</name></customSettingAccesses>
<userLicense>Salesforce</userLicense>
<userPermissions><enabled>true</enabled><name>ViewAllData</name></userPermissions>
<userPermissions><enabled>false</enabled><name>ModifyAllData</name></userPermissions>
</Profile>"""


def test_each_mention_says_what_it_allows(read: Read, said: Lines) -> None:
    assert said(read("profiles/Sales.profile", _PROFILE)) == [
        "3 grants edit -:Deal__c.A__c qualified",
        "4 grants read -:Deal__c.B__c qualified",
        "5 grants none -:Deal__c.C__c qualified",
        "7 grants read+create Deal__c: path",
        "8 grants none Line__c: path",
        "9 grants read Setup__c: path",
    ]


def test_a_profile_keeps_what_overrules_its_fields(read: Read) -> None:
    component = read("profiles/Sales.profile", _PROFILE).components[0]

    assert component.attributes == (("custom", "true"), ("license", "Salesforce"), ("view_all_data", "true"))


def test_a_profile_calls_the_layouts_that_it_assigns(read: Read, called: Lines) -> None:
    assert called(read("profiles/Sales.profile", _PROFILE)) == ["Sales > layout Deal__c-Deal Layout"]


def test_a_muting_permission_set_is_a_kind_of_its_own(read: Read) -> None:
    text = (
        "<MutingPermissionSet><fieldPermissions><editable>true</editable><field>A.B__c</field></fieldPermissions>"
        "</MutingPermissionSet>"
    )
    parsed = read("mutingpermissionsets/M.mutingpermissionset", text)

    assert [item.component_kind for item in parsed.mentions] == ["muting_permission_set"]
    assert parsed.channels == ("muting_permission_set",)


def test_a_group_calls_its_members(read: Read, called: Lines) -> None:
    text = (
        "<PermissionSetGroup><mutingPermissionSets>M</mutingPermissionSets><permissionSets>A</permissionSets>"
        "<permissionSets>B</permissionSets></PermissionSetGroup>"
    )
    expected = ["G > permission_set A", "G > permission_set B", "G > muting_permission_set M"]

    assert expected == called(read("permissionsetgroups/G.permissionsetgroup", text))
