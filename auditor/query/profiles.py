"""Measures over the rows of one object: counts by cohort, and what each field holds. No value leaves but one.

Rows are loaded once as text. What is measured of a field is written once in Ibis over a table `cell` of one column,
which a view makes of each field in turn.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from auditor.errors import FormatError
from auditor.query.engine import Engine, identifier, open_engine, quoted
from auditor.query.scans import Scan
from auditor.query.times import Expression, day, day_number, load_ibis, number


@dataclass(frozen=True, slots=True)
class Measured:
    """One field to be measured. `columns`: headers that it may stand under.

    `flag`: a checkbox, which is never empty; it counts as filled where it is true, or, where true is its default,
    wherever it says anything. `default`: None where there is none or it is no plain value. `placeholders` None: a
    type in which none can be told. `tellable`: its most frequent value may be told.
    """

    columns: tuple[str, ...]
    flag: bool = False
    default: str | None = None
    placeholders: tuple[str, ...] | None = None
    tellable: bool = False


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """Where rows tell what they are: headers, best first; empty where they tell nothing."""

    created: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    record_type: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class CohortRows:
    """Rows of one cohort, and for a field how many of them are filled. Quarter like `2026-Q3`; empty for none."""

    quarter: str
    record_type: str
    creator: str
    rows: int
    filled: int = 0
    newest_created: date | None = None
    newest_touched: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What one field holds. Shares are of the filled rows, None where they cannot be measured."""

    rows: int
    filled: int
    distinct: int
    dominant: str | None
    dominant_share: float | None
    default_share: float | None
    placeholder_share: float | None
    newest_with_value: date | None
    newest_touched_with_value: date | None
    cohorts: tuple[CohortRows, ...] = ()


@dataclass(slots=True)
class Profiled:
    """Everything measured of one object; `profiles` in the order of the fields that were asked for."""

    rows: int = 0
    deleted: int = 0
    future: int = 0
    cohorts: tuple[CohortRows, ...] = ()
    profiles: list[Profile] = field(default_factory=list)
    per_file: dict[Path, int] = field(default_factory=dict)
    bad_rows: list[tuple[Path, int | None, str]] = field(default_factory=list)


_OWN = ("created", "touched", "creator", "record_type", "deleted")
_TRUE = "('true', '1', 'yes', 't', 'y')"
_FALSE = "('false', '0', 'no', 'f', 'n')"


def profile_records(
    scans: Sequence[Scan],
    columns: RecordColumns,
    fields: Sequence[Measured],
    kind_of: Callable[[str], str],
    as_of: date,
) -> Profiled:
    """Measure the rows of one object over all its files. `kind_of` tells the kind of actor of a creator's id."""
    found = Profiled()
    with open_engine(scan.path for scan in scans if scan.form != "rows") as engine:
        _load(engine, scans, columns, fields, found)
        _prepare(engine, len(fields), kind_of, as_of, found)
        found.cohorts, *each_field = _cohorts(engine, fields)
        found.rows = sum(each.rows for each in found.cohorts)
        found.profiles = [_measure(engine, place, each, each_field[place]) for place, each in enumerate(fields)]
    return found


def columns_in(scan: Scan) -> tuple[str, ...]:
    """Columns of one scan, also of a Parquet file.

    Raises:
        FormatError: it cannot be read.
    """
    if scan.form != "parquet":
        return scan.columns
    with open_engine([scan.path]) as engine:
        return engine.columns_of(scan)


def measures() -> Expression:
    """What the column `value` of `cell` holds, in one row; `given` holds the default, `marks` the placeholders."""
    ibis = load_ibis()
    cell = ibis.table({"value": "string", "created": "int64", "touched": "int64"}, name="cell")
    given = ibis.table({"text": "string"}, name="given")
    marks = ibis.table({"mark": "string"}, name="marks")
    filled = cell.filter(cell.value.notnull())
    values = filled.group_by("value").agg(
        n=filled.count(), created=filled.created.max(), touched=filled.touched.max()
    )
    values = values.cross_join(given)
    same_number = values.value.try_cast("float64") == values.text.try_cast("float64")
    is_default = (values.value == values.text) | same_number.coalesce(False)  # noqa: FBT003, RUF100
    most = values.n.max()
    values = values.mutate(is_default=is_default, is_mark=values.value.lower().isin(marks.mark))
    return values.agg(
        filled=values.n.sum(),
        distinct=values.count(),
        most=most,
        default=values.n.sum(where=values.is_default),
        marked=values.n.sum(where=values.is_mark),
        created=values.created.max(),
        touched=values.touched.max(),
    )


