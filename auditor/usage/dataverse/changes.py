"""Rows of Dataverse's audit, whatever their dress, as table, columns that changed, time, user, action, operation.

`attributemask` is not read: it holds numbers of columns, of which the vendor says "Don't use this data". Columns
come from `changedata` (`{"changedAttributes": [{"logicalName", "oldValue", "newValue"}]}`) or from the answers of
`RetrieveRecordChangeHistory` and `RetrieveAttributeChangeHistory`. Values are dropped here, at the door.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.jsons import Json, member, object_members, parse_json
from auditor.formats.tables import BadRow, Row, Table, open_table
from auditor.query.scans import Record, Scan

COLUMNS = ("table", "columns", "createdon", "user", "action", "operation", "one")
DETAILS = "auditdetailcollection.auditdetails"

_NAMES: Mapping[str, tuple[str, ...]] = {
    "table": ("objecttypecode", "ObjectTypeCode", "Entity", "Table"),
    "createdon": ("createdon", "Changed Date", "CreatedOn"),
    "user": ("_userid_value", "userid", "Changed By", "UserId"),
    "action": ("action", "Event"),
    "operation": ("operation", "Operation"),
    "one": ("auditid", "Record Id"),
}
_LOOKUP = re.compile(r"_(?P<name>\w+)_value")
_TYPE = "@odata.type"


def open_audit(path: Path, columns: Mapping[str, str]) -> Scan:
    """A file as rows of audit; `columns` maps what its headings are in another language.

    Raises:
        FormatError: not readable, or without table and time.
    """
    table = open_table(path)
    if table.has(DETAILS):
        truncated = table.truncated or any(_says_more(row) for row in table.rows())
        return Scan(path, "rows", COLUMNS, truncated=truncated, notes=table.notes, records=lambda: _details(table))
    names = {key: (columns[key],) if key in columns else known for key, known in _NAMES.items()}
    missing = [key for key in ("table", "createdon") if not any(table.has(name) for name in names[key])]
    if missing:
        wanted = ", ".join(names[key][0] for key in missing)
        raise FormatError(f"no column {wanted} (it has: {', '.join(table.columns[:12])})")
    return Scan(
        path, "rows", COLUMNS, truncated=table.truncated, notes=table.notes, records=lambda: _rows(table, names)
    )


def changed_names(changedata: str) -> tuple[str, ...] | None:
    """Logical names of the columns that changed; None where the text tells none (older forms hold values)."""
    if not changedata.lstrip().startswith("{"):
        return None
    try:
        listed = object_members(member(parse_json(changedata), "changedAttributes"))
    except FormatError:
        return None
    names = (each.get("logicalName") for each in listed)
    return tuple(sorted({name for name in names if isinstance(name, str) and name}))


def _rows(table: Table, names: Mapping[str, tuple[str, ...]]) -> Iterator[Record | BadRow]:
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        cells = {key: row.get(*wanted) for key, wanted in names.items()}
        changed = changed_names(row.get("changedata", "ChangeData") or "") or ()
        yield {**cells, "columns": ",".join(changed)}


def _says_more(row: Row | BadRow) -> bool:
    return isinstance(row, Row) and row.get("AuditDetailCollection.MoreRecords") == "true"


def _details(table: Table) -> Iterator[Record | BadRow]:
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            details = object_members(parse_json(row.get(DETAILS) or "[]"))
        except FormatError as error:
            yield BadRow(row.line, error.reason)
            continue
        yield from (_detail(each) for each in details)


def _detail(detail: Mapping[str, Json]) -> Record:
    """One change: its record of audit tells when, its values only by name what."""
    audit = detail.get("AuditRecord")
    record = audit if isinstance(audit, Mapping) else {}
    values = [value for key in ("OldValue", "NewValue") if isinstance(value := detail.get(key), Mapping)]
    told: dict[str, str | None] = {key: _text(record, known) for key, known in _NAMES.items()}
    told["table"] = told["table"] or next(filter(None, (_entity(value) for value in values)), None)
    return {**told, "columns": ",".join(sorted({name for value in values for name in _columns(value)}))}


def _text(record: Mapping[str, Json], names: Iterable[str]) -> str | None:
    found = (record.get(name) for name in names)
    return next((str(value) for value in found if isinstance(value, str | int)), None)


def _entity(value: Mapping[str, Json]) -> str:
    kind = value.get(_TYPE)
    return kind.rpartition(".")[2] if isinstance(kind, str) else ""


def _columns(value: Mapping[str, Json]) -> Iterator[str]:
    for name in value:
        if "@" not in name:
            lookup = _LOOKUP.fullmatch(name)
            yield lookup["name"] if lookup else name
