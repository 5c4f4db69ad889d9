"""Shared picklist values. Source: Metadata API, GlobalValueSet and StandardValueSet."""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.sources.salesforce.declarative.mentioning import attributes
from auditor.sources.salesforce.parsed import MetadataFile, Parsed, Reader


def value_set_reader(kind: str, tag: str) -> Reader:
    """A reader of one shared set of values: how many it has, and how many can still be chosen."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        values = list(root.all(tag))
        active = sum(1 for value in values if value.flag("isActive") is not False)
        component = Component(
            kind,
            file.name,
            file.path,
            root.line,
            label=root.value("masterLabel"),
            attributes=attributes({"values": str(len(values)), "active_values": str(active)}),
        )
        return Parsed(components=(component,), channels=(kind,))

    return read
