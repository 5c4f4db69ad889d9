# ruff: noqa: E501 - sources as they stand in files
"""What goes with a mention of a removed field, kind by kind: the whole file before and after, or the blockers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.planning.salesforce.sources import HEAD, project

ALL = ("Account.A__c", "Account.B__c", "Account.Keep__c")
LAYOUT = "force-app/layouts/Account-Main.layout-meta.xml"
REPORT = "force-app/reports/Sales/R.report-meta.xml"
LIST_VIEW = "force-app/objects/Account/listViews/All.listView-meta.xml"
FLOW = "force-app/flows/F.flow-meta.xml"
PAGE = "force-app/flexipages/P.flexipage-meta.xml"
WORKFLOW = "force-app/workflows/Account.workflow-meta.xml"


@dataclass(frozen=True)
class Case:
    """One file; `after` None: nothing of it changes. `blocked` are lines and beginnings of reasons."""

    path: str
    before: str
    after: str | None = None
    gone: tuple[str, ...] = ("Account.A__c",)
    blocked: tuple[tuple[int, str], ...] = ()


def _item(name: str) -> str:
    return f"""            <layoutItems>
                <behavior>Edit</behavior>
                <field>{name}</field>
            </layoutItems>
"""


def _columns(*columns: str) -> str:
    return "".join(
        f"        <layoutColumns>\n{column}        </layoutColumns>\n" if column else "        <layoutColumns/>\n"
        for column in columns
    )


def _section(label: str, *columns: str) -> str:
    return f"    <layoutSections>\n        <label>{label}</label>\n{_columns(*columns)}    </layoutSections>\n"


def _layout(body: str) -> str:
    return f"{HEAD}<Layout>\n{body}</Layout>\n"


_BLANK = """            <layoutItems>
                <emptySpace>true</emptySpace>
            </layoutItems>
