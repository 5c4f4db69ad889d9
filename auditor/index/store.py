"""A file of what was read before, by content: a SQLite file of the standard library that may vanish at any time.

Whatever happens to the file costs time and never the answer. Each row carries a keyed checksum, the key of which
lies outside of any repository: a flipped bit, half a write and a row that somebody else has put there are all
simply not there. A file that is damaged is made anew; one of a later version, of another program or behind a link
is left alone, and the run goes on without.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from auditor.index.layout import ForeignError, prepare
from auditor.index.pruning import age, prune

_BUSY_SECONDS = 5.0
"""How long to wait for another process; each of its writes takes a fraction of it."""
_BATCH = 400
"""Keys asked for at once; SQLite's oldest limit on parameters is 999."""
_FLUSH_BYTES = 4 * 2**20
"""So many bytes are kept in memory before they are written."""
_SIGN = 16
_FAILURES = (sqlite3.Error, ValueError, OverflowError)
"""What SQLite says of a damaged file; where its words themselves are damaged, Python cannot decode them."""
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_DAY = 24 * 60 * 60

Seconds = Callable[[], float]


class Store:
    """Values by key. Reading gives what is there and whole; writing keeps what it can; neither ever fails.

    `salt` is the version of what makes the values: with another one nothing of before is found.
    """

    def __init__(self, path: Path, secret: bytes, salt: str = "", clock: Seconds = time.time) -> None:
        self._path = path
        self._salt = blake2b(salt.encode(), digest_size=32).digest()
        self._secret = blake2b(secret, digest_size=32).digest()
        self._today = int(clock() // _DAY)
        self._waiting: dict[bytes, bytes] = {}
        self._waiting_bytes = 0
        self._used: dict[bytes, int] = {}
        self._wrote = False
        self._writable = True
        self.notice = ""
        """Why it is not used, where people should know; one line."""
        self._connection = self._open()

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""
        found: dict[bytes, bytes] = {}
        places = {self._place(key): key for key in keys}
        listed = list(places)
        for start in range(0, len(listed), _BATCH):
            batch = listed[start : start + _BATCH]
            found.update(self._found(batch, places))
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value. It is written with others, at the latest when the store is closed."""
        if self._connection is None:
            return
        place = self._place(key)
        self._waiting[place] = self._sign(place, value) + value
        self._waiting_bytes += len(value)
        if self._waiting_bytes > _FLUSH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting, in one transaction; where that is not possible, it is dropped."""
        rows, self._waiting, self._waiting_bytes = self._waiting, {}, 0
        if rows:
            self._wrote = self._write(lambda connection: _insert(connection, rows, self._today)) or self._wrote

    def close(self) -> None:
        """Write what is waiting, note what was used, forget what was not used for long, and close."""
        self.flush()
        used = age(self._used, self._today)
        if used or self._wrote:
            self._write(lambda connection: prune(connection, used, self._today))
        self._shut()

    def _place(self, key: bytes) -> bytes:
        return blake2b(key, digest_size=_SIGN, key=self._salt).digest()

    def _sign(self, place: bytes, value: bytes) -> bytes:
        digest = blake2b(place, digest_size=_SIGN, key=self._secret)
        digest.update(value)  # apart, since a catalogue is too large to copy once more
        return digest.digest()

    def _found(self, batch: Sequence[bytes], keys: Mapping[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
        marks = ",".join("?" * len(batch))
        # Only question marks are put into the text.
        asked = f"SELECT key, day, value FROM entry JOIN block ON id = block WHERE key IN ({marks})"  # noqa: S608 - see above
        for place, day, value in self._asked(asked, batch):
            if (
                isinstance(value, bytes)
                and isinstance(day, int)
                and value[:_SIGN] == self._sign(place, value[_SIGN:])
            ):
                self._used[place] = day
                yield keys[place], value[_SIGN:]

    def _asked(self, statement: str, values: Sequence[bytes]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except _FAILURES as error:
            self._failed(error)
            return []

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> bool:
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

    def _failed(self, error: Exception) -> None:
        """A damaged file is removed, so that the next run makes it anew. A busy or full disk is only not used."""
        if not isinstance(error, sqlite3.OperationalError):
            self._shut()
            _remove(self._path)

    def _shut(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

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


def _insert(connection: sqlite3.Connection, rows: Mapping[bytes, bytes], today: int) -> None:
    ((last,),) = connection.execute("SELECT coalesce(max(id), 0) FROM block").fetchall()
    numbered = list(enumerate(rows.items(), last + 1))
    replaced = "DELETE FROM block WHERE id = (SELECT block FROM entry WHERE key = ?)"
    connection.executemany(replaced, [(place,) for place in rows])
    blocks = [(number, value) for number, (_, value) in numbered]
    connection.executemany("INSERT INTO block (id, value) VALUES (?, ?)", blocks)
    entries = [(place, today, number) for number, (place, _) in numbered]
    connection.executemany("INSERT OR REPLACE INTO entry (key, day, block) VALUES (?, ?, ?)", entries)


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
