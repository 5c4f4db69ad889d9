"""Which days a log covers wholly: the only ones that evidence which accumulates may join to others.

The first and the last day of an export are cut wherever the export was made, unless the company states the window.
What lies between two files that no file spans is a gap. Days after yesterday are not over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from auditor.dataclasses import dataclass, replace
from auditor.model.observations import Window

DAY = timedelta(days=1)
Stretch: TypeAlias = tuple[date, date]
"""First and last day, inclusive."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of a log's ends: as stated, the day of the export (None: not known), the day of the audit."""

    start: date | None
    end: date | None
    exported: date | None
    as_of: date


def whole_days(window: Window, spans: Sequence[Stretch], bounds: Bounds, *, day_files: bool) -> Window | None:
    """The window without days that it may cover only in part; None where no day is left.

    `spans`: first and last day of the events of each file. `day_files`: files end at midnight, so that one that
    follows the day after another leaves no gap.
    """
    if window.start is None:
        return replace(window, end=min(window.end, bounds.as_of - DAY))
    start = window.start if window.start == bounds.start else window.start + DAY
    end = min(window.end if window.end == bounds.end else window.end - DAY, bounds.as_of - DAY)
    pieces = list(_clipped(_stretches(spans, bounds, day_files), start, end))
    if not pieces:
        return None
    gaps = tuple((before[1] + DAY, after[0] - DAY) for before, after in pairwise(pieces))
    return replace(window, start=pieces[0][0], end=pieces[-1][1], gaps=gaps)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches that overlap or touch made one, in order."""
    found: list[Stretch] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _stretches(spans: Sequence[Stretch], bounds: Bounds, day_files: bool) -> list[Stretch]:
    """Whole days between the stated ends; between files, what no file spans is left out."""
    if bounds.start and bounds.end:
        return [(bounds.start, bounds.end)]
    files = joined(spans) if day_files else sorted(spans)
    if not files:
        return []
    if bounds.start:
        files[0] = (bounds.start - DAY, files[0][1])
    cut = bounds.end + DAY if bounds.end else bounds.exported
    if cut:
        # The log goes on after its last event, up to the stated day or some hour of that of the export.
        newest = max(range(len(files)), key=lambda place: files[place][1])
        files[newest] = (files[newest][0], cut)
    return joined((first + DAY, last - DAY) for first, last in files if last - first > DAY)


def _clipped(stretches: Iterable[Stretch], start: date, end: date) -> Iterable[Stretch]:
    for first, last in stretches:
        if first <= end and last >= start:
            yield max(first, start), min(last, end)
