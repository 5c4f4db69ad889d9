"""Evidence that accumulates: what was added, what is covered by it, and what is still missing."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass
from auditor.model.observations import DayCount, Deed, Observation, SourceKind, Window


@dataclass(frozen=True, slots=True)
class Addition:
    """One addition, as it is listed. `stream` tells apart several logs of one kind that watch different things."""

    name: str
    kind: str
    system: str
    memory: SourceKind
    digest: str
    """Of what the files hold, unpacked, with kind, system and window; the order of files does not matter."""
    added: date
    stream: str = ""
    last: date | None = None
    """Its newest day: the last event, or the day of the export."""
    rows: int = 0
    subjects: int = 0
    organization: str | None = None
    truncated: bool = False
    """Whether it may have been cut: what it saw counts, its silence proves nothing."""
    windows: tuple[Window, ...] = ()
    """Days covered wholly; their `source` is the addition's name."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one addition keeps: counts by day, distinct users in all, or the states of a register. Never a row."""

    addition: Addition
    files: frozenset[str] = frozenset()
    """Digests of its files."""
    days: tuple[DayCount, ...] = ()
    users: tuple[Observation, ...] = ()
    states: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the accumulated evidence of one kind proves silence.

    `covered` and `gaps`: stretches of days, inclusive, in order; a register covers from `date.min` on.
    `since` and `until`: the unbroken stretch that counts, up to the newest day. `proven_from`: the first day on
    which an export can have it reach `needed` days back; None where it does. `add_by`: the last day on which the
    source still holds what follows `until`; None where its retention is not known.
    """

    kind: str
    system: str
    stream: str
    deeds: tuple[Deed, ...]
    covered: tuple[tuple[date, date], ...]
    gaps: tuple[tuple[date, date], ...]
    needed: int
    since: date
    until: date
    proven_from: date | None = None
    add_by: date | None = None
