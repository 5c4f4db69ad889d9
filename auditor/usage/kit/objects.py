"""Names of objects where an export gives ids (`01I…`), or names without suffix."""

from __future__ import annotations

from auditor.errors import FormatError
from auditor.formats.tables import Row, Table, open_table
from auditor.model.catalogue import Catalog
from auditor.usage.kit.companions import companions
from auditor.usage.naming import Names
from auditor.usage.reading import SkipList, id_of, rows_of
from auditor.usage.request import UsageRequest

_OBJECT_SUFFIXES = ("__c", "__mdt", "__e", "__x", "__b", "__kav")


def objects_by_id(
    request: UsageRequest, tables: tuple[Table, ...], names: Names, skips: SkipList
) -> dict[str, str]:
    """Object id → name, from the catalogue, the given tables, and exports of objects beside the files."""
    found = _from_catalogue(request.catalog)
    for table in (*tables, *_beside(request)):
        for row in rows_of(table, skips):
            identity = id_of(row.get("DurableId", "Id"))
            name = row.get("QualifiedApiName") or object_name(row, names)
            if identity and name:
                found[identity] = name
    return found


def object_name(row: Row, names: Names) -> str | None:
    """The name of a `CustomObject` row, which has no suffix: the one that the catalogue knows, else `__c`."""
    local = row.get("DeveloperName")
    if local is None:
        return None
    prefix = row.get("NamespacePrefix")
    stems = (f"{prefix}__{local}", local) if prefix else (local,)
    candidates = [stem + suffix for stem in stems for suffix in _OBJECT_SUFFIXES]
    return next((name for name in candidates if name.lower() in names.objects), f"{stems[0]}__c")


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
