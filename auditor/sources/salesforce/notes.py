"""Who asked what, and by which keys of which tables each answer was looked up."""

from __future__ import annotations

from typing import Any

from auditor.dataclasses import dataclass, field, fields
from auditor.sources.salesforce.tables import Table, Tables

Question = tuple[Any, ...]
"""A question in plain words (asking.py): texts, flags and None, the first one the kind of question."""
Place = int | str
"""Who asks: the number of a file, or an object by its name in lower case."""


def key_of(table: str, key: str | tuple[str, ...]) -> str:
    """One key of one table, in words."""
    return f"{table}\0{key}" if isinstance(key, str) else "\0".join((table, *key))


@dataclass(slots=True)
class Noted:
    """What is noted of one question."""

    keys: tuple[str, ...]
    places: list[Place] = field(default_factory=list)


class Notes:
    """Notes that are taken while a tree is read."""

    def __init__(self) -> None:
        self.questions: dict[Question, Noted] = {}
        self.place: Place = 0
        """Who asks from now on. Nobody asks again once another has."""
        self._keys: dict[str, None] = {}

    def noted(self, tables: Tables) -> Tables:
        """The same tables, each of which tells what it is asked for."""
        names = [item.name for item in fields(tables)]
        made: dict[str, Any] = {name: _NotedTable(name, getattr(tables, name), self._keys) for name in names}
        return Tables(**made)

    def answered(self, question: Question) -> None:
        """The question has its answer, by all keys that were looked up since the last one."""
        self.questions[question] = Noted(tuple(self._keys))
        self._keys.clear()

    def asked(self, question: Question) -> None:
        """The question was asked at the place that is noted."""
        places = self.questions[question].places
        if not places or places[-1] != self.place:
            places.append(self.place)


class _NotedTable:
    """A table that notes the keys that it is asked for."""

    def __init__(self, name: str, table: Table[str | tuple[str, ...], object], keys: dict[str, None]) -> None:
        self._name = name
        self._table = table
        self._keys = keys

    def get(self, key: str | tuple[str, ...], /) -> object | None:
        """The value of a key, which is noted whether or not there is one."""
        self._keys[key_of(self._name, key)] = None
        return self._table.get(key)
