"""The tables of `history.sqlite`: only aggregates; no row of a log and no id of a user has a place in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, PrimaryKeyConstraint, String, Table

VERSION = 1
"""Of the schema; kept as SQLite's `user_version`."""

APPLICATION = 0x41554454
"""SQLite's `application_id` of a history, so that no other database is taken for one."""

METADATA = MetaData()

ADDITION = Table(
    "addition",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("system", String, nullable=False),
    Column("stream", String, nullable=False),
    Column("memory", String, nullable=False),
    Column("digest", String, nullable=False, unique=True),
    Column("added", Integer, nullable=False),
    Column("last", Integer),
    Column("rows", Integer, nullable=False),
    Column("subjects", Integer, nullable=False),
    Column("organization", String),
    Column("truncated", Boolean, nullable=False),
)
"""Days are ordinals (`date.toordinal`) throughout."""

FILE = Table(
    "file",
    METADATA,
    Column("addition", Integer, nullable=False),
    Column("digest", String, nullable=False),
    PrimaryKeyConstraint("addition", "digest"),
    sqlite_with_rowid=False,
)

WINDOW = Table(
    "window",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("addition", Integer, nullable=False),
    Column("deed", String, nullable=False),
    Column("start", Integer),
    Column("end", Integer, nullable=False),
    Column("subjects", JSON(none_as_null=True)),
    Column("kinds", JSON(none_as_null=True)),
    Column("gaps", JSON, nullable=False),
)

WORD = Table(
    "word",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("text", String, nullable=False, unique=True),
)
"""Printed names of subjects and of what they were reached through; the empty one stands for nothing."""

_SEEN = ("addition", "subject", "deed", "by", "possible", "via")


def _seen(*more: Column[Any]) -> tuple[Column[Any], ...]:
    return (
        Column("addition", Integer, nullable=False),
        Column("subject", Integer, nullable=False),
        Column("deed", String, nullable=False),
        Column("by", String, nullable=False),
        Column("possible", Boolean, nullable=False),
        Column("via", Integer, nullable=False),
        *more,
    )


DAY = Table(
    "day",
    METADATA,
    *_seen(Column("day", Integer, nullable=False), Column("times", Integer, nullable=False)),
    PrimaryKeyConstraint(*_SEEN, "day"),
    sqlite_with_rowid=False,
)

USERS = Table(
    "users",
    METADATA,
    *_seen(Column("number", Integer, nullable=False)),
    PrimaryKeyConstraint(*_SEEN),
    sqlite_with_rowid=False,
)
"""Distinct users within one addition."""

STATE = Table(
    "state",
    METADATA,
    *_seen(Column("first", Integer), Column("last", Integer), Column("times", Integer)),
    PrimaryKeyConstraint(*_SEEN),
    sqlite_with_rowid=False,
)
"""What a register said on the day of its export."""

CONTENTS = (FILE, WINDOW, DAY, USERS, STATE)
"""Tables whose rows belong to one addition."""
