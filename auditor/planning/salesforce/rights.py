"""Rights on what belongs to an object that goes: its tab and its record types, which no reference names.

Source: Metadata API developer guide, Profile and PermissionSet (`tabVisibilities`, `tabSettings`,
`recordTypeVisibilities`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.formats.xml_editing import Element
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.places import wave_of
from auditor.planning.salesforce.session import Sake, Session, cut
from auditor.planning.salesforce.verdicts import Cut

_KINDS = frozenset({"muting_permission_set", "permission_set", "profile"})
_NAMING = {"tabSettings": "tab", "tabVisibilities": "tab", "recordTypeVisibilities": "recordType"}


def mark_rights(session: Session) -> None:
    """Mark the rights on tabs and record types that go, in every profile and permission set."""
    objects = session.removing.objects
    components = session.removing.components
    tabs = {**objects, **{name: subject for (kind, name), subject in components.items() if kind == "tab"}}
    types = {name: subject for (kind, name), subject in components.items() if kind == "record_type"}
    if not tabs and not types:
        return
    for item in session.catalog.components:
        document = session.document(item.path) if item.kind in _KINDS else ""
        if not isinstance(document, Document) or item.path in session.files:
            continue
        for element, subject in _rights(document, tabs, types, objects):
            sake = Sake(subject, session.component(item.kind, item.name), element.line, wave_of(item.kind))
            cut(document, Cut(element, f"{element.tag} {element.value(_NAMING[element.tag])}"), sake)


def _rights(
    document: Document, tabs: Mapping[str, str], types: Mapping[str, str], objects: Mapping[str, str]
) -> Iterator[tuple[Element, str]]:
    for element in document.root.children:
        name = element.value(_NAMING.get(element.tag, "")) if element.tag in _NAMING else ""
        if element.tag == "recordTypeVisibilities":
            subject = types.get(name) or objects.get(name.partition(".")[0])
        else:
            subject = tabs.get(name.removeprefix("standard-"))
        if name and subject:
            yield element, subject
