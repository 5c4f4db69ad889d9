"""The smallest core: the fields that carry a share of all observed use, and what more would add."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass

SHARES = (0.5, 0.8, 0.9, 0.95, 0.99, 1.0)
"""The shares of use at which curves are told."""


@dataclass(frozen=True, slots=True)
class CorePoint:
    """So many fields carry a share (0..1) of the use; no closed set of fewer than `least` does."""

    share: float
    fields: int
    custom: int
    """Of them the company's own."""
    least: int


@dataclass(frozen=True, slots=True)
class CoreCurve:
    """How many fields carry how much of the use of a whole system landscape, a business area or an object.

    `kind` is `all`, `area` or `object`. `fields`: how many there are; `used`: how many were seen read; `uses`: how
    often. `core`: how many of its fields stand in the core of the whole.
    """

    kind: str
    name: str
    fields: int
    used: int
    uses: int
    core: int
    points: tuple[CorePoint, ...]


@dataclass(frozen=True, slots=True)
class CoreField:
    """One field of the core, or one that was seen read and is not in it.

    `uses`: recorded reads, or readers. `needed_by`: what of the core cannot do without it, sorted. `counted`:
    False where some reads were dated and not counted, and stand for one each.
    """

    field: str
    object: str
    area: str
    custom: bool
    inside: bool
    uses: int
    counted: bool
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoreReport:
    """The answer of `auditor core`. `keep` is the share that was asked for; `uses` all use on record.

    `least`: no closed set of fewer fields carries the share. `uncounted`: fields of which some reads were dated
    and not counted; `unseen`: fields that were not seen read while some way of reading them was not watched;
    `outside`: fields outside of the core that declared readers from outside name.
    """

    as_of: date
    keep: float
    uses: int
    carried: int
    fields: int
    """All fields of the CRMs."""
    core: int
    custom: int
    """Of the core the company's own."""
    least: int
    curves: tuple[CoreCurve, ...]
    members: tuple[CoreField, ...]
    by_readers: bool = False
    """Whether reads were dated rather than counted: then reports, lists and callers are counted."""
    uncounted: int = 0
    unseen: int = 0
    outside: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()
    """Ways of reading that nobody watched, in words."""
    settled_by: tuple[str, ...] = ()
    """Kinds of evidence that would watch them, cheapest first."""
    sources: tuple[str, ...] = ()
    """Where the reads were seen: source and span."""
