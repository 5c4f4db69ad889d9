"""Layers over all tables of a graph: making them, taking out of them, and bringing them into order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import TypeVar

from auditor.graph.layers import Layer, Lists
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import PRECEDENCE
from auditor.graph.tables import Adjacency, Tables
from auditor.model.references import call_order, reference_order

_V = TypeVar("_V")


def without(lists: MutableMapping[str, list[_V]], key: str, value: _V) -> None:
    """Take one value that equals out of a list; an empty list is no longer there."""
    if key not in lists:
        return
    own = lists.setdefault(key, [])
    if value in own:
        own.remove(value)
    if not own:
        del lists[key]


def laid_over(below: Tables) -> Adjacency:
    """Empty layers over every table."""
    return Adjacency(
        Layer(below.systems),
        Layer(below.objects),
        Layer(below.fields),
        Layer(below.components),
        Layer(below.integrations),
        Layer(below.sources),
        Lists(below.fields_of),
        Lists(below.components_of),
        Layer(below.object_of),
        Lists(below.incoming),
        Lists(below.outgoing),
        Lists(below.calls),
        Lists(below.callers),
        Lists(below.looks_up),
        Lists(below.looked_up_by),
        Lists(below.clients),
    )


def kinds_of(lists: Adjacency) -> Callable[[str], NodeKind | None]:
    """What a name names, asked table by table and kept."""
    tables: dict[NodeKind, Mapping[str, object]] = {
        NodeKind.SYSTEM: lists.systems,
        NodeKind.OBJECT: lists.objects,
        NodeKind.FIELD: lists.fields,
        NodeKind.COMPONENT: lists.components,
        NodeKind.INTEGRATION: lists.integrations,
        NodeKind.SOURCE: lists.sources,
    }
    known: dict[str, NodeKind | None] = {}

    def kind_of(key: str) -> NodeKind | None:
        if key not in known:
            known[key] = next((kind for kind in PRECEDENCE if key in tables[kind]), None)
        return known[key]

    return kind_of


def sort_links(lists: Adjacency) -> None:
    """Bring the lists of links that changed into the order in which catalogues are read."""
    for links in (lists.incoming, lists.outgoing):
        for key in _changed(links):
            links[key].sort(key=lambda link: reference_order(link.reference))
    for calls in (lists.calls, lists.callers):
        for key in _changed(calls):
            calls[key].sort(key=lambda link: call_order(link.call))


def sort_names(lists: Adjacency) -> None:
    """Sort the lists of names that changed."""
    for names in (lists.fields_of, lists.components_of, lists.looked_up_by):
        for key in _changed(names):
            names[key].sort()


def _changed(lists: MutableMapping[str, list[_V]]) -> list[str]:
    return lists.changed() if isinstance(lists, Lists) else []
