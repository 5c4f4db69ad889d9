"""The rows of a tree, read as they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.errors import FormatError
from auditor.formats.frozen import unpack
from auditor.model.catalogue import Object
from auditor.sources.salesforce.changes.rows import TreeIndex
from auditor.sources.salesforce.changes.shapes import (
    DOORS,
    FAMILY,
    FILE,
    HEAD,
    KEYS,
    LISTED,
    OBJECT,
    PAGE,
    QUESTION,
    REPEATED,
    UNREAD,
    VALUES_USED,
    VERSION,
    WORDS,
    Doors,
    Head,
    bucket,
    loaded,
)
from auditor.sources.salesforce.notes import Place, Question


class Stored:
    """What is known of a tree without reading it. Each row is read at most once.

    Raises:
        FormatError: a row that is named by another is not there.
    """

    def __init__(self, index: TreeIndex, head: Head) -> None:
        self.head = head
        self._index = index
        self._read: dict[tuple[str, str], Any] = {}
        self._objects: dict[str, Object | None] = {}

    def listed(self, key: str) -> list[tuple[int, Any]]:
        """Files by number, in the order in which later ones win, and what each enters under a key."""
        return [(place, payload) for place, payload in self._bucket(LISTED, key)]

    def words(self, name: str) -> list[tuple[str, str]]:
        """(object, name) of every custom field of a normal name."""
        return [(owner, field) for owner, field in self._bucket(WORDS, name)]

    def values_used(self, name: str) -> list[tuple[str, str]]:
        """Keys of the fields that take their values from a shared set."""
        return [(owner, field) for owner, field in self._bucket(VALUES_USED, name)]

    def questions(self, key: str) -> list[int]:
        """Numbers of the questions whose answers were looked up by a key."""
        return list(self._bucket(KEYS, key))

    def question(self, number: int) -> tuple[Question, list[Place]]:
        """A question and who asks it."""
        words, places = self._numbered(QUESTION, number)
        return tuple(words), places

    def file(self, number: int) -> tuple[str, bytes]:
        """Path and digest of a file."""
        path, digest = self._numbered(FILE, number)
        return path, bytes.fromhex(digest)

    def object(self, name: str) -> Object | None:
        """An object by its name in lower case, before those that repeat others under a token are marked."""
        if name not in self._objects:
            value = self._index.get(OBJECT, [name]).get(name)
            self._objects[name] = unpack(value, Object) if value is not None else None
        return self._objects[name]

    def family(self, name: str) -> Mapping[str, Any]:
        """The objects of a normal name: `objects`, `packages`, `fields` and `children` by name."""
        found: Mapping[str, Any] | None = self._row(FAMILY, name)
        return found or {}

    def unread(self, kind: str) -> list[str]:
        """Paths of the files of a kind that has no reader."""
        return self._row(UNREAD, kind) or []

    def repeated(self, kind: str) -> list[tuple[str, list[int]]]:
        """Names of components of a kind that are defined more than once, and the files, by number."""
        return [(name, places) for name, places in self._row(REPEATED, kind) or []]

    def doors(self) -> Doors:
        """The integration points that other files tell more of."""
        value = self._index.get(DOORS, [""]).get("")
        return unpack(value, Doors) if value is not None else Doors()

    def _numbered(self, table: str, number: int) -> Any:  # noqa: ANN401 - each table has a form of its own
        page = self._row(table, str(number // PAGE))
        if page is None:
            raise FormatError(f"{table} {number} is not kept of the tree before the change")
        return page[number % PAGE]

    def _bucket(self, table: str, key: str) -> list[Any]:
        row = self._row(table, bucket(key, self.head.buckets.get(table, 1)))
        found: list[Any] = (row or {}).get(key, [])
        return found

    def _row(self, table: str, key: str) -> Any:  # noqa: ANN401 - each table has a form of its own
        if (table, key) not in self._read:
            value = self._index.get(table, [key]).get(key)
            self._read[table, key] = loaded(value) if value is not None else None
        return self._read[table, key]


def open_rows(index: TreeIndex) -> Stored | None:
    """The rows of a tree; None where there are none, or of another version."""
    value = index.get(HEAD, [""]).get("")
    try:
        head = unpack(value, Head) if value is not None else Head()
    except FormatError:
        return None
    return Stored(index, head) if head.version == VERSION else None
