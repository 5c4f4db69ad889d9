"""What SQL statements read and write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.languages.sql import LONGEST, read_statement
from auditor.languages.sql_statements import Statement, tables_of
from auditor.languages.sql_texts import literals_of, without_literals

TABLES = tables_of(
    {
        "account": ("id", "name", "region", "fax"),
        "orders": ("id", "account_id", "total"),
        "sales.lines": ("id", "order_id", "qty"),
        "Cust$Customer": ("No_", "Name 2", "Amount (2)"),
    }
)


def told(found: Statement) -> str:
    """Reads, writes, changed tables; `?` marks what is only possible."""
    reads = sorted(f"{table}.{name}{'?' * possible}" for (table, name), possible in found.read.items())
    writes = sorted(f"={table}.{name}{'?' * possible}" for (table, name), possible in found.written.items())
    changed = sorted(f"!{table}" for table in found.changed)
    return " ".join([*reads, *writes, *changed])


READ = [
    ("a column", "SELECT name FROM account", "account.name"),
    ("an alias", "SELECT a.name FROM account AS a WHERE a.region = $1", "account.name account.region"),
    (
        "unqualified columns find their table",
        "SELECT name, total FROM account JOIN orders ON account_id = account.id",
        "account.id account.name orders.account_id orders.total",
    ),
    ("a column of two tables", "SELECT id FROM account, orders", "account.id? orders.id?"),
    ("a star reads possibly", "SELECT * FROM orders", "orders.account_id? orders.id? orders.total?"),
    (
        "a star of one table",
        "SELECT o.*, a.fax FROM orders o, account a",
        "account.fax orders.account_id? orders.id? orders.total?",
    ),
    ("a count reads no column", "SELECT count(*) FROM account", ""),
    (
        "a common table",
        "WITH c AS (SELECT id, name FROM account WHERE region = 'x') SELECT c.name FROM c ORDER BY id",
        "account.id account.name account.region",
    ),
    (
        "a common table that shadows its own",
        "WITH account AS (SELECT fax FROM account) SELECT fax FROM account",
        "account.fax",
    ),
    (
        "a subquery",
        "SELECT s.x FROM (SELECT name AS x FROM account) s WHERE s.x IN (SELECT total FROM orders)",
        "account.name orders.total",
    ),
    (
        "a correlated subquery",
        "SELECT name FROM account a WHERE EXISTS (SELECT 1 FROM orders WHERE account_id = a.id AND total > 0)",
        "account.id account.name orders.account_id orders.total",
    ),
    (
        "a column of the query around",
        "SELECT name FROM account WHERE EXISTS (SELECT 1 FROM orders WHERE fax = total)",
        "account.fax account.name orders.total",
    ),
    ("a union", "SELECT name FROM account UNION ALL SELECT total FROM orders", "account.name orders.total"),
    ("a name of a projection", "SELECT upper(name) AS shout FROM account ORDER BY shout", "account.name"),
    ("a schema", "SELECT qty FROM sales.lines", "sales.lines.qty"),
    ("another schema's table of that name", 'SELECT "qty" FROM lines', "sales.lines.qty"),
    ("a table nobody knows beside one that is", "SELECT name FROM account, mystery", "account.name?"),
    (
        "a window",
        "SELECT row_number() OVER (PARTITION BY region ORDER BY fax) FROM account",
        "account.fax account.region",
    ),
    (
        "an insert of a list",
        "INSERT INTO account (name, fax) VALUES (1, 2)",
        "=account.fax =account.name !account",
    ),
    (
        "an insert without one",
        "INSERT INTO orders VALUES (1)",
        "=orders.account_id? =orders.id? =orders.total? !orders",
    ),
    (
        "an insert of a query",
        "INSERT INTO orders (total) SELECT fax FROM account",
        "account.fax =orders.total !orders",
    ),
    (
        "an upsert",
        "INSERT INTO account (name) VALUES ('x') ON CONFLICT (name) "
        "DO UPDATE SET fax = excluded.name RETURNING id",
        "account.id account.name =account.fax =account.name !account",
    ),
    (
        "an update",
        "UPDATE account SET name = fax WHERE region = ?",
        "account.fax account.region =account.name !account",
    ),
    (
        "an update from another table",
        "UPDATE account SET name = o.total FROM orders o WHERE o.account_id = account.id",
        "account.id orders.account_id orders.total =account.name !account",
    ),
    ("a delete", "DELETE FROM orders WHERE total < 0", "orders.total !orders"),
    (
        "a merge",
        "MERGE INTO account t USING orders s ON t.id = s.account_id WHEN MATCHED THEN UPDATE SET fax = s.total "
        "WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.total)",
        "account.id orders.account_id orders.id orders.total =account.fax =account.id =account.name !account",
    ),
    ("a truncation", "TRUNCATE TABLE orders", "!orders"),
    ("a copy out", "COPY account (name) TO STDOUT", "account.name"),
    ("a copy in", "COPY account (name) FROM STDIN", "=account.name !account"),
    ("a table made of a query", "CREATE TABLE z AS SELECT fax FROM account", "account.fax"),
    ("a cursor", "DECLARE c CURSOR FOR SELECT fax FROM account", "account.fax"),
    ("a prepared statement", "PREPARE p (int) AS SELECT fax FROM account WHERE id = $1", "account.fax account.id"),
]


@pytest.mark.parametrize(("text", "expected"), [each[1:] for each in READ], ids=[each[0] for each in READ])
def test_a_statement_does(text: str, expected: str) -> None:
    found = read_statement(text, TABLES, "postgresql")
    assert expected == told(found)
    assert found.parsed
    assert not found.idle


IDLE = [
    "BEGIN",
    "SET x = 1",
    "SHOW tables",
    "EXPLAIN SELECT name FROM account",
    "CREATE VIEW v AS SELECT * FROM account",
]
IDLE += ["DROP TABLE account", "FETCH 10 FROM c", "COMMIT"]


@pytest.mark.parametrize("text", IDLE)
def test_what_concerns_no_data_is_idle(text: str) -> None:
    found = read_statement(text, TABLES, "postgresql")
    assert (found.idle, told(found)) == (True, "")


def test_other_dialects_are_read_by_their_own_grammar() -> None:
    mssql = 'SELECT TOP 10 [No_], "Name 2" FROM [dbo].[Cust$Customer] WITH (NOLOCK)'
    assert told(read_statement(mssql, TABLES, "mssql")) == "Cust$Customer.Name 2 Cust$Customer.No_"
    mysql = "REPLACE INTO account (name) VALUES (?) "
    assert told(read_statement(mysql, TABLES, "mysql")) == "=account.name !account"
    digest = "SELECT `name` FROM `account` WHERE `id` IN (...)"
    assert told(read_statement(digest, TABLES, "mysql")) == "account.id account.name"


WORDS = [
    ("no SQL at all", "what is the name of that account"),
    ("two statements", "SELECT name FROM account; SELECT 1"),
    ("a procedure", "CALL f('account', name)"),
    ("too long", "SELECT name FROM account WHERE region IN (" + "x," * LONGEST + "x)"),
    ("too deep", "SELECT name FROM account WHERE " + "(" * 3_000 + "1" + ")" * 3_000),
]


@pytest.mark.parametrize("text", [each[1] for each in WORDS], ids=[each[0] for each in WORDS])
def test_what_cannot_be_parsed_is_read_word_by_word(text: str) -> None:
    found = read_statement(text, TABLES, "postgresql")
    assert not found.parsed
    assert ("account", "name") in found.read
    assert set(found.read.values()) == {True}
    assert ("account", "fax") not in found.read


LITERALS = [
    ("SELECT a FROM t WHERE b = 'it''s' AND c = 12.5", "SELECT a FROM t WHERE b = '''' AND c = 0"),
    ("SELECT a FROM t WHERE b IN (1, 2, 3) LIMIT 10", "SELECT a FROM t WHERE b IN (0) LIMIT 0"),
    ("INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO t VALUES (0)"),
    ('SELECT "Name 2", col1 FROM t9 WHERE x=3', 'SELECT "Name 2", col1 FROM t9 WHERE x=0'),
    ("SELECT a /* trace='1' */ FROM t", "SELECT a   FROM t"),
    ("SELECT a FROM t WHERE b = $1", "SELECT a FROM t WHERE b = $1"),
]


@pytest.mark.parametrize(("text", "expected"), LITERALS)
def test_values_are_dropped_and_names_are_kept(text: str, expected: str) -> None:
    assert without_literals(text) == expected


def test_a_name_with_a_number_is_found_after_literals_were_dropped() -> None:
    text = without_literals('SELECT "Amount (2)", "Name 2" FROM "Cust$Customer"')
    assert told(read_statement(text, TABLES)) == "Cust$Customer.Amount (2) Cust$Customer.Name 2"


def test_a_backslash_escapes_in_mysql_alone() -> None:
    assert without_literals(r"SELECT a FROM t WHERE b = 'it\'s' AND c = 'x'", "mysql") == (
        "SELECT a FROM t WHERE b = '' AND c = ''"
    )
    assert without_literals(r"SELECT a FROM t WHERE b = 'C:\' AND c = 'x'") == (
        "SELECT a FROM t WHERE b = '' AND c = ''"
    )
    assert literals_of("postgresql", engine=True)[1] == (r"([=<>(,+*/%-]\s*)\d[\d.]*", r"\10")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="SELECTFROMWH account.name*(),'\"[]`;=?$1-/\\\n", max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(read_statement(text, TABLES, "postgresql"), Statement)
