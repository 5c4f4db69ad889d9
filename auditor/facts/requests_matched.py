"""The duplicates of what is proposed: the nearest fields of every ERP, and nothing else is matched again.

A field that is not built has no place on its object that would say anything, and the object's other fields are
what they were: so a new field is put before the whole ERP by itself (`auditor.matching.nearest`). A new object is
matched as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.compared import compared
from auditor.facts.found_matches import POSSIBLE, Finder, erp_key, find_with, finder
from auditor.facts.matched import after_change, on_record
from auditor.graph.nodes import NodeKind
from auditor.matching.nearest import Wanted, nearest
from auditor.matching.systems import best_first
from auditor.model.matches import Match, MatchKind

_COUNT = 5


def after_proposals(before: Facts, after: Facts, proposed: Collection[str]) -> None:
    """Have the facts after tell duplicates of what is proposed; nothing is matched until somebody asks.

    `proposed` are printed names of fields and objects, which the graph after has and the one before has not.
    """
    fresh = frozenset(key for key in proposed if after.graph.kind_of(key) is NodeKind.OBJECT)
    before_it: Callable[[], Finder] = lambda: finder(before)  # noqa: E731 - which of both is told at once
    if fresh:
        whole = before.over(after.graph)
        after_change(before, whole, fresh)
        before_it = lambda: finder(whole)  # noqa: E731
    fields = frozenset(
        key
        for key in proposed
        if after.graph.kind_of(key) is NodeKind.FIELD and after.graph.object_of(key) not in fresh
    )
    find_with(after, _Proposed(before, after, fields, before_it))


class _Proposed:
    """Duplicates as they were, with those of new fields beside them."""

    def __init__(
        self, before: Facts, after: Facts, fields: frozenset[str], otherwise: Callable[[], Finder]
    ) -> None:
        self._before, self._after, self._fields = before, after, fields
        self._make = otherwise

    @cached_property
    def _others(self) -> Finder:
        return self._make()

    @cached_property
    def _found(self) -> Mapping[str, Sequence[Match]]:
        return {key: _nearest(self._before, self._after, key) for key in sorted(self._fields)}

    @property
    def strangers(self) -> bool:
        """See `auditor.facts.found_matches.Finder`."""
        return self._others.strangers

    def of_crm(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        return self._found[key] if key in self._fields else self._others.of_crm(key)

    def of_erp(self, key: str) -> Sequence[Match]:
        """See `auditor.facts.found_matches.Finder`."""
        new = [match for found in self._found.values() for match in found if erp_key(match) == key]
        known = self._others.of_erp(key)
        return sorted([*known, *new], key=best_first) if new else known


def _nearest(before: Facts, after: Facts, key: str) -> Sequence[Match]:
    known = on_record(before)
    owner = after.graph.object_of(key)
    holder = compared(after, owner) if owner is not None else None
    if known is None or holder is None:
        return ()
    name = after.graph.field(key).value.name
    field = next((each for each in holder.fields if each.name == name), None)
    if field is None:
        return ()
    kind = MatchKind.LINK if field.targets else MatchKind.SHADOW
    wanted = Wanted(key.partition(":")[0], holder, field)
    found = [each for each in nearest(known, wanted, _COUNT) if each.score >= POSSIBLE]
    return [replace(each, kind=kind) for each in found]
