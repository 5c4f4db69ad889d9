"""What an audit left for checks: tables of plain values by name, of which a check reads only the pages it asks.

A *table* is a sorted run of keys, cut into pages of some kilobytes; a directory of the pages' first keys stands
beside them. So a key that is not in its page is surely not there, and neighbours (the fields of an object) cost
one page. Every page is signed (sealing.py). What is missing or damaged raises `GroundLostError`: the caller goes
on without the ground, and the next audit makes it anew.

`Paged` gives a table's values as what they stand for; the graph (graph/paged.py) and evidence build on it.
"""

from __future__ import annotations

import marshal
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from auditor.dataclasses import dataclass, field
from auditor.index.cachefile import CacheFile
from auditor.index.sealing import Seal

_V = TypeVar("_V")
_BATCH = 400
"""Pages asked for at once; SQLite's oldest limit on parameters is 999."""


class GroundLostError(Exception):
    """Indicates that a ground is not whole: a page of it is damaged, or another process has forgotten it."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a ground was made from.

    `key` says of what it is (a configuration); `trees` gives by system, or by whatever the caller names, the id of
    the tree that was read. `marks` are digests by which callers decide whether a part may still be used (settings,
    policies). `as_of` is the day by which the audit judged, None where nothing was judged.
    """

    key: str
    trees: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a table stands: its first page, how many pages and keys; its directory is the page after them."""

    start: int
    pages: int
    keys: int


@dataclass(frozen=True, slots=True)
class Found:
    """A ground as its label tells of it: its number in the file, when it was used, where its pages stand."""

    id: int
    used: int
    first: int
    seal: Seal
    label: Label
    extents: Mapping[str, Extent]


class Table(Mapping[str, Any]):
    """The values of a table by key, in the order of the keys; pages are read when they are asked for."""

    def __init__(self, extent: Extent, ask: Callable[[Sequence[int]], Sequence[Any]]) -> None:
        self._extent = extent
        self._ask = ask
        self._firsts: Sequence[str] | None = None
        self._pages: dict[int, Mapping[str, bytes]] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - whatever was written
        return marshal.loads(self._near(key)[key])  # noqa: S302 - of a page whose checksum was right

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._near(key)

    def __iter__(self) -> Iterator[str]:
        for number in range(self._extent.pages):
            yield from self._page(number)

    def __len__(self) -> int:
        return self._extent.keys

    def some(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values of those keys that are there; their pages are asked for at once."""
        wanted = list(keys)
        if self._extent.pages:
            self.read({self._number(key) for key in wanted})
        return {key: self[key] for key in wanted if key in self}

    def read(self, numbers: Iterable[int]) -> None:
        """Read pages at once, since one question costs less than many."""
        missing = sorted(number for number in numbers if number not in self._pages)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            pages = self._ask([self._extent.start + number for number in batch])
            self._pages.update(zip(batch, pages, strict=True))

    def _near(self, key: str) -> Mapping[str, bytes]:
        """The page on which a key stands, if anywhere."""
        return self._page(self._number(key)) if self._extent.pages else {}

    def _number(self, key: str) -> int:
        firsts = self._firsts
        if firsts is None:
            after = self._extent.start + self._extent.pages
            firsts = self._firsts = [""] if self._extent.pages == 1 else self._ask([after])[0]
        return bisect_right(firsts, key) - 1

    def _page(self, number: int) -> Mapping[str, bytes]:
        known = self._pages.get(number)
        if known is None:
            self.read((number,))
            known = self._pages[number]
        return known


class Ground:
    """One ground, open for reading. `close` it when done; it holds no lock between two questions."""

    def __init__(self, file: CacheFile, found: Found) -> None:
        self._file = file
        self._found = found
        self._tables: dict[str, Table] = {}
        self.label = found.label
        """What it was made from."""

    @property
    def mark(self) -> bytes:
        """What tells it from every other ground, however alike."""
        return self._found.seal.mark

    @property
    def names(self) -> Sequence[str]:
        """The names of its tables, sorted."""
        return sorted(self._found.extents)

    def table(self, name: str) -> Table:
        """A table by name; one that nobody has written is empty."""
        known = self._tables.get(name)
        if known is None:
            known = self._tables[name] = Table(self._found.extents.get(name, Extent(0, 0, 0)), self._pages)
        return known

    def blob(self, name: str) -> Any:  # noqa: ANN401 - whatever was written
        """One plain value by name; None where nobody has written it."""
        return self.table(BLOB + name).get("")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _pages(self, numbers: Sequence[int]) -> Sequence[Any]:
        first, opened = self._found.first, self._found.seal.opened
        marks = ",".join("?" * len(numbers))
        # Only question marks are put into the text.
        asked = f"SELECT id, value FROM page WHERE id IN ({marks})"  # noqa: S608 - see above
        rows = dict(self._file.ask(asked, [first + number for number in numbers]))
        found = [opened(number, rows.get(first + number)) for number in numbers]
        if None in found:
            self._file.write(lambda connection: forget(connection, self._found.id))
            raise GroundLostError("a page of what the last audit kept is not there")
        return found


class Paged(Mapping[str, _V]):
    """The values of a table as what they stand for, each made once."""

    __slots__ = ("_known", "_missing", "_read", "_table")

    def __init__(self, table: Mapping[str, Any], read: Callable[[str, Any], _V]) -> None:
        self._table = table
        self._read = read
        self._known: dict[str, _V] = {}
        self._missing: set[str] = set()

    def __getitem__(self, key: str) -> _V:
        known = self._known.get(key)
        if known is None:
            if key in self._missing:
                raise KeyError(key)
            try:
                plain = self._table[key]
            except KeyError:
                self._missing.add(key)
                raise
            known = self._known[key] = self._read(key, plain)
        return known

    def __contains__(self, key: object) -> bool:
        return key in self._known or key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def forget(connection: sqlite3.Connection, row: int) -> None:
    """Take a ground out of a file, within a transaction of the caller."""
    for first, beyond in connection.execute("SELECT first, beyond FROM ground WHERE id = ?", (row,)).fetchall():
        connection.execute("DELETE FROM page WHERE id >= ? AND id < ?", (first, beyond))
    connection.execute("DELETE FROM ground WHERE id = ?", (row,))


BLOB = "blob/"
"""Before the name of a table that holds one value."""
