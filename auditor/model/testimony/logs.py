"""What logs of events and records of Salesforce can say."""

from __future__ import annotations

from auditor.model.observations import SourceKind
from auditor.model.testimony.words import Platform, Question, Testimony, asked

_SALESFORCE = Platform.SALESFORCE
_LOG = SourceKind.LOG
_RTEM = "Shield or Event Monitoring (real-time event monitoring, storage switched on)"
_SIX_MONTHS = "six months in the big object, once storage is switched on"

LOGS: tuple[Testimony, ...] = (
    Testimony(
        "report-event",
        "log of report runs",
        _SALESFORCE,
        _LOG,
        "Which columns each run of a report or dashboard showed, to how many users, and which fields the report's "
        "known definition uses beside them.",
        "Nothing of the filters of reports whose definition was not read.",
        asked(Question.FIELD_READ, Question.COMPONENT_RUN),
        _SIX_MONTHS,
        "Column headers may be aliases that fit several fields.",
        "platform events developer guide, ReportEvent",
        silence=asked(Question.FIELD_READ, Question.COMPONENT_RUN),
        watches=("report",),
        licence=_RTEM,
        runs=("report", "dashboard"),
    ),
    Testimony(
        "list-view-event",
        "log of list views opened",
        _SALESFORCE,
        _LOG,
        "Which columns and filters each opened list view had, and for how many users.",
        "Nothing of reports, pages and queries.",
        asked(Question.FIELD_READ, Question.COMPONENT_RUN),
        _SIX_MONTHS,
        "The filter may be left out of the event; the definition in the repository tells it then.",
        "platform events developer guide, ListViewEvent",
        silence=asked(Question.FIELD_READ, Question.COMPONENT_RUN),
        watches=("list_view",),
        licence=_RTEM,
        runs=("list_view",),
    ),
    Testimony(
        "api-event",
        "log of queries through the API",
        _SALESFORCE,
        _LOG,
        "Which fields queries through the API asked for in any clause, and which application sent them.",
        "Nothing of writes, of the Tooling API and of what a query that was cut asked for further on.",
        asked(Question.FIELD_READ, Question.OBJECT_CALLED),
        _SIX_MONTHS,
        "Queries are cut at 10,000 or 20,000 characters, depending on the release.",
        "platform events developer guide, ApiEvent",
        silence=asked(Question.FIELD_READ),
        # Whoever reads from outside asks through the API, or reads a copy that somebody made through it.
        watches=("api", "outside_reader"),
        licence=_RTEM,
    ),
    Testimony(
        "field-history",
        "history of field changes",
        _SALESFORCE,
        _LOG,
        "Each change of a tracked field, when and by which kind of user.",
        "Nothing of fields that are not tracked, of what rows were created with, and of more than 18 months ago.",
        asked(Question.FIELD_WRITTEN, Question.FIELD_WRITTEN_BY, Question.OBJECT_TOUCHED),
        "18 months, 24 through the API, from the day that tracking was switched on",
        "At most 20 tracked fields an object; formulas, roll-ups and auto numbers have none.",
        "object reference, StandardObjectNameHistory",
        silence=asked(Question.FIELD_WRITTEN),
    ),
    Testimony(
        "event-log-file",
        "event log files",
        _SALESFORCE,
        _LOG,
        "When each report ran, which dates a read of its definition's columns; which components ran; which "
        "objects applications called, by which verbs; which objects' pages were opened.",
        "No type names the fields that a user read; kept for 30 days, a file only for days with events.",
        asked(
            Question.COMPONENT_RUN,
            Question.FIELD_READ,
            Question.OBJECT_CALLED,
            Question.OBJECT_VIEWED,
            Question.OBJECT_TOUCHED,
        ),
        "30 days with the add-on, 1 day without; files come a day late",
        "Columns change by type and release; hourly and daily files repeat each other.",
        "object reference, EventLogFile supported event types",
        possible=asked(Question.FIELD_SHOWN),
        silence=asked(Question.FIELD_READ, Question.COMPONENT_RUN, Question.OBJECT_CALLED),
        watches=("report",),
        licence="Shield or Event Monitoring; without it one day of a few types",
        runs=("report", "dashboard", "flow", "apex_trigger", "visualforce_page"),
    ),
    Testimony(
        "record-extract",
        "extracts of the records",
        _SALESFORCE,
        SourceKind.REGISTER,
        "What the fields of an object hold: filled, distinct, the most frequent value's share, only defaults, "
        "placeholders, and the newest row that has a value.",
        "Nothing of reading; a value that was overwritten or deleted leaves no trace.",
        asked(Question.FIELD_FILLED, Question.VALUES_MEASURED, Question.ROWS_COUNTED, Question.OBJECT_TOUCHED),
        "the state of the day of the export",
        "LastModifiedDate is moved by nightly synchronisation; a value of every row may be its default.",
        "object reference, system fields",
        possible=asked(Question.FIELD_WRITTEN),
        silence=asked(Question.FIELD_FILLED),
    ),
)
