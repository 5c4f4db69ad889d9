"""Logs and registers of SQL statements: what they read and wrote, in every dress, and no value kept."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Role
from auditor.model.observations import Deed, Evidence, Window
from auditor.usage.registry import read, recognise
from auditor.usage.request import UsageRequest
from auditor.usage.sqllogs.server_logs import utc_time

AS_OF = date(2026, 11, 21)


def table(name: str, *columns: str, kind: ObjectKind = ObjectKind.TABLE) -> Object:
    return Object(name, kind=kind, fields=tuple(Field(name, column) for column in columns))


CATALOG = Catalog(
    "erp",
    Role.ERP,
    "sql",
    objects=(
        table("account", "id", "name", "region"),
        table("orders", "id", "account_id", "total"),
        table("overview", "name", kind=ObjectKind.VIEW),
    ),
)


def told(kind: str, *paths: Path, **options: str) -> Evidence:
    plain = {name.replace("__", "."): value for name, value in options.items()}
    return read(UsageRequest("log", "erp", kind, paths, AS_OF, CATALOG, plain))


def lines(found: Evidence) -> list[str]:
    return [
        f"{each.deed} {each.subject.removeprefix('erp:')}{'?' * each.possible} "
        f"{each.count if each.count is not None else '-'}x {each.last}{f' via {each.via}' if each.via else ''}"
        for each in found.observations
    ]


TABLE = """time,user,query,application
2026-05-01T10:00:00Z,app,SELECT name FROM account WHERE id = 1,ERP
2026-05-02T10:00:00Z,app,SELECT name FROM account WHERE id = 2,ERP
2026-05-03T10:00:00Z,bi,"SELECT * FROM orders WHERE total > 1000 AND name = 'Secret'",
2026-05-04T23:30:00-02:00,app,"UPDATE account SET region = 'Secret' WHERE id = 3",ERP
2026-05-05T10:00:00Z,app,BEGIN,ERP
2027-05-05T10:00:00Z,app,SELECT region FROM account,ERP
soon,app,SELECT region FROM account,ERP
"""
EXPECTED = [
    "called account 3x 2026-05-05",
    "called account 3x 2026-05-05 via erp:connected_app/ERP",
    "touched account 1x 2026-05-05",
    "touched account -x 2026-05-05 via erp:connected_app/ERP",
    "read account.id 3x 2026-05-05",
    "read account.id -x 2026-05-05 via erp:connected_app/ERP",
    "read account.name 2x 2026-05-02",
    "read account.name -x 2026-05-02 via erp:connected_app/ERP",
    "written account.region 1x 2026-05-05",
    "written account.region -x 2026-05-05 via erp:connected_app/ERP",
    "called orders 1x 2026-05-03",
    "read orders.account_id? 1x 2026-05-03",
    "read orders.id? 1x 2026-05-03",
    "read orders.total 1x 2026-05-03",
    "read orders.total? 1x 2026-05-03",
]


def test_a_table_of_statements_is_read_by_templates(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(TABLE)
    assert recognise(path) == "sql-log"
    found = told("sql-log", path, covers="all")
    assert [each for each in lines(found) if each != "read orders.total? 1x 2026-05-03"] == [
        each for each in EXPECTED if each != "read orders.total? 1x 2026-05-03"
    ]
    assert "1 statements concern no data" in found.sources[0].note
    assert [each.reason[:7] for each in found.skipped] == ["1 rows:", "1 rows:"]
    assert "Secret" not in repr(found)
    assert "1000" not in repr(found)
    span = date(2026, 5, 1), date(2026, 5, 5)
    assert found.windows == tuple(Window("log", "erp", deed, *span) for deed in (Deed.READ, Deed.WRITTEN))


def test_there_is_no_window_unless_all_statements_are_declared_to_be_logged(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(TABLE)
    assert told("sql-log", path).windows == ()
    some = told("sql-log", path, covers="account").windows
    assert {each.subjects for each in some} == {frozenset({"erp:account"})}


VEILS = [("a view", "overview"), ("a table that the catalogue does not hold", "mystery")]


@pytest.mark.parametrize("name", [each[1] for each in VEILS], ids=[each[0] for each in VEILS])
def test_behind_a_veil_anything_may_be_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        f"time,user,query\n2026-05-01,a,SELECT name FROM {name}\n2026-05-01,a,SELECT 1 FROM pg_class\n"
    )
    found = told("sql-log", path, covers="all")
    assert found.windows == ()
    assert f"1 statements reach views or tables that the catalogue does not hold ({name})" in found.sources[0].note


CSVLOG = (
    '2026-05-01 10:00:00.123 UTC,"app","db",1,"h:1",s,1,"SELECT",2026-05-01 09:00:00 UTC,3/1,0,LOG,00000,'
    '"statement: SELECT name\nFROM account WHERE id = 1",,,,,,,,,"ERP","client backend",,0\n'
    '2026-05-01 23:30:00.123 EST,"app","db",1,"h:1",s,2,"SELECT",2026-05-01 09:00:00 UTC,3/1,0,LOG,00000,'
    '"execute <unnamed>: SELECT total FROM orders",,,,,,,,,"session 12345","client backend",,0\n'
    '2026-05-01 23:30:00.123 XYZ,"app","db",1,"h:1",s,3,"SELECT",2026-05-01 09:00:00 UTC,3/1,0,LOG,00000,'
    '"duration: 0.1 ms  statement: SELECT region FROM account",,,,,,,,,"","client backend",,0\n'
    '2026-05-01 11:00:00.123 UTC,"app","db",1,"h:1",s,4,"idle",2026-05-01 09:00:00 UTC,3/1,0,ERROR,42601,'
    '"syntax error",,,,,,"SELECT region FROM account",,,"ERP","client backend",,0\n'
    "2026-05-01 11:00:00.123 UTC,broken\n"
)
POSTGRES = [
    "called account 1x 2026-05-01",
    "called account 1x 2026-05-01 via erp:connected_app/ERP",
    "read account.id 1x 2026-05-01",
    "read account.id -x 2026-05-01 via erp:connected_app/ERP",
    "read account.name 1x 2026-05-01",
    "read account.name -x 2026-05-01 via erp:connected_app/ERP",
    "called orders 1x 2026-05-02",
    "read orders.total 1x 2026-05-02",
]


def test_a_csvlog_is_read_with_and_without_header_plain_and_packed(tmp_path: Path) -> None:
    bare = tmp_path / "postgresql.csv.gz"
    bare.write_bytes(gzip.compress(CSVLOG.encode()))
    found = told("sql-log", bare)
    assert lines(found) == POSTGRES
    assert found.sources[0].truncated
    assert [each.reason.split(":")[0] for each in found.skipped] == [
        "1 rows",
        "2 cells, where at least 22 are known",
    ]
    headed = tmp_path / "headed.csv"
    header = (
        "log_time,user_name,database_name,process_id,connection_from,session_id,session_line_num,command_tag,"
        "session_start_time,virtual_transaction_id,transaction_id,error_severity,sql_state_code,message,detail,hint,"
        "internal_query,internal_query_pos,context,query,query_pos,location,application_name,backend_type,leader_pid,"
        "query_id\n"
    )
    headed.write_text(header + CSVLOG)
    assert recognise(headed) == "sql-log"
    assert lines(told("sql-log", headed)) == POSTGRES


GENERAL = """/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:
Time                 Id Command    Argument
2026-05-01T10:00:00.000000Z\t    8 Connect\tapp@localhost on shop using TCP/IP
2026-05-01T10:00:01.000000Z\t    8 Query\tSELECT `name`
FROM `account` WHERE `name` = 'it\\'s Secret'
2026-05-01T10:00:02.000000Z\t    8 Execute\tUPDATE account SET region = ? WHERE id = 5
2026-05-01T10:00:03.000000Z\t    8 Quit\t
"""


def test_the_general_log_of_mysql_is_read(tmp_path: Path) -> None:
    path = tmp_path / "general.log"
    path.write_text(GENERAL)
    found = told("sql-log", path, dialect="mysql")
    assert lines(found) == [
        "called account 2x 2026-05-01",
        "touched account 1x 2026-05-01",
        "read account.id 1x 2026-05-01",
        "read account.name 1x 2026-05-01",
        "written account.region 1x 2026-05-01",
    ]
    assert {each.actors for each in found.observations} == {1}
    assert "Secret" not in repr(found)


def test_other_headings_can_be_mapped_and_an_empty_log_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("när,vad\n2026-05-01,SELECT name FROM account\n")
    found = told("sql-log", path, columns__time="när", columns__query="vad")
    assert lines(found) == ["called account 1x 2026-05-01", "read account.name 1x 2026-05-01"]
    path.write_text("")
    empty = told("sql-log", path, covers="all")
    assert (empty.observations, empty.windows, len(empty.skipped)) == ((), (), 1)


STATEMENTS = """query,calls,rows,userid
SELECT name FROM account WHERE id = $1,120,120,10
SELECT total FROM orders LIMIT $1,5,50,10
SELECT name FROM account,3,3,11
"INSERT INTO orders (id, total) VALUES ($1, $2)",7,7,10
COMMIT,200,0,10
"""


def test_a_register_of_statements_bounds_reads_by_reset_and_export(tmp_path: Path) -> None:
    (tmp_path / "pg_stat_statements.csv").write_text(STATEMENTS)
    (tmp_path / "pg_stat_statements_info.csv").write_text("dealloc,stats_reset\n0,2026-03-01 08:00:00+00\n")
    assert {recognise(path) for path in tmp_path.iterdir()} == {"sql-statements"}
    found = told("sql-statements", tmp_path, exported="2026-06-01")
    span = date(2026, 3, 1), date(2026, 6, 1)
    assert found.windows == tuple(Window("log", "erp", deed, *span) for deed in (Deed.READ, Deed.WRITTEN))
    assert not found.sources[0].truncated
    assert [each for each in lines(found) if "account.name" in each or "orders.total" in each] == [
        "read account.name 123x 2026-03-01",
        "read account.name? -x 2026-06-01",
        "read orders.total 5x 2026-03-01",
        "read orders.total? -x 2026-06-01",
        "written orders.total 7x 2026-03-01",
        "written orders.total? -x 2026-06-01",
    ]


def test_without_the_reset_reads_are_possible_and_nothing_follows_from_silence(tmp_path: Path) -> None:
    path = tmp_path / "pg_stat_statements.csv"
    path.write_text(STATEMENTS + "SELECT broken\n")
    found = told("sql-statements", path, exported="2026-06-01")
    assert found.windows == ()
    assert found.sources[0].truncated
    assert {(each.last, each.possible) for each in found.observations} == {(date(2026, 6, 1), True)}
    assert [each.reason for each in found.skipped] == ["1 cells under a header of 4"]


def test_statements_that_were_evicted_leave_no_conclusion(tmp_path: Path) -> None:
    path = tmp_path / "pg_stat_statements.csv"
    path.write_text(STATEMENTS)
    (tmp_path / "pg_stat_statements_info.csv").write_text("dealloc,stats_reset\n12,2026-03-01\n")
    found = told("sql-statements", path, exported="2026-06-01")
    assert found.sources[0].truncated
    assert "statements were evicted" in found.sources[0].note


def test_digests_of_mysql_have_days_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "digests.csv"
    path.write_text(
        "SCHEMA_NAME,DIGEST_TEXT,COUNT_STAR,FIRST_SEEN,LAST_SEEN\n"
        "shop,SELECT `name` FROM `account` WHERE `id` IN (...),9,2026-03-01 10:00:00,2026-05-02 10:00:00\n"
    )
    assert recognise(path) == "sql-statements"
    found = told("sql-statements", path, dialect="mysql", exported="2026-06-01")
    assert lines(found) == [
        "called account 9x 2026-05-02",
        "read account.id 9x 2026-05-02",
        "read account.name 9x 2026-05-02",
    ]


ZONES = [
    ("2026-05-01 10:00:00 UTC", "2026-05-01 10:00:00+00:00"),
    ("2026-05-01 10:00:00.1 CEST", "2026-05-01 10:00:00.1+02:00"),
    ("2026-05-01 10:00:00 EST", "2026-05-01 10:00:00-05:00"),
    ("2026-05-01 10:00:00+02", "2026-05-01 10:00:00+02"),
    ("2026-05-01 10:00:00 IST", None),
]


@pytest.mark.parametrize(("text", "expected"), ZONES)
def test_a_time_with_an_abbreviated_zone(text: str, expected: str | None) -> None:
    assert utc_time(text) == expected
