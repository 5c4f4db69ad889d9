"""A folder as a tree of files. Links are never followed, so nothing outside is read and no loop can hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from auditor.errors import FormatError, SourceError
from auditor.formats.tree_limits import PRUNED, check_size, printable
from auditor.model.catalogue import Skipped

# A file that became a link after it was listed is not followed either, where the system can refuse it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_PIECE = 2**20


class FolderTree:
    """The files below a folder."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        if not self._root.is_dir():
            raise SourceError(f"{folder} is no folder that can be read")
        self._base = str(self._root)
        self._skipped: list[Skipped] = []
        self._paths = sorted(self._list())

    @property
    def location(self) -> str:
        """The folder's own path."""
        return self._root.as_posix()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Links, special files, folders without permission, and names that cannot be printed."""
        return tuple(sorted(self._skipped))

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of one file; `FormatError` where it cannot be read or is too large."""
        try:
            descriptor = os.open(f"{self._base}/{path}", _FLAGS)
            try:
                return _whole(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror or error}") from None

    def _list(self) -> list[str]:
        found: list[str] = []
        pending = [""]
        while pending:
            folder = pending.pop()
            try:
                entries = list(os.scandir(self._root / folder))
            except OSError as error:
                self._skip(folder, f"folder cannot be listed: {error.strerror or error}")
                continue
            for entry in entries:
                self._place(entry, f"{folder}/{entry.name}" if folder else entry.name, found, pending)
        return found

    def _place(self, entry: os.DirEntry[str], path: str, found: list[str], pending: list[str]) -> None:
        if entry.is_symlink():
            self._skip(path, self._link_reason(path))
        elif entry.is_dir(follow_symlinks=False):
            if entry.name not in PRUNED:
                pending.append(path)
        elif not entry.is_file(follow_symlinks=False):
            self._skip(path, "neither a file nor a folder")
        elif printable(path) != path:
            self._skip(path, "its name is not UTF-8")
        else:
            found.append(path)

    def _link_reason(self, path: str) -> str:
        try:
            inside = (self._root / path).resolve(strict=True).is_relative_to(self._root)
        except (OSError, RuntimeError):
            return "a link that leads nowhere or to itself, not followed"
        where = "within the tree, which is read at its own place" if inside else "out of the tree"
        return f"a link {where}, not followed"

    def _skip(self, path: str, reason: str) -> None:
        self._skipped.append(Skipped(printable(path) or ".", reason))


def _whole(descriptor: int) -> bytes:
    """Everything in an open file, without the layers of a stream: most files are small and there are many."""
    size = os.fstat(descriptor).st_size
    check_size(size)
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    pieces, length = [data], len(data)
    while piece := os.read(descriptor, _PIECE):
        length += len(piece)
        check_size(length)  # it grows while it is read
        pieces.append(piece)
    return b"".join(pieces)
