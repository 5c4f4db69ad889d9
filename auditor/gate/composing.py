"""Deltas of one system put after each other or apart, as sets of what is gone and made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Catalog, Object, Role
from auditor.model.changes import CatalogDelta
from auditor.model.components import Component
from auditor.model.names import component_key, object_key

_T = TypeVar("_T")


def between(first: CatalogDelta, second: CatalogDelta) -> CatalogDelta:
    """What leads from the state after one delta to that after another, both from the same base.

    Counts of channels are those of the second; a kind that only the first changed is not known and left out.
    """
    if first.is_empty:
        return second
    gone, made = _apart(first.objects_gone, first.objects_made, second.objects_gone, second.objects_made)
    parts_gone, parts_made = _apart(
        first.components_gone, first.components_made, second.components_gone, second.components_made
    )
    references = _apart(
        first.references_gone, first.references_made, second.references_gone, second.references_made
    )
    calls = _apart(first.calls_gone, first.calls_made, second.calls_gone, second.calls_made)
    points = _apart(first.points_gone, first.points_made, second.points_gone, second.points_made)
    skipped = _apart(first.skipped_gone, first.skipped_made, second.skipped_gone, second.skipped_made)
    return CatalogDelta(
        second.system,
        *(gone, made),
        *(parts_gone, parts_made),
        *references,
        *calls,
        *points,
        _channels(first.channels, second.channels),
        second.unresolved - first.unresolved,
        *skipped,
    )


def _apart(
    first_gone: tuple[_T, ...],
    first_made: tuple[_T, ...],
    second_gone: tuple[_T, ...],
    second_made: tuple[_T, ...],
) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    gone = (*_without(second_gone, first_gone), *_without(first_made, second_made))
    made = (*_without(second_made, first_made), *_without(first_gone, second_gone))
    return gone, made


def _without(members: Iterable[_T], others: Iterable[_T]) -> tuple[_T, ...]:
    known = set(others)
    return tuple(each for each in members if each not in known)


def _channels(first: Mapping[str, int | None], second: Mapping[str, int | None]) -> dict[str, int | None]:
    return {kind: count for kind, count in second.items() if first.get(kind, _MISSING) != count}


_MISSING = object()


def piece(graph: SchemaGraph, deltas: Iterable[CatalogDelta]) -> Catalog:
    """What a graph holds of all that deltas of one system name, as a catalogue of that alone.

    What could not be read stands there whole.
    """
    objects: dict[str, Object] = {}
    components: dict[tuple[str, str], Component] = {}
    system = ""
    for delta in deltas:
        system = delta.system
        for name in {each.name for each in (*delta.objects_gone, *delta.objects_made)}:
            key = object_key(system, name)
            if graph.kind_of(key) is NodeKind.OBJECT and not graph.object(key).implied:
                objects[name] = graph.object(key).value
        for each in (*delta.components_gone, *delta.components_made):
            key = component_key(system, each.kind, each.name)
            if graph.kind_of(key) is NodeKind.COMPONENT and not graph.component(key).implied:
                components[each.kind, each.name] = graph.component(key).value
    node = next((each for each in graph.systems() if each.system == system), None)
    return Catalog(
        system,
        Role.CRM,
        "",
        tuple(objects[name] for name in sorted(objects)),
        tuple(components[key] for key in sorted(components)),
        skipped=node.unread if node is not None else (),
    )
