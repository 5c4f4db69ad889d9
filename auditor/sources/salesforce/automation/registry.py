"""The readers of automation (flows, workflows, approval processes), by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.on_demand import reader
from auditor.sources.salesforce.parsed import ChildReader, Reader

_DECOMPOSED = (
    "workflowAlert",
    "workflowFieldUpdate",
    "workflowFlowAction",
    "workflowKnowledgePublish",
    "workflowOutboundMessage",
    "workflowRule",
    "workflowSend",
    "workflowTask",
)
"""Single rules and actions of workflows."""
XML_READERS: Mapping[str, Reader] = {
    "approvalProcess": reader("automation.approvals:read_approval_process"),
    "flow": reader("automation.flows:read_flow"),
    "flowtest": reader("automation.flow_tests:read_flow_test"),
    "workflow": reader("automation.workflows:read_workflow"),
    **{suffix: reader("automation.workflows:decomposed", suffix) for suffix in _DECOMPOSED},
}
OBJECT_CHILDREN: Mapping[str, ChildReader] = {}
"""No automation stands within the file of an object."""
