"""Proposals as changes of a catalogue: what the graph would hold if they were built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import replace
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Object
from auditor.model.changes import CatalogDelta
from auditor.model.names import object_key
from auditor.model.proposals import Proposal


def deltas_of(proposals: Sequence[Proposal], graph: SchemaGraph) -> list[CatalogDelta]:
    """One change for each system that is asked for anything, all its proposals together.

    Of fields that two proposals give the same name the first counts; a field that exists is left as it is.
    """
    return [
        _delta(system, [each for each in proposals if each.system == system], graph)
        for system in sorted({each.system for each in proposals})
    ]


def _delta(system: str, proposals: Sequence[Proposal], graph: SchemaGraph) -> CatalogDelta:
    gone: list[Object] = []
    made: list[Object] = []
    for name in sorted({each.object for each in proposals}):
        asked = [each for each in proposals if each.object == name]
        before = _existing(system, name, graph)
        known = before is not None and not graph.object(object_key(system, name)).implied
        if before is not None and (known or before.fields):
            gone.append(before)
        after = _grown(before, asked)
        if after is not None:
            made.append(after)
    return CatalogDelta(system, objects_gone=tuple(gone), objects_made=tuple(made))


def _existing(system: str, name: str, graph: SchemaGraph) -> Object | None:
    key = object_key(system, name)
    return graph.object(key).value if graph.kind_of(key) is NodeKind.OBJECT else None


def _grown(before: Object | None, asked: Iterable[Proposal]) -> Object | None:
    """The object with everything that is asked of it; None where it is neither there nor asked for."""
    after = before
    for each in asked:
        after = after or each.new
        if after is not None:
            known = {field.name.lower() for field in after.fields}
            fresh = tuple(field for field in each.fields if field.name.lower() not in known)
            after = replace(after, fields=after.fields + fresh)
    return after
