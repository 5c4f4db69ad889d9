"""Translations: of an object with its fields, and of everything else. They are never evidence of use.

Source format keeps one file a field in a folder an object and language (`Account-de/F__c.fieldTranslation`),
the older format one file for all of it. Source: Metadata API, CustomObjectTranslation and Translations.
"""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention, named
from auditor.sources.salesforce.parsed import MetadataFile, Parsed, Reader

KIND = "translation"


def read_object_translation(file: MetadataFile, root: Node) -> Parsed:
    """One object in one language; `fields` stand within it in the older format only."""
    author = _author(file.name)
    component = Component(
        KIND,
        author.name,
        file.path,
        root.line,
        object=author.object,
        attributes=attributes({"language": author.name.rpartition("-")[2]}),
    )
    whole = [mention(author, Use(Access.TRANSLATES, "object"), "", root.line)] if author.object else []
    mentions = (*whole, *named(author, _FIELD, root.at("fields/name")))
    return Parsed(components=(component,), mentions=mentions, channels=(KIND,))


def read_field_translation(file: MetadataFile, root: Node) -> Parsed:
    """One field in one language; its component is the translation of the object, in the same folder."""
    author = _author(file.path.rpartition("/")[0].rpartition("/")[2])
    return Parsed(mentions=tuple(named(author, _FIELD, root.all("name"))), channels=(KIND,))


def read_translations(file: MetadataFile, root: Node) -> Parsed:
    """One language of labels, tabs, applications and the like: nothing in it names a field."""
    component = Component(KIND, file.name, file.path, root.line, attributes=attributes({"language": file.name}))
    author = Author(KIND, file.name)
    tabs = (node for node in root.at("customTabs/name") if node.text.endswith("__c"))
    mentions = tuple(mention(author.on(node.text), _TAB, "", node.line) for node in tabs)
    return Parsed(components=(component,), mentions=mentions, channels=(KIND,))


def value_set_translation(kind: str) -> Reader:
    """A reader of one shared value set in one language; it names values, no fields."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        return Parsed(components=(Component(kind, file.name, file.path, root.line),), channels=(kind,))

    return read


_FIELD = Use(Access.TRANSLATES, "field")
_TAB = Use(Access.TRANSLATES, "tab")


def _author(name: str) -> Author:
    return Author(KIND, name, name.rpartition("-")[0] or None)
