"""`COUNT(field)` by creation quarter, record type and kind of creator: adoption, without a row leaving the CRM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.dataclasses import dataclass, field, replace
from auditor.formats.tables import Row, Table
from auditor.model.observations import Actor, Cohort, Evidence, Fill, RowCount
from auditor.usage.kit.aggregates import fields_by_alias
from auditor.usage.kit.people import declared_profiles, kind_of_creator
from auditor.usage.naming import Names, names_of
from auditor.usage.reading import SkipList, count_of, day_of, register_source, rows_of, tables_of
from auditor.usage.request import UsageRequest

NOTE = (
    "Counts of rows as they are now. A checkbox always has a value, so a count says nothing of it; long text, "
    "multi-select picklists and encrypted fields cannot be counted and are absent."
)
AGGREGATE_ROWS = 2000
"""An aggregate query returns no more rows than this and cannot be continued: so many exactly is a cut answer."""

_OBJECT = ("object", "sobject")
_QUARTER = ("quarter", "qtr")
_YEAR = ("year", "yr")
_RECORD_TYPE = ("record_type", "rectype", "RecordType.DeveloperName", "DeveloperName")
_CREATOR = ("creator_kind", "creator", "CreatedBy.Profile.Name", "CreatedBy.UserType", "UserType")
_ROWS = ("rows", "total")
_LONG = ("field", "filled")
_RESERVED = frozenset(
    name.lower() for names in (_OBJECT, _QUARTER, _YEAR, _RECORD_TYPE, _CREATOR, _ROWS, _LONG) for name in names
)


def read_fill(request: UsageRequest) -> Evidence:
    """Read fill counts in three layouts.

    Wide: a column a field. Long: `field` and `filled`. Raw: the answer of a query that `auditor evidence plan`
    prints, with the query beside it as `<name>.soql`. Without an `object` column the file's
    name up to its first dot names the object.
    """
    skips = SkipList()
    found = _Found()
    context = _Context(request, names_of(request.catalog), declared_profiles(request.options), skips)
    for table in tables_of(request, skips):
        if not any(table.has(name) for name in _ROWS):
            skips.add(table.path, f"no column {_ROWS[0]} (it has: {', '.join(table.columns[:12])})")
            continue
        _read_table(context, table, found)
    source = register_source(
        request, day_of(request.options.get("exported")), found.read, truncated=found.truncated, note=NOTE
    )
    return Evidence(
        sources=(source,),
        fills=tuple(found.fills[key] for key in sorted(found.fills, key=_place)),
        row_counts=tuple(found.rows[key] for key in sorted(found.rows, key=_place)),
        skipped=skips.result(),
    )


def _place(key: tuple[str, Cohort]) -> tuple[str, str, str, str]:
    subject, cohort = key
    return subject, cohort.quarter or "", cohort.record_type or "", cohort.creator or ""


@dataclass(slots=True)
class _Found:
    """What was read so far, each cohort once: batches of one object repeat its row counts."""

    fills: dict[tuple[str, Cohort], Fill] = field(default_factory=dict)
    rows: dict[tuple[str, Cohort], RowCount] = field(default_factory=dict)
    read: int = 0
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    request: UsageRequest
    names: Names
    declared: frozenset[str]
    skips: SkipList


def _read_table(context: _Context, table: Table, found: _Found) -> None:
    long = table.has(*_LONG)
    columns = _field_columns(context, table)
    if not long and not columns:
        context.skips.add(table.path, "no column is a field")
    here = _Found()
    for row in rows_of(table, context.skips):
        here.read += 1
        _read_row(context, table, row, columns if not long else {}, here)
    _merge(found, here)
    if here.read == AGGREGATE_ROWS or table.truncated:
        found.truncated = True
        context.skips.add(table.path, f"exactly {AGGREGATE_ROWS} rows or marked unfinished: the answer was cut")


def _read_row(context: _Context, table: Table, row: Row, columns: Mapping[str, str], here: _Found) -> None:
    owner = row.get(*_OBJECT) or _object_in(table.path)
    total = count_of(row.get(*_ROWS))
    cohort = _cohort(context, row)
    if total is None or cohort is None:
        context.skips.add(table.path, "no count of rows, or no quarter such as 2026-Q3", row.line)
        return
    key = context.names.object_key(owner)
    many = here.rows.get((key, cohort))
    # In the long layout every field repeats the count; in the wide one rows of several kinds that we see as one
    # (two user types of people) add up.
    if "field" not in columns and row.get("field"):
        here.rows[key, cohort] = RowCount(key, context.request.id, cohort, total)
        _add(context, table, row, (owner, row.get("field") or "", row.get("filled")), (cohort, total, here))
        return
    here.rows[key, cohort] = RowCount(key, context.request.id, cohort, total + (many.rows if many else 0))
    for column, name in columns.items():
        _add(context, table, row, (owner, name, row.get(column)), (cohort, total, here))


def _add(
    context: _Context,
    table: Table,
    row: Row,
    cell: tuple[str, str, str | None],
    cohort: tuple[Cohort, int, _Found],
) -> None:
    """Add one count of a field to its cohort; an empty cell means not counted, which is not zero."""
    owner, name, text = cell
    where, total, here = cohort
    if text is None:
        return
    filled = count_of(text)
    if filled is None or filled > total:
        context.skips.add(table.path, f"{name}: {text!r} is no count up to the {total} rows", row.line)
        return
    subject = context.names.field(owner, name)
    known = here.fills.get((subject, where))
    fill = Fill(subject, context.request.id, where, total, filled)
    if known is not None:
        fill = replace(fill, rows=fill.rows + known.rows, filled=fill.filled + known.filled)
    here.fills[subject, where] = fill


def _merge(found: _Found, here: _Found) -> None:
    found.read += here.read
    found.fills.update(here.fills)
    found.rows.update(here.rows)


def _cohort(context: _Context, row: Row) -> Cohort | None:
    quarter = _quarter(row.get(*_YEAR), row.get(*_QUARTER))
    if quarter is None and row.get(*_QUARTER):
        return None
    creator = _creator(context, row)
    return Cohort(quarter, row.get(*_RECORD_TYPE), creator)


def _creator(context: _Context, row: Row) -> Actor | None:
    return kind_of_creator(row.get(*_CREATOR), context.declared)


def _quarter(year: str | None, quarter: str | None) -> str | None:
    """`2026-Q3` from `2026-Q3`, `2026Q3`, `Q3 2026`, or a year and a number of its own."""
    text = f"{year}-Q{quarter}" if year and quarter and quarter.isdecimal() else quarter or ""
    found = _QUARTER_FIRST.fullmatch(text.strip()) or _YEAR_FIRST.fullmatch(text.strip())
    return f"{found['year']}-Q{found['quarter']}" if found else None


_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[- ]?[Qq]?(?P<quarter>[1-4])")
_QUARTER_FIRST = re.compile(r"[Qq](?P<quarter>[1-4])[- ](?P<year>\d{4})")


def _field_columns(context: _Context, table: Table) -> dict[str, str]:
    """Column → field that it counts; a raw answer's `expr0` is named by the query beside it."""
    aliases = fields_by_alias(table.path)
    columns: dict[str, str] = {}
    for column in table.columns:
        lowered = column.lower()
        if lowered in _RESERVED or not column or lowered.endswith("__longitude__s"):
            # A geolocation is one field; its latitude stands for both halves.
            continue
        name = aliases.get(lowered, column)
        if re.fullmatch(r"expr\d+", name):
            context.skips.add(table.path, f"column {column}: the query that tells its field is missing")
        else:
            columns[column] = name
    return columns


def _object_in(path: Path) -> str:
    return path.name.partition(".")[0]


def fill_signature_columns() -> Iterator[frozenset[str]]:
    """The sets of columns, any of which makes a file one of fill counts."""
    yield frozenset({"quarter", "rows"})
    yield frozenset({"yr", "qtr", "total"})
    yield frozenset({"object", "field", "rows", "filled"})
