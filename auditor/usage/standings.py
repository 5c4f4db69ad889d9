"""How far accumulated evidence reaches back without a gap, and what has to be added by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from auditor.dataclasses import dataclass
from auditor.model.accumulation import Addition, Standing
from auditor.model.observations import Deed, Window
from auditor.usage.logs.wholedays import DAY, Stretch, joined

KEPT_DAYS: Mapping[str, int] = MappingProxyType(
    {
        "report-event": 180,
        "list-view-event": 180,
        "api-event": 180,
        "field-history": 540,
        "event-log-file": 30,
        "setup-audit-trail": 180,
    }
)
"""Days that the vendor keeps the events of a kind, as stated in November 2026: event log files with the add-on,
events of real-time monitoring in their big object (six months), field history (18 months), the setup audit trail.
Source: object reference, EventLogFile and StandardObjectNameHistory; platform events guide; help on the trail."""


@dataclass(frozen=True, slots=True)
class _Watched:
    kind: str
    system: str
    stream: str
    deed: Deed


def merged_windows(windows: Iterable[Window], source: str, as_of: date) -> tuple[Window, ...]:
    """Windows of one log made one for each deed and what it could see: joined, with the days between as gaps."""
    found: dict[tuple[str, Deed, frozenset[str] | None, frozenset[str] | None], list[Stretch]] = {}
    for each in windows:
        found.setdefault((each.system, each.deed, each.subjects, each.kinds), []).extend(_pieces(each, as_of))
    return tuple(
        Window(source, system, deed, _start(pieces), pieces[-1][1], subjects, kinds, _gaps(pieces))
        for (system, deed, subjects, kinds), stretches in found.items()
        if (pieces := joined(stretches))
    )


def standings(additions: Iterable[Addition], needed: int, as_of: date) -> tuple[Standing, ...]:
    """What is covered of each log; deeds that were watched on the same days stand together."""
    watched: dict[_Watched, list[Stretch]] = {}
    for addition in additions:
        for each in addition.windows:
            key = _Watched(addition.kind, addition.system, addition.stream, each.deed)
            watched.setdefault(key, []).extend(_pieces(each, as_of))
    alike: dict[tuple[str, str, str, tuple[Stretch, ...]], list[Deed]] = {}
    for key, stretches in watched.items():
        pieces = tuple(joined(stretches))
        if pieces:
            alike.setdefault((key.system, key.kind, key.stream, pieces), []).append(key.deed)
    return tuple(
        _standing((kind, system, stream), tuple(sorted(deeds)), pieces, needed)
        for (system, kind, stream, pieces), deeds in sorted(alike.items(), key=lambda each: (each[0], each[1]))
    )


def _standing(
    log: tuple[str, str, str], deeds: tuple[Deed, ...], pieces: tuple[Stretch, ...], needed: int
) -> Standing:
    """Silence since a day proves `needed` days once the days from it on are covered for so long."""
    since, until = pieces[-1]
    gaps = _gaps(pieces)
    if since == date.min or until - since >= timedelta(days=needed):
        return Standing(*log, deeds, pieces, gaps, needed, since, until)
    kept = KEPT_DAYS.get(log[0])
    # The day after the last that is needed is the first on which an export holds that one wholly.
    proven = since + timedelta(days=needed + 1)
    by = None if kept is None else until + timedelta(days=kept)
    return Standing(*log, deeds, pieces, gaps, needed, since, until, proven, by)


def _pieces(window: Window, as_of: date) -> list[Stretch]:
    """The stretches of a window up to a day."""
    start, end, found = window.start or date.min, min(window.end, as_of), []
    for first, last in sorted(window.gaps):
        found.append((start, min(first - DAY, end)))
        start = last + DAY
    found.append((start, end))
    return [each for each in found if each[0] <= each[1]]


def _start(pieces: Sequence[Stretch]) -> date | None:
    return None if pieces[0][0] == date.min else pieces[0][0]


def _gaps(pieces: Sequence[Stretch]) -> tuple[Stretch, ...]:
    return tuple((before[1] + DAY, after[0] - DAY) for before, after in pairwise(pieces))
