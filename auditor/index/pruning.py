"""What a cache file forgets: what nobody asked for in a month, and the oldest where it grows too large."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

KEPT_DAYS = 30
"""Values that were not used for so long are forgotten."""
NOTED_DAYS = 3
"""A use is noted when the last one that was noted lies so far back: noting each would write in every run."""
MAX_BYTES = 512 * 2**20
"""Of the file, after which it keeps only what the most recent days used."""


def age(used: Mapping[bytes, int], today: int) -> list[bytes]:
    """The keys whose use is to be noted; a day in the future (a clock set right) counts as long ago."""
    return [key for key, day in used.items() if not 0 <= today - day < NOTED_DAYS]


def prune(connection: sqlite3.Connection, used: list[bytes], today: int) -> None:
    """Note what was used and forget what was not, within a transaction of the caller."""
    connection.executemany("UPDATE entry SET day = ? WHERE key = ?", [(today, key) for key in used])
    _forget(connection, today - KEPT_DAYS)
    limit = today - KEPT_DAYS
    while _bytes(connection) > MAX_BYTES and limit < today:
        limit = (limit + today + 1) // 2
        _forget(connection, limit)


def _forget(connection: sqlite3.Connection, before: int) -> None:
    """Forget what was last used before a day."""
    if connection.execute("DELETE FROM entry WHERE day < ?", (before,)).rowcount:
        connection.execute("DELETE FROM block WHERE id NOT IN (SELECT block FROM entry)")


def _bytes(connection: sqlite3.Connection) -> int:
    """What the values take; freed pages do not count, since they are used again."""
    numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")]
    return int(connection.execute("PRAGMA page_size").fetchone()[0]) * (int(numbers[0]) - int(numbers[1]))
