"""Lightning web components: their scripts, templates and descriptors.

Source: Lightning web components developer guide, `@salesforce` modules, `lightning/uiRecordApi`, configuration.
"""

from __future__ import annotations

import re

from auditor.formats.xml import Node
from auditor.model.components import Component, Trigger
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.bundles import Bundle, bundle_of
from auditor.sources.salesforce.code.collecting import Collector, Spot, decoded
from auditor.sources.salesforce.code.forms import Forms
from auditor.sources.salesforce.code.javascript import script_tokens
from auditor.sources.salesforce.code.lwc_script import WebScript
from auditor.sources.salesforce.code.markup import Tag, scan_markup
from auditor.sources.salesforce.code.names import custom_tail
from auditor.sources.salesforce.code.positions import Lines
from auditor.sources.salesforce.code.scripts import note_script, note_tokens
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

_EXPRESSION = re.compile(r"\{([^{}]*+)\}")
_DOTTED = re.compile(r"[A-Za-z_$][\w$]*+(?:\??\.[A-Za-z_$][\w$]*+)*+")
_NOT_A_COMPONENT = Parsed()
"""Tests, mocks and scripts outside of bundles are not deployed: they say nothing about the system."""


def read_bundle_script(file: MetadataFile, data: bytes) -> Parsed:
    """A script of a bundle, of LWC or Aura by the folder that it lies in."""
    bundle = bundle_of(file)
    if bundle is None or not bundle.deployed:
        return _NOT_A_COMPONENT
    text = decoded(data)
    notes = Collector(bundle.kind, bundle.name, file, Lines(text))
    if bundle.kind == "aura":
        note_script(notes, text, 0)
        return notes.parsed(None)
    tokens = script_tokens(text)
    script = WebScript(tokens, notes)
    note_tokens(notes, tokens, 0, script.read())
    return notes.parsed(_component(bundle, file, notes) if bundle.main else None)


def _component(bundle: Bundle, file: MetadataFile, notes: Collector) -> Component:
    return Component("lwc", bundle.name, file.path, 1, trigger=Trigger.SCREEN, effects=notes.effects())


def read_template(file: MetadataFile, data: bytes) -> Parsed:
    """An HTML template of a Lightning web component."""
    bundle = bundle_of(file)
    if bundle is None or bundle.kind != "lwc" or not bundle.deployed:
        return _NOT_A_COMPONENT
    text = decoded(data)
    notes = Collector("lwc", bundle.name, file, Lines(text))
    forms = Forms(notes)
    for piece in scan_markup(text):
        if isinstance(piece, Tag):
            _template_tag(piece, notes, forms)
        else:
            _expressions(piece.value, piece.offset, notes)
    return notes.parsed(None)


def _template_tag(tag: Tag, notes: Collector, forms: Forms) -> None:
    formed = forms.tag(tag)
    if tag.kind == "close":
        return
    if tag.name.startswith("c-"):
        notes.call("lwc", _camel(tag.written[2:]), tag.offset)
    if tag.name == "lightning-flow" and "{" not in tag.value("flow-api-name"):
        notes.call("flow", tag.value("flow-api-name"), tag.offset)
    for name, attribute in () if formed else tag.attributes.items():
        if "{" in attribute.value or attribute.value.startswith("{"):
            _expressions(attribute.value, attribute.offset, notes)
        elif name not in ("class", "style"):
            notes.text(attribute.value, Spot(attribute.offset, part=name))


def _expressions(text: str, start: int, notes: Collector) -> None:
    """`{record.F__c}` shows a field; what `record` is, only the script knows."""
    for found in _EXPRESSION.finditer(text):
        for path in _DOTTED.finditer(found[1]):
            tail = custom_tail(path.group().replace("?.", "."))
            if tail:
                at = start + found.start(1) + path.start()
                notes.word(tail, Spot(at, Access.SHOWS, Certainty.POSSIBLE, "expression"))


def _camel(name: str) -> str:
    """The component behind a tag: `c-my-list` is `myList`."""
    return re.sub(r"-(\w)", lambda match: match[1].upper(), name)


def read_web_component_meta(file: MetadataFile, root: Node) -> Parsed:
    """A `js-meta.xml`: for pages of which objects the component is offered. A weak mention: it lists them."""
    bundle = bundle_of(file)
    if bundle is None:
        return _NOT_A_COMPONENT
    mentions = (
        Mention("lwc", bundle.name, node.text, "", Access.LISTS, node.line, "target")
        for node in root.at("targetConfigs/targetConfig/objects/object")
    )
    return Parsed(mentions=tuple(dict.fromkeys(mentions)), channels=("lwc",))
