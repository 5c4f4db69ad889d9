"""What must be kept of a tree so that a later change to it can be told without reading it again.

The rows are made when a tree is read whole (changes/indexing.py) and asked for when a change to it is told
(changes/delta.py). Whoever keeps them need not understand them: a value is found by its table and key, or is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

Row = tuple[str, str, bytes]
"""Table, key within it, value. No table and key come twice."""


class TreeIndex(Protocol):
    """The rows of one tree, wherever they stand."""

    def get(self, table: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of the keys that the table has."""


class MemoryIndex:
    """Rows in memory: for tests, and where nothing can be kept."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {(table, key): value for table, key, value in rows}

    def get(self, table: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of the keys that the table has."""
        return {key: self._rows[table, key] for key in keys if (table, key) in self._rows}
