"""`FlowDefinitionView`: which flows are active in the live organisation, and when they were changed."""

from __future__ import annotations

from datetime import date

from auditor.formats.tables import Row, Table
from auditor.model.observations import Deed, Definition, Evidence, Window
from auditor.usage.naming import Names, names_of
from auditor.usage.reading import (
    SkipList,
    checked_day,
    export_day,
    flag_of,
    lacks,
    register_source,
    rows_of,
    tables_of,
    was_cut,
)
from auditor.usage.request import UsageRequest


def read_flows(request: UsageRequest) -> Evidence:
    """Read `FlowDefinitionView` rows: active or not, last change. They say nothing of a flow's runs."""
    skips = SkipList()
    names = names_of(request.catalog)
    found: dict[str, Definition] = {}
    rows = 0
    truncated = False
    for table in tables_of(request, skips):
        if lacks(table, ("ApiName",), skips):
            continue
        before = rows
        for row in rows_of(table, skips):
            rows += 1
            definition = _definition(request, names, row, table, skips)
            if definition is not None:
                found[definition.subject] = definition
        truncated = was_cut(table, rows - before, skips) or truncated
    as_of = export_day(request, (each.modified for each in found.values()))
    source = register_source(request, as_of, rows, truncated=truncated)
    return Evidence(
        sources=(source,),
        windows=(_window(request, as_of, found, truncated),) if rows else (),
        definitions=tuple(found[subject] for subject in sorted(found)),
        skipped=skips.result(),
    )


def _window(request: UsageRequest, as_of: date, found: dict[str, Definition], truncated: bool) -> Window:
    return Window(
        request.id,
        request.system,
        Deed.DEFINED,
        None,
        as_of,
        subjects=frozenset(found) if truncated else None,
        kinds=frozenset({"flow"}),
    )


def _definition(request: UsageRequest, names: Names, row: Row, table: Table, skips: SkipList) -> Definition | None:
    name = row.get("ApiName")
    if name is None:
        skips.add(table.path, "no ApiName", row.line)
        return None
    state = row.get("ManageableState")
    prefix = row.get("NamespacePrefix")
    return Definition(
        names.component("flow", f"{prefix}__{name}" if prefix and "__" not in name else name),
        request.id,
        modified=checked_day(row, "LastModifiedDate", table.path, skips),
        active=flag_of(row.get("IsActive")),
        platform_id=row.get("DurableId"),
        managed=state.lower() != "unmanaged" if state else _has_prefix(row, table),
    )


def _has_prefix(row: Row, table: Table) -> bool | None:
    return row.get("NamespacePrefix") is not None if table.has("NamespacePrefix") else None
