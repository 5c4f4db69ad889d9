"""Writing grounds into a cache file, and finding them there.

Several are kept (the bases of two branches, two configurations of one repository); those that were not used for
the longest go. A ground is written in one transaction: killed in the middle it is not there.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from auditor.dataclasses import dataclass
from auditor.formats.collecting import collector_at_rest
from auditor.index.cachefile import CacheFile
from auditor.index.ground import BLOB, Extent, Found, Ground, Label, forget
from auditor.index.sealing import NONCE, Seal

PAGE_BYTES = 8 * 2**10
"""A page is full when its values take so much. Smaller ones cost look-ups, larger ones what nobody asked."""
KEPT = 6
"""Grounds that one file keeps."""
MAX_PAGES_BYTES = 384 * 2**20
"""Of all grounds of a file; the newest is kept however large."""
_NOTED_SECONDS = 60 * 60
"""A use is noted when the last one that was noted lies so far back."""

Seconds = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Vault:
    """Where grounds lie and what protects them: the file, the key of the checksums, the version of the code."""

    path: Path
    secret: bytes
    version: str = ""
    clock: Seconds = time.time


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to be written: values by key, and how one becomes plain (tuples, texts, numbers, bytes, None)."""

    name: str
    rows: Mapping[str, Any]
    plain: Callable[[Any], Any] | None = None


def blob_sheet(name: str, value: object) -> Sheet:
    """One plain value under a name."""
    return Sheet(BLOB + name, {"": value})


def write_ground(
    vault: Vault, label: Label, sheets: Iterable[Sheet], outdated: Callable[[Label], bool] = lambda _: False
) -> bool:
    """Keep a ground, in place of one of the same key and trees and of those that are outdated.

    False: it could not be kept, which is no error.

    Raises:
        ValueError: a value is not plain.
    """
    nonce = os.urandom(NONCE)
    seal = Seal(vault.secret, nonce)
    pages: list[bytes] = []
    with collector_at_rest():
        extents = {sheet.name: _extent(sheet, seal, pages) for sheet in sheets}
    told = (nonce, *_plain(label), {name: (each.start, each.pages, each.keys) for name, each in extents.items()})
    sealed = _labels(vault).closed(0, told)
    file = CacheFile(vault.path)
    same = [each.id for each in _found(file, vault) if _same_trees(each.label, label) or outdated(each.label)]
    try:
        return file.write(lambda connection: _insert(connection, (sealed, pages), same, int(vault.clock())))
    finally:
        file.close()


def open_ground(vault: Vault, key: str, trees: Mapping[str, str] | None = None) -> Ground | None:
    """The ground of a key that was made from these trees, otherwise the one that was used last.

    Its label tells from what it was made, so that the caller adds what has changed since. None: there is none.
    """
    if not vault.path.is_file():
        return None
    file = CacheFile(vault.path)
    found = [each for each in _found(file, vault) if each.label.key == key]
    if not found:
        file.close()
        return None
    chosen = next((each for each in found if each.label.trees == trees), found[0])
    now = int(vault.clock())
    if not 0 <= now - chosen.used < _NOTED_SECONDS:
        file.write(
            lambda connection: _run(connection, "UPDATE ground SET used = ? WHERE id = ?", (now, chosen.id))
        )
    return Ground(file, chosen)


def kept_labels(vault: Vault) -> Sequence[Label]:
    """From what the grounds that a file keeps were made, the one that was used last first."""
    if not vault.path.is_file():
        return ()
    file = CacheFile(vault.path)
    labels = [each.label for each in _found(file, vault)]
    file.close()
    return labels


def _found(file: CacheFile, vault: Vault) -> list[Found]:
    """The grounds of this version of the code whose labels are whole; which was used last comes first."""
    labels, found = _labels(vault), []
    rows = file.ask("SELECT id, used, first, value FROM ground ORDER BY used DESC, id DESC")
    for row, used, first, value in rows:
        told = labels.opened(0, value)
        if told is not None and isinstance(used, int) and isinstance(first, int):
            nonce, key, trees, day, marks, extents = told
            label = Label(key, trees, date.fromordinal(day) if day else None, marks)
            placed = {name: Extent(*extent) for name, extent in extents.items()}
            found.append(Found(row, used, first, Seal(vault.secret, nonce), label, placed))
    return found


def _labels(vault: Vault) -> Seal:
    """What labels are sealed with: with another version of the code nothing of before is found."""
    return Seal(vault.secret, b"ground " + vault.version.encode())


def _plain(label: Label) -> tuple[object, ...]:
    day = label.as_of.toordinal() if label.as_of else 0
    return label.key, dict(label.trees), day, dict(label.marks)


def _same_trees(one: Label, other: Label) -> bool:
    return one.key == other.key and one.trees == other.trees


def _extent(sheet: Sheet, seal: Seal, pages: list[bytes]) -> Extent:
    """Write the pages of a table behind those that are there."""
    start = len(pages)
    firsts = []
    for first, page in _cut(sheet):
        pages.append(seal.closed(len(pages), page))
        firsts.append(first)
    count = len(pages) - start
    if count > 1:
        firsts[0] = ""
        pages.append(seal.closed(len(pages), firsts))
    return Extent(start, count, len(sheet.rows))


def _cut(sheet: Sheet) -> Iterator[tuple[str, dict[str, bytes]]]:
    page: dict[str, bytes] = {}
    size, first = 0, ""
    for key in sorted(sheet.rows):
        value = sheet.rows[key]
        data = marshal.dumps(value if sheet.plain is None else sheet.plain(value))
        if page and size + len(data) > PAGE_BYTES:
            yield first, page
            page, size = {}, 0
        first = first if page else key
        page[key] = data
        size += len(data) + len(key)
    if page:
        yield first, page


def _insert(
    connection: sqlite3.Connection, written: tuple[bytes, Sequence[bytes]], same: Sequence[int], now: int
) -> None:
    sealed, pages = written
    for row in same:
        forget(connection, row)
    first = _one(connection, "SELECT coalesce(max(id), 0) + 1 FROM page")
    beyond = first + len(pages)
    _run(
        connection,
        "INSERT INTO ground (used, first, beyond, value) VALUES (?, ?, ?, ?)",
        (now, first, beyond, sealed),
    )
    connection.executemany("INSERT INTO page (id, value) VALUES (?, ?)", enumerate(pages, first))
    _prune(connection)


def _prune(connection: sqlite3.Connection) -> None:
    """Forget the grounds that were not used for the longest, where they are too many or take too much."""
    # The newest is the one that was just written, whatever a clock that was set back says.
    rows = connection.execute("SELECT id FROM ground ORDER BY id = (SELECT max(id) FROM ground) DESC, used DESC")
    listed = [row for (row,) in rows.fetchall()]
    for row in listed[KEPT:]:
        forget(connection, row)
    for row in reversed(listed[1:KEPT]):
        if _one(connection, "SELECT coalesce(sum(length(value)), 0) FROM page") <= MAX_PAGES_BYTES:
            break
        forget(connection, row)


def _run(connection: sqlite3.Connection, statement: str, values: Sequence[object]) -> None:
    connection.execute(statement, values)


def _one(connection: sqlite3.Connection, statement: str) -> int:
    ((value,),) = connection.execute(statement).fetchall()
    return int(value)
