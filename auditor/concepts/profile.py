"""What the classifier is told of an object or a field: small frozen values that need no graph."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Object, Role


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One field: its name and what else is known of it; empty where nothing is."""

    name: str
    label: str = ""
    type: str = ""
    targets: tuple[str, ...] = ()
    """Objects that it points at."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One object, table or entity. Only the name is needed."""

    name: str
    label: str = ""
    description: str = ""
    fields: tuple[FieldProfile, ...] = ()
    role: str = ""
    """`crm`, `erp`, or empty."""
    kind: str = ""
    """What it is to its platform (`custom_setting`, `platform_event` …), as in `ObjectKind`; may be empty."""
    parents: tuple[Profile, ...] = ()
    """Objects that own its rows, without their own parents and children."""
    children: tuple[Profile, ...] = ()
    """Objects whose rows it owns."""


def profile_of(value: Object, role: Role) -> Profile:
    """The profile of an object of a catalogue."""
    fields = tuple(
        FieldProfile(each.name, each.label or "", each.type or "", each.reference_to) for each in value.fields
    )
    return Profile(value.name, value.label or "", value.description or "", fields, str(role), str(value.kind))
