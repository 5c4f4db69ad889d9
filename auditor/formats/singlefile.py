"""One file as a tree of one, so that readers of trees read it too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.tree_limits import check_size
from auditor.model.catalogue import Skipped


class SingleFileTree:
    """A tree that holds one file under its own name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.location = str(path)
        self.skipped: tuple[Skipped, ...] = ()

    def paths(self) -> Sequence[str]:
        """The name of the file."""
        return (self._path.name,)

    def read(self, path: str) -> bytes:
        """The bytes of the file.

        Raises:
            FormatError: unreadable, larger than any metadata, or no file (a pipe may never end).
        """
        place = self._path.with_name(path)
        try:
            if not place.is_file():
                raise FormatError("neither a file nor a folder")
            check_size(place.stat().st_size)
            return place.read_bytes()
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror or error}") from None
