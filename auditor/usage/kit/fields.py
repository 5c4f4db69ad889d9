"""`CustomField` of the Tooling API: when each custom field of the live organisation was created and changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from auditor.dataclasses import dataclass, field
from auditor.formats.tables import Row, Table
from auditor.model.names import object_key, parse_subject
from auditor.model.observations import Deed, Definition, Evidence, Inventoried, Window
from auditor.usage.kit.doers import Doers, doers_of
from auditor.usage.kit.objects import objects_by_id
from auditor.usage.naming import Names, names_of
from auditor.usage.reading import (
    SkipList,
    checked_day,
    export_day,
    id_of,
    lacks,
    register_source,
    rows_of,
    tables_of,
    was_cut,
)
from auditor.usage.request import UsageRequest

COVERS = "covers"
"""Option: `all` says that the query had no condition, so that an object of which no field is listed has none."""


def read_custom_fields(request: UsageRequest) -> Evidence:
    """Read `CustomField` rows. Fields that the repository does not hold are kept.

    `TableEnumOrId` names a standard object, or is the id of a custom one (`01I…`); the id is resolved by a column
    `EntityDefinition.QualifiedApiName`, by a `CustomObject` or `EntityDefinition` export among the files or beside
    them, or by the catalogue's own ids. A row whose object stays unknown is skipped. A deleted field (`X_del`) is
    listed as such. Who created and last changed a field becomes a kind of actor.
    """
    skips = SkipList()
    tables = tuple(tables_of(request, skips))
    names = names_of(request.catalog)
    own = tuple(table for table in tables if not table.has("TableEnumOrId"))
    resolver = _Resolver(names, objects_by_id(request, own, names, skips))
    reader = _Reader(request, resolver, doers_of(request), skips)
    for table in tables:
        if table.has("TableEnumOrId") and not lacks(table, ("DeveloperName",), skips):
            reader.take(table)
    return _evidence(reader)


_REMEDY = "add EntityDefinition.QualifiedApiName to the query, or export CustomObject beside it"


@dataclass(slots=True)
class _Reader:
    """Gathers what the tables say; thrown away afterwards."""

    request: UsageRequest
    resolver: _Resolver
    doers: Doers
    skips: SkipList
    found: dict[str, Definition] = field(default_factory=dict)
    deleted: dict[str, Inventoried] = field(default_factory=dict)
    homeless: int = 0
    rows: int = 0
    truncated: bool = False

    def take(self, table: Table) -> None:
        """All rows of one table."""
        before = self.rows
        for row in rows_of(table, self.skips):
            self.rows += 1
            subject = self.resolver.field(row)
            if subject is None:
                self.homeless += 1
                named = row.get("TableEnumOrId")
                self.skips.add(table.path, f"object {named} is not known; {_REMEDY}", row.line)
            elif self._is_deleted(row, subject):
                self.deleted[subject] = Inventoried(subject, self.request.id, custom=True, deleted=True)
            else:
                self.found[subject] = self._definition(subject, row, table)
        self.truncated = was_cut(table, self.rows - before, self.skips) or self.truncated

    def _is_deleted(self, row: Row, subject: str) -> bool:
        """A deleted field keeps its row for some days under a name that ends in `_del`."""
        named = re.search(r"_del\d*$", row.get("DeveloperName") or "", re.IGNORECASE)
        return named is not None and subject not in self.resolver.known

    def _definition(self, subject: str, row: Row, table: Table) -> Definition:
        return Definition(
            subject,
            self.request.id,
            created=checked_day(row, "CreatedDate", table.path, self.skips),
            modified=checked_day(row, "LastModifiedDate", table.path, self.skips),
            platform_id=id_of(row.get("Id")),
            managed=self._managed(row, table),
            created_by=self.doers.of(row.get("CreatedById")),
            modified_by=self.doers.of(row.get("LastModifiedById")),
        )

    def _managed(self, row: Row, table: Table) -> bool | None:
        if (row.get("NamespacePrefix") or "").lower() in self.request.catalog.namespaces:
            return False
        state = row.get("ManageableState")
        if state:
            # `unmanaged` is the organisation's own; `installed…`, `released`, `beta`, `deleted…` are a package's.
            return state.lower() != "unmanaged"
        return row.get("NamespacePrefix") is not None if table.has("NamespacePrefix") else None


def _evidence(reader: _Reader) -> Evidence:
    request, found = reader.request, reader.found
    as_of = export_day(request, (each.modified for each in found.values()))
    source = register_source(request, as_of, reader.rows, truncated=reader.truncated, note=_note(reader))
    whole = not reader.truncated and not reader.skips.total
    seen = None if whole else frozenset(found)
    window = Window(request.id, request.system, Deed.DEFINED, None, as_of, subjects=seen)
    return Evidence(
        sources=(source,),
        windows=(window, *_listed(reader, as_of)) if reader.rows else (),
        definitions=tuple(found[subject] for subject in sorted(found)),
        inventory=tuple(
            reader.deleted.get(subject) or Inventoried(subject, request.id, custom=True)
            for subject in sorted({*found, *reader.deleted})
            if subject in reader.deleted or not found[subject].managed
        ),
        skipped=reader.skips.result(),
    )


def _listed(reader: _Reader, as_of: date) -> tuple[Window, ...]:
    """The objects whose custom fields are all listed: those of which any is, unless a row was lost."""
    if reader.truncated or reader.skips.total > reader.homeless:
        return ()
    everything = reader.request.options.get(COVERS, "").lower() == "all" and not reader.homeless
    owners = {object_key(each.system, each.name) for each in map(parse_subject, (*reader.found, *reader.deleted))}
    subjects = None if everything else frozenset(owners)
    request = reader.request
    return (Window(request.id, request.system, Deed.LISTED, None, as_of, subjects, frozenset({"field"})),)


def _note(reader: _Reader) -> str:
    return f"{len(reader.deleted)} fields are deleted and can still come back" if reader.deleted else ""


@dataclass(frozen=True, slots=True)
class _Resolver:
    names: Names
    by_id: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """Printed names of the catalogue's fields that are named like deleted ones."""
        return frozenset(
            self.names.field(owner, name) for owner, name in self.names.fields if name.endswith("_del__c")
        )

    def field(self, row: Row) -> str | None:
        """The printed name of the row's field; None where its object is not known."""
        owner = row.get("EntityDefinition.QualifiedApiName", "TableQualifiedApiName") or self._table(row)
        local = row.get("DeveloperName")
        if owner is None or local is None:
            return None
        prefix = row.get("NamespacePrefix")
        name = f"{prefix}__{local}__c" if prefix else f"{local}__c"
        if not self.names.knows(owner, name) and self.names.knows(owner, f"{local}__c"):
            # In the packaging organisation every row carries the package's own prefix; the repository omits it.
            name = f"{local}__c"
        return self.names.field(owner, name)

    def _table(self, row: Row) -> str | None:
        table = row.get("TableEnumOrId")
        identity = id_of(table) if table and table.startswith("01I") else None
        return self.by_id.get(identity) if identity else table
