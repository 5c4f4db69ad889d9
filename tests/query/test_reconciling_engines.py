"""Comparing two objects means the same in Ibis, on DuckDB and on Spark, as by our own route.

The half that needs Spark (PySpark, no dependency of ours, and Java 17) is marked; `-m spark` runs it alone.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import duckdb
import pytest

from auditor.model.divergence import PairDivergence
from auditor.model.reconciliation import FieldRule, PairRule, SideRule, ValueKind
from auditor.query.engine import open_engine
from auditor.query.reconciling import reconcile_pair
from auditor.query.reconciling_expressions import compared, met
from auditor.query.reconciling_sides import SideRows
from auditor.query.reconciling_values import Comparison
from auditor.query.scans import open_scan
from auditor.query.times import Expression, load_ibis

Runner: TypeAlias = Callable[[Path, Expression], dict[str, int]]

HOWS = (
    Comparison(ValueKind.TEXT),
    Comparison(ValueKind.NUMBER, 0.005),
    Comparison(ValueKind.NUMBER, 0.0, 0.01),
    Comparison(ValueKind.DATE),
    Comparison(ValueKind.DATE, 1.0),
    Comparison(ValueKind.BOOLEAN),
    Comparison(ValueKind.PHONE),
    Comparison(ValueKind.TAX_NUMBER),
    Comparison(ValueKind.CODE),
    *(Comparison(ValueKind.TEXT) for _ in range(3)),
)
_TEXTS = ("Nord AB", "nord  ab", " Nord AB", "Nord\u00a0AB", "Nord A/S", "Åkeri", "ÅKERI", "", "  ")
_NUMBERS = ("1234.5", "1 234,50", "1.234,50", "1234.504", "123450", "0", "-7", "n/a", "N/A", "1e3", "1000", "")
_DAYS = (
    "2026-03-01",
    "2026-03-01T23:30:00.000+0000",
    "2026-03-01T08:00:00Z",
    "2026-03-01 01:30:00+02:00",
    "20260301",
    "1.3.2026",
    "1961-03-01",
    "01.03.1961",
    "2026-03-02",
    "2026-02-30",
    "soon",
    "",
)
_FLAGS = ("true", "1", "Ja", "false", "0", "nej", "maybe", "")
_PHONES = ("+46 (0)8-123 45 67", "08-1234567", "1234567", "08-1234568", "112", "", "ring")
_TAXES = ("16559900-0013", "559900-0013", "SE559900001301", "DK 12 34 56 78", "12345678", "-", "")
_CODES = ("30", "30 days", "45", "45 days", "")
SPELLINGS = (_TEXTS, _NUMBERS, _NUMBERS, _DAYS, _DAYS, _FLAGS, _PHONES, _TAXES, _CODES, _TEXTS, _TEXTS, _TEXTS)
NAMES = ("k", *(f"f{place}" for place in range(len(HOWS))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tables in which every spelling meets every other, with keys that are missing, alone or not unique."""
    found = tmp_path_factory.mktemp("compared")
    chance = Random(6)
    for name, first in (("crm", 0), ("erp", 30)):
        rows = [[f"K{number:04}", *map(chance.choice, SPELLINGS)] for number in range(first, first + 1_500)]
        rows += [["k0100", *map(chance.choice, SPELLINGS)], ["", *map(chance.choice, SPELLINGS)]]
        with (found / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([NAMES, *rows])
    return found


@pytest.fixture(scope="module")
def ours(folder: Path) -> PairDivergence:
    fields = tuple(
        FieldRule(f"f{place}", f"f{place}", how.kind, how.tolerance, how.scale) for place, how in enumerate(HOWS)
    )
    rule = PairRule("p", SideRule("crm", "k"), SideRule("erp", "k"), fields)
    scans = [open_scan(folder / f"{name}.csv") for name in ("crm", "erp")]
    with open_engine([each.path for each in scans]) as engine:
        crm, erp = (SideRows({each.path.stem: (each,)}) for each in scans)
        return reconcile_pair(engine, rule, crm, erp, shown=False)[0]


def by_duckdb(folder: Path, expression: Expression) -> dict[str, int]:
    connection = duckdb.connect()
    for name in ("crm", "erp"):
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_csv('{folder / name}.csv', all_varchar=true, header=true)"
        )
    found = connection.execute(str(load_ibis().to_sql(expression, dialect="duckdb")))
    row = found.fetchone()
    assert row is not None
    return dict(zip((each[0] for each in found.description), map(int, row), strict=True))


@pytest.fixture(scope="module")
def by_spark() -> Iterator[Runner]:
    """Runs on Spark in local mode. See 0012 for its settings."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install pyspark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java 17, and there is neither java on PATH nor JAVA_HOME")
    builder: Any = sql.SparkSession.builder.master("local[2]")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "localhost",
        "spark.driver.memory": "1g",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()

    def run(folder: Path, expression: Expression) -> dict[str, int]:
        declared = ", ".join(f"`{name}` STRING" for name in NAMES)
        for name in ("crm", "erp"):
            options = {
                "header": "true",
                "quote": '"',
                "escape": '"',
                "ignoreLeadingWhiteSpace": "false",
                "ignoreTrailingWhiteSpace": "false",
            }
            read = session.read.schema(declared).options(**options)
            read.csv(str(folder / f"{name}.csv")).createOrReplaceTempView(name)
        (row,) = session.sql(str(load_ibis().to_sql(expression, dialect="pyspark"))).collect()
        return {name: int(value) for name, value in row.asDict().items()}

    try:
        yield run
    finally:
        session.stop()


def counted(found: PairDivergence) -> list[list[int]]:
    return [
        [each.agreed, each.crm_empty, each.erp_empty, each.different, each.both_empty] for each in found.fields
    ]


def hows(found: PairDivergence) -> Sequence[Comparison]:
    """The comparisons; no map of codes came out of values that meet at random."""
    assert [each.codes for each in found.fields if each.codes] == []
    return HOWS


def by_field(told: dict[str, int]) -> list[list[int]]:
    return [[told[f"n{place}_{state}"] for state in range(1, 6)] for place in range(len(HOWS))]


def joined(found: PairDivergence) -> list[int]:
    counts = found.counts
    return [
        *(counts.paired, counts.only_crm, counts.only_erp),
        *(counts.crm_keyless, counts.erp_keyless, counts.crm_repeated, counts.erp_repeated),
    ]


def test_the_meaning_in_ibis_is_what_our_own_route_tells(folder: Path, ours: PairDivergence) -> None:
    assert by_field(by_duckdb(folder, compared(hows(ours)))) == counted(ours)
    assert all(min(each[0], each[3]) > 0 for each in counted(ours))


def test_rows_meet_alike(folder: Path, ours: PairDivergence) -> None:
    assert list(by_duckdb(folder, met()).values()) == joined(ours)
    assert joined(ours)[3:] == [1, 1, 2, 2]


@pytest.mark.spark
@pytest.mark.filterwarnings("default")
def test_spark_tells_the_same(folder: Path, ours: PairDivergence, by_spark: Runner) -> None:
    assert by_field(by_spark(folder, compared(hows(ours)))) == counted(ours)
    assert list(by_spark(folder, met()).values()) == joined(ours)
