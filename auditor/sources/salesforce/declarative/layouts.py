"""Page layouts. Source: Metadata API, Layout."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, named
from auditor.sources.salesforce.declarative.related_lists import RELATED_LIST, child_of, related_list_mentions
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "layout"


def read_layout(file: MetadataFile, root: Node) -> Parsed:
    """One layout: what it shows, demands and offers."""
    object_name = layout_object(file.name)
    author = Author(KIND, file.name, object_name)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=file.name.partition("-")[2],
        object=object_name,
        attributes=_counts(root),
    )
    mentions = (
        *_items(author, root),
        *_other_fields(author, root),
        *_related_lists(author, root),
        *_console(author, root),
    )
    calls = tuple(_calls(author, root, file.path))
    return Parsed(components=(component,), mentions=mentions, calls=calls, channels=(KIND,))


def layout_object(name: str) -> str:
    """The object of a layout: what stands before the first `-`, seen through the names of special layouts."""
    before = name.partition("-")[0]
    return _SPECIAL.get(before, before)


_SPECIAL = {
    "CaseClose": "Case",
    "CaseInteraction": "Case",
    "PersonAccount": "Account",
    "UserAlt": "User",
    "LeadConvert": "Lead",
}
_ITEMS = (
    "layoutSections/layoutColumns/layoutItems",
    "relatedContent/relatedContentItems/layoutItem",
    "summaryLayout/summaryLayoutItems",
)
_BEHAVIOUR = {"Readonly": "readonly", "Required": "required", "Edit": "edit"}
_OTHER = (
    ("miniLayout/fields", Use(Access.SHOWS, "mini_layout")),
    ("multilineLayoutFields", Use(Access.SHOWS, "multiline")),
    ("relatedObjects", Use(Access.SHOWS, "related_object")),
)


def _counts(root: Node) -> tuple[tuple[str, str], ...]:
    """How long the page is: fields, those that must be filled in, and related lists."""
    items = [item for item in root.at(_ITEMS[0]) if item.value("field")]
    required = sum(1 for item in items if item.value("behavior") == "Required")
    lists = sum(1 for _ in root.all("relatedLists"))
    return attributes({"fields": str(len(items)), "required": str(required), "related_lists": str(lists)})


def _items(author: Author, root: Node) -> Iterator[Mention]:
    for item in (item for path in _ITEMS for item in root.at(path)):
        behaviour = item.value("behavior") or ""
        part = _BEHAVIOUR.get(behaviour, "field")
        yield from named(author, Use(Access.SHOWS, part), item.all("field"))
        if behaviour == "Required":
            yield from named(author, Use(Access.REQUIRES, part), item.all("field"))


def _other_fields(author: Author, root: Node) -> Iterator[Mention]:
    for path, use in _OTHER:
        yield from named(author, use, root.at(path))


def _lists(root: Node) -> Iterator[Node]:
    yield from root.all("relatedLists")
    yield from root.at("miniLayout/relatedLists")


def _console(author: Author, root: Node) -> Iterator[Mention]:
    """Components beside a record in the console: related lists, and records behind a lookup."""
    for node in (node for item in root.all("customConsoleComponents") for node in item.walk()):
        if node.tag == "relatedLists":
            yield from named(author, RELATED_LIST, node.all("name"))
        elif node.tag == "sidebarComponents":
            yield from named(author, Use(Access.SHOWS, "console_lookup"), node.all("lookup"))


def _related_lists(author: Author, root: Node) -> Iterator[Mention]:
    for item in _lists(root):
        yield from related_list_mentions(author, item)


def _calls(author: Author, root: Node, path: str) -> Iterator[Call]:
    for kind, name, node in _callees(author, root):
        if name:
            yield Call(author.kind, author.name, kind, name, Certainty.CERTAIN, path, node.line)


def _callees(author: Author, root: Node) -> Iterator[tuple[str, str, Node]]:
    for node in root.at("quickActionList/quickActionListItems/quickActionName"):
        yield "quick_action", node.text, node
    for node in root.all("customButtons"):
        yield "web_link", f"{author.object}.{node.text}", node
    for item in root.at("platformActionList/platformActionListItems"):
        yield from _platform_action(author, item)
    for item in _lists(root):
        child = child_of(author.object, item.value("relatedList") or "")
        yield from (("web_link", f"{child}.{node.text}", node) for node in item.all("customButtons") if child)
        yield from (("quick_action", node.text, node) for node in item.at("quickActions/quickActionName"))
    for item in (item for place in _ITEMS for item in root.at(place)):
        yield from _item_callees(author, item)


def _platform_action(author: Author, item: Node) -> Iterator[tuple[str, str, Node]]:
    name, kind = item.value("actionName") or "", item.value("actionType")
    if kind == "QuickAction":
        yield "quick_action", name, item
    elif kind == "CustomButton":
        yield "web_link", name if "." in name else f"{author.object}.{name}", item


def _item_callees(author: Author, item: Node) -> Iterator[tuple[str, str, Node]]:
    yield from (("web_link", f"{author.object}.{node.text}", node) for node in item.all("customLink"))
    yield from (("visualforce_page", node.text, node) for node in item.all("page"))
    yield from (("report", node.text, node) for node in item.at("reportChartComponent/reportName"))
    for node in item.all("component"):
        if ":" not in node.text or node.text.startswith("c:"):
            yield "lwc", node.text.removeprefix("c:"), node
            yield "aura", node.text.removeprefix("c:"), node
