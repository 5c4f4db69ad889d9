"""EventLogFile CSV of any event type: columns come from the header, which changes by type and release.

What each type proves stands in `event_types`. No type names the fields that a user read: a report's run dates its
columns through the report's definition, everything else stays on objects and components.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from auditor.dataclasses import replace
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import Span
from auditor.usage.logs.event_proofs import KEYS, Resolving
from auditor.usage.logs.event_types import BY_NAME, Proof
from auditor.usage.logs.flow_versions import flow_versions
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.logs.reports import reports_of
from auditor.usage.naming import names_of
from auditor.usage.reading import day_of
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=KEYS,
    time=("TIMESTAMP_DERIVED", "TIMESTAMP"),
    user=("USER_ID_DERIVED", "USER_ID"),
    required=(("EVENT_TYPE",), ("TIMESTAMP_DERIVED", "TIMESTAMP")),
    by_file=True,
    identity=("EVENT_IDENTIFIER", "REQUEST_ID"),
)

_RUNNING = {"Dashboard": "dashboard", "ApexTrigger": "apex_trigger", "VisualforceRequest": "visualforce_page"}
"""Types that name every run of a kind of component; `ApexExecution` names only what was entered from outside."""


def read_event_log_files(request: UsageRequest) -> Evidence:
    """Read EventLogFile: what ran, which objects applications called and changed, whose pages were seen.

    A run of a report is a read of every field in its definition: surely, if that was not changed after it.
    A window spans the files of its own type alone. There is one of reads only if the definition of every report
    that ran is known.
    """
    context = Resolving(reports_of(request), names_of(request.catalog), flow_versions(request.paths))
    log = read_log(request, COLUMNS, context.resolve, capped=False)
    log.notes += _notes(context)
    windows = tuple(_windows(log, context))

    def spans_of(window: Window) -> Sequence[Span]:
        return _spans(log, context, _types_of(window))

    # Daily files end at midnight in UTC, hourly ones at the hour.
    found = log.evidence(windows, spans_of, day_files=True)
    # Several stand beside each other, for who judges whether that may be.
    organization = ", ".join(sorted(context.organizations)) or None
    return replace(found, sources=tuple(replace(each, organization=organization) for each in found.sources))


def _notes(context: Resolving) -> Iterator[str]:
    """What events could not tell, by the reason."""
    useless = [kind for kind in sorted(context.silent) if _proof(kind) is Proof.NOTHING]
    if useless:
        count = sum(context.silent[kind] for kind in useless)
        yield f"{count} events of types that name no field, object or component ({', '.join(useless)})"
    for kind in sorted(context.silent):
        if _proof(kind) is None:
            yield f"{context.silent[kind]} events of type {kind or 'without a name'}, which is not known here"
        elif kind not in useless:
            yield f"{context.silent[kind]} events of type {kind} name nothing that is known"
    if context.unnamed:
        yield "flows ran whose versions nothing names: lay an export of Flow beside the files"
    if context.blind:
        unread = f"of {len(context.blind)} reports that ran no definition was read"
        yield f"{unread}, so silence about reads proves nothing"


def _proof(kind: str) -> Proof | None:
    known = BY_NAME.get(kind.lower())
    return known.proof if known else None


def _windows(log: Log, context: Resolving) -> Iterator[Window]:
    source, system = log.request.id, log.request.system
    reports = _bounds(log, context, _REPORTS)
    if reports:
        yield Window(source, system, Deed.RUN, *reports, kinds=frozenset({"report"}))
        if not context.blind:
            yield Window(source, system, Deed.READ, *reports)
    calls = _bounds(log, context, _TOTALS)
    if calls:
        yield Window(source, system, Deed.CALLED, *calls)
    for kind, component in sorted(_RUNNING.items()):
        bounds = _bounds(log, context, frozenset({kind}))
        if bounds:
            yield Window(source, system, Deed.RUN, *bounds, kinds=frozenset({component}))


_REPORTS = frozenset({"Report"})
_TOTALS = frozenset({"ApiTotalUsage"})


def _types_of(window: Window) -> frozenset[str]:
    """Types of event that a window is of."""
    if window.deed is Deed.CALLED:
        return _TOTALS
    kinds = window.kinds or frozenset({"report"})
    return frozenset(kind for kind, component in _RUNNING.items() if component in kinds) or _REPORTS


def _spans(log: Log, context: Resolving, types: frozenset[str]) -> list[Span]:
    files = {file for kind in types for file in context.files.get(kind, ())}
    return [span for span in log.found.spans if span.file in files]


def _bounds(log: Log, context: Resolving, types: frozenset[str]) -> tuple[date, date] | None:
    """First and last day of the files of some types, or as stated; None where there is none."""
    spans, whole = _spans(log, context, types), log.window()
    if not spans or whole is None:
        return None
    options = log.request.options
    start = whole[0] if day_of(options.get("from")) else min(span.first for span in spans)
    ends = day_of(options.get("to")) or day_of(options.get("exported"))
    end = whole[1] if ends else max(span.last for span in spans)
    return (start, min(end, log.request.as_of)) if start <= end else None
