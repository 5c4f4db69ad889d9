"""What a CRM repeats of an ERP, and what is declared to be kept in step."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class MatchKind(StrEnum):
    """Whether somebody keeps both sides in step."""

    MIRRORED = "mirrored"
    """A map or an external id declares a sync."""
    SHADOW = "shadow"
    """Nothing declares one."""
    LINK = "link"
    """A lookup meets the key of what it points at: that is how rows are joined, and no copy."""


class Direction(StrEnum):
    """Which way a declared sync carries values; empty where nobody says."""

    TO_CRM = "erp->crm"
    TO_ERP = "crm->erp"
    BOTH = "both"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A CRM object or field and the ERP object or field whose data it repeats; fields are empty for objects.

    `score` is how likely it is (0..1), 1 where it is declared.
    """

    crm_system: str
    crm_object: str
    erp_system: str
    erp_object: str
    crm_field: str = ""
    erp_field: str = ""
    score: float = 1.0
    kind: MatchKind = MatchKind.SHADOW
    direction: Direction = Direction.UNSAID
    signals: tuple[tuple[str, float], ...] = ()
    """What spoke for it and against it, most first, in logarithms of odds."""
    because: tuple[str, ...] = ()
    """The same in words; for a declared pair, where it is declared."""


@dataclass(frozen=True, slots=True)
class DeclaredPair:
    """One line of a declared integration map. Fields are empty where whole objects are declared."""

    crm_object: str
    erp_object: str
    crm_field: str = ""
    erp_field: str = ""
    direction: Direction = Direction.UNSAID
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """All duplicates between the CRMs and ERPs of one configuration, best first."""

    objects: tuple[Match, ...] = ()
    fields: tuple[Match, ...] = ()
    gone: tuple[tuple[DeclaredPair, str], ...] = ()
    """What is declared and no longer exists, with what is missing."""
    strangers: bool = False
    """Whether there is no CRM or no ERP to compare it with."""
