"""The files of a tree before and after a change, of which only those that are asked for are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from heapq import merge
from typing import Any, Protocol

from auditor.dataclasses import dataclass
from auditor.sources.caching import Cache
from auditor.sources.salesforce.changes.shapes import entries_of
from auditor.sources.salesforce.changes.stored import Stored
from auditor.sources.salesforce.contents import content_digest
from auditor.sources.salesforce.dispatch import has_reader, read_file
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.project import Project
from auditor.sources.salesforce.reading import known_file
from auditor.sources.salesforce.tables import grouped

_LARGE = 16 * 2**10
"""Bytes of a file that costs more to read than to look up."""
Read = Callable[[str], bytes]
"""The bytes of a file of the tree that a change leaves alone."""
Entry = tuple[str, Any]
"""The path of a file, and what it enters under a key (shapes.py)."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file that a change touches: what it held and holds, None where it was or is not there.

    A file that moved is two: one that went and one that came.
    """

    path: str
    before: bytes | None
    after: bytes | None


class Changed:
    """What the files say, on one side of a change, that it touches."""

    def __init__(self, parsed: Mapping[str, Parsed], touched: AbstractSet[str], names: Names) -> None:
        self.parsed = parsed
        self.touched = touched
        entries = ((path, entry) for path, item in parsed.items() for entry in entries_of(item, names))
        self.made: Mapping[str, list[Entry]] = grouped((key, (path, payload)) for path, (key, payload) in entries)


class Side(Protocol):
    """The tree on one side of a change."""

    changed: Mapping[str, Parsed]
    """What the files say that the change touches, by path; those that are not there are missing."""
    made: Mapping[str, list[Entry]]
    """What they enter, by key."""

    def has(self, path: str) -> bool:
        """Whether a file is there, and has a reader."""

    def parsed(self, path: str) -> Parsed:
        """What a file says that is there."""

    def entries(self, key: str) -> list[Entry]:
        """The files that enter something under a key, in the order in which later ones win."""

    def paths(self, key: str) -> Iterator[str]:
        """The paths of these files, each once or more; only as many are looked up as are asked for."""


class Before:
    """The tree that rows are kept of."""

    def __init__(self, stored: Stored, changed: Changed, read: Read, cache: Cache | None) -> None:
        self.stored = stored
        self.changed = changed.parsed
        self.made = changed.made
        self.touched = changed.touched
        self._read = read
        self._cache = cache
        self._known: dict[str, Parsed] = {}
        self._digests: dict[str, bytes] = {}

    def has(self, path: str) -> bool:
        """Whether the file was there, and has a reader."""
        return path in self.changed or path not in self.touched

    def path(self, number: int) -> str:
        """The path of a file by its number."""
        path, self._digests[path] = self.stored.file(number)[0], self.stored.file(number)[1]
        return path

    def parsed(self, path: str) -> Parsed:
        """What a file says; of one that the change touches, what it said."""
        found = self.changed.get(path) or self._known.get(path)
        if found is None and self._cache is not None and path in self._digests:
            found = known_file(path, self._digests[path], self._cache)
        if found is None:
            found = read_file(metadata_file(path), self._read(path))
        self._known[path] = found
        return found

    def entries(self, key: str) -> list[Entry]:
        """The files that enter something under a key."""
        return [(self.path(number), payload) for number, payload in self.stored.listed(key)]

    def paths(self, key: str) -> Iterator[str]:
        """The paths of these files."""
        return (self.path(number) for number, _ in self.stored.listed(key))


class After:
    """The same tree with the change made."""

    def __init__(self, before: Before, changed: Changed, project: Project) -> None:
        self.changed = changed.parsed
        self.made = changed.made
        self._touched = changed.touched
        self._before = before
        self._project = project

    def has(self, path: str) -> bool:
        """Whether the file is there."""
        return path in self.changed or path not in self._touched

    def parsed(self, path: str) -> Parsed:
        """What a file says; of one that the change touches, what it says now."""
        return self.changed.get(path) or self._before.parsed(path)

    def entries(self, key: str) -> list[Entry]:
        """The files that enter something under a key."""
        kept = [entry for entry in self._before.entries(key) if entry[0] not in self._touched]
        return sorted([*kept, *self.made.get(key, ())], key=lambda entry: self._project.order(entry[0]))

    def paths(self, key: str) -> Iterator[str]:
        """The paths of these files."""
        kept = (path for path in self._before.paths(key) if path not in self._touched)
        made = sorted((path for path, _ in self.made.get(key, ())), key=self._project.order)
        return merge(kept, made, key=self._project.order)


def parsed_files(contents: Iterable[tuple[str, bytes | None]], cache: Cache | None) -> Mapping[str, Parsed]:
    """What files say that are there and have a reader, by path."""
    there = ((metadata_file(path), data) for path, data in contents if data is not None)
    return {file.path: _parsed(file, data, cache) for file, data in there if has_reader(file)}


def _parsed(file: MetadataFile, data: bytes, cache: Cache | None) -> Parsed:
    """What a file says: of a large one rather from the cache, of a small one that is not worth the way."""
    known = (
        known_file(file.path, content_digest(data), cache) if cache is not None and len(data) > _LARGE else None
    )
    return known or read_file(file, data)
