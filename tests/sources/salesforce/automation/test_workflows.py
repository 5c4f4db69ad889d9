"""Workflow rules and their actions, in one file or one file each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.model.components import IntegrationPoint, Trigger
from auditor.sources.salesforce.automation.workflows import KINDS
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Said = Callable[[Parsed], list[str]]

MENTIONS = {
    "a rule reads its criteria, both sides": (
        "<rules><fullName>R</fullName><criteriaItems><field>Order__c.A__c</field><valueField>Order__c.B__c"
        "</valueField></criteriaItems></rules>",
        ["reads criteria qualified Order__c:Order__c.A__c", "reads criteria qualified Order__c:Order__c.B__c"],
    ),
    "a rule reads its formula": (
        "<rules><fullName>R</fullName><formula>ISCHANGED(A__c) &amp;&amp; Account__r.B__c = $User.C__c</formula>"
        "</rules>",
        [
            "reads criteria Order__c:A__c",
            "reads criteria Order__c:Account__r.B__c",
            "reads criteria User:C__c",
        ],
    ),
    "delayed actions count from a field": (
        "<rules><fullName>R</fullName><workflowTimeTriggers><offsetFromField>Order__c.Due__c</offsetFromField>"
        "</workflowTimeTriggers></rules>",
        ["reads time_trigger qualified Order__c:Order__c.Due__c"],
    ),
    "a field update writes its field and reads its formula": (
        "<fieldUpdates><fullName>U</fullName><field>A__c</field><formula>B__c &amp; Account__r.C__c</formula>"
        "</fieldUpdates>",
        [
            "writes update Order__c:A__c",
            "reads formula Order__c:B__c",
            "reads formula Order__c:Account__r.C__c",
        ],
    ),
    "a field update of the parent writes behind the lookup": (
        "<fieldUpdates><fullName>U</fullName><field>A__c</field><targetObject>Account__c</targetObject>"
        "</fieldUpdates>",
        ["writes update Order__c:Account__c.A__c"],
    ),
    "an alert reads the fields that hold its recipients": (
        "<alerts><fullName>A</fullName><recipients><field>Contact__c</field><type>contactLookup</type></recipients>"
        "<recipients><type>owner</type></recipients><recipients><recipient>Sales</recipient><type>role</type>"
        "</recipients></alerts>",
        ["reads recipient Order__c:Contact__c", "reads recipient Order__c:OwnerId"],
    ),
    "an outbound message reads what it carries": (
        "<outboundMessages><fullName>M</fullName><fields>A__c</fields><fields>Id</fields></outboundMessages>",
        ["reads message Order__c:A__c", "reads message Order__c:Id"],
    ),
    "a task is created, due from a field, and somebody's": (
        "<tasks><fullName>T</fullName><assignedToType>owner</assignedToType>"
        "<offsetFromField>Order__c.Due__c</offsetFromField></tasks>",
        [
            "writes create Task:",
            "reads due_date qualified Order__c:Order__c.Due__c",
            "reads assignee Order__c:OwnerId",
        ],
    ),
    "a flow is given fields": (
        "<flowActions><fullName>F</fullName><flowInputs><name>x</name><value>{!A__c}</value></flowInputs></flowActions>",
        ["reads flow_input Order__c:A__c"],
    ),
}


@pytest.mark.parametrize(("elements", "expected"), MENTIONS.values(), ids=MENTIONS.keys())
def test_what_a_rule_or_action_names(read: Read, said: Said, elements: str, expected: list[str]) -> None:
    assert expected == said(read("workflows/Order__c.workflow", f"<Workflow>{elements}</Workflow>"))


CALLS = {
    "a rule starts its actions, at once and later": (
        "<rules><fullName>R %26 S</fullName><actions><name>U</name><type>FieldUpdate</type></actions>"
        "<workflowTimeTriggers><actions><name>A</name><type>Alert</type></actions><actions><name>M</name>"
        "<type>OutboundMessage</type></actions><actions><name>T</name><type>Task</type></actions>"
        "</workflowTimeTriggers></rules>",
        [
            "Order__c.R & S > workflow_field_update Order__c.U",
            "Order__c.R & S > workflow_alert Order__c.A",
            "Order__c.R & S > workflow_outbound_message Order__c.M",
            "Order__c.R & S > workflow_task Order__c.T",
        ],
    ),
    "an alert sends a template": (
        "<alerts><fullName>A</fullName><template>Sales/Late</template></alerts>",
        ["Order__c.A > email_template Sales/Late"],
    ),
    "a field update to a queue": (
        "<fieldUpdates><fullName>U</fullName><lookupValue>Desk</lookupValue><lookupValueType>Queue</lookupValueType>"
        "</fieldUpdates>",
        ["Order__c.U > queue Desk"],
    ),
    "a field update to a record type": (
        "<fieldUpdates><fullName>U</fullName><lookupValue>Big</lookupValue>"
        "<lookupValueType>RecordType</lookupValueType></fieldUpdates>",
        ["Order__c.U > record_type Order__c.Big"],
    ),
    "people are never named": (
        "<fieldUpdates><fullName>U</fullName><lookupValue>ann@x.com</lookupValue>"
        "<lookupValueType>User</lookupValueType></fieldUpdates>",
        [],
    ),
    "a flow": ("<flowActions><fullName>F</fullName><flow>Other</flow></flowActions>", ["Order__c.F > flow Other"]),
}


@pytest.mark.parametrize(("elements", "expected"), CALLS.values(), ids=CALLS.keys())
def test_what_a_rule_or_action_calls(read: Read, called: Said, elements: str, expected: list[str]) -> None:
    assert expected == called(read("workflows/Order__c.workflow", f"<Workflow>{elements}</Workflow>"))


EFFECTS = {
    "alert": ("<alerts><fullName>X</fullName></alerts>", ["message -"]),
    "task": ("<tasks><fullName>X</fullName></tasks>", ["creates Task"]),
    "outbound message": ("<outboundMessages><fullName>X</fullName></outboundMessages>", ["callout -"]),
    "article": ("<knowledgePublishes><fullName>X</fullName></knowledgePublishes>", ["publishes Order__c"]),
    "sending": ("<send><fullName>X</fullName></send>", ["message -"]),
    "new owner": (
        "<fieldUpdates><fullName>X</fullName><field>OwnerId</field></fieldUpdates>",
        ["routes Order__c"],
    ),
    "field update": ("<fieldUpdates><fullName>X</fullName><field>A__c</field></fieldUpdates>", []),
    "rule": ("<rules><fullName>X</fullName></rules>", []),
}


@pytest.mark.parametrize(("elements", "expected"), EFFECTS.values(), ids=EFFECTS.keys())
def test_what_an_action_does(read: Read, does: Said, elements: str, expected: list[str]) -> None:
    assert expected == does(read("workflows/Order__c.workflow", f"<Workflow>{elements}</Workflow>"))


def test_an_outbound_message_is_a_door_without_its_secrets(read: Read) -> None:
    path = "workflows/Order__c.workflow"
    text = (
        "<Workflow><outboundMessages><fullName>M</fullName><endpointUrl>https://me:pw@erp.example/in?key=1"
        "</endpointUrl><fields>B__c</fields><fields>A__c</fields></outboundMessages></Workflow>"
    )
    expected = IntegrationPoint(
        "outbound_message",
        "Order__c.M",
        path,
        1,
        "out",
        "https://erp.example/in",
        ("Order__c",),
        ("Order__c.A__c", "Order__c.B__c"),
    )
    assert [expected] == list(read(path, text).integration_points)


def test_a_rule_tells_what_it_is(read: Read) -> None:
    text = (
        "<Workflow><rules><fullName>R</fullName><active>false</active><formula>AccountId = '001000000000001AAA'"
        "</formula><triggerType>onCreateOnly</triggerType></rules></Workflow>"
    )
    component = read("workflows/Order__c.workflow", text).components[0]
    expected = ("Order__c.R", "R", "Order__c", False, Trigger.RECORD, "onCreateOnly")
    assert expected == (
        component.name,
        component.label,
        component.object,
        component.active,
        component.trigger,
        component.attribute("trigger_type"),
    )


def test_a_broken_formula_costs_one_line(read: Read) -> None:
    text = "<Workflow><rules><fullName>R</fullName><formula>AND(A__c</formula></rules></Workflow>"
    parsed = read("workflows/Order__c.workflow", text)
    expected = ["Order__c.R: a bracket is not closed; the fields before it were read"]
    assert expected == [line.reason for line in parsed.skipped]


def test_an_empty_file_proves_that_every_kind_was_read(read: Read) -> None:
    expected = KINDS
    assert expected == read("workflows/Order__c.workflow", "<Workflow/>").channels


def test_a_decomposed_rule_belongs_to_the_object_of_its_folder(read: Read, said: Said) -> None:
    text = "<WorkflowRule><fullName>R</fullName><formula>A__c</formula></WorkflowRule>"
    parsed = read("workflows/Order__c/workflowRules/R.workflowRule-meta.xml", text)
    expected = ("Order__c.R", ["reads criteria Order__c:A__c"])
    assert expected == (parsed.components[0].name, said(parsed))
