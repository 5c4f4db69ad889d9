"""What is asked of logs and records means the same on Spark as on DuckDB, and DuckDB's own route gives the same.

Needs PySpark (half a gigabyte, no dependency of ours) and Java 17; `-m spark` runs these tests alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol

import duckdb
import pytest

from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Seen, Target, aggregate_events
from auditor.query.expressions import Key, condensed, counted, counted_by_day, measures
from auditor.query.reading import quoted
from auditor.query.scans import open_scan
from auditor.query.times import Expression, day, load_ibis

# Spark's own code warns of many things that are none of ours.
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("default")]

AS_OF = date(2026, 11, 21)
KEYS = (Key(("object",)), Key(("fields",)), Key(("query",), template=True), Key(("note",), first=4))
COLUMNS = EventColumns(KEYS, ("moment",), ("who",), (("moment",), ("fields",)))
NAMES = ("object", "fields", "query", "note", "who", "moment")
TIMES = (
    "{day}T{hour:02}:15:00Z",
    "{day}T{hour:02}:15:00.123Z",
    "{day}T{hour:02}:15:00.000+0000",
    "{day}T{hour:02}:15:00+05:30",
    "{day} {hour:02}:15:00-0800",
    "{day}T{hour:02}:15",
    "{day}",
    "{compact}{hour:02}1500.000",
    "17{hour:02}000000000",
    "no time",
    "2027-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    "",
)

Row = tuple[Any, ...]


class Engine(Protocol):
    """What the test needs of an engine."""

    dialect: str
    quote: str
    """Around names."""

    def load(self, path: Path, columns: Sequence[str]) -> None:
        """Make a CSV file the view `file`, every column a text."""

    def run(self, sql: str) -> list[Row]:
        """Run a statement."""


class Duck:
    """DuckDB, by the SQL that Ibis compiles for it."""

    dialect = "duckdb"
    quote = '"'

    def __init__(self) -> None:
        self._connection = duckdb.connect()

    def load(self, path: Path, columns: Sequence[str]) -> None:
        declared = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
        self.run(
            f"CREATE OR REPLACE VIEW file AS SELECT * FROM read_csv({quoted(str(path))}, columns={{{declared}}},"
            " header=true, auto_detect=false, delim=',', quote='\"', escape='\"')"
        )

    def run(self, sql: str) -> list[Row]:
        return self._connection.execute(sql).fetchall()


class Spark:
    """Spark on this machine."""

    dialect = "pyspark"
    quote = "`"

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - PySpark may not be there
        self._session = session

    def load(self, path: Path, columns: Sequence[str]) -> None:
        declared = ", ".join(f"`{name}` STRING" for name in columns)
        read = self._session.read.schema(declared)
        options = {"header": "true", "quote": '"', "escape": '"', "multiLine": "true"}
        read.options(**options).csv(str(path)).createOrReplaceTempView("file")

    def run(self, sql: str) -> list[Row]:
        return [tuple(row) for row in self._session.sql(sql).collect()]


@contextmanager
def _session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install pyspark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java 17, and there is neither java on PATH nor JAVA_HOME")
    settings = {
        "spark.ui.enabled": "false",
        # What Ibis writes as TRY_CAST becomes CAST for Spark, which gives null where it fails only without this.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "localhost",
        "spark.driver.memory": "1g",
    }
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[Engine, Engine]]:
    with _session() as session:
        yield Duck(), Spark(session)


def told(size: int = 2_000) -> list[tuple[str, ...]]:
    """Events in every spelling of a time, with texts that are hard to read."""
    chance = Random(11)
    rows: list[tuple[str, ...]] = []
    for number in range(size):
        moment = date(2026, 1, 1) + timedelta(days=chance.randint(0, 300))
        spelled = TIMES[number % len(TIMES)].format(
            day=moment, compact=f"{moment:%Y%m%d}", hour=chance.randint(0, 23)
        )
        rows.append(
            (
                chance.choice(["Account", 'Kunde, "Nord"', "Order\nLine"]),
                " ".join(sorted(chance.sample(["A__c", "B__c", "C__c", "Å__c"], chance.randint(1, 3)))),
                chance.choice(
                    ["", f"SELECT A__c FROM Account WHERE B__c = 'it\\'s {number}' AND C__c > {number}.5"]
                ),
                chance.choice(["", "abc", "abcdef", "åäöå"]),
                chance.choice(["", *(f"005{each:012}" for each in range(40))]),
                spelled,
            )
        )
    return rows


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    write(path, NAMES, told())
    return path


def write(path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = (",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in row) for row in rows)
    path.write_text("\n".join([",".join(names), *lines]) + "\n", encoding="utf-8")


def compiled(expression: Expression, engine: Engine) -> str:
    return str(load_ibis().to_sql(expression, dialect=engine.dialect))


def view(engine: Engine, name: str, sql: str) -> None:
    engine.run(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {sql}")


def first_level(engine: Engine, path: Path, *, daily: bool = False) -> list[Row]:
    """The events of a file, condensed."""
    engine.load(path, NAMES)
    places = ", ".join(f"{name} AS k{place}" for place, name in enumerate(NAMES[:-2]))
    view(engine, "scan", f"SELECT {places}, who, moment AS {engine.quote}at{engine.quote} FROM file")
    expression = condensed(KEYS, AS_OF, daily=daily)
    names = [*(f"k{place}" for place in range(len(KEYS))), "who", "state", "n", "first", "last"]
    ordered = expression.select(*names)
    return sorted(engine.run(compiled(ordered, engine)), key=repr)


def code(engine: Engine, *, daily: bool = False) -> list[str]:
    """Exchange texts and users for numbers, and say what each text means; the names of the targets."""
    first = compiled(condensed(KEYS, AS_OF, daily=daily), engine)
    day_column = ", first AS day" if daily else ""
    view(
        engine,
        "coded",
        "SELECT CAST(dense_rank() OVER (ORDER BY k0, k1, k2, k3) AS BIGINT) AS id,"
        " CAST(CASE WHEN who <> '' THEN dense_rank() OVER (ORDER BY who) END AS BIGINT) AS code,"
        f" CASE WHEN who <> '' THEN 'people' ELSE 'unknown' END AS kind, n, first, last{day_column}, k0, k1"
        f" FROM ({first}) AS events WHERE state = 'good'",
    )
    keys = sorted(engine.run("SELECT DISTINCT id, k0, k1 FROM coded"))
    names = sorted({f"{owner}.{name}" for _, owner, fields in keys for name in fields.split()})
    rows = ", ".join(
        f"({key}, {names.index(f'{owner}.{name}')})" for key, owner, fields in keys for name in fields.split()
    )
    since = ", CAST(-1 AS BIGINT) AS early, CAST(0 AS BIGINT) AS since" if daily else ""
    view(
        engine,
        "targets",
        f"SELECT CAST(id AS BIGINT) AS id, CAST(target AS BIGINT) AS target{since}, '' AS actor"
        f" FROM (VALUES {rows}) AS given(id, target)",
    )
    return names


def second_level(engine: Engine) -> list[tuple[str, str, int, int, int, int]]:
    """Counts by subject and kind of actor."""
    names = code(engine)
    rows = engine.run(compiled(counted("targets").select("target", "by", "n", "first", "last", "actors"), engine))
    return sorted((names[row[0]], *row[1:]) for row in rows)


def by_day(engine: Engine) -> list[Row]:
    """Counts by subject, kind of actor and day."""
    names = code(engine, daily=True)
    rows = engine.run(compiled(counted_by_day("targets").select("target", "by", "day", "n"), engine))
    return sorted((names[row[0]], *row[1:]) for row in rows)


def each_field(keys: Sequence[KeyRow]) -> list[list[Target]]:
    return [[Target(f"{key.values[0]}.{name}", "read") for name in key.values[1].split()] for key in keys]


def test_events_are_condensed_alike(engines: tuple[Engine, Engine], log: Path) -> None:
    duck, spark = (first_level(engine, log) for engine in engines)
    assert duck == spark
    assert {"good", "future", "undated"} == {row[5] for row in duck}


def test_events_are_condensed_alike_day_by_day(engines: tuple[Engine, Engine], log: Path) -> None:
    duck, spark = (first_level(engine, log, daily=True) for engine in engines)
    assert duck == spark


def test_subjects_are_counted_alike_and_as_our_own_route_does(engines: tuple[Engine, Engine], log: Path) -> None:
    found = []
    for engine in engines:
        first_level(engine, log)
        found.append(second_level(engine))
    ours = aggregate_events([open_scan(log)], COLUMNS, each_field, lambda user: (user, "people"), AS_OF).totals
    assert ours == sorted(
        Seen(Target(subject, "read", by), count, _day(first), _day(last), actors or None)
        for subject, by, count, first, last, actors in found[0]
    )
    assert found[0] == found[1]


def test_subjects_are_counted_alike_day_by_day(engines: tuple[Engine, Engine], log: Path) -> None:
    found = []
    for engine in engines:
        first_level(engine, log, daily=True)
        found.append(by_day(engine))
    assert found[0] == found[1]
    assert found[0] != []


MEASURED = (
    ("numbers in several spellings", ["1", "1.0", "2", "", "1e0", "x"], "1", ["x"]),
    ("texts in other cases", ["A", "a", "N/A", "n/a", "", "å"], "a", ["n/a"]),
    ("nothing", ["", ""], "0", ["-"]),
)


@pytest.mark.parametrize(
    ("values", "default", "marks"), [each[1:] for each in MEASURED], ids=[each[0] for each in MEASURED]
)
def test_values_are_measured_alike(
    engines: tuple[Engine, Engine], tmp_path: Path, values: list[str], default: str, marks: list[str]
) -> None:
    rows = [(value, str(20_000 + place), str(20_100 - place)) for place, value in enumerate(values)]
    write(tmp_path / "cells.csv", ("value", "created", "touched"), rows)
    found = []
    for engine in engines:
        engine.load(tmp_path / "cells.csv", ("value", "created", "touched"))
        numbers = "CAST(created AS BIGINT) AS created, CAST(touched AS BIGINT) AS touched"
        view(engine, "cell", f"SELECT value, {numbers} FROM file")
        view(engine, "given", f"SELECT {quoted(default)} AS text")
        listed = ", ".join(f"({quoted(mark)})" for mark in marks)
        view(engine, "marks", f"SELECT * FROM (VALUES {listed}) AS given(mark)")
        found.append(engine.run(compiled(measures(), engine)))
    assert found[0] == found[1]


def _day(number: int) -> date:
    found = day(number)
    assert found is not None
    return found
