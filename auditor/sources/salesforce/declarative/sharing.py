"""Sharing rules and restriction rules. Source: Metadata API, SharingRules and RestrictionRule.

Rules of an object stand in one file (`Account.sharingRules`), or each in a file of its own; before API 33 the
type of the file was that of the object (`Account.accountSharingRules`) and the rules had other names.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.languages.formula import parse_formula
from auditor.model.components import Component, Effect, EffectOn
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    criteria,
    formula_fields,
    merged,
)
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "sharing_rule"
RESTRICTION = "restriction_rule"


def read_sharing_rules(file: MetadataFile, root: Node) -> Parsed:
    """All sharing rules of one object."""
    object_name = file.name.partition(".")[0]
    rules = [rule for rule in root.children if rule.tag in _RULES]
    return _parsed(object_name, rules, file)


def read_sharing_rule(file: MetadataFile, root: Node) -> Parsed:
    """One sharing rule in a file of its own."""
    object_name = file.object or _folder_object(file.path)
    return _parsed(object_name, [root], file)


def read_restriction_rule(file: MetadataFile, root: Node) -> Parsed:
    """One restriction or scoping rule: whom it binds, and which rows they are left with."""
    author = Author(RESTRICTION, file.name, root.value("targetEntity"))
    component = Component(
        RESTRICTION,
        file.name,
        file.path,
        root.line,
        label=root.value("masterLabel"),
        object=author.object,
        active=root.flag("active"),
        effects=(EffectOn(Effect.GRANTS_ACCESS, author.object),),
        attributes=attributes({"enforcement": root.value("enforcementType")}),
    )
    mentions = tuple(
        item
        for tag, part in (("recordFilter", "filter"), ("userCriteria", "user_criteria"))
        for node in root.all(tag)
        for item in formula_fields(author, Use(Access.READS, part), parse_formula(node.text), node.line)
    )
    return Parsed(components=(component,), mentions=mentions, channels=(RESTRICTION,))


_RULES = {
    "sharingCriteriaRules": "criteria",
    "sharingOwnerRules": "owner",
    "sharingGuestRules": "guest",
    "sharingTerritoryRules": "territory",
    "criteriaBasedRules": "criteria",
    "ownerRules": "owner",
    "SharingCriteriaRule": "criteria",
    "SharingOwnerRule": "owner",
    "SharingGuestRule": "guest",
    "SharingTerritoryRule": "territory",
}
_CRITERION = Use(Access.READS, "criteria")


def _parsed(object_name: str, rules: list[Node], file: MetadataFile) -> Parsed:
    authors = [
        Author(KIND, f"{object_name}.{rule.value('fullName') or _last(file.name)}", object_name) for rule in rules
    ]
    pairs = list(zip(authors, rules, strict=True))
    return Parsed(
        components=tuple(_component(author, rule, file) for author, rule in pairs),
        mentions=tuple(item for author, rule in pairs for item in _mentions(author, rule)),
        channels=(KIND,),
    )


def _component(author: Author, rule: Node, file: MetadataFile) -> Component:
    return Component(
        KIND,
        author.name,
        file.path,
        rule.line,
        label=rule.value("label") or rule.value("name"),
        object=author.object,
        effects=(EffectOn(Effect.GRANTS_ACCESS, author.object),),
        attributes=attributes({"rule": _RULES.get(rule.tag), "access": rule.value("accessLevel")}),
    )


def _mentions(author: Author, rule: Node) -> Iterator[Mention]:
    yield from criteria(author, _CRITERION, rule.all("criteriaItems"))
    for item in rule.all("criteriaItems"):
        for value in item.all("value"):
            yield from merged(author, _CRITERION, value.text, value.line)


def _folder_object(path: str) -> str:
    """`sharingRules/Account/sharingCriteriaRules/X.…`: the folder after `sharingRules`."""
    parts = path.split("/")
    return parts[parts.index("sharingRules") + 1] if "sharingRules" in parts[:-2] else ""


def _last(name: str) -> str:
    return name.rpartition(".")[2]
