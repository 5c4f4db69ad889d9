"""The first step: each definition that is to go says so itself (`businessStatus`); nothing is deleted or hidden.

Source: Metadata API developer guide, CustomField, "businessStatus" (`Active`, `DeprecateCandidate`, `Hidden`).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.formats.xml_editing import Change, Element, apply, inserted_after, parse_places, retexted
from auditor.model.rollback import Removal, WaveKind
from auditor.planning.salesforce.definitions import field_places, index_tree
from auditor.planning.salesforce.naming import local_name, plain
from auditor.planning.salesforce.values import FileChange, Touched

STATUS = "DeprecateCandidate"
_BEFORE_STATUS = ("fullName", "businessOwnerGroup", "businessOwnerUser")
"""What stands before the status in a definition, whose elements are sorted by name behind the full name."""
_WITHOUT_STATUS = ("__mdt", "__e", "__x", "__b")
"""Objects whose fields have no place in the lifecycle of business data; [inf], the guide names no exception."""


def announced(removal: Removal, tree: Tree) -> tuple[tuple[FileChange, ...], tuple[Touched, ...]]:
    """The definitions of the fields that go, marked as candidates, and which fields those are; sorted by path."""
    index = index_tree(tree.paths())
    wanted: dict[str, list[tuple[str, str]]] = {}
    for item in removal.fields:
        owner = item.name.partition(".")[0]
        if not owner.lower().endswith(_WITHOUT_STATUS):
            for place in field_places(index, item.name):
                wanted.setdefault(place.path, []).append((item.name, place.tag))
    changes: list[FileChange] = []
    touched: list[Touched] = []
    for path, names in sorted(wanted.items()):
        data = tree.read(path)
        found = list(_marked(data, names))
        if found:
            after = apply(data, [change for _, change in found])
            changes.append(FileChange(path, data, ((WaveKind.ANNOUNCE, after),)))
            touched += [Touched("field", name, path, WaveKind.ANNOUNCE) for name, _ in found]
    return tuple(changes), tuple(sorted(touched))


def _marked(data: bytes, names: list[tuple[str, str]]) -> Iterator[tuple[str, Change]]:
    try:
        root = parse_places(data)
    except FormatError:
        return
    for name, tag in names:
        for element in root.all(tag) if tag else [root]:
            if not tag or plain(element.value("fullName")) == plain(local_name(name)):
                yield from ((name, change) for change in _status(data, element))


def _status(data: bytes, element: Element) -> Iterator[Change]:
    existing = element.all("businessStatus")
    before = [child for child in element.children if child.tag in _BEFORE_STATUS]
    if existing:
        if existing[0].text != STATUS:
            yield retexted(existing[0], STATUS)
    elif before:
        yield inserted_after(data, before[-1], f"<businessStatus>{STATUS}</businessStatus>")
