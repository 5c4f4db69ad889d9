"""The checks of the bench of policies as one would write them by hand: plain Python over true and false.

It is an honest equal of the engine: it starts from the same graph and the same evidence, works out the same facts
(who refers to a field; by the finest cut of the newest source that was not cut off, how far it is filled; when it
was created; whose it is), and gives the subjects in the wrong by policy. It knows nothing of what is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import ObjectKind, Role
from auditor.model.observations import Evidence
from auditor.model.references import WEAK, Access
from bench.company import TODAY

Found = dict[str, list[str]]
"""Policy → subjects in the wrong."""

# One shape a line: a name, the kind of node, what is forbidden, and five values for it.
SHAPES: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    (
        "unhelped",
        "field",
        "all: [{required: true}, {help: {absent: true}}, {length: {ge: %d}}]",
        (0, 40, 80, 255, 256),
    ),
    ("tail", "field", "active_picklist_values: {gt: %d}", (10, 20, 30, 40, 50)),
    ("quiet", "field", "strong_reference_count: {lt: %d}", (1, 2, 3, 4, 5)),
    ("loud", "field", "reference_count: {ge: %d}", (5, 6, 7, 8, 9)),
    ("unread", "field", "all: [{lacks: {rel: read_by}}, {created: {older_than: %dd}}]", (90, 180, 395, 800, 1200)),
    ("demanded", "field", "all: [{has: {rel: required_by}}, {fill_rate: {lt: %d%%}}]", (1, 5, 20, 50, 90)),
    ("unwritten", "field", "all: [{lacks: {rel: written_by}}, {fill_rate: {lt: %d%%}}]", (1, 5, 20, 50, 90)),
    ("young", "field", "created: {newer_than: %dd}", (30, 60, 90, 180, 395)),
    ("never", "field", "all: [{never_filled: true}, {created: {older_than: %dd}}]", (30, 60, 90, 180, 395)),
    ("computed", "field", "all: [{calculated: true}, {reference_count: {le: %d}}]", (0, 1, 2, 3, 4)),
    ("lonely", "field", "has: {rel: object, where: {rows: {lt: %d}}}", (10, 20, 50, 100, 1000)),
    ("budget", "object", "count: {rel: fields, where: {required: true}, gt: %d}", (3, 5, 7, 9, 11)),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the evidence says, by subject, as the function by hand gathers it."""

    filled: dict[str, tuple[int, int]]
    """Rows and filled rows, by the finest cut of the newest source that was not cut off."""
    created: dict[str, date]
    managed: dict[str, bool]
    rows: dict[str, int]


def gather_by_hand(evidence: Evidence) -> Told:
    """Read the evidence once, from end to end."""
    days = {each.id: each.as_of or date.min for each in evidence.sources if not each.truncated}
    told = Told(filled_by_hand(evidence, days), {}, {}, {})
    for each in evidence.definitions:
        if each.created is not None:
            told.created[each.subject] = min(each.created, told.created.get(each.subject, each.created))
        if each.managed is not None:
            told.managed.setdefault(each.subject, each.managed)
    for count in evidence.row_counts:
        if count.source in days:
            told.rows[count.object] = told.rows.get(count.object, 0) + count.rows
    return told


def filled_by_hand(evidence: Evidence, days: dict[str, date]) -> dict[str, tuple[int, int]]:
    """Rows and filled rows of each field."""
    newest: dict[str, list[Any]] = {}
    for fill in evidence.fills:
        day, cohort = days.get(fill.source), fill.cohort
        if day is None:
            continue
        cut = cohort.quarter is not None, cohort.record_type is not None, cohort.creator is not None
        rank = (day, cut, fill.source)
        best = newest.get(fill.field)
        if best is None or rank > best[0]:
            newest[fill.field] = [rank, fill.rows, fill.filled]
        elif rank == best[0]:
            best[1] += fill.rows
            best[2] += fill.filled
    return {key: (rows, filled) for key, (_, rows, filled) in newest.items()}


def by_hand(graph: SchemaGraph, evidence: Evidence) -> Found:  # noqa: C901, PLR0912, PLR0915 - as one would write it
    """The same checks in plain Python over true and false, from the same graph and the same evidence."""
    told = gather_by_hand(evidence)
    found: Found = {f"bench/{name}-{value}": [] for name, _, _, values in SHAPES for value in values}
    numbers = {name: [(n, found[f"bench/{name}-{n}"].append) for n in values] for name, _, _, values in SHAPES}
    crm = {each.system for each in graph.systems() if each.role is Role.CRM}
    demanding = {
        each.key: 0
        for each in graph.objects()
        if each.system in crm
        and each.value.custom
        and not told.managed.get(each.key, each.value.namespace is not None)
        and each.value.kind is ObjectKind.OBJECT
    }
    for key in graph.keys(NodeKind.FIELD):
        node = graph.field(key)
        field, owner = node.value, graph.object(node.object_key)
        if owner.key in demanding:
            demanding[owner.key] += field.required
        if node.system not in crm or not field.custom or owner.value.kind is not ObjectKind.OBJECT:
            continue
        if told.managed.get(key, field.namespace is not None):
            continue
        referrers, strongly, accesses = set(), set(), set()
        for other, reference in graph.references_to(key):
            referrers.add(other)
            accesses.add(reference.access)
            if reference.access not in WEAK:
                strongly.add(other)
        mentions, strong = len(referrers), len(strongly)
        read, written = Access.READS in accesses, Access.WRITES in accesses
        demanded = Access.REQUIRES in accesses
        rows, filled = told.filled[key]
        share = filled / rows * 100 if rows and field.type != "Checkbox" else 101
        choices = sum([value.active for value in field.picklist]) if field.type == "Picklist" else 0
        age, size = (TODAY - told.created[key]).days, told.rows[owner.key]
        for n, add in numbers["unhelped"]:
            if field.required and field.help is None and field.length is not None and field.length >= n:
                add(key)
        for n, add in numbers["tail"]:
            if choices > n:
                add(key)
        for n, add in numbers["quiet"]:
            if strong < n:
                add(key)
        for n, add in numbers["loud"]:
            if mentions >= n:
                add(key)
        for n, add in numbers["unread"]:
            if not read and age > n:
                add(key)
        for n, add in numbers["demanded"]:
            if demanded and share < n:
                add(key)
        for n, add in numbers["unwritten"]:
            if not written and share < n:
                add(key)
        for n, add in numbers["young"]:
            if age < n:
                add(key)
        for n, add in numbers["never"]:
            if rows and not filled and age > n:
                add(key)
        for n, add in numbers["computed"]:
            if field.calculation is not None and mentions <= n:
                add(key)
        for n, add in numbers["lonely"]:
            if size < n:
                add(key)
    for owner_key, count in demanding.items():
        for n, add in numbers["budget"]:
            if count > n:
                add(owner_key)
    return found
