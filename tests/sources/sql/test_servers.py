"""Databases that need a server; skipped aloud where none is named.

AUDITOR_TEST_POSTGRESQL and AUDITOR_TEST_MARIADB are URLs of accounts that may create schemas and roles.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from auditor.errors import SourceError
from auditor.model.catalogue import Calculation, Field, Object, ObjectKind, Relation, Role, Skipped
from auditor.sources.sql import source
from auditor.sources.sql.connection import open_engine
from auditor.sources.sql.source import read_database

POSTGRESQL = (
    "drop schema if exists auditor_sales cascade",
    "drop schema if exists auditor_many cascade",
    "create schema auditor_sales",
    "create schema auditor_many",
    "create type auditor_sales.state as enum ('open', 'shut')",
    "create table auditor_sales.customer (company int, no varchar(20), name text, "
    "state auditor_sales.state default 'open', primary key (company, no))",
    "comment on table auditor_sales.customer is 'Kunder'",
    "comment on column auditor_sales.customer.name is 'Namn \"x\"'",
    'create table auditor_sales."Order ""x""" (company int, "no." int generated always as identity, '
    "customer varchar(20), amount numeric(10, 2), vat numeric generated always as (amount * 0.25) stored, "
    "mail text, primary key (company, \"no.\"), "
    "constraint buyer foreign key (company, customer) references auditor_sales.customer)",
    'create unique index on auditor_sales."Order ""x""" (customer)',
    'create unique index on auditor_sales."Order ""x""" (mail) where mail is not null',
    'create view auditor_sales.v as select name from auditor_sales.customer',
    'create materialized view auditor_sales.mv as select name from auditor_sales.customer',
    "create table auditor_sales.log (day date, n int) partition by range (day)",
    "create table auditor_sales.log_24 partition of auditor_sales.log "
    "for values from ('2024-01-01') to ('2025-01-01')",
)  # fmt: skip
MARIADB = (
    "drop schema if exists auditor_sales",
    "drop schema if exists auditor_many",
    "create schema auditor_sales",
    "create schema auditor_many",
    "create table auditor_sales.customer (company int, no varchar(20), name text comment 'Namn', "
    "state enum('open', 'it''s') default 'open', primary key (company, no)) comment = 'Kunder'",
    "create table auditor_sales.orders (company int, id int auto_increment unique, customer varchar(20) unique, "
    "amount decimal(10, 2), vat decimal(10, 2) as (amount * 0.25) stored, mail varchar(200), "
    "unique key (mail(10)), primary key (company, id), constraint buyer foreign key (company, customer) "
    "references auditor_sales.customer (company, no))",
    "create table auditor_sales.gone (a int)",
    "create view auditor_sales.v as select name from auditor_sales.customer",
    "create view auditor_sales.broken as select a from auditor_sales.gone",
    "drop table auditor_sales.gone",
)


def _server(variable: str, statements: tuple[str, ...]) -> str:
    url = os.environ.get(variable)
    if not url:
        pytest.skip(f"{variable} is not set: tests on a real server are skipped")
    _execute(url, statements)
    return url


def _execute(url: str, statements: tuple[str, ...]) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="module")
def postgresql() -> str:
    return _server("AUDITOR_TEST_POSTGRESQL", POSTGRESQL)


@pytest.fixture(scope="module")
def mariadb() -> str:
    return _server("AUDITOR_TEST_MARIADB", MARIADB)


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def _objects(url: str) -> dict[str, Object]:
    read = read_database(url, "erp", Role.ERP, ("auditor_sales",))
    return {entity.name.removeprefix("auditor_sales."): entity for entity in read.objects}


def _fields(entity: Object) -> dict[str, Field]:
    return {field.name: field for field in entity.fields}


def test_postgresql_shows_everything_it_knows(postgresql: str) -> None:
    objects = _objects(postgresql)

    kinds = {name: entity.kind for name, entity in objects.items()}
    table, view = ObjectKind.TABLE, ObjectKind.VIEW
    assert kinds == {"Order \"x\"": table, "customer": table, "log": table, "mv": view, "v": view}  # fmt: skip
    customer = objects["customer"]
    assert (customer.description, _fields(customer)["name"].description) == ("Kunder", 'Namn "x"')
    assert [value.name for value in _fields(customer)["state"].picklist] == ["open", "shut"]
    order = objects['Order "x"']
    assert order.relations == (Relation("buyer", "auditor_sales.customer", fields=("company", "customer")),)
    fields = _fields(order)
    led = {name: field.reference_to for name, field in fields.items() if field.reference_to}
    assert led == {"customer": ("auditor_sales.customer",)}
    assert {name for name, field in fields.items() if field.unique} == {"customer"}
    assert {name for name, field in fields.items() if field.key} == {"company", "no."}
    made = (fields["no."].calculation, fields["vat"].calculation)
    assert made == (Calculation.AUTO_NUMBER, Calculation.GENERATED)


def test_postgresql_partitions_are_said_and_not_listed(postgresql: str) -> None:
    catalog = read_database(postgresql, "erp", Role.ERP, ("auditor_sales",))

    reason = "its partitions (1) are not listed as tables: their rows are its rows"
    assert catalog.skipped == (Skipped("auditor_sales.log", reason),)


