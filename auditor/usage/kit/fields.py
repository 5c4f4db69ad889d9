"""`CustomField` of the Tooling API: when each custom field of the live organisation was created and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.errors import FormatError
from auditor.formats.tables import Row, Table, open_table
from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Definition, Evidence, Window
from auditor.usage.kit.companions import companions
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

_OBJECT_SUFFIXES = ("__c", "__mdt", "__e", "__x", "__b", "__kav")


def read_custom_fields(request: UsageRequest) -> Evidence:
    """Read `CustomField` rows. Fields that the repository does not hold are kept.

    `TableEnumOrId` names a standard object, or is the id of a custom one (`01I…`); the id is resolved by a column
    `EntityDefinition.QualifiedApiName`, by a `CustomObject` or `EntityDefinition` export among the files or beside
    them, or by the catalogue's own ids. A row whose object stays unknown is skipped.
    """
    skips = SkipList()
    names = names_of(request.catalog)
    tables = tuple(tables_of(request, skips))
    resolver = _Resolver(names, _objects_by_id(request, tables, names, skips))
    found: dict[str, Definition] = {}
    rows = 0
    truncated = False
    for table in tables:
        if not table.has("TableEnumOrId"):
            continue
        if lacks(table, ("DeveloperName",), skips):
            continue
        before = rows
        for row in rows_of(table, skips):
            rows += 1
            subject = resolver.field(row)
            if subject is None:
                skips.add(table.path, f"object {row.get('TableEnumOrId')} is not known; {_REMEDY}", row.line)
            else:
                found[subject] = _definition(request, subject, row, table, skips)
        truncated = was_cut(table, rows - before, skips) or truncated
    return _evidence(request, found, rows, skips, truncated)


_REMEDY = "add EntityDefinition.QualifiedApiName to the query, or export CustomObject beside it"


def _evidence(
    request: UsageRequest, found: Mapping[str, Definition], rows: int, skips: SkipList, truncated: bool
) -> Evidence:
    as_of = export_day(request, (each.modified for each in found.values()))
    source = register_source(request, as_of, rows, truncated=truncated)
    whole = not truncated and not skips.result()
    seen = None if whole else frozenset(found)
    window = Window(request.id, request.system, Deed.DEFINED, None, as_of, subjects=seen)
    return Evidence(
        sources=(source,),
        windows=(window,) if rows else (),
        definitions=tuple(found[subject] for subject in sorted(found)),
        skipped=skips.result(),
    )


def _definition(request: UsageRequest, subject: str, row: Row, table: Table, skips: SkipList) -> Definition:
    return Definition(
        subject,
        request.id,
        created=checked_day(row, "CreatedDate", table.path, skips),
        modified=checked_day(row, "LastModifiedDate", table.path, skips),
        platform_id=id_of(row.get("Id")),
        managed=_managed(row, table),
    )


def _managed(row: Row, table: Table) -> bool | None:
    state = row.get("ManageableState")
    if state:
        # `unmanaged` is the organisation's own; `installed…`, `released`, `beta` and `deleted…` are a package's.
        return state.lower() != "unmanaged"
    return row.get("NamespacePrefix") is not None if table.has("NamespacePrefix") else None


@dataclass(frozen=True, slots=True)
class _Resolver:
    names: Names
    by_id: Mapping[str, str]

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


def _objects_by_id(
    request: UsageRequest, tables: tuple[Table, ...], names: Names, skips: SkipList
) -> dict[str, str]:
    found = _from_catalogue(request.catalog)
    own = [table for table in tables if not table.has("TableEnumOrId")]
    for table in (*own, *_beside(request)):
        for row in rows_of(table, skips):
            identity = id_of(row.get("DurableId", "Id"))
            name = row.get("QualifiedApiName") or _object_name(row, names)
            if identity and name:
                found[identity] = name
    return found


def _beside(request: UsageRequest) -> list[Table]:
    tables = []
    for path in companions(request.paths, ("CustomObject", "EntityDefinition")):
        try:
            tables.append(open_table(path))
        except FormatError:
            # Nobody named this file; what it cannot give is said of the rows that would have needed it.
            continue
    return tables


def _from_catalogue(catalog: Catalog) -> dict[str, str]:
    pairs = ((id_of(item.platform_id), item.name) for item in catalog.objects)
    return {identity: name for identity, name in pairs if identity}


def _object_name(row: Row, names: Names) -> str | None:
    """The name of a `CustomObject` row, which has no suffix: the one that the catalogue knows, else `__c`."""
    local = row.get("DeveloperName")
    if local is None:
        return None
    prefix = row.get("NamespacePrefix")
    stems = (f"{prefix}__{local}", local) if prefix else (local,)
    candidates = [stem + suffix for stem in stems for suffix in _OBJECT_SUFFIXES]
    return next((name for name in candidates if name.lower() in names.objects), f"{stems[0]}__c")
