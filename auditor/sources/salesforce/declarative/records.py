"""Records of custom metadata types. Source: Metadata API, CustomMetadata.

A value is data of the type's own field. Many types configure automation, and then a value *names* a field of
the CRM: that is a possible read of it, which no platform tool knows of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats.xml import Node
from auditor.model.catalogue import Component
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.declarative.loose import custom_names, guessed
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
_STANDARD = re.compile(r"[A-Z][A-Za-z0-9]+\.[A-Z][A-Za-z0-9.]+")
_OBJECT = re.compile(r"(?:%%%\w+?%%%|___NAMESPACE___)?[A-Za-z]\w*")


def _named_in_values(author: Author, values: list[Node]) -> Iterator[Mention]:
    objects = [node.text for item in values for node in item.all("value") if _is_object(item, node)]
    spoken = author.on(objects[0] if len(objects) == 1 else None)
    for node in (node for item in values for node in item.all("value")):
        yield from (guessed(spoken, _VALUE, name, node.line) for name in custom_names(node.text))
        if _STANDARD.fullmatch(node.text):
            yield mention(author.on(None), replace(_VALUE, grammar=Grammar.QUALIFIED), node.text, node.line)


def _is_object(item: Node, node: Node) -> bool:
    """A value whose own field is about an object (`Object__c`, `SObject__c`) tells whose the other fields are."""
    field = (item.value("field") or "").lower()
    return "object" in field and _OBJECT.fullmatch(node.text) is not None and node.text not in ("true", "false")
