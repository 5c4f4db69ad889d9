"""The usage logs, in the layouts in which Salesforce exports them, and a telemetry file of the company's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nordvik_world.calendar import AS_OF, YEAR_START, days, dice, is_workday, moment
from nordvik_world.ids import record_id, user_id
from nordvik_world.output import write_csv
from nordvik_world.stories import QueryStory, ReportStory
from nordvik_world.tree import ListView, Report, Tree
from nordvik_world.users import somebody

EXTRA_REPORT = Report(
    name="Chefens_vecka",
    folder="Privat",
    label="Chefens vecka",
    format="SUMMARY",
    type="Opportunity",
    columns=("OPPORTUNITY_NAME", "AMOUNT", "Opportunity.Handover_Done__c", "Opportunity.Installation_Hours__c"),
    groupings=("FULL_NAME",),
)
"""A report that lives in the org only: not in the repository, run every week."""
EXTRA_RUNS = ReportStory(1.0, None, None)
_WORKDAYS = 5
_OPENED_A_DAY = 0.25
_ALIASES = {
    "OPPORTUNITY_NAME": "Opportunity.Name",
    "ACCOUNT_NAME": "Account.Name",
    "AMOUNT": "Opportunity.Amount",
    "CLOSE_DATE": "Opportunity.CloseDate",
    "STAGE_NAME": "Opportunity.StageName",
    "PROBABILITY": "Opportunity.Probability",
    "ACCOUNT.NAME": "Account.Name",
    "CASE_NUMBER": "Case.CaseNumber",
    "SUBJECT": "Case.Subject",
    "STATUS": "Case.Status",
    "PRIORITY": "Case.Priority",
}
"""Where the event has a field's name instead of the alias of the report; the other aliases stay as they are."""


@dataclass(frozen=True, slots=True)
class Run:
    """A report that ran."""

    when: datetime
    user: str
    report: Report
    report_id: str


def report_ids(tree: Tree) -> dict[str, str]:
    """Report id by developer name."""
    names = [*(report.name for report in tree.reports), EXTRA_REPORT.name]
    return {name: record_id("00O", n) for n, name in enumerate(names)}


def report_runs(tree: Tree, stories: Mapping[str, ReportStory]) -> list[Run]:
    """Every run in the twelve months, in the order of time."""
    ids = report_ids(tree)
    plans = [(report, stories[report.name]) for report in tree.reports] + [(EXTRA_REPORT, EXTRA_RUNS)]
    runs = [run for report, story in plans for run in _runs_of(report, story, ids[report.name])]
    return sorted(runs, key=lambda run: (run.when, run.report_id))


def write_report_events(path: Path, runs: list[Run]) -> None:
    """ReportEvent of real-time event monitoring: the only log that names the columns of a run."""
    write_csv(
        path,
        [
            "EventIdentifier",
            "EventDate",
            "UserId",
            "ReportId",
            "Name",
            "Format",
            "Scope",
            "Operation",
            "IsScheduled",
            "DashboardId",
            "ColumnHeaders",
            "GroupedColumnHeaders",
            "DisplayedFieldEntities",
            "NumberOfColumns",
            "RowsProcessed",
        ],
        (_report_event(n, run) for n, run in enumerate(runs)),
    )


def write_list_view_events(path: Path, tree: Tree) -> None:
    """ListViewEvent of real-time event monitoring. Some list views nobody opens."""
    quiet = {"AllOrders", "AllContracts", "Alla", "Retur_RMA", "Oppna_reklamationer"}
    opened = [(view, record_id("00B", n)) for n, view in enumerate(tree.list_views) if view.name not in quiet]
    events = [
        (moment(dice("list-view", view.object, view.name, str(day)), day), view, view_id)
        for day in days(YEAR_START, AS_OF)
        if is_workday(day)
        for view, view_id in opened
        if dice("opened", view.object, view.name, str(day)).random() < _OPENED_A_DAY
    ]
    write_csv(
        path,
        [
            "EventIdentifier",
            "EventDate",
            "UserId",
            "ListViewId",
            "DeveloperName",
            "Name",
            "AppName",
            "ColumnHeaders",
            "FilterCriteria",
            "QueriedEntities",
            "NumberOfColumns",
            "RowsProcessed",
        ],
        (_list_view_event(n, *event) for n, event in enumerate(sorted(events, key=lambda e: (e[0], e[2])))),
    )


