"""A mapping laid over another: what differs is kept apart, and the one below is never touched.

Values of these mappings are nodes, which are frozen, or lists, which are copied before they are changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import TypeVar, cast

_V = TypeVar("_V")


class Layer(MutableMapping[str, _V]):
    """The mapping below with some keys set, changed or taken away. Enumerated in the order of the keys."""

    __slots__ = ("_below", "_gone", "_own")

    def __init__(self, below: Mapping[str, _V]) -> None:
        self._below = below
        self._own: dict[str, _V] = {}
        self._gone: set[str] = set()

    def __getitem__(self, key: str) -> _V:
        own = self._own.get(key)
        if own is not None:
            return own
        if key in self._gone:
            raise KeyError(key)
        return self._below[key]

    def __setitem__(self, key: str, value: _V) -> None:
        self._own[key] = value
        self._gone.discard(key)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._own.pop(key, None)
        self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        return key in self._own or (key not in self._gone and key in self._below)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._below, *self._own} - self._gone))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Lists(Layer[list[_V]]):
    """A layer whose values are lists: a list of the one below is copied before it is changed."""

    __slots__ = ()

    def __init__(self, below: Mapping[str, Sequence[_V]]) -> None:
        super().__init__(cast("Mapping[str, list[_V]]", below))  # those of the one below are only read

    def changed(self) -> list[str]:
        """The keys whose lists were asked for to be changed, and are there."""
        return sorted(self._own)

    def setdefault(self, key: str, default: list[_V] | None = None) -> list[_V]:
        """The list under a key, which may be changed."""
        own = self._own.get(key)
        if own is None:
            known = None if key in self._gone else self._below.get(key)
            own = self._own[key] = list(known) if known is not None else (default if default is not None else [])
            self._gone.discard(key)
        return own
