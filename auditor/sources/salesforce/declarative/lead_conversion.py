"""Lead conversion: which field of a lead becomes which field elsewhere.

Source: Metadata API, LeadConvertSettings.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, named
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "lead_convert_settings"


def read_lead_convert_settings(file: MetadataFile, root: Node) -> Parsed:
    """Every mapped field: the lead's is read, the other's is written."""
    author = Author(KIND, file.name, "Lead")
    created = dict.fromkeys(item.value("outputObject") for item in root.all("objectMapping"))
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        object="Lead",
        trigger=Trigger.SCREEN,
        effects=tuple(EffectOn(Effect.CREATES, name) for name in created if name),
    )
    return Parsed(components=(component,), mentions=tuple(_mapped(author, root)), channels=(KIND,))


def _mapped(author: Author, root: Node) -> Iterator[Mention]:
    for mapping in root.all("objectMapping"):
        source = author.on(mapping.value("inputObject") or "Lead")
        target = author.on(mapping.value("outputObject"))
        pairs = [*mapping.all("mappingFields"), *mapping.all("fieldMapping")]
        for pair in pairs:
            yield from named(source, Use(Access.READS, "input"), pair.all("inputField"))
            yield from named(target, Use(Access.WRITES, "output"), pair.all("outputField"))
