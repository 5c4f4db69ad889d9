"""EventLogFile CSV of any event type: columns come from the header, which changes by type and release.

Source: object reference, EventLogFile supported event types. No type names the fields that a user read: a report's
run dates its columns through the report's definition, everything else stays on objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.model.names import component_key
from auditor.model.observations import Actor, Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.logs.reading import read_log
from auditor.usage.logs.reports import Reports, reports_of
from auditor.usage.naming import Names, names_of
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=(
        Key(("EVENT_TYPE",)),
        Key(("REPORT_ID_DERIVED", "REPORT_ID", "REPORT_IDENTIFIER")),
        Key(("ENTITY_NAME", "PAGE_ENTITY_TYPE", "ENTITY_TYPE")),
        Key(("CONNECTED_APP_NAME", "CLIENT_NAME", "CONNECTED_APP_ID")),
    ),
    time=("TIMESTAMP_DERIVED", "TIMESTAMP"),
    user=("USER_ID_DERIVED", "USER_ID"),
    required=(("EVENT_TYPE",), ("TIMESTAMP_DERIVED", "TIMESTAMP")),
    by_file=True,
    identity=("EVENT_IDENTIFIER", "REQUEST_ID"),
)

REPORT_TYPES = frozenset({"Report", "ReportExport", "AsyncReportRun"})
CALL_TYPES = frozenset({"ApiTotalUsage", "API", "RestApi", "BulkApi", "BulkApi2", "BulkApiRequest", "SoapApi"})
VIEW_TYPES = frozenset({"LightningPageView", "LightningInteraction", "LightningPerformance", "LightningError"})


@dataclass(slots=True)
class _Context:
    reports: Reports
    names: Names
    blind: set[str] = field(default_factory=set)
    silent: Counter[str] = field(default_factory=Counter)
    types: set[str] = field(default_factory=set)

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        kind, report, entity, application = key.values
        self.types.add(kind)
        if kind in REPORT_TYPES:
            return self._report(key, report)
        if kind in CALL_TYPES and entity:
            return self._called(entity, application)
        if kind in VIEW_TYPES and entity.lower() in self.names.objects:
            return iter((Target(self.names.object_key(entity), Deed.VIEWED),))
        self.silent[kind] += key.events
        return iter(())

    def _report(self, key: KeyRow, report: str) -> Iterator[Target]:
        subjects = self.reports.subjects(report)
        if not subjects:
            self.blind.add("reports that were not saved")
        for subject, _ in subjects:
            yield Target(subject, Deed.RUN)
            fields = self.reports.reads(subject, key.last)
            if fields is None:
                self.blind.add(subject)
            for name, possible in fields or ():
                since = self.reports.modified.get(subject)
                yield Target(name, Deed.READ, possible=possible, via=subject, since=since)

    def _called(self, entities: str, application: str) -> Iterator[Target]:
        via = component_key(self.names.system, "connected_app", application) if application else ""
        for name in entities.replace(";", ",").split(","):
            if name.strip():
                yield Target(self.names.object_key(name.strip()), Deed.CALLED, Actor.INTEGRATION, via=via)


def read_event_log_files(request: UsageRequest) -> Evidence:
    """Read EventLogFile: reports that ran, objects that integrations called, objects whose pages were seen.

    A run is a read of every field in the report's definition: surely, if the definition was not changed after it.
    There is a window of reads only if the definition of every report that ran is known.
    """
    context = _Context(reports_of(request), names_of(request.catalog))
    log = read_log(request, COLUMNS, context.resolve, capped=False)
    for kind, count in sorted(context.silent.items()):
        log.notes.append(f"{count} events of type {kind or 'unknown'} name no field and no known object")
    if context.blind:
        unread = f"of {len(context.blind)} reports that ran no definition was read"
        log.notes.append(f"{unread}, so silence about reads proves nothing")
    # Daily files end at midnight in UTC, hourly ones at the hour.
    return log.evidence(_windows(request, context, log.window()), day_files=True)


def _windows(request: UsageRequest, context: _Context, bounds: tuple[date, date] | None) -> Iterator[Window]:
    if bounds is None:
        return
    if context.types & REPORT_TYPES:
        yield Window(request.id, request.system, Deed.RUN, *bounds, kinds=frozenset({"report"}))
        if not context.blind:
            yield Window(request.id, request.system, Deed.READ, *bounds)
    if "ApiTotalUsage" in context.types:
        yield Window(request.id, request.system, Deed.CALLED, *bounds)
