"""The actions of workflow rules and approval processes, and how both call them. Source: Metadata API, Workflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import split_path
from auditor.languages.merge import merge_fields
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.integrations import bare_endpoint
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    criterion,
    formula,
    mention,
    named,
)
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

RULE = "workflow_rule"
FIELD_UPDATE = "workflow_field_update"
ALERT = "workflow_alert"
OUTBOUND_MESSAGE = "workflow_outbound_message"
TASK = "workflow_task"
KNOWLEDGE_PUBLISH = "workflow_knowledge_publish"
FLOW_ACTION = "workflow_flow_action"
SEND = "workflow_send"

_TYPES: Mapping[str, str] = {
    "Alert": ALERT,
    "FieldUpdate": FIELD_UPDATE,
    "FlowAction": FLOW_ACTION,
    "KnowledgePublish": KNOWLEDGE_PUBLISH,
    "OutboundMessage": OUTBOUND_MESSAGE,
    "Send": SEND,
    "Task": TASK,
}
# People whom an alert or a task reaches by a field that they do not name.
_PEOPLE: Mapping[str, str] = {"owner": "OwnerId", "creator": "CreatedById", "accountOwner": "Account.OwnerId"}
_RECIPIENT = Use(Access.READS, "recipient")
_ASSIGNEE = Use(Access.READS, "assignee")


def full_name(object_name: str, node: Node, file: MetadataFile) -> str:
    """`Object.Name` of a rule or action; names are URL-encoded in files."""
    return f"{object_name}.{unquote(node.value('fullName') or file.name)}"


def action_calls(caller: Author, actions: Iterable[Node], path: str) -> Iterator[Call]:
    """Calls to actions that are referred to by name and type; they belong to the object of the caller."""
    for action in actions:
        kind, name = _TYPES.get(action.value("type") or ""), action.value("name")
        if kind and name:
            callee = f"{caller.object}.{unquote(name)}"
            yield Call(caller.kind, caller.name, kind, callee, Certainty.CERTAIN, path, action.line)


def read_field_update(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One field update: the field that it writes, perhaps of a parent, and what it computes the value from."""
    author = Author(FIELD_UPDATE, full_name(object_name, node, file), object_name)
    target = node.value("targetObject")
    written = [f"{target}.{field.text}" if target else field.text for field in node.all("field")]
    lines = [field.line for field in node.all("field")]
    update = Use(Access.WRITES, "update")
    mentions = [mention(author, update, path, line) for path, line in zip(written, lines, strict=True)]
    for text in node.all("formula"):
        mentions.extend(formula(author, Use(Access.READS, "formula"), text))
    routes = any(split_path(path)[-1:] == ("OwnerId",) for path in written)
    effects = (EffectOn(Effect.ROUTES, None if target else object_name),) if routes else ()
    details = {"operation": node.value("operation"), "reevaluates": node.value("reevaluateOnChange")}
    component = _component(author, node, file, effects, details)
    return Parsed(components=(component,), mentions=tuple(mentions), calls=tuple(_lookup(author, node, file)))


