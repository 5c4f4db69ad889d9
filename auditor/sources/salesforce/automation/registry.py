"""The readers of automation (flows, workflows, approval processes), by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.automation.approvals import read_approval_process
from auditor.sources.salesforce.automation.flow_tests import read_flow_test
from auditor.sources.salesforce.automation.flows import read_flow
from auditor.sources.salesforce.automation.workflows import DECOMPOSED, read_workflow
from auditor.sources.salesforce.parsed import ChildReader, Reader

XML_READERS: Mapping[str, Reader] = {
    "approvalProcess": read_approval_process,
    "flow": read_flow,
    "flowtest": read_flow_test,
    "workflow": read_workflow,
    **DECOMPOSED,
}
OBJECT_CHILDREN: Mapping[str, ChildReader] = {}
"""No automation stands within the file of an object."""
