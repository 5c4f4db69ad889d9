"""The tables of a cache file, and whose file it is."""

from __future__ import annotations

import sqlite3

_APPLICATION = 0x61756469
"""`audi`, in the header of the file: SQLite's own place for whose file it is."""
LAYOUT = 2
"""Raised with every change of the tables."""
_TABLES = (
    "CREATE TABLE block (id INTEGER PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE entry (key BLOB PRIMARY KEY, day INTEGER NOT NULL, block INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE ground (id INTEGER PRIMARY KEY, used INTEGER NOT NULL, "
    "first INTEGER NOT NULL, beyond INTEGER NOT NULL, value BLOB NOT NULL)",
    "CREATE TABLE page (id INTEGER PRIMARY KEY, value BLOB NOT NULL)",
)
"""What is looked up stands apart from what is found, so that noting a day of use does not write values anew.

Values of a store stand under `entry` and `block`, the pages of grounds (grounds.py) under `ground` and `page`.
"""


class ForeignError(Exception):
    """Indicates that a file is not ours to write or to remove."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file, or see that they are exactly ours.

    Raises:
        ForeignError: another program or a later version made the file.
        sqlite3.DatabaseError: it is damaged, or an earlier version made it.
    """
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "synchronous = OFF"):
        # What a power cut leaves half written is found by the checksums: waiting for the disk buys nothing.
        connection.execute(f"PRAGMA {setting}")
    if not _schema(connection):
        _create(connection)
    _check(connection)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if not _schema(connection):  # another process may have been faster
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection) -> None:
    if _number(connection, "application_id") != _APPLICATION:
        raise ForeignError("another program made it")
    layout = _number(connection, "user_version")
    if layout > LAYOUT:
        raise ForeignError("a later version of the auditor made it")
    if layout < LAYOUT or _schema(connection) != sorted(_TABLES):
        raise sqlite3.DatabaseError("tables of another version")


def _schema(connection: sqlite3.Connection) -> list[str]:
    """The statements of everything that the file declares: a trigger or a view of somebody else's shows here."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return sorted(str(sql) for (sql,) in rows)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    ((value,),) = connection.execute(f"PRAGMA {pragma}").fetchall()
    return int(value)
