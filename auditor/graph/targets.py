"""Which node the text of a reference names, told by the tables of a graph themselves."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from auditor.graph.tables import Adjacency
from auditor.model.names import field_key, object_key


class Targets(MutableMapping[tuple[str, str], str]):
    """(System, text) → printed name; what was entered counts while its node is there."""

    def __init__(self, lists: Adjacency) -> None:
        self._lists = lists
        self._own: dict[tuple[str, str], str] = {}

    def __getitem__(self, named: tuple[str, str]) -> str:
        own = self._own.get(named)
        if own is not None and (own in self._lists.fields or own in self._lists.objects):
            return own
        found = next((key for key in _readings(*named) if self._has(key)), None)
        if found is None:
            raise KeyError(named)
        return found

    def __setitem__(self, named: tuple[str, str], key: str) -> None:
        self._own[named] = key

    def __delitem__(self, named: tuple[str, str]) -> None:
        self._own.pop(named, None)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def _has(self, key: str) -> bool:
        return key in self._lists.objects or key in self._lists.fields


def _readings(system: str, text: str) -> Iterator[str]:
    """The keys that a text may be printed under: as an object, or split at one of its dots."""
    yield object_key(system, text)
    dot = text.find(".")
    while dot > 0:
        yield field_key(system, text[:dot], text[dot + 1 :])
        dot = text.find(".", dot + 1)


def unknown_key(system: str, text: str) -> str:
    """The key of what no table holds."""
    owner, _, name = text.partition(".")
    return field_key(system, owner, name) if name else object_key(system, owner)
