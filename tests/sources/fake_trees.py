"""A tree of files in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.errors import FormatError
from auditor.model.catalogue import Skipped


class FakeTree:
    """Files by path, as text or bytes."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = files
        self.location = "fake"
        self.skipped: tuple[Skipped, ...] = ()

    def paths(self) -> Sequence[str]:
        return sorted(self._files)

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise FormatError("no such file")
        data = self._files[path]
        return data.encode() if isinstance(data, str) else data
