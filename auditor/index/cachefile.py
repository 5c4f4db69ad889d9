"""The SQLite file under a cache: opened, asked and written so that whatever happens to it costs time only.

A file that is damaged or of an earlier version is removed and made anew; one of a later version, of another
program or behind a link is left alone, and the run goes on without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from auditor.index.layout import ForeignError, prepare

_BUSY_SECONDS = 5.0
"""How long to wait for another process; each of its writes takes a fraction of it."""
_FAILURES = (sqlite3.Error, ValueError, OverflowError)
"""What SQLite says of a damaged file; where its words themselves are damaged, Python cannot decode them."""
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class CacheFile:
    """One connection to a cache file. Neither reading nor writing ever fails: they give or keep nothing then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writable = True
        self.notice = ""
        """Why it is not used, where people should know; one line."""
        self._connection = self._open()

    @property
    def is_open(self) -> bool:
        """Whether there is a file to ask."""
        return self._connection is not None

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; none where the file cannot be read."""
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except _FAILURES as error:
            self._failed(error)
            return []

    def write(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Do it in a transaction that is whole or not at all; a failure ends the writing and not the run."""
        if self._connection is None or not self._writable:
            return False
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            work(self._connection)
            self._connection.execute("COMMIT")
        except _FAILURES as error:
            self._writable = False
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            self._failed(error)
        return self._writable

    def close(self) -> None:
        """Close the file; what is asked afterwards finds nothing."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _failed(self, error: Exception) -> None:
        """A damaged file is removed, so that the next run makes it anew. A busy or full disk is only not used."""
        if not isinstance(error, sqlite3.OperationalError):
            self.close()
            _remove(self._path)

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                return self._connected()
            except ForeignError as error:
                self.notice = f"{self._path} is not used: {error}"
                return None
            except sqlite3.OperationalError:
                return None  # read-only, full, or busy for too long
            except _FAILURES:
                _remove(self._path)
            except OSError:
                return None
        return None

    def _connected(self) -> sqlite3.Connection:
        if self._path.parent.is_symlink() or any(part.is_symlink() for part in _parts(self._path)):
            raise ForeignError("it is a link, and links are not followed")
        if _names_another(_parts(self._path)[1]):
            _remove(self._path)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _parts(path: Path) -> list[Path]:
    """The file and those that SQLite keeps beside it."""
    return [path.with_name(path.name + suffix) for suffix in ("", "-journal", "-wal", "-shm")]


def _names_another(journal: Path) -> bool:
    """Whether a journal ends with the name of a super-journal: SQLite deletes the file that such a name names.

    A journal of ours never has one; see "File format for SQLite databases", 3.
    """
    try:
        with journal.open("rb") as stream:
            stream.seek(-min(len(_JOURNAL_MAGIC), stream.seek(0, 2)), 2)
            return stream.read() == _JOURNAL_MAGIC
    except OSError:
        return False


def _remove(path: Path) -> None:
    for part in _parts(path):
        with suppress(OSError):
            part.unlink()
