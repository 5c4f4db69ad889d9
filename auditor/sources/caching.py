"""What a source asks of a cache: values by key, as bytes. Any of them may be gone at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Cache(Protocol):
    """Keeps what was read, so that the next run need not read it again.

    What it gives back is what was put in by the same version of the program, or nothing.
    """

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value; failing to is no error."""
