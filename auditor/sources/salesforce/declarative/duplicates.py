"""Matching rules and duplicate rules. Source: Metadata API, MatchingRules and DuplicateRule."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, named
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

MATCHING = "matching_rule"
DUPLICATE = "duplicate_rule"


def read_matching_rules(file: MetadataFile, root: Node) -> Parsed:
    """All matching rules of one object, in one file, or one rule in a file of its own (`Account.My_Rule`)."""
    object_name = file.object or file.name.partition(".")[0]
    rules = list(root.all("matchingRules")) or ([root] if root.find("matchingRuleItems") else [])
    components: list[Component] = []
    mentions: list[Mention] = []
    for rule in rules:
        local = rule.value("fullName") or file.name.partition(".")[2] or file.name
        author = Author(MATCHING, f"{object_name}.{local}", object_name)
        components.append(_matching_rule(author, rule, file))
        mentions.extend(named(author, _MATCHED, rule.at("matchingRuleItems/fieldName")))
    return Parsed(components=tuple(components), mentions=tuple(mentions), channels=(MATCHING,))


def read_duplicate_rule(file: MetadataFile, root: Node) -> Parsed:
    """One duplicate rule: its filter, the matching rules that it applies, and fields mapped between objects."""
    object_name = file.object or file.name.partition(".")[0]
    author = Author(DUPLICATE, file.name, object_name)
    blocks = "Block" in (root.value("actionOnInsert"), root.value("actionOnUpdate"))
    effect = Effect.BLOCKS_SAVE if blocks else Effect.SCREEN
    component = Component(
        DUPLICATE,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        object=object_name,
        active=root.flag("isActive"),
        trigger=Trigger.RECORD,
        effects=(EffectOn(effect, object_name),),
        attributes=attributes(
            {"on_insert": root.value("actionOnInsert"), "on_update": root.value("actionOnUpdate")}
        ),
    )
    return Parsed(
        components=(component,),
        mentions=(*_filters(author, root), *_mappings(author, root)),
        calls=tuple(_matching_calls(author, root, file)),
        channels=(DUPLICATE,),
    )


_MATCHED = Use(Access.READS, "match")
_FILTER = Use(Access.READS, "filter")
_MAPPED = Use(Access.READS, "mapping")


def _matching_rule(author: Author, rule: Node, file: MetadataFile) -> Component:
    status = rule.value("ruleStatus")
    return Component(
        MATCHING,
        author.name,
        file.path,
        rule.line,
        label=rule.value("label"),
        object=author.object,
        active=None if status is None else status == "Active",
    )


def _filters(author: Author, root: Node) -> Iterator[Mention]:
    """Filter items name their table; it may be another one than the rule's (`User`)."""
    for item in root.at("duplicateRuleFilter/duplicateRuleFilterItems"):
        table = (item.value("table") or author.object or "").removeprefix("$")
        yield from named(author.on(table), _FILTER, item.all("field"))


def _mappings(author: Author, root: Node) -> Iterator[Mention]:
    for mapping in root.at("duplicateRuleMatchRules/objectMapping"):
        for side in ("input", "output"):
            own = author.on(mapping.value(f"{side}Object") or author.object)
            yield from named(own, _MAPPED, mapping.at(f"mappingFields/{side}Field"))


def _matching_calls(author: Author, root: Node, file: MetadataFile) -> Iterator[Call]:
    for rule in root.all("duplicateRuleMatchRules"):
        matched = rule.value("matchRuleSObjectType") or author.object
        for node in rule.all("matchingRule"):
            name = f"{matched}.{node.text}"
            yield Call(DUPLICATE, author.name, MATCHING, name, Certainty.CERTAIN, file.path, node.line)
