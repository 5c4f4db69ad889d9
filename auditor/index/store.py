"""A file of what was read before, by content: a SQLite file of the standard library that may vanish at any time.

Whatever happens to the file (cachefile.py) costs time and never the answer. Each row carries a keyed checksum, the
key of which lies outside of any repository: a flipped bit, half a write and a row that somebody else has put there
are all simply not there.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from auditor.digests import blake2b
from auditor.index.cachefile import CacheFile
from auditor.index.pruning import age, prune

_BATCH = 400
"""Keys asked for at once; SQLite's oldest limit on parameters is 999."""
_FLUSH_BYTES = 4 * 2**20
"""So many bytes are kept in memory before they are written."""
_SIGN = 16
_DAY = 24 * 60 * 60

Seconds = Callable[[], float]


class Store:
    """Values by key. Reading gives what is there and whole; writing keeps what it can; neither ever fails.

    `salt` is the version of what makes the values: with another one nothing of before is found.
    """

    def __init__(self, path: Path, secret: bytes, salt: str = "", clock: Seconds = time.time) -> None:
        self._salt = blake2b(salt.encode(), digest_size=32).digest()
        self._secret = blake2b(secret, digest_size=32).digest()
        self._today = int(clock() // _DAY)
        self._waiting: dict[bytes, bytes] = {}
        self._waiting_bytes = 0
        self._used: dict[bytes, int] = {}
        self._wrote = False
        self._file = CacheFile(path)

    @property
    def notice(self) -> str:
        """Why it is not used, where people should know; one line."""
        return self._file.notice

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
        if not self._file.is_open:
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
            wrote = self._file.write(lambda connection: _insert(connection, rows, self._today))
            self._wrote = wrote or self._wrote

    def close(self) -> None:
        """Write what is waiting, note what was used, forget what was not used for long, and close."""
        self.flush()
        used = age(self._used, self._today)
        if used or self._wrote:
            self._file.write(lambda connection: prune(connection, used, self._today))
        self._file.close()

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
        for place, day, value in self._file.ask(asked, batch):
            if (
                isinstance(value, bytes)
                and isinstance(day, int)
                and value[:_SIGN] == self._sign(place, value[_SIGN:])
            ):
                self._used[place] = day
                yield keys[place], value[_SIGN:]


def _insert(connection: sqlite3.Connection, rows: Mapping[bytes, bytes], today: int) -> None:
    ((last,),) = connection.execute("SELECT coalesce(max(id), 0) FROM block").fetchall()
    numbered = list(enumerate(rows.items(), last + 1))
    replaced = "DELETE FROM block WHERE id = (SELECT block FROM entry WHERE key = ?)"
    connection.executemany(replaced, [(place,) for place in rows])
    blocks = [(number, value) for number, (_, value) in numbered]
    connection.executemany("INSERT INTO block (id, value) VALUES (?, ?)", blocks)
    entries = [(place, today, number) for number, (place, _) in numbered]
    connection.executemany("INSERT OR REPLACE INTO entry (key, day, block) VALUES (?, ?, ?)", entries)
