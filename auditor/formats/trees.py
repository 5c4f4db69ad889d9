"""A tree of files, wherever it stands: the contract that every reader of many files uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

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
