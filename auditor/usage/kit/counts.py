"""`limits/recordCount`: how many rows each object holds, without asking for one of them."""

from __future__ import annotations

from auditor.formats.tables import Row
from auditor.model.observations import Cohort, Evidence, RowCount
from auditor.usage.naming import Names, names_of
from auditor.usage.reading import SkipList, count_of, day_of, lacks, register_source, rows_of, tables_of
from auditor.usage.request import UsageRequest

NOTE = (
    "Cached by the platform and approximate; leaves out history, share and feed objects, "
    "deleted and archived rows. An object that it does not list is not thereby empty."
)
"""Source: REST API guide, "Record Count"."""


def read_record_counts(request: UsageRequest) -> Evidence:
    """Read row counts by object. An object that is not listed is unknown, not empty.

    Understands the answer of `limits/recordCount`, that of `sf org list sobject record-counts --json`, and a table
    of `name` and `count`.
    """
    skips = SkipList()
    names = names_of(request.catalog)
    found: dict[str, RowCount] = {}
    rows = 0
    for table in tables_of(request, skips):
        if lacks(table, ("name", "count"), skips):
            continue
        for row in rows_of(table, skips):
            rows += 1
            counted = _row_count(request, names, row)
            if counted is None:
                skips.add(table.path, "no name, or no count", row.line)
            else:
                found[counted.object] = counted
    # The answer holds no day at all.
    as_of = day_of(request.options.get("exported"))
    source = register_source(request, as_of, rows, note=NOTE)
    counts = tuple(found[name] for name in sorted(found))
    return Evidence(sources=(source,), row_counts=counts, skipped=skips.result())


def _row_count(request: UsageRequest, names: Names, row: Row) -> RowCount | None:
    name, count = row.get("name"), count_of(row.get("count"))
    if name is None or count is None:
        return None
    return RowCount(names.object_key(name), request.id, Cohort(), count)
