"""What a flow is, what starts it, what it does and what it calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.model.components import Trigger
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
ReadFlow = Callable[[str], Parsed]
Said = Callable[[Parsed], list[str]]


def start(trigger_type: str, object_name: str = "Account") -> str:
    return f"<start><object>{object_name}</object><triggerType>{trigger_type}</triggerType></start>"


def action(kind: str, name: str = "Some_Action", more: str = "") -> str:
    named = f"<name>a</name><actionName>{name}</actionName><actionType>{kind}</actionType>"
    return f"<actionCalls>{named}{more}</actionCalls>"


TRIGGERS = {
    "a record before the save": (start("RecordBeforeSave"), Trigger.RECORD),
    "a record after the save": (start("RecordAfterSave"), Trigger.RECORD),
    "a record before it is deleted": (start("RecordBeforeDelete"), Trigger.RECORD),
    "a schedule": (start("Scheduled"), Trigger.SCHEDULE),
    "a platform event": (start("PlatformEvent", "Shipped__e"), Trigger.EVENT),
    "a change in the data cloud": (start("DataCloudDataChange"), Trigger.EVENT),
    "a process of Process Builder on a record": ("<processType>Workflow</processType>", Trigger.RECORD),
    "a process of Process Builder on an event": ("<processType>CustomEvent</processType>", Trigger.EVENT),
    "a process that others call": ("<processType>InvocableProcess</processType>", Trigger.CALLED),
    "a person at a screen": ("<processType>Flow</processType>", Trigger.SCREEN),
    "a person at a survey": ("<processType>Survey</processType><screens><name>s</name></screens>", Trigger.SCREEN),
    "something else": ("<processType>AutoLaunchedFlow</processType>", Trigger.CALLED),
}


@pytest.mark.parametrize(("elements", "expected"), TRIGGERS.values(), ids=TRIGGERS.keys())
def test_what_starts_a_flow(read_flow: ReadFlow, elements: str, expected: Trigger) -> None:
    assert expected is read_flow(elements).components[0].trigger


EFFECTS = {
    "a screen": ("<screens><name>s</name></screens>", ["screen -"]),
    "an e-mail alert": (action("emailAlert"), ["message -"]),
    "an e-mail, a post and a notification are one effect": (
        action("emailSimple") + action("chatterPost") + action("customNotificationAction"),
        ["message -"],
    ),
    "a call to another system": (action("externalService", "Erp.getOrder"), ["callout -"]),
    "a record that is created": (
        "<recordCreates><name>n</name><object>Order__c</object></recordCreates>",
        ["creates Order__c"],
    ),
    "records of a variable that are created": (
        "<recordCreates><name>n</name><inputReference>new</inputReference></recordCreates>"
        "<variables><name>new</name><objectType>Order__c</objectType></variables>",
        ["creates Order__c"],
    ),
    "an event that is published": (
        "<recordCreates><name>n</name><object>Shipped__e</object></recordCreates>",
        ["publishes Shipped__e"],
    ),
    "a share that grants access": (
        "<recordCreates><name>n</name><object>Order__Share</object></recordCreates>",
        ["creates Order__Share", "grants_access Order__Share"],
    ),
    "records that are deleted": (
        "<recordDeletes><name>d</name><object>Order__c</object></recordDeletes>",
        ["deletes Order__c"],
    ),
    "a save that is refused": (
        start("RecordBeforeSave") + "<customErrors><name>e</name></customErrors>",
        ["blocks_save Account"],
    ),
    "a submission for approval": (action("submit"), ["routes -"]),
    "another owner": (
        "<recordUpdates><name>u</name><inputAssignments><field>OwnerId</field></inputAssignments>"
        "<object>Case</object></recordUpdates>",
        ["routes Case"],
    ),
    "another owner before the save": (
        start("RecordBeforeSave", "Lead") + "<assignments><name>a</name><assignmentItems>"
        "<assignToReference>$Record.OwnerId</assignToReference></assignmentItems></assignments>",
        ["routes Lead"],
    ),
    "nothing that anybody could notice": (action("apex"), []),
}


@pytest.mark.parametrize(("elements", "expected"), EFFECTS.values(), ids=EFFECTS.keys())
def test_what_a_flow_does(read_flow: ReadFlow, does: Said, elements: str, expected: list[str]) -> None:
    assert expected == does(read_flow(elements))


CALLS = {
    "a subflow": ("<subflows><flowName>Other</flowName></subflows>", ["flow Other"]),
    "a class": (action("apex", "Pricing"), ["apex_class Pricing"]),
    "a plug-in": ("<apexPluginCalls><apexClass>Old</apexClass></apexPluginCalls>", ["apex_class Old"]),
    "a class that types a variable": (
        "<variables><name>v</name><apexClass>Answer</apexClass></variables>",
        ["apex_class Answer"],
    ),
    "an e-mail alert": (action("emailAlert", "Order__c.Late"), ["workflow_alert Order__c.Late"]),
    "a quick action": (action("quickAction", "Case.Close"), ["quick_action Case.Close"]),
    "an external service without its operation": (action("externalService", "Erp.get"), ["external_service Erp"]),
    "a flow as an action": (action("flow", "Other"), ["flow Other"]),
    "a component, of either framework": (
        "<screens><fields><extensionName>c:picker</extensionName></fields></screens>",
        ["lwc picker", "aura picker"],
    ),
    "a local action": (action("component", "c:toast"), ["lwc toast", "aura toast"]),
    "no component of the platform": (
        "<screens><fields><extensionName>flowruntime:lookup</extensionName></fields></screens>",
        [],
    ),
    "an approval process of the record's object": (
        start("RecordAfterSave", "Order__c")
        + action(
            "submit",
            "submit",
            "<inputParameters><name>objectId</name><value><elementReference>$Record.Id</elementReference></value>"
            "</inputParameters><inputParameters><name>processDefinitionNameOrId</name><value>"
            "<stringValue>Discount</stringValue></value></inputParameters>",
        ),
        ["approval_process Order__c.Discount"],
    ),
    "the flows behind the steps of an orchestration": (
        "<orchestratedStages><stageSteps><actionName>Ask</actionName><actionType>stepInteractive</actionType>"
        "<entryActionName>Ready</entryActionName><entryActionType>flow</entryActionType></stageSteps>"
        "</orchestratedStages>",
        ["flow Ask", "flow Ready"],
    ),
    "the same flow twice, once": ("<subflows><flowName>A</flowName></subflows>" * 2, ["flow A"]),
}


@pytest.mark.parametrize(("elements", "expected"), CALLS.values(), ids=CALLS.keys())
def test_what_a_flow_calls(read_flow: ReadFlow, called: Said, elements: str, expected: list[str]) -> None:
    expected = [f"Some_Flow > {callee}" for callee in expected]
    assert expected == called(read_flow(elements))


def test_a_flow_tells_what_it_is(read_flow: ReadFlow) -> None:
    component = read_flow(
        "<apiVersion>62.0</apiVersion><label>Late orders</label><processType>AutoLaunchedFlow</processType>"
        "<runInMode>SystemModeWithoutSharing</runInMode><start><object>Order__c</object>"
        "<recordTriggerType>Update</recordTriggerType><schedule><frequency>Daily</frequency></schedule>"
        "<triggerType>RecordAfterSave</triggerType></start><status>Active</status>"
        "<constants><name>c</name><value><stringValue>001000000000001AAA</stringValue></value></constants>"
        + action("apex")
    ).components[0]
    expected = (
        ("action_types", "apex"),
        ("api_version", "62.0"),
        ("hard_coded_ids", "1"),
        ("process_type", "AutoLaunchedFlow"),
        ("record_trigger_type", "Update"),
        ("run_in_mode", "SystemModeWithoutSharing"),
        ("schedule", "Daily"),
        ("status", "Active"),
        ("trigger_type", "RecordAfterSave"),
    )
    known = ("flow", "Some_Flow", "Late orders", "Order__c", True)
    said = (component.kind, component.name, component.label, component.object, component.active)
    assert known == said
    assert expected == component.attributes


def test_a_process_tells_its_object_and_when_it_runs(read_flow: ReadFlow) -> None:
    component = read_flow(
        "<processMetadataValues><name>ObjectType</name><value><stringValue>Order__c</stringValue></value>"
        "</processMetadataValues><processMetadataValues><name>TriggerType</name><value>"
        "<stringValue>onCreateOnly</stringValue></value></processMetadataValues>"
        "<processType>Workflow</processType>"
    ).components[0]
    expected = ("Order__c", "onCreateOnly")
    assert expected == (component.object, component.attribute("record_trigger_type"))


STATES = {
    "active": ("F.flow-meta.xml", "<status>Active</status>", ("F", True, None)),
    "draft": ("F.flow-meta.xml", "<status>Draft</status>", ("F", False, None)),
    "replaced": ("F.flow-meta.xml", "<status>Obsolete</status>", ("F", False, None)),
    "broken": ("F.flow-meta.xml", "<status>InvalidDraft</status>", ("F", False, None)),
    "silent": ("F.flow-meta.xml", "", ("F", None, None)),
    "the active version of several": ("F-3.flow", "<status>Active</status>", ("F", True, "3")),
    "an old version keeps its number": ("F-2.flow", "<status>Obsolete</status>", ("F-2", False, "2")),
}


@pytest.mark.parametrize(("file", "elements", "expected"), STATES.values(), ids=STATES.keys())
def test_state_and_version(
    read: Read, file: str, elements: str, expected: tuple[str, bool | None, str | None]
) -> None:
    component = read(f"flows/{file}", f"<Flow>{elements}</Flow>").components[0]
    assert expected == (component.name, component.active, component.attribute("version"))


def test_a_flow_test_keeps_nothing_alive(read: Read, said: Said, called: Said) -> None:
    parsed = read(
        "flowtests/T.flowtest-meta.xml",
        "<FlowTest><flowApiName>Some_Flow</flowApiName><testPoints><parameters><value><sobjectValue>"
        '{"A__c":1}</sobjectValue></value></parameters></testPoints></FlowTest>',
    )
    expected = (["lists test word -:A__c?"], ["T > flow Some_Flow"])
    assert expected == (said(parsed), called(parsed))
