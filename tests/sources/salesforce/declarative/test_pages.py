"""Layouts, Lightning pages, quick actions, paths, and what stands within an object: who shows which field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.model.components import Effect, EffectOn
from auditor.model.references import Access
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]

_LAYOUT = """<Layout>
  <customButtons>Print</customButtons>
  <layoutSections><layoutColumns>
    <layoutItems><behavior>Required</behavior><field>Name</field></layoutItems>
    <layoutItems><behavior>Readonly</behavior><field>Region__c</field></layoutItems>
    <layoutItems><emptySpace>true</emptySpace></layoutItems>
    <layoutItems><page>AccountMap</page></layoutItems>
    <layoutItems><customLink>Map</customLink></layoutItems>
  </layoutColumns></layoutSections>
  <miniLayout><fields>Phone</fields></miniLayout>
  <multilineLayoutFields>Description</multilineLayoutFields>
  <platformActionList><platformActionListItems>
    <actionName>Account.Close</actionName><actionType>QuickAction</actionType>
  </platformActionListItems></platformActionList>
  <quickActionList><quickActionListItems><quickActionName>NewTask</quickActionName></quickActionListItems></quickActionList>
  <relatedLists>
    <customButtons>Mass_Edit</customButtons>
    <fields>NAME</fields>
    <fields>Amount__c</fields>
    <relatedList>Order__c.Account__c</relatedList>
    <sortField>Due__c</sortField>
  </relatedLists>
  <relatedLists><fields>CONTACT.EMAIL</fields><relatedList>RelatedContactList</relatedList></relatedLists>
  <relatedObjects>ParentId</relatedObjects>
</Layout>"""
_PAGE = """<FlexiPage>
  <flexiPageRegions>
    <itemInstances><fieldInstance>
      <fieldInstanceProperties><name>uiBehavior</name><value>required</value></fieldInstanceProperties>
      <fieldItem>Record.Stage__c</fieldItem>
      <visibilityRule><criteria>
        <leftValue>{!Record.RecordType.DeveloperName}</leftValue><operator>EQUAL</operator>
      </criteria><criteria>
        <leftValue>{!$User.Department}</leftValue>
      </criteria><criteria>
        <leftValue>{!$Client.FormFactor}</leftValue>
      </criteria></visibilityRule>
    </fieldInstance></itemInstances>
    <itemInstances><componentInstance>
      <componentInstanceProperties><name>parentFieldApiName</name><value>Deal__c.Id</value></componentInstanceProperties>
      <componentInstanceProperties><name>relatedListApiName</name><value>Lines__r</value></componentInstanceProperties>
      <componentInstanceProperties><name>relatedListFieldAliases</name><valueList>
        <valueListItems><value>NAME</value></valueListItems>
        <valueListItems><value>Price__c</value></valueListItems>
        <valueListItems><value>OPPORTUNITY.STAGE_NAME</value></valueListItems>
      </valueList></componentInstanceProperties>
      <componentInstanceProperties><name>sortFieldAlias</name><value>__DEFAULT__</value></componentInstanceProperties>
      <componentInstanceProperties><name>adminFilters</name><value>Open__c|EQUALS|["1"]</value></componentInstanceProperties>
      <componentName>lst:dynamicRelatedList</componentName>
    </componentInstance></itemInstances>
    <itemInstances><componentInstance>
      <componentInstanceProperties><name>flowName</name><value>Close_Deal</value></componentInstanceProperties>
      <componentName>flowruntime:interview</componentName>
    </componentInstance></itemInstances>
    <itemInstances><componentInstance>
      <componentInstanceProperties><name>column</name><value>Deal__c.Won__c</value></componentInstanceProperties>
      <componentInstanceProperties><name>title</name><value>{!Record.Owner.Name}</value></componentInstanceProperties>
      <componentName>c:dealCard</componentName>
    </componentInstance></itemInstances>
    <itemInstances><componentInstance>
      <componentInstanceProperties><name>entityName</name><value>Deal__c</value></componentInstanceProperties>
      <componentInstanceProperties><name>filterName</name><value>Open_Deals</value></componentInstanceProperties>
      <componentName>flexipage:filterListCard</componentName>
    </componentInstance></itemInstances>
  </flexiPageRegions>
  <sobjectType>Deal__c</sobjectType>
  <template><name>t</name><properties><name>actionNames</name><value>Deal__c.Approve</value></properties></template>
