"""The duplicates of a CRM before and after a change, when those of the last audit are on record.

Only what the change touches is matched again, with the weights that the audit froze; everything else is as it was.
The ERP is taken to be as the audit saw it; where it is not, everything is matched again, with the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.compared import beside, compared, systems
from auditor.facts.found_matches import (
    POSSIBLE,
    Finder,
    Found,
    crm_key,
    erp_key,
    find_with,
    finder,
    matches,
    prepared,
)
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.matching.profiles import ObjectProfile
from auditor.matching.recorded import Recorded, record, recorded
from auditor.matching.systems import SystemProfile, best_first
from auditor.model.catalogue import Role
from auditor.model.matches import Match
from auditor.model.names import object_key, parse_subject

_PREFIX = "matches/"
_RECORD = ("duplicates", "record")


class Pieces(Protocol):
    """What an audit left, piece by piece (see `auditor.facts.recorded`)."""

    def get(self, name: str, /) -> bytes | None:
        """One piece; None where there is none."""


def record_matches(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The pieces that an audit leaves, so that a change can be matched as it would have been."""
    for name, value in record(prepared(facts), matches(facts)):
        yield _PREFIX + name, value


def before_change(facts: Facts, pieces: Pieces) -> bool:
    """Have facts tell the duplicates that are on record. False: there are none, and nothing was done.

    To be called before anything asks for duplicates. The caller is sure that the record is of this graph, under
    equal settings.
    """
    found = recorded(_Rows(pieces))
    if found is None:
        return False
    facts.once(_RECORD, lambda: found)
    find_with(facts, Told(found, not found.names))
    return True


def after_change(before: Facts, after: Facts, touched: Iterable[str]) -> None:
    """Have the facts after a change tell duplicates with the weights of those before; nothing is matched yet.

    `touched` names at least every object and field of either graph that the other has not, or has otherwise.
    """
    keys = frozenset(touched)
    find_with(after, _Later(before, after, keys))


def changed_by_matches(before: Facts, after: Facts, touched: Iterable[str]) -> frozenset[str] | None:
    """Objects and fields of both systems whose duplicates differ; None where the ERP changed, and any may."""
    places = _places(before, after, frozenset(touched))
    if places.is_foreign:
        return None
    found = (finder(before), finder(after))
    keys: set[str] = set()
    for key in places.objects:
        old, new = (
            {match for one in _keys(graph, key) for match in each.of_crm(one)}
            for graph, each in zip((before.graph, after.graph), found, strict=True)
        )
        for match in old ^ new:
            keys |= {crm_key(match), erp_key(match), key}
    return frozenset(keys)


def on_record(facts: Facts) -> Recorded | None:
    """What an audit left of matching, or would have left; None where there is nothing to compare."""
    return facts.once(_RECORD, lambda: _in_memory(facts))


