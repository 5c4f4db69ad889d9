"""Records of custom metadata types. Source: Metadata API, CustomMetadata.

A value is data of the type's own field. Many types configure automation, and then a value *names* a field of
the CRM: that is a possible read of it, which no platform tool knows of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom
from auditor.languages.standard import standard_field, standard_object
from auditor.model.components import Component
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.declarative.loose import custom_names
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention, named
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

KIND = "custom_metadata"


def read_custom_metadata(file: MetadataFile, root: Node) -> Parsed:
    """One record (`Type.Record`): writes the fields of its type, possibly reads what its values name."""
    type_name = f"{file.name.partition('.')[0]}__mdt"
    author = Author(KIND, file.name, type_name)
    component = Component(KIND, file.name, file.path, root.line, label=root.value("label"), object=type_name)
    values = list(root.all("values"))
    mentions = (
        *named(author, Use(Access.WRITES, "field"), (node for item in values for node in item.all("field"))),
        *_named_in_values(author, values),
    )
    return Parsed(components=(component,), mentions=tuple(dict.fromkeys(mentions)), channels=(KIND,))


_VALUE = Use(Access.READS, "value", Grammar.WORD, Certainty.POSSIBLE)
_STANDARD = re.compile(r"[A-Z][A-Za-z0-9]+\.[A-Z][A-Za-z0-9]+")
_NAMES = re.compile(r"[A-Z][A-Za-z0-9]*(?:\s*[,;]\s*[A-Z][A-Za-z0-9]*)*")


def _named_in_values(author: Author, values: list[Node]) -> Iterator[Mention]:
    objects = [node.text for item in values for node in item.all("value") if _is_object(item, node)]
    spoken = author.on(objects[0] if len(set(objects)) == 1 else None)
    for item in values:
        for node in item.all("value"):
            yield from (mention(spoken, _VALUE, name, node.line) for name in custom_names(node.text))
            yield from _standard_fields(spoken, item, node)


def _standard_fields(spoken: Author, item: Node, node: Node) -> Iterator[Mention]:
    """`Account.Industry` wherever it stands; `Status, Origin` where the value's own field is about fields."""
    head, _, field = node.text.partition(".")
    if _STANDARD.fullmatch(node.text) and standard_field(head, field) is not None:
        yield mention(spoken.on(None), replace(_VALUE, grammar=Grammar.QUALIFIED), node.text, node.line)
    about_fields = "field" in (item.value("field") or "").lower()
    if spoken.object is None or not about_fields or not _NAMES.fullmatch(node.text):
        return
    for name in re.split(r"\s*[,;]\s*", node.text):
        if standard_field(spoken.object, name) is not None:
            yield mention(spoken, replace(_VALUE, grammar=Grammar.PATH), name, node.line)


def _is_object(item: Node, node: Node) -> bool:
    """Whether a value is an object and its own field about one (`Object__c`): the others are of that object."""
    field = (item.value("field") or "").lower()
    if "object" not in field or "field" in field:
        return False
    return "." not in node.text and (is_custom(node.text) or standard_object(node.text) is not None)
