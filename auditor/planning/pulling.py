"""What goes when something goes: what cannot be there without it, and what may go since it is about it alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.dataclasses import dataclass
from auditor.graph.nodes import KnownBy, NodeKind
from auditor.model.references import Access, Certainty
from auditor.model.rollback import Cause, Standing
from auditor.planning.ground import LOGIC, READERS, STRONG, Ground


@dataclass(frozen=True, slots=True)
class Pull:
    """One thing that goes with another, and why, in words."""

    key: str
    cause: Cause
    because: str


def must_go(ground: Ground, key: str) -> tuple[Pull, ...]:
    """What cannot be there without `key`, sorted: what is computed from it, and the parts of an object."""
    kind = ground.kind(key)
    found = {
        NodeKind.FIELD: lambda: _computed(ground, key),
        NodeKind.OBJECT: lambda: _of_object(ground, key),
    }.get(kind or NodeKind.SYSTEM)
    pulls = {pull.key: pull for pull in (found() if found else ()) if pull.key != key}
    return tuple(pulls[each] for each in sorted(pulls))


def _computed(ground: Ground, key: str) -> Iterator[Pull]:
    for link in ground.mentions(key):
        reference = link.reference
        certain = reference.certainty is Certainty.CERTAIN and reference.access is Access.READS
        if certain and ground.calculated(link.other):
            what = "sums it up" if reference.part in _SUMMING else "is computed from it"
            yield Pull(link.other, Cause.DEPENDS, f"{what}: {key}")


def _of_object(ground: Ground, key: str) -> Iterator[Pull]:
    graph = ground.graph
    for field in graph.fields_of(key):
        if graph.field(field).known_by is KnownBy.CATALOGUE:
            yield Pull(field, Cause.BELONGS, f"a field of {key}")
    parts = {link.other for link in ground.mentions(key) if link.reference.component_kind in _PARTS_OF_OBJECTS}
    for component in (*graph.components_of(key), *parts):
        if _defined(ground, component):
            yield Pull(component, Cause.BELONGS, f"belongs to {key}")
    for field in graph.looked_up_by(key):
        node = graph.field(field)
        if node.known_by is KnownBy.CATALOGUE and len(node.value.reference_to) == 1:
            yield Pull(field, Cause.DEPENDS, f"points at {key} and at nothing else")


def may_go(ground: Ground, key: str) -> Iterator[Pull]:
    """Components that go as soon as all that they are about goes: whether it does, `goes` tells."""
    seen = set()
    for link in ground.mentions(key):
        reference = link.reference
        eligible = reference.component_kind in LOGIC or reference.component_kind in READERS
        strong = reference.access in STRONG and reference.certainty is Certainty.CERTAIN
        if eligible and strong and link.other not in seen and _defined(ground, link.other):
            seen.add(link.other)
            yield Pull(link.other, Cause.DEPENDS, f"{_about(ground, link.other)} {key}")


def _about(ground: Ground, component: str) -> str:
    kind = ground.component_kind(component)
    if kind == "validation_rule":
        return "tests or demands nothing that stays; names"
    if kind == "workflow_field_update":
        return "only writes"
    if kind in READERS:
        return "nobody uses it, and it is about nothing else than"
    return "has no effect on anything that is used; names"


def goes(ground: Ground, component: str, leaving: Collection[str]) -> bool:
    """Whether a component that may go does, when all of `leaving` goes."""
    kind = ground.component_kind(component)
    fields = _fields(ground, ground.targets(component, *STRONG))
    if ground.switched_off(component) or kind in READERS:
        # It may be a draft, or a report that is only forgotten: it goes where nothing of it would be left.
        return ground.standing(component) is Standing.DEAD and _all_of(fields, leaving, ground, component)
    if ground.standing(component) is Standing.DEAD and kind in LOGIC:
        return True
    if kind == "validation_rule":
        demanded = _fields(ground, ground.targets(component, Access.REQUIRES))
        tested = _fields(ground, ground.targets(component, Access.READS))
        return _within(demanded, leaving) or (
            ground.standing(component) is not Standing.ALIVE and _within(tested, leaving)
        )
    if kind == "workflow_field_update":
        return _within(_fields(ground, ground.targets(component, Access.WRITES)), leaving)
    return False


def _all_of(fields: Collection[str], leaving: Collection[str], ground: Ground, component: str) -> bool:
    objects = [each for each in ground.targets(component, *STRONG) if ground.kind(each) is NodeKind.OBJECT]
    if any(each in leaving for each in objects):
        return True
    return _within(fields, leaving)


def _within(keys: Collection[str], leaving: Collection[str]) -> bool:
    return bool(keys) and all(key in leaving for key in keys)


def _fields(ground: Ground, keys: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if ground.kind(key) is NodeKind.FIELD)


def _defined(ground: Ground, key: str) -> bool:
    known = ground.kind(key) is NodeKind.COMPONENT
    return known and ground.graph.component(key).known_by is KnownBy.CATALOGUE


_PARTS_OF_OBJECTS = frozenset({"tab"})
_SUMMING = frozenset({"filter", "rollup"})
