"""Rules that route records: assignment, escalation, automatic response, territory.

Source: Metadata API, AssignmentRules, EscalationRules, AutoResponseRules, Territory2Rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, criteria, formula
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed, Reader


@dataclass(frozen=True, slots=True)
class _Family:
    """One kind of rule: its tag within the file of an object, and what it does to a record."""

    kind: str
    tag: str
    effects: tuple[Effect, ...]


_ASSIGNMENT = _Family("assignment_rule", "assignmentRule", (Effect.ROUTES,))
_ESCALATION = _Family("escalation_rule", "escalationRule", (Effect.ROUTES, Effect.MESSAGE))
_RESPONSE = _Family("auto_response_rule", "autoResponseRule", (Effect.ROUTES, Effect.MESSAGE))
_CRITERIA = Use(Access.READS, "criteria")
_FORMULA = Use(Access.READS, "formula")
_TEMPLATES = (
    "template",
    "assignedToTemplate",
    "escalationAction/assignedToTemplate",
    "escalationAction/notifyToTemplate",
)


def _reader(family: _Family) -> Reader:
    def read(file: MetadataFile, root: Node) -> Parsed:
        object_name = file.object or file.name.partition(".")[0]
        inner = [node for node in root.children if node.tag.lower() == family.tag.lower()]
        rules = [
            (Author(family.kind, _name(object_name, rule, file), object_name), rule) for rule in inner or [root]
        ]
        return Parsed(
            components=tuple(_component(family, author, rule, file) for author, rule in rules if _is_rule(rule)),
            mentions=tuple(item for author, rule in rules for item in _mentions(author, rule)),
            calls=tuple(item for author, rule in rules for item in _calls(author, rule, file)),
            channels=(family.kind,),
        )

    return read


read_assignment_rules = _reader(_ASSIGNMENT)
read_escalation_rules = _reader(_ESCALATION)
read_auto_response_rules = _reader(_RESPONSE)


def read_territory_rule(file: MetadataFile, root: Node) -> Parsed:
    """One rule that assigns accounts or leads to territories."""
    object_name = root.value("objectType")
    author = Author("territory_rule", file.name, object_name)
    component = Component(
        author.kind,
        file.name,
        file.path,
        root.line,
        label=root.value("name"),
        object=object_name,
        active=root.flag("active"),
        effects=(EffectOn(Effect.ROUTES, object_name),),
    )
    mentions = tuple(criteria(author, _CRITERIA, root.all("ruleItems")))
    return Parsed(components=(component,), mentions=mentions, channels=(author.kind,))


def _is_rule(node: Node) -> bool:
    """An empty file of an object has a root without entries, which is no rule."""
    return node.find("ruleEntry") is not None or node.find("fullName") is not None


def _name(object_name: str, rule: Node, file: MetadataFile) -> str:
    return f"{object_name}.{rule.value('fullName') or file.name.partition('.')[2] or object_name}"


def _component(family: _Family, author: Author, rule: Node, file: MetadataFile) -> Component:
    return Component(
        family.kind,
        author.name,
        file.path,
        rule.line,
        label=rule.value("fullName"),
        object=author.object,
        active=rule.flag("active"),
        trigger=Trigger.RECORD,
        effects=tuple(EffectOn(effect, author.object) for effect in family.effects),
    )


def _mentions(author: Author, rule: Node) -> Iterator[Mention]:
    for entry in rule.all("ruleEntry"):
        yield from criteria(author, _CRITERIA, entry.all("criteriaItems"))
        for node in entry.all("formula"):
            yield from formula(author, _FORMULA, node)


def _calls(author: Author, rule: Node, file: MetadataFile) -> Iterator[Call]:
    for entry in rule.all("ruleEntry"):
        for node in (node for place in _TEMPLATES for node in entry.at(place)):
            if node.text:
                yield Call(
                    author.kind, author.name, "email_template", node.text, Certainty.CERTAIN, file.path, node.line
                )
