"""Which subjects a change renamed: git tells the files, the two catalogues what stood and stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from auditor.model.catalogue import Catalog, Field, Object
from auditor.model.components import Component
from auditor.model.names import component_key, field_key, object_key

_T = TypeVar("_T")


def moved_subjects(before: Catalog, after: Catalog, renamed: Mapping[str, str]) -> dict[str, str]:
    """Old names of subjects → new ones, by `renamed`: old paths of files → new ones, as the catalogues have them.

    A subject moved where its old name is gone, the new one was not there, and nothing else could be meant: it is
    the only one of its kind in both files, or has the same name within an object that moved. A field must also
    have kept its object and its type, or moved to another object with its name, type and label: small files are
    alike whatever they say. Where git sees no rename, as within one `.object` file, a custom field that goes and
    one of the same object that comes are taken for one if they alone have that type and nearly that label.
    """
    names = dict(_objects(before, after, renamed))
    told = {object_key(after.system, old): object_key(after.system, new) for old, new in names.items()}
    told.update(_fields(before, after, renamed, names))
    told.update(_components(before, after, renamed))
    met = set(told.values())
    told.update((old, new) for old, new in _suspected(before, after, names) if old not in told and new not in met)
    return told


def _objects(before: Catalog, after: Catalog, renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    then, now = {each.name for each in before.objects}, {each.name for each in after.objects}
    return (
        (old.name, new.name)
        for old, new in _pairs(before.objects, after.objects, _object_path, renamed)
        if old.name not in now and new.name not in then
    )


def _fields(
    before: Catalog, after: Catalog, renamed: Mapping[str, str], owners: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    old, new = list(_all_fields(before)), list(_all_fields(after))
    system = after.system
    then = {field_key(system, each.object, each.name): each for each in old}
    now = {field_key(system, each.object, each.name): each for each in new}
    for key, each in then.items():
        if each.object in owners:
            name = field_key(system, owners[each.object], each.name)
            if name in now:
                yield key, name
    for one, other in _pairs(old, new, _field_path, renamed):
        keys = (field_key(system, one.object, one.name), field_key(system, other.object, other.name))
        stayed = owners.get(one.object, one.object) == other.object or (
            one.name == other.name and _labels_agree(one, other)
        )
        if stayed and one.type == other.type and keys[0] not in now and keys[1] not in then:
            yield keys


def _suspected(before: Catalog, after: Catalog, owners: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Fields of one object that went and came, where one of each alone is like the other."""
    now = {each.name: each for each in after.objects}
    for then in before.objects:
        here = now.get(owners.get(then.name, then.name))
        if here is None:
            continue
        gone, come = _without(then, here), _without(here, then)
        for old in gone:
            likely = [new for new in come if _may_be_one(old, new)]
            if len(likely) == 1 and sum(_may_be_one(each, likely[0]) for each in gone) == 1:
                new = likely[0]
                yield field_key(after.system, old.object, old.name), field_key(after.system, new.object, new.name)


def _without(one: Object, other: Object) -> list[Field]:
    """The custom fields that one object has and the other has not."""
    names = {each.name for each in other.fields}
    return [each for each in one.fields if each.custom and each.name not in names]


def _may_be_one(old: Field, new: Field) -> bool:
    return (old.type, old.calculation) == (new.type, new.calculation) and _labels_agree(old, new)


def _labels_agree(old: Field, new: Field) -> bool:
    from auditor.policy.baselining import alike

    return bool(old.type and old.label and new.label) and alike(old.label or "", new.label or "")


def _components(before: Catalog, after: Catalog, renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    system = after.system
    then = {component_key(system, each.kind, each.name) for each in before.components}
    now = {component_key(system, each.kind, each.name) for each in after.components}
    for old, new in _pairs(before.components, after.components, _component_path, renamed):
        keys = (component_key(system, old.kind, old.name), component_key(system, new.kind, new.name))
        if old.kind == new.kind and keys[0] not in now and keys[1] not in then:
            yield keys


def _pairs(
    old: Iterable[_T], new: Iterable[_T], path_of: Callable[[_T], str], renamed: Mapping[str, str]
) -> Iterator[tuple[_T, _T]]:
    """What stands alone in a file before its rename, with what stands alone in it after."""
    then = _alone(old, path_of, frozenset(renamed))
    now = _alone(new, path_of, frozenset(renamed.values()))
    for path, target in sorted(renamed.items()):
        if path in then and target in now:
            yield then[path], now[target]


def _alone(members: Iterable[_T], path_of: Callable[[_T], str], paths: frozenset[str]) -> dict[str, _T]:
    found: dict[str, list[_T]] = {}
    for member in members:
        path = path_of(member)
        if path in paths:
            found.setdefault(path, []).append(member)
    return {path: members[0] for path, members in found.items() if len(members) == 1}


def _all_fields(catalog: Catalog) -> Iterator[Field]:
    return (field for each in catalog.objects for field in each.fields)


def _object_path(each: Object) -> str:
    return each.origin.path if each.origin else ""


def _field_path(each: Field) -> str:
    return each.origin.path if each.origin else ""


def _component_path(each: Component) -> str:
    return each.path
