"""Manifests of the project itself (`package.xml`): what goes is no longer listed for deployments.

A project may keep several (`core.package.xml`, `manifest/all.xml`); the root element tells.

Source: Metadata API developer guide, "Sample package.xml manifest files".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.errors import FormatError
from auditor.formats.xml_editing import Element
from auditor.model.rollback import WaveKind
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.metadata_types import TYPES
from auditor.planning.salesforce.naming import plain
from auditor.planning.salesforce.session import Sake, Session, cut
from auditor.planning.salesforce.verdicts import Cut

_FOLDERS = frozenset({"manifest", "manifests"})


def mark_listed(session: Session) -> None:
    """Mark the members of manifests that go, and types of which no member stays."""
    wanted = _wanted(session)
    for path in session.tree.paths():
        if not _may_be(path) or not _names_any(session, path, wanted):
            continue
        document = session.document(path)
        if isinstance(document, Document) and document.root.tag == "Package":
            _mark(session, document, wanted)


def _may_be(path: str) -> bool:
    """Whether a file may be a manifest: by its folder, or by a name that says so (`core.package.xml`)."""
    folder, _, base = path.rpartition("/")
    if not base.endswith(".xml") or base.endswith("-meta.xml") or base.startswith("destructiveChanges"):
        return False  # what is to be deleted may stand in a list of what is to be deleted
    return "package" in base.lower() or folder.rpartition("/")[2] in _FOLDERS


def _mark(session: Session, document: Document, wanted: Mapping[tuple[str, str], str]) -> None:
    component = session.component("manifest", document.path)
    for types in document.root.all("types"):
        members = types.all("members")
        going = list(_going(types, members, wanted))
        for item, subject in going:
            sake = Sake(subject, component, item.line, WaveKind.DELETE)
            cut(document, Cut(item, f"member {item.text} of a manifest"), sake)
        if members and len(going) == len(members):
            sake = Sake(going[0][1], component, types.line, WaveKind.DELETE)
            cut(document, Cut(types, "a type of a manifest, left without members"), sake)


def _going(
    types: Element, members: list[Element], wanted: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Element, str]]:
    for item in members:
        subject = wanted.get((types.value("name"), plain(item.text)))
        if subject is not None:
            yield item, subject


def _wanted(session: Session) -> dict[tuple[str, str], str]:
    removing = session.removing
    return {
        **{("CustomField", plain(name)): subject for name, subject in removing.fields.items()},
        **{("CustomObject", plain(name)): subject for name, subject in removing.objects.items()},
        **{
            (TYPES[kind], plain(name)): subject
            for (kind, name), subject in removing.components.items()
            if kind in TYPES
        },
    }


def _names_any(session: Session, path: str, wanted: Mapping[tuple[str, str], str]) -> bool:
    """Whether it is worth parsing: a name stands somewhere in its bytes."""
    try:
        data = session.tree.read(path).decode("utf-8", "replace").lower()
    except FormatError:
        return False
    return any(name in data for _, name in wanted)
