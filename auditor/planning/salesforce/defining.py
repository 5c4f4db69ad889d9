"""Marks where what goes is defined, in all files that define it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.formats.xml_editing import Element
from auditor.model.rollback import WaveKind
from auditor.planning.salesforce.definitions import (
    ANY,
    Place,
    component_place,
    field_places,
    index_tree,
    object_places,
)
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.naming import plain
from auditor.planning.salesforce.session import Sake, Session, cut
from auditor.planning.salesforce.verdicts import Cut

_NAMING = ("fullName", "actionName")


def mark_definitions(session: Session) -> None:
    """Mark the definition of every field, object and component that goes; what has none becomes a blocker."""
    index = index_tree(session.tree.paths())
    for name, subject in sorted(session.removing.objects.items()):
        for place in object_places(index, name):
            session.files[place.path] = (subject, WaveKind.DELETE)
    for name, subject in sorted(session.removing.fields.items()):
        found = [_mark(session, place, subject, WaveKind.DELETE) for place in field_places(index, name)]
        if not any(found):
            session.block(subject, subject, ("", None), "its definition is in no file of the tree")
    paths = {(item.kind, item.name): item.path for item in session.catalog.components}
    for (kind, name), subject in sorted(session.removing.components.items()):
        path = paths.get((kind, name), "")
        for each in [path, *_companions(path, session.tree.paths())] if path else []:
            if not _mark(session, component_place(kind, name, each), subject, WaveKind.DELETE):
                session.block(subject, subject, (each, None), "its definition cannot be found in its file")


def _mark(session: Session, place: Place, subject: str, wave: WaveKind) -> bool:
    """Mark one place; whether anything is defined there."""
    if place.path in session.files:
        return True
    if not place.tag:
        session.files[place.path] = (subject, wave)
        return True
    document = session.document(place.path)
    if isinstance(document, str):
        session.block(subject, subject, (place.path, None), document)
        return True
    found = list(_defined(document, place))
    for item in found:
        cut(document, Cut(item, f"the definition of {subject}"), Sake(subject, subject, item.line, wave))
    return bool(found)


def _defined(document: Document, place: Place) -> Iterator[Element]:
    for item in document.root.children:
        if place.tag not in (ANY, item.tag):
            continue
        names = {plain(item.value(tag)) for tag in _NAMING}
        if not place.name or place.name in names:
            yield item


def _companions(path: str, paths: Sequence[str]) -> list[str]:
    """Files that stand and fall with one: code beside its descriptor, the other files of a bundle."""
    folder, _, base = path.rpartition("/")
    parts = path.split("/")
    for bundle in ("aura", "lwc"):
        if bundle in parts[:-2]:
            root = "/".join(parts[: parts.index(bundle) + 2]) + "/"
            return [item for item in paths if item.startswith(root) and item != path]
    code = base.removesuffix("-meta.xml")
    pair = f"{folder}/{code}" if base.endswith("-meta.xml") else f"{path}-meta.xml"
    return [pair] if pair in set(paths) and code.rpartition(".")[2] in _IN_PAIRS else []


_IN_PAIRS = frozenset({"cls", "trigger", "page", "component", "email", "resource", "wdf", "wlens", "wdash"})
