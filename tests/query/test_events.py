"""Events are aggregated exactly, whatever the file's dress, and nothing is left out unsaid."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from auditor.errors import FormatError
from auditor.query.condensing import TEXTS, Aim, EventColumns, collided, condense
from auditor.query.engine import open_engine
from auditor.query.events import Aggregated, KeyRow, Seen, Target, aggregate_events
from auditor.query.expressions import CUT, Key, condensed, counted
from auditor.query.scans import open_scan
from auditor.query.times import day, load_ibis

AS_OF = date(2026, 11, 21)
COLUMNS = EventColumns((Key(("object",)), Key(("fields",))), ("at",), ("who",), (("at",), ("fields",)))


def each_field(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
    return [[Target(f"{key.values[0]}.{name}", "read") for name in key.values[1].split()] for key in keys]


def people(user: str) -> tuple[str, str]:
    return f"<{user}>", "people"


def aggregate(*paths: Path, columns: EventColumns = COLUMNS) -> Aggregated:
    return aggregate_events([open_scan(path) for path in paths], columns, each_field, people, AS_OF)


def sample(size: int = 3_000) -> list[dict[str, str]]:
    chance = random.Random(7)
    return [
        {
            "object": chance.choice(["Account", 'Kunde, "Nord"', "Order\nLine"]),
            "fields": " ".join(sorted(chance.sample(["A__c", "B__c", "C__c", "Å__c"], chance.randint(1, 3)))),
            "at": f"{date(2026, 1, 1) + timedelta(days=chance.randint(0, 300))}T{chance.randint(0, 23):02}:15:00Z",
            "who": chance.choice(["", *(f"005{number:012}" for number in range(40))]),
        }
        for _ in range(size)
    ]


def reference(rows: list[dict[str, str]]) -> list[Seen]:
    """The same in plain Python."""
    seen: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        for name in row["fields"].split():
            # Users without a name are of no known kind, and so counted apart.
            seen.setdefault((f"{row['object']}.{name}", "people" if row["who"] else "unknown"), []).append(row)
    result = []
    for (subject, by), events in seen.items():
        days = [date.fromisoformat(event["at"][:10]) for event in events]
        users = {event["who"] for event in events if event["who"]}
        result.append(Seen(Target(subject, "read", by), len(events), min(days), max(days), len(users) or None))
    return sorted(result, key=lambda each: (each.target.subject, each.target.by))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """The sample in the dress that the name says."""
    header = list(rows[0])
    cells = (",".join('"' + row[name].replace('"', '""') + '"' for name in header) for row in rows)
    text = "\n".join([",".join(header), *cells]) + "\n"
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    texts = {
        "bom.csv": text.encode("utf-8-sig"),
        "windows.csv": text.encode("cp1252"),
        "utf16.csv": text.encode("utf-16"),
        "sep.csv": b"sep=,\n" + text.encode(),
        "packed.csv.gz": gzip.compress(text.encode()),
        "packed.log": gzip.compress(text.encode()),
        "log.json": json.dumps(rows).encode(),
        "log.jsonl": lines.encode(),
        "log.jsonl.gz": gzip.compress(lines.encode()),
    }
    path.write_bytes(texts.get(path.name, text.encode()))
    if path.suffix == ".parquet":
        source = path.with_suffix(".jsonl")
        source.write_text(lines, encoding="utf-8")
        duckdb.sql(f"COPY (SELECT * REPLACE (\"at\"::TIMESTAMPTZ AS \"at\") FROM '{source}') TO '{path}'")
    return path


DRESSES = (
    "log.csv bom.csv windows.csv utf16.csv sep.csv packed.csv.gz packed.log log.json log.jsonl log.jsonl.gz "
    "log.parquet"
)


@pytest.mark.parametrize("name", DRESSES.split())
def test_every_dress_gives_what_plain_python_counts(name: str, tmp_path: Path) -> None:
    rows = sample()
    found = aggregate(write(tmp_path / name, rows))
    assert reference(rows) == sorted(found.totals, key=lambda each: (each.target.subject, each.target.by))
    assert (len(rows), [], []) == (found.rows, found.bad_rows, found.left_out)


def test_files_add_up_and_a_user_of_two_files_is_one(tmp_path: Path) -> None:
    rows = sample()
    half = [write(tmp_path / "log.csv", rows[:1500]), write(tmp_path / "log.jsonl", rows[1500:])]
    assert reference(rows) == sorted(
        aggregate(*half).totals, key=lambda each: (each.target.subject, each.target.by)
    )


def test_nothing_is_dropped_in_silence(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "object,fields,at,who\n"
        "A,X,2026-01-01T00:00:00Z,u\n"
        "A,X,no time,u\n"
        "A,X\n"
        "A,X,2026-01-02,u,more\n"
        "A,X,2027-01-01,u\n"
        "A,X,2026-01-03,u\n"
    )
    lines = tmp_path / "log.jsonl"
    lines.write_text('{"object":"A","fields":"X","at":"2026-02-01","who":"u"}\n{"object":\n\n"text"\n')
    found = aggregate(log, lines)
    assert [Seen(Target("A.X", "read", "people"), 3, date(2026, 1, 1), date(2026, 2, 1), 1)] == found.totals
    assert [
        (log, 4, "not readable as CSV: missing columns"),
        (log, 5, "not readable as CSV: too many columns"),
        (lines, None, "2 lines are no JSON object"),
    ] == found.bad_rows
    assert [(log, "after", 1), (log, "missing", 1)] == [
        (path, reason.split()[2], count) for path, reason, count in found.left_out
    ]


def test_a_file_without_the_columns_is_said_with_those_that_it_has(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("a,b\n1,2\n")
    assert [(log, None, "no column at, fields (it has: a, b)")] == aggregate(log).bad_rows


def test_names_of_files_are_no_patterns_and_no_sql(tmp_path: Path) -> None:
    rows = sample(10)
    path = tmp_path / "we[i]rd*'; DROP TABLE x; --.csv"
    write(tmp_path / "log.csv", rows).rename(path)
    assert len(rows) == aggregate(path).rows


def test_a_query_is_kept_without_its_values_and_a_cut_one_is_marked(tmp_path: Path) -> None:
    long = "SELECT Id FROM Account WHERE Name = 'x' AND " + "A" * 10_000
    queries = [
        "SELECT Id FROM Account WHERE Name = 'Anna O\\'Neil' AND A__c > 5 AND D = 2026-01-02T00:00:00Z",
        "SELECT Id FROM Account WHERE Name = 'Bo' AND A__c > 17 AND D = 2025-11-30T10:00:00+01:00",
        long[:10_000],
    ]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps({"q": text, "at": "2026-01-01"}) + "\n" for text in queries))
    seen: list[str] = []

    def noting(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        seen.extend(key.values[0] for key in keys)
        return [() for _ in keys]

    aggregate_events([open_scan(path)], EventColumns((Key(("q",), True),), ("at",), ()), noting, people, AS_OF)
    assert ["cut" if text.endswith(CUT) else text for text in sorted(seen, key=len)] == [
        "SELECT Id FROM Account WHERE Name = '' AND A__c > 0 AND D = 0",
        "cut",
    ]


def test_of_a_record_id_only_the_prefix_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,at\n0014H00000aaa, 2026-05-01\n 0014H00000bbb,2026-05-01\n")
    seen: list[KeyRow] = []

    def noting(keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        seen.extend(keys)
        return [() for _ in keys]

    columns = EventColumns((Key(("id",), first=3), Key(("id",), only="0014H00000b")), ("at",), ())
    aggregate_events([open_scan(path)], columns, noting, people, AS_OF)
    assert [(key.values, key.events) for key in seen] == [(("001", ""), 1), (("001", "0014H00000bbb"), 1)]


def test_the_engine_reads_no_other_file(tmp_path: Path) -> None:
    given, other = write(tmp_path / "log.csv", sample(3)), write(tmp_path / "bom.csv", sample(3))
    with open_engine([given]) as engine, pytest.raises(FormatError, match="cannot be read"):
        engine.guarded(f"SELECT * FROM read_csv('{other}')")


def by_ibis(rows: list[dict[str, str]]) -> list[Seen]:
    """The meaning as Ibis compiles it, on texts and pairs instead of hashes and bits."""
    ibis, connection = load_ibis(), duckdb.connect()
    connection.execute('CREATE TABLE scan (k0 VARCHAR, k1 VARCHAR, who VARCHAR, "at" VARCHAR)')
    connection.executemany(
        "INSERT INTO scan VALUES (?, ?, nullif(?, ''), ?)",
        [(row["object"], row["fields"], row["who"], row["at"]) for row in rows],
    )
    first = ibis.to_sql(condensed(COLUMNS.keys, AS_OF), dialect="duckdb")
    connection.execute(
        "CREATE TABLE coded AS SELECT dense_rank() OVER (ORDER BY k0, k1) AS id,"
        " CASE WHEN who <> '' THEN dense_rank() OVER (ORDER BY who) END AS code,"
        " CASE WHEN who <> '' THEN 'people' ELSE 'unknown' END AS kind,"
        f" * FROM ({first}) WHERE state = 'good'"
    )
    connection.execute("CREATE TABLE targets (id BIGINT, target BIGINT, actor VARCHAR)")
    names: list[str] = []
    for key, owner, fields in connection.execute("SELECT DISTINCT id, k0, k1 FROM coded").fetchall():
        for name in fields.split():
            subject = f"{owner}.{name}"
            names = names if subject in names else [*names, subject]
            connection.execute("INSERT INTO targets VALUES (?, ?, '')", [key, names.index(subject)])
    second = ibis.to_sql(counted("targets"), dialect="duckdb")
    found = []
    for target, by, count, start, end, actors in connection.execute(second).fetchall():
        begun, ended = day(start), day(end)
        assert begun is not None
        assert ended is not None
        found.append(Seen(Target(names[target], "read", by), count, begun, ended, actors or None))
    return sorted(found)


ROUTES = [("bits", 1 << 20), ("pairs", 0)]


@pytest.mark.parametrize("matrix", [each[1] for each in ROUTES], ids=[each[0] for each in ROUTES])
def test_each_route_gives_what_the_expression_means(matrix: int, tmp_path: Path) -> None:
    rows = sample()
    scans = [open_scan(write(tmp_path / "log.csv", rows))]
    found = aggregate_events(scans, COLUMNS, each_field, people, AS_OF, matrix)
    assert by_ibis(rows) == found.totals


def test_each_salt_gives_the_same_by_other_hashes(tmp_path: Path) -> None:
    scans = [open_scan(write(tmp_path / "log.csv", sample(300)))]
    texts, hashes = [], []
    for salt in (0, 1, 2):
        with open_engine([scans[0].path]) as engine:
            condense(engine, scans, COLUMNS, Aim(AS_OF), (salt,))
            texts.append(engine.run(f"SELECT k0, k1 FROM told WHERE {TEXTS} ORDER BY ALL"))
            hashes.append({row[0] for row in engine.run(f"SELECT h FROM told WHERE {TEXTS}")})
    assert texts[0] == texts[1] == texts[2]
    assert len(set.union(*hashes)) == 3 * len(texts[0])


COLLISIONS = [
    ("two texts", "(1, 7, NULL, 'A', NULL), (1, 7, NULL, 'B', NULL)", True),
    ("one text of two files", "(1, 7, NULL, 'A', NULL), (1, 7, NULL, 'A', NULL)", False),
    ("two users", "(2, NULL, 7, NULL, 'a'), (2, NULL, 7, NULL, 'b')", True),
    ("a text and a user", "(1, 7, NULL, 'A', NULL), (2, NULL, 7, NULL, 'a')", False),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [each[1:] for each in COLLISIONS], ids=[each[0] for each in COLLISIONS]
)
def test_texts_and_users_that_share_a_hash_are_noticed(rows: str, expected: bool) -> None:
    with open_engine(()) as engine:
        engine.run(f"CREATE TABLE told AS SELECT * FROM (VALUES {rows}) AS told(what, h, u, k0, who)")
        assert expected == collided(engine, EventColumns((Key(("k",)),), (), ()))


IDENTIFIED = EventColumns(COLUMNS.keys, COLUMNS.time, COLUMNS.user, COLUMNS.required, identity=("id",))
DAY = (
    "object,fields,at,who,id\nA,X,2026-01-01T01:00:00Z,u,1\nA,X,2026-01-01T01:00:00Z,u,1\n"
    "A,X,2026-01-01T02:10:00Z,v,2\n"
)
HOURS = [
    'fields,object,id,at,who\nX,A,1,"2026-01-01T01:00:00Z",u\nX,A,1,2026-01-01T01:00:00Z,u\n',
    "object,fields,at,who,id\nA,X,2026-01-01T02:10:00Z,v,2\nA,X,2026-01-01T02:20:00Z,v,\n",
]


def test_what_an_hourly_and_a_daily_export_both_tell_counts_once_and_what_one_tells_twice_twice(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / f"{place}.csv" for place in range(3)]
    for path, text in zip(paths, [DAY, *HOURS], strict=True):
        path.write_text(text)
    found = aggregate(*paths, columns=IDENTIFIED)
    day_of_all = date(2026, 1, 1)
    assert [Seen(Target("A.X", "read", "people"), 4, day_of_all, day_of_all, 2)] == found.totals
    assert (found.rows, found.repeated, [found.per_file[path] for path in paths]) == (4, 3, [3, 2, 2])


def test_exports_of_different_days_are_not_read_again(tmp_path: Path) -> None:
    paths = [tmp_path / "1.csv", tmp_path / "2.csv"]
    paths[0].write_text("object,fields,at,who,id\nA,X,2026-01-01,u,1\n")
    paths[1].write_text("object,fields,at,who,id\nA,X,2026-01-02,u,1\n")
    assert (aggregate(*paths, columns=IDENTIFIED).rows, aggregate(*paths, columns=IDENTIFIED).repeated) == (2, 0)


def test_of_many_files_only_the_one_that_cannot_be_read_is_lost(tmp_path: Path) -> None:
    paths = [tmp_path / f"{place}.csv" for place in range(3)]
    for path in paths:
        path.write_text("object,fields,at,who\nA,X,2026-01-01,u\nA\n")
    scans = [open_scan(path) for path in paths]
    paths[1].unlink()
    found = aggregate_events(scans, COLUMNS, each_field, people, AS_OF)
    assert ({paths[1]}, {paths[0]: 1, paths[2]: 1}) == (found.unread, found.rejected)
    assert (2, {paths[0]: 1, paths[2]: 1}) == (found.rows, found.per_file)


def test_a_time_and_a_text_with_spaces_around_are_the_same(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("object,fields,at,who\nA,X,2026-01-01T00:00:00Z,u\n A , X, 2026-01-02T00:00:00Z , u \n")
    assert [Seen(Target("A.X", "read", "people"), 2, date(2026, 1, 1), date(2026, 1, 2), 1)] == aggregate(
        log
    ).totals
