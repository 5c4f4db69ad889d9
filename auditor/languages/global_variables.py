"""Global variables of formulas and merge fields: which object and field `$User.Department` really reads."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import join_path, split_path


@dataclass(frozen=True, slots=True)
class GlobalTarget:
    """What a path that begins with a global variable leads to.

    `object` is empty where it is the object that the formula belongs to (`$Record`, `$Source`); `path` is
    the field path from there, empty where the object itself is meant. `names_only` is set where the formula
    asks for the name or label of a field and not for its value (`$ObjectType.Account.Fields.Name.Label`).
    """

    object: str
    path: str
    names_only: bool = False


# Source: Salesforce help, "Understanding Global Variables", and the object reference for the objects' names.
_RECORDS = {
    "$user": "User",
    "$profile": "Profile",
    "$organization": "Organization",
    "$userrole": "UserRole",
    "$recordtype": "RecordType",
    "$network": "Network",
    "$site": "Site",
}
_OWN_RECORD = frozenset({"$record", "$record__prior", "$source", "$currentrecord"})


def global_target(path: str) -> GlobalTarget | None:
    """Resolve a path such as `$User.Manager.Email`, or None where it reads no field (`$Label.X`, `$Api.…`).

    Names are compared without regard to case, as Salesforce does.
    """
    parts = split_path(path)
    head = parts[0].lower() if parts else ""
    rest = parts[1:]
    if head in _OWN_RECORD:
        return GlobalTarget("", join_path(rest))
    if head in _RECORDS and rest:
        return GlobalTarget(_RECORDS[head], join_path(rest))
    if head == "$setup" and rest:
        return GlobalTarget(rest[0], join_path(rest[1:]))
    if head == "$custommetadata" and rest:
        return GlobalTarget(rest[0], join_path(rest[2:]))
    if head == "$objecttype" and rest:
        return _object_type(rest)
    return None


def _object_type(rest: tuple[str, ...]) -> GlobalTarget:
    """`$ObjectType.Account.Fields.Name.Label`; without `Fields` the object itself (`$ObjectType.Account`)."""
    named = len(rest) > 2 and rest[1].lower() == "fields"
    return GlobalTarget(rest[0], rest[2] if named else "", names_only=True)
