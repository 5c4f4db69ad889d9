"""One file as a tree of one, so that readers of trees read it too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.errors import FormatError
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
            FormatError: unreadable.
        """
        try:
            return self._path.with_name(path).read_bytes()
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}") from None
