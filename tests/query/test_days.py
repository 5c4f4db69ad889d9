"""Events are counted day by day exactly as the expression says, and totals stay what they are without days."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from auditor.query.condensing import EventColumns
from auditor.query.events import Aggregated, KeyRow, SeenOn, Target, aggregate_events
from auditor.query.expressions import Key, condensed, counted_by_day
from auditor.query.scans import open_scan
from auditor.query.times import day, load_ibis, number

AS_OF = date(2026, 11, 21)
CHANGED = date(2026, 3, 15)
COLUMNS = EventColumns(
    (Key(("object",)), Key(("fields",))), ("at",), ("who",), (("at",), ("fields",)), identity=("id",)
)


def each_field(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
    """B__c is in the list only since its definition was changed."""
    return [
        [
            Target(f"{key.values[0]}.{name}", "read", since=CHANGED if name == "B__c" else None)
            for name in key.values[1].split()
        ]
        for key in keys
    ]


def kind(user: str) -> tuple[str, str]:
    return f"<{user}>", "people" if user < "u5" else "integration"


def aggregate(*paths: Path, daily: bool = True) -> Aggregated:
    scans = [open_scan(path) for path in paths]
    return aggregate_events(scans, COLUMNS, each_field, kind, AS_OF, daily=daily)


def sample(size: int = 2_000) -> list[tuple[str, str, str, str, str]]:
    chance = random.Random(7)
    return [
        (
            chance.choice(["Account", "Order"]),
            " ".join(sorted(chance.sample(["A__c", "B__c", "C__c"], chance.randint(1, 3)))),
            f"{date(2026, 3, 1) + timedelta(days=chance.randint(0, 30))}T{chance.randint(0, 23):02}:15:00Z",
            chance.choice(["", *(f"u{number}" for number in range(10))]),
            str(place),
        )
        for place in range(size)
    ]


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path.write_text("\n".join(["object,fields,at,who,id", *(",".join(row) for row in rows)]) + "\n")
    return path


def reference(rows: Iterable[Sequence[str]]) -> list[SeenOn]:
    """The same in plain Python."""
    counts: Counter[tuple[Target, date]] = Counter()
    for owner, fields, at, who, _ in rows:
        on = date.fromisoformat(at[:10])
        for name in fields.split():
            possible = name == "B__c" and on < CHANGED
            by = kind(who)[1] if who else "unknown"
            counts[Target(f"{owner}.{name}", "read", by, possible), on] += 1
    return sorted(SeenOn(target, on, count) for (target, on), count in counts.items())


def test_days_are_what_plain_python_counts_and_totals_are_as_without(tmp_path: Path) -> None:
    rows = sample()
    log = write(tmp_path / "log.csv", rows)
    found, plain = aggregate(log), aggregate(log, daily=False)
    assert reference(rows) == found.days
    assert (plain.totals, plain.through, plain.spans, []) == (
        found.totals,
        found.through,
        found.spans,
        plain.days,
    )


def test_files_that_share_a_day_add_up_and_what_both_tell_counts_once(tmp_path: Path) -> None:
    rows = sample()
    first, second = write(tmp_path / "1.csv", rows[:1200]), write(tmp_path / "2.csv", rows[800:])
    found = aggregate(first, second)
    assert (reference(rows), 400) == (found.days, found.repeated)


def test_what_came_through_a_component_is_told_by_day_too(tmp_path: Path) -> None:
    def through(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [[Target("A", "read", "integration", via=key.values[0])] for key in keys]

    rows = [
        ("App", "x", "2026-03-02", "u1", "1"),
        ("App", "y", "2026-03-02", "u9", "2"),
        ("B", "", "2026-03-03", "", "3"),
    ]
    scans = [open_scan(write(tmp_path / "log.csv", rows))]
    found = aggregate_events(scans, COLUMNS, through, kind, AS_OF, daily=True)
    second, third = date(2026, 3, 2), date(2026, 3, 3)
    assert found.days == [
        SeenOn(Target("A", "read", "integration"), second, 2),
        SeenOn(Target("A", "read", "integration"), third, 1),
        SeenOn(Target("A", "read", "integration", via="App"), second, 2),
        SeenOn(Target("A", "read", "integration", via="B"), third, 1),
    ]


def by_ibis(rows: Sequence[Sequence[str]]) -> list[SeenOn]:
    """The meaning as Ibis compiles it, on texts instead of hashes."""
    ibis, connection = load_ibis(), duckdb.connect()
    connection.execute('CREATE TABLE scan (k0 VARCHAR, k1 VARCHAR, "at" VARCHAR, who VARCHAR)')
    connection.executemany("INSERT INTO scan VALUES (?, ?, ?, nullif(?, ''))", [row[:4] for row in rows])
    first = ibis.to_sql(condensed(COLUMNS.keys, AS_OF, daily=True), dialect="duckdb")
    connection.execute(
        "CREATE TABLE coded AS SELECT dense_rank() OVER (ORDER BY k0, k1) AS id, moment AS day, *,"
        " CASE WHEN who = '' THEN 'unknown' WHEN who < 'u5' THEN 'people' ELSE 'integration' END AS kind"
        f" FROM ({first}) WHERE state = 'good'"
    )
    connection.execute(
        "CREATE TABLE targets (id BIGINT, target BIGINT, early BIGINT, since BIGINT, actor VARCHAR)"
    )
    names: list[Target] = []
    for key, owner, fields in connection.execute("SELECT DISTINCT id, k0, k1 FROM coded").fetchall():
        for name in fields.split():
            pair = [Target(f"{owner}.{name}", "read"), Target(f"{owner}.{name}", "read", possible=True)]
            names += [each for each in pair if each not in names]
            since = number(CHANGED) if name == "B__c" else None
            row = [key, *(names.index(each) for each in pair), since]
            connection.execute("INSERT INTO targets VALUES (?, ?, ?, ?, '')", row)
    second = ibis.to_sql(counted_by_day("targets"), dialect="duckdb")
    found = []
    for place, by, moment, count in connection.execute(second).fetchall():
        on = day(moment)
        assert on is not None
        found.append(SeenOn(Target(names[place].subject, "read", by, names[place].possible), on, count))
    return sorted(found)


def test_our_route_by_day_gives_what_the_expression_means(tmp_path: Path) -> None:
    rows = sample()
    assert by_ibis(rows) == aggregate(write(tmp_path / "log.csv", rows)).days
