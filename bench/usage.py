"""How much dearer reading a log of events exactly is than DuckDB counting the rows of the same file.

    python bench/usage.py [--rows N] [--lists N] [--users N] [--runs N] [--sample N]

Writes a log of N rows (object, list of fields, user, time) into a temporary folder and reads it to count, last use
and distinct users of every field. Prints the best of the runs of both, their ratio (the budget is 9, the aim 6)
and the peak of memory, of which `count(*)` has no part: the reader runs in a process of its own. A sample of the
rows is read the same way and compared with plain Python.
"""

# ruff: noqa: S608 - the bench's own SQL

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Seen, Target, aggregate_events
from auditor.query.expressions import Key
from auditor.query.scans import open_scan

BUDGET = 9.0
MEMORY = 4 << 30
AS_OF = date(2026, 11, 21)
COLUMNS = EventColumns((Key(("object",)), Key(("fields",))), ("time",), ("user",))
_TYPES = ", ".join(f"'{name}': 'VARCHAR'" for name in ("object", "fields", "user", "time"))


def write_log(path: Path, rows: int, lists: int, users: int) -> None:
    """Rows in a random order: a list of one to eight fields of one of forty objects, a user, a time in a year."""
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.25)")
    fields = (
        "SELECT list,"
        " string_agg('Field_' || ((list * 7 + place * 13) % 200) || '__c', ';' ORDER BY place) AS fields"
        f" FROM range({lists}) AS l(list), range(8) AS p(place) WHERE place <= list // 40 % 8 GROUP BY list"
    )
    told = (
        f"SELECT (random() * {lists - 1})::INTEGER AS list, (random() * {users - 1})::INTEGER AS who,"
        f" (random() * 31000000)::BIGINT AS second FROM range({rows})"
    )
    connection.execute(
        "COPY (SELECT 'Object_' || list % 40 || '__c' AS object, fields,"
        " '005' || lpad(who::VARCHAR, 15, '0') AS user, "
        " strftime(TIMESTAMP '2025-11-21' + to_seconds(second), '%Y-%m-%dT%H:%M:%S.000Z') AS time"
        f" FROM ({told}) JOIN ({fields}) USING (list)) TO '{path}' (HEADER)"
    )


def count_only(path: Path) -> int:
    """What DuckDB needs to count the rows, the columns declared and nothing guessed."""
    ((rows,),) = (
        duckdb.connect()
        .execute(f"SELECT count(*) FROM read_csv('{path}', columns={{{_TYPES}}}, header=true, auto_detect=false)")
        .fetchall()
    )
    return int(rows)


def each_field(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
    """An event reads every field in its list."""
    return [[Target(f"{key.values[0]}.{name}", "read") for name in key.values[1].split(";")] for key in keys]


def read_log(path: Path) -> list[Seen]:
    """The reader under test."""
    return aggregate_events([open_scan(path)], COLUMNS, each_field, lambda user: (user, "people"), AS_OF).totals


def plain_python(path: Path) -> list[Seen]:
    """The same, row by row."""
    counts: dict[str, int] = {}
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    users: dict[str, set[str]] = {}
    with path.open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            day = datetime.fromisoformat(row["time"]).astimezone(UTC).date()
            for name in row["fields"].split(";"):
                subject = f"{row['object']}.{name}"
                counts[subject] = counts.get(subject, 0) + 1
                first[subject] = min(first.get(subject, day), day)
                last[subject] = max(last.get(subject, day), day)
                users.setdefault(subject, set()).add(row["user"])
    return [
        Seen(Target(name, "read", "people"), counts[name], first[name], last[name], len(users[name]))
        for name in sorted(counts)
    ]


def head(path: Path, rows: int) -> Path:
    """The first rows of a log as a log of its own."""
    sample = path.with_name("sample.csv")
    with path.open(encoding="utf-8") as source, sample.open("w", encoding="utf-8") as target:
        target.writelines(islice(source, rows + 1))
    return sample


def measured(work: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock and by the processors."""
    clock, processors = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - clock, "cpu": time.process_time() - processors}


def in_own_process(path: Path) -> dict[str, float]:
    """The reader in a fresh process, whose peak of memory is its own."""
    command = [sys.executable, __file__, "--read", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> int:
    """Measure, print, and fail beyond the budget or where plain Python counts otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sizes = {"rows": 20_000_000, "lists": 2_000, "users": 2_000, "runs": 2, "sample": 100_000}
    for name, default in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        times = measured(lambda: read_log(asked.read))
        print(json.dumps({**times, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
        return 0
    with TemporaryDirectory(prefix="bench-usage-") as folder:
        return _compare(Path(folder) / "log.csv", asked)


def _compare(path: Path, asked: argparse.Namespace) -> int:
    write_log(path, asked.rows, asked.lists, asked.users)
    size = path.stat().st_size / 1e9
    print(f"{asked.rows:,} rows, {size:.2f} GB, {asked.lists:,} lists of fields, {asked.users:,} users")
    # By turns, so that what else the machine does falls on both.
    pairs = [(measured(lambda: count_only(path)), in_own_process(path)) for _ in range(asked.runs)]
    ratios = []
    for unit in ("wall", "cpu"):
        counting, reading = min(one[unit] for one, _ in pairs), min(each[unit] for _, each in pairs)
        ratios.append(reading / counting)
        print(f"{unit}: count(*) {counting:.2f} s, read exactly {reading:.2f} s, ratio {reading / counting:.1f}")
    peak = max(each["peak"] for _, each in pairs)
    print(f"peak memory {peak / 2**20:,.0f} MiB")
    sample = head(path, asked.sample)
    same = read_log(sample) == plain_python(sample)
    print(f"the first {asked.sample:,} rows: {'as' if same else 'NOT as'} plain Python counts them")
    return 0 if same and ratios[0] <= BUDGET and peak <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
