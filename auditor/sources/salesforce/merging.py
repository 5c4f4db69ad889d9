"""One thing out of all its definitions: what is merged, finished and said, thing by thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from auditor.dataclasses import fields as dataclass_fields
from auditor.dataclasses import replace
from auditor.languages.fieldpaths import split_name, without_placeholders
from auditor.model.catalogue import Field, Governance, Object, PicklistValue, Skipped
from auditor.sources.salesforce.naming import PERSON_ACCOUNT
from auditor.sources.salesforce.objects import bare_object
from auditor.sources.salesforce.schema import ACTIVITY
from auditor.sources.salesforce.standard_values import STANDARD_VALUE_SETS
from auditor.sources.salesforce.tables import Table

ThingT = TypeVar("ThingT", Field, Object)
TOKEN = "%%%NAMESPACE%%%"  # noqa: S105 - a placeholder, not a password
"""The namespace of what only repeats a declaration of the tree under the token that packaging tools fill in."""
_ACTIVITIES = frozenset({"task", "event"})


def homed(field: Field) -> Field:
    """Custom fields of tasks and events are one thing: they belong to Activity."""
    return replace(field, object=ACTIVITY) if field.custom and field.object.lower() in _ACTIVITIES else field


def account(item: Object) -> Object:
    """Person accounts are accounts: their file adds record types and says nothing of the object."""
    return bare_object("Account", item.origin) if item.name.lower() == PERSON_ACCOUNT else item


def record_type_owner(owner: str) -> str:
    """The object that a record type belongs to, in lower case."""
    return "account" if owner.lower() == PERSON_ACCOUNT else owner.lower()


def field_key(field: Field) -> tuple[str, str]:
    """What makes two definitions one field."""
    return field.object.lower(), field.name.lower()


def merged(items: Sequence[ThingT], skipped: list[Skipped], kind: str) -> ThingT:
    """The last definition, with whatever it leaves open taken from the ones before."""
    last = items[-1]
    if len(items) == 1:
        return last
    for earlier in reversed(items[:-1]):
        gaps = [item.name for item in dataclass_fields(last) if _is_open(getattr(last, item.name))]
        known = {name: getattr(earlier, name) for name in gaps if not _is_open(getattr(earlier, name))}
        last = replace(last, **known) if known else last
    line = again(kind, _full_name(last), [item.origin.path for item in items if item.origin and _states(item)])
    skipped.extend([line] if line else [])
    return last


def again(kind: str, name: str, paths: Sequence[str]) -> Skipped | None:
    """The line that says in which files one thing is defined; None where it is in one."""
    distinct = list(dict.fromkeys(paths))
    if len(distinct) < 2:
        return None
    times = "twice" if len(distinct) == 2 else f"{len(distinct)} times"
    return Skipped(distinct[0], f"{kind} {name} is defined {times}; merged, the last one wins: {distinct[-1]}")


def value_set_of(field: Field) -> str:
    """The shared set whose values a field has, where it lists none itself; empty: none."""
    if field.picklist:
        return ""
    if not field.custom and field.value_set is None:
        return STANDARD_VALUE_SETS.get(field_key(field), "")
    return field.value_set or ""


def finished(field: Field, values: Table[str, tuple[PicklistValue, ...]], namespaces: frozenset[str]) -> Field:
    """The field with the values of the shared set that it points at, and without its own project's namespace."""
    own = None if (field.namespace or "").lower() in namespaces else field.namespace
    name = value_set_of(field)
    shared = values.get(name) if name else None
    if own == field.namespace and not shared:
        return field
    return replace(field, namespace=own, picklist=shared or field.picklist)


def with_members(
    item: Object, fields: Iterable[Field], record_types: tuple[str, ...], namespaces: frozenset[str]
) -> Object:
    """The object with its fields, sorted, and without its own project's namespace."""
    own = split_name(without_placeholders(item.name)).namespace or None
    return replace(
        item,
        fields=tuple(sorted((replace(field, object=item.name) for field in fields), key=lambda field: field.name)),
        record_types=record_types,
        namespace=None if own and own.lower() in namespaces else own,
    )


def without_shadows(item: Object, plain: Table[str, AbstractSet[str]]) -> Object:
    """What is declared with a packaging token beside the plain declaration belongs to the package of that token.

    Such files adjust what the package brings (`___NAMESPACE___Term__c` beside `Term__c`): nothing of its own that
    somebody could have to document. What they alone declare stays the tree's own. `plain` are the names of the
    fields of every object, all in lower case.
    """
    real = without_placeholders(item.name).lower()
    declared = plain.get(real) or frozenset()
    fields = tuple(
        replace(field, namespace=TOKEN)
        if (field.name != without_placeholders(field.name) or real != item.name.lower())
        and without_placeholders(field.name).lower() in declared
        else field
        for field in item.fields
    )
    shadow = real != item.name.lower() and plain.get(real) is not None
    return replace(item, fields=fields, namespace=TOKEN if shadow else item.namespace)


def _is_open(value: object) -> bool:
    return value is None or value == () or value == Governance()


def _full_name(item: Field | Object) -> str:
    return f"{item.object}.{item.name}" if isinstance(item, Field) else item.name


def _states(item: Field | Object) -> bool:
    """Whether a definition is more than a frame around fields, as in a partial `.object` file."""
    if isinstance(item, Field):
        return True
    return bool(item.label or item.attributes or item.description or item.name_field_type)
