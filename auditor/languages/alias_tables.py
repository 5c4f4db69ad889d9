"""Questions to the tables of aliases that need no target: what an alias means, and how one object is reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from auditor.languages import data_aliases as data
from auditor.languages.standard import standard_field, standard_lookup

_ACTIVITIES = frozenset({"Activity", "Task", "Event"})


def own_aliases(object_name: str) -> Mapping[str, str]:
    """The aliases of one object, and what each means from there; empty for an object without."""
    known = "KnowledgeArticleVersion" if object_name.lower().endswith("__kav") else object_name
    return read_aliases(data.OBJECTS.get(known, ""))


@cache
def read_aliases(text: str) -> Mapping[str, str]:
    """Read a table of the data modules."""
    pairs = (entry.partition("=") for entry in text.split())
    return MappingProxyType({alias: path for alias, _, path in pairs})


def hop_between(row: str, owner: str) -> str | None:
    """The relationship from the object of the rows to another, where there is exactly one that can be meant."""
    if row == owner or (row in _ACTIVITIES and owner in _ACTIVITIES):
        return ""
    if owner == "User":
        return "Owner" if standard_lookup(row, "Owner") else None
    return owner if standard_lookup(row, owner) else None


def lacks(row: str, path: str) -> bool:
    """Whether the object of the rows is known not to have the first field of a path."""
    first, dot, _ = path.partition(".")
    return (standard_lookup(row, first) if dot else standard_field(row, first)) is None


def foreign_path(target: str, prefix: str, alias: str) -> str:
    """The field that `OPP_AMOUNT` means: listed as such, or the object's alias behind the prefix."""
    if not alias.startswith(prefix):
        return ""
    names = {**read_aliases(data.COMMON), **own_aliases(target)}
    return names.get(alias) or names.get(alias.removeprefix(prefix), "")
