"""How much dearer comparing two tables field by field is than DuckDB counting the rows that join.

    python -m bench.reconcile [--rows N] [--form csv|parquet] [--runs N]

Writes a table of N rows for a CRM and one for an ERP into a temporary folder: a key, a day of the last change
and twenty fields (texts, numbers, days, phones, flags), in different orders, one row of a hundred on one side
only, one row of fifty different in some field, and three fields spelled differently in every row.
Both are compared as `auditor reconcile` does it and, in the same run, joined and counted by DuckDB with the same
threads and memory; each in a process of its own, by processor time, best of the runs. `--form parquet` is held to
nothing: a count reads one column there of twenty-two, a comparison all of them.
"""

# ruff: noqa: S608 - the bench's own SQL

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from auditor.model.reconciliation import FieldRule, PairRule, SideRule, ValueKind
from auditor.query.engine import MEMORY_LIMIT, open_engine
from auditor.query.reconciling import MEMORY as MEMORY_OF_OURS
from auditor.query.reconciling import reconcile_pair
from auditor.query.reconciling_sides import SideRows
from auditor.query.scans import open_scan
from bench.ratios import Ratio, Spent, spent, verdict

LIMIT = 4.0
MEMORY = 6 << 10
"""MiB."""
FIELDS = 20
_KINDS = (ValueKind.TEXT, ValueKind.NUMBER, ValueKind.DATE, ValueKind.TEXT, ValueKind.NUMBER)
_RESPELLED = {
    1: "printf('%.2f', i * 7 % 100000 / 100)",
    2: "strftime(DATE '2020-01-01' + (i * 13 % 2000)::INTEGER, '%Y-%m-%d') || 'T08:30:00.000+0000'",
    19: "CASE WHEN i % 3 = 0 THEN 'true' ELSE 'false' END",
}
"""Place of a field → how the CRM spells it."""


def write_tables(folder: Path, rows: int, form: str) -> None:
    """Both tables, each in a random order of its own."""
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(folder / "spilled")})
    for name, absent in (("crm", 3), ("erp", 7)):
        cells = ", ".join(f"{_value(place, name)} AS f{place}" for place in range(FIELDS))
        row = (
            "'K' || lpad(i::VARCHAR, 9, '0') AS k,"
            f" strftime(DATE '2024-01-01' + (i * {absent} % 900)::INTEGER, '%Y-%m-%d') AS changed, {cells}"
        )
        options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet"
        connection.execute(
            f"COPY (SELECT {row} FROM range({rows}) AS t(i) WHERE i % 100 <> {absent} ORDER BY hash(i, '{name}'))"
            f" TO '{folder / name}.{form}' ({options})"
        )
    connection.close()


def compare(folder: Path, form: str) -> int:
    """What is measured: rows that differ in some field."""
    fields = tuple(FieldRule(f"f{place}", f"f{place}", _kind(place), 0.005) for place in range(FIELDS))
    left, right = (SideRule(name, "k", changed="changed") for name in ("crm", "erp"))
    rule = PairRule("bench", left, right, fields)
    scans = [open_scan(folder / f"{name}.{form}") for name in ("crm", "erp")]
    with open_engine([scan.path for scan in scans], MEMORY_OF_OURS) as engine:
        crm, erp = (SideRows({name: (scan,)}) for name, scan in zip(("crm", "erp"), scans, strict=True))
        found, _ = reconcile_pair(engine, rule, crm, erp, shown=False)
    return sum(each.different for each in found.fields)


def count(folder: Path, form: str) -> int:
    """What it is compared with: the rows of the same full join, every column a text as in the comparison."""
    config = {"memory_limit": MEMORY_LIMIT, "temp_directory": str(folder / "spilled")}
    connection = duckdb.connect(config={**config, "preserve_insertion_order": "false"})
    read = "read_csv('{}', all_varchar=true, header=true)" if form == "csv" else "read_parquet('{}')"
    crm, erp = (read.format(folder / f"{name}.{form}") for name in ("crm", "erp"))
    row = connection.execute(f"SELECT count(*) FROM {crm} c FULL JOIN {erp} e ON c.k = e.k").fetchone()
    return int(row[0]) if row else 0


def measured(folder: Path, form: str, what: str) -> tuple[Spent, int, int]:
    """One run in a process of its own: time, peak of memory in MiB, and the answer."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.reconcile", "--form", form, "--measure", what, str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    wall, cpu, peak, answer = json.loads(told.stdout)
    return Spent(wall, cpu), peak, answer


def main() -> int:
    """Run the bench. 0: every limit is held."""
    parser = argparse.ArgumentParser(description="auditor reconcile against a bare join")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--form", choices=("csv", "parquet"), default="csv")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        return _measure(asked.measure[0], Path(asked.measure[1]), asked.form)
    with TemporaryDirectory(prefix="bench-") as name:
        write_tables(Path(name), asked.rows, asked.form)
        runs = [
            (measured(Path(name), asked.form, "count"), measured(Path(name), asked.form, "compare"))
            for _ in range(asked.runs)
        ]
    bare, ours = (min((run[place][0] for run in runs), key=lambda each: each.cpu) for place in (0, 1))
    peak = max(run[1][1] for run in runs)
    print(f"{asked.rows:,} rows a side, {FIELDS} fields, {asked.form}; {runs[0][1][2]:,} values differ")
    for what, took in (("join and count", bare), ("compare", ours)):
        print(f"{what}: {took.cpu:.1f} s of processor, {took.wall:.1f} s by the clock")
    held = asked.form == "csv"
    return verdict(
        [
            Ratio("reconcile / bare join count, processor", ours.cpu / bare.cpu, LIMIT if held else None),
            Ratio("peak of memory", peak, MEMORY, " MiB"),
        ]
    )


def _measure(what: str, folder: Path, form: str) -> int:
    """Run one of the two in this process, and print what it took."""
    answers: list[int] = []
    took = spent(lambda: answers.append((compare if what == "compare" else count)(folder, form)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps([took.wall, took.cpu, peak, answers[-1]]))
    return 0


def _kind(place: int) -> ValueKind:
    return {18: ValueKind.PHONE, 19: ValueKind.BOOLEAN}.get(place, _KINDS[place % len(_KINDS)])


def _value(place: int, side: str) -> str:
    """SQL of one value of row `i`; on the side of the ERP, one of fifty is another one."""
    plain = {
        ValueKind.TEXT: f"'Value ' || (i * {place + 31} % 5000)",
        ValueKind.NUMBER: f"(i * {place + 6} % 100000 / 100)::VARCHAR",
        ValueKind.DATE: f"strftime(DATE '2020-01-01' + (i * {place + 11} % 2000)::INTEGER, '%Y-%m-%d')",
        ValueKind.PHONE: "'+46 8 ' || (1000000 + i % 1000000)",
        ValueKind.BOOLEAN: "CASE WHEN i % 3 = 0 THEN '1' ELSE '0' END",
    }[_kind(place)]
    if side == "crm":
        return _RESPELLED.get(place, plain)
    return f"CASE WHEN i % 1000 = {place * 50} THEN 'x' || i ELSE {plain} END"


if __name__ == "__main__":
    sys.exit(main())
