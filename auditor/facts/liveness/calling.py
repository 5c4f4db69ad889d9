"""Code and flows that nothing which was read calls from outside of their own circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.facts.base import Facts
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph

UNCALLED = "uncalled"
_KINDS = ("apex_class", "flow")


def uncalled(facts: Facts) -> frozenset[str]:
    """All of them, by printed name."""
    return facts.once((UNCALLED, ""), lambda: _uncalled(facts.graph))


def _uncalled(graph: SchemaGraph) -> frozenset[str]:
    from auditor.graph.liveness.components import strong_components

    keys = [each.key for each in graph.components() if each.value.kind in _KINDS]
    number = {key: index for index, key in enumerate(keys)}
    follows = [[number[link.other] for link in graph.calls(key) if link.other in number] for key in keys]
    rings = strong_components(follows, range(len(keys)))
    circle = {node: at for at, ring in enumerate(rings) for node in ring}
    called = {
        circle[number[key]]
        for key in keys
        for link in graph.called_by(key)
        if _counts(graph, link.other)
        and (link.other not in number or circle[number[link.other]] != circle[number[key]])
    }
    return frozenset(key for key in keys if circle[number[key]] not in called)


def uncalled_after(before: Facts, graph: SchemaGraph, touched: Iterable[str]) -> frozenset[str]:
    """All of them after a change: whose circle or whose callers may differ is asked anew."""
    old, known = before.graph, uncalled(before)
    ends: set[str] = set()
    for key in touched:
        calls = [{link.other for link in each.calls(key)} for each in (old, graph)]
        if _counts(old, key) != _counts(graph, key):
            ends |= {key, *calls[0], *calls[1]}
        elif calls[0] != calls[1]:
            ends |= {key, *(calls[0] ^ calls[1])}
        elif _waits(old, key) != _waits(graph, key):
            ends.add(key)
    asked = {member for key in ends for each in (old, graph) for member in _circle(each, key)}
    return (known - asked) | {key for key in asked if _is_uncalled(graph, key)}


def _is_uncalled(graph: SchemaGraph, key: str) -> bool:
    circle = _circle(graph, key)
    return bool(circle) and not any(
        link.other not in circle and _counts(graph, link.other)
        for each in circle
        for link in graph.called_by(each)
    )


def _circle(graph: SchemaGraph, key: str) -> frozenset[str]:
    """What code or a flow calls and is called by in turn, itself included; nothing for what is neither."""
    if not _waits(graph, key):
        return frozenset()
    above = _closure(graph, key, lambda each: (link.other for link in graph.called_by(each)))
    if len(above) == 1:
        return frozenset(above)
    return frozenset(above & _closure(graph, key, lambda each: (link.other for link in graph.calls(each))))


def _closure(graph: SchemaGraph, key: str, following: Callable[[str], Iterable[str]]) -> set[str]:
    found, waiting = {key}, [key]
    while waiting:
        fresh = [each for each in following(waiting.pop()) if each not in found and _waits(graph, each)]
        found.update(fresh)
        waiting.extend(fresh)
    return found


def _waits(graph: SchemaGraph, key: str) -> bool:
    """Whether it is code or a flow, which waits for its callers."""
    return graph.kind_of(key) is NodeKind.COMPONENT and graph.component(key).value.kind in _KINDS


def _counts(graph: SchemaGraph, caller: str) -> bool:
    """Whether a caller can be in use: a test cannot."""
    return (
        graph.kind_of(caller) is not NodeKind.COMPONENT
        or graph.component(caller).value.attribute("test") != "true"
    )
