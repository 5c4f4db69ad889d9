"""Writes the ERP as an SQLite file, and its small reference tables with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from nordvik_world.calendar import dice
from nordvik_world.erp import STATUSES, TERMS, TERMS_LONG, WAREHOUSES, Erp
from nordvik_world.prices import cents, list_price

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_RATES = (("SEK", "Svensk krona", "1"), ("DKK", "Dansk krone", "1.54"), ("EUR", "Euro", "11.47"))
_GROUPS = (
    ("SAG", "Sågar"),
    ("PRS", "Pressar"),
    ("ROB", "Robotceller"),
    ("TRB", "Transportband"),
    ("RES", "Reservdelar"),
)
_DISTRICTS = ("Nord", "Mitt", "Syd", "Danmark")
_DELIVERY_TERMS = (("EXW", "Fritt fabrik"), ("FCA", "Fritt fraktföraren"), ("DAP", "Levererat till plats"))
_REFERENCES: tuple[tuple[str, tuple[tuple[object, ...], ...]], ...] = (
    ("valuta", _RATES),
    ("betalningsvillkor", (*TERMS, *TERMS_LONG)),
    ("leveransvillkor", _DELIVERY_TERMS),
    ("orderstatus", STATUSES),
    ("saljare", tuple((f"S{number + 1:02d}", _DISTRICTS[number % 4]) for number in range(9))),
    ("prislista", (("SEK", "Baslista Sverige", "SEK"), ("DKK", "Baslista Danmark", "DKK"))),
    ("artikelgrupp", _GROUPS),
    ("lagerstalle", WAREHOUSES),
)
"""Small tables, in an order in which what is referred to comes first."""


def write_erp(erp: Erp, schema: Path, target: Path) -> None:
    """Create the database anew from the SQL text. The same ERP gives the same bytes on the same SQLite."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    try:
        connection.executescript(schema.read_text(encoding="utf-8"))
        _references(connection)
        for table, rows in _tables(erp):
            _insert(connection, table, rows)
        _derived(connection, erp)
        connection.commit()
    finally:
        connection.close()


def _tables(erp: Erp) -> tuple[tuple[str, Iterable[DataclassInstance]], ...]:
    return (
        ("kund", erp.customers),
        ("artikel", erp.items),
        ("lagersaldo", erp.stock),
        ("kundorder", erp.orders),
        ("kundorderrad", erp.lines),
        ("leverans", erp.deliveries),
        ("faktura", erp.invoices),
        ("serviceavtal", erp.contracts),
        ("offert", erp.quotes),
        ("kundpris", erp.customer_prices),
        ("individ", erp.machines),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[DataclassInstance]) -> None:
    for row in rows:
        columns = ", ".join(column.name for column in fields(row))
        _add(connection, f"{table} ({columns})", tuple(getattr(row, column.name) for column in fields(row)))


def _add(connection: sqlite3.Connection, into: str, row: tuple[object, ...]) -> None:
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 (names of our own schema)
    connection.execute(statement, tuple(_cell(value) for value in row))


def _cell(value: object) -> object:
    return str(value) if isinstance(value, date | Decimal) else value


def _references(connection: sqlite3.Connection) -> None:
    for table, rows in _REFERENCES:
        for row in rows:
            _add(connection, table, row)


def _derived(connection: sqlite3.Connection, erp: Erp) -> None:
    """Rows that follow from the others: contacts, prices, invoice lines, structures, costing."""
    for n, customer in enumerate(erp.customers):
        contact = (
            f"KP{n:04d}",
            customer.kundnr,
            "Inköpare",
            f"inkop@kund{n:03d}.example",
            f"+46 70 174 06 {n % 95 + 5:02d}",
        )
        _add(connection, "kontaktperson", contact)
    for item in erp.items:
        price = list_price(item)
        _add(connection, "prislisterad", ("SEK", item.artnr, 1, price, "2026-01-01"))
        _add(connection, "prislisterad", ("DKK", item.artnr, 1, cents(price / Decimal("1.54")), "2026-01-01"))
    order_invoice = {invoice.ordernr: invoice.fakturanr for invoice in erp.invoices}
    for line in erp.lines:
        if line.ordernr in order_invoice:
            row = (order_invoice[line.ordernr], line.radnr, line.artnr, line.antal, line.radbelopp)
            _add(connection, "fakturarad", row)
    _structures(connection, erp)
    _costing(connection, erp)


def _structures(connection: sqlite3.Connection, erp: Erp) -> None:
    machines = [item for item in erp.items if item.artgrupp != "RES"]
    parts = [item for item in erp.items if item.artgrupp == "RES"]
    for machine in machines:
        throw = dice("struktur", machine.artnr)
        for position, part in enumerate(throw.sample(parts, throw.randrange(4, 9)), start=1):
            row = (machine.artnr, position * 10, part.artnr, throw.randrange(1, 9), throw.choice((0, 0, 2)), "C")
            _add(connection, "produktstruktur", row)


def _costing(connection: sqlite3.Connection, erp: Erp) -> None:
    for order in erp.orders:
        if order.status == 90:
            material = cents(order.ordersumma * 52 / 100)
            labour = cents(order.ordersumma * 11 / 100)
            overhead = cents(order.ordersumma * 9 / 100)
            hours = cents(labour / 640)
            row = (order.ordernr, material, hours, labour, overhead, material + labour + overhead)
            _add(connection, "efterkalkyl", row)
