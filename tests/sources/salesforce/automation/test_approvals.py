"""Approval processes: one with everything in it, part by part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Said = Callable[[Parsed], list[str]]
PATH = "approvalProcesses/Order__c.Discount.approvalProcess-meta.xml"

MENTIONS = {
    "entry by criteria, with a field of a parent": (
        "<entryCriteria><criteriaItems><field>Order__c.A__c</field></criteriaItems><criteriaItems>"
        "<field>Account.Rating</field></criteriaItems></entryCriteria>",
        ["reads entry qualified Order__c:Order__c.A__c", "reads entry qualified Order__c:Account.Rating"],
    ),
    "entry by formula": (
        "<entryCriteria><formula>A__c &gt; Account__r.Limit__c</formula></entryCriteria>",
        ["reads entry Order__c:A__c", "reads entry Order__c:Account__r.Limit__c"],
    ),
    "the page shows bare names": (
        "<approvalPageFields><field>Name</field><field>Owner</field><field>A__c</field></approvalPageFields>",
        [
            "shows approval_page Order__c:Name",
            "shows approval_page Order__c:Owner",
            "shows approval_page Order__c:A__c",
        ],
    ),
    "a step has criteria of its own": (
        "<approvalStep><entryCriteria><criteriaItems><field>Order__c.B__c</field></criteriaItems></entryCriteria>"
        "</approvalStep>",
        ["reads step_entry qualified Order__c:Order__c.B__c"],
    ),
    "the approver stands in a field of the record": (
        "<approvalStep><assignedApprover><approver><name>Boss__c</name><type>relatedUserField</type></approver>"
        "</assignedApprover></approvalStep>",
        ["reads approver Order__c:Boss__c"],
    ),
    "the approver stands in a field of the user": (
        "<approvalStep><assignedApprover><approver><name>Deal_Desk__c</name><type>userHierarchyField</type>"
        "</approver></assignedApprover></approvalStep>",
        ["reads approver User:Deal_Desk__c"],
    ),
    "the approver is found by the field that the process names once": (
        "<approvalStep><assignedApprover><approver><type>userHierarchyField</type></approver></assignedApprover>"
        "</approvalStep><nextAutomatedApprover><useApproverFieldOfRecordOwner>true</useApproverFieldOfRecordOwner>"
        "<userHierarchyField>Manager</userHierarchyField></nextAutomatedApprover>",
        ["reads approver User:Manager", "reads approver Order__c:OwnerId"],
    ),
    "people and queues are no fields": (
        "<approvalStep><assignedApprover><approver><name>ann@x.com</name><type>user</type></approver>"
        "</assignedApprover></approvalStep>",
        [],
    ),
    "owner and creator submit": (
        "<allowedSubmitters><type>owner</type></allowedSubmitters>"
        "<allowedSubmitters><type>creator</type></allowedSubmitters>"
        "<allowedSubmitters><submitter>All</submitter><type>group</type></allowedSubmitters>",
        ["reads submitter Order__c:OwnerId", "reads submitter Order__c:CreatedById"],
    ),
}


@pytest.mark.parametrize(("elements", "expected"), MENTIONS.values(), ids=MENTIONS.keys())
def test_what_a_process_names(read: Read, said: Said, elements: str, expected: list[str]) -> None:
    assert expected == said(read(PATH, f"<ApprovalProcess>{elements}</ApprovalProcess>"))


ACTION = "<action><name>{}</name><type>{}</type></action>"
WHOLE = (
    "<ApprovalProcess><active>true</active><label>Discount</label><emailTemplate>Sales/Ask</emailTemplate>"
    f"<initialSubmissionActions>{ACTION.format('Lock', 'FieldUpdate')}</initialSubmissionActions>"
    f"<finalApprovalActions>{ACTION.format('Yes', 'Alert')}</finalApprovalActions>"
    f"<approvalStep><rejectionActions>{ACTION.format('No', 'Task')}</rejectionActions><assignedApprover>"
    "<approver><name>Desk</name><type>queue</type></approver></assignedApprover></approvalStep>"
    "<recordEditability>AdminOnly</recordEditability></ApprovalProcess>"
)


def test_what_a_process_is(read: Read) -> None:
    component = read(PATH, WHOLE).components[0]
    expected = ("approval_process", "Order__c.Discount", "Discount", "Order__c", True, "AdminOnly")
    named = (component.kind, component.name, component.label, component.object)
    assert expected == (*named, component.active, component.attribute("record_editability"))


def test_what_a_process_calls(read: Read, called: Said) -> None:
    expected = [
        "Order__c.Discount > workflow_field_update Order__c.Lock",
        "Order__c.Discount > workflow_alert Order__c.Yes",
        "Order__c.Discount > workflow_task Order__c.No",
        "Order__c.Discount > email_template Sales/Ask",
        "Order__c.Discount > queue Desk",
    ]
    assert expected == called(read(PATH, WHOLE))


def test_what_a_process_does(read: Read, does: Said) -> None:
    expected = ["blocks_save Order__c", "routes Order__c", "message -"]
    assert expected == does(read(PATH, WHOLE))
