"""What keeps a thing alive: levels of evidence, stances towards showing, and the rows of the report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.model.truth import Truth

DEAD, UNREAD, SHOWN, POSSIBLE, OBSERVED = range(5)
"""Levels, weakest first. Plain numbers, since the solver compares hundreds of thousands of them.

`OBSERVED`: something that was seen in use keeps it. `POSSIBLE`: something named may, whose use could not have been
seen. `SHOWN`: only pages, where there may have been something to see. `UNREAD`: only ways of reading that nobody
watched. `DEAD`: nothing.
"""


class Showing(StrEnum):
    """What being shown on a page counts for; the company's call (`showing:` in `auditor.yaml`)."""

    KEEPS = "keeps"
    """Shown where somebody looked, with a value in it, is used."""
    POSSIBLE = "possible"
    """It may have been looked at: unknown, and a candidate for review."""
    IGNORED = "ignored"
    """It counts for nothing."""


def truth_of(level: int) -> Truth:
    """Alive, dead or unknown."""
    if level == OBSERVED:
        return Truth.TRUE
    return Truth.FALSE if level == DEAD else Truth.UNKNOWN


def is_candidate(level: int) -> bool:
    """Whether a review could begin with it: dead, or kept by pages and unwatched ways of reading alone."""
    return level < POSSIBLE


@dataclass(frozen=True, slots=True)
class StanceCount:
    """Custom fields of one CRM under one stance towards showing; `chosen` is the company's own.

    `candidates` are those that only pages and unwatched ways of reading could keep, `open` the others that are
    neither alive nor dead.
    """

    system: str
    showing: str
    chosen: bool
    alive: int
    dead: int
    candidates: int
    open: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One custom field to review: `level` is `dead`, `unread` or `shown`, `support` what could still keep it.

    `dead_since` is the latest day on which it could still have been alive; `fill` the share of rows that hold a
    value, None where nobody counted.
    """

    subject: str
    level: str
    support: tuple[str, ...]
    dead_since: date | None
    fill: float | None
    circle: bool
    """Whether only dead things mention it that depend on it in turn."""


@dataclass(frozen=True, slots=True)
class LivenessReport:
    """What a report says of liveness: counts under each stance, and every candidate, least supported first."""

    stances: tuple[StanceCount, ...] = ()
    candidates: tuple[Candidate, ...] = ()


LEVEL_NAMES = ("dead", "unread", "shown", "possible", "observed")
"""Words for levels, by number."""
