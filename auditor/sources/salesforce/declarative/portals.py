"""What sites for customers and partners decide by fields: sharing sets, audiences, moderation.

Source: Metadata API, SharingSet, Audience, ModerationRule.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention, named
from auditor.sources.salesforce.declarative.sharing import read_restriction_rule
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

SHARING_SET = "sharing_set"
AUDIENCE = "audience"
MODERATION = "moderation_rule"


def read_sharing_set(file: MetadataFile, root: Node) -> Parsed:
    """One sharing set: the lookup of a record that must lead to the same one as that of the user."""
    author = Author(SHARING_SET, file.name)
    mappings = list(root.all("accessMappings"))
    objects = dict.fromkeys(item.value("object") for item in mappings)
    component = Component(
        SHARING_SET,
        file.name,
        file.path,
        root.line,
        label=root.value("name"),
        effects=tuple(EffectOn(Effect.GRANTS_ACCESS, name) for name in objects if name),
    )
    mentions = [
        item
        for mapping in mappings
        for item in (
            *named(author.on(mapping.value("object")), _KEY, mapping.all("objectField")),
            *named(author.on("User"), _KEY, mapping.all("userField")),
        )
    ]
    return Parsed(components=(component,), mentions=tuple(mentions), channels=(SHARING_SET,))


def read_audience(file: MetadataFile, root: Node) -> Parsed:
    """One audience: the fields of the visitor or the record that decide what is shown."""
    author = Author(AUDIENCE, file.name)
    component = Component(AUDIENCE, file.name, file.path, root.line, label=root.value("audienceName"))
    mentions = [
        item
        for value in root.at("criteria/criterion/criterionValue")
        for item in named(author.on(value.value("entityType")), _CRITERION, value.all("entityField"))
    ]
    return Parsed(components=(component,), mentions=tuple(mentions), channels=(AUDIENCE,))


def read_rule(file: MetadataFile, root: Node) -> Parsed:
    """A rule that restricts access or one that moderates posts: two types share the suffix."""
    return read_restriction_rule(file, root) if root.tag == "RestrictionRule" else read_moderation_rule(file, root)


def read_moderation_rule(file: MetadataFile, root: Node) -> Parsed:
    """One moderation rule: the fields whose text it searches before a post is saved."""
    author = Author(MODERATION, file.name)
    blocks = root.value("action") == "Block"
    component = Component(
        MODERATION,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        active=root.flag("active"),
        effects=(EffectOn(Effect.BLOCKS_SAVE if blocks else Effect.MESSAGE),),
    )
    return Parsed(components=(component,), mentions=tuple(_searched(author, root)), channels=(MODERATION,))


_KEY = Use(Access.READS, "key")
_CRITERION = Use(Access.READS, "criteria")
_SEARCHED = Use(Access.READS, "searched")


def _searched(author: Author, root: Node) -> Iterator[Mention]:
    for item in root.all("entitiesAndFields"):
        owner = author.on(item.value("entityName"))
        fields = [node for node in item.all("fieldName") if node.text]
        yield from named(owner, _SEARCHED, fields)
        if not fields and owner.object:
            yield mention(owner, _SEARCHED, "", item.line)
