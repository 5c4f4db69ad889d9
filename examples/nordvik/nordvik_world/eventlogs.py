"""The logs beside real-time event monitoring: daily EventLogFile exports, and the telemetry of an own app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from nordvik_world.calendar import AS_OF, MONTH_START, YEAR_START, days, dice, is_workday, moment
from nordvik_world.ids import ORGANIZATION, record_id, user_id
from nordvik_world.logs import Run, api_calls
from nordvik_world.output import write_csv, write_json_lines
from nordvik_world.stories import QueryStory
from nordvik_world.users import somebody

_REPORT_LOG = [
    "EVENT_TYPE",
    "TIMESTAMP",
    "REQUEST_ID",
    "ORGANIZATION_ID",
    "USER_ID",
    "RUN_TIME",
    "CPU_TIME",
    "URI",
    "SESSION_KEY",
    "LOGIN_KEY",
    "ENTITY_NAME",
    "DISPLAY_TYPE",
    "RENDERING_TYPE",
    "REPORT_ID",
    "ROW_COUNT",
    "NUMBER_COLUMNS",
    "AVERAGE_ROW_SIZE",
    "DB_TOTAL_TIME",
    "TIMESTAMP_DERIVED",
    "USER_ID_DERIVED",
    "CLIENT_IP",
    "URI_ID_DERIVED",
    "REPORT_ID_DERIVED",
    "ORIGIN",
]
_API_LOG = [
    "EVENT_TYPE",
    "TIMESTAMP",
    "REQUEST_ID",
    "ORGANIZATION_ID",
    "USER_ID",
    "API_FAMILY",
    "API_VERSION",
    "API_RESOURCE",
    "CLIENT_NAME",
    "HTTP_METHOD",
    "CLIENT_IP",
    "COUNTS_AGAINST_API_LIMIT",
    "CONNECTED_APP_ID",
    "CONNECTED_APP_NAME",
    "ENTITY_NAME",
    "STATUS_CODE",
    "TIMESTAMP_DERIVED",
]
_APP_SCREENS: tuple[tuple[str, str, tuple[str, ...], float], ...] = (
    ("Account", "read", ("Name", "Customer_Class__c", "Customer_Health__c", "Next_Visit_Date__c"), 2.0),
    ("Account", "read", ("Credit_Hold__c", "Outstanding_Balance__c", "Service_Level__c"), 1.5),
    ("Product2", "read", ("Item_Number__c", "Stock_Available__c", "List_Price_SEK__c"), 1.2),
    ("Visit_Report__c", "write", ("Visit_Date__c", "Visit_Type__c", "Summary__c", "Weather__c", "Mood__c"), 1.4),
    ("Visit_Report__c", "read", ("Summary__c", "Agreed_Actions__c"), 0.8),
    ("Opportunity", "write", ("StageName", "CloseDate", "Forecast_Comment__c", "Tender_Reference__c"), 1.0),
)
"""Table, what was done, columns, and how often a day."""


def write_event_log_files(folder: Path, runs: list[Run], queries: list[QueryStory]) -> None:
    """EventLogFile as it is kept without an add-on's archive: one file a day and type, thirty days back."""
    calls = api_calls(queries)
    for day in days(MONTH_START, AS_OF):
        ran = [run for run in runs if run.when.date() == day]
        if ran:
            write_csv(
                folder / f"{day}_Report.csv", _REPORT_LOG, (_report_line(run) for run in ran), quote_all=True
            )
        called = [(when, query) for when, query in calls if when.date() == day]
        if called:
            lines = (_api_line(n, when, query) for n, (when, query) in enumerate(called))
            write_csv(folder / f"{day}_ApiTotalUsage.csv", _API_LOG, lines, quote_all=True)


def write_app_events(path: Path) -> None:
    """The telemetry of the company's own sales app, twelve months: a layout that needs a column mapping."""
    write_json_lines(
        path, (event for day in days(YEAR_START, AS_OF) if is_workday(day) for event in _app_day(day))
    )


def _report_line(run: Run) -> list[object]:
    columns = len(run.report.columns)
    line = ["Report", f"{run.when:%Y%m%d%H%M%S}.000", f"4{run.when:%d%H%M%S}", ORGANIZATION[:15], run.user[:15]]
    line += ["412", "96", f"/{run.report_id[:15]}", "", "", "Report", "D", "Lightning", run.report_id[:15]]
    line += ["120", str(columns), "210", "180000", f"{run.when:%Y-%m-%dT%H:%M:%S.000Z}", run.user]
    return [*line, "", run.report_id, run.report_id, "ReportRunFromLightning"]


def _api_line(n: int, when: datetime, query: QueryStory) -> list[object]:
    entity = re.findall(r"FROM (\w+)", query.query)[-1]
    line = ["ApiTotalUsage", f"{when:%Y%m%d%H%M%S}.000", f"4A{n:04d}{when:%d%H%M}", ORGANIZATION[:15]]
    line += [user_id(query.user)[:15], "REST", "60.0", "/v60.0/query", "", "GET", "", "1"]
    line += [record_id("0H4", query.user)[:15], query.application, entity, "200"]
    return [*line, f"{when:%Y-%m-%dT%H:%M:%S.000Z}"]


def _app_day(day: date) -> Iterator[dict[str, object]]:
    throw = dice("app", str(day))
    for number, (table, done, columns, per_day) in enumerate(_APP_SCREENS):
        whole, part = divmod(per_day, 1)
        for _ in range(int(whole) + (throw.random() < part)):
            when = moment(throw, day)
            yield {
                "at": f"{when:%Y-%m-%dT%H:%M:%SZ}",
                "screen": f"scr-{number}",
                "table": table,
                "columns": list(columns),
                "what": done,
                "who": somebody(throw, day),
                "app": "salj-app",
            }
