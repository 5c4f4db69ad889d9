"""From the column names of reports, list views, related lists and search layouts to objects and fields.

Salesforce writes standard fields there under names of their own (`CUST_NAME`, `ACCOUNT.PHONE1`), and each of the
three report grammars differs. Whatever cannot be decided with certainty is `None`, which the caller reports as
unresolved; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.languages import data_aliases as data
from auditor.languages import data_report_types as types
from auditor.languages.alias_tables import foreign_path, hop_between, lacks, own_aliases, read_aliases
from auditor.languages.fieldpaths import is_custom, relationship_of_field, split_path
from auditor.languages.standard import standard_field, standard_lookup, standard_object


@dataclass(frozen=True, slots=True)
class AliasTarget:
    """What a column shows: `path` as in SOQL, from `object`.

    `table` is set by custom report types only: the base object and the child relationships down to the table
    (`Job__c.Hours__r`, or `Job__c` alone); `object` is then the base object, and the path starts at the end of
    `table`.
    `computed` marks a column that shows no field: a row count, a bucket, a formula of the report itself.
    """

    object: str
    path: str
    table: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class ReportType:
    """What the name of a report type says.

    `objects` are those it spans, the one that bare names mean first. `lookup` is the field that it joins by
    (`Allocation__c.Opportunity__c`): running such a report reads it. `custom` marks a custom report type,
    whose objects stand in a file of its own.
    """

    name: str
    objects: tuple[str, ...]
    lookup: str = ""
    custom: bool = False


COMPUTED = AliasTarget("", "", computed=True)


def list_column(object_name: str, column: str) -> AliasTarget | None:
    """A column or filter of a list view or search layout of `object_name`."""
    own = own_aliases(object_name)
    for names in (read_aliases(data.BARE_IN_LISTS.get(object_name, "")), own):
        if column in names:
            return _target(object_name, names[column])
    return _by_api_name(object_name, column) or _prefixed(object_name, column) or _common(object_name, column)


def related_list_object(parent: str, related_list: str) -> str | None:
    """The object whose records a related list shows: `Child__c.Lookup__c` or a name such as RelatedCaseList."""
    child, dot, _ = related_list.partition(".")
    if dot:
        return child
    by_parent = data.RELATED_LISTS_BY_PARENT.get((parent, related_list))
    return by_parent or data.RELATED_LISTS.get(related_list)


def related_column(parent: str, related_list: str, column: str) -> AliasTarget | None:
    """A column or sort field of a related list on a layout of `parent`."""
    child = related_list_object(parent, related_list)
    if child is None:
        return None
    return list_column(child, column) or _beside(child, column)


def report_type(name: str) -> ReportType | None:
    """Read the name of a report type; `None` for a standard one that is not known here."""
    spanned = types.REPORT_TYPES.get(name) or types.MIXED_REPORT_TYPES.get(name)
    if spanned is not None:
        return ReportType(name, spanned)
    entity = _ENTITY.fullmatch(name)
    if entity is not None:
        named = (entity["first"], entity["second"], entity["standard"])
        return ReportType(name, tuple(filter(None, named)), entity["lookup"] or "")
    joined = _JOINED.fullmatch(name)
    if joined is not None:
        objects = types.REPORT_TYPES.get(joined["base"], (joined["base"],))
        return ReportType(name, objects, joined["lookup"])
    return ReportType(name, (), custom=True) if name.endswith("__c") else None


def report_column(type_name: str, column: str) -> AliasTarget | None:
    """A column, grouping, filter or date of a report of that type, in any of the three grammars."""
    if _COMPUTED.fullmatch(column):
        return COMPUTED
    if "$" in column:
        return _of_custom_type(column)
    kind = report_type(type_name)
    if kind is not None:
        for target in _candidates(kind, column):
            if target is not None:
                return target
    parts = split_path(column)
    if len(parts) > 1 and is_custom(parts[-1]):
        return _target(parts[0], _as_path(parts[1:]))
    return None


# Objects may carry namespaces and the placeholders of packaging tools.
_NAME = r"[\w%]+"
_ENTITY = re.compile(
    rf"(?P<standard>[A-Z][A-Za-z0-9]*?)??(?:CustomEntity)+\$(?P<first>{_NAME})(?:\$(?P<second>{_NAME}))?"
    rf"(?:@(?P<lookup>{_NAME}\.{_NAME}))?"
)
_JOINED = re.compile(rf"(?P<base>{_NAME})@(?P<lookup>{_NAME}\.{_NAME})")
_COMPUTED = re.compile(
    r"RowCount|(?:BucketField_|FORMULA|CDF|PC|BB_FORMULA)\d+|(?:ROW_|COLUMN_)?GRAND_SUMMARY", re.IGNORECASE
)


def _candidates(kind: ReportType, column: str) -> Iterator[AliasTarget | None]:
    """What a column may be, best first."""
    yield _entity_column(kind, column)
    if kind.name in types.MIXED_REPORT_TYPES:
        yield _unique(kind, column)
        yield from (_prefixed(item, column) for item in kind.objects)
        return
    standard = tuple(item for item in kind.objects if not is_custom(item))
    for position, item in enumerate(standard):
        if position == 0:
            bare = read_aliases(types.BARE_IN_REPORTS.get(item, ""))
            yield _target(item, bare[column]) if column in bare else None
        own = own_aliases(item)
        yield _target(item, own[column]) if column in own else None
    for item in standard:
        yield _prefixed(item, column)
    if standard:
        yield _common(standard[0], column)


def _unique(kind: ReportType, column: str) -> AliasTarget | None:
    """A bare name that means something on one object of the type only."""
    found = {_target(item, own_aliases(item)[column]) for item in kind.objects if column in own_aliases(item)}
    shared = column in read_aliases(data.COMMON)
    return found.pop() if len(found) == 1 and not shared else None


def _entity_column(kind: ReportType, column: str) -> AliasTarget | None:
    """`CUST_NAME`, `CHILD_NAME` and `FK_NAME` of reports on custom objects and over lookups."""
    prefix, _, rest = column.partition("_")
    custom = [item for item in kind.objects if is_custom(item)]
    names = read_aliases(types.CUSTOM_ENTITY)
    if prefix == "CUST" and custom and rest in names:
        return _target(custom[0], names[rest])
    if prefix == "CHILD" and len(custom) > 1 and rest in names:
        return _target(custom[1], names[rest])
    if prefix == "FK" and kind.lookup:
        return _foreign_column(kind.lookup, rest)
    return None


def _foreign_column(lookup: str, alias: str) -> AliasTarget | None:
    """Fields behind the lookup of a report type, as paths from the object that has the lookup."""
    owner, _, field = lookup.partition(".")
    names = read_aliases(types.CUSTOM_ENTITY)
    hop = relationship_of_field(field)
    if alias in names:
        return _target(owner, f"{hop}.{names[alias]}")
    for prefix, target in types.FOREIGN_PREFIXES.items():
        path = foreign_path(target, prefix, alias)
        if path:
            # An account may stand behind the lookup or one hop further, so its object is all that is sure.
            return _target(target, path) if prefix == "ACC_" else _target(owner, f"{hop}.{path}")
    return None


def _of_custom_type(column: str) -> AliasTarget:
    """`Job__c.Hours__r$Contact__c.Email`: a table, then a path whose hops are written as fields."""
    table, _, path = column.partition("$")
    return AliasTarget(split_path(table)[0] if table else "", _as_path(split_path(path)), table)


def _as_path(parts: tuple[str, ...]) -> str:
    return ".".join([*map(relationship_of_field, parts[:-1]), *parts[-1:]])


def _prefixed(row: str, column: str) -> AliasTarget | None:
    """`ACCOUNT.PHONE1` in a list of contacts is `Account.Phone`; in a list of accounts `Phone`."""
    prefix, dot, alias = column.rpartition(".")
    while dot and prefix not in data.PREFIXES:
        prefix, dot, ahead = prefix.rpartition(".")
        alias = f"{ahead}.{alias}"
    owner = data.PREFIXES.get(prefix, "")
    path = _path_of(owner, alias) if owner else None
    if path is None:
        return None
    if not path:
        return COMPUTED
    hop = hop_between(row, owner)
    return None if hop is None else _target(row, f"{hop}.{path}" if hop else path)


def _path_of(owner: str, alias: str) -> str | None:
    """What an alias behind a prefix means; `CONTACT.CORE.USERS.ALIAS` is the contact's owner's."""
    if alias.startswith("CORE.USERS."):
        behind = own_aliases("User").get(alias.removeprefix("CORE.USERS."))
        return f"Owner.{behind}" if behind else None
    own = own_aliases(owner)
    if alias in own:
        return own[alias]
    common = _common(owner, alias)
    return common.path if common else None


def _common(row: str, column: str) -> AliasTarget | None:
    """Names that every object shares, as far as the object has the field."""
    path = read_aliases(data.COMMON).get(column)
    if path is None and column == "NAME" and is_custom(row):
        path = "Name"
    if path is None or lacks(row, path):
        return None
    return _target(row, path)


def _by_api_name(row: str, column: str) -> AliasTarget | None:
    """A field under its own name, or a lookup under its relationship's (`Product2`, `LastModifiedBy`)."""
    parts = split_path(column)
    if len(parts) == 1 and is_custom(column):
        return _target(row, column)
    if len(parts) > 1 and is_custom(parts[-1]):
        return _target(row, _as_path(parts[1:] if parts[0] == row else parts))
    known = standard_field(row, column)
    if known is not None:
        return _target(row, known.name)
    lookup = standard_lookup(row, column) if len(parts) == 1 else None
    if lookup is not None:
        return _target(row, lookup.name)
    # Objects that came with Lightning have no aliases: their lists name fields, and we do not know them all.
    unknown = not is_custom(row) and standard_object(row) is None
    return _target(row, column) if unknown and _API_NAME.fullmatch(column) else None


_API_NAME = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


def _beside(row: str, column: str) -> AliasTarget | None:
    """`Contact.CNTC_FIRST_NAME` in a list of a custom object: a field of an object that the rows look up to.

    Which lookup leads there is not said, so the target is given from the object itself.
    """
    owner, dot, alias = column.partition(".")
    if owner in ("Owner", "User") and alias in _PEOPLE:
        return _target(row, _PEOPLE[alias])
    path = own_aliases(owner).get(alias) if dot else None
    if path is None and is_custom(owner):
        return _common(owner, alias)
    return _target(owner, path) if path else None


_PEOPLE = {
    "CUSTENT_OWNER_NAME": "Owner.Name",
    "CREATED": "CreatedBy.Name",
    "LAST_UPDATE_BY": "LastModifiedBy.Name",
}


def _target(object_name: str, path: str) -> AliasTarget:
    return AliasTarget(object_name, path) if path else COMPUTED