"""
PAGES = {
    "an item of a layout goes": Case(
        LAYOUT,
        _layout(_section("S", _item("A__c") + _item("Keep__c"), _item("Name"))),
        _layout(_section("S", _item("Keep__c"), _item("Name"))),
    ),
    "a column that is left empty stays as an empty one": Case(
        LAYOUT,
        _layout(_section("S", _item("A__c"), _item("Name"))),
        _layout(_section("S", "", _item("Name"))),
    ),
    "a section that is left with blank space goes": Case(
        LAYOUT,
        _layout(_section("S", _item("A__c") + _BLANK, "") + _section("T", _item("Name"))),
        _layout(_section("T", _item("Name"))),
    ),
    "a section that was empty stays": Case(
        LAYOUT,
        _layout(_section("Links", "", "") + _section("S", _item("A__c"), _item("B__c"))),
        _layout(_section("Links", "", "") + _section("S", "", _item("B__c"))),
    ),
    "two fields take their section together": Case(
        LAYOUT,
        _layout(_section("S", _item("A__c"), _item("B__c")) + _section("T", _item("Name"))),
        _layout(_section("T", _item("Name"))),
        gone=("Account.A__c", "Account.B__c"),
    ),
    "a related list by a removed lookup goes, its columns with it": Case(
        "force-app/layouts/Contact-Main.layout-meta.xml",
        _layout(
            "    <relatedLists>\n        <fields>NAME</fields>\n        <fields>B__c</fields>\n"
            "        <relatedList>Account.A__c</relatedList>\n        <sortField>B__c</sortField>\n"
            "        <sortOrder>Asc</sortOrder>\n    </relatedLists>\n"
        ),
        _layout(""),
        gone=("Account.A__c", "Account.B__c"),
    ),
    "the order of a related list goes with its direction": Case(
        "force-app/layouts/Contact-Main.layout-meta.xml",
        _layout(
            "    <relatedLists>\n        <fields>NAME</fields>\n        <relatedList>Account.Keep__c</relatedList>\n"
            "        <sortField>A__c</sortField>\n        <sortOrder>Asc</sortOrder>\n    </relatedLists>\n"
        ),
        _layout(
            "    <relatedLists>\n        <fields>NAME</fields>\n        <relatedList>Account.Keep__c</relatedList>\n"
            "    </relatedLists>\n"
        ),
    ),
    "a field of a compact layout goes": Case(
        "force-app/objects/Account/compactLayouts/C.compactLayout-meta.xml",
        f"{HEAD}<CompactLayout>\n    <fullName>C</fullName>\n    <fields>Name</fields>\n    <fields>A__c</fields>\n"
        "    <label>C</label>\n</CompactLayout>\n",
        f"{HEAD}<CompactLayout>\n    <fullName>C</fullName>\n    <fields>Name</fields>\n"
        "    <label>C</label>\n</CompactLayout>\n",
    ),
    "fields of a field set go, shown or on offer": Case(
        "force-app/objects/Account/fieldSets/S.fieldSet-meta.xml",
        f"{HEAD}<FieldSet>\n    <fullName>S</fullName>\n    <availableFields>\n        <field>A__c</field>\n"
        "    </availableFields>\n    <displayedFields>\n        <field>B__c</field>\n    </displayedFields>\n"
        "</FieldSet>\n",
        f"{HEAD}<FieldSet>\n    <fullName>S</fullName>\n</FieldSet>\n",
        gone=("Account.A__c", "Account.B__c"),
    ),
    "a picklist of a record type goes": Case(
        "force-app/objects/Account/recordTypes/R.recordType-meta.xml",
        f"{HEAD}<RecordType>\n    <fullName>R</fullName>\n    <picklistValues>\n        <picklist>A__c</picklist>\n"
        "        <values>\n            <fullName>x</fullName>\n        </values>\n    </picklistValues>\n"
        "</RecordType>\n",
        f"{HEAD}<RecordType>\n    <fullName>R</fullName>\n</RecordType>\n",
    ),
    "a field on a Lightning page goes with what holds it": Case(
        PAGE,
        f"{HEAD}<FlexiPage>\n    <flexiPageRegions>\n        <itemInstances>\n            <fieldInstance>\n"
        "                <fieldItem>Record.A__c</fieldItem>\n            </fieldInstance>\n        </itemInstances>\n"
        "        <name>Facet-1</name>\n    </flexiPageRegions>\n    <sobjectType>Account</sobjectType>\n</FlexiPage>\n",
        f"{HEAD}<FlexiPage>\n    <flexiPageRegions>\n"
        "        <name>Facet-1</name>\n    </flexiPageRegions>\n    <sobjectType>Account</sobjectType>\n</FlexiPage>\n",
    ),
    "what decides whether a page shows something is for people": Case(
        PAGE,
        f"{HEAD}<FlexiPage>\n    <flexiPageRegions>\n        <itemInstances>\n            <componentInstance>\n"
        "                <visibilityRule>\n                    <criteria>\n"
        "                        <leftValue>{!Record.A__c}</leftValue>\n"
        "                    </criteria>\n                </visibilityRule>\n            </componentInstance>\n"
        "        </itemInstances>\n    </flexiPageRegions>\n    <sobjectType>Account</sobjectType>\n</FlexiPage>\n",
        blocked=((8, "it decides what is seen on the page"),),
    ),
    "an item and a value of a quick action go": Case(
        "force-app/quickActions/Account.New.quickAction-meta.xml",
        f"{HEAD}<QuickAction>\n    <fieldOverrides>\n        <field>A__c</field>\n        <formula>1</formula>\n"
        "    </fieldOverrides>\n    <quickActionLayout>\n        <quickActionLayoutColumns>\n"
        "            <quickActionLayoutItems>\n                <field>A__c</field>\n"
        "            </quickActionLayoutItems>\n        </quickActionLayoutColumns>\n"
        "        <quickActionLayoutColumns>\n            <quickActionLayoutItems>\n"
        "                <field>Name</field>\n            </quickActionLayoutItems>\n"
        "        </quickActionLayoutColumns>\n    </quickActionLayout>\n    <type>Create</type>\n</QuickAction>\n",
        f"{HEAD}<QuickAction>\n    <quickActionLayout>\n        <quickActionLayoutColumns/>\n"
        "        <quickActionLayoutColumns>\n            <quickActionLayoutItems>\n"
        "                <field>Name</field>\n            </quickActionLayoutItems>\n"
        "        </quickActionLayoutColumns>\n    </quickActionLayout>\n    <type>Create</type>\n</QuickAction>\n",
    ),
    "search results and lookup dialogs lose their columns": Case(
        "force-app/objects/Account/Account.object-meta.xml",
        f"{HEAD}<CustomObject>\n    <searchLayouts>\n"
        "        <lookupDialogsAdditionalFields>A__c</lookupDialogsAdditionalFields>\n"
        "        <searchFilterFields>Keep__c</searchFilterFields>\n    </searchLayouts>\n</CustomObject>\n",
        f"{HEAD}<CustomObject>\n    <searchLayouts>\n"
        "        <searchFilterFields>Keep__c</searchFilterFields>\n    </searchLayouts>\n</CustomObject>\n",
    ),
    "search results that lose their last column stay without any": Case(
        "force-app/objects/Account/Account.object-meta.xml",
        f"{HEAD}<CustomObject>\n    <searchLayouts>\n"
        "        <searchFilterFields>A__c</searchFilterFields>\n    </searchLayouts>\n</CustomObject>\n",
        f"{HEAD}<CustomObject>\n    <searchLayouts/>\n</CustomObject>\n",
    ),
    "rights on a field go": Case(
        "force-app/permissionsets/P.permissionset-meta.xml",
        f"{HEAD}<PermissionSet>\n    <fieldPermissions>\n        <editable>true</editable>\n"
        "        <field>Account.A__c</field>\n    </fieldPermissions>\n    <fieldPermissions>\n"
        "        <field>Account.Keep__c</field>\n    </fieldPermissions>\n</PermissionSet>\n",
        f"{HEAD}<PermissionSet>\n    <fieldPermissions>\n"
        "        <field>Account.Keep__c</field>\n    </fieldPermissions>\n</PermissionSet>\n",
    ),
    "in a file without line breaks only the element goes": Case(
        "force-app/profiles/P.profile-meta.xml",
        "<Profile><fieldPermissions><field>Account.A__c</field></fieldPermissions>"
        "<fieldPermissions><field>Account.B__c</field></fieldPermissions></Profile>",
        "<Profile><fieldPermissions><field>Account.B__c</field></fieldPermissions></Profile>",
    ),
    "a path loses the field of a step": Case(
        "force-app/pathAssistants/P.pathAssistant-meta.xml",
        f"{HEAD}<PathAssistant>\n    <entityName>Account</entityName>\n    <fieldName>Keep__c</fieldName>\n"
        "    <pathAssistantSteps>\n        <fieldNames>A__c</fieldNames>\n        <picklistValueName>x</picklistValueName>\n"
        "    </pathAssistantSteps>\n</PathAssistant>\n",
        f"{HEAD}<PathAssistant>\n    <entityName>Account</entityName>\n    <fieldName>Keep__c</fieldName>\n"
        "    <pathAssistantSteps>\n        <picklistValueName>x</picklistValueName>\n"
        "    </pathAssistantSteps>\n</PathAssistant>\n",
    ),
}


def _list_view(filters: tuple[str, ...], logic: str = "", columns: str = "    <columns>NAME</columns>\n") -> str:
    items = "".join(
        f"    <filters>\n        <field>{name}</field>\n        <operation>equals</operation>\n    </filters>\n"
        for name in filters
    )
    said = f"    <booleanFilter>{logic}</booleanFilter>\n" if logic else ""
    return f"{HEAD}<ListView>\n    <fullName>All</fullName>\n{said}{columns}{items}</ListView>\n"


def _report(body: str) -> str:
    return f"{HEAD}<Report>\n{body}    <name>R</name>\n    <reportType>AccountList</reportType>\n</Report>\n"


def _column(name: str) -> str:
    return f"    <columns>\n        <field>{name}</field>\n    </columns>\n"


def _criteria(logic: str, *names: str) -> str:
    items = "".join(
        f"        <criteriaItems>\n            <column>{name}</column>\n        </criteriaItems>\n"
        for name in names
    )
    said = f"        <booleanFilter>{logic}</booleanFilter>\n" if logic else ""
    return f"    <filter>\n{said}{items}    </filter>\n"


_OF_ACCOUNT = ("Account.A__c", "Account.Keep__c", "Account.B__c")
LISTS = {
    "a column of a list view goes": Case(
        LIST_VIEW,
        _list_view((), columns="    <columns>NAME</columns>\n    <columns>A__c</columns>\n"),
        _list_view((), columns="    <columns>NAME</columns>\n"),
    ),
    "the only column of a list view does not": Case(
        LIST_VIEW,
        _list_view((), columns="    <columns>A__c</columns>\n"),
        blocked=((4, "the list view would be left without columns"),),
    ),
    "a filter goes, and the rest is numbered anew": Case(
        LIST_VIEW,
        _list_view(("Keep__c", "A__c", "B__c"), "1 AND 2 AND 3"),
        _list_view(("Keep__c", "B__c"), "1 AND 2"),
    ),
    "beside a filter that goes brackets keep their meaning": Case(
        LIST_VIEW,
        _list_view(("A__c", "Keep__c", "B__c"), "1 AND (2 OR 3)"),
        _list_view(("Keep__c", "B__c"), "1 OR 2"),
    ),
    "under OR a filter stays for people": Case(
        LIST_VIEW,
        _list_view(("A__c", "Keep__c"), "1 OR 2"),
        blocked=((7, "condition 1 of the filter logic '1 OR 2' stands under OR or NOT"),),
    ),
    "a column of a report goes": Case(
        REPORT,
        _report(_column("Account.A__c") + _column("Account.Keep__c")),
        _report(_column("Account.Keep__c")),
    ),
    "the only column of a report does not": Case(
        REPORT,
        _report(_column("Account.A__c")),
        blocked=((4, "the report would be left without columns"),),
    ),
    "filters of a report go with their logic": Case(
        REPORT,
        _report(_column("Account.Keep__c") + _criteria("1 AND 2 AND 3", *_OF_ACCOUNT)),
        _report(_column("Account.Keep__c") + _criteria("1", "Account.Keep__c")),
        gone=("Account.A__c", "Account.B__c"),
    ),
    "the only filter of a report stays for people": Case(
        REPORT,
        _report(_column("Account.Keep__c") + _criteria("1", "Account.A__c")),
        blocked=((9, "the report would show everything"),),
    ),
    "the only filter of a list view stays for people": Case(
        LIST_VIEW, _list_view(("A__c",)), blocked=((6, "the list view would show everything"),)
    ),
    "one of two groupings goes": Case(
        REPORT,
        _report(
            _column("Account.Keep__c")
            + "    <groupingsDown>\n        <field>Account.A__c</field>\n    </groupingsDown>\n"
            + "    <groupingsDown>\n        <field>Account.B__c</field>\n    </groupingsDown>\n"
        ),
        _report(
            _column("Account.Keep__c")
            + "    <groupingsDown>\n        <field>Account.B__c</field>\n    </groupingsDown>\n"
        ),
    ),
    "the only grouping stays for people": Case(
        REPORT,
        _report(
            _column("Account.Keep__c")
            + "    <groupingsDown>\n        <field>Account.A__c</field>\n    </groupingsDown>\n"
        ),
        blocked=((7, "the report is grouped by it"),),
    ),
    "a chart that draws nothing else goes": Case(
        REPORT,
        _report(
            "    <chart>\n        <chartSummaries>\n            <column>Account.A__c</column>\n"
            "        </chartSummaries>\n    </chart>\n" + _column("Account.Keep__c")
        ),
        _report(_column("Account.Keep__c")),
    ),
    "a bucket goes with the column that shows it": Case(
        REPORT,
        _report(
            "    <buckets>\n        <developerName>Bucket_1</developerName>\n"
            "        <sourceColumnName>Account.A__c</sourceColumnName>\n    </buckets>\n"
            + _column("Bucket_1")
            + _column("Account.Keep__c")
        ),
        _report(_column("Account.Keep__c")),
    ),
    "a bucket that a report is grouped by stays for people": Case(
        REPORT,
        _report(
            "    <buckets>\n        <developerName>Bucket_1</developerName>\n"
            "        <sourceColumnName>Account.A__c</sourceColumnName>\n    </buckets>\n"
            + _column("Account.Keep__c")
            + "    <groupingsDown>\n        <field>Bucket_1</field>\n    </groupingsDown>\n"
        ),
        blocked=((5, "the report is built on bucket_1"),),
    ),
    "a time frame that bounds nothing goes": Case(
        REPORT,
        _report(
            _column("Account.Keep__c")
            + "    <timeFrameFilter>\n        <dateColumn>Account.A__c</dateColumn>\n"
            + "        <interval>INTERVAL_CUSTOM</interval>\n    </timeFrameFilter>\n"
        ),
        _report(_column("Account.Keep__c")),
    ),
    "a time frame that bounds stays for people": Case(
        REPORT,
        _report(
            _column("Account.Keep__c")
            + "    <timeFrameFilter>\n        <dateColumn>Account.A__c</dateColumn>\n"
            + "        <interval>INTERVAL_CURFY</interval>\n    </timeFrameFilter>\n"
        ),
        blocked=((7, "the report is bounded in time by it"),),
    ),
    "the order of a report goes": Case(
        REPORT,
        _report(
            _column("Account.Keep__c")
            + "    <sortColumn>Account.A__c</sortColumn>\n    <sortOrder>Asc</sortOrder>\n"
        ),
        _report(_column("Account.Keep__c")),
    ),
}


def _flow(body: str) -> str:
    return f"{HEAD}<Flow>\n{body}    <status>Active</status>\n</Flow>\n"


def _create(*names: str) -> str:
    items = "".join(
        f"        <inputAssignments>\n            <field>{name}</field>\n            <value>\n"
        "                <stringValue>x</stringValue>\n            </value>\n        </inputAssignments>\n"
        for name in names
    )
    return f"    <recordCreates>\n        <name>New</name>\n{items}        <object>Account</object>\n    </recordCreates>\n"


_READS_A = """    <decisions>
        <name>If</name>
        <rules>
            <conditions>
                <leftValueReference>$Record.A__c</leftValueReference>
            </conditions>
        </rules>
    </decisions>