def cohort_counts(width: int) -> Expression:
    """Rows of `rows`, and those in which each of so many values is filled, by quarter, record type and creator."""
    ibis = load_ibis()
    values = [f"v{place}" for place in range(width)]
    texts = dict.fromkeys(("quarter", "record_type", "kind", *values), "string")
    rows = ibis.table({**texts, "created": "int64", "touched": "int64"}, name="cohort_rows")
    filled = {name: rows[name].count() for name in values}
    return rows.group_by(["quarter", "record_type", "kind"]).agg(
        n=rows.count(), newest=rows.created.max(), latest=rows.touched.max(), **filled
    )


def dated() -> Expression:
    """The days of a loaded row."""
    ibis = load_ibis()
    loaded = ibis.table({"row": "int64", "created": "string", "touched": "string"}, name="moments")
    return loaded.select(row=loaded.row, created=day_number(loaded.created), touched=day_number(loaded.touched))


@cache
def _sql(expression: Callable[[], Expression]) -> str:
    return str(load_ibis().to_sql(expression(), dialect="duckdb"))


def _load(
    engine: Engine, scans: Sequence[Scan], columns: RecordColumns, fields: Sequence[Measured], found: Profiled
) -> None:
    wanted = {name: getattr(columns, name) for name in _OWN}
    wanted |= {f"f{place}": each.columns for place, each in enumerate(fields)}
    names = ", ".join(f"{identifier(name)} VARCHAR" for name in wanted)
    engine.run(f"CREATE TABLE loaded ({names})")
    before = 0
    for scan in scans:
        try:
            bad = engine.load(scan, wanted, "loaded")
        except FormatError as error:
            found.bad_rows.append((scan.path, error.line, error.reason))
            continue
        found.bad_rows += [(scan.path, line, reason) for line, reason in bad]
        (count,) = engine.run("SELECT count(*) FROM loaded")[0]
        found.per_file[scan.path], before = int(count) - before, int(count)


def _prepare(engine: Engine, width: int, kind_of: Callable[[str], str], as_of: date, found: Profiled) -> None:
    """Days, quarters and kinds of creators for every row; deleted rows and rows of the future left out."""
    engine.run("CREATE TABLE creators (who VARCHAR, kind VARCHAR)")
    who = [
        row[0] for row in engine.run("SELECT DISTINCT creator FROM loaded WHERE creator IS NOT NULL ORDER BY 1")
    ]
    engine.insert("creators", 2, [(each, kind_of(each)) for each in who])
    engine.run("CREATE TEMP VIEW moments AS SELECT rowid AS row, created, touched FROM loaded")
    fields = "".join(f", loaded.f{place}" for place in range(width))
    gone = f"lower(loaded.deleted) IN {_TRUE}"
    engine.run(
        f"CREATE TABLE records AS SELECT days.created, days.touched, coalesce({gone}, FALSE) AS deleted, "  # noqa: S608
        "make_date(1970, 1, 1) + days.created::INTEGER AS birthday, coalesce(loaded.record_type, '') AS record_type, "  # noqa: E501
        f"coalesce(creators.kind, '') AS kind{fields} FROM loaded JOIN ({_sql(dated)}) AS days ON days.row = loaded.rowid "  # noqa: E501
        "LEFT JOIN creators ON creators.who = loaded.creator"
    )
    engine.run("DROP VIEW moments")
    engine.run("DROP TABLE loaded")
    engine.run("DROP TABLE creators")
    found.deleted = int(engine.run("SELECT count(*) FROM records WHERE deleted")[0][0])
    late = f"NOT deleted AND created > {number(as_of)}"
    found.future = int(engine.run(f"SELECT count(*) FROM records WHERE {late}")[0][0])  # noqa: S608
    engine.run(f"DELETE FROM records WHERE deleted OR created > {number(as_of)}")  # noqa: S608
    # A change after the day of the audit is no measure of that day.
    engine.run(f"UPDATE records SET touched = NULL WHERE touched > {number(as_of)}")  # noqa: S608


