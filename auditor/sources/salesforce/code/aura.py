"""Aura components, applications, events and designs: their markup.

Source: Lightning Aura components developer guide (`force:recordData`, expressions, `aura:attribute`, events).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.languages.formula import FormulaField
from auditor.languages.merge import merge_fields
from auditor.model.components import Component, Trigger
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.bundles import bundle_of
from auditor.sources.salesforce.code.collecting import Collector, Spot, decoded
from auditor.sources.salesforce.code.forms import Forms
from auditor.sources.salesforce.code.markup import Attribute, Tag, Text, scan_markup
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.code.positions import Lines
from auditor.sources.salesforce.code.scripts import note_script
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

_DECLARING = frozenset({"cmp", "aura-app", "evt", "intf"})
_TYPE = re.compile(r"(?:list<|set<)?\s*(?P<name>[a-z]\w*(?:\.\w+)*)\s*>?(?:\[\])?", re.IGNORECASE)
# Inputs whose value is bound both ways: what the user types goes back into the record.
_BOUND = re.compile(r"(?:ui:input|lightning:(?:input|textarea|select|combobox|slider|radiogroup|checkboxgroup)).*")
_VALUES = frozenset({"value", "checked", "files"})
_CONDITIONS = frozenset({"istrue", "rendered", "disabled", "required", "readonly"})
_STARTS = {"aura-app": Trigger.SCREEN, "cmp": Trigger.SCREEN, "evt": Trigger.CALLED, "intf": None}
_NO_TEXT = frozenset({"class", "style", "type", "implements", "controller"})
# Attributes of tags of the framework that name a component or event by its full name.
_NAMED = frozenset({"extends", "event", "type"})


def read_aura_markup(file: MetadataFile, data: bytes) -> Parsed:
    """One markup file of an Aura bundle."""
    bundle = bundle_of(file)
    if bundle is None:
        return Parsed()
    text = decoded(data)
    notes = Collector("aura", bundle.name, file, Lines(text))
    pieces = list(scan_markup(text))
    _Markup(notes, _attribute_types(pieces)).read(pieces)
    if file.suffix not in _DECLARING:
        return notes.parsed(None)
    return notes.parsed(
        Component("aura", bundle.name, file.path, 1, trigger=_STARTS[file.suffix], effects=notes.effects())
    )


def _attribute_types(pieces: Iterable[Tag | Text]) -> dict[str, str]:
    """Objects by attribute, in lower case: `<aura:attribute name="contacts" type="Contact[]"/>`."""
    found: dict[str, str] = {}
    for piece in pieces:
        if isinstance(piece, Tag) and piece.name == "aura:attribute":
            match = _TYPE.fullmatch(piece.value("type"))
            if match and is_object(match["name"]):
                found[piece.value("name").lower()] = match["name"]
    return found


class _Markup:
    def __init__(self, notes: Collector, types: dict[str, str]) -> None:
        self._notes = notes
        self._types = types
        self._forms = Forms(notes)
        self._variables: dict[str, str] = {}

    def read(self, pieces: Iterable[Tag | Text]) -> None:
        for piece in pieces:
            if isinstance(piece, Tag):
                self._tag(piece)
            elif piece.script:
                note_script(self._notes, piece.value, piece.offset)
            else:
                self._expressions(piece.value, piece.offset, (Access.SHOWS,))

    def _tag(self, tag: Tag) -> None:
        formed = self._forms.tag(tag)
        if tag.kind == "close":
            return
        self._callees(tag)
        if tag.name == "aura:attribute":
            self._typed(tag)
        elif tag.name == "aura:iteration":
            self._iteration(tag)
        elif tag.name in ("force:recorddata", "force:recordpreview"):
            self._record_data(tag)
        for name, attribute in tag.attributes.items():
            self._attribute(tag, name, attribute, formed)

    def _attribute(self, tag: Tag, name: str, attribute: Attribute, formed: bool) -> None:
        if "{!" in attribute.value or "{#" in attribute.value:
            self._expressions(attribute.value, attribute.offset, _accesses(tag, name))
            return
        understood = formed or name in _NO_TEXT or (tag.name == "force:recorddata" and name == "fields")
        if not understood:
            self._notes.text(attribute.value, Spot(attribute.offset, part=name))

    def _callees(self, tag: Tag) -> None:
        notes = self._notes
        if tag.name in ("aura:component", "aura:application", "aura:interface"):
            notes.call("apex_class", tag.value("controller").rpartition(".")[2], tag.offset)
        if tag.name.startswith("c:"):
            self._child(tag.written[2:], tag.offset)
        for name in _NAMED if tag.name.startswith("aura:") else ():
            if tag.value(name).lower().startswith("c:"):
                self._child(tag.value(name)[2:], tag.offset)

    def _child(self, name: str, offset: int) -> None:
        """A component of the organisation: Aura may hold either kind, and names are unique among both."""
        self._notes.call("aura", name, offset)
        self._notes.call("lwc", name, offset)

    def _typed(self, tag: Tag) -> None:
        target = self._types.get(tag.value("name").lower())
        if target:
            self._notes.path(target, "", Spot(tag.offset, part="type"))

    def _iteration(self, tag: Tag) -> None:
        items = tag.value("items").strip("{}!# ").lower()
        target = self._types.get(items.removeprefix("v.")) if items.startswith("v.") else None
        if target:
            self._variables[tag.value("var").lower()] = target
        else:
            self._variables.pop(tag.value("var").lower(), None)

    def _record_data(self, tag: Tag) -> None:
        """`fields="Id, Model__c"` of a record whose object only its target attribute may tell."""
        fields = tag.attributes.get("fields")
        targets = (tag.value(name).strip("{}!# v.").lower() for name in ("targetfields", "targetrecord"))
        target = next((self._types[name] for name in targets if name in self._types), "")
        position = 0
        for name in fields.value.split(",") if fields is not None else ():
            at = fields.offset + position + len(name) - len(name.lstrip()) if fields is not None else 0
            position += len(name) + 1
            path = name.strip().strip("[]'\"")
            if target and path:
                self._notes.path(target, path, Spot(at, part="record_data"))
            elif custom_tail(path):
                self._notes.word(custom_tail(path), Spot(at, part="record_data"))

    def _expressions(self, text: str, start: int, accesses: tuple[Access, ...]) -> None:
        """`{!v.account.F__c}`, and `{#…}`, which binds one way only."""
        found = merge_fields(text.replace("{#", "{!")).fields
        for item in found:
            for access in accesses:
                self._expression(item, start, access)
        self._notes.merged(text, start, {item.offset for item in found})

    def _expression(self, item: FormulaField, start: int, access: Access) -> None:
        if item.is_global:
            return
        parts = item.path.split(".")
        head = parts[0].lower()
        target, rest = self._variables.get(head, ""), parts[1:]
        if head == "v" and len(parts) > 1:
            target, rest = self._types.get(parts[1].lower(), ""), parts[2:]
        at = start + item.offset
        if target and rest:
            self._notes.path(target, ".".join(rest), Spot(at, access, part="expression"))
        elif custom_tail(item.path):
            self._notes.word(custom_tail(item.path), Spot(at, access, Certainty.POSSIBLE, "expression"))


def _accesses(tag: Tag, name: str) -> tuple[Access, ...]:
    if name in _VALUES and (tag.name == "force:inputfield" or _BOUND.fullmatch(tag.name)):
        return (Access.SHOWS, Access.WRITES)
    if name in _CONDITIONS:
        return (Access.READS,)
    return (Access.SHOWS,)
