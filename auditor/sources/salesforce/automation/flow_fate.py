"""What becomes of the records that a flow holds in variables: saved, perhaps saved elsewhere, or dropped.

Setting a field of a record variable writes nothing by itself. It does where the record, or a collection that it
was added to, is created or updated later, or is the record that a before-save flow runs on. Records that are
handed on (to a subflow, an action, a component, or out of the flow) may be saved there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.formats.xml import Node
from auditor.model.references import Certainty
from auditor.sources.salesforce.automation.flow_scope import CALLING, RECORD, Scope

_BEFORE_SAVE = "RecordBeforeSave"
_SAVING = ("recordCreates/inputReference", "recordUpdates/inputReference")
_HANDING_ON = frozenset({"inputParameters", "inputAssignments"})

Edges = dict[str, list[str]]


class Fates:
    """Which names of a flow hold records that are saved."""

    def __init__(self, root: Node, scope: Scope) -> None:
        self._scope = scope
        parts, items = defaultdict(list), defaultdict(list)
        for whole, part in _parts(root):
            parts[self._name(whole)].append(self._name(part))
        for collection, item in _items(root):
            items[self._name(collection)].append(self._name(item))
        self._saved = _reached(map(self._name, _saved(root)), parts)
        handed = {*self._saved, *map(self._name, _handed_on(root))}
        both = {name: [*parts[name], *items[name]] for name in {*parts, *items}}
        self._perhaps = _reached(handed, both)

    def of(self, name: str) -> Certainty | None:
        """How sure it is that a field set on this name is saved; None where nothing in the flow saves it."""
        if name in self._saved:
            return Certainty.CERTAIN
        return Certainty.POSSIBLE if name in self._perhaps else None

    def _name(self, reference: str) -> str:
        return self._scope.locate(reference).name


def _saved(root: Node) -> Iterator[str]:
    if any(node.text == _BEFORE_SAVE for node in root.at("start/triggerType")):
        yield RECORD
    for place in _SAVING:
        yield from (node.text for node in root.at(place) if node.text)


def _parts(root: Node) -> Iterator[tuple[str, str]]:
    """(variable, what was assigned or added to it), and (filtered collection, what it was filtered from).

    A value that a field of a record is set to is no part of that record: `match.Animal__c := animal.Id` saves the
    match, and nothing of the animal.
    """
    for item in root.at("assignments/assignmentItems"):
        target = item.value("assignToReference")
        for source in item.at("value/elementReference"):
            if target and source.text and "." not in target and "." not in source.text:
                yield target, source.text
    for element in root.all("collectionProcessors"):
        name, source_name = element.value("name"), element.value("collectionReference")
        if name and source_name:
            yield name, source_name


def _items(root: Node) -> Iterator[tuple[str, str]]:
    """(collection, item of a loop over it)."""
    for loop in root.all("loops"):
        collection = loop.value("collectionReference")
        for tag in ("name", "assignNextValueToReference"):
            item = loop.value(tag)
            if collection and item:
                yield collection, item


def _handed_on(root: Node) -> Iterator[str]:
    for variable in root.all("variables"):
        if variable.flag("isOutput"):
            yield variable.value("name") or ""
    for element in root.children:
        if element.tag in CALLING:
            for node in element.walk():
                if node.tag in _HANDING_ON:
                    yield from (given.text for given in node.at("value/elementReference"))


def _reached(starts: Iterable[str], edges: Edges) -> frozenset[str]:
    pending = list(starts)
    seen = set(pending)
    while pending:
        for following in edges.get(pending.pop(), ()):
            if following not in seen:
                seen.add(following)
                pending.append(following)
    return frozenset(seen)
