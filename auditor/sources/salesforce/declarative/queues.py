"""Small files that say one thing: queues, indexes, settings, which version of a flow is active.

Source: Metadata API, Queue, CustomIndex, SearchSettings and FlowDefinition.
"""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom
from auditor.model.components import Component
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.loose import loosely
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.parsed import Grammar, MetadataFile, Parsed

QUEUE = "queue"
INDEX = "custom_index"
SETTINGS = "settings"
_ANY_SETTINGS = loosely(SETTINGS)
FLOW_DEFINITION = "flow_definition"


def read_queue(file: MetadataFile, root: Node) -> Parsed:
    """One queue: the objects whose records may wait in it."""
    author = Author(QUEUE, file.name)
    component = Component(QUEUE, file.name, file.path, root.line, label=root.value("name"))
    mentions = tuple(
        mention(author.on(node.text), Use(Access.LISTS, "queue"), "", node.line)
        for node in root.at("queueSobject/sobjectType")
        if node.text
    )
    return Parsed(components=(component,), mentions=mentions, channels=(QUEUE,))


def read_custom_index(file: MetadataFile, root: Node) -> Parsed:
    """One index that the vendor was asked for, named `Object.Field`: it lists the field, and is no use of it."""
    author = Author(INDEX, file.name)
    component = Component(INDEX, file.name, file.path, root.line)
    listed = mention(author, Use(Access.LISTS, "index", Grammar.QUALIFIED), file.name, root.line)
    return Parsed(components=(component,), mentions=(listed,), channels=(INDEX,))


def read_settings(file: MetadataFile, root: Node) -> Parsed:
    """One group of settings. Those of the search name objects; names in all others may be anything."""
    if file.name != "Search":
        return _ANY_SETTINGS(file, root)
    author = Author(SETTINGS, file.name)
    mentions = tuple(
        mention(author.on(node.text), Use(Access.LISTS, "search"), "", node.line)
        for node in root.at("searchSettingsByObject/searchSettingsByObject/name")
        if is_custom(node.text)
    )
    component = Component(SETTINGS, file.name, file.path, root.line)
    return Parsed(components=(component,), mentions=mentions, channels=(SETTINGS,))


def read_flow_definition(file: MetadataFile, root: Node) -> Parsed:
    """Which version of a flow is active; 0 or nothing means none."""
    version = root.value("activeVersionNumber")
    component = Component(
        FLOW_DEFINITION,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        active=version not in (None, "0"),
        attributes=attributes({"active_version": version}),
    )
    return Parsed(components=(component,), channels=(FLOW_DEFINITION,))
