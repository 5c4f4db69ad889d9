"""Paths, the steps that people follow through a picklist, and what is played on the way.

Source: Metadata API, PathAssistant and AnimationRule.
"""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, named
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

KIND = "path_assistant"
ANIMATION = "animation_rule"


def read_path_assistant(file: MetadataFile, root: Node) -> Parsed:
    """One path: reads the picklist that it follows, shows the key fields of each step."""
    author = Author(KIND, file.name, root.value("entityName"))
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        object=author.object,
        active=root.flag("active"),
        attributes=attributes({"record_type": root.value("recordTypeName")}),
    )
    mentions = (
        *named(author, Use(Access.READS, "stage"), root.all("fieldName")),
        *named(author, Use(Access.SHOWS, "step"), root.at("pathAssistantSteps/fieldNames")),
    )
    return Parsed(components=(component,), mentions=mentions, channels=(KIND,))


def read_animation_rule(file: MetadataFile, root: Node) -> Parsed:
    """One celebration: plays when a picklist of a record takes a value. Source: Metadata API, AnimationRule."""
    author = Author(ANIMATION, file.name, root.value("sobjectType"))
    component = Component(
        ANIMATION,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        object=author.object,
        active=root.flag("isActive"),
    )
    mentions = named(author, Use(Access.READS, "stage"), root.all("targetField"))
    return Parsed(components=(component,), mentions=tuple(mentions), channels=(ANIMATION,))
