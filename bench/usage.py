"""How much dearer reading a log of events exactly is than DuckDB counting the rows of the same file.

    python -m bench.usage [--rows N] [--form csv|gz|parquet] [--once] [--runs N] [--sample N]

Writes a log of N rows (object, list of fields, user, time) and one of twice as many into a temporary folder, and
reads them by the reader of the kind `event-log` to count, last use and distinct users of every field. Holds the
best of the runs to DuckDB's `count(*)` over the same file in the same run, the larger log to the smaller one, and
the peak of memory, of which `count(*)` has no part: the reader runs in a process of its own. A sample is read the
same way and compared with plain Python. `--once` leaves out the larger log.
"""

# ruff: noqa: S608 - the bench's own SQL

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import duckdb

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Deed, Evidence
from auditor.usage.logs.event_logs import read_event_log
from auditor.usage.request import UsageRequest
from bench.ratios import Ratio, Spent, least, spent, verdict

LIMIT, AIM, TWICE = 9.0, 6.0, 2.2
MEMORY = 4 << 10
"""MiB."""
AS_OF = date(2026, 11, 21)
OBJECTS, FIELDS, LISTS, USERS = 40, 200, 2_000, 2_000
_CSV = "FORMAT csv, HEADER"
FORMS = {
    "csv": ("csv", _CSV),
    "gz": ("csv.gz", f"{_CSV}, COMPRESSION gzip"),
    "parquet": ("parquet", "FORMAT parquet"),
}
_TYPES = "{'object': 'VARCHAR', 'fields': 'VARCHAR', 'user': 'VARCHAR', 'time': 'TIMESTAMP'}"

Used: TypeAlias = dict[str, tuple[int, date, date, int]]
"""Field → count, first day, last day, distinct users."""


def write_log(path: Path, rows: int, copying: str = _CSV) -> None:
    """Rows in a random order: a list of one to eight fields of one of forty objects, a user, a time in a year."""
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.25)")
    fields = (
        f"SELECT list, string_agg('Field_' || ((list * 7 + place * 13) % {FIELDS}) || '__c', ';' ORDER BY place)"
        f" AS fields FROM range({LISTS}) AS l(list), range(8) AS p(place) WHERE place <= list // {OBJECTS} % 8"
        " GROUP BY list"
    )
    told = (
        f"SELECT (random() * {LISTS - 1})::INTEGER AS list, (random() * {USERS - 1})::INTEGER AS who,"
        f" (random() * 31000000)::BIGINT AS second FROM range({rows})"
    )
    connection.execute(
        f"COPY (SELECT 'Object_' || list % {OBJECTS} || '__c' AS object, fields,"
        " '005' || lpad(who::VARCHAR, 15, '0') AS user, "
        " strftime(TIMESTAMP '2025-11-21' + to_seconds(second), '%Y-%m-%dT%H:%M:%S.000Z') AS time"
        f" FROM ({told}) JOIN ({fields}) USING (list)) TO '{path}' ({copying})"
    )


def count_only(path: Path) -> int:
    """What DuckDB needs to count the rows, the columns declared and nothing guessed."""
    declared = f"read_csv('{path}', columns={_TYPES}, header=true, auto_detect=false)"
    source = f"read_parquet('{path}')" if path.suffix == ".parquet" else declared
    ((rows,),) = duckdb.connect().execute(f"SELECT count(*) FROM {source}").fetchall()
    return int(rows)


def catalog() -> Catalog:
    """The system that the log is of."""
    names = [f"Object_{number}__c" for number in range(OBJECTS)]
    objects = (
        Object(name, fields=tuple(Field(name, f"Field_{number}__c") for number in range(FIELDS))) for name in names
    )
    return Catalog("crm", Role.CRM, "salesforce", tuple(objects))


def read_log(path: Path, system: Catalog) -> Evidence:
    """The reader under test."""
    return read_event_log(UsageRequest("log", "crm", "event-log", (path,), AS_OF, system))


