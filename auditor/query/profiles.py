"""Measures over the rows of one object: counts by cohort, and what each field holds. No value leaves but one.

Rows are loaded once; then one statement counts by cohort and one measures all fields, of which it makes rows of
field and value. What is measured of a field is written in `expressions.measures`.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal, a quoted name or a number only

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from auditor.errors import FormatError
from auditor.query.engine import Engine
from auditor.query.measured import CohortRows, Measured, Profile, Profiled, RecordColumns, Told
from auditor.query.reading import alike, quoted
from auditor.query.scans import Scan
from auditor.query.times import day, day_sql, number, plain_day_sql

_OWN = ("created", "touched", "creator", "record_type", "deleted")
_TRUE = "('true', '1', 'yes', 't', 'y')"
_FALSE = "('false', '0', 'no', 'f', 'n')"


def profile_records(
    engine: Engine,
    scans: Sequence[Scan],
    columns: RecordColumns,
    fields: Sequence[Measured],
    told: Told,
) -> Profiled:
    """Measure the rows of one object over all its files, which the engine may read.

    Everything is exact, whatever their number.
    """
    found = Profiled()
    _load(engine, scans, columns, fields, found)
    _date(engine, told.as_of)
    _leave_out(engine, found, scans, told.as_of)
    _name_creators(engine, columns, told.kind_of)
    found.cohorts, *each_field = _cohorts(engine, fields)
    found.rows = sum(each.rows for each in found.cohorts)
    step = max(1, told.at_once // max(found.rows, 1))
    for start in range(0, len(fields), step):
        part = range(start, min(start + step, len(fields)))
        held = _measured(engine, part, fields)
        found.profiles += [
            _profile(found.rows, held.get(place), fields[place], each_field[place]) for place in part
        ]
    return found


def _load(
    engine: Engine, scans: Sequence[Scan], columns: RecordColumns, fields: Sequence[Measured], found: Profiled
) -> None:
    wanted = {name: getattr(columns, name) for name in _OWN}
    wanted |= {f"f{place}": each.columns for place, each in enumerate(fields)}
    values = "".join(f", v{place} VARCHAR" for place in range(len(fields)))
    engine.run(
        "CREATE OR REPLACE TABLE records (file VARCHAR, made VARCHAR, changed VARCHAR, created BIGINT,"
        f" touched BIGINT, gone BOOLEAN, creator VARCHAR, record_type VARCHAR{values})"
    )
    picked = "".join(f", {_value(place, each)}" for place, each in enumerate(fields))
    days = f"{plain_day_sql('created')}, {plain_day_sql('touched')}"
    insert = (
        f"INSERT INTO records SELECT file, created, touched, {days},"
        f" coalesce(lower(deleted) IN {_TRUE}, FALSE), creator, coalesce(record_type, ''){picked} FROM "
    )
    for group in alike(scans):
        _load_group(engine, group, wanted, insert, found)


def _load_group(
    engine: Engine, group: Sequence[Scan], wanted: dict[str, tuple[str, ...]], insert: str, found: Profiled
) -> None:
    try:
        reading = engine.reading(group, wanted)
        engine.guarded(f"{insert}({reading.sql})")
        left = reading.left_out | engine.left_out(group)
    except FormatError as error:
        if len(group) == 1:
            found.bad_rows.append((group[0].path, error.line, error.reason))
            return
        # Nothing of the group was kept; one by one only the file that is to blame is lost.
        for scan in group:
            _load_group(engine, [scan], wanted, insert, found)
        return
    found.per_file |= {scan.path: 0 for scan in group}
    for path, each in left.items():
        if each.count:
            found.rejected[path] = each.count
        found.bad_rows += [(path, line, reason) for line, reason in each.rows]


def _date(engine: Engine, as_of: date) -> None:
    """Give a day to the times that are not written as nearly all are."""
    ((others, late),) = engine.run(
        "SELECT count(*) FILTER ((created IS NULL AND made IS NOT NULL) OR created < 0"
        " OR (touched IS NULL AND changed IS NOT NULL) OR touched < 0),"
        f" count(*) FILTER (touched > {number(as_of)}) FROM records"
    )
    if others:
        engine.run(f"UPDATE records SET created = {day_sql('made')}, touched = {day_sql('changed')}")
    if others or late:
        # A change after the day of the audit is no measure of that day.
        engine.run(f"UPDATE records SET touched = NULL WHERE touched > {number(as_of)}")


def _leave_out(engine: Engine, found: Profiled, scans: Sequence[Scan], as_of: date) -> None:
    """Deleted rows and rows of the future."""
    paths = {str(scan.path.resolve()): scan.path for scan in scans}
    late = f"coalesce(created > {number(as_of)}, FALSE)"
    rows = engine.run(
        f"SELECT file, count(*), count(*) FILTER (gone), count(*) FILTER ({late} AND NOT gone) FROM records"
        " GROUP BY file"
    )
    found.per_file |= {paths[file]: count for file, count, _, _ in rows}
    found.deleted, found.future = sum(row[2] for row in rows), sum(row[3] for row in rows)
    if found.deleted or found.future:
        engine.run(f"DELETE FROM records WHERE gone OR {late}")


def _name_creators(engine: Engine, columns: RecordColumns, kind_of: Callable[[str], str]) -> None:
    engine.run("CREATE OR REPLACE TABLE creators (who VARCHAR, kind VARCHAR)")
    if columns.creator:
        who = engine.run("SELECT DISTINCT creator FROM records WHERE creator IS NOT NULL ORDER BY creator")
        engine.insert("creators", 2, [(each, kind_of(each)) for (each,) in who])


def _cohorts(engine: Engine, fields: Sequence[Measured]) -> list[tuple[CohortRows, ...]]:
    """Rows by cohort, first as such, then for each field."""
    counted = "".join(f", count(v{place})" for place in range(len(fields)))
    born = "DATE '1970-01-01' + created::INTEGER"
    rows = engine.run(
        f"SELECT coalesce(year({born}) || '-Q' || quarter({born}), '') AS quarter, record_type,"
        f" coalesce(kind, '') AS kind, count(*), max(created), max(touched){counted} FROM records"
        " LEFT JOIN creators ON who = creator GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    dated = [(*row[:4], day(row[4]), day(row[5])) for row in rows]
    whole = tuple(_cohort(row, 0) for row in dated)
    fills = [[row[6 + place] for row in rows] for place in range(len(fields))]
    return [whole, *(tuple(map(_cohort, dated, filled)) for filled in fills)]


def _cohort(row: tuple[Any, ...], filled: int) -> CohortRows:
    quarter, record_type, kind, rows, created, touched = row
    return CohortRows(quarter, record_type, kind, rows, filled, created, touched)


def _measured(engine: Engine, part: range, fields: Sequence[Measured]) -> dict[int, tuple[Any, ...]]:
    """Measures of some fields by their places; none of those that no row fills.

    Values of one field that are equally frequent: the first by name is the dominant one.
    """
    places = ", ".join(map(str, part))
    values = ", ".join(f"v{place}" for place in part)
    sets = list(dict.fromkeys(fields[place].placeholders or () for place in part))
    marks = [(number, mark) for number, words in enumerate(sets) for mark in dict.fromkeys(words)]
    given = [
        (place, each.default, sets.index(each.placeholders or ()), each.tellable)
        for place in part
        for each in (fields[place],)
    ]
    rows = engine.run(
        f"WITH given(place, text, marks, tellable) AS (VALUES {_rows(given)}), words(marks, mark) AS"
        f" (VALUES {_rows([*marks, (-1, '')])}), cells AS (SELECT unnest([{places}]) AS place,"
        f" unnest([{values}]) AS value, created, touched FROM records), held AS (SELECT place, value,"
        " count(*) AS n, max(created) AS created, max(touched) AS touched FROM cells WHERE value IS NOT NULL"
        " GROUP BY place, value)"
        " SELECT place, sum(n)::BIGINT, count(*), max(n),"
        " (sum(n) FILTER (value = text OR TRY_CAST(value AS DOUBLE) = TRY_CAST(text AS DOUBLE)))::BIGINT,"
        " (sum(n) FILTER (words.mark IS NOT NULL))::BIGINT, max(created), max(touched),"
        " min(CASE WHEN tellable THEN ROW(-n, value) END)[2] FROM held JOIN given USING (place)"
        " LEFT JOIN words ON words.marks = given.marks AND words.mark = lower(held.value) GROUP BY place"
    )
    return {row[0]: row[1:] for row in rows}


def _rows(values: Sequence[tuple[object, ...]]) -> str:
    """Rows of literals."""
    return ", ".join("(" + ", ".join(map(_literal, row)) + ")" for row in values)


def _literal(value: object) -> str:
    if value is None:
        return "NULL::VARCHAR"
    return quoted(value) if isinstance(value, str) else str(value)


def _profile(
    rows: int, held: tuple[Any, ...] | None, measured: Measured, cohorts: tuple[CohortRows, ...]
) -> Profile:
    if held is None:
        return Profile(rows, 0, 0, None, None, None, None, None, None, cohorts)
    filled, distinct, most, default, marked, created, touched, dominant = held
    return Profile(
        rows,
        filled,
        distinct,
        dominant,
        most / filled,
        None if measured.default is None else (default or 0) / filled,
        None if measured.placeholders is None else (marked or 0) / filled,
        day(created),
        day(touched),
        cohorts,
    )


def _value(place: int, measured: Measured) -> str:
    if not measured.flag:
        return f"f{place}"
    plain = f"CASE WHEN lower(f{place}) IN {_TRUE} THEN 'true' WHEN lower(f{place}) IN {_FALSE} THEN 'false' END"
    return plain if measured.default == "true" else f"nullif({plain}, 'false')"
