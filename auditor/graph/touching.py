"""Which nodes a change touches: the centre of everything that it can make better or worse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from auditor.dataclasses import replace
from auditor.graph.builder import FIELD_KIND, record_types
from auditor.graph.nodes import unread_lines
from auditor.model.catalogue import Field, Object, Skipped
from auditor.model.changes import CatalogDelta
from auditor.model.components import Component, IntegrationPoint
from auditor.model.names import component_key, field_key, object_key
from auditor.model.references import Call, Reference

_T = TypeVar("_T")


def touched(deltas: Sequence[CatalogDelta]) -> frozenset[str]:
    """Printed names of every node that is defined, mentioned, started or held otherwise than before.

    What only moved to another line of its file is not touched.
    """
    return frozenset(key for delta in deltas for key in _touched(delta))


class Mention(NamedTuple):
    """One mention that only one side has: who mentions what, and whether that says nothing about use."""

    source: str
    target: str
    weak: bool


def changed_mentions(delta: CatalogDelta) -> Iterator[Mention]:
    """The mentions that only one side of a change has; a mere move to another line is none."""
    system = delta.system
    for each in _differing(delta.references_gone, delta.references_made, _reference_at_no_line):
        source = _end(system, each.component_kind, each.component)
        yield Mention(source, _key(system, each.target), each.access.weak)


def changed_calls(delta: CatalogDelta) -> Iterator[tuple[str, str]]:
    """The calls that only one side of a change has, as caller and callee."""
    system = delta.system
    for each in _differing(delta.calls_gone, delta.calls_made, _call_at_no_line):
        yield _end(system, each.caller_kind, each.caller), _end(system, each.callee_kind, each.callee)


def is_wide(delta: CatalogDelta, read: Collection[str]) -> bool:
    """Whether a change may matter to every verdict on its system: a component kind or a file is read or no longer.

    `read` are the component kinds that were read before (`SystemNode.channels`).
    """
    gone, made = (_defining(lines) for lines in (delta.skipped_gone, delta.skipped_made))
    return gone != made or any(count is None or kind not in read for kind, count in delta.channels.items())


def _defining(skipped: Iterable[Skipped]) -> set[str]:
    """The files that could not be read and may define objects or fields: no verdict asks of others."""
    paths = (line.path.lower().removesuffix("-meta.xml") for line in unread_lines(skipped))
    return {path for path in paths if path.endswith((".object", ".field"))}


def _touched(delta: CatalogDelta) -> Iterable[str]:
    system = delta.system
    yield from _objects(delta)
    for component in _differing(delta.components_gone, delta.components_made, _component_at_no_line):
        yield component_key(system, component.kind, component.name)
        if component.object:
            yield object_key(system, component.object)
    for point in _differing(delta.points_gone, delta.points_made, _point_at_no_line):
        yield component_key(system, point.kind, point.name)
    for mention in changed_mentions(delta):
        yield from (mention.target, mention.source)
    for ends in changed_calls(delta):
        yield from ends


def _objects(delta: CatalogDelta) -> Iterable[str]:
    system = delta.system
    gone = {each.name: each for each in delta.objects_gone}
    made = {each.name: each for each in delta.objects_made}
    for name in sorted({*gone, *made}):
        before, after = gone.get(name), made.get(name)
        yield object_key(system, name)
        yield from (component_key(system, each.kind, each.name) for each in _record_types(before, after))
        for each in _fields(before, after):
            yield field_key(system, each.object, each.name)
            for target in each.reference_to:
                yield object_key(system, target)


def _record_types(before: Object | None, after: Object | None) -> Iterable[Component]:
    return _differing(
        record_types(before) if before else (), record_types(after) if after else (), _component_at_no_line
    )


def _fields(before: Object | None, after: Object | None) -> Iterable[Field]:
    """The fields of an object that differ in more than their place, as they were and as they are."""
    gone = {(each.object, each.name): each for each in before.fields} if before else {}
    made = {(each.object, each.name): each for each in after.fields} if after else {}
    for name in sorted({*gone, *made}):
        old, new = gone.get(name), made.get(name)
        if old != new and (old is None or new is None or replace(old, origin=new.origin) != new):
            yield from (each for each in (old, new) if each is not None)


def _differing(gone: Iterable[_T], made: Iterable[_T], bare: Callable[[_T], _T]) -> set[_T]:
    return {bare(each) for each in gone} ^ {bare(each) for each in made}


def _component_at_no_line(value: Component) -> Component:
    return replace(value, line=None)


def _point_at_no_line(value: IntegrationPoint) -> IntegrationPoint:
    return replace(value, line=None)


def _reference_at_no_line(value: Reference) -> Reference:
    return replace(value, line=None)


def _call_at_no_line(value: Call) -> Call:
    return replace(value, line=None)


def _end(system: str, kind: str, name: str) -> str:
    return _key(system, name) if kind == FIELD_KIND else component_key(system, kind, name)


def _key(system: str, text: str) -> str:
    owner, _, name = text.partition(".")
    return field_key(system, owner, name) if name else object_key(system, owner)
