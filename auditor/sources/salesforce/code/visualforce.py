"""Visualforce pages and components.

Source: Visualforce developer guide (standard controllers, component reference, global variables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.dataclasses import dataclass
from auditor.languages.formula import FormulaField
from auditor.languages.merge import merge_fields
from auditor.model.components import Component, Trigger
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.collecting import Collector, Spot, decoded
from auditor.sources.salesforce.code.markup import Attribute, Tag, Text, scan_markup
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.code.positions import Lines
from auditor.sources.salesforce.code.scripts import note_script
from auditor.sources.salesforce.parsed import Grammar, MetadataFile, Parsed

_MERGED = re.compile(r"\{![^{}]*+\}")
_SHOWS = (Access.SHOWS,)
_INPUTS = ("apex:input", "apex:select", "apex:textarea")
_ITERATING = frozenset({"apex:repeat", "apex:datatable", "apex:pageblocktable", "apex:datalist"})
_CONDITIONS = frozenset({"rendered", "disabled", "required", "readonly", "rerender", "action", "escape"})
_LISTS = frozenset({"apex:listviews", "apex:enhancedlist"})
_CLASSES = frozenset({"controller", "extensions"})
# Attributes that hold names of another kind, and no text in which a field could be named.
_NO_TEXT = frozenset({"controller", "extensions", "standardcontroller", "id", "styleclass", "style", "class"})


@dataclass(frozen=True, slots=True)
class _Known:
    """What a variable of a page stands for: an object, and the child relationship it was reached by.

    Of a variable over a property of a controller only the `property` is known, with `[]` behind it.
    """

    object: str
    path: str = ""
    property: str = ""


def read_visualforce_page(file: MetadataFile, data: bytes) -> Parsed:
    """One `.page` file."""
    return _read("visualforce_page", file, data)


def read_visualforce_component(file: MetadataFile, data: bytes) -> Parsed:
    """One `.component` file."""
    return _read("visualforce_component", file, data)


def _read(kind: str, file: MetadataFile, data: bytes) -> Parsed:
    text = decoded(data)
    notes = Collector(kind, file.name, file, Lines(text))
    page = _Page(notes)
    page.read(scan_markup(text))
    component = Component(
        kind=kind,
        name=file.name,
        path=file.path,
        line=1,
        object=page.controller or None,
        trigger=Trigger.SCREEN if kind == "visualforce_page" else Trigger.CALLED,
        attributes=(("detail", "true"),) if page.detail else (),
    )
    return notes.parsed(component)


class _Page:
    def __init__(self, notes: Collector) -> None:
        self._notes = notes
        self._known: dict[str, _Known] = {}
        self.controller = ""
        self.detail = False
        self._classes: list[str] = []

    def read(self, pieces: Iterable[Tag | Text]) -> None:
        for piece in pieces:
            if isinstance(piece, Text):
                self._expressions(piece.value, piece.offset, _SHOWS)
                if piece.script:
                    note_script(self._notes, _MERGED.sub(_blank, piece.value), piece.offset)
            elif piece.kind != "close":
                self._tag(piece)

    def _tag(self, tag: Tag) -> None:
        if tag.name in ("apex:page", "apex:component"):
            self._frame(tag)
        elif tag.name in _ITERATING:
            self._iteration(tag)
        elif tag.name == "apex:attribute":
            self._parameter(tag)
        else:
            self._special(tag)
        for name, attribute in tag.attributes.items():
            if name == "value" and tag.name in _ITERATING and self._iterated(attribute):
                continue
            if "{!" in attribute.value:
                self._expressions(attribute.value, attribute.offset, _accesses(tag, name))
            elif name not in _NO_TEXT:
                self._notes.text(attribute.value, Spot(attribute.offset, part=name))

    def _frame(self, tag: Tag) -> None:
        """The controllers of a page or component, and what the standard one makes known by name."""
        for name in sorted(_CLASSES):
            for named in tag.value(name).split(","):
                class_name = named.strip().rpartition(".")[2]
                self._notes.call("apex_class", class_name, tag.offset)
                self._classes.extend([class_name] if class_name else [])
        controller = tag.value("standardcontroller")
        if controller:
            self.controller = controller
            self._notes.path(controller, "", Spot(tag.offset, Access.READS, part="controller"))
            self._known[controller.lower()] = _Known(controller)
        if controller and tag.value("recordsetvar"):
            self._known[tag.value("recordsetvar").lower()] = _Known(controller)

    def _iteration(self, tag: Tag) -> None:
        """`value="{!account.Contacts}" var="c"`: of a known record, the variable is a child of it."""
        variable, value = tag.value("var").lower(), tag.value("value").strip("{}! ")
        head, _, rest = value.partition(".")
        source = self._known.get(head.lower())
        if source is not None and source.property:
            self._known[variable] = _Known("", property=".".join([source.property, *filter(None, [rest]), "[]"]))
        elif source is None:
            self._known[variable] = _Known("", property=f"{value}.[]")
        elif rest:
            self._known[variable] = _Known(source.object, f"{source.path}{rest}.")
        else:
            self._known[variable] = source

    def _iterated(self, attribute: Attribute) -> bool:
        """The children that a loop goes over are shown; whether the loop is over children of a known record."""
        head, _, rest = attribute.value.strip("{}! ").partition(".")
        source = self._known.get(head.lower())
        if source is None or not rest:
            return False
        if not source.object:
            return True  # what the loop shows of its rows says enough: the rows are known by the same way
        spot = Spot(attribute.offset, Access.SHOWS, part="expression")
        self._notes.path(source.object, source.path + rest, spot, Grammar.CHILDREN)
        return True

    def _parameter(self, tag: Tag) -> None:
        named = tag.value("type").removesuffix("[]")
        if is_object(named):
            self._known[tag.value("name").lower()] = _Known(named)
            self._notes.path(named, "", Spot(tag.offset, part="type"))

    def _special(self, tag: Tag) -> None:
        """Tags that show more than their expressions say, or hold another component."""
        notes = self._notes
        if tag.name == "apex:detail":
            self.detail = True
        elif tag.name == "apex:relatedlist" and self.controller and tag.value("list"):
            spot = Spot(tag.attributes["list"].offset, Access.SHOWS, part="related_list")
            notes.path(self.controller, tag.value("list"), spot, Grammar.CHILDREN)
        elif tag.name in _LISTS and tag.value("type"):
            notes.path(tag.value("type"), "", Spot(tag.offset, Access.SHOWS, part="list"))
        elif tag.name == "apex:include":
            notes.call("visualforce_page", tag.value("pagename").rpartition("__")[2], tag.offset)
        elif tag.name == "flow:interview":
            notes.call("flow", tag.value("name").rpartition("__")[2], tag.offset)
        elif tag.name.startswith("c:"):
            notes.call("visualforce_component", tag.written[2:], tag.offset)

    def _expressions(self, text: str, start: int, accesses: tuple[Access, ...]) -> None:
        if "{!" not in text:
            return
        found = merge_fields(text).fields
        for item in found:
            for access in accesses:
                self._expression(item, start, access)
        self._notes.merged(text, start, {item.offset for item in found})

    def _expression(self, item: FormulaField, start: int, access: Access) -> None:
        at = start + item.offset
        if item.is_global:
            self._global(item, at, access)
            return
        head, _, rest = item.path.partition(".")
        known = self._known.get(head.lower())
        spot = Spot(at, access, part="expression")
        tail = custom_tail(item.path)
        if known is not None and known.object and rest:
            grammar = Grammar.CHILDREN if known.path else Grammar.PATH
            self._notes.path(known.object, known.path + rest, spot, grammar)
        elif tail:
            self._notes.word(tail, spot, self._receiver(item.path[: item.path.find(tail)], known))
        elif rest and self._classes:
            before, _, last = item.path.rpartition(".")
            self._notes.word(last, spot, self._receiver(before, known))

    def _receiver(self, path: str, known: _Known | None) -> str:
        """Which property of which of the page's classes gives the record that stands at a path."""
        head, _, rest = path.rstrip(".").partition(".")
        if not head:
            return ""
        names = [known.property if known is not None and known.property else head, *filter(None, [rest])]
        return "|".join(f"{name}.{'.'.join(names)}" for name in self._classes)

    def _global(self, item: FormulaField, at: int, access: Access) -> None:
        parts = item.path.split(".")
        head, notes = parts[0].lower(), self._notes
        if head == "$page" and len(parts) > 1:
            notes.call("visualforce_page", parts[1], at)
        elif head == "$remoteaction" and len(parts) > 2:
            notes.call("apex_class", parts[-2], at)
        elif head == "$action" and len(parts) > 1:
            notes.path(parts[1], "", Spot(at, Access.READS, part="action"))
        elif head in ("$objecttype", "$user", "$profile", "$organization", "$userrole", "$setup"):
            notes.path(None, item.path, Spot(at, access, Certainty.CERTAIN, "global"), Grammar.QUALIFIED)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _accesses(tag: Tag, name: str) -> tuple[Access, ...]:
    if name == "value" and tag.name.startswith(_INPUTS):
        return (Access.SHOWS, Access.WRITES)
    if name in _CONDITIONS or tag.name in ("apex:param", "apex:variable"):
        return (Access.READS,)
    return _SHOWS
