"""Applications and tabs: which pages are put in front of whom.

Source: Metadata API, CustomApplication and CustomTab.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom, without_placeholders
from auditor.languages.standard import standard_object
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.declarative.object_children import OVERRIDE_KINDS
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

APPLICATION = "application"
TAB = "tab"


def read_application(file: MetadataFile, root: Node) -> Parsed:
    """One application: the objects on its tabs (a weak mention), and the record pages it assigns."""
    if root.tag != "CustomApplication":
        return Parsed()
    component = Component(
        APPLICATION,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        attributes=attributes({"type": root.value("uiType"), "navigation": root.value("navType")}),
    )
    return Parsed(
        components=(component,),
        mentions=tuple(_tabs(Author(APPLICATION, file.name), root)),
        calls=tuple(dict.fromkeys(_calls(file, root))),
        channels=(APPLICATION,),
    )


def read_tab(file: MetadataFile, root: Node) -> Parsed:
    """One tab: of an object of the same name, or of a page."""
    author = Author(TAB, file.name)
    component = Component(TAB, file.name, file.path, root.line, label=root.value("label"))
    of_object = root.flag("customObject") or False
    mentions = (mention(author.on(file.name), _LISTED, "", root.line),) if of_object else ()
    calls = tuple(
        Call(TAB, file.name, kind, without_placeholders(node.text), Certainty.CERTAIN, file.path, node.line)
        for tag, kind in _TAB_PAGES
        for node in root.all(tag)
        if node.text
    )
    return Parsed(components=(component,), mentions=mentions, calls=calls, channels=(TAB,))


_LISTED = Use(Access.LISTS, "tab")
_TAB_PAGES = (
    ("page", "visualforce_page"),
    ("flexiPage", "flexipage"),
    ("lwcComponent", "lwc"),
    ("auraComponent", "aura"),
)


def _tabs(author: Author, root: Node) -> Iterator[Mention]:
    for tag in ("tab", "tabs"):
        for node in root.all(tag):
            name = node.text.removeprefix("standard-")
            # Most standard tabs (`standard-home`, `standard-Feed`) are pages and stand for no object.
            known = is_custom(name) if name == node.text else standard_object(name) is not None
            if known:
                yield mention(author.on(name), _LISTED, "", node.line)
    for item in root.at("workspaceConfig/mappings"):
        tab = (item.value("tab") or "").removeprefix("standard-")
        for node in item.all("fieldName"):
            if node.text:
                yield mention(author.on(tab), Use(Access.READS, "workspace"), node.text, node.line)


def _calls(file: MetadataFile, root: Node) -> Iterator[Call]:
    for item in (*root.all("actionOverrides"), *root.all("profileActionOverrides")):
        kind = OVERRIDE_KINDS.get((item.value("type") or "").lower())
        content = item.value("content")
        if kind and content:
            name = without_placeholders(content)
            yield Call(APPLICATION, file.name, kind, name, Certainty.CERTAIN, file.path, item.line)
    for node in root.all("utilityBar"):
        if node.text:
            name = without_placeholders(node.text)
            yield Call(APPLICATION, file.name, "flexipage", name, Certainty.CERTAIN, file.path, node.line)
