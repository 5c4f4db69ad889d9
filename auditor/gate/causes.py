"""Which changed file is behind a finding: the subject's own, or the nearest that the change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.graph.builder import FIELD_KIND
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Field, Object
from auditor.model.changes import CatalogDelta
from auditor.model.names import component_key, field_key, object_key

Touched = Mapping[str, frozenset[str]]
"""Printed names of nodes that a change touches → the files in which it does."""
_FARTHEST = 6
"""So many links from a subject a cause is looked for."""
_MOST = 5_000
"""So many nodes are looked at for one finding: in a large company everything is linked with everything."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a finding comes from: whether its own subject was changed, and by which files, sorted."""

    changed: bool
    files: tuple[str, ...]


def touched_by(deltas: Iterable[CatalogDelta]) -> Touched:
    """What the deltas touch, with the paths that their catalogues give it."""
    found: dict[str, set[str]] = {}
    for delta in deltas:
        for key, path in _touched(delta):
            found.setdefault(key, set()).add(path)
    return {key: frozenset(paths - {""}) for key, paths in found.items()}


def cause_of(subject: str, touched: Touched, graphs: Sequence[SchemaGraph]) -> Cause:
    """The cause of a finding about a subject, by the links of all graphs; no file where nothing is near."""
    if subject in touched:
        return Cause(True, tuple(sorted(touched[subject])))
    seen, edge = {subject}, [subject]
    for _ in range(_FARTHEST):
        edge = sorted({key for each in edge for graph in graphs for key in beside(graph, each)} - seen)
        met = [key for key in edge if key in touched]
        if met:
            return Cause(False, tuple(sorted({path for key in met for path in touched[key]})))
        seen.update(edge)
        if len(seen) > _MOST:
            break
    return Cause(False, ())


def beside(graph: SchemaGraph, key: str) -> Iterator[str]:
    """Every node that a link leads to from one, and what belongs to it or it to."""
    kind = graph.kind_of(key)
    if kind is None:
        return
    yield from (link.other for link in graph.references_to(key))
    yield from (link.other for link in graph.references_from(key))
    owner = graph.object_of(key)
    if owner is not None:
        yield owner
    if kind is NodeKind.OBJECT:
        yield from graph.fields_of(key)
        yield from graph.components_of(key)
        yield from graph.looked_up_by(key)
    elif kind is NodeKind.FIELD:
        yield from graph.looks_up(key)
    yield from (link.other for link in graph.calls(key))
    yield from (link.other for link in graph.called_by(key))


def _touched(delta: CatalogDelta) -> Iterator[tuple[str, str]]:
    yield from _own(delta)
    system = delta.system
    for reference in (*delta.references_gone, *delta.references_made):
        if reference.component_kind == FIELD_KIND:
            owner, _, name = reference.component.partition(".")
            yield field_key(system, owner, name), reference.path
        else:
            yield component_key(system, reference.component_kind, reference.component), reference.path
    for call in (*delta.calls_gone, *delta.calls_made):
        yield component_key(system, call.caller_kind, call.caller), call.path


def changed_themselves(deltas: Iterable[CatalogDelta]) -> frozenset[str]:
    """What is itself defined otherwise than before, whoever mentions it."""
    return frozenset(key for delta in deltas for key, _ in _own(delta))


def _own(delta: CatalogDelta) -> Iterator[tuple[str, str]]:
    system = delta.system
    yield from _schema(system, delta.objects_gone, delta.objects_made)
    for component in (*delta.components_gone, *delta.components_made):
        yield component_key(system, component.kind, component.name), component.path
    for point in (*delta.points_gone, *delta.points_made):
        yield component_key(system, point.kind, point.name), point.path


def _schema(system: str, gone: Sequence[Object], made: Sequence[Object]) -> Iterator[tuple[str, str]]:
    """Objects and fields that differ by more than the line they stand on."""
    then, now = {each.name: each for each in gone}, {each.name: each for each in made}
    for name in sorted(then.keys() | now.keys()):
        before, after = then.get(name), now.get(name)
        if _bare(before) != _bare(after):
            yield from _placed(object_key(system, name), before, after)
        yield from _fields(system, before, after)


def _fields(system: str, before: Object | None, after: Object | None) -> Iterator[tuple[str, str]]:
    then = {each.name: each for each in before.fields} if before else {}
    now = {each.name: each for each in after.fields} if after else {}
    for name in sorted(then.keys() | now.keys()):
        one, other = then.get(name), now.get(name)
        if _plain(one) != _plain(other):
            owner = (other or one or Field("", "")).object
            yield from _placed(field_key(system, owner, name), one, other)


def _placed(key: str, *sides: Object | Field | None) -> Iterator[tuple[str, str]]:
    for side in sides:
        if side is not None:
            yield key, side.origin.path if side.origin else ""


def _bare(each: Object | None) -> Object | None:
    return None if each is None else replace(each, fields=(), origin=None)


def _plain(each: Field | None) -> Field | None:
    return None if each is None else replace(each, origin=None, position=0)
