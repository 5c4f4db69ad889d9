"""The contents of a tree, each read when asked for, and the catalogue that was made of them before.

The catalogue of a whole tree is kept beside a fingerprint of every path and of every content that was looked at: a
tree that did not change at all is neither parsed nor resolved, and the readers are not even loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from auditor.dataclasses import replace
from auditor.digests import blake2b
from auditor.errors import FormatError
from auditor.formats.frozen import pack, unpack
from auditor.model.catalogue import Catalog
from auditor.sources.caching import Cache
from auditor.sources.salesforce.project import Project

if TYPE_CHECKING:
    from auditor.formats.trees import Tree

Progress = Callable[[int, int], None]
"""Told now and then how many files of how many were read."""
_SIZE = 16


def content_digest(data: bytes) -> bytes:
    """What the content of a file is known by."""
    return blake2b(data, digest_size=_SIZE).digest()


class Contents:
    """Reads the files of one tree and notes the digest of each."""

    def __init__(self, tree: Tree, project: Project, cache: Cache | None = None) -> None:
        self.tree = tree
        self.project = project
        self.cache = cache
        self.digests: dict[str, bytes] = {}
        """Of each file that was read, by path; of one that cannot be read, its reason."""
        self.unreadable: dict[str, str] = {}
        """Reason by path."""
        self._place = b"catalog\0" + _bytes(tree.location)

    def read(self, path: str) -> bytes | None:
        """The content of one file; None where it cannot be read."""
        try:
            data = self.tree.read(path)
        except FormatError as error:
            self.unreadable[path] = error.reason
            self.digests[path] = b"unreadable\0" + _bytes(error.reason)
            return None
        self.digests[path] = content_digest(data)
        return data

    def unchanged(self) -> Catalog | None:
        """The catalogue of before, where not one path and content differs; None where any does."""
        kept = self.cache.get([self._place]).get(self._place) if self.cache is not None else None
        paths = self.tree.paths()
        if kept is None or kept[:_SIZE] != _digest(paths):
            return None
        marks = kept[2 * _SIZE : 2 * _SIZE + len(paths)]
        for path, mark in zip(paths, marks, strict=True):
            if mark == _READ:
                self.read(path)
        if kept[_SIZE : 2 * _SIZE] != self._fingerprint():
            return None
        try:
            return unpack(kept[2 * _SIZE + len(paths) :], Catalog)
        except FormatError:
            return None

    def keep(self, catalog: Catalog) -> None:
        """Keep the catalogue behind the digest of the paths, the fingerprint, and which of the paths were read."""
        if self.cache is not None:
            paths = self.tree.paths()
            marks = bytes(_READ if path in self.digests else 0 for path in paths)
            packed = pack(replace(catalog, location=""))
            self.cache.put(self._place, b"".join((_digest(paths), self._fingerprint(), marks, packed)))

    def _fingerprint(self) -> bytes:
        """Of every content that has a reader, and of all else that is looked at."""
        digest = blake2b(_bytes(repr((self.project, self.tree.skipped))), digest_size=_SIZE)
        for path in self.tree.paths():
            digest.update(b"\0" + self.digests.get(path, b""))
        return digest.digest()


_READ = 1
"""Marks a path whose content was read."""


def _digest(paths: Iterable[str]) -> bytes:
    return blake2b(b"\0".join(map(_bytes, paths)), digest_size=_SIZE).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
