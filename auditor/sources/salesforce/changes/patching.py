"""The tables of a tree from its rows, and the same tables with a change laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from auditor.dataclasses import dataclass
from auditor.formats.frozen import unpack
from auditor.model.catalogue import Field, Object
from auditor.sources.salesforce.changes.files import Side
from auditor.sources.salesforce.changes.objects import ObjectChanges
from auditor.sources.salesforce.changes.shapes import component_key
from auditor.sources.salesforce.changes.stored import Stored
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.notes import key_of
from auditor.sources.salesforce.parsed import ClassSignature, ReportTypeJoin
from auditor.sources.salesforce.tables import (
    REPORT,
    Declared,
    Tables,
    child_keys,
    family,
    grouped,
    one_of_each,
    packaged,
)

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A declared field, as far as names are resolved by it."""

    object: str
    name: str
    reference_to: tuple[str, ...] = ()


class _Lookup(Generic[KeyT, ValueT]):
    """A table that finds each value once, where it is first asked for."""

    def __init__(self, find: Callable[[KeyT], ValueT | None]) -> None:
        self._find = find
        self._known: dict[KeyT, ValueT | None] = {}

    def get(self, key: KeyT, /) -> ValueT | None:
        """The value of a key; None where there is none."""
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]


class Naming:
    """The objects and fields of a tree as tables, before a change and after it."""

    def __init__(self, stored: Stored, names: Names, changes: ObjectChanges) -> None:
        self._stored = stored
        self._names = names
        self.gone = _Declarations(changes.before.values(), changes.after, names)
        self.made = _Declarations(changes.after.values(), changes.before, names)

    def objects(self, name: str, *, after: bool) -> Sequence[str] | None:
        """The family of a normal name."""
        found = self._stored.family(name).get("objects", ())
        return family(self._patched(found, "objects", name, after=after)) or None

    def packages(self, name: str, *, after: bool) -> Sequence[str] | None:
        """Packages that have an object of a normal name."""
        return self._patched(self._stored.family(name).get("packages", ()), "packages", name, after=after)

    def fields(self, key: Key, *, after: bool) -> Sequence[Declared] | None:
        """Fields of a normal object and name."""
        return self._named("fields", key, after=after)

    def children(self, key: Key, *, after: bool) -> Sequence[Declared] | None:
        """Fields behind a child relationship of a normal object and name."""
        return self._named("children", key, after=after)

    def words(self, name: str, *, after: bool) -> tuple[str, ...] | None:
        """Printed names of the custom fields of a normal name."""
        found = [Named(owner, field) for owner, field in self._stored.words(name)]
        return one_of_each(self._patched(found, "words", name, after=after), self._names) or None

    def _named(self, table: str, key: Key, *, after: bool) -> Sequence[Named]:
        stored = self._stored.family(key[0]).get(table, {}).get(key[1], ())
        found = [Named(owner, name, tuple(targets)) for owner, name, targets in stored]
        patched = self._patched(found, table, key, after=after)
        return sorted(patched, key=lambda field: (field.object, field.name))

    def _patched(self, found: Iterable[ValueT], table: str, key: Any, *, after: bool) -> list[ValueT]:  # noqa: ANN401
        kept = list(found)
        if not after:
            return kept
        for item in self.gone.by_table[table].get(key, ()):
            if item in kept:
                kept.remove(item)
        return [*kept, *self.made.by_table[table].get(key, ())]


