"""What there is and how it grew: the scope map, sprawl, the field inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.model.results import AuditResult, InventoryRow, SystemSummary
from auditor.model.values import Absent, Unknown, Value
from auditor.report import headings, phrasing, wording
from auditor.report.fact_tables import fact_table, values_of
from auditor.report.field_bars import field_bars
from auditor.report.naming import Names
from auditor.report.view import Block, Column, LongTable, Paragraph, Section, Table

_MAP = (
    *("name", "label", "kind_of_object", "custom", "managed", "external", "in_use", "rows", "last_touched"),
    *("concept", "field_count", "layout_count", "required_inputs", "reference_count", "retained"),
)
_INVENTORY = (
    *("label", "type", "created", "fill_rate", "fill_recent", "last_filled_quarter", "last_write", "last_read"),
    *("readable_by", "strong_reference_count", "on_layout", "in_report", "function"),
    *("description_quality", "owner"),
)
_USE = (
    ("never_filled", headings.NEVER_FILLED),
    ("unreferenced", headings.MENTIONED_NOWHERE),
    ("on_layout", headings.ON_A_PAGE),
    ("in_report", headings.IN_A_REPORT),
    ("calculated", headings.CALCULATED),
    ("required", headings.DEMANDED_BY_DEFINITION),
    ("editable_by_people", headings.EDITABLE_BY_PEOPLE),
    ("in_repo", headings.IN_THE_REPOSITORY),
)
_WORDS_OF = (
    ("description_quality", headings.DESCRIPTION),
    ("fill_trend", headings.TREND_OF_FILL),
    ("type", headings.TYPE),
)
_BARS = 20
_PRINTED_OBJECTS = 60
_PRINTED_FIELDS = 40
_TYPES = 8


def scope_section(result: AuditResult, names: Names) -> Section:
    """Every system and its objects."""
    blocks: list[Block] = [_systems(result.systems)]
    for system in result.systems:
        rows = [row for row in result.objects if row.subject.startswith(f"{system.name}:")]
        if rows:
            blocks.append(_object_map(result, system, rows))
    return Section("scope", *wording.SECTION["scope"], tuple(blocks))


def sprawl_section(result: AuditResult, names: Names) -> Section:
    """Fields by object, growth by quarter, and what is known of use."""
    blocks: list[Block] = []
    bars = field_bars(result, names, _BARS)
    if bars is not None:
        blocks.append(bars)
    blocks.extend(_growth_tables(result))
    if result.inventory:
        blocks.append(_use_table(result))
        blocks.extend(_word_tables(result))
    if not blocks:
        blocks.append(Paragraph(wording.GROWTH_UNKNOWN))
    return Section("sprawl", *wording.SECTION["sprawl"], tuple(blocks))


def inventory_section(result: AuditResult, names: Names) -> Section:
    """Every custom field."""
    table = fact_table(result.inventory_facts, result.inventory, _INVENTORY)
    rows = tuple(
        (names.short(row.subject), *cells) for row, cells in zip(result.inventory, table.rows, strict=True)
    )
    long = LongTable(
        "fields",
        (Column(headings.FIELD, breaks=True), *table.columns),
        rows,
        _PRINTED_FIELDS,
        "fields.csv",
        table.note,
    )
    return Section("inventory", *wording.SECTION["inventory"], (long,))


def _systems(systems: Sequence[SystemSummary]) -> Table:
    columns = (
        *(Column(headings.SYSTEM), Column(headings.ROLE), Column(headings.READ_FROM)),
        *(
            Column(title, True)
            for title in (
                headings.OBJECTS,
                headings.CUSTOM,
                headings.FIELDS,
                headings.CUSTOM,
                headings.COMPONENTS,
                headings.REFERENCES,
            )
        ),
        Column(headings.UNRESOLVED_MENTIONS, True),
    )
    rows = tuple(
        (
            *(each.name, str(each.role).upper(), each.location),
            *(phrasing.figure(n) for n in (each.objects, each.custom_objects, each.fields, each.custom_fields)),
            phrasing.figure(sum(n for _, n in each.components)),
            phrasing.figure(sum(n for _, n in each.references)),
            phrasing.figure(each.unresolved),
        )
        for each in systems
    )
    return Table(columns, rows)


def _object_map(result: AuditResult, system: SystemSummary, rows: Sequence[InventoryRow]) -> LongTable:
    table = fact_table(result.object_facts, rows, _MAP)
    note = wording.OBJECTS_OF.format(system=system.name, note=table.note).strip()
    return LongTable(f"objects-{system.name}", table.columns, table.rows, _PRINTED_OBJECTS, "report.json", note)


def _growth_tables(result: AuditResult) -> list[Table]:
    columns = (
        Column(headings.QUARTER),
        *(Column(title, True) for title in (headings.ADDED, headings.REMOVED, headings.NET, headings.AT_ITS_END)),
    )
    return [
        Table(
            columns,
            tuple(
                (row.quarter, *(phrasing.figure(n) for n in (row.added, row.removed, row.net, row.total)))
                for row in growth.rows[-12:]
            ),
            wording.GROWTH_OF.format(system=growth.system),
        )
        for growth in result.growth
        if growth.rows
    ]


def _use_table(result: AuditResult) -> Table:
    columns = (
        Column(headings.CUSTOM_FIELDS),
        *(Column(title, True) for title in (headings.YES, headings.NO, headings.UNKNOWN, headings.DOES_NOT_APPLY)),
    )
    rows = []
    for name, title in _USE:
        values = values_of(result.inventory_facts, result.inventory, name)
        if values:
            rows.append((title, *(phrasing.figure(n) for n in _answers(values))))
    return Table(columns, tuple(rows), headings.KNOWN_OF_USE)


def _answers(values: Sequence[Value]) -> tuple[int, int, int, int]:
    yes, no = sum(v is True for v in values), sum(v is False for v in values)
    absent = sum(isinstance(v, Absent) for v in values)
    return yes, no, len(values) - yes - no - absent, absent


def _word_tables(result: AuditResult) -> list[Table]:
    tables = []
    for name, title in _WORDS_OF:
        values = values_of(result.inventory_facts, result.inventory, name)
        told = Counter(phrasing.worded(phrasing.value_words(v)) for v in values if not isinstance(v, Unknown))
        if not told:
            continue
        best = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
        rows = [(word, phrasing.figure(n)) for word, n in best[:_TYPES]]
        if len(best) > _TYPES:
            rows.append(
                (
                    phrasing.counted(len(best) - _TYPES, wording.OTHERS),
                    phrasing.figure(sum(n for _, n in best[_TYPES:])),
                )
            )
        unknown = sum(isinstance(v, Unknown) for v in values)
        if unknown:
            rows.append((wording.UNKNOWN, phrasing.figure(unknown)))
        tables.append(Table((Column(title), Column(headings.FIELDS, True)), tuple(rows)))
    return tables
