"""Rows from a database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from auditor.errors import SourceError
from auditor.sources.sql.rows import row_source


@pytest.fixture
def url(tmp_path: Path) -> str:
    path = tmp_path / "erp.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute('create table "kund.ny" (nr text, "Saldo kr" real)')
        connection.executemany('insert into "kund.ny" values (?, ?)', [("A", 1.5), ("B", None)])
    connection.close()
    return f"sqlite:///{path}"


def test_rows_come_by_column_and_may_be_asked_for_again(url: str) -> None:
    rows = row_source(url)

    expected = [{"nr": "A", "Saldo kr": 1.5}, {"nr": "B", "Saldo kr": None}]
    assert list(rows("kund.ny")) == expected
    assert list(rows("kund.ny")) == expected


def test_a_table_that_is_not_there_is_an_error_of_ours(url: str) -> None:
    with pytest.raises(SourceError, match="no such table: gone"):
        list(row_source(url)("gone"))
