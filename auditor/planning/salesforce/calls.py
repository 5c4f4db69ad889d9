"""What goes with a component that goes: the elements of others that start, show or assign it.

A place that no table knows becomes a blocker, as with fields. Source: Metadata API developer guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.formats.xml_editing import Element
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.verdicts import Cut, Refusal, Verdict

SYSTEM = "SYSTEM"
"""The platform's own compact layout, which an object names where it has none of its own in force."""


def call_verdict(document: Document, line: int, caller: str, callee: tuple[str, str]) -> Verdict:
    """What goes of `caller` (a component kind) where it calls `callee` (kind and name) on a line."""
    kind, name = callee
    local = name.rpartition(".")[2].lower()
    for item in _at(document, line):
        place = document.place(item)
        climb = _PLACES.get((caller, kind), {}).get(place)
        if climb is None or not _says(item, climb, local, name.lower()):
            continue
        around = item
        for _ in range(climb[0]):
            around = around.parent or around
        text = SYSTEM if (caller, place) == ("object", "compactLayoutAssignment") else None
        return (Cut(around, f"mention of {kind} {name}", text),)
    return Refusal(f"it starts, shows or assigns {kind} {name}, which goes")


def _at(document: Document, line: int) -> Iterator[Element]:
    """Elements that begin on a line, those with children too: calls are noted at either."""
    return (item for item in document.root.walk() if item.line == line)


def _says(item: Element, climb: tuple[int, str], local: str, name: str) -> bool:
    text = item.value(climb[1]) if climb[1] else item.text
    return text.lower() in (local, name) or text.lower().rpartition(":")[2] == local


_ACTION = (0, "name")
_RULE = {"actions": _ACTION, "workflowTimeTriggers/actions": _ACTION}
_APPROVAL = dict.fromkeys(
    (
        "initialSubmissionActions/action",
        "finalApprovalActions/action",
        "finalRejectionActions/action",
        "recallActions/action",
        "approvalStep/approvalActions/action",
        "approvalStep/rejectionActions/action",
    ),
    _ACTION,
)
_WORKFLOW_ACTIONS = (
    "workflow_alert",
    "workflow_field_update",
    "workflow_flow_action",
    "workflow_knowledge_publish",
    "workflow_outbound_message",
    "workflow_send",
    "workflow_task",
)
_PLACES: Mapping[tuple[str, str], Mapping[str, tuple[int, str]]] = {
    **{("workflow_rule", kind): _RULE for kind in _WORKFLOW_ACTIONS},
    **{("approval_process", kind): _APPROVAL for kind in _WORKFLOW_ACTIONS},
    ("object", "compact_layout"): {"compactLayoutAssignment": (0, "")},
    ("record_type", "compact_layout"): {"compactLayoutAssignment": (0, "")},
    ("layout", "web_link"): {
        "customButtons": (0, ""),
        "relatedLists/customButtons": (0, ""),
        "layoutSections/layoutColumns/layoutItems/customLink": (1, ""),
        "platformActionList/platformActionListItems": (0, "actionName"),
    },
    ("layout", "quick_action"): {
        "quickActionList/quickActionListItems/quickActionName": (1, ""),
        "platformActionList/platformActionListItems": (0, "actionName"),
        "relatedLists/quickActions/quickActionName": (1, ""),
    },
    ("layout", "report"): {"layoutSections/layoutColumns/layoutItems/reportChartComponent/reportName": (2, "")},
    ("profile", "layout"): {"layoutAssignments/layout": (1, "")},
    ("permission_set_group", "permission_set"): {"permissionSets": (0, "")},
    ("search_layout", "web_link"): {"listViewButtons": (0, ""), "searchResultsCustomButtons": (0, "")},
}
"""Caller and callee, then the place of the call: how far above it what goes stands, and which child names it."""
