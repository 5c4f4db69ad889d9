"""Lightning pages. Source: Metadata API, FlexiPage; properties of standard components as pages write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.loose import custom_names, guessed
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    mention,
    merged,
)
from auditor.sources.salesforce.declarative.page_lists import LIST_PROPERTIES, child_list, values_of
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

KIND = "flexipage"


def read_flexipage(file: MetadataFile, root: Node) -> Parsed:
    """One Lightning page: the fields on it, what decides whether they are seen, and what it contains."""
    author = Author(KIND, file.name, root.value("sobjectType"))
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        object=author.object,
        attributes=attributes({"type": root.value("type"), "template": _template(root)}),
    )
    mentions = [mention(author, _OBJECT, "", node.line) for node in root.all("sobjectType") if node.text]
    calls: list[Call] = []
    for node in root.walk():
        if node.tag == "fieldInstance":
            mentions.extend(_field(author, node))
        elif node.tag == "visibilityRule":
            mentions.extend(_visibility(author, node))
        elif node.tag in _WITH_PROPERTIES:
            mentions.extend(_properties(author, node))
            calls.extend(_calls(author, node, file.path))
    return Parsed(components=(component,), mentions=tuple(mentions), calls=tuple(calls), channels=(KIND,))


_WITH_PROPERTIES = frozenset({"componentInstance", "componentInstances", "template"})
_OBJECT = Use(Access.SHOWS, "object")
_FIELD = Use(Access.SHOWS, "field")
_VISIBLE = Use(Access.READS, "visibility")
_PARENT = Use(Access.READS, "related_list_parent", Grammar.QUALIFIED)
_PROPERTY = Use(Access.READS, "property")
# Properties that name quick actions and the like, which look like fields.
_NAMES_OTHERS = frozenset(
    {"actionNames", "updateQuickActionName", "createQuickActionName", "flowName", "flowApiName"}
)


def _template(root: Node) -> str | None:
    return next((node.text for node in root.at("template/name")), None)


def _field(author: Author, node: Node) -> Iterator[Mention]:
    behaviour = next(
        (
            item.value("value")
            for item in node.all("fieldInstanceProperties")
            if item.value("name") == "uiBehavior"
        ),
        None,
    )
    part = behaviour if behaviour in ("required", "readonly") else "field"
    for item in node.all("fieldItem"):
        path = item.text.partition(".")[2] or item.text
        yield mention(author, replace(_FIELD, part=part), path, item.line)
        if behaviour == "required":
            yield mention(author, Use(Access.REQUIRES, part), path, item.line)


def _visibility(author: Author, rule: Node) -> Iterator[Mention]:
    for item in rule.all("criteria"):
        for side in (*item.all("leftValue"), *item.all("rightValue")):
            yield from _record_merges(author, _VISIBLE, side)


def _record_merges(author: Author, use: Use, node: Node) -> Iterator[Mention]:
    """`{!Record.Field}` is a path on the page's object; `{!$User.Field}` was resolved already."""
    for item in merged(author, use, node.text, node.line):
        head, _, rest = item.path.partition(".")
        own = item.grammar is Grammar.QUALIFIED and head.lower() == "record"
        yield replace(item, path=rest, grammar=Grammar.PATH) if own else item


def _properties(author: Author, node: Node) -> Iterator[Mention]:
    related = next((value.text for _, value in values_of(node, "relatedListApiName")), None)
    if related is not None:
        yield from child_list(author, node, related)
    for key, value in values_of(node):
        if "{!" in value.text:
            yield from _record_merges(author, _PROPERTY, value)
        elif key == "parentFieldApiName" and "." in value.text:
            yield mention(author, _PARENT, value.text, value.line)
        elif key not in _NAMES_OTHERS and (key not in LIST_PROPERTIES or related is None):
            yield from (guessed(author, _PROPERTY, name, value.line) for name in custom_names(value.text))


def _calls(author: Author, node: Node, path: str) -> Iterator[Call]:
    name = node.value("componentName") or ""
    for kind, callee, line in (*_custom_component(name, node), *_named_in_properties(name, node)):
        yield Call(KIND, author.name, kind, callee, Certainty.CERTAIN, path, line)


def _custom_component(name: str, node: Node) -> Iterator[tuple[str, str, int]]:
    """A component of the organisation itself; the page does not say of which of the two frameworks."""
    namespace, colon, local = name.rpartition(":")
    if name and (not colon or namespace == "c"):
        yield "lwc", local, node.line
        yield "aura", local, node.line


def _named_in_properties(component: str, node: Node) -> Iterator[tuple[str, str, int]]:
    for key, value in values_of(node):
        callee = _CALLEES.get((component, key)) or _CALLEES.get(("", key))
        if callee is None or "{!" in value.text:
            continue
        kind, name_of = callee
        name = name_of(value.text)
        if name:
            yield kind, name, value.line
    entity = next((value.text for _, value in values_of(node, "entityName")), "")
    for _, value in values_of(node, "filterName"):
        if entity and component == "flexipage:filterListCard":
            yield "list_view", f"{entity}.{value.text}", value.line


def _same(text: str) -> str:
    return text


def _action(text: str) -> str:
    """A quick action of the page's highlights panel; standard buttons (`Edit`) have no dot and are none."""
    return text if re.fullmatch(r"[\w%]+\.\w+", text) else ""


_CALLEES: dict[tuple[str, str], tuple[str, Callable[[str], str]]] = {
    ("", "flowName"): ("flow", _same),
    ("", "flowApiName"): ("flow", _same),
    ("flexipage:visualforcePage", "pageName"): ("visualforce_page", _same),
    ("flexipage:reportChart", "reportName"): ("report", _same),
    ("desktopDashboards:embeddedDashboard", "dashboardName"): ("dashboard", _same),
    ("", "actionNames"): ("quick_action", _action),
    ("", "updateQuickActionName"): ("quick_action", _action),
    ("", "createQuickActionName"): ("quick_action", _action),
}
