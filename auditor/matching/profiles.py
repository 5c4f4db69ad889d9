"""What matching looks at: the plain facts of objects and fields, without graph, source or platform."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Calculation, Field, Object, ObjectKind

NO_COPIES = frozenset(
    {
        ObjectKind.EXTERNAL,
        ObjectKind.PLATFORM_EVENT,
        ObjectKind.CUSTOM_SETTING,
        ObjectKind.CUSTOM_METADATA,
    }
)
"""Kinds of objects that hold no data of their own, or settings only."""


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One field as its system describes it; what the source does not say is empty."""

    name: str
    label: str = ""
    description: str = ""
    type: str = ""
    """The platform's own word."""
    length: int | None = None
    position: int = 0
    """Place among its siblings, from 0."""
    key: bool = False
    """Part of the key, or an external id."""
    targets: tuple[str, ...] = ()
    """Objects that it points at."""
    other_names: tuple[str, ...] = ()
    counted: bool = False
    """Whether its own system counts its values up (auto-number): they are born there and repeat nothing."""


@dataclass(frozen=True, slots=True)
class ObjectProfile:
    """One object with its fields in the order of the source."""

    name: str
    label: str = ""
    description: str = ""
    fields: tuple[FieldProfile, ...] = ()
    other_names: tuple[str, ...] = ()
    concept: str = ""
    """What it is for the business, as far as the caller knows; empty: unknown."""
    certainty: float = 0.0
    """How likely it is of that concept, 0..1."""


def profile_of(item: Object, fields: Sequence[Field], copies_only: bool = False) -> ObjectProfile | None:
    """One object with these fields; None where only copies are wanted and it holds no data of its own."""
    if copies_only and item.kind in NO_COPIES:
        return None
    profiles = tuple(_field(position, each) for position, each in enumerate(fields))
    return ObjectProfile(item.name, item.label or "", item.description or "", profiles, item.aliases)


def _field(position: int, item: Field) -> FieldProfile:
    return FieldProfile(
        name=item.name,
        label=item.label or "",
        description=item.description or item.help or "",
        type=item.type or "",
        length=item.length,
        position=position,
        key=item.key or item.external_id,
        targets=item.reference_to,
        counted=item.calculation is Calculation.AUTO_NUMBER,
    )
