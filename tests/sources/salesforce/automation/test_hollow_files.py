"""Files that say nothing, or nonsense: they cost no traceback, and nothing is made up from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.sources.salesforce.automation.flow_uses import FIELDS, OBJECTS, REFERENCES, SAVED_RECORDS, SETTERS
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
ReadFlow = Callable[[str], Parsed]
ELEMENTS = sorted({place[0] for place in (*FIELDS, *OBJECTS, *SAVED_RECORDS)} | {"actionCalls", "loops", "waits"})
NONSENSE = (
    ".",
    "..a",
    "$",
    "$.",
    "$Record",
    "$Record..",
    "$CustomMetadata",
    "[",
    "x[",
    "{!}",
    "{!.}",
    "{!a[$EachItem]}",
)


@pytest.mark.parametrize("element", ELEMENTS)
def test_an_element_without_content_names_nothing(read_flow: ReadFlow, element: str) -> None:
    assert not read_flow(f"<{element}/>").mentions


@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("tag", sorted(REFERENCES | SETTERS))
def test_a_reference_that_is_none_names_no_field(read_flow: ReadFlow, tag: str, text: str) -> None:
    elements = f"<assignments><name>a</name><assignmentItems><{tag}>{text}</{tag}></assignmentItems></assignments>"
    assert not read_flow(elements).mentions


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("workflows/A.workflow", "<Workflow><rules/><alerts/><fieldUpdates/><tasks/><send/></Workflow>"),
        ("workflows/R.workflowRule-meta.xml", "<WorkflowRule><actions/></WorkflowRule>"),
        ("approvalProcesses/A.B.approvalProcess", "<ApprovalProcess><approvalStep/></ApprovalProcess>"),
        ("flowtests/T.flowtest-meta.xml", "<FlowTest><flowApiName/></FlowTest>"),
    ],
)
def test_a_hollow_file_calls_nothing(read: Read, path: str, text: str) -> None:
    assert not read(path, text).calls
