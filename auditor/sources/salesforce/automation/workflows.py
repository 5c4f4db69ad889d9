"""Workflow rules with their actions: one file an object, or one a rule or action where a project decomposes them.

Source: Metadata API, Workflow; Salesforce DX developer guide, "Metadata decomposition" (`decomposeWorkflowBeta`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from auditor.dataclasses import fields as dataclass_fields
from auditor.formats.xml import Node
from auditor.languages.formula import parse_formula
from auditor.model.catalogue import Skipped
from auditor.model.components import Component, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.automation import workflow_actions as actions
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    criteria,
    criterion,
    formula_fields,
    ids_in,
)
from auditor.sources.salesforce.parsed import ChildReader, MetadataFile, Parsed, Reader

KINDS = (
    actions.RULE,
    actions.FIELD_UPDATE,
    actions.ALERT,
    actions.OUTBOUND_MESSAGE,
    actions.TASK,
    actions.KNOWLEDGE_PUBLISH,
    actions.FLOW_ACTION,
    actions.SEND,
)


def decomposed(suffix: str) -> Reader:
    """The reader of a single rule or action, by its suffix."""
    return _DECOMPOSED[suffix]


def read_workflow(file: MetadataFile, root: Node) -> Parsed:
    """All rules and actions of one object. The file proves that all of these kinds were read."""
    parts = [_CHILDREN[child.tag](file.name, child, file) for child in root.children if child.tag in _CHILDREN]
    joined = {
        item.name: tuple(chain.from_iterable(getattr(part, item.name) for part in parts))
        for item in dataclass_fields(Parsed)
    }
    return Parsed(**{**joined, "channels": KINDS})


def read_rule(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One rule: what its criteria read, when its delayed actions count from, and what it starts."""
    author = Author(actions.RULE, actions.full_name(object_name, node, file), object_name)
    formulas = [(item, parse_formula(item.text)) for item in node.all("formula")]
    mentions = [
        *criteria(author, _CRITERIA, node.all("criteriaItems")),
        *(found for item, parsed in formulas for found in formula_fields(author, _CRITERIA, parsed, item.line)),
        *(criterion(author, _DELAY, date) for date in node.at(_DELAYED_FROM) if date.text),
    ]
    component = Component(
        actions.RULE,
        author.name,
        file.path,
        node.line,
        label=author.name.partition(".")[2],
        object=object_name,
        active=node.flag("active"),
        trigger=Trigger.RECORD,
        attributes=attributes(
            {
                "hard_coded_ids": ids_in(hit for _, parsed in formulas for hit in parsed.literals),
                "trigger_type": node.value("triggerType"),
            }
        ),
    )
    calls = actions.action_calls(author, _started(node), file.path)
    skipped = tuple(
        Skipped(file.path, f"{author.name}: {parsed.problem.message}; the fields before it were read", item.line)
        for item, parsed in formulas
        if parsed.problem is not None
    )
    return Parsed(components=(component,), mentions=tuple(mentions), calls=tuple(calls), skipped=skipped)


def _started(node: Node) -> Iterator[Node]:
    yield from node.all("actions")
    yield from node.at("workflowTimeTriggers/actions")


def _file_of(reader: ChildReader) -> Reader:
    """The same reader for a file of its own, in a folder of its kind under the folder of its object."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        folders = file.path.split("/")
        return reader(folders[-3] if len(folders) > 2 else "", root, file)

    return read


_CRITERIA = Use(Access.READS, "criteria")
_DELAYED_FROM = "workflowTimeTriggers/offsetFromField"
_DELAY = Use(Access.READS, "time_trigger")
_CHILDREN: Mapping[str, ChildReader] = {
    "alerts": actions.read_alert,
    "fieldUpdates": actions.read_field_update,
    "flowActions": actions.read_flow_action,
    "knowledgePublishes": actions.read_knowledge_publish,
    "outboundMessages": actions.read_outbound_message,
    "rules": read_rule,
    "send": actions.read_send,
    "tasks": actions.read_task,
}
_DECOMPOSED: Mapping[str, Reader] = {
    "workflowAlert": _file_of(actions.read_alert),
    "workflowFieldUpdate": _file_of(actions.read_field_update),
    "workflowFlowAction": _file_of(actions.read_flow_action),
    "workflowKnowledgePublish": _file_of(actions.read_knowledge_publish),
    "workflowOutboundMessage": _file_of(actions.read_outbound_message),
    "workflowRule": _file_of(read_rule),
    "workflowSend": _file_of(actions.read_send),
    "workflowTask": _file_of(actions.read_task),
}
"""Readers of single rules and actions, by metadata suffix."""
