"""Every file of a tree as `Parsed`, from the cache where its content was read before.

A file's key is its content and its whole path: readers take names from the path, and what they say names it. A
file that moved is read again, which costs less than a rule about which part of which path matters to whom.

The catalogue of the whole tree is kept as well, beside a fingerprint of every path and content: a tree that did
not change at all is neither parsed nor resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

from auditor.errors import FormatError
from auditor.formats.frozen import pack, unpack
from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog, Skipped
from auditor.sources.caching import Cache
from auditor.sources.salesforce.dispatch import read_file
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.project import Project

Progress = Callable[[int, int], None]
"""Told now and then how many files of how many were read."""

_TOGETHER = 100
"""So many files are looked up at once; their contents are in memory together."""
_TOGETHER_BYTES = 8 * 2**20
_SIZE = 16


class Reading:
    """Reads the files of one tree, and knows by their contents whether the tree is the one of before."""

    def __init__(self, tree: Tree, files: Sequence[MetadataFile], cache: Cache | None = None) -> None:
        self._tree = tree
        self._files = files
        self._cache = cache
        self._place = b"catalog\0" + tree.location.encode("utf-8", "surrogatepass")
        self._digests: dict[str, bytes] = {}
        self._unreadable: dict[str, str] = {}

    def unchanged(self, project: Project) -> Catalog | None:
        """The catalogue of before, where not one path and content differs; None where any does."""
        kept = self._cache.get([self._place]).get(self._place) if self._cache is not None else None
        if kept is None:
            return None
        for file in self._files:
            self._read(file)
        if kept[:_SIZE] != self._fingerprint(project):
            return None
        return _unpacked(kept[_SIZE:], Catalog)

    def keep(self, catalog: Catalog, project: Project) -> None:
        """Keep the catalogue of the tree as it was read."""
        if self._cache is not None:
            self._cache.put(self._place, self._fingerprint(project) + pack(replace(catalog, location="")))

    def parsed(self, progress: Progress | None = None) -> Iterator[tuple[str, Parsed]]:
        """What every file says, in the order of the files."""
        done = 0
        for batch in self._batches():
            yield from self._parsed(batch)
            done += len(batch)
            if progress is not None:
                progress(done, len(self._files))

    def _read(self, file: MetadataFile) -> bytes | None:
        """The content, of which the digest is noted; None where it cannot be read, of which the reason is."""
        try:
            data = self._tree.read(file.path)
        except FormatError as error:
            self._unreadable[file.path] = error.reason
            self._digests[file.path] = b"unreadable\0" + error.reason.encode("utf-8", "surrogatepass")
            return None
        self._digests[file.path] = blake2b(data, digest_size=_SIZE).digest()
        return data

    def _batches(self) -> Iterator[list[tuple[MetadataFile, bytes | None]]]:
        """Files to be looked up together, with their contents unless their digests are known already."""
        batch: list[tuple[MetadataFile, bytes | None]] = []
        size = 0
        for file in self._files:
            data = None if file.path in self._digests else self._read(file)
            batch.append((file, data))
            size += len(data or b"")
            if len(batch) >= _TOGETHER or size > _TOGETHER_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _parsed(self, batch: Sequence[tuple[MetadataFile, bytes | None]]) -> Iterator[tuple[str, Parsed]]:
        keys = [self._key(file.path) for file, _ in batch]
        known = self._cache.get(keys) if self._cache is not None else {}
        for (file, data), key in zip(batch, keys, strict=True):
            kept = _unpacked(known[key], Parsed) if key in known else None
            yield file.path, kept or self._fresh(file, data)

    def _fresh(self, file: MetadataFile, data: bytes | None) -> Parsed:
        if data is None and file.path not in self._unreadable:
            data = self._read(file)  # once more, and it may have changed since
        if data is None:
            return Parsed(skipped=(Skipped(file.path, self._unreadable[file.path]),))
        parsed = read_file(file, data)
        if self._cache is not None:
            self._cache.put(self._key(file.path), pack(parsed))
        return parsed

    def _key(self, path: str) -> bytes:
        return b"file\0" + self._digests[path] + path.encode("utf-8", "surrogatepass")

    def _fingerprint(self, project: Project) -> bytes:
        """Of every path of the tree, of every content that has a reader, and of all else that is looked at."""
        digest = blake2b(repr((project, self._tree.skipped)).encode("utf-8", "surrogatepass"), digest_size=_SIZE)
        for path in self._tree.paths():
            digest.update(b"\0" + path.encode("utf-8", "surrogatepass") + b"\0" + self._digests.get(path, b""))
        return digest.digest()


_KeptT = TypeVar("_KeptT")


def _unpacked(data: bytes, kind: type[_KeptT]) -> _KeptT | None:
    try:
        return unpack(data, kind)
    except FormatError:
        return None