def _cohorts(engine: Engine, fields: Sequence[Measured]) -> list[tuple[CohortRows, ...]]:
    """Rows by cohort, first as such, then for each field."""
    quarter = "coalesce(year(birthday) || '-Q' || quarter(birthday), '')"
    values = "".join(f", {_value(place, each)} AS v{place}" for place, each in enumerate(fields))
    engine.run(
        f"CREATE OR REPLACE TEMP VIEW cohort_rows AS SELECT created, touched, {quarter} AS quarter, record_type,"  # noqa: S608
        f" kind{values} FROM records"
    )
    counted = "".join(f", v{place}" for place in range(len(fields)))
    sql = str(load_ibis().to_sql(cohort_counts(len(fields)), dialect="duckdb"))
    rows = engine.run(
        f"SELECT quarter, record_type, kind, n, newest, latest{counted} FROM ({sql})"  # noqa: S608
        " ORDER BY quarter, record_type, kind"
    )
    whole = tuple(_cohort(row, 0) for row in rows)
    return [whole, *(tuple(_cohort(row, row[6 + place]) for row in rows) for place in range(len(fields)))]


def _cohort(row: tuple[Any, ...], filled: int) -> CohortRows:
    quarter, record_type, kind, rows, newest, latest = row[:6]
    return CohortRows(quarter, record_type, kind, int(rows), int(filled), day(newest), day(latest))


def _measure(engine: Engine, place: int, measured: Measured, cohorts: tuple[CohortRows, ...]) -> Profile:
    rows, filled = sum(each.rows for each in cohorts), sum(each.filled for each in cohorts)
    if not filled:
        return Profile(rows, 0, 0, None, None, None, None, None, None, cohorts)
    names = ("distinct", "most", "default", "marked", "created", "touched")
    listed = ", ".join(map(identifier, names))
    ((distinct, most, default, marked, created, touched),) = engine.run(
        f"{_cell(place, measured)} SELECT {listed} FROM ({_sql(measures)})"  # noqa: S608
    )
    return Profile(
        rows,
        filled,
        int(distinct),
        _dominant(engine, place, measured),
        most / filled,
        None if measured.default is None else (default or 0) / filled,
        None if measured.placeholders is None else (marked or 0) / filled,
        day(created),
        day(touched),
        cohorts,
    )


def _cell(place: int, measured: Measured) -> str:
    """One field as the table `cell`, its default as `given` and its placeholders as `marks`."""
    given = "NULL::VARCHAR" if measured.default is None else quoted(measured.default)
    marks = "[" + ", ".join(map(quoted, measured.placeholders or ())) + "]::VARCHAR[]"
    value = _value(place, measured)
    cell = f"SELECT {value} AS value, created, touched FROM records"  # noqa: S608
    return f"WITH cell AS ({cell}), given AS (SELECT {given} AS text), marks AS (SELECT unnest({marks}) AS mark)"


def _dominant(engine: Engine, place: int, measured: Measured) -> str | None:
    """The most frequent value, where it may be told; of several the first by name."""
    if not measured.tellable:
        return None
    rows = engine.run(
        f"{_cell(place, measured)} SELECT value FROM cell WHERE value IS NOT NULL GROUP BY value "  # noqa: S608
        "ORDER BY count(*) DESC, value LIMIT 1"
    )
    return str(rows[0][0]) if rows else None


def _value(place: int, measured: Measured) -> str:
    if not measured.flag:
        return f"f{place}"
    plain = f"CASE WHEN lower(f{place}) IN {_TRUE} THEN 'true' WHEN lower(f{place}) IN {_FALSE} THEN 'false' END"
    return plain if measured.default == "true" else f"nullif({plain}, {quoted('false')})"