"""
_STARTED = "    <start>\n        <object>Account</object>\n        <triggerType>RecordAfterSave</triggerType>\n    </start>\n"
LOGIC = {
    "a flow that sets a field beside another loses that item": Case(
        FLOW, _flow(_create("A__c", "Name")), _flow(_create("Name"))
    ),
    "an element that sets nothing else stays for people": Case(
        FLOW, _flow(_create("A__c")), blocked=((6, "New does nothing else"),)
    ),
    "two removed fields that an element sets alone stay for people": Case(
        FLOW,
        _flow(_create("A__c", "B__c")),
        gone=("Account.A__c", "Account.B__c"),
        blocked=(
            (6, "an element of the flow would do nothing"),
            (12, "an element of the flow would do nothing"),
        ),
    ),
    "where a flow reads the field too, all of it stays": Case(
        FLOW,
        _flow(_READS_A + _create("A__c", "Name") + _STARTED),
        blocked=((7, "the flow uses it in a way"), (14, "it stays while the flow uses the field elsewhere")),
    ),
    "the condition of a validation rule is for people": Case(
        "force-app/objects/Account/validationRules/V.validationRule-meta.xml",
        f"{HEAD}<ValidationRule>\n    <fullName>V</fullName>\n    <active>true</active>\n"
        "    <errorConditionFormula>A__c = 'x'</errorConditionFormula>\n    <errorMessage>no</errorMessage>\n"
        "</ValidationRule>\n",
        blocked=((5, "the condition of the rule reads it"),),
    ),
    "the place of a message goes to the top of the page": Case(
        "force-app/objects/Account/validationRules/V.validationRule-meta.xml",
        f"{HEAD}<ValidationRule>\n    <fullName>V</fullName>\n    <active>true</active>\n"
        "    <errorConditionFormula>Keep__c = 'x'</errorConditionFormula>\n"
        "    <errorDisplayField>A__c</errorDisplayField>\n    <errorMessage>no</errorMessage>\n</ValidationRule>\n",
        f"{HEAD}<ValidationRule>\n    <fullName>V</fullName>\n    <active>true</active>\n"
        "    <errorConditionFormula>Keep__c = 'x'</errorConditionFormula>\n"
        "    <errorMessage>no</errorMessage>\n</ValidationRule>\n",
    ),
    "a field update goes, and the rule no longer starts it": Case(
        WORKFLOW,
        f"{HEAD}<Workflow>\n    <fieldUpdates>\n        <fullName>Set</fullName>\n        <field>A__c</field>\n"
        "    </fieldUpdates>\n    <rules>\n        <fullName>R</fullName>\n        <actions>\n"
        "            <name>Set</name>\n            <type>FieldUpdate</type>\n        </actions>\n        <actions>\n"
        "            <name>Other</name>\n            <type>Task</type>\n        </actions>\n"
        "        <active>true</active>\n    </rules>\n</Workflow>\n",
        f"{HEAD}<Workflow>\n    <rules>\n        <fullName>R</fullName>\n        <actions>\n"
        "            <name>Other</name>\n            <type>Task</type>\n        </actions>\n"
        "        <active>true</active>\n    </rules>\n</Workflow>\n",
    ),
    "what starts a rule is for people": Case(
        WORKFLOW,
        f"{HEAD}<Workflow>\n    <rules>\n        <fullName>R</fullName>\n        <active>true</active>\n"
        "        <criteriaItems>\n            <field>Account.A__c</field>\n"
        "            <operation>equals</operation>\n        </criteriaItems>\n    </rules>\n</Workflow>\n",
        blocked=((7, "the rule starts by it"),),
    ),
    "what is shared is for people": Case(
        "force-app/sharingRules/Account.sharingRules-meta.xml",
        f"{HEAD}<SharingRules>\n    <sharingCriteriaRules>\n        <fullName>S</fullName>\n        <criteriaItems>\n"
        "            <field>A__c</field>\n        </criteriaItems>\n    </sharingCriteriaRules>\n</SharingRules>\n",
        blocked=((6, "records are shared by it"),),
    ),
    "a lookup filter that is switched off goes": Case(
        "force-app/objects/Contact/fields/L__c.field-meta.xml",
        f"{HEAD}<CustomField>\n    <fullName>L__c</fullName>\n    <lookupFilter>\n        <active>false</active>\n"
        "        <filterItems>\n            <field>Account.A__c</field>\n        </filterItems>\n    </lookupFilter>\n"
        "    <referenceTo>Account</referenceTo>\n    <type>Lookup</type>\n</CustomField>\n",
        f"{HEAD}<CustomField>\n    <fullName>L__c</fullName>\n"
        "    <referenceTo>Account</referenceTo>\n    <type>Lookup</type>\n</CustomField>\n",
    ),
    "a formula that stays is for people": Case(
        "force-app/objects/Account/fields/F__c.field-meta.xml",
        f"{HEAD}<CustomField>\n    <fullName>F__c</fullName>\n    <formula>A__c &amp; Name</formula>\n"
        "    <type>Text</type>\n</CustomField>\n",
        blocked=((4, "the formula of a field that stays reads it"),),
    ),
    "code is for people, line by line": Case(
        "force-app/classes/C.cls",
        "public class C {\n  void m(Account a) {\n    a.A__c = 'x';\n  }\n}\n",
        blocked=((3, "code names it"),),
    ),
    "records of a metadata type lose the values of a removed field of the type": Case(
        "force-app/customMetadata/Rule.One.md-meta.xml",
        f"{HEAD}<CustomMetadata>\n    <label>One</label>\n    <values>\n        <field>A__c</field>\n"
        "        <value>x</value>\n    </values>\n</CustomMetadata>\n",
        f"{HEAD}<CustomMetadata>\n    <label>One</label>\n</CustomMetadata>\n",
        gone=("Rule__mdt.A__c",),
    ),
    "manifests of the project no longer list it": Case(
        "manifest/package.xml",
        f"{HEAD}<Package>\n    <types>\n        <members>Account.A__c</members>\n"
        "        <members>Account.Keep__c</members>\n        <name>CustomField</name>\n    </types>\n"
        "    <version>60.0</version>\n</Package>\n",
        f"{HEAD}<Package>\n    <types>\n"
        "        <members>Account.Keep__c</members>\n        <name>CustomField</name>\n    </types>\n"
        "    <version>60.0</version>\n</Package>\n",
    ),
    "so does a manifest that bears the name of its package": Case(
        "core/core.package.xml",
        f"{HEAD}<Package>\n    <types>\n        <members>Account.A__c</members>\n"
        "        <members>Account.Keep__c</members>\n        <name>CustomField</name>\n    </types>\n"
        "    <version>60.0</version>\n</Package>\n",
        f"{HEAD}<Package>\n    <types>\n"
        "        <members>Account.Keep__c</members>\n        <name>CustomField</name>\n    </types>\n"
        "    <version>60.0</version>\n</Package>\n",
    ),
    "a manifest of deletions still lists it": Case(
        "manifest/destructiveChangesPost.xml",
        f"{HEAD}<Package>\n    <types>\n        <members>Account.A__c</members>\n"
        "        <name>CustomField</name>\n    </types>\n</Package>\n",
    ),
}
CASES = {**PAGES, **LISTS, **LOGIC}


@pytest.mark.parametrize("case", [pytest.param(case, id=says) for says, case in CASES.items()])
def test_mentions_go_as_their_kind_has_it(case: Case) -> None:
    fields = (*ALL, *case.gone, "Contact.C__c")
    made = project({case.path: case.before}, fields)
    edited = made.without(*case.gone)
    changed = {change.path: change.after for change in edited.changes}
    expected = case.after if case.after is not None else case.before
    assert changed.get(case.path, case.before.encode()) == expected.encode()
    told = [(blocker.line, blocker.reason) for blocker in edited.blockers]
    assert len(told) == len(case.blocked)
    for (line, reason), (expected_line, beginning) in zip(told, case.blocked, strict=True):
        assert (line, reason[: len(beginning)]) == (expected_line, beginning)
    assert made.proof(*case.gone, edited=edited).failures == ()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("reports/audit.html", id="a report of an audit"),
        pytest.param("README.md", id="documentation"),
        pytest.param("scripts/load.js", id="a script beside the components"),
        pytest.param("force-app/lwc/tile/__tests__/tile.test.js", id="a test of a component"),
        pytest.param("data/rows.csv", id="data"),
    ],
)
def test_names_in_files_that_no_deployment_sends_are_no_blockers(path: str) -> None:
    edited = project({path: "let a;\nlet b = 'Rare_Name__c';\n"}, ("Account.Rare_Name__c",)).without(
        "Account.Rare_Name__c"
    )

    assert (edited.blockers, [(each.path, each.line) for each in edited.loose]) == ((), [(path, 2)])
