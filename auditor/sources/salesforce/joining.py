"""One catalogue out of many files: definitions of one thing are merged, and what was overruled is said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from auditor.dataclasses import fields as dataclass_fields
from auditor.dataclasses import replace
from auditor.languages.fieldpaths import split_name, without_placeholders
from auditor.model.catalogue import Field, Governance, Object, PicklistValue, Skipped
from auditor.model.components import Component
from auditor.sources.salesforce.naming import PERSON_ACCOUNT
from auditor.sources.salesforce.objects import bare_object
from auditor.sources.salesforce.parsed import Parsed
from auditor.sources.salesforce.schema import ACTIVITY
from auditor.sources.salesforce.standard_values import STANDARD_VALUE_SETS

ThingT = TypeVar("ThingT", Field, Object)
TOKEN = "%%%NAMESPACE%%%"  # noqa: S105 - a placeholder, not a password
"""The namespace of what only repeats a declaration of the tree under the token that packaging tools fill in."""
_MERGED_KINDS = frozenset({"profile", "search_layout", "settings", "translation"})
"""Kinds of which each file holds a part and the platform merges all, so that nothing overrules anything."""
_ACTIVITIES = frozenset({"task", "event"})
_TOLD_ONE_BY_ONE = 20
"""So many components of one kind that are defined twice get a line each; more get one line together."""


def join_objects(parts: Sequence[Parsed], namespaces: frozenset[str]) -> tuple[tuple[Object, ...], list[Skipped]]:
    """All objects with their fields, sorted by name. `parts` stand in the order in which later ones win."""
    values = {name: items for part in parts for name, items in part.value_sets}
    skipped: list[Skipped] = []
    declared = (_homed(field) for part in parts for field in part.fields)
    fields = _grouped(declared, lambda field: (field.object, field.name))
    objects = _grouped((_account(item) for part in parts for item in part.objects), lambda item: (item.name,))
    whole = {key: _merged(items, skipped, "object") for key, items in objects.items()}
    by_object: dict[str, list[Field]] = defaultdict(list)
    for items in fields.values():
        field = _finished(_merged(items, skipped, "field"), values, namespaces)
        by_object[field.object.lower()].append(field)
    record_types = _record_types(parts)
    for key, members in by_object.items():
        whole.setdefault((key,), bare_object(members[0].object, members[0].origin))
    found = [
        _with_members(item, by_object[item.name.lower()], record_types.get(item.name.lower(), ()), namespaces)
        for item in whole.values()
    ]
    return _shadowed(sorted(found, key=lambda item: item.name)), skipped


def _shadowed(objects: Sequence[Object]) -> tuple[Object, ...]:
    """What is declared with a packaging token beside the plain declaration belongs to the package of that token.

    Such files adjust what the package brings (`___NAMESPACE___Term__c` beside `Term__c`): nothing of its own that
    somebody could have to document. What they alone declare stays the tree's own.
    """
    plain = {item.name.lower(): {field.name.lower() for field in item.fields} for item in objects}
    return tuple(_without_shadows(item, plain) for item in objects)


def _without_shadows(item: Object, plain: Mapping[str, set[str]]) -> Object:
    real = without_placeholders(item.name).lower()
    declared = plain.get(real, set())
    fields = tuple(
        replace(field, namespace=TOKEN)
        if (field.name != without_placeholders(field.name) or real != item.name.lower())
        and without_placeholders(field.name).lower() in declared
        else field
        for field in item.fields
    )
    shadow = real != item.name.lower() and real in plain
    return replace(item, fields=fields, namespace=TOKEN if shadow else item.namespace)


def join_components(parts: Iterable[Parsed]) -> tuple[tuple[Component, ...], list[Skipped]]:
    """All components, one for each kind and name; of several the last counts, and all mentions are kept."""
    found: dict[tuple[str, str], list[Component]] = defaultdict(list)
    for part in parts:
        for component in part.components:
            found[component.kind, component.name].append(component)
    components = sorted((items[-1] for items in found.values()), key=lambda item: (item.kind, item.name))
    return tuple(components), _repeated(found)


def _repeated(found: Mapping[tuple[str, str], Sequence[Component]]) -> list[Skipped]:
    lines: dict[str, list[Skipped]] = defaultdict(list)
    for (kind, name), items in found.items():
        line = None if kind in _MERGED_KINDS else _again(kind, name, [item.path for item in items])
        if line is not None:
            lines[kind].append(line)
    return [line for kind, told in lines.items() for line in _summarised(kind, told)]


def _summarised(kind: str, told: list[Skipped]) -> list[Skipped]:
    """A tree of several packages defines hundreds of layouts twice: that is said once."""
    if len(told) <= _TOLD_ONE_BY_ONE:
        return told
    first = min(told, key=lambda line: (line.path, line.reason))
    reason = f"{len(told):,} components of kind {kind} are defined more than once, this one among them; of each "
    return [Skipped(first.path, reason + "all references count, and otherwise the last file wins")]


def _homed(field: Field) -> Field:
    """Custom fields of tasks and events are one thing: they belong to Activity."""
    return replace(field, object=ACTIVITY) if field.custom and field.object.lower() in _ACTIVITIES else field


def _account(item: Object) -> Object:
    """Person accounts are accounts: their file adds record types and says nothing of the object."""
    return bare_object("Account", item.origin) if item.name.lower() == PERSON_ACCOUNT else item


def _grouped(
    items: Iterable[ThingT], key: Callable[[ThingT], tuple[str, ...]]
) -> dict[tuple[str, ...], list[ThingT]]:
    found: dict[tuple[str, ...], list[ThingT]] = defaultdict(list)
    for item in items:
        found[tuple(part.lower() for part in key(item))].append(item)
    return found


def _is_open(value: object) -> bool:
    return value is None or value == () or value == Governance()


def _merged(items: Sequence[ThingT], skipped: list[Skipped], kind: str) -> ThingT:
    """The last definition, with whatever it leaves open taken from the ones before."""
    last = items[-1]
    if len(items) == 1:
        return last
    for earlier in reversed(items[:-1]):
        gaps = [item.name for item in dataclass_fields(last) if _is_open(getattr(last, item.name))]
        known = {name: getattr(earlier, name) for name in gaps if not _is_open(getattr(earlier, name))}
        last = replace(last, **known) if known else last
    line = _again(kind, _full_name(last), [item.origin.path for item in items if item.origin and _states(item)])
    skipped.extend([line] if line else [])
    return last


def _full_name(item: Field | Object) -> str:
    return f"{item.object}.{item.name}" if isinstance(item, Field) else item.name


def _states(item: Field | Object) -> bool:
    """Whether a definition is more than a frame around fields, as in a partial `.object` file."""
    if isinstance(item, Field):
        return True
    return bool(item.label or item.attributes or item.description or item.name_field_type)


def _again(kind: str, name: str, paths: Sequence[str]) -> Skipped | None:
    distinct = list(dict.fromkeys(paths))
    if len(distinct) < 2:
        return None
    times = "twice" if len(distinct) == 2 else f"{len(distinct)} times"
    return Skipped(distinct[0], f"{kind} {name} is defined {times}; merged, the last one wins: {distinct[-1]}")


def _finished(field: Field, values: Mapping[str, tuple[PicklistValue, ...]], namespaces: frozenset[str]) -> Field:
    """The field with the values of the shared set that it points at, and without its own project's namespace."""
    own = None if (field.namespace or "").lower() in namespaces else field.namespace
    shared = values.get(field.value_set or "", ()) if not field.picklist else ()
    if not field.custom and not field.picklist and field.value_set is None:
        shared = values.get(STANDARD_VALUE_SETS.get((field.object.lower(), field.name.lower()), ""), ())
    if own == field.namespace and not shared:
        return field
    return replace(field, namespace=own, picklist=shared or field.picklist)


def _record_types(parts: Iterable[Parsed]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for owner, name in part.record_types:
            found["account" if owner.lower() == PERSON_ACCOUNT else owner.lower()].add(name)
    return {owner: tuple(sorted(names)) for owner, names in found.items()}


def _with_members(
    item: Object, fields: Iterable[Field], record_types: tuple[str, ...], namespaces: frozenset[str]
) -> Object:
    own = split_name(without_placeholders(item.name)).namespace or None
    return replace(
        item,
        fields=tuple(sorted((replace(field, object=item.name) for field in fields), key=lambda field: field.name)),
        record_types=record_types,
        namespace=None if own and own.lower() in namespaces else own,
    )
