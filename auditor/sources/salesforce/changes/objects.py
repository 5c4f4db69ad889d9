"""The objects that a change touches, as they were and as they are, made by the rules by which all are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.catalogue import Field, Object, PicklistValue, Skipped
from auditor.sources.salesforce.changes.files import After, Before, Entry, Side
from auditor.sources.salesforce.changes.shapes import field_entry, member_entry, object_entry, type_entry
from auditor.sources.salesforce.changes.stored import Stored
from auditor.sources.salesforce.merging import (
    account,
    field_key,
    finished,
    homed,
    merged,
    record_type_owner,
    with_members,
    without_shadows,
)
from auditor.sources.salesforce.objects import bare_object
from auditor.sources.salesforce.parsed import Parsed
from auditor.sources.salesforce.tables import grouped

FieldKey = tuple[str, str]
"""Object and name, in lower case."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What files define otherwise than before, by its names in lower case."""

    fields: frozenset[FieldKey]
    objects: frozenset[str]
    types: frozenset[str]
    """Objects of which record types differ."""


@dataclass(frozen=True, slots=True)
class ObjectChanges:
    """Objects by name in lower case; one that is missing was or is not there. Targets are as they are written."""

    before: dict[str, Object]
    after: dict[str, Object]
    overruled_gone: Sequence[Skipped] = ()
    overruled_made: Sequence[Skipped] = ()

    @property
    def keys(self) -> AbstractSet[str]:
        """All of them."""
        return self.before.keys() | self.after.keys()


def touched_by(before: Before, after: After) -> Touched:
    """Compare what each changed file defines."""
    paths = before.changed.keys() | after.changed.keys()
    pairs = [(before.changed.get(path, Parsed()), after.changed.get(path, Parsed())) for path in sorted(paths)]
    fields = {key for then, now in pairs for key in _differing(_fields(then), _fields(now))}
    objects = {key for then, now in pairs for key in _differing(_objects(then), _objects(now))}
    types = {key for then, now in pairs for key in _differing(_types(then), _types(now))}
    values = {name for then, now in pairs for name in _differing(_values(then), _values(now))}
    return Touched(frozenset(fields | set(_users(values, before.stored))), frozenset(objects), frozenset(types))


def changed_objects(before: Before, after: After, touched: Touched, namespaces: frozenset[str]) -> ObjectChanges:
    """Every object that a change touches, before and after it."""
    making = _Making(before, after, touched, namespaces)
    keys = {*touched.objects, *touched.types, *(owner for owner, _ in touched.fields)}
    made = {key: making.after(key) for key in sorted(keys)}
    # What repeats one of them under a token hangs on it.
    real = {without_placeholders(item.name).lower() for item in made.values() if item is not None}
    for key in sorted({shadow for name in keys | real for shadow in before.stored.head.shadows.get(name, ())}):
        made.setdefault(key, before.stored.object(key))
    then = {key: item for key in made if (item := before.stored.object(key)) is not None}
    now = {key: item for key, item in made.items() if item is not None}
    return ObjectChanges(
        _marked(then, _Plain({}, before.stored)),
        _marked(now, _Plain(made, before.stored)),
        _overruled(before, touched),
        _overruled(after, touched),
    )


def unchanged_objects(stored: Stored, keys: Iterable[str]) -> dict[str, Object]:
    """Objects that a change leaves alone."""
    found = {key: item for key in sorted(keys) if (item := stored.object(key)) is not None}
    return _marked(found, _Plain({}, stored))


def _marked(objects: Mapping[str, Object], plain: _Plain) -> dict[str, Object]:
    return {key: without_shadows(item, plain) for key, item in objects.items()}


