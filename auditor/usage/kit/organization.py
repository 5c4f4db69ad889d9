"""`Organization`: which organisation the exports come from, and whether it is a sandbox."""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.formats.tables import Row
from auditor.model.observations import Evidence
from auditor.usage.reading import (
    SkipList,
    day_of,
    flag_of,
    lacks,
    organization_of,
    register_source,
    rows_of,
    tables_of,
)
from auditor.usage.request import UsageRequest


def read_organization(request: UsageRequest) -> Evidence:
    """Read the one row of `Organization`: an evidence source that names the organisation, and nothing else.

    A sandbox is said in its note: what is used there is not what the company uses.
    """
    skips = SkipList()
    rows: list[Row] = []
    for table in tables_of(request, skips):
        if not lacks(table, ("Id",), skips):
            rows += rows_of(table, skips)
    if len(rows) != 1:
        skips.add(request.id, f"an organisation has one row, not {len(rows)}")
    only = rows[0] if len(rows) == 1 else None
    as_of = day_of(request.options.get("exported"))
    source = register_source(request, as_of, len(rows), note=_note(only) if only else "")
    if only is not None:
        source = replace(
            source, organization=organization_of(only.get("Id")), sandbox=flag_of(only.get("IsSandbox"))
        )
    return Evidence(sources=(source,), skipped=skips.result())


def _note(row: Row) -> str:
    sandbox = flag_of(row.get("IsSandbox"))
    kind = row.get("OrganizationType") or ""
    if sandbox is None:
        return kind
    return f"{kind} sandbox: its use is not the company's".strip() if sandbox else f"{kind} production".strip()
