"""What a system is really for: how many fields decide, guide, inform, and how many are merely there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.facts.base import Facts
from auditor.facts.structure import custom_fields
from auditor.graph.nodes import FieldNode
from auditor.model.catalogue import Role
from auditor.model.functions import Function, FunctionShares
from auditor.model.values import Unknown

_READ = (Function.DECIDES, Function.GUIDES, Function.INFORMS)


def purposes(facts: Facts) -> tuple[FunctionShares, ...]:
    """Shares of each CRM as a whole, of its areas where objects are mapped to any, and of its objects; sorted."""
    found: list[FunctionShares] = []
    for system in facts.graph.systems():
        if system.role is Role.CRM:
            by_object = {
                each.key: custom_fields(facts, each.key) for each in facts.graph.objects(system=system.system)
            }
            found.extend(_system(facts, system.system, {key: nodes for key, nodes in by_object.items() if nodes}))
    return tuple(found)


def _system(facts: Facts, system: str, by_object: dict[str, list[FieldNode]]) -> Iterable[FunctionShares]:
    if not by_object:
        return
    yield _shares(facts, "system", system, [node for nodes in by_object.values() for node in nodes])
    areas: dict[str, list[FieldNode]] = {}
    for key, nodes in by_object.items():
        area = facts.settings.area_of(facts.graph.object(key).value.name)
        if area is not None:
            areas.setdefault(area, []).extend(nodes)
    for area in sorted(areas):
        yield _shares(facts, "area", area, areas[area])
    for key in sorted(by_object):
        yield _shares(facts, "object", key, by_object[key])


def _shares(facts: Facts, kind: str, name: str, nodes: Sequence[FieldNode]) -> FunctionShares:
    values = {node.key: facts.fact(node.key, "function") for node in nodes}
    told = Counter(value for value in values.values() if isinstance(value, str))
    unknown = [key for key, value in values.items() if isinstance(value, Unknown)]
    may = Counter(word for key in unknown if (word := _strongest(facts, key)) is not None)
    collected = (key for key, value in values.items() if value == Function.COLLECTED)
    return FunctionShares(
        kind,
        name,
        len(nodes),
        tuple((str(each), told[str(each)]) for each in Function),
        len(unknown),
        tuple((str(each), may[str(each)]) for each in _READ),
        sum(facts.fact(key, "shown_only") is True for key in collected),
    )


def _strongest(facts: Facts, key: str) -> str | None:
    may = facts.fact(key, "possible_functions")
    return next((str(each) for each in _READ if isinstance(may, tuple) and str(each) in may), None)