def by_reader(path: Path) -> Used:
    """What the reader gives, by field."""
    observations = read_log(path, catalog()).observations
    return {
        each.subject: (each.count or 0, each.first or AS_OF, each.last or AS_OF, each.actors or 0)
        for each in observations
        if each.deed is Deed.READ
    }


def by_plain_python(path: Path) -> Used:
    """The same, row by row."""
    days: dict[str, list[date]] = {}
    users: dict[str, set[str]] = {}
    with path.open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            day = datetime.fromisoformat(row["time"]).astimezone(UTC).date()
            for name in row["fields"].split(";"):
                subject = f"crm:{row['object']}.{name}"
                days.setdefault(subject, []).append(day)
                users.setdefault(subject, set()).add(row["user"])
    return {name: (len(each), min(each), max(each), len(users[name])) for name, each in days.items()}


def sample_agrees(path: Path, rows: int) -> bool:
    """Whether the reader and plain Python say the same of a smaller log."""
    write_log(path, rows)
    return by_reader(path) == by_plain_python(path)


def in_own_process(path: Path) -> tuple[Spent, float]:
    """The reader in a fresh process: what it spends, and the peak of its memory in MiB."""
    command = [sys.executable, "-m", "bench.usage", "--read", str(path)]
    root = Path(__file__).parents[1]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout)
    return Spent(told["wall"], told["cpu"]), told["peak"]


def compare(path: Path, rows: int, asked: argparse.Namespace) -> tuple[Spent, list[Ratio]]:
    """Write a log, read and count it by turns; what reading spent, and the ratios. The first of them are held."""
    write_log(path, rows, FORMS[asked.form][1])
    # By turns, so that what else the machine does falls on both.
    pairs = [(spent(lambda: count_only(path)), in_own_process(path)) for _ in range(asked.runs)]
    counting, reading = least([each for each, _ in pairs]), least([each for _, (each, _) in pairs])
    print(
        f"{rows:,} rows, {path.stat().st_size / 1e9:.2f} GB {asked.form}: count(*) {counting.wall:.1f} s"
        f" ({counting.cpu:.1f} s of processors), read exactly {reading.wall:.1f} s ({reading.cpu:.1f} s)",
        flush=True,
    )
    held = (LIMIT, AIM) if asked.form == "csv" else (None, None)
    named = f"{rows / 1e6:,.3g} million rows"
    return reading, [
        Ratio(f"{named}: reading to count(*), by the clock", reading.wall / counting.wall, held[0], aim=held[1]),
        Ratio(f"{named}: reading to count(*), processors", reading.cpu / counting.cpu, held[0], aim=held[1]),
        Ratio(f"{named}: peak of memory", max(peak for _, (_, peak) in pairs), MEMORY, " MiB"),
    ]


def compare_both(folder: Path, asked: argparse.Namespace) -> int:
    """The log, the log of twice as many rows, and the sample."""
    path = folder / f"log.{FORMS[asked.form][0]}"
    reading, ratios = compare(path, asked.rows, asked)
    path.unlink()
    if not asked.once:
        larger, more = compare(path, 2 * asked.rows, asked)
        path.unlink()
        ratios += [
            *more,
            Ratio("twice the rows, by the clock", larger.wall / reading.wall, TWICE),
            Ratio("twice the rows, processors", larger.cpu / reading.cpu, TWICE),
        ]
    same = sample_agrees(folder / "sample.csv", asked.sample)
    print(f"{asked.sample:,} rows as a sample: {'as' if same else 'NOT as'} plain Python counts them")
    return verdict(ratios) or (0 if same else 1)


def main() -> int:
    """Measure, print, and fail where a limit is broken or plain Python counts otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in {"rows": 20_000_000, "runs": 2, "sample": 100_000}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--form", choices=FORMS, default="csv")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        system = catalog()
        times = spent(lambda: read_log(asked.read, system))
        print(json.dumps({**asdict(times), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return 0
    with TemporaryDirectory(prefix="bench-usage-") as folder:
        return compare_both(Path(folder), asked)


if __name__ == "__main__":
    sys.exit(main())