def write_api_events(path: Path, queries: list[QueryStory]) -> None:
    """ApiEvent of real-time event monitoring: the SOQL that integrations sent."""
    events = api_calls(queries)
    write_csv(
        path,
        [
            "EventIdentifier",
            "EventDate",
            "UserId",
            "Application",
            "ConnectedAppId",
            "ApiType",
            "ApiVersion",
            "Operation",
            "QueriedEntities",
            "Query",
            "RowsProcessed",
            "RowsReturned",
        ],
        (_api_event(n, when, query) for n, (when, query) in enumerate(events)),
    )


def api_calls(queries: list[QueryStory]) -> list[tuple[datetime, QueryStory]]:
    """Every query that an integration sent in the twelve months, in the order of time."""
    calls = [
        (moment(dice("api", query.query, str(day)), day).replace(hour=3), query)
        for day in days(YEAR_START, AS_OF)
        if is_workday(day)
        for query in queries
        if dice("sent", query.query, str(day)).random() < query.per_week / _WORKDAYS
    ]
    return sorted(calls, key=lambda call: (call[0], call[1].query))


def _runs_of(report: Report, story: ReportStory, report_id: str) -> Iterator[Run]:
    throw = dice("runs", report.name)
    for day in days(YEAR_START, AS_OF):
        in_season = story.season is None or day.month == story.season
        if not (is_workday(day) and in_season):
            continue
        whole, part = divmod(story.runs_per_week / _WORKDAYS, 1)
        for _ in range(int(whole) + (throw.random() < part)):
            yield Run(moment(throw, day), somebody(throw, day), report, report_id)


def _report_event(n: int, run: Run) -> list[object]:
    columns = [_ALIASES.get(column, column.replace("$", ".")) for column in run.report.columns]
    groups = [_ALIASES.get(column, column.replace("$", ".")) for column in run.report.groupings]
    entities = sorted({column.split(".")[0] for column in (*columns, *groups) if "." in column})
    throw = dice("report-event", str(n))
    return [
        f"7d0{n:07d}",
        f"{run.when:%Y-%m-%dT%H:%M:%S.000Z}",
        run.user,
        run.report_id,
        run.report.label,
        run.report.format.capitalize(),
        "organization",
        throw.choice(("ReportRunFromLightning", "ReportRunFromLightning", "ReportExported")),
        "false",
        "",
        f"[{', '.join(columns)}]",
        f"[{', '.join(groups)}]" if groups else "",
        ",".join(entities),
        len(columns),
        throw.randrange(1, 900),
    ]


def _list_view_event(n: int, when: datetime, view: ListView, view_id: str) -> list[object]:
    throw = dice("list-view-event", str(n))
    columns = [column.rpartition(".")[2] if column.isupper() else column for column in view.columns]
    return [
        f"6f0{n:07d}",
        f"{when:%Y-%m-%dT%H:%M:%S.000Z}",
        somebody(throw, when.date()),
        view_id,
        view.name,
        view.label,
        "Nordvik Sälj",
        f"[{', '.join(columns)}]",
        "; ".join(view.filters),
        view.object,
        len(columns),
        throw.randrange(1, 200),
    ]


def _api_event(n: int, when: datetime, query: QueryStory) -> list[object]:
    entities = re.findall(r"FROM (\w+)", query.query)
    return [
        f"5a0{n:07d}",
        f"{when:%Y-%m-%dT%H:%M:%S.000Z}",
        user_id(query.user),
        query.application,
        record_id("0H4", query.user),
        "Bulk" if query.rows > 300 else "REST",
        "60.0",
        "Query",
        entities[-1],
        query.query,
        query.rows,
        query.rows,
    ]
