"""Describes of objects (`sf sobject describe`), and the list of all objects: what one user sees of them.

Source: REST API developer guide, "sObject Describe" and "Describe Global". Both leave out what the asking user may
not see (field-level security, object permissions), so that a missing field proves nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.dataclasses import dataclass, field, replace
from auditor.errors import FormatError
from auditor.formats.jsons import Json, member, object_members, read_json, text_members
from auditor.languages.fieldpaths import is_custom, split_name
from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Evidence, Inventoried, Window
from auditor.usage.naming import Names, names_of
from auditor.usage.org.datatypes import described
from auditor.usage.reading import SkipList, day_of, export_day, files_of, register_source
from auditor.usage.request import UsageRequest

FIELDS, OBJECTS = frozenset({"field"}), frozenset({"object"})
"""What the windows of an inventory list."""
OBJECT_SUFFIXES = ("__c", "__mdt", "__e", "__b", "__x", "__kav")
DELETED = re.compile(r"(?i)\w+_del\d*__c")
"""Names of deleted fields, which count on for days. Source: help, "Manage deleted custom fields"."""


def read_object_describes(request: UsageRequest) -> Evidence:
    """Read describes of objects: custom fields with label, type, length, whether demanded, and formula."""
    skips = SkipList()
    reader = _Reader(request, names_of(request.catalog))
    for path in files_of(request.paths):
        try:
            found = list(_describes(read_json(path)))
        except FormatError as error:
            skips.add(path, error.reason, error.line)
            continue
        if not found:
            skips.add(path, "no describe of an object: it has no name and fields")
        for each in found:
            reader.take(each)
    scope = frozenset(reader.objects)
    note = (
        f"describes of {len(scope)} objects, as one user sees them: what is hidden from that user is not in them"
    )
    return _evidence(request, reader, (FIELDS, scope), _dated(request, note), skips)


def read_global_describe(request: UsageRequest) -> Evidence:
    """Read the list of all objects: the global describe, or `sf sobject list --json`."""
    skips = SkipList()
    reader = _Reader(request, names_of(request.catalog))
    listed = 0
    for path in files_of(request.paths):
        try:
            document = read_json(path)
        except FormatError as error:
            skips.add(path, error.reason, error.line)
            continue
        objects = list(_listed(document))
        listed += len(objects)
        if not objects:
            skips.add(path, "no list of objects: it has no sobjects, and result is no list of names")
        for name, label in objects:
            reader.list_object(name, label)
    note = f"{listed} objects, as one user sees them: what is hidden from that user is not among them"
    scope = None if listed else frozenset[str]()
    return _evidence(request, reader, (OBJECTS, scope), _dated(request, note), skips)


def is_foreign(name: str, catalog: Catalog) -> bool:
    """Whether a name carries the namespace of a package, which is not the project's own."""
    namespace = split_name(name).namespace.lower()
    return bool(namespace) and namespace not in catalog.namespaces


def sandbox_of(host: str) -> bool | None:
    """Whether the host of an organisation is a copy's; None where it does not tell.

    Source: help, "My Domain URL formats": `name--copy.sandbox.my.salesforce.com`, `….scratch.my.salesforce.com`,
    formerly `name--sandbox.cs12.my.salesforce.com` and `cs12.salesforce.com`.
    """
    if re.search(r"(?i)\.(?:sandbox|scratch)\.(?:my|lightning)\.|--[^.]+\.|^cs\d+\.", host):
        return True
    return False if re.search(r"(?i)^[^.]+\.my\.salesforce\.com$", host) else None


