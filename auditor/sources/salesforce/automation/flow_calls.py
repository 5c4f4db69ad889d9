"""What a flow starts or contains: subflows, actions, components, classes. Source: Metadata API, Flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.references import Call, Certainty
from auditor.sources.salesforce.automation.flow_scope import CALLING, Scope
from auditor.sources.salesforce.parsed import MetadataFile

_CALLEES: Mapping[str, str] = {
    "apex": "apex_class",
    "emailalert": "workflow_alert",
    "externalservice": "external_service",
    "flow": "flow",
    "generatepromptresponse": "prompt_template",
    "outboundmessage": "workflow_outbound_message",
    "quickaction": "quick_action",
    "stepapproval": "flow",
    "stepbackground": "flow",
    "stepinteractive": "flow",
}
# A variable may be of a type that a class defines.
_CALLING = CALLING | {"variables"}
# A process of Process Builder that is called by others is a flow too.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("actionName", "actionType", ""),
    ("entryActionName", "entryActionType", "flow"),
    ("exitActionName", "exitActionType", "flow"),
)


def flow_calls(kind: str, name: str, scope: Scope, root: Node, file: MetadataFile) -> tuple[Call, ...]:
    """Every call, each callee once, in the order of the file."""
    found: dict[tuple[str, str], Call] = {}
    nodes = (node for element in root.children if element.tag in _CALLING for node in element.walk())
    for node in nodes:
        for callee_kind, written, certainty, line in _callees(node, scope):
            callee = without_placeholders(written)
            call = Call(kind, name, callee_kind, callee, certainty, file.path, line)
            found.setdefault((callee_kind, callee), call)
    return tuple(found.values())


_Callee = tuple[str, str, Certainty, int]


def _callees(node: Node, scope: Scope) -> Iterator[_Callee]:
    if node.tag == "flowName" and node.text:
        yield "flow", node.text, Certainty.CERTAIN, node.line
    elif node.tag == "apexClass" and node.text:
        yield "apex_class", node.text, Certainty.CERTAIN, node.line
    elif node.tag == "extensionName":
        yield from _component(node.text, node.line)
    elif node.children:
        yield from _action(node, scope)


def _action(node: Node, scope: Scope) -> Iterator[_Callee]:
    for name_tag, type_tag, usual in _NAMES:
        name, kind = node.value(name_tag), (node.value(type_tag) or "").lower()
        if not name:
            continue
        if kind == "component":
            yield from _component(name, node.line)
        elif kind == "submit":
            yield from _approval(node, scope)
        elif callee := _CALLEES.get(kind, usual):
            called = name.partition(".")[0] if callee == "external_service" else name
            yield callee, called, Certainty.CERTAIN, node.line


def _component(name: str, line: int) -> Iterator[_Callee]:
    """A component of the organisation itself; the flow does not say of which of the two frameworks."""
    namespace, colon, local = name.rpartition(":")
    if name and (not colon or namespace == "c"):
        yield "lwc", local, Certainty.CERTAIN, line
        yield "aura", local, Certainty.CERTAIN, line


def _approval(node: Node, scope: Scope) -> Iterator[_Callee]:
    """A submission names its approval process, if at all, without the object that it belongs to."""
    values = {item.value("name"): next(item.at("value"), None) for item in node.all("inputParameters")}
    process, record = values.get("processDefinitionNameOrId"), values.get("objectId")
    name = process.value("stringValue") if process is not None else None
    reference = record.value("elementReference") if record is not None else None
    owner = scope.locate(reference).object if reference else None
    if name and owner:
        yield "approval_process", f"{owner}.{name}", Certainty.CERTAIN, node.line
