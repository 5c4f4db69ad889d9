"""What a plan frees. Rows are counted for whole objects only: no platform bills a field by what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from auditor.graph.nodes import NodeKind
from auditor.model.references import Access
from auditor.model.rollback import Freed, Headroom, Removed
from auditor.planning.ground import Ground

_PAGES = frozenset({"flexipage", "layout", "quick_action"})


def freed_by(ground: Ground, items: Sequence[Removed]) -> Freed:
    """Everything that these removals free, added up."""
    leaving = {item.subject for item in items}
    kinds = [item.kind for item in items]
    return Freed(
        objects=kinds.count("object"),
        fields=kinds.count("field"),
        components=sum(1 for kind in kinds if kind not in ("object", "field")),
        layouts=len(_pages(ground, leaving)),
        required_inputs=sum(1 for item in items if item.kind == "field" and _demanded(ground, item.subject)),
        rows=_rows(ground, [item.subject for item in items if item.kind == "object"]),
        headroom=_headroom(ground, items, leaving),
    )


def _pages(ground: Ground, leaving: Iterable[str]) -> set[str]:
    """Layouts that get shorter or go."""
    shown = {
        link.other
        for key in leaving
        for link in ground.mentions(key)
        if link.reference.access is Access.SHOWS and link.reference.component_kind == "layout"
    }
    return shown | {key for key in leaving if ground.component_kind(key) == "layout"}


def _demanded(ground: Ground, key: str) -> bool:
    """Whether people have to fill it, by its definition or on a page; what is computed nobody fills."""
    value = ground.graph.field(key).value
    if value.calculation is not None:
        return False
    pages = (
        link.reference.access is Access.REQUIRES and link.reference.component_kind in _PAGES
        for link in ground.mentions(key)
    )
    return value.required or any(pages)


def _rows(ground: Ground, objects: Iterable[str]) -> int | None:
    counted = [ground.facts.fact(key, "rows") for key in objects]
    whole = [rows for rows in counted if isinstance(rows, int) and not isinstance(rows, bool)]
    return sum(whole) if len(whole) == len(counted) else None


def _headroom(ground: Ground, items: Iterable[Removed], leaving: Collection[str]) -> tuple[Headroom, ...]:
    """By object that stays, where its platform limits the fields of one; in places as the platform counts them."""
    by_object: dict[str, set[str]] = {}
    for item in items:
        key = ground.graph.object_of(item.subject) if item.kind == "field" else None
        if key is not None and key not in leaving and ground.kind(key) is NodeKind.OBJECT:
            by_object.setdefault(key, set()).add(item.subject)
    rooms = (_room(ground, key, by_object[key]) for key in sorted(by_object))
    return tuple(room for room in rooms if room is not None)


def _room(ground: Ground, key: str, fields: Collection[str]) -> Headroom | None:
    before = ground.facts.fact(key, "field_slots")
    limit = ground.facts.fact(key, "limit")
    if not isinstance(before, int):
        return None  # no limits of its platform are on record
    sizes = ground.facts.limits.get("salesforce", "field_slots")
    table = sizes.by_type if sizes is not None else {}
    freed = sum(table.get(ground.graph.field(each).value.type or "", 1) for each in fields)
    return Headroom(key, freed, before, limit if isinstance(limit, int) else None)