def test_mariadb_shows_everything_it_knows(mariadb: str) -> None:
    objects = _objects(mariadb)

    kinds = {name: entity.kind for name, entity in objects.items()}
    assert kinds == {"customer": ObjectKind.TABLE, "orders": ObjectKind.TABLE, "v": ObjectKind.VIEW}
    customer = _fields(objects["customer"])
    assert (objects["customer"].description, customer["name"].description) == ("Kunder", "Namn")
    assert [value.name for value in customer["state"].picklist] == ["open", "it's"]
    order = objects["orders"]
    assert order.relations == (Relation("buyer", "auditor_sales.customer", fields=("company", "customer")),)
    fields = _fields(order)
    assert fields["customer"].reference_to == ("auditor_sales.customer",)
    assert {name for name, field in fields.items() if field.unique} == {"id", "customer"}
    amount, vat = fields["amount"], fields["vat"]
    assert (amount.type, amount.precision, amount.scale) == ("decimal(10,2)", 10, 2)
    assert (fields["id"].calculation, vat.calculation) == (Calculation.AUTO_NUMBER, Calculation.GENERATED)


def test_a_view_that_cannot_be_read_costs_one_line(mariadb: str) -> None:
    catalog = read_database(mariadb, "erp", Role.ERP, ("auditor_sales",))

    reason = "the database shows no columns of it: it cannot be read"
    assert catalog.skipped == (Skipped("auditor_sales.broken", reason),)


@dataclass(frozen=True)
class _Counted:
    tables: int
    statements: int


def _count(url: str, monkeypatch: pytest.MonkeyPatch) -> _Counted:
    statements: list[str] = []

    def opened(given: str) -> object:
        engine = open_engine(given)
        event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        return engine

    monkeypatch.setattr(source, "open_engine", opened)
    catalog = read_database(url, "erp", Role.ERP, ("auditor_many",))
    return _Counted(len(catalog.objects), len(statements))


def test_statements_do_not_grow_with_tables(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables(numbers: range) -> tuple[str, ...]:
        shape = "id int primary key, r int unique, foreign key (r) references auditor_many.t0 (id)"
        return tuple(f"create table if not exists auditor_many.t{n} ({shape})" for n in numbers)

    _execute(server, tables(range(2)))
    few = _count(server, monkeypatch)
    _execute(server, tables(range(2, 200)))
    many = _count(server, monkeypatch)

    assert (few.tables, many.tables) == (2, 200)
    assert few.statements == many.statements
    assert many.statements <= 15


def test_a_server_refuses_to_write(server: str) -> None:
    engine = open_engine(server)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)read.only"):
        connection.execute(text("create table auditor_sales.written (a int)"))
    engine.dispose()


def test_a_schema_that_does_not_exist_names_those_that_do(server: str) -> None:
    with pytest.raises(SourceError, match=r"no schema 'nope' .* it has .*auditor_sales"):
        read_database(server, "erp", Role.ERP, ("nope",))


def test_a_schema_is_read_once_however_it_is_named(mariadb: str) -> None:
    url = make_url(mariadb).set(database="auditor_sales").render_as_string(hide_password=False)

    names = [entity.name for entity in read_database(url, "erp", Role.ERP, (None, "auditor_sales")).objects]

    assert names == ["customer", "orders", "v"]


def test_an_empty_schema_is_said(server: str) -> None:
    _execute(server, ("drop schema if exists auditor_empty", "create schema auditor_empty"))

    catalog = read_database(server, "erp", Role.ERP, ("auditor_empty",))

    reason = "the schema holds no table or view that this account may see"
    assert catalog.skipped == (Skipped("auditor_empty", reason),)


@pytest.mark.parametrize("password", ["wr0ng", "wr0ng/?@ :"])
def test_a_refused_account_says_so_and_never_the_password(server: str, password: str) -> None:
    refused = make_url(server).set(username="auditor_nobody", password=password)

    with pytest.raises(SourceError, match=r"cannot read the database") as caught:
        read_database(refused.render_as_string(hide_password=False), "erp", Role.ERP)

    assert "wr0ng" not in str(caught.value)


@pytest.fixture
def reader(mariadb: str) -> Iterator[str]:
    """An account that may see one table and one column of another."""
    _execute(
        mariadb,
        (
            "create or replace user auditor_reader@localhost identified by 'only-reads'",
            "grant select on auditor_sales.customer to auditor_reader@localhost",
            "grant select (id) on auditor_sales.orders to auditor_reader@localhost",
        ),
    )
    url = make_url(mariadb).set(username="auditor_reader", password="only-reads", database="auditor_sales")
    yield url.render_as_string(hide_password=False)
    _execute(mariadb, ("drop user auditor_reader@localhost",))


def test_an_account_that_may_see_a_part_reads_that_part(reader: str) -> None:
    read = read_database(reader, "erp", Role.ERP)

    named = {entity.name: [field.name for field in entity.fields] for entity in read.objects}
    assert named == {"customer": ["company", "no", "name", "state"], "orders": ["id"]}
