"""How flows name fields: each construct in a small flow, and everything that is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.sources.salesforce.parsed import Parsed

ReadFlow = Callable[[str], Parsed]
Said = Callable[[Parsed], list[str]]

ON_ACCOUNT = "<start><object>Account</object><triggerType>RecordAfterSave</triggerType></start>"
GET_ACCOUNT = (
    "<recordLookups><name>Get_Account</name><object>Account</object><queriedFields>Id</queriedFields>"
    "<storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>"
)
GOT_ACCOUNT = ["reads get_records Account:", "reads queried Account:Id"]
STARTED = ["reads start Account:"]


def variable(name: str, object_name: str, more: str = "") -> str:
    return f"<variables><name>{name}</name><objectType>{object_name}</objectType>{more}</variables>"


def assignment(target: str, value: str = "<stringValue>x</stringValue>") -> str:
    return (
        "<assignments><name>Set</name><assignmentItems>"
        f"<assignToReference>{target}</assignToReference><operator>Assign</operator><value>{value}</value>"
        "</assignmentItems></assignments>"
    )


def decision(left: str, right: str = "<stringValue>x</stringValue>") -> str:
    return (
        "<decisions><name>Check</name><rules><name>Yes</name><conditions>"
        f"<leftValueReference>{left}</leftValueReference><operator>EqualTo</operator>"
        f"<rightValue>{right}</rightValue></conditions></rules></decisions>"
    )


ELEMENTS = {
    "a start filters by bare names": (
        "<start><filters><field>Region__c</field><operator>EqualTo</operator></filters>"
        "<object>Account</object></start>",
        ["reads start_filter Account:Region__c", "reads start Account:"],
    ),
    "a start filters by a formula over its record": (
        "<start><filterFormula>ISCHANGED({!$Record.Owner.Name}) &amp;&amp; {!$Setup.Bypass__c.Off__c}"
        "</filterFormula><object>Account</object></start>",
        [
            "reads start_filter Account:Owner.Name",
            "reads start_filter Bypass__c:Off__c",
            "reads start Account:",
        ],
    ),
    "a scheduled path counts from a field": (
        "<start><object>Account</object><scheduledPaths><recordField>Renewal__c</recordField>"
        "<timeSource>RecordField</timeSource></scheduledPaths></start>",
        ["reads start Account:", "reads schedule Account:Renewal__c"],
    ),
    "Get Records reads what it filters by, sorts by and asks for": (
        "<recordLookups><name>Get</name><filters><field>A__c</field><operator>EqualTo</operator></filters>"
        "<object>Account</object><queriedFields>B__c</queriedFields><sortField>C__c</sortField></recordLookups>",
        [
            "reads filter Account:A__c",
            "reads get_records Account:",
            "reads queried Account:B__c",
            "reads sort Account:C__c",
        ],
    ),
    "Get Records without a choice of fields reads the object as a whole": (
        "<recordLookups><name>Get</name><object>Account</object>"
        "<storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>",
        ["reads get_records Account:", "reads all_fields Account:"],
    ),
    "Get Records that fills a variable field by field reads, and writes nothing": (
        "<recordLookups><name>Get</name><object>Account</object><outputAssignments>"
        "<assignToReference>kept.A__c</assignToReference><field>A__c</field></outputAssignments></recordLookups>"
        + variable("kept", "Account"),
        [
            "reads get_records Account:",
            "lists assignment Account:A__c",
            "reads queried Account:A__c",
            "lists variable Account:",
        ],
    ),
    "Create Records writes its fields and reads its values": (
        GET_ACCOUNT + "<recordCreates><name>New</name><inputAssignments><field>Region__c</field><value>"
        "<elementReference>Get_Account.Region__c</elementReference></value></inputAssignments>"
        "<object>Order__c</object></recordCreates>",
        [
            *GOT_ACCOUNT,
            "writes create Order__c:Region__c",
            "reads value Account:Region__c",
            "writes create Order__c:",
        ],
    ),
    "Update Records writes its fields and reads its filters": (
        "<recordUpdates><name>Set</name><filters><field>Id</field></filters><inputAssignments>"
        "<field>Status__c</field></inputAssignments><object>Order__c</object></recordUpdates>",
        ["reads filter Order__c:Id", "writes update Order__c:Status__c", "writes update Order__c:"],
    ),
    "Update Records of a variable writes the variable's object": (
        variable("order", "Order__c")
        + "<recordUpdates><name>Save</name><inputReference>order</inputReference></recordUpdates>",
        ["lists variable Order__c:", "writes update Order__c:"],
    ),
    "Update Records of the record that started the flow": (
        ON_ACCOUNT + "<recordUpdates><name>Set</name><inputAssignments><field>A__c</field></inputAssignments>"
        "<inputReference>$Record</inputReference></recordUpdates>",
        [*STARTED, "writes update Account:A__c", "writes update Account:"],
    ),
    "Update Records of a parent writes behind the lookup and reads the lookup": (
        ON_ACCOUNT + "<recordUpdates><name>Set</name><inputAssignments><field>A__c</field></inputAssignments>"
        "<inputReference>$Record.Main_Site__r</inputReference></recordUpdates>",
        [*STARTED, "writes update Account:Main_Site__r.A__c", "reads value Account:Main_Site__r"],
    ),
    "Delete Records reads its filters": (
        "<recordDeletes><name>Gone</name><filters><field>Old__c</field></filters>"
        "<object>Order__c</object></recordDeletes>",
        ["reads filter Order__c:Old__c", "writes delete Order__c:"],
    ),
    "a decision reads both sides, whatever the case of the variable": (
        ON_ACCOUNT + decision("$record.A__c", "<elementReference>$Record__Prior.A__c</elementReference>"),
        # The same path of the same record on one line is one mention.
        [*STARTED, "reads condition Account:A__c"],
    ),
    "a path through lookups starts at the object of the variable": (
        variable("order", "Order__c") + decision("order.Account__r.Owner.Email"),
        ["lists variable Order__c:", "reads condition Order__c:Account__r.Owner.Email"],
    ),
    "a loop over records holds one of them": (
        GET_ACCOUNT
        + "<loops><name>Each</name><collectionReference>Get_Account</collectionReference></loops>"
        + decision("Each.A__c"),
        [*GOT_ACCOUNT, "reads loop Account:", "reads condition Account:A__c"],
    ),
    "a loop over a filtered collection is followed to the records": (
        decision("Each.A__c")
        + "<loops><name>Each</name><collectionReference>Filtered</collectionReference></loops>"
        + "<collectionProcessors><name>Filtered</name><assignNextValueToReference>item"
        "</assignNextValueToReference><collectionReference>Get_Account</collectionReference><conditions>"
        "<leftValueReference>item.B__c</leftValueReference></conditions><formula>{!item.D__c} &gt; 1</formula>"
        "<sortOptions><sortField>C__c</sortField></sortOptions></collectionProcessors>" + GET_ACCOUNT,
        [
            "reads condition Account:A__c",
            "reads loop Account:",
            "reads collection Account:",
            "reads collection Account:B__c",
            "reads collection Account:D__c",
            "reads sort Account:C__c",
            *GOT_ACCOUNT,
        ],
    ),
    "loops that run in a circle lead nowhere": (
        "<loops><name>A</name><collectionReference>B</collectionReference></loops>"
        "<loops><name>B</name><collectionReference>A</collectionReference></loops>" + decision("A.X__c"),
        ["reads condition word -:X__c?"],
    ),
    "a formula reads the paths in its braces": (
        variable("order", "Order__c")
        + "<formulas><name>f</name><expression>IF({!order.A__c} &gt; 0, {!order.Rel__r.B__c}, "
        "{!$User.Region__c})</expression></formulas>",
        [
            "lists variable Order__c:",
            "reads formula Order__c:A__c",
            "reads formula Order__c:Rel__r.B__c",
            "reads formula User:Region__c",
        ],
    ),
    "a polymorphic lookup is narrowed within its path": (
        ON_ACCOUNT + "<textTemplates><name>t</name><text>{!$Record.Owner:User.Name}</text></textTemplates>",
        [*STARTED, "reads text Account:Owner:User.Name"],
    ),
    "a text names custom fields outside of braces as it likes": (
        variable("order", "Order__c")
        + '<textTemplates><name>t</name><text>{"Key__c": "{!order.Key__c}"}</text></textTemplates>',
        ["lists variable Order__c:", "reads text Order__c:Key__c", "reads text word -:Key__c?"],
    ),
    "custom metadata and settings are read by their global variables": (
        decision(
            "$CustomMetadata.Rate__mdt.Nordic.Percent__c", "<elementReference>$Label.Hello</elementReference>"
        ),
        ["reads condition Rate__mdt:Percent__c"],
    ),
    "labels and permissions are no fields": (
        decision("$Permission.Bypass", "<elementReference>$Flow.CurrentDate</elementReference>"),
        [],
    ),
    "a choice shows one field and stores another": (
        "<dynamicChoiceSets><name>c</name><displayField>Label__c</displayField><filters><field>On__c</field>"
        "</filters><object>Option__c</object><outputAssignments><assignToReference>x</assignToReference>"
        "<field>Price__c</field></outputAssignments><sortField>Rank__c</sortField>"
        "<valueField>Key__c</valueField></dynamicChoiceSets>",
        [
            "shows choice Option__c:Label__c",
            "reads choice_filter Option__c:On__c",
            "reads choice Option__c:",
            "reads choice Option__c:Price__c",
            "reads choice_sort Option__c:Rank__c",
            "reads choice Option__c:Key__c",
        ],
    ),
    "a choice of picklist values shows the picklist": (
        '<dynamicChoiceSets><name>c</name><displayField xsi:nil="true" xmlns:xsi="x"/>'
        "<picklistField>Stage__c</picklistField><picklistObject>Order__c</picklistObject></dynamicChoiceSets>",
        ["shows choice Order__c:Stage__c", "reads choice Order__c:"],
    ),
    "a choice among the records of a collection": (
        GET_ACCOUNT + "<dynamicChoiceSets><name>c</name><collectionReference>Get_Account</collectionReference>"
        "<displayField>Label__c</displayField></dynamicChoiceSets>",
        [*GOT_ACCOUNT, "reads choice_filter Account:", "shows choice Account:Label__c"],
    ),
    "a screen shows texts, defaults, visibility and validation": (
        variable("order", "Order__c")
        + "<screens><name>s</name><fields><name>region</name><fieldType>Region</fieldType><fields><name>in</name>"
        "<defaultValue><elementReference>order.A__c</elementReference></defaultValue>"
        "<fieldText>For {!order.B__c}</fieldText><helpText>{!order.C__c}</helpText>"
        "<validationRule><formulaExpression>{!in} &gt; {!order.D__c}</formulaExpression></validationRule>"
        "<visibilityRule><conditions><leftValueReference>order.E__c</leftValueReference></conditions>"
        "</visibilityRule></fields></fields></screens>",
        [
            "lists variable Order__c:",
            "reads screen Order__c:A__c",
            "reads screen Order__c:B__c",
            "reads screen Order__c:C__c",
            "reads screen Order__c:D__c",
            "reads screen Order__c:E__c",
        ],
    ),
    "a record's field on a screen is shown, and written where the record is saved": (
        variable("order", "Order__c") + "<screens><name>s</name><fields><fieldType>ObjectProvided</fieldType>"
        "<objectFieldReference>order.A__c</objectFieldReference></fields></screens>"
        "<recordCreates><name>n</name><inputReference>order</inputReference></recordCreates>",
        [
            "lists variable Order__c:",
            "shows screen Order__c:A__c",
            "writes assignment Order__c:A__c",
            "writes create Order__c:",
        ],
    ),
    "a data table shows its columns of the object that it was told": (
        "<screens><name>s</name><fields><name>table</name><dataTypeMappings><typeName>T</typeName>"
        "<typeValue>Order__c</typeValue></dataTypeMappings><extensionName>flowruntime:datatable</extensionName>"
        "<inputParameters><name>columns</name><value><stringValue>"
        '[{"apiName":"A__c","type":"text"},{"apiName":"Name"}]'
        "</stringValue></value></inputParameters></fields></screens>" + decision("table.firstSelectedRow.B__c"),
        [
            "lists variable Order__c:",
            "shows column Order__c:A__c",
            "shows column Order__c:Name",
            "reads condition Order__c:B__c",
        ],
    ),
    "a lookup on a screen borrows a field": (
        "<screens><name>s</name><fields><name>l</name><extensionName>flowruntime:lookup</extensionName>"
        "<inputParameters><name>fieldApiName</name><value><stringValue>Parts__c</stringValue></value>"
        "</inputParameters><inputParameters><name>objectApiName</name><value><stringValue>Order__c</stringValue>"
        "</value></inputParameters></fields></screens>",
        [
            "shows screen Order__c:Parts__c",
            "shows screen Order__c:",
        ],
    ),
    "dependent picklists on a screen": (
        "<screens><name>s</name><fields><name>d</name><inputParameters><name>dependencyWrapperApiName</name><value>"
        "<stringValue>Case</stringValue></value></inputParameters><inputParameters><name>topPicklistApiName</name>"
        "<value><stringValue>A__c</stringValue></value></inputParameters></fields></screens>",
        ["shows screen Case:A__c", "shows screen Case:"],
    ),
    "an action reads its inputs, and its outputs are typed by what it was told": (
        variable("order", "Order__c")
        + "<actionCalls><name>Act</name><actionName>Act</actionName><actionType>apex</actionType>"
        "<dataTypeMappings><typeName>T__rows</typeName><typeValue>Order__c</typeValue></dataTypeMappings>"
        "<inputParameters><name>body</name><value><stringValue>Hello {!order.A__c}</stringValue></value>"
        "</inputParameters><outputParameters><assignToReference>order.B__c</assignToReference><name>o</name>"
        "</outputParameters></actionCalls>" + decision("Act.rows.C__c"),
        [
            "lists variable Order__c:",
            "reads action_input Order__c:A__c",
            "lists assignment Order__c:B__c",
            "reads condition Order__c:C__c",
        ],
    ),
    "a quick action fills in fields by name, mostly of its object": (
        "<actionCalls><name>Act</name><actionName>Case.Close</actionName><actionType>quickAction</actionType>"
        "<inputParameters><name>contextId</name></inputParameters>"
        "<inputParameters><name>Done__c</name><value><booleanValue>true</booleanValue></value></inputParameters>"
        "</actionCalls>",
        ["writes quick_action word Case:Done__c?"],
    ),
    "a subflow is given values, and its outputs are unknown": (
        variable("order", "Order__c")
        + "<subflows><name>Sub</name><flowName>Other</flowName><inputAssignments><name>x</name><value>"
        "<elementReference>order.A__c</elementReference></value></inputAssignments></subflows>"
        + decision("Sub.found.Name", "<elementReference>Sub.found.B__c</elementReference>"),
        [
            "lists variable Order__c:",
            "reads subflow_input Order__c:A__c",
            "reads condition word -:found.Name?",
            "reads condition word -:B__c?",
        ],
    ),
    "parts of what holds no record are no fields": (
        "<variables><name>answer</name><apexClass>Answer</apexClass></variables>" + decision("answer.total"),
        [],
    ),
    "a process of Process Builder": (
        variable("myVariable_current", "Order__c")
        + variable("myVariable_old", "Order__c")
        + decision("myVariable_old.A__c", "<elementReference>myVariable_current.A__c</elementReference>")
        + "<waits><name>w</name><waitEvents><eventType>DateRefAlarmEvent</eventType><inputParameters>"
        "<name>TimeTableColumnEnumOrId</name><value><stringValue>Order__c</stringValue></value></inputParameters>"
        "<inputParameters><name>TimeFieldColumnEnumOrId</name><value><stringValue>Due__c</stringValue></value>"
        "</inputParameters></waitEvents></waits>",
        [
            "lists variable Order__c:",
            "reads condition Order__c:A__c",
            "reads schedule Order__c:Due__c",
            "reads schedule Order__c:",
        ],
    ),
    "a wait for a platform event filters by its fields": (
        "<waits><name>w</name><waitEvents><eventType>Shipped__e</eventType><inputParameters>"
        "<name>Order_Key__c</name><value><stringValue>1</stringValue></value></inputParameters></waitEvents></waits>",
        ["reads wait Shipped__e:", "reads wait Shipped__e:Order_Key__c"],
    ),
    "a wait until a date of a record": (
        variable("order", "Order__c")
        + "<waits><name>w</name><waitEvents><resumeDateReference>order.Due__c</resumeDateReference>"
        "</waitEvents></waits>",
        ["lists variable Order__c:", "reads wait Order__c:Due__c"],
    ),
    "a transformation maps and sums up": (
        GET_ACCOUNT + "<transforms><name>Map</name><objectType>Order__c</objectType><transformValues>"
        "<transformValueActions><outputFieldApiName>A__c</outputFieldApiName><value>"
        "<elementReference>Get_Account[$EachItem].B__c</elementReference></value></transformValueActions>"
        "<transformValueActions><inputParameters><name>aggregationValues</name><value>"
        "<elementReference>Get_Account</elementReference></value></inputParameters><inputParameters>"
        "<name>aggregationField</name><value><stringValue>C__c</stringValue></value></inputParameters>"
        "</transformValueActions></transformValues></transforms>"
        "<recordCreates><name>n</name><inputReference>Map</inputReference></recordCreates>",
        [
            *GOT_ACCOUNT,
            "lists variable Order__c:",
            "writes assignment Order__c:A__c",
            "reads transform Account:B__c",
            "reads transform Account:",
            "reads transform Account:C__c",
            "writes create Order__c:",
        ],
    ),
    "a custom error stands at a field and may quote another": (
        ON_ACCOUNT + "<customErrors><name>e</name><customErrorMessages><errorMessage>No {!$Record.A__c}"
        "</errorMessage><fieldSelection>B__c</fieldSelection></customErrorMessages></customErrors>",
        [*STARTED, "reads error Account:A__c", "requires error_place Account:B__c"],
    ),
    "an orchestration asks the assignee of a step": (
        ON_ACCOUNT + "<orchestratedStages><name>o</name><stageSteps><assignees><assignee>"
        "<elementReference>$Record.Approver__c</elementReference></assignee></assignees></stageSteps>"
        "</orchestratedStages>",
        [*STARTED, "reads stage Account:Approver__c"],
    ),
    "an element of a later release is read by its references": (
        ON_ACCOUNT + "<novelties><deep><elementReference>$Record.A__c</elementReference>"
        "<query>SELECT B__c FROM Account</query></deep></novelties>",
        [*STARTED, "reads novelties Account:A__c", "reads novelties word -:B__c?"],
    ),
    "descriptions and names say nothing": (
        "<description>About Old__c</description><label>Old__c</label><processMetadataValues><name>x</name>"
        "<value><stringValue>[Order__c].Old__c</stringValue></value></processMetadataValues>",
        [],
    ),
    "packaging tokens are part of names": (
        variable("order", "%%%NAMESPACE%%%Order__c")
        + "<formulas><name>f</name><expression>{!order.%%%NAMESPACE%%%A__c}</expression></formulas>",
        [
            "lists variable %%%NAMESPACE%%%Order__c:",
            "reads formula %%%NAMESPACE%%%Order__c:%%%NAMESPACE%%%A__c",
        ],
    ),
}


@pytest.mark.parametrize(("elements", "expected"), ELEMENTS.values(), ids=ELEMENTS.keys())
def test_what_an_element_names(read_flow: ReadFlow, said: Said, elements: str, expected: list[str]) -> None:
    assert expected == said(read_flow(elements))


ORDER = variable("order", "Order__c")
SAVE = "<recordUpdates><name>Save</name><inputReference>orders</inputReference></recordUpdates>"
BEFORE_SAVE = "<start><object>Account</object><triggerType>RecordBeforeSave</triggerType></start>"
FATES = {
    "set before the save of the record that it is on": (
        BEFORE_SAVE + assignment("$Record.A__c"),
        "writes assignment Account:A__c",
    ),
    "set after the save, and never saved again": (
        ON_ACCOUNT + assignment("$Record.A__c"),
        "lists assignment Account:A__c",
    ),
    "never saved": (ORDER + assignment("order.A__c"), "lists assignment Order__c:A__c"),
    "saved by its name": (
        variable("orders", "Order__c") + assignment("orders.A__c") + SAVE,
        "writes assignment Order__c:A__c",
    ),
    "added to a collection that is saved": (
        ORDER
        + assignment("order.A__c")
        + assignment("orders", "<elementReference>order</elementReference>")
        + SAVE,
        "writes assignment Order__c:A__c",
    ),
    "an item of a loop over a collection that is saved": (
        variable("orders", "Order__c")
        + "<loops><name>Each</name><collectionReference>orders</collectionReference></loops>"
        + assignment("Each.A__c")
        + SAVE,
        "writes assignment Order__c:A__c?",
    ),
    "handed to a subflow": (
        ORDER + assignment("order.A__c") + "<subflows><name>Sub</name><inputAssignments><name>x</name><value>"
        "<elementReference>order</elementReference></value></inputAssignments></subflows>",
        "writes assignment Order__c:A__c?",
    ),
    "handed out of the flow": (
        variable("order", "Order__c", "<isOutput>true</isOutput>") + assignment("order.A__c"),
        "writes assignment Order__c:A__c?",
    ),
    "the id, which is never written": (
        variable("orders", "Order__c") + assignment("orders.Id") + SAVE,
        "lists assignment Order__c:Id",
    ),
    "of a record that nobody declared": (assignment("mystery.A__c"), "lists assignment word -:A__c?"),
}


@pytest.mark.parametrize(("elements", "expected"), FATES.values(), ids=FATES.keys())
def test_what_becomes_of_a_field_that_is_set(
    read_flow: ReadFlow, said: Said, elements: str, expected: str
) -> None:
    assert [expected] == [line for line in said(read_flow(elements)) if " assignment " in line]


def test_a_record_whose_id_another_one_keeps_is_not_saved_with_it(read_flow: ReadFlow, said: Said) -> None:
    saved = assignment("orders.Order__c", "<elementReference>order.Id</elementReference>") + SAVE
    flow = read_flow(ORDER + variable("orders", "Order_Item__c") + assignment("order.A__c") + saved)
    expected = ["lists assignment Order__c:A__c", "writes assignment Order_Item__c:Order__c"]
    assert expected == [line for line in said(flow) if " assignment " in line]


def test_mentions_stand_on_the_line_of_the_text(read_flow: ReadFlow, placed: Said) -> None:
    text = "first\n{!$User.A__c}\n\n{!$User.B__c} and C__c"
    expected = ["3 reads text User:A__c", "5 reads text User:B__c", "5 reads text word -:C__c?"]
    assert expected == placed(read_flow(f"\n<textTemplates><name>t</name><text>{text}</text></textTemplates>"))
