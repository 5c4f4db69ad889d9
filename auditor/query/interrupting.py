"""Queries that are running, so that a signal can end them: the engine itself looks at no signal while it works."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The one place that a watcher in another thread can reach; holds nothing alive and decides nothing.
_OPEN: WeakSet[DuckDBPyConnection] = WeakSet()


def interruptible(connection: DuckDBPyConnection) -> None:
    """Let `interrupt_all` end what this connection runs, for as long as it lives."""
    _OPEN.add(connection)


def interrupt_all() -> None:
    """End every query that is running; each raises an error where it was asked for."""
    for connection in list(_OPEN):
        # A connection that was closed in the same moment has nothing left to end.
        with suppress(Exception):
            connection.interrupt()
