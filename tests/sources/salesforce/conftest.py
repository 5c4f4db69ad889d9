"""A tree of files in memory, and the catalogue read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from auditor.errors import FormatError
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.sources.salesforce.source import read_salesforce


class MemoryTree:
    """Files given as texts."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    @property
    def location(self) -> str:
        return "memory"

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return ()

    def paths(self) -> Sequence[str]:
        return sorted(self._files)

    def read(self, path: str) -> bytes:
        if self._files[path] == "unreadable":
            raise FormatError("cannot be read: broken disk")
        return self._files[path].encode()


@pytest.fixture
def catalog() -> Callable[[Mapping[str, str]], Catalog]:
    """Read texts by path into a catalogue."""
    return lambda files: read_salesforce(MemoryTree(files), "crm", Role.CRM)
