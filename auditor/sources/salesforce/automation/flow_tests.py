"""Tests of flows. They keep nothing alive, but a field that one names cannot be deleted before it.

Source: Metadata API, FlowTest.
"""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.loose import custom_names
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.parsed import Grammar, MetadataFile, Parsed

KIND = "flow_test"
_NAMED = Use(Access.LISTS, "test", Grammar.WORD, Certainty.POSSIBLE)


def read_flow_test(file: MetadataFile, root: Node) -> Parsed:
    """One test: the flow that it runs, and every custom name in its records and expectations."""
    author = Author(KIND, file.name)
    component = Component(
        KIND, file.name, file.path, root.line, label=root.value("label"), attributes=attributes({"test": "true"})
    )
    calls = tuple(
        Call(KIND, file.name, "flow", node.text, Certainty.CERTAIN, file.path, node.line)
        for node in root.all("flowApiName")
        if node.text
    )
    texts = ((node, name) for node in root.walk() if not node.children for name in custom_names(node.text))
    mentions = tuple(dict.fromkeys(mention(author, _NAMED, name, node.line) for node, name in texts))
    return Parsed(components=(component,), mentions=mentions, calls=calls, channels=(KIND,))
