"""Flows of every kind, and the processes of Process Builder, which are stored as flows.

Source: Metadata API, Flow.
"""

from __future__ import annotations

import re

from auditor.formats.xml import Node
from auditor.languages.literals import hard_coded
from auditor.model.components import Component
from auditor.sources.salesforce.automation.flow_calls import flow_calls
from auditor.sources.salesforce.automation.flow_effects import action_types, flow_effects, flow_trigger
from auditor.sources.salesforce.automation.flow_fate import Fates
from auditor.sources.salesforce.automation.flow_mentions import Flow, flow_mentions
from auditor.sources.salesforce.automation.flow_scope import Scope, flow_metadata
from auditor.sources.salesforce.declarative.mentioning import Author, attributes, ids_in
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

KIND = "flow"
_STATES = {"active": True, "draft": False, "obsolete": False, "invaliddraft": False}
# Before API 44 each version was a file of its own: `Onboarding-3.flow`. Names of flows hold no hyphen.
_VERSIONED = re.compile(r"(?P<name>.+)-(?P<version>\d+)")
_TEXTS_WITH_IDS = frozenset({"stringValue", "expression", "formula", "formulaExpression", "filterFormula"})


def read_flow(file: MetadataFile, root: Node) -> Parsed:
    """One flow: what it reads and writes, what starts it, what it does and calls."""
    active = _STATES.get((root.value("status") or "").lower())
    name, version = _named(file.name, active)
    scope = Scope(root)
    mentions = flow_mentions(Flow(Author(KIND, name), scope, Fates(root, scope)), root)
    component = Component(
        KIND,
        name,
        file.path,
        root.line,
        label=root.value("label"),
        object=scope.record_object or _process_object(root),
        active=active,
        trigger=flow_trigger(root),
        effects=flow_effects(root, scope, mentions),
        attributes=attributes({**_attributes(root), "version": version}),
    )
    calls = flow_calls(KIND, name, scope, root, file)
    return Parsed(components=(component,), mentions=mentions, calls=calls, channels=(KIND,))


def _named(name: str, active: bool | None) -> tuple[str, str | None]:
    """Name and version. A version that is not in force keeps its number in its name, and stays apart."""
    match = _VERSIONED.fullmatch(name)
    if match is None:
        return name, None
    return (name if active is False else match["name"]), match["version"]


def _process_object(root: Node) -> str | None:
    started = flow_metadata(root, "ObjectType")
    return started.text or None if started is not None else None


def _attributes(root: Node) -> dict[str, str | None]:
    process_trigger = flow_metadata(root, "TriggerType")
    record_trigger = _text(root, "start/recordTriggerType")
    return {
        "action_types": action_types(root),
        "api_version": root.value("apiVersion"),
        "hard_coded_ids": _ids(root),
        "process_type": root.value("processType"),
        "record_trigger_type": record_trigger or (process_trigger.text if process_trigger is not None else None),
        "run_in_mode": root.value("runInMode"),
        "schedule": _text(root, "start/schedule/frequency"),
        "status": root.value("status"),
        "trigger_type": _text(root, "start/triggerType"),
    }


def _text(root: Node, path: str) -> str | None:
    return next((node.text for node in root.at(path) if node.text), None)


def _ids(root: Node) -> str | None:
    found = (
        literal
        for element in root.children
        if element.tag != "processMetadataValues"
        for node in element.walk()
        if node.tag in _TEXTS_WITH_IDS
        for literal in hard_coded(node.text)
    )
    return ids_in(found)
