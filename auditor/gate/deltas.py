"""In what one catalogue differs from another: the slow way, and what every faster one is held against."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from auditor.model.catalogue import Catalog
from auditor.model.changes import CatalogDelta

_T = TypeVar("_T", bound=Hashable)


def delta_of(before: Catalog, after: Catalog) -> CatalogDelta:
    """Everything in which `after` differs from `before`, in the order in which catalogues hold it.

    Raises:
        ValueError: the two are of different systems.
    """
    if before.system != after.system:
        raise ValueError(f"{before.system} and {after.system} are two systems")
    objects_gone, objects_made = _differing(before.objects, after.objects)
    components_gone, components_made = _differing(before.components, after.components)
    references_gone, references_made = _differing(before.references, after.references)
    calls_gone, calls_made = _differing(before.calls, after.calls)
    points_gone, points_made = _differing(before.integration_points, after.integration_points)
    skipped_gone, skipped_made = _differing(before.skipped, after.skipped)
    return CatalogDelta(
        after.system,
        objects_gone,
        objects_made,
        components_gone,
        components_made,
        references_gone,
        references_made,
        calls_gone,
        calls_made,
        points_gone,
        points_made,
        _channels(before.channels, after.channels),
        after.unresolved - before.unresolved,
        skipped_gone,
        skipped_made,
    )


def _differing(before: tuple[_T, ...], after: tuple[_T, ...]) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    """Members of the one that the other lacks, each way."""
    if before == after:
        return (), ()
    then, now = frozenset(before), frozenset(after)
    return _without(before, now.__contains__), _without(after, then.__contains__)


def _without(members: Iterable[_T], known: Callable[[_T], bool]) -> tuple[_T, ...]:
    return tuple(member for member in members if not known(member))


def _channels(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int | None]:
    kinds = sorted(before.keys() | after.keys())
    return {kind: after.get(kind) for kind in kinds if before.get(kind) != after.get(kind)}