class _Plain:
    """Names of the fields of every object, all in lower case."""

    def __init__(self, made: Mapping[str, Object | None], stored: Stored) -> None:
        self._made = made
        self._stored = stored

    def get(self, key: str, /) -> AbstractSet[str] | None:
        """The names of the fields of an object; None where there is no such object."""
        item = self._made[key] if key in self._made else self._stored.object(key)
        return None if item is None else {field.name.lower() for field in item.fields}


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of shared sets."""

    side: Side

    def get(self, key: str, /) -> tuple[PicklistValue, ...] | None:
        """The values of a set; the last file that defines it wins."""
        entries = self.side.entries(f"value_set\0{key}")
        found = self.side.parsed(entries[-1][0]).value_sets if entries else ()
        return next((values for name, values in reversed(found) if name == key), None)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes objects as they are after a change out of what they were and what differs."""

    before: Before
    side: Side
    touched: Touched
    namespaces: frozenset[str]

    def after(self, key: str) -> Object | None:
        """An object by its name in lower case; None where it is no longer there."""
        stored = self.before.stored.object(key)
        fields = {field.name.lower(): field for field in (stored.fields if stored is not None else ())}
        for owner, name in self.touched.fields:
            if owner == key:
                fields.pop(name, None)
                made = self._field((key, name))
                fields.update({name: made} if made is not None else {})
        found = self._object(key, stored, named=bool(fields))
        types = tuple(sorted({name for _, name in self.side.entries(type_entry(key))}))
        return None if found is None else with_members(found, fields.values(), types, self.namespaces)

    def _object(self, key: str, stored: Object | None, *, named: bool) -> Object | None:
        """What is said of the object itself; of one that is only named by its fields, its first field tells it."""
        entries = self.side.entries(object_entry(key))
        if entries:
            untouched = stored is not None and key not in self.touched.objects
            return stored if untouched else merged(_object_definitions(self.side, key, entries), [], "object")
        first = self._first(key) if named else None
        return bare_object(first.object, first.origin) if first is not None else None

    def _field(self, key: FieldKey) -> Field | None:
        definitions = _field_definitions(self.side, key, self.side.entries(field_entry(key)))
        return (
            finished(merged(definitions, [], "field"), _Values(self.side), self.namespaces)
            if definitions
            else None
        )

    def _first(self, owner: str) -> Field | None:
        """The field of an object that stands first, in the order in which files are read."""
        for path in self.side.paths(member_entry(owner)):
            for field in map(homed, self.side.parsed(path).fields):
                if field.object.lower() == owner:
                    return self._field(field_key(field))
        return None


def _field_definitions(side: Side, key: FieldKey, entries: Iterable[Entry]) -> list[Field]:
    paths = dict.fromkeys(path for path, _ in entries)
    fields = (homed(field) for path in paths for field in side.parsed(path).fields)
    return [field for field in fields if field_key(field) == key]


def _object_definitions(side: Side, key: str, entries: Iterable[Entry]) -> list[Object]:
    paths = dict.fromkeys(path for path, _ in entries)
    objects = (account(item) for path in paths for item in side.parsed(path).objects)
    return [item for item in objects if item.name.lower() == key]


def _overruled(side: Side, touched: Touched) -> Sequence[Skipped]:
    """What is said of those that are touched and defined more than once."""
    lines: list[Skipped] = []
    for key in sorted(touched.fields):
        entries = side.entries(field_entry(key))
        if len(entries) > 1:
            merged(_field_definitions(side, key, entries), lines, "field")
    for name in sorted(touched.objects):
        entries = side.entries(object_entry(name))
        if len(entries) > 1:
            merged(_object_definitions(side, name, entries), lines, "object")
    return lines


_Groups = Mapping[Any, Sequence[object]]


def _differing(then: _Groups, now: _Groups) -> Iterator[Any]:
    return (key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def _fields(parsed: Parsed) -> _Groups:
    return grouped((field_key(field), field) for field in map(homed, parsed.fields))


def _objects(parsed: Parsed) -> _Groups:
    return grouped((item.name.lower(), item) for item in map(account, parsed.objects))


def _types(parsed: Parsed) -> _Groups:
    return grouped((record_type_owner(owner), name) for owner, name in parsed.record_types)


def _values(parsed: Parsed) -> _Groups:
    return grouped(parsed.value_sets)


def _users(values: Iterable[str], stored: Stored) -> Iterator[FieldKey]:
    return (key for name in values for key in stored.values_used(name))
