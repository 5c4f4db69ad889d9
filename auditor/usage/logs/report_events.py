"""`ReportEvent` of real-time event monitoring: which columns each run of a report showed.

Source: platform events reference, ReportEvent: `ColumnHeaders` as `[Opportunity.Name, Opportunity.Type, AGE]`,
`GroupedColumnHeaders`, `DisplayedFieldEntities`, `EventDate`. Filters follow from the definition only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field
from auditor.formats.tables import Row
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.kit.matching import Matcher, matcher_of
from auditor.usage.logs.fieldlists import Columns, FieldSet, columns_of, items_of
from auditor.usage.logs.reading import read_log
from auditor.usage.logs.reports import Reports, reports_of
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=(
        Key(("ReportId",)),
        Key(("Name",)),
        Key(("DashboardId",)),
        Key(("DashboardName",)),
        Key(("ColumnHeaders",)),
        Key(("GroupedColumnHeaders",)),
        Key(("DisplayedFieldEntities", "QueriedEntities")),
    ),
    time=("EventDate", "CreatedDate"),
    user=("UserId", "Username"),
    required=(("EventDate", "CreatedDate"), ("ColumnHeaders",), ("ReportId", "Name")),
    identity=("EventIdentifier",),
)


@dataclass(slots=True)
class _Context:
    reports: Reports
    dashboards: Matcher
    columns: Columns
    blind: set[str] = field(default_factory=set)

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        identity, name, dashboard_id, dashboard, headers, grouped, entities = key.values
        subjects = self.reports.subjects(identity, name)
        for subject, possible in subjects:
            yield Target(subject, Deed.RUN, possible=possible)
        if dashboard_id or dashboard:
            yield from self._dashboard(dashboard_id, dashboard)
        via = subjects[0][0] if len(subjects) == 1 else ""
        shown = self._shown(via, (*items_of(headers), *items_of(grouped)), items_of(entities))
        seen = frozenset(name for name, possible in shown.items() if not possible)
        for subject, possible in self._fields(key, via, shown, items_of(entities)):
            since = None if subject in seen else self.reports.modified.get(via)
            yield Target(subject, Deed.READ, possible=possible, via=via, since=since)

    def _dashboard(self, identity: str, name: str) -> Iterator[Target]:
        matched = self.dashboards.subjects(Row(0, {"name": name or identity}))
        return (Target(subject, Deed.RUN, possible=possible) for subject, possible in matched)

    def _shown(self, via: str, headers: tuple[str, ...], objects: tuple[str, ...]) -> FieldSet:
        shown = FieldSet()
        for column in headers:
            shown.add(self.columns.of_report(column, self.reports.types.get(via), objects))
        return shown

    def _fields(
        self, key: KeyRow, via: str, shown: FieldSet, objects: tuple[str, ...]
    ) -> tuple[tuple[str, bool], ...]:
        """What was shown and what the definition uses beside it."""
        defined = self.reports.reads(via, key.last) if via else None
        if defined is None:
            # It filters by fields that nobody can see from here.
            self.blind.add(via or key.values[0] or "reports that were not saved")
            shown.add(self.columns.everything(objects))
            return shown.items()
        current = all(name in dict(defined) for name, unsure in shown.items() if not unsure)
        shown.add(defined, possible=not current)
        return shown.items()


def read_report_events(request: UsageRequest) -> Evidence:
    """Read `ReportEvent`: a run of the report and dashboard, and a read of each field shown.

    Filters are not in the log. Where the definition is known, what it uses beside the columns shown was read too,
    surely if all the columns shown are in it. Where it is not, every field of the objects shown was possibly read.
    """
    context = _Context(reports_of(request), matcher_of(request.catalog, "dashboard"), columns_of(request.catalog))
    log = read_log(request, COLUMNS, context.resolve)
    if context.columns.note():
        log.skips.add(request.id, context.columns.note())
    if context.blind:
        log.notes.append(
            f"of {len(context.blind)} reports that ran no definition was read, so their filters are unseen"
        )
    windows: tuple[Window, ...] = ()
    bounds = log.window()
    if bounds:
        kinds = frozenset({"report", "dashboard"})
        windows = (
            Window(request.id, request.system, Deed.READ, *bounds),
            Window(request.id, request.system, Deed.RUN, *bounds, kinds=kinds),
        )
    return log.evidence(windows)
