"""Logs of events: what was read, written, run and called, day by day."""

from __future__ import annotations

import shlex

from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe
from auditor.usage.kit.soql import query_recipe
from auditor.usage.logs.api_events import read_api_events
from auditor.usage.logs.event_log_files import read_event_log_files
from auditor.usage.logs.event_logs import read_event_log
from auditor.usage.logs.field_history import read_field_history
from auditor.usage.logs.list_view_events import read_list_view_events
from auditor.usage.logs.report_events import read_report_events

_ENDINGS = ("csv", "csv.gz", "json", "json.gz", "jsonl", "jsonl.gz", "parquet")
_BIG_OBJECT = "Setup > Event Manager switches storage on; the big object keeps six months and filters by EventDate"


def _files(*stems: str) -> tuple[str, ...]:
    return tuple(f"{stem}.{ending}" for stem in stems for ending in _ENDINGS)


def _events(name: str, fields: str) -> Recipe:
    return query_recipe(name, f"SELECT {fields} FROM {name} WHERE EventDate >= LAST_N_DAYS:180", _BIG_OBJECT)  # noqa: S608 - text of SOQL for people


def _tracked(target: PlanTarget) -> list[str]:
    """History objects of the objects that track a field."""
    tracked = [item.name for item in target.catalog.objects if any(each.track_history for each in item.fields)]
    return [_history_of(name) for name in tracked]


def _history_of(name: str) -> str:
    if name.endswith("__c"):
        return f"{name.removesuffix('__c')}__History"
    return "OpportunityFieldHistory" if name == "Opportunity" else f"{name}History"


def _history_commands(target: PlanTarget) -> tuple[str, ...]:
    queries = (
        query_recipe(f"history/{name}", f"SELECT Field, DataType, CreatedDate, CreatedById FROM {name}", "none")  # noqa: S608 - text of SOQL for people
        for name in _tracked(target)
    )
    return tuple(command for query in queries for command in query.commands(target))


def _log_file_commands(target: PlanTarget) -> tuple[str, ...]:
    """One download for each file of the last thirty days, which is all that is kept, and the names of flows."""
    folder = shlex.quote(f"{target.folder}/eventlogfile")
    organization = f"--target-org {shlex.quote(target.organization)}"
    listing = f"sf data query --query {shlex.quote(_LOG_FILES)} --result-format csv {organization} | tail -n +2"
    download = f'sf api request rest "{_LOG_FILE}" --stream-to-file {folder}/"$id".csv {organization}'
    versions = query_recipe("Flow", "SELECT Id, Definition.DeveloperName FROM Flow", "none", tooling=True)
    fetched = f"{listing} | while read -r id; do {download}; done"
    return (f"mkdir -p {folder}", fetched, *versions.commands(target))


_LOG_FILES = "SELECT Id FROM EventLogFile WHERE LogDate = LAST_N_DAYS:30"
_LOG_FILE = "/services/data/v62.0/sobjects/EventLogFile/$id/LogFile"


LOGS: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "report-event",
        _events(
            "ReportEvent",
            "EventDate, UserId, ReportId, Name, DashboardId, DashboardName, ColumnHeaders, GroupedColumnHeaders, "
            "DisplayedFieldEntities",
        ),
        _files("ReportEvent"),
        (frozenset({"eventdate", "reportid", "columnheaders"}),),
        read_report_events,
    ),
    EvidenceKind(
        "list-view-event",
        _events(
            "ListViewEvent",
            "EventDate, UserId, ListViewId, DeveloperName, ColumnHeaders, FilterCriteria, OrderBy, "
            "QueriedEntities",
        ),
        _files("ListViewEvent"),
        (frozenset({"eventdate", "listviewid", "columnheaders"}),),
        read_list_view_events,
    ),
    EvidenceKind(
        "api-event",
        _events("ApiEvent", "EventDate, UserId, Application, ConnectedAppId, QueriedEntities, Query"),
        _files("ApiEvent"),
        (frozenset({"eventdate", "query", "queriedentities"}),),
        read_api_events,
    ),
    EvidenceKind(
        "field-history",
        Recipe(
            _history_commands,
            lambda target: len(_tracked(target)),
            "Setup > Data Export, with the history objects; or the same queries in Data Loader",
        ),
        ("history/*.csv", "*History.csv", "*History.csv.gz"),
        (frozenset({"field", "createddate", "createdbyid"}),),
        read_field_history,
    ),
    EvidenceKind(
        "event-log-file",
        Recipe(
            _log_file_commands,
            lambda _: 32,
            "the Event Log File browser of Salesforce, day by day",
        ),
        ("eventlogfile/*.csv", "eventlogfile/*.csv.gz"),
        (
            frozenset({"event_type", "timestamp", "request_id"}),
            frozenset({"event_type", "timestamp_derived"}),
            frozenset({"event_type", "timestamp", "organization_id"}),
        ),
        read_event_log_files,
    ),
    EvidenceKind(
        "event-log",
        Recipe(lambda _: (), lambda _: 0, "from the system that keeps the log"),
        _files("event-log"),
        (frozenset({"object", "fields", "time", "user"}), frozenset({"subject", "time", "deed"})),
        read_event_log,
    ),
)
