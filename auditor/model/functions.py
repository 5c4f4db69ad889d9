"""What fields are for: the words, and how many fields of a system, an object or an area each is said of."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class Function(StrEnum):
    """What a field does for whoever reads it, strongest first; then why it is there though nothing alive does."""

    DECIDES = "decides"
    """Automation, a rule or a validation reads it: something happens, or does not, by its value."""
    GUIDES = "guides"
    """Screens, list views and paths in use read it: people work by it."""
    INFORMS = "informs"
    """Reports, dashboards, e-mails and other systems read it."""
    COLLECTED = "collected"
    """Values are written into it, and nothing alive reads them."""
    MIRRORED = "mirrored"
    """It only repeats another system, and nothing alive reads it."""
    DEMANDED = "demanded"
    """A rule or page demands it, and nothing alive reads it."""
    DEAD = "dead"
    """Nothing alive reads it, and nothing is written into it on record."""


@dataclass(frozen=True, slots=True)
class FunctionShares:
    """How many custom fields of a system, an object or a business area are for what.

    `kind` is `system`, `object` or `area`. `counts` has a number for every `Function`, in their order.
    """

    kind: str
    name: str
    fields: int
    counts: tuple[tuple[str, int], ...]
    open: int = 0
    """Fields of which it is unknown."""
    may: tuple[tuple[str, int], ...] = ()
    """How many of the open ones may decide, guide or inform: each is counted once, under the strongest."""
    shown: int = 0
    """How many of those that are collected only stand on pages in use: seen, not read."""
