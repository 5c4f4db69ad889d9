"""One SQLite file, opened for reading or for one transaction of writing; what goes wrong becomes one line.

SQLite's own journal keeps the file whole: whatever happens to a process, the next one sees the state before or
after its transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, text
from sqlalchemy.pool import NullPool

from auditor.errors import AuditorError
from auditor.history.schema import APPLICATION, METADATA, VERSION

_BATCH = 10_000
WAIT = 10.0
"""Seconds that one process waits for another to finish writing."""


class HistoryError(AuditorError):
    """Indicates that the history cannot be read or written; says what to do."""


@contextmanager
def reading(path: Path) -> Iterator[Connection | None]:
    """A connection that sees one state of the history; None where there is none yet.

    Raises:
        HistoryError: it is damaged, locked, of a newer version, or no history.
    """
    if not path.exists():
        yield None
        return
    with _told(path), _connected(path, "BEGIN", create=False) as connection:
        yield connection if _version(connection, path) else None


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """One transaction: what is done in it is kept whole or not at all. The folder must be there.

    Raises:
        HistoryError: the same, or it cannot be written (a full disk, a folder that is read-only).
    """
    with _told(path), _connected(path, "BEGIN IMMEDIATE", create=True) as connection:
        if not _version(connection, path):
            METADATA.create_all(connection)
            connection.execute(text(f"PRAGMA application_id = {APPLICATION}"))
            connection.execute(text(f"PRAGMA user_version = {VERSION}"))
        yield connection


def insert_rows(connection: Connection, table: Table, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows whose values stand in the order of the table's columns, a batch at a time.

    By the driver itself: SQLAlchemy would look at each value of a million rows.
    """
    marks = ", ".join("?" * len(table.columns))
    remaining = iter(rows)
    while batch := [tuple(row) for row in islice(remaining, _BATCH)]:
        # The only name in it is one of our own tables.
        # The name is a constant of ours; S608 sees a text put together.
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" VALUES ({marks})', batch)  # noqa: S608 - see above


def shrink(path: Path) -> None:
    """Give back the space of what was removed, so that no byte of it stays in the file.

    Raises:
        HistoryError: as for writing.
    """
    with _told(path):
        connection = _plain(path, create=False)
        try:
            connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise HistoryError(_reason(path, error)) from None
        finally:
            connection.close()


@contextmanager
def _connected(path: Path, begin: str, *, create: bool) -> Iterator[Connection]:
    engine = _engine(path, begin, create=create)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(path: Path, begin: str, *, create: bool) -> Engine:
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _plain(path, create=create), poolclass=NullPool)

    # The driver's own idea of a transaction leaves definitions of tables outside; ours holds everything.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _plain(path: Path, *, create: bool) -> sqlite3.Connection:
    # `rw` falls back to reading where the file system allows no more.
    mode = "rwc" if create else "rw"
    place = f"file:{quote(str(path.resolve()))}?mode={mode}"
    return sqlite3.connect(place, uri=True, timeout=WAIT, isolation_level=None)


def _version(connection: Connection, path: Path) -> int:
    """The version of the schema; 0 for a file in which nothing was written yet."""
    version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    application = int(connection.execute(text("PRAGMA application_id")).scalar_one())
    tables = int(connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one())
    if tables and application != APPLICATION:
        raise HistoryError(f"{path} is another database, not a history of the auditor; move it elsewhere")
    if version > VERSION:
        raise HistoryError(
            f"{path} was written by a newer auditor (schema {version}, this one knows {VERSION}); "
            "upgrade the auditor to read it"
        )
    return version if tables else 0


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as error:
        raise HistoryError(_reason(path, error.orig)) from None
    except sqlite3.Error as error:
        raise HistoryError(_reason(path, error)) from None


def _reason(path: Path, error: BaseException | None) -> str:
    # The primary code is the lowest byte; the rest tells details of it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return f"{path} {_REASONS.get(code, f'cannot be used: {error}')}"


_REASONS = {
    sqlite3.SQLITE_BUSY: "is being written by another auditor; try again when that has ended",
    sqlite3.SQLITE_LOCKED: "is being written by another auditor; try again when that has ended",
    sqlite3.SQLITE_FULL: "cannot be written: the disk is full; nothing was changed",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk gave an error; nothing was changed",
    sqlite3.SQLITE_READONLY: "cannot be written: it or its folder is read-only; nothing was changed",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: it, its folder, or the journal beside it may not be written",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_CORRUPT: "is damaged; put back a copy, or delete it and add the exports again",
    sqlite3.SQLITE_NOTADB: "is no history; put back a copy, or delete it and add the exports again",
}
