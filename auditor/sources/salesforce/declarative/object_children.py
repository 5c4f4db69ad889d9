"""Children of an object: list views, compact layouts, field sets, links, indexes, overridden actions.

The same element stands within an `.object` file and as the root of a file of its own.
Source: Metadata API, CustomObject and the types named in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.languages.fieldpaths import without_placeholders
from auditor.languages.merge import merge_fields
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.loose import custom_names, guessed
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    ids_in,
    merged,
    named,
)
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed


def child_author(kind: str, object_name: str, node: Node, file: MetadataFile) -> Author:
    """The author that a child of an object is: `Object.Child`, by its own full name or that of its file."""
    local = node.value("fullName") or file.name.removeprefix(f"{object_name}.")
    return Author(kind, f"{object_name}.{local}" if object_name else local, object_name or None)


def read_list_view(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One list view: columns are shown, filters are read."""
    author = child_author("list_view", object_name, node, file)
    mentions = (
        *named(author, _SHOWN_COLUMN, node.all("columns")),
        *named(author, _LIST_FILTER, node.at("filters/field")),
    )
    details = {"scope": node.value("filterScope"), "shared": "true" if node.find("sharedTo") else None}
    return _child(author, node, file, mentions, details)


def read_compact_layout(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One compact layout: the highlights of a record."""
    author = child_author("compact_layout", object_name, node, file)
    return _child(author, node, file, tuple(named(author, _SHOWN_FIELD, node.all("fields"))))


def read_field_set(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One field set: displayed fields are shown, available ones only listed."""
    author = child_author("field_set", object_name, node, file)
    required = (item for item in node.all("displayedFields") if item.flag("isRequired"))
    mentions = (
        *named(author, Use(Access.SHOWS, "displayed"), node.at("displayedFields/field")),
        *named(
            author, Use(Access.REQUIRES, "displayed"), (field for item in required for field in item.all("field"))
        ),
        # What is offered and not chosen shows nothing of the lookups on its way either.
        *(
            replace(each, hop_access=Access.LISTS)
            for each in named(author, Use(Access.LISTS, "available"), node.at("availableFields/field"))
        ),
    )
    return _child(author, node, file, mentions)


def read_index(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One index of a big object: the fields that its rows are found by."""
    author = child_author("index", object_name, node, file)
    return _child(author, node, file, tuple(named(author, Use(Access.READS, "key"), node.at("fields/name"))))


def read_web_link(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One button or link: merge fields of its address or script, and the page or flow that it opens."""
    author = child_author("web_link", object_name, node, file)
    texts = (*node.all("url"), *node.all("javascript"), *node.all("functionality"))
    mentions = tuple(item for text in texts for item in _link_mentions(author, text))
    found = [hit for text in texts for hit in merge_fields(text.text).literals]
    details = {
        "type": node.value("linkType"),
        "display": node.value("displayType"),
        "hard_coded_ids": ids_in(found),
    }
    parsed = _child(author, node, file, mentions, details)
    return Parsed(
        components=parsed.components,
        calls=tuple(_link_calls(author, node, file)),
        mentions=mentions,
        channels=parsed.channels,
    )


def read_action_override(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One action of an object that opens a page or component instead of the standard one."""
    content = node.value("content")
    kind = OVERRIDE_KINDS.get((node.value("type") or "").lower())
    if kind is None or content is None:
        return Parsed(channels=("action_override",))
    parts = (object_name, node.value("actionName"), node.value("formFactor"))
    author = Author("action_override", ".".join(part for part in parts if part), object_name)
    parsed = _child(author, node, file, ())
    call = Call(
        author.kind, author.name, kind, without_placeholders(content), Certainty.CERTAIN, file.path, node.line
    )
    return Parsed(components=parsed.components, calls=(call,), channels=parsed.channels)


OVERRIDE_KINDS = {
    "flexipage": "flexipage",
    "visualforce": "visualforce_page",
    "lightningcomponent": "aura",
    "lwc": "lwc",
}
"""What an overridden action opens, by the `type` of the override in lower case."""

_SHOWN_COLUMN = Use(Access.SHOWS, "column", Grammar.LIST)
_LIST_FILTER = Use(Access.READS, "filter", Grammar.LIST)
_SHOWN_FIELD = Use(Access.SHOWS, "field")
_URL = Use(Access.READS, "url", Grammar.QUALIFIED)
_PLAIN = Use(Access.READS, "text")
_PAGE = re.compile(r"/apex/(?:\w+__)?(\w+)", re.IGNORECASE)
_FLOW = re.compile(r"/flow/(?:\w+/)?(\w+)", re.IGNORECASE)
_MERGE = re.compile(r"\{!.*?\}", re.DOTALL)


def _link_mentions(author: Author, text: Node) -> Iterator[Mention]:
    """Merge fields for certain; custom names in the rest of an address or script may be fields."""
    yield from merged(author, _URL, text.text, text.line)
    for name in custom_names(_MERGE.sub(" ", text.text)):
        yield guessed(author.on(None), _PLAIN, name, text.line)


def _link_calls(author: Author, node: Node, file: MetadataFile) -> Iterator[Call]:
    for tag, kind in (("page", "visualforce_page"), ("flow", "flow")):
        for item in node.all(tag):
            if item.text:
                name = without_placeholders(item.text)
                yield Call(author.kind, author.name, kind, name, Certainty.CERTAIN, file.path, item.line)
    for item in node.all("url"):
        plain = without_placeholders(_MERGE.sub("", item.text))
        for pattern, kind in ((_PAGE, "visualforce_page"), (_FLOW, "flow")):
            for match in pattern.finditer(plain):
                yield Call(author.kind, author.name, kind, match[1], Certainty.CERTAIN, file.path, item.line)


def _child(
    author: Author,
    node: Node,
    file: MetadataFile,
    mentions: tuple[Mention, ...],
    details: dict[str, str | None] | None = None,
) -> Parsed:
    component = Component(
        author.kind,
        author.name,
        file.path,
        node.line,
        label=node.value("label") or node.value("masterLabel"),
        object=author.object,
        attributes=attributes(details or {}),
    )
    return Parsed(components=(component,), mentions=mentions, channels=(author.kind,))
