"""What every reader of a log does: aggregate its events, say what was left out, state the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.model.observations import (
    Actor,
    DayCount,
    Deed,
    Evidence,
    EvidenceSource,
    Observation,
    SourceKind,
    Window,
)
from auditor.model.testimony.table import BY_KIND
from auditor.model.testimony.words import Platform
from auditor.query.condensing import EventColumns
from auditor.query.events import UNDATED_REASON, Aggregated, Resolver, Seen, SeenOn, Span, aggregate_events
from auditor.query.scans import Scan, open_scan
from auditor.usage.logs.actors import actors_of
from auditor.usage.logs.wholedays import Bounds, whole_days
from auditor.usage.reading import CUT_AT, SkipList, day_of, files_of, register_source
from auditor.usage.request import UsageRequest

_WITH_USERS = (Platform.SALESFORCE, Platform.ANY)
"""Platforms whose users an export of `User` beside the log describes."""


@dataclass(slots=True)
class Log:
    """One log as it was read: what came of it, how many files were readable, and what was skipped."""

    request: UsageRequest
    skips: SkipList
    found: Aggregated
    files: int = 0
    incomplete: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether no file could be read, so that not even silence says anything."""
        return self.files == 0

    def evidence(
        self,
        windows: Iterable[Window],
        spans_of: Callable[[Window], Sequence[Span]] | None = None,
        *,
        day_files: bool = False,
    ) -> Evidence:
        """What the reader of a log gives, with counts by day where they are asked for.

        `spans_of`: the files that a window is of (all of them). `day_files`: the platform ends files at midnight.
        """
        told = tuple(windows)
        if self.request.whole_days:
            pairs = ((each, spans_of(each) if spans_of else self.found.spans) for each in told)
            found = (self._whole(window, spans, day_files) for window, spans in pairs)
            told = tuple(each for each in found if each is not None)
        source = self.source()
        days = tuple(_day_count(each, self.request.id) for each in self.found.days)
        return Evidence((source,), told, self.observations(), days=days, skipped=self.skips.result())

    def _whole(self, window: Window, spans: Sequence[Span], day_files: bool) -> Window | None:
        exported = day_of(self.request.options.get("exported"))
        bounds = Bounds(self._stated("from"), self._stated("to"), exported, self.request.as_of)
        files = [(each.first, each.last) for each in spans]
        return whole_days(window, files, bounds, day_files=day_files)

    def observations(self) -> tuple[Observation, ...]:
        """Totals with counts and actors, and beside them, without, the components that events came through."""
        source = self.request.id
        totals = (_observation(each, source) for each in self.found.totals)
        through = (_through(each, source) for each in self.found.through)
        return tuple(sorted([*totals, *through], key=_order))

    def window(self) -> tuple[date, date] | None:
        """First and last day covered: as stated, else of the first and last event; None where neither is known."""
        if self.empty:
            return None
        first = min((span.first for span in self.found.spans), default=None)
        last = max((span.last for span in self.found.spans), default=None)
        start = self._stated("from") or first
        end = self._stated("to") or day_of(self.request.options.get("exported")) or last
        if start is None or end is None or start > end:
            return None
        return start, min(end, self.request.as_of)

    def source(self, kind: SourceKind = SourceKind.LOG) -> EvidenceSource:
        """The source as the evidence lists it."""
        bounds = self.window()
        plain = register_source(self.request, bounds[1] if bounds else None, self.found.rows)
        return EvidenceSource(
            plain.id,
            plain.format,
            plain.path,
            kind,
            plain.as_of,
            plain.rows,
            truncated=self.incomplete,
            note="; ".join([*self._window_notes(), *self.notes]),
        )

    def _stated(self, name: str) -> date | None:
        text = self.request.options.get(name)
        if text and day_of(text) is None:
            self.skips.add(self.request.id, f"{name}: {text!r} is no day; write it in ISO form (2026-09-30)")
        return day_of(text)

    def _window_notes(self) -> Iterator[str]:
        missing = [name for name in ("from", "to") if not self.request.options.get(name)]
        if missing and not self.empty:
            yield f"window not stated ({' and '.join(missing)}), so it ends where its events do"
        if self.incomplete:
            yield "a part of it is missing, so silence in it proves nothing"
        if self.found.repeated:
            yield f"{self.found.repeated} events stand in more than one file and were counted once"


