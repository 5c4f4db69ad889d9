"""Databases as a source."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from auditor.errors import SourceError
from auditor.model.catalogue import Calculation, Object, ObjectKind, Relationship, Role
from auditor.sources.sql.connection import open_engine, shown_url
from auditor.sources.sql.source import read_database

SCHEMA = """
create table kund (nr varchar(10) primary key, namn text not null, saldo numeric(10, 2) default 0);
create table orderrad (
  id integer primary key, kundnr varchar(10) references kund (nr), antal integer unique,
  belopp numeric generated always as (antal * 2) virtual);
create view oppna as select nr, namn from kund;
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    path = tmp_path / "erp.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.close()
    return f"sqlite:///{path}"


def _objects(url: str) -> dict[str, Object]:
    return {entity.name: entity for entity in read_database(url, "erp", Role.ERP).objects}


def test_tables_views_columns_and_keys_are_reflected(url: str) -> None:
    objects = _objects(url)

    kinds = {name: entity.kind for name, entity in objects.items()}
    assert kinds == {"kund": ObjectKind.TABLE, "oppna": ObjectKind.VIEW, "orderrad": ObjectKind.TABLE}
    number, name, balance = objects["kund"].fields
    assert (number.key, number.type, number.length, number.custom) == (True, "VARCHAR(10)", 10, None)
    assert (name.required, balance.precision, balance.scale, balance.default) == (True, 10, 2, "0")
    _, customer, count, amount = objects["orderrad"].fields
    assert (customer.reference_to, customer.relationship) == (("kund",), Relationship.FOREIGN_KEY)
    assert (count.unique, amount.calculation) == (True, Calculation.GENERATED)


def test_nothing_can_be_written(url: str) -> None:
    with open_engine(url).connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("delete from kund"))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("nonsense", "the database URL cannot be read", id="no URL"),
        pytest.param("sqlite:////no/such/folder/x.sqlite", "unable to open database file", id="no such file"),
        pytest.param(
            "nodialect://u:secret@h/db", "no driver for 'nodialect' is installed", id="an unknown dialect"
        ),
        pytest.param(
            "mssql+nodriver://u:secret@h/db",
            r"'crm-scope-auditor\[mssql\]' and write mssql\+pymssql://",
            id="a known dialect without its driver",
        ),
    ],
)
def test_a_database_that_cannot_be_read_says_why_and_never_the_password(url: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_database(url, "erp", Role.ERP)

    assert "secret" not in str(caught.value)


def test_a_mistyped_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read_database(f"sqlite:///{tmp_path / 'typo.sqlite'}", "erp", Role.ERP)

    assert list(tmp_path.iterdir()) == []


def test_two_keys_of_one_column_lead_to_both_tables(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        "create table a (id integer primary key); create table b (id integer primary key);"
        "create table c (id integer primary key, r integer references a (id), foreign key (r) references b (id));"
        "create unique index u on c (r) where r > 0;"
    )
    connection.close()

    _, reference = _objects(f"sqlite:///{path}")["c"].fields

    assert (reference.reference_to, reference.unique) == (("a", "b"), False)


def test_a_database_without_tables_is_said(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.sqlite").close()

    catalog = read_database(f"sqlite:///{tmp_path / 'empty.sqlite'}", "erp", Role.ERP)

    assert [line.reason for line in catalog.skipped] == [
        "the schema holds no table or view that this account may see"
    ]


def test_a_shown_url_holds_no_credentials() -> None:
    assert shown_url("postgresql://reader:s3cret@erp/db?sslpassword=x") == "postgresql://erp/db"
