"""What a flow does that somebody could notice, and what it starts.

Source: Metadata API, Flow (`FlowActionCall.actionType`, `FlowStart.triggerType`, `Flow.processType`); Actions
Developer Guide, for what each standard action does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.formats.xml import Node
from auditor.model.components import Effect, EffectOn, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.automation.flow_scope import CALLING, Scope
from auditor.sources.salesforce.parsed import Mention

_ACTIONS: Mapping[str, Effect] = {
    "activatesessionpermset": Effect.GRANTS_ACCESS,
    "chatterpost": Effect.MESSAGE,
    "component": Effect.SCREEN,
    "customnotificationaction": Effect.MESSAGE,
    "deactivatesessionpermset": Effect.GRANTS_ACCESS,
    "emailalert": Effect.MESSAGE,
    "emailsimple": Effect.MESSAGE,
    "externalservice": Effect.CALLOUT,
    "generatepromptresponse": Effect.CALLOUT,
    "outboundmessage": Effect.CALLOUT,
    "routework": Effect.ROUTES,
    "sendconversationmessages": Effect.MESSAGE,
    "sendmessage": Effect.MESSAGE,
    "sendnotification": Effect.MESSAGE,
    "sendsurveyinvitation": Effect.MESSAGE,
    "skillsbasedrouting": Effect.ROUTES,
    "slackpostmessage": Effect.MESSAGE,
    "slacksendmessagetolaunchflow": Effect.MESSAGE,
    "stepapproval": Effect.ROUTES,
    "stepinteractive": Effect.SCREEN,
    "submit": Effect.ROUTES,
}
_ELEMENTS: Mapping[str, Effect] = {"screens": Effect.SCREEN, "recordDeletes": Effect.DELETES}
# Records that give somebody access; source: Object Reference, PermissionSetAssignment, GroupMember, "…Share".
_GRANTS = ("share", "permissionsetassignment", "groupmember", "teammember")
_RECORD_PROCESS = "Workflow"
_EVENT_PROCESSES = frozenset({"CustomEvent", "TransactionSecurityFlow"})


def flow_trigger(root: Node) -> Trigger:
    """What starts a flow. A flow without a trigger of its own is started on a screen, or by something else."""
    started = next((node.text for node in root.at("start/triggerType")), "")
    process = root.value("processType")
    if started.startswith("Record") or process == _RECORD_PROCESS:
        return Trigger.RECORD
    if started == "Scheduled":
        return Trigger.SCHEDULE
    if (started and started != "None") or process in _EVENT_PROCESSES:
        return Trigger.EVENT
    return Trigger.SCREEN if root.find("screens") is not None or process == "Flow" else Trigger.CALLED


def flow_effects(root: Node, scope: Scope, mentions: Iterable[Mention]) -> tuple[EffectOn, ...]:
    """Everything that a flow does beside writing fields, sorted."""
    found = {*_of_elements(root, scope), *_of_actions(root), *_of_owners(mentions)}
    return tuple(sorted(found, key=lambda item: (item.effect, item.object or "")))


def action_types(root: Node) -> str:
    """The types of all actions of a flow, for what we know no effect of."""
    return ", ".join(sorted({kind.text for kind in _actions(root)}))


def _of_elements(root: Node, scope: Scope) -> Iterator[EffectOn]:
    for element in root.children:
        if element.tag in _ELEMENTS:
            deleted = element.tag == "recordDeletes"
            yield EffectOn(_ELEMENTS[element.tag], _object(element, scope) if deleted else None)
        elif element.tag == "recordCreates":
            yield from _created(_object(element, scope))
        elif element.tag == "customErrors":
            yield EffectOn(Effect.BLOCKS_SAVE, scope.record_object)


def _created(name: str | None) -> Iterator[EffectOn]:
    lowered = (name or "").lower()
    yield EffectOn(Effect.PUBLISHES if lowered.endswith("__e") else Effect.CREATES, name)
    if lowered.endswith(_GRANTS):
        yield EffectOn(Effect.GRANTS_ACCESS, name)


def _object(element: Node, scope: Scope) -> str | None:
    named, held = element.value("object"), element.value("inputReference")
    return named or (scope.locate(held).object if held else None)


def _of_actions(root: Node) -> Iterator[EffectOn]:
    for kind in _actions(root):
        effect = _ACTIONS.get(kind.text.lower())
        if effect is not None:
            yield EffectOn(effect)


def _actions(root: Node) -> Iterator[Node]:
    for element in root.children:
        if element.tag in CALLING:
            yield from (node for node in element.walk() if node.tag == "actionType" and node.text)


def _of_owners(mentions: Iterable[Mention]) -> Iterator[EffectOn]:
    """Giving a record to another owner is routing it."""
    for item in mentions:
        if item.access is Access.WRITES and item.path == "OwnerId":
            yield EffectOn(Effect.ROUTES, item.object)
