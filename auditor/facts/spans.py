"""Arithmetic of windows: from when to when something was watched without a gap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from auditor.dataclasses import dataclass
from auditor.model.observations import Window

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken stretch of days that was watched, both inclusive; `since` None: from the subject's beginning."""

    since: date | None
    until: date

    def covers(self, day: date) -> bool:
        """Whether a day was watched."""
        return day <= self.until and (self.since is None or self.since <= day)


def last_stretch(windows: Iterable[Window]) -> Span | None:
    """The unbroken stretch up to the last day that any of the windows covers; None for no windows.

    Windows that touch or overlap add up; a gap ends the stretch.
    """
    pieces = sorted(piece for window in windows for piece in _pieces(window))
    if not pieces:
        return None
    start, end = pieces[0]
    for since, until in pieces[1:]:
        if since > end + _DAY:
            start, end = since, until
        else:
            end = max(end, until)
    return Span(None if start == date.min else start, end)


def overlap(spans: Iterable[Span]) -> Span | None:
    """The days that all spans cover; None when there are none."""
    since, until = date.min, date.max
    for each in spans:
        since, until = max(since, each.since or date.min), min(until, each.until)
    if since > until or until == date.max:
        return None
    return Span(None if since == date.min else since, until)


def _pieces(window: Window) -> list[tuple[date, date]]:
    """The window without its gaps."""
    start, pieces = window.start or date.min, []
    for first, last in sorted(window.gaps):
        if first > start:
            pieces.append((start, min(first - _DAY, window.end)))
        start = max(start, last + _DAY)
    if start <= window.end:
        pieces.append((start, window.end))
    return [piece for piece in pieces if piece[0] <= piece[1]]