def read_log(
    request: UsageRequest,
    columns: EventColumns,
    resolve: Resolver,
    *,
    capped: bool = True,
    opening: Callable[[Path], Scan] = open_scan,
) -> Log:
    """Aggregate the files of a request.

    `capped`: an export of exactly a page's rows was probably cut. `opening`: how a file becomes rows of events,
    where it is no table of them.
    """
    log = Log(request, SkipList(), Aggregated())
    actors = actors_of(request)
    scans = list(_scans(log, opening))
    log.found = aggregate_events(scans, columns, resolve, actors.code, request.as_of, daily=request.daily)
    of_users = BY_KIND[request.kind].platform in _WITH_USERS
    if of_users and not actors.kinds and any(each.target.by == Actor.UNKNOWN for each in log.found.totals):
        log.notes.append("no User export lies near, so the kinds of its users are unknown")
    _account(log, scans, capped)
    return log


def _scans(log: Log, opening: Callable[[Path], Scan]) -> Iterator[Scan]:
    if not log.request.paths:
        log.skips.add(log.request.id, "no file was given")
    for path in files_of(log.request.paths):
        try:
            scan = opening(path)
        except FormatError as error:
            log.skips.add(path, error.reason, error.line)
            log.incomplete = True
            continue
        for note in scan.notes:
            log.skips.add(path, note, 1)
        yield scan


def _account(log: Log, scans: Iterable[Scan], capped: bool) -> None:
    """Note what was not counted, and whether files were readable and whole."""
    for path, line, reason in log.found.bad_rows:
        log.skips.add(path, reason, line)
    for path, count in sorted(log.found.rejected.items()):
        log.incomplete = True
        log.notes.append(f"{count} rows of {path.name} could not be read")
    for path, reason, count in log.found.left_out:
        log.skips.add(path, f"{count} rows: their {reason}")
        # An event without a day happened all the same, to whatever it was about.
        log.incomplete = log.incomplete or reason == UNDATED_REASON
    for scan in scans:
        rows = log.found.per_file.get(scan.path, 0)
        if scan.path in log.found.unread:
            log.incomplete = True
            continue
        log.files += 1
        if scan.truncated or (capped and rows in CUT_AT):
            log.incomplete = True
            log.skips.add(scan.path, f"{rows} rows, marked unfinished or exactly a limit: it may have been cut")


def _observation(seen: Seen, source: str) -> Observation:
    target = seen.target
    return Observation(
        target.subject,
        Deed(target.deed),
        source,
        seen.last,
        seen.first,
        seen.count,
        seen.actors,
        Actor(target.by),
        target.possible,
    )


def _through(seen: Seen, source: str) -> Observation:
    """No actors, and a count of calls alone: what was read or run is in the total, and would be added to it again.

    How often each application called is asked of the application, and never added to the total.
    """
    target, deed = seen.target, Deed(seen.target.deed)
    return Observation(
        target.subject,
        deed,
        source,
        seen.last,
        seen.first,
        seen.count if deed is Deed.CALLED else None,
        by=Actor(target.by),
        possible=target.possible,
        via=target.via,
    )


def _day_count(seen: SeenOn, source: str) -> DayCount:
    target = seen.target
    return DayCount(
        target.subject,
        Deed(target.deed),
        source,
        seen.day,
        seen.count,
        Actor(target.by),
        target.possible,
        target.via or None,
    )


def _order(each: Observation) -> tuple[str, str, str, str, bool]:
    return each.subject, each.deed, each.via or "", each.by, each.possible
