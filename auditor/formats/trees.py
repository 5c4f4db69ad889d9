"""A tree of files, wherever it stands: the contract that every reader of many files uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from auditor.errors import SourceError
from auditor.formats.folders import FolderTree
from auditor.formats.gittrees import GitTree
from auditor.formats.singlefile import SingleFileTree
from auditor.model.catalogue import Skipped


class Tree(Protocol):
    """Files under one root, by posix path relative to it."""

    @property
    def location(self) -> str:
        """Where it stands, for people."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be listed (links out of the tree, members that leave the archive)."""

    def paths(self) -> Sequence[str]:
        """All files, sorted."""

    def read(self, path: str) -> bytes:
        """The bytes of one file.

        Raises:
            FormatError: unreadable or too large.
        """


def open_tree(location: str) -> Tree:
    """Open a folder, an archive (`.zip`, `.tar.gz` …), a revision (`git:PATH@REV`) or a single file.

    Without `@REV` the revision is `HEAD`. Files are listed at once and read when asked for.

    Raises:
        SourceError: there is no such place.
    """
    if location.startswith("git:"):
        return _git_tree(location.removeprefix("git:"))
    path = Path(location)
    if path.is_dir():
        return FolderTree(path)
    name = path.name.lower()
    if not path.exists():
        raise SourceError(f"{location} does not exist")
    if name.endswith((".zip", *_TARS)):
        from auditor.formats.archives import TarTree, ZipTree

        return ZipTree(path) if name.endswith(".zip") else TarTree(path)
    return SingleFileTree(path)


_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")


def _git_tree(place: str) -> Tree:
    path, at, revision = place.rpartition("@")
    if not at or (not Path(path).exists() and Path(place).exists()):
        path, revision = place, "HEAD"
    if not Path(path).is_dir():
        raise SourceError(f"{path} is no folder, so no git repository can be read there")
    return GitTree(Path(path), revision or "HEAD")