</FlexiPage>"""
_ACTION = """<QuickAction>
  <fieldOverrides><field>Account__c</field><formula>Parent.Id &amp; $User.Alias</formula></fieldOverrides>
  <fieldOverrides><field>Status__c</field><literalValue>New</literalValue></fieldOverrides>
  <flowDefinition>Start</flowDefinition>
  <quickActionLayout><quickActionLayoutColumns>
    <quickActionLayoutItems><field>Amount__c</field><uiBehavior>Required</uiBehavior></quickActionLayoutItems>
  </quickActionLayoutColumns></quickActionLayout>
  <targetObject>Deal__c</targetObject>
  <targetParentField>Account__c</targetParentField>
  <type>Create</type>
</QuickAction>"""
_MENTIONS = [
    pytest.param(
        "layouts/Account-Big %26 Bold.layout-meta.xml",
        _LAYOUT,
        [
            "4 shows required Account:Name path",
            "4 requires required Account:Name path",
            "5 shows readonly Account:Region__c path",
            "10 shows mini_layout Account:Phone path",
            "11 shows multiline Account:Description path",
            "24 shows related_object Account:ParentId path",
            "16 shows related_list Account:Order__c.Account__c related_list",
            "18 shows related_list_column Order__c:NAME list",
            "19 shows related_list_column Order__c:Amount__c list",
            "21 reads related_list_sort Order__c:Due__c list",
            "23 shows related_list Account:RelatedContactList related_list",
            "23 shows related_list_column Contact:CONTACT.EMAIL list",
        ],
        id="a layout shows its items and the columns of its related lists, on the child object",
    ),
    pytest.param(
        "layouts/CaseClose-Close Case.layout",
        "<Layout><layoutSections><layoutColumns><layoutItems><field>Status</field></layoutItems>"
        "</layoutColumns></layoutSections></Layout>",
        ["1 shows field Case:Status path"],
        id="special layouts are of the object that they are special for",
    ),
    pytest.param(
        "layouts/Case-C.layout",
        "<Layout><customConsoleComponents><primaryTabComponents><containers><sidebarComponents>"
        "<componentType>Lookup</componentType><lookup>AccountId</lookup><relatedLists><name>Line__c.Case__c</name>"
        "</relatedLists></sidebarComponents></containers></primaryTabComponents></customConsoleComponents></Layout>",
        ["1 shows console_lookup Case:AccountId path", "1 shows related_list Case:Line__c.Case__c related_list"],
        id="a layout of the console shows lookups and lists beside the record",
    ),
    pytest.param(
        "flexipages/Deal.flexipage-meta.xml",
        _PAGE,
        [
            "41 shows object Deal__c: path",
            "5 shows required Deal__c:Stage__c path",
            "5 requires required Deal__c:Stage__c path",
            "7 reads visibility Deal__c:RecordType.DeveloperName path",
            "9 reads visibility User:Department path",
            "16 shows related_list Deal__c:Lines__r children",
            "18 shows related_list_column Deal__c:Lines__r.Name children",
            "19 shows related_list_column Deal__c:Lines__r.Price__c children",
            "20 shows related_list_column Opportunity:StageName path",
            "23 reads related_list_filter Deal__c:Lines__r.Open__c children",
            "15 reads related_list_parent Deal__c:Deal__c.Id qualified",
            "31 reads property Deal__c:Deal__c.Won__c word?",
            "32 reads property Deal__c:Owner.Name path",
            "36 reads property Deal__c:Deal__c word?",
        ],
        id="a page shows fields, reads what decides on visibility, and lists children by relationship",
    ),
    pytest.param(
        "quickActions/Account.New_Deal.quickAction-meta.xml",
        _ACTION,
        [
            "8 shows target_object Deal__c: path",
            "9 writes parent_field Deal__c:Account__c path",
            "6 shows required Deal__c:Amount__c path",
            "6 requires required Deal__c:Amount__c path",
            "2 writes predefined_value Deal__c:Account__c path",
            "2 reads predefined_value Account:Parent.Id path",
            "2 reads predefined_value User:Alias path",
            "3 writes predefined_value Deal__c:Status__c path",
        ],
        id="an action fills fields of its target and computes on the record that it stands on",
    ),
    pytest.param(
        "pathAssistants/Deal.pathAssistant-meta.xml",
        "<PathAssistant><entityName>Deal__c</entityName><fieldName>Stage__c</fieldName>\n"
        "<pathAssistantSteps><fieldNames>Amount__c</fieldNames></pathAssistantSteps></PathAssistant>",
        ["1 reads stage Deal__c:Stage__c path", "2 shows step Deal__c:Amount__c path"],
        id="a path reads its picklist and shows the fields of its steps",
    ),
    pytest.param(
        "objects/Deal__c/listViews/All.listView-meta.xml",
        "<ListView><fullName>All</fullName><columns>NAME</columns><columns>Stage__c</columns>"
        "<filters><field>CREATED_DATE</field></filters></ListView>",
        [
            "1 shows column Deal__c:NAME list",
            "1 shows column Deal__c:Stage__c list",
            "1 reads filter Deal__c:CREATED_DATE list",
        ],
        id="a list view shows columns and reads filters",
    ),
    pytest.param(
        "objects/Deal__c/compactLayouts/Short.compactLayout-meta.xml",
        "<CompactLayout><fullName>Short</fullName><fields>Name</fields><fields>Stage__c</fields></CompactLayout>",
        ["1 shows field Deal__c:Name path", "1 shows field Deal__c:Stage__c path"],
        id="a compact layout shows its fields",
    ),
    pytest.param(
        "objects/Deal__c/fieldSets/Edit.fieldSet-meta.xml",
        "<FieldSet><fullName>Edit</fullName><availableFields><field>Rel__r.F__c</field></availableFields>"
        "<displayedFields><field>Name</field><isRequired>true</isRequired></displayedFields></FieldSet>",
        [
            "1 shows displayed Deal__c:Name path",
            "1 requires displayed Deal__c:Name path",
            "1 lists available Deal__c:Rel__r.F__c path",
        ],
        id="a field set shows what it displays and only lists the rest",
    ),
    pytest.param(
        "objects/Fact__b/indexes/Main.index-meta.xml",
        "<Index><fullName>Main</fullName><fields><name>Day__c</name></fields></Index>",
        ["1 reads key Fact__b:Day__c path"],
        id="an index of a big object reads its key",
    ),
    pytest.param(
        "objects/Deal__c/webLinks/Map.webLink-meta.xml",
        "<WebLink><fullName>Map</fullName><linkType>javascript</linkType>\n"
        "<url>https://x/?a={!Deal__c.Stage__c}&amp;u={!$User.Alias}&amp;p={!$Api.Session_ID}\n"
        "q = 'SELECT Secret__c FROM Deal__c'</url></WebLink>",
        [
            "2 reads url Deal__c:Deal__c.Stage__c qualified",
            "2 reads url User:Alias path",
            "2 reads text -:Secret__c word?",
            "2 reads text -:Deal__c word?",
        ],
        id="a link reads its merge fields, and possibly names in its script",
    ),
]
_CALLS = [
    pytest.param(
        "layouts/Account-A.layout",
        _LAYOUT,
        [
            "Account-A > quick_action NewTask",
            "Account-A > web_link Account.Print",
            "Account-A > quick_action Account.Close",
            "Account-A > web_link Order__c.Mass_Edit",
            "Account-A > visualforce_page AccountMap",
            "Account-A > web_link Account.Map",
        ],
        id="a layout calls its actions, buttons, links and pages",
    ),
    pytest.param(
        "flexipages/Deal.flexipage",
        _PAGE,
        [
            "Deal > flow Close_Deal",
            "Deal > lwc dealCard",
            "Deal > aura dealCard",
            "Deal > list_view Deal__c.Open_Deals",
            "Deal > quick_action Deal__c.Approve",
        ],
        id="a page calls components, flows, lists and actions",
    ),
    pytest.param(
        "quickActions/Account.New_Deal.quickAction",
        _ACTION,
        ["Account.New_Deal > flow Start"],
        id="an action calls its flow",
    ),
    pytest.param(
        "objects/Deal__c/webLinks/Map.webLink-meta.xml",
        "<WebLink><fullName>Map</fullName><url>/apex/{!$Setup.S__c.Ns__c}Map?id={!Deal__c.Id}</url></WebLink>",
        ["Deal__c.Map > visualforce_page Map"],
        id="a link calls the page in its address",
    ),
    pytest.param(
        "applications/Sales.app-meta.xml",
        "<CustomApplication><actionOverrides><content>%%%NAMESPACE%%%Deal</content><type>Flexipage</type>"
        "</actionOverrides><profileActionOverrides><content>Deal_Boss</content><type>Flexipage</type>"
        "</profileActionOverrides><utilityBar>Bar</utilityBar></CustomApplication>",
        ["Sales > flexipage Deal", "Sales > flexipage Deal_Boss", "Sales > flexipage Bar"],
        id="an application calls the record pages that it assigns",
    ),
    pytest.param(
        "tabs/Map.tab",
        "<CustomTab><page>Map</page></CustomTab>",
        ["Map > visualforce_page Map"],
        id="a tab calls its page",
    ),
]


@pytest.mark.parametrize(("path", "text", "expected"), _MENTIONS)
def test_mentions(read: Read, said: Lines, path: str, text: str, expected: list[str]) -> None:
    assert expected == said(read(path, text))


@pytest.mark.parametrize(("path", "text", "expected"), _CALLS)
def test_calls(read: Read, called: Lines, path: str, text: str, expected: list[str]) -> None:
    assert expected == called(read(path, text))


def test_layouts_are_named_as_the_platform_names_them(read: Read) -> None:
    component = read("layouts/Account-Big %26 Bold.layout-meta.xml", _LAYOUT).components[0]

    assert (component.name, component.label, component.object) == ("Account-Big & Bold", "Big & Bold", "Account")


def test_an_action_that_creates_says_of_what(read: Read) -> None:
    component = read("quickActions/Account.New_Deal.quickAction", _ACTION).components[0]

    assert (EffectOn(Effect.CREATES, "Deal__c"),) == component.effects


def test_applications_and_tabs_list_objects(read: Read, said: Lines) -> None:
    tabs = "".join(f"<tabs>{name}</tabs>" for name in ("standard-Account", "Deal__c", "standard-home"))
    text = f"<CustomApplication>{tabs}</CustomApplication>"

    assert said(read("applications/Sales.app", text)) == ["1 lists tab Account: path", "1 lists tab Deal__c: path"]


def test_a_field_that_a_field_set_only_offers_reads_no_lookup_on_its_way(read: Read) -> None:
    text = "<FieldSet><availableFields><field>Rel__r.F__c</field></availableFields></FieldSet>"
    parsed = read("objects/Deal__c/fieldSets/Edit.fieldSet-meta.xml", text)

    assert [(each.access, each.hop_access) for each in parsed.mentions] == [(Access.LISTS, Access.LISTS)]
