"""Quick actions. Source: Metadata API, QuickAction."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.languages.formula import parse_formula
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    formula_fields,
    mention,
    named,
)
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "quick_action"


def read_quick_action(file: MetadataFile, root: Node) -> Parsed:
    """One action, of an object (`Account.Approve`) or global: what it shows, fills in and starts."""
    own = file.name.rpartition(".")[0] or file.object
    target = root.value("targetObject") or own
    author = Author(KIND, file.name, target)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        object=own,
        trigger=Trigger.SCREEN,
        effects=_effects(root, target),
        attributes=attributes({"type": root.value("type"), "target_object": root.value("targetObject")}),
    )
    return Parsed(
        components=(component,),
        mentions=tuple(_mentions(author, author.on(own), root)),
        calls=tuple(_calls(file, root)),
        channels=(KIND,),
    )


_TARGET = Use(Access.SHOWS, "target_object")
_PARENT = Use(Access.WRITES, "parent_field")
_OVERRIDE = Use(Access.WRITES, "predefined_value")
_FORMULA = Use(Access.READS, "predefined_value")
_ITEMS = "quickActionLayout/quickActionLayoutColumns/quickActionLayoutItems"
_BEHAVIOUR = {"Readonly": "readonly", "Required": "required"}
_CALLEES = (
    ("flowDefinition", "flow"),
    ("lightningWebComponent", "lwc"),
    ("lightningComponent", "aura"),
    ("page", "visualforce_page"),
    ("quickActionSendEmailOptions/defaultEmailTemplateName", "email_template"),
)


def _effects(root: Node, target: str | None) -> tuple[EffectOn, ...]:
    kind = root.value("type")
    if kind in ("Create", "LogACall"):
        return (EffectOn(Effect.CREATES, target),)
    if kind in ("SendEmail", "Post", "SocialPost"):
        return (EffectOn(Effect.MESSAGE),)
    return (EffectOn(Effect.SCREEN),)


def _mentions(author: Author, source: Author, root: Node) -> Iterator[Mention]:
    for node in root.all("targetObject"):
        if node.text:
            yield mention(author, _TARGET, "", node.line)
    yield from named(author, _PARENT, root.all("targetParentField"))
    for item in root.at(_ITEMS):
        part = _BEHAVIOUR.get(item.value("uiBehavior") or "", "field")
        yield from named(author, Use(Access.SHOWS, part), item.all("field"))
        if part == "required":
            yield from named(author, Use(Access.REQUIRES, part), item.all("field"))
    for item in root.all("fieldOverrides"):
        yield from named(author, _OVERRIDE, item.all("field"))
        for node in item.all("formula"):
            yield from _override_formula(source, node)


def _override_formula(source: Author, node: Node) -> Iterator[Mention]:
    """A predefined value is computed on the record that the action stands on, not on its target."""
    yield from formula_fields(source, _FORMULA, parse_formula(node.text), node.line)


def _calls(file: MetadataFile, root: Node) -> Iterator[Call]:
    for place, kind in _CALLEES:
        for node in root.at(place):
            if node.text:
                name = node.text.rpartition(":")[2]
                yield Call(KIND, file.name, kind, name, Certainty.CERTAIN, file.path, node.line)
