"""In how many deployments things can be deleted, and what goes in each: nothing before all that reads it is gone.

The order of deletions within one deployment is the platform's own affair (CumulusCI#142); what must come first
therefore goes in a deployment before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Catalog
from auditor.model.references import Certainty
from auditor.model.rollback import Removed
from auditor.planning.salesforce.metadata_types import PARTS, THROUGH_OWN_STEPS, WITH_OBJECT

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deletion: what goes in it, sorted, and the flows whose versions have to be deleted before it."""

    number: int
    items: tuple[Removed, ...]
    flows: tuple[Removed, ...] = ()


def deployments(items: Iterable[Removed], catalog: Catalog) -> tuple[Deployment, ...]:
    """The fewest deployments in which nothing is deleted before what mentions it.

    What belongs to an object that goes, goes with it and is not listed: the platform refuses to delete the last
    layout of an object that is still there. Things that mention each other in a circle go together: the
    platform refuses that if it minds, and the validation says so.
    """
    wanted = {(item.kind, item.name): item for item in items if item.kind not in PARTS}
    objects = {name for kind, name in wanted if kind == "object"}
    owners = {(item.kind, item.name): item.object for item in catalog.components if item.kind in WITH_OBJECT}
    owners.update({key: key[1].partition(".")[0] for key in wanted if key[0] == "field"})
    kept = {key: item for key, item in wanted.items() if owners.get(key) not in objects}
    levels = _levels(kept, _readers(kept, catalog))
    numbers = sorted(set(levels.values()))
    return tuple(
        Deployment(
            place,
            tuple(sorted((kept[key] for key in kept if levels[key] == number and _listed(key)), key=_order)),
            tuple(sorted((kept[key] for key in kept if levels[key] == number and not _listed(key)), key=_order)),
        )
        for place, number in enumerate(numbers, start=1)
    )


def _listed(key: _Key) -> bool:
    return key[0] not in THROUGH_OWN_STEPS


def _order(item: Removed) -> tuple[str, str]:
    return item.kind, item.name


def _readers(items: Mapping[_Key, Removed], catalog: Catalog) -> dict[_Key, set[_Key]]:
    """What of the items mentions each of them, for certain: it has to be gone before."""
    fields = {name: (kind, name) for kind, name in items if kind in ("field", "object")}
    readers: dict[_Key, set[_Key]] = {key: set() for key in items}
    for reference in catalog.references:
        target = fields.get(reference.target)
        author = (reference.component_kind, reference.component)
        sure = reference.certainty is Certainty.CERTAIN and not reference.access.weak
        if target is not None and author in items and author != target and sure:
            readers[target].add(author)
    for call in catalog.calls:
        caller, callee = (call.caller_kind, call.caller), (call.callee_kind, call.callee)
        if caller in items and callee in items and caller != callee:
            readers[callee].add(caller)
    return readers


def _levels(items: Mapping[_Key, Removed], readers: Mapping[_Key, set[_Key]]) -> dict[_Key, int]:
    """The level of each item: one above the highest of what reads it. A circle goes together, at last."""
    levels: dict[_Key, int] = {}
    pending = set(items)
    level = 0
    while pending:
        ready = {key for key in pending if not readers[key] & pending} or set(pending)
        levels.update(dict.fromkeys(ready, level))
        pending -= ready
        level += 1
    return levels
