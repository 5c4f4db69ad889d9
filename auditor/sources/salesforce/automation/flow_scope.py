"""What the names in a flow stand for: which object a variable, an element or a loop holds records of.

Every name is declared once in a file. Some are declared by another (`a loop over Get_Accounts`), and are followed
until an object is found. Names that hold no record are known too, so that nobody takes their parts for fields.
Names are compared without regard to case, as the platform does.

Source: Metadata API, Flow, with its subtypes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node

RECORD = "$record"
_RECORDS = frozenset({RECORD, "$record__prior"})
# `collection[$EachItem].Field`, in transforms.
_INDEX = re.compile(r"\[[^\[\]]*\]")
CALLING = frozenset({"actionCalls", "apexPluginCalls", "orchestratedStages", "screens", "subflows"})
"""Elements that start something else, or hold components."""
_COLLECTION = "collectionReference"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: the name that it begins with, and a path from the object that this one holds.

    `object` is None where the file does not tell; `path` is empty where the record itself is meant. `open` is
    set where the name may hold a record of another file's (the output of a subflow).
    """

    name: str
    object: str | None
    path: str
    open: bool = False


class Scope:
    """The names of one flow. Built once, never changed."""

    def __init__(self, root: Node) -> None:
        self.record_object = _record_object(root)
        self._objects: dict[str, str] = {}
        self._like: dict[str, str] = {}
        self._outputs: dict[str, str] = {}
        self._subflows = frozenset(node.text.lower() for node in root.at("subflows/name"))
        for element in root.children:
            self._declare(element)
        for name, followed in _followers(root):
            if name not in self._objects:
                self._like.setdefault(name, followed)
        for name in list(self._like):
            self._settle(name)

    def locate(self, reference: str) -> Target:
        """Where a reference leads: `$Record.Owner.Name`, `Get_Account.Region__c`, `rows[$EachItem].Name`."""
        parts = tuple(part.strip() for part in _INDEX.sub("", reference).split("."))
        name, rest = parts[0].lower(), parts[1:]
        if name in _RECORDS:
            return Target(RECORD, self.record_object, ".".join(rest))
        if name in self._objects:
            return Target(name, self._objects[name], ".".join(rest))
        if name in self._outputs and rest:
            # The first part names one output of the action or component, the rest is a path from its record.
            return Target(name, self._outputs[name], ".".join(rest[1:]))
        return Target(name, None, ".".join(rest), name in self._subflows and len(rest) > 1)

    def _declare(self, element: Node) -> None:
        name = (element.value("name") or "").lower()
        if element.tag in CALLING:
            self._outputs.update(_mapped_outputs(element))
        held = element.value(_HOLDS.get(element.tag, ""))
        if name and held:
            self._objects[name] = held

    def _settle(self, name: str) -> None:
        """Follow one name to an object and note it for every name on the way. Circles lead nowhere."""
        way: list[str] = []
        held: str | None = None
        while held is None and name in self._like:
            way.append(name)
            target = self.locate(self._like.pop(name))
            if target.path:
                return  # the children of a record: which object they are of, the file does not tell
            held, name = target.object, target.name
        if held is not None:
            self._objects.update(dict.fromkeys(way, held))


# Where each kind of element says which object its name holds.
_HOLDS = {
    "variables": "objectType",
    "recordLookups": "object",
    "recordCreates": "object",
    "collectionProcessors": "outputSObjectType",
    "transforms": "objectType",
}


def flow_metadata(root: Node, name: str) -> Node | None:
    """A value that a Process Builder process keeps about itself (`ObjectType`)."""
    for node in root.all("processMetadataValues"):
        if node.value("name") == name:
            value = node.find("value")
            return value.children[0] if value is not None and value.children else None
    return None


def _record_object(root: Node) -> str | None:
    started = next(root.at("start/object"), None)
    return started.text or None if started is not None else None


def _followers(root: Node) -> Iterator[tuple[str, str]]:
    """Names that hold what another reference holds: loops, filtered collections, and their items."""
    for element in (*root.all("loops"), *root.all("collectionProcessors")):
        followed = element.value(_COLLECTION)
        if followed:
            for tag in ("name", "assignNextValueToReference"):
                named = element.value(tag)
                if named:
                    yield named.lower(), followed


def _mapped_outputs(element: Node) -> Iterator[tuple[str, str]]:
    """Actions and components that were told which object their generic records are of; one object only."""
    for node in element.walk():
        mapped = {found.text for found in node.at("dataTypeMappings/typeValue") if found.text}
        name = node.value("name")
        if name and len(mapped) == 1:
            yield name.lower(), mapped.pop()
