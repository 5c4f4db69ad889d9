"""Entitlement processes and their milestones. Source: Metadata API, EntitlementProcess."""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, criteria, criterion, formula
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

KIND = "entitlement_process"


def read_entitlement_process(file: MetadataFile, root: Node) -> Parsed:
    """One process: when it starts and ends, and when each milestone applies."""
    object_name = root.value("SObjectType") or "Case"
    author = Author(KIND, file.name, object_name)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("name"),
        object=object_name,
        active=root.flag("active"),
        trigger=Trigger.RECORD,
        effects=(EffectOn(Effect.ROUTES, object_name),),
    )
    mentions = [
        *(criterion(author, _ENTRY, node) for node in root.all("entryStartDateField") if node.text),
        *criteria(author, _EXIT, root.all("exitCriteriaFilterItems")),
        *criteria(author, _MILESTONE, root.at("milestones/milestoneCriteriaFilterItems")),
    ]
    for node in root.all("exitCriteriaFormula"):
        mentions.extend(formula(author, _EXIT, node))
    for node in root.at("milestones/milestoneCriteriaFormula"):
        mentions.extend(formula(author, _MILESTONE, node))
    return Parsed(components=(component,), mentions=tuple(mentions), channels=(KIND,))


_ENTRY = Use(Access.READS, "entry")
_EXIT = Use(Access.READS, "exit")
_MILESTONE = Use(Access.READS, "milestone")
