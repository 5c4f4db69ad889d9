"""The forms of Lightning base components, which LWC and Aura share: which fields they show and write.

Source: Lightning component library, record-edit-form, record-view-form, record-form, input-field, output-field.
"""

from __future__ import annotations

import re

from auditor.model.references import Access
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.markup import Attribute, Tag
from auditor.sources.salesforce.code.names import custom_tail, is_object

_FORMS = frozenset({"recordeditform", "recordviewform", "recordform"})
_INPUT = frozenset({"inputfield"})
_OUTPUT = frozenset({"outputfield"})
_NAME = re.compile(r"[A-Za-z]\w*+(?:\.[A-Za-z]\w*+)*+")


def plain(name: str) -> str:
    """One spelling for both: `lightning-input-field` and `lightning:inputField` are `inputfield`."""
    return name.removeprefix("lightning").replace("-", "").replace(":", "").lower()


class Forms:
    """Knows the object of the innermost form around a tag."""

    def __init__(self, notes: Collector) -> None:
        self._notes = notes
        self._objects: list[str] = []

    def tag(self, tag: Tag) -> bool:
        """Note what a tag of a form says; whether it is one."""
        if not tag.name.startswith("lightning"):
            return False
        name = plain(tag.name)
        attributes = {plain(key): value for key, value in tag.attributes.items()}
        if name in _FORMS:
            self._form(tag, attributes)
            return True
        if (name in _INPUT or name in _OUTPUT) and "fieldname" in attributes:
            self._field(attributes["fieldname"], self._objects[-1] if self._objects else "", name in _INPUT)
            return True
        return False

    def _form(self, tag: Tag, attributes: dict[str, Attribute]) -> None:
        if tag.kind == "close":
            if self._objects:
                self._objects.pop()
            return
        named = attributes.get("objectapiname")
        target = named.value.strip() if named is not None and is_object(named.value.strip()) else ""
        if named is not None and target:
            self._notes.path(target, "", Spot(named.offset, Access.SHOWS))
        if tag.kind == "open":
            self._objects.append(target)
        fields = attributes.get("fields")
        edits = plain(tag.name) == "recordform"
        if fields is None or "v." in fields.value:
            return
        for found in _NAME.finditer(fields.value):
            self._field(Attribute(found.group(), fields.offset + found.start()), target, edits)

    def _field(self, named: Attribute, target: str, written: bool) -> None:
        name = named.value.strip()
        if _NAME.fullmatch(name) is None:
            return
        for access in (Access.SHOWS, Access.WRITES) if written else (Access.SHOWS,):
            spot = Spot(named.offset, access, part="form")
            if target:
                self._notes.path(target, name, spot)
            elif custom_tail(name):
                self._notes.word(custom_tail(name), spot)