def read_alert(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One e-mail alert: whom it reaches by which field, and the template that it sends."""
    author = Author(ALERT, full_name(object_name, node, file), object_name)
    mentions = [item for recipient in node.all("recipients") for item in _recipient(author, recipient)]
    calls = tuple(
        Call(ALERT, author.name, "email_template", template.text, Certainty.CERTAIN, file.path, template.line)
        for template in node.all("template")
        if template.text
    )
    component = _component(author, node, file, (EffectOn(Effect.MESSAGE),))
    return Parsed(components=(component,), mentions=tuple(mentions), calls=calls)


def read_outbound_message(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One SOAP message to another system: the fields that it carries, and where it goes (without a secret)."""
    author = Author(OUTBOUND_MESSAGE, full_name(object_name, node, file), object_name)
    sent = [field for field in node.all("fields") if field.text]
    point = IntegrationPoint(
        "outbound_message",
        author.name,
        file.path,
        node.line,
        direction="out",
        endpoint=bare_endpoint(node.value("endpointUrl") or ""),
        objects=(object_name,),
        fields=tuple(sorted({f"{object_name}.{field.text}" for field in sent})),
    )
    component = _component(author, node, file, (EffectOn(Effect.CALLOUT),))
    mentions = tuple(named(author, Use(Access.READS, "message"), sent))
    return Parsed(components=(component,), mentions=mentions, integration_points=(point,))


def read_task(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One task that is created: the date that it is due from, and whose it is."""
    author = Author(TASK, full_name(object_name, node, file), object_name)
    due = Use(Access.READS, "due_date")
    mentions = [
        mention(author.on("Task"), Use(Access.WRITES, "create"), "", node.line),
        *(criterion(author, due, date) for date in node.all("offsetFromField") if date.text),
        *_person(author, _ASSIGNEE, node.value("assignedToType"), node.line),
    ]
    component = _component(author, node, file, (EffectOn(Effect.CREATES, "Task"),))
    return Parsed(components=(component,), mentions=tuple(mentions))


def read_knowledge_publish(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One action that publishes an article."""
    author = Author(KNOWLEDGE_PUBLISH, full_name(object_name, node, file), object_name)
    component = _component(author, node, file, (EffectOn(Effect.PUBLISHES, object_name),))
    return Parsed(components=(component,))


def read_flow_action(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One flow that a rule starts, and the fields that it is given."""
    author = Author(FLOW_ACTION, full_name(object_name, node, file), object_name)
    use = Use(Access.READS, "flow_input")
    mentions: list[Mention] = []
    for value in node.at("flowInputs/value"):
        for field in merge_fields(value.text).fields:
            grammar = Grammar.QUALIFIED if "." in field.path else Grammar.PATH
            found = Use(use.access, use.part, grammar)
            mentions.append(mention(author, found, field.path, value.line))
    calls = tuple(
        Call(FLOW_ACTION, author.name, "flow", flow.text, Certainty.CERTAIN, file.path, flow.line)
        for flow in node.all("flow")
        if flow.text
    )
    return Parsed(components=(_component(author, node, file, ()),), mentions=tuple(mentions), calls=calls)


def read_send(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One action that sends an article or record elsewhere; its file names no field."""
    author = Author(SEND, full_name(object_name, node, file), object_name)
    return Parsed(components=(_component(author, node, file, (EffectOn(Effect.MESSAGE),)),))


def _component(
    author: Author,
    node: Node,
    file: MetadataFile,
    effects: tuple[EffectOn, ...],
    details: Mapping[str, str | None] | None = None,
) -> Component:
    return Component(
        author.kind,
        author.name,
        file.path,
        node.line,
        label=node.value("name") or node.value("label") or node.value("subject") or node.value("description"),
        object=author.object,
        trigger=Trigger.CALLED,
        effects=effects,
        attributes=attributes(details or {}),
    )


def _recipient(author: Author, recipient: Node) -> Iterator[Mention]:
    yield from named(author, _RECIPIENT, recipient.all("field"))
    yield from _person(author, _RECIPIENT, recipient.value("type"), recipient.line)


def _person(author: Author, use: Use, kind: str | None, line: int) -> Iterator[Mention]:
    path = _PEOPLE.get(kind or "")
    if path is not None:
        yield mention(author, use, path, line)


def _lookup(author: Author, node: Node, file: MetadataFile) -> Iterator[Call]:
    """The queue or record type that a lookup is set to; people are never named."""
    kind, value = node.value("lookupValueType"), node.find("lookupValue")
    if value is None or not value.text:
        return
    if kind == "Queue":
        yield Call(author.kind, author.name, "queue", value.text, Certainty.CERTAIN, file.path, value.line)
    elif kind == "RecordType":
        name = f"{author.object}.{value.text}"
        yield Call(author.kind, author.name, "record_type", name, Certainty.CERTAIN, file.path, value.line)