@dataclass(slots=True)
class _Reader:
    """Gathers what the files list; thrown away afterwards."""

    request: UsageRequest
    names: Names
    objects: set[str] = field(default_factory=set)
    found: dict[str, Inventoried] = field(default_factory=dict)
    sandbox: bool | None = None

    def take(self, described_object: Mapping[str, Json]) -> None:
        """One object with its custom fields."""
        name = _text(described_object.get("name"))
        owner, _ = self.names.owner(name, "X__c")
        self.objects.add(self.names.object_key(owner))
        self.list_object(name, _text(described_object.get("label")) or None)
        for template in ("uiDetailTemplate", "uiEditTemplate", "uiNewRecord"):
            host = re.match(r"https://([^/]+)/", _text(member(described_object, "urls", template)))
            told = sandbox_of(host[1]) if host else None
            self.sandbox = told if self.sandbox is None else self.sandbox
        for each in object_members(described_object.get("fields")):
            self._field(name, each)

    def list_object(self, name: str, label: str | None) -> None:
        """One object; those of packages and the platform's own are no question."""
        if name.lower().endswith(OBJECT_SUFFIXES) and not is_foreign(name, self.request.catalog):
            key = self.names.object_key(name)
            self.found[key] = Inventoried(key, self.request.id, label, custom=True, managed=False)

    def _field(self, owner: str, told: Mapping[str, Json]) -> None:
        name = _text(told.get("name"))
        if told.get("custom") is False or not is_custom(name) or name.lower().endswith("__s"):
            return
        if is_foreign(name, self.request.catalog) and not self.names.knows(owner, name):
            return
        key = self.names.field(owner, name)
        if name.lower().endswith("__pc"):
            # The account shows a field of the contact; how it is defined, the contact's own describe tells.
            self.found.setdefault(key, Inventoried(key, self.request.id, custom=True))
        else:
            self.found[key] = _inventoried(key, self.request.id, told, self._deleted(owner, name))

    def _deleted(self, owner: str, name: str) -> bool:
        return DELETED.fullmatch(name) is not None and not self.names.knows(owner, name)


def _inventoried(key: str, source: str, told: Mapping[str, Json], deleted: bool) -> Inventoried:
    type_ = described(_text(told.get("type")))
    long = type_ == "TextArea" and (_number(told.get("length")) or 0) > _TEXT_AREA
    nillable = told.get("nillable")
    numeric = type_ in ("Number", "Currency", "Percent")
    return Inventoried(
        key,
        source,
        _text(told.get("label")) or None,
        "LongTextArea" if long else type_,
        length=_number(told.get("length")) if type_ in ("Text", "TextArea", "EncryptedText") else None,
        precision=_number(told.get("precision")) if numeric else None,
        scale=_number(told.get("scale")) if numeric else None,
        required=not nillable if isinstance(nillable, bool) and type_ not in (None, "Checkbox") else None,
        unique=_flag(told.get("unique")),
        formula=_text(told.get("calculatedFormula")) or None,
        custom=True,
        deleted=deleted,
    )


_TEXT_AREA = 255
"""Characters of a text area; a longer one is a long one, with or without format."""


def _evidence(
    request: UsageRequest,
    reader: _Reader,
    scope: tuple[frozenset[str], frozenset[str] | None],
    note: str,
    skips: SkipList,
) -> Evidence:
    kinds, subjects = scope
    as_of = export_day(request, ())
    source = register_source(request, as_of, len(reader.found), note=note)
    window = Window(request.id, request.system, Deed.LISTED, None, as_of, subjects, kinds)
    return Evidence(
        sources=(replace(source, sandbox=reader.sandbox),),
        windows=(window,) if subjects is None or subjects else (),
        inventory=tuple(reader.found[key] for key in sorted(reader.found)),
        skipped=skips.result(),
    )


def _dated(request: UsageRequest, note: str) -> str:
    if day_of(request.options.get("exported")):
        return note
    return f"{note}; its day is not known and taken to be the audit's (declare exported)"


def _describes(document: Json) -> Iterator[Mapping[str, Json]]:
    """Every describe in a document: alone, in the envelope of the sf command line, or several in a list."""
    inner = member(document, "result")
    inner = document if inner is None else inner
    for each in (inner, *object_members(inner), *object_members(member(inner, "sobjects"))):
        if isinstance(each, Mapping) and _text(each.get("name")) and isinstance(each.get("fields"), list):
            yield each


def _listed(document: Json) -> Iterator[tuple[str, str | None]]:
    inner = member(document, "result")
    inner = document if inner is None else inner
    yield from ((name, None) for name in text_members(inner))
    for each in object_members(member(inner, "sobjects")):
        name = _text(each.get("name"))
        if name:
            yield name, _text(each.get("label")) or None


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flag(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None