class Told:
    """The duplicates on record."""

    def __init__(self, on_record: Recorded, strangers: bool) -> None:
        self._record = on_record
        self.strangers = strangers

    def of_crm(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        return [match for match in self._record.of_object(*_split(key)) if crm_key(match) == key]

    def of_erp(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        found = [
            match
            for place in self._record.repeating(*_split(key))
            for match in self._record.of_object(*place)
            if erp_key(match) == key
        ]
        return sorted(found, key=best_first)


class Again:
    """The duplicates after a change: those before it, but for the objects that were matched again."""

    def __init__(self, before: Finder, again: dict[str, tuple[Match, ...]]) -> None:
        self._before, self._again = before, again
        self.strangers = before.strangers

    def of_crm(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        found = self._again.get(_object(key))
        return self._before.of_crm(key) if found is None else [each for each in found if crm_key(each) == key]

    def of_erp(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        kept = [each for each in self._before.of_erp(key) if _object(crm_key(each)) not in self._again]
        new = [each for found in self._again.values() for each in found if erp_key(each) == key]
        return sorted([*kept, *new], key=best_first)


class _Later:
    """The same, worked out when somebody asks."""

    def __init__(self, before: Facts, after: Facts, touched: frozenset[str]) -> None:
        self._before, self._after, self._touched = before, after, touched
        self._found: Finder | None = None

    @property
    def strangers(self) -> bool:
        """See `auditor.facts.found_matches.Finder`."""
        return self._finder().strangers

    def of_crm(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        return self._finder().of_crm(key)

    def of_erp(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        return self._finder().of_erp(key)

    def _finder(self) -> Finder:
        if self._found is None:
            self._found = _again(self._before, self._after, self._touched)
        return self._found


@dataclass(frozen=True, slots=True)
class _Places:
    objects: tuple[str, ...]
    """Keys of objects of CRMs that may have to be matched again, of either graph, sorted."""
    declared: frozenset[str]
    """Of these, those of which other pairs are declared."""
    is_foreign: bool
    """Whether something of an ERP is touched."""


def _again(before: Facts, after: Facts, touched: frozenset[str]) -> Finder:
    known = on_record(before)
    if known is None:
        return Found(matches(after))
    places = _places(before, after, touched)
    if places.is_foreign:
        whole = known.match_all(systems(after, Role.CRM), systems(after, Role.ERP), after.settings.maps, POSSIBLE)
        return Found(matches(after) if whole is None else whole)
    again: dict[str, tuple[Match, ...]] = {}
    by_system: dict[str, list[ObjectProfile]] = {}
    for key in places.objects:
        profile = compared(after, key) if after.graph.kind_of(key) is NodeKind.OBJECT else None
        if profile is None:
            again[key] = ()
        elif key in places.declared or not known.is_same(_split(key)[0], profile):
            by_system.setdefault(_split(key)[0], []).append(profile)
    for system, profiles in by_system.items():
        found = known.rematch(SystemProfile(system, tuple(profiles)), after.settings.maps, POSSIBLE)
        again |= {object_key(system, name): each for name, each in found.items()}
    return Again(finder(before), again)


def _in_memory(before: Facts) -> Recorded | None:
    """What an audit would have left."""
    return recorded(_Kept(dict(record(prepared(before), matches(before)))))


def _places(before: Facts, after: Facts, touched: frozenset[str]) -> _Places:
    objects: set[str] = set()
    is_foreign = False
    for facts in (before, after):
        for key in touched:
            holder = _holder(facts.graph, key)
            if holder is not None:
                is_crm = facts.graph.system(holder.partition(":")[0]).role is Role.CRM
                is_foreign = is_foreign or not is_crm
                objects |= beside(facts.graph, holder) if is_crm else frozenset()
    pairs = set(before.settings.maps) ^ set(after.settings.maps)
    names = {pair.crm_object.lower() for pair in pairs}
    declared = (
        frozenset(
            node.key
            for facts in (before, after)
            for node in facts.graph.objects()
            if node.value.name.lower() in names
        )
        if names
        else frozenset()
    )
    return _Places(tuple(sorted(objects | declared)), declared, is_foreign)


def _holder(graph: SchemaGraph, key: str) -> str | None:
    """The object that a key is of; None for what is no object or field of this graph."""
    kind = graph.kind_of(key)
    return key if kind is NodeKind.OBJECT else graph.object_of(key) if kind is NodeKind.FIELD else None


def _keys(graph: SchemaGraph, object_key: str) -> Sequence[str]:
    known = graph.kind_of(object_key) is NodeKind.OBJECT
    return (object_key, *graph.fields_of(object_key)) if known else ()


def _object(key: str) -> str:
    """The object of an object or field, by their printed names."""
    return object_key(*_split(key))


def _split(key: str) -> tuple[str, str]:
    named = parse_subject(key)
    return named.system, named.name


class _Rows:
    """Pieces as the rows of matching."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that are there."""
        found = ((key, self._pieces.get(_PREFIX + key)) for key in keys)
        return {key: value for key, value in found if value is not None}


class _Kept:
    """Rows in memory."""

    def __init__(self, rows: dict[str, bytes]) -> None:
        self._rows = rows

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that are there."""
        return {key: self._rows[key] for key in keys if key in self._rows}