class _Declarations:
    """What some objects declare that the others of the same name do not, by table and key."""

    def __init__(self, objects: Iterable[Object], others: Mapping[str, Object], names: Names) -> None:
        self.by_table: dict[str, Mapping[Any, list[Any]]] = {}
        listed = [(item, others.get(item.name.lower())) for item in objects]
        own = [item.name for item, other in listed if other is None or other.name != item.name]
        self.by_table["objects"] = grouped((names.normal(name), name) for name in own)
        self.by_table["packages"] = grouped(pair for name in own for pair in packaged(name, names))
        fields = [field for item, other in listed for field in _differing(item, other)]
        named = [(field, Named(field.object, field.name, field.reference_to)) for field in fields]
        self.by_table["fields"] = grouped(
            ((names.normal(field.object), names.normal(field.name)), item) for field, item in named
        )
        self.by_table["children"] = grouped(
            (key, item) for field, item in named for key in child_keys(field, names)
        )
        self.by_table["words"] = grouped(
            (names.normal(field.name), Named(field.object, field.name)) for field in fields if field.custom
        )

    def keys(self) -> Iterable[tuple[str, Any]]:
        """Every table and key under which something is declared."""
        return [(table, key) for table, found in self.by_table.items() for key in found]


def _differing(item: Object, other: Object | None) -> list[Field]:
    """Fields of an object that another reading of it has not, as far as names are resolved by them."""
    known = {_sign(field) for field in (other.fields if other is not None else ())}
    return [field for field in item.fields if _sign(field) not in known]


def _sign(field: Field) -> tuple[object, ...]:
    return (
        field.object,
        field.name,
        field.reference_to,
        field.relationship_name,
        field.namespace,
        bool(field.custom),
    )


class Entered:
    """What files enter for the others (shapes.py), as tables."""

    def __init__(self, side: Side) -> None:
        self._side = side

    def callees(self, key: Key) -> Sequence[str] | None:
        """Declared spellings of a component."""
        return [payload[0] for _, payload in self._side.entries(component_key(*key))] or None

    def classes(self, key: str) -> ClassSignature | None:
        """The signature of a class."""
        found = self._side.entries(f"classes\0{key}")
        return unpack(found[-1][1].encode(), ClassSignature) if found else None

    def inner(self, key: str) -> Sequence[str] | None:
        """Full names of inner classes."""
        return [payload for _, payload in self._side.entries(f"inner\0{key}")] or None

    def report_types(self, key: str) -> ReportTypeJoin | None:
        """What a report type joins."""
        found = self._side.entries(f"report_types\0{key}")
        return unpack(found[-1][1].encode(), ReportTypeJoin) if found else None

    def reports(self, name: str) -> str | None:
        """The report type of a report."""
        found = [payload for _, payload in self._side.entries(component_key(REPORT, name)) if payload[0] == name]
        kind: str | None = found[-1][1] if found else None
        return kind


def tables_from(naming: Naming, side: Side, *, after: bool) -> Tables:
    """The tables of one side of a change."""
    entered = Entered(side)
    return Tables(
        objects=_Lookup(lambda key: naming.objects(key, after=after)),
        fields=_Lookup(lambda key: naming.fields(key, after=after)),
        children=_Lookup(lambda key: naming.children(key, after=after)),
        words=_Lookup(lambda key: naming.words(key, after=after)),
        packages=_Lookup(lambda key: naming.packages(key, after=after)),
        report_types=_Lookup(entered.report_types),
        classes=_Lookup(entered.classes),
        inner=_Lookup(entered.inner),
        callees=_Lookup(entered.callees),
        reports=_Lookup(entered.reports),
    )


def changed_keys(naming: Naming, before: Side, after: Side, tables: tuple[Tables, Tables]) -> list[str]:
    """The keys, in words, under which the tables of two sides differ."""
    asked = {*naming.gone.keys(), *naming.made.keys()}
    for side in (before, after):
        asked.update(pair for key in side.made for pair in _asked(key, side))
    then, now = tables
    return sorted(
        key_of(table, key) for table, key in asked if getattr(then, table).get(key) != getattr(now, table).get(key)
    )


_ENTERED = frozenset({"classes", "inner", "report_types"})


def _asked(key: str, side: Side) -> Iterator[tuple[str, Any]]:
    """The tables and keys that look at what is entered under a key."""
    table, _, rest = key.partition("\0")
    if table == "callees":
        kind, _, name = rest.partition("\0")
        yield table, (kind, name)
        if kind == REPORT:
            yield from (("reports", payload[0]) for _, payload in side.entries(key))
    elif table in _ENTERED:
        yield table, rest
