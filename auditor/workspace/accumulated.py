"""What has accumulated, as evidence of an audit: one more source for each kind, read if there is a history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass, replace
from auditor.languages.fieldpaths import is_custom
from auditor.model.catalogue import Catalog
from auditor.model.names import SubjectKind, parse_subject
from auditor.model.observations import Evidence, EvidenceSource, Window
from auditor.usage.accumulating import MAPPED
from auditor.usage.logs.rejoining import rejoined
from auditor.usage.naming import names_of
from auditor.usage.request import UsageRequest
from auditor.usage.standings import merged_windows
from auditor.workspace.keeping import FOLDER, HISTORY, history_file

if TYPE_CHECKING:
    from auditor.history.accumulated import Accumulated, Stream

ACCUMULATED = "accumulated"
"""Before the kind, the name of a source that has accumulated."""

_LISTED = 3


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a configuration, and which logs have accumulated in it."""

    path: Path
    streams: tuple[Stream, ...]
    catalogs: Mapping[str, Catalog]
    as_of: date

    def asked(self, request: UsageRequest) -> UsageRequest:
        """A log of which something has accumulated is counted by day, so that no day counts twice."""
        joins = any(_is_of(request, stream) for stream in self.streams)
        return replace(request, daily=True) if joins else request

    def told(
        self, requests: Sequence[UsageRequest], parts: Sequence[Evidence], before: Evidence
    ) -> Iterator[Evidence]:
        """One source for each log of the past, joined with what this audit reads of the same (`parts`).

        Raises:
            HistoryError: the history cannot be read.
        """
        for stream in self.streams:
            catalog = self.catalogs.get(stream.system)
            if catalog is None:
                # The system was renamed or removed from the configuration: nobody asks about it.
                continue
            mine = {request.id for request in requests if _is_of(request, stream)}
            found = self._read(stream, [_only(part, mine) for part in parts])
            if found is not None:
                yield _evidence(found, self._source_id(stream), catalog, replace(before, days=()), self.as_of)

    def _read(self, stream: Stream, parts: Iterable[Evidence]) -> Accumulated | None:
        from auditor.history.accumulated import Beside, accumulated

        told = list(parts)
        days = [day for part in told for day in part.days]
        totals = [each for part in told for each in part.observations]
        return accumulated(self.path, stream, Beside(self.as_of, days, totals))

    def _source_id(self, stream: Stream) -> str:
        """`accumulated/<kind>`, and what tells it from others of the kind where there are any."""
        same = [each for each in self.streams if each.kind == stream.kind]
        more = [stream.stream] if stream.stream else []
        if len({each.system for each in same}) > 1:
            more.append(stream.system)
        return "/".join([ACCUMULATED, stream.kind, *more])


def past_of(folder: Path, catalogs: Sequence[Catalog], as_of: date) -> Past:
    """The history beside a configuration; without one nothing has accumulated, and nothing is made.

    Raises:
        HistoryError: there is one that cannot be read.
    """
    path = history_file(folder)
    found: tuple[Stream, ...] = ()
    if path.exists():
        from auditor.history.accumulated import streams

        found = streams(path)
    return Past(path, found, {catalog.system: catalog for catalog in catalogs}, as_of)


def _is_of(request: UsageRequest, stream: Stream) -> bool:
    own = request.id.partition("/")[0] if request.kind in MAPPED else ""
    return (request.kind, request.system, own) == (stream.kind, stream.system, stream.stream)


def _only(part: Evidence, sources: set[str]) -> Evidence:
    """What some sources of a part say by day, and their totals with users."""
    if not any(source.id in sources for source in part.sources):
        return Evidence()
    return Evidence(
        days=tuple(day for day in part.days if day.source in sources),
        observations=tuple(each for each in part.observations if each.source in sources and each.actors),
    )


def _evidence(found: Accumulated, source: str, catalog: Catalog, before: Evidence, as_of: date) -> Evidence:
    request = UsageRequest(source, catalog.system, found.stream.kind, (), as_of, catalog, before=before)
    known = _known(catalog)
    seen = [replace(each, source=source) for each in found.observations]
    kept = tuple(each for each in seen if known(each.subject))
    gone = len({each.subject for each in seen} - {each.subject for each in kept})
    windows = merged_windows((each for one in found.additions for each in one.windows), source, as_of)
    ends = [each.last for each in found.additions if each.last is not None]
    listing = EvidenceSource(
        source,
        found.stream.kind,
        f"{FOLDER}/{HISTORY}",
        found.memory,
        min(max(ends), as_of) if ends else None,
        sum(each.rows for each in found.additions),
        next((each.organization for each in found.additions if each.organization), None),
        note="; ".join(_notes(found, windows, gone)),
    )
    return Evidence((listing,), windows, rejoined(kept, request))


def _known(catalog: Catalog) -> Callable[[str], bool]:
    """Whether the catalogue still holds a subject; standard ones and components need not stand in it."""
    names = names_of(catalog)

    @cache
    def known(text: str) -> bool:
        subject = parse_subject(text)
        if subject.kind is SubjectKind.FIELD and is_custom(subject.field):
            return names.knows(subject.name, subject.field)
        if subject.kind is SubjectKind.COMPONENT or not is_custom(subject.name):
            return True
        return subject.name.lower() in names.objects

    return known


def _notes(found: Accumulated, windows: Iterable[Window], gone: int) -> Iterator[str]:
    count = len(found.additions)
    yield f"{count} addition{'s'[: count != 1]}"
    gaps = sorted({gap for window in windows for gap in window.gaps})
    if gaps:
        listed = ", ".join(f"{first} to {last}" if first != last else f"{first}" for first, last in gaps[:_LISTED])
        more = f" and {len(gaps) - _LISTED} more" if len(gaps) > _LISTED else ""
        yield f"not covered: {listed}{more}"
    cut = sum(each.truncated for each in found.additions)
    if cut:
        yield f"{cut} of them may have been cut, so that their silence proves nothing"
    if gone:
        yield f"use of {gone} subjects that the catalogue no longer holds is left out"
