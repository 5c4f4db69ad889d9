"""What a company signed: which system owns what, what each is for, and how much of it there may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase

from auditor.dataclasses import dataclass, field

TIERS = (1, 2, 3)
"""How much an entity matters to the business: 1 most."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The system that owns a concept; `areas` empty: everywhere, else in these business areas only."""

    concept: str
    system: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the business (a customer, a deal) and the objects that carry it, which share one budget.

    `objects` are names or patterns of CRM objects. `budget`: custom fields that the company wants to keep for it.
    """

    name: str
    objects: tuple[str, ...]
    budget: int | None = None
    tier: int = 2
    owner: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Fields that may repeat another system's: a printed name or a pattern, and the system they come from."""

    field: str
    source: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Charter:
    """The whole file. Without a signature it is a draft: it is judged by, and every report says so."""

    path: str
    signed_by: tuple[str, ...] = ()
    signed_on: date | None = None
    purposes: Mapping[str, str] = field(default_factory=dict)
    """System → what it is for, in a sentence."""
    owners: tuple[Ownership, ...] = ()
    entities: tuple[Entity, ...] = ()
    mirrors: tuple[Mirror, ...] = ()
    complete: tuple[str, ...] = ()
    """Channels that are read completely, as in `auditor.yaml`."""

    @property
    def signed(self) -> bool:
        """Whether somebody answers for it."""
        return bool(self.signed_by) and self.signed_on is not None

    def entity_of(self, object_name: str) -> Entity | None:
        """The entity that an object belongs to: by its name, else by the first pattern that fits."""
        named = (each for each in self.entities if object_name in each.objects)
        fitting = (
            each for each in self.entities if any(fnmatchcase(object_name, pattern) for pattern in each.objects)
        )
        return next(named, None) or next(fitting, None)

    def owner_of(self, concept: str, area: str | None) -> str | None:
        """The system that owns a concept in an area: what is said of the area goes before what is said of all."""
        told = [each for each in self.owners if each.concept == concept]
        here = (each.system for each in told if area is not None and area in each.areas)
        everywhere = (each.system for each in told if not each.areas)
        return next(here, None) or next(everywhere, None)

    def source_of(self, subject: str) -> str | None:
        """The system that a field is declared to come from."""
        return next((each.source for each in self.mirrors if fnmatchcase(subject, each.field)), None)
