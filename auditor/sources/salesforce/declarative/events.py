"""Change events and platform events that are sent out. Source: Metadata API, PlatformEventChannelMember."""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.languages.formula import parse_formula
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    formula_fields,
    mention,
    named,
)
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

KIND = "event_channel_member"


def read_channel_member(file: MetadataFile, root: Node) -> Parsed:
    """One entity whose changes are streamed to subscribers, with its filter and the fields added to each event."""
    entity = root.value("selectedEntity") or ""
    object_name = changed_object(entity)
    author = Author(KIND, file.name, object_name or None)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        object=author.object,
        trigger=Trigger.RECORD,
        effects=(EffectOn(Effect.PUBLISHES, author.object),),
        attributes=attributes({"channel": root.value("eventChannel")}),
    )
    point = IntegrationPoint(
        KIND, file.name, file.path, root.line, direction="out", objects=(object_name,) if object_name else ()
    )
    filters = (node for node in root.all("filterExpression"))
    mentions = [
        *(mention(author, Use(Access.READS, "entity"), "", node.line) for node in root.all("selectedEntity")),
        *named(author, Use(Access.READS, "enriched"), root.at("enrichedFields/name")),
        *(
            item
            for node in filters
            for item in formula_fields(author, Use(Access.READS, "filter"), parse_formula(node.text), node.line)
        ),
    ]
    return Parsed(components=(component,), mentions=tuple(mentions), integration_points=(point,), channels=(KIND,))


def changed_object(entity: str) -> str:
    """The object behind a change event: `Order__ChangeEvent` of `Order__c`, `AccountChangeEvent` of `Account`."""
    if entity.endswith("__ChangeEvent"):
        return f"{entity.removesuffix('__ChangeEvent')}__c"
    return entity.removesuffix("ChangeEvent")
