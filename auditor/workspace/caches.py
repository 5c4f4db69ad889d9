"""The cache of a run: opened when something is first asked of it, and never in the way of the run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.index.store import Store


class RunCache:
    """The cache file of a configuration's folder, or the user's own where there is none.

    Sources that keep nothing open no file, and `--no-cache` opens none at all.
    """

    def __init__(self, folder: Path | None, environ: Mapping[str, str], used: bool = True) -> None:
        self._folder = folder
        self._environ = environ
        self._used = used
        self._store: Store | None = None

    @property
    def notice(self) -> str:
        """Why the file is not used, where people should know; one line, or nothing."""
        return self._store.notice if self._store is not None else ""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""
        store = self._opened()
        return {} if store is None else store.get(keys)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value where that is possible."""
        store = self._opened()
        if store is not None:
            store.put(key, value)

    def close(self) -> None:
        """Write what is waiting."""
        if self._store is not None:
            self._store.close()

    def _opened(self) -> Store | None:
        if self._used and self._store is None:
            from auditor.index.places import open_store

            self._store = open_store(self._folder, self._environ)
            self._used = self._store is not None
        return self._store


@contextmanager
def open_cache(folder: Path | None, used: bool) -> Iterator[RunCache]:
    """The cache for one run, unless it is not to be `used`.

    What was read is kept even where the run fails or is interrupted.
    """
    cache = RunCache(folder, os.environ, used)
    try:
        yield cache
    finally:
        cache.close()
        if cache.notice:
            from logging import getLogger  # dear, and seldom needed

            # Without a handler, Python prints a warning as it is on stderr.
            getLogger(__name__).warning(cache.notice)
