"""One catalogue out of many files: definitions of one thing are merged, and what was overruled is said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.model.catalogue import Field, Object, Skipped
from auditor.model.components import Component
from auditor.sources.salesforce.merging import (
    account,
    again,
    field_key,
    finished,
    homed,
    merged,
    record_type_owner,
    with_members,
    without_shadows,
)
from auditor.sources.salesforce.objects import bare_object
from auditor.sources.salesforce.parsed import Parsed
from auditor.sources.salesforce.tables import grouped

MERGED_KINDS = frozenset({"profile", "search_layout", "settings", "translation"})
"""Kinds of which each file holds a part and the platform merges all, so that nothing overrules anything."""
_TOLD_ONE_BY_ONE = 20
"""So many components of one kind that are defined twice get a line each; more get one line together."""


def join_objects(parts: Sequence[Parsed], namespaces: frozenset[str]) -> tuple[tuple[Object, ...], list[Skipped]]:
    """All objects with their fields, sorted by name. `parts` stand in the order in which later ones win.

    Those that repeat others under a token are not marked yet: see `mark_shadows`.
    """
    values = {name: items for part in parts for name, items in part.value_sets}
    skipped: list[Skipped] = []
    fields = grouped((field_key(field), field) for part in parts for field in map(homed, part.fields))
    objects = grouped((item.name.lower(), item) for part in parts for item in map(account, part.objects))
    whole = {key: merged(items, skipped, "object") for key, items in objects.items()}
    by_object: dict[str, list[Field]] = defaultdict(list)
    for items in fields.values():
        field = finished(merged(items, skipped, "field"), values, namespaces)
        by_object[field.object.lower()].append(field)
    types = record_types(parts)
    for key, members in by_object.items():
        whole.setdefault(key, bare_object(members[0].object, members[0].origin))
    found = [
        with_members(item, by_object[item.name.lower()], types.get(item.name.lower(), ()), namespaces)
        for item in whole.values()
    ]
    return tuple(sorted(found, key=lambda item: item.name)), skipped


def mark_shadows(objects: Sequence[Object]) -> tuple[Object, ...]:
    """The objects, those that repeat others under a token marked as such."""
    plain = {item.name.lower(): {field.name.lower() for field in item.fields} for item in objects}
    return tuple(without_shadows(item, plain) for item in objects)


def record_types(parts: Iterable[Parsed]) -> dict[str, tuple[str, ...]]:
    """Names of record types, sorted, by object in lower case."""
    named = ((record_type_owner(owner), name) for part in parts for owner, name in part.record_types)
    return {owner: tuple(sorted(set(names))) for owner, names in grouped(named).items()}


def join_components(parts: Iterable[Parsed]) -> tuple[tuple[Component, ...], list[Skipped]]:
    """All components, one for each kind and name; of several the last counts, and all mentions are kept."""
    found = grouped(((item.kind, item.name), item) for part in parts for item in part.components)
    components = sorted((items[-1] for items in found.values()), key=lambda item: (item.kind, item.name))
    paths = {key: [item.path for item in items] for key, items in found.items() if len(items) > 1}
    return tuple(components), [line for kind, told in repeated(paths).items() for line in summarised(kind, told)]


def repeated(paths: Mapping[tuple[str, str], Sequence[str]]) -> Mapping[str, list[Skipped]]:
    """What is to be said of components that are defined more than once, by kind."""
    told = ((kind, repeated_line(kind, name, defined)) for (kind, name), defined in paths.items())
    return grouped((kind, line) for kind, line in told if line is not None)


def repeated_line(kind: str, name: str, paths: Sequence[str]) -> Skipped | None:
    """What is to be said of one component that is defined in these files; None where nothing is."""
    return None if kind in MERGED_KINDS else again(kind, name, paths)


def summarised(kind: str, told: Sequence[Skipped]) -> Sequence[Skipped]:
    """A tree of several packages defines hundreds of layouts twice: that is said once."""
    if len(told) <= _TOLD_ONE_BY_ONE:
        return told
    first = min(told, key=lambda line: (line.path, line.reason))
    reason = f"{len(told):,} components of kind {kind} are defined more than once, this one among them; of each "
    return [Skipped(first.path, reason + "all references count, and otherwise the last file wins")]
