"""What logs and records of other systems than Salesforce can say."""

from __future__ import annotations

from auditor.model.observations import SourceKind
from auditor.model.testimony.words import Platform, Question, Testimony, asked

_LOG, _REGISTER = SourceKind.LOG, SourceKind.REGISTER

OTHERS: tuple[Testimony, ...] = (
    Testimony(
        "hubspot-property-history",
        "history of properties",
        Platform.HUBSPOT,
        _LOG,
        "Each change of a property, when, and whether people, an integration or automation made it.",
        "Nothing of reading; nothing of the changes before the last 45 of a contact's property (20 elsewhere).",
        asked(Question.FIELD_WRITTEN, Question.FIELD_WRITTEN_BY, Question.OBJECT_TOUCHED),
        "the last 45 changes of each property of a contact, 20 of other records; connectors keep what they copied",
        "The first values of a record and what the platform computes stand in it too; they are no use.",
        "knowledge base, Export property history; properties API, propertiesWithHistory",
        silence=asked(Question.FIELD_WRITTEN),
    ),
    Testimony(
        "dataverse-audit",
        "audit log of Dataverse",
        Platform.DATAVERSE,
        _LOG,
        "Which rows were created, changed and deleted, and when; with the changed data or the change history also "
        "which columns.",
        "Nothing of reading and of kinds of users; nothing where auditing of the organisation, the table or the "
        "column is off; without changed data only that the table was touched.",
        asked(Question.FIELD_WRITTEN, Question.OBJECT_TOUCHED),
        "as set in the organisation",
        "attributemask holds numbers of columns, which the vendor says not to use; it is ignored.",
        "Power Apps developer guide, Retrieve the history of audited data changes; table reference, audit",
        possible=asked(Question.OBJECT_VIEWED),
        silence=asked(Question.FIELD_WRITTEN),
    ),
    Testimony(
        "sql-log",
        "log of SQL statements",
        Platform.SQL,
        _LOG,
        "Which tables and columns each statement read and wrote, when and by how many accounts.",
        "Nothing of statements that were not logged, of what functions and triggers did inside the database, and "
        "of who stands behind an account that a whole application shares.",
        asked(Question.FIELD_READ, Question.FIELD_WRITTEN, Question.OBJECT_TOUCHED, Question.OBJECT_CALLED),
        "as long as the database's logs are kept",
        "SELECT * reads every column of its tables only possibly; logs with a least duration are samples.",
        "PostgreSQL documentation, Error Reporting and Logging (csvlog); MySQL manual, The General Query Log",
        silence=asked(Question.FIELD_READ, Question.FIELD_WRITTEN),
        watches=("reads",),
    ),
    Testimony(
        "sql-statements",
        "register of SQL statements",
        Platform.SQL,
        _REGISTER,
        "Which tables and columns statements read and wrote since the statistics were reset, and how often.",
        "When within that time, unless the day of the reset is known; nothing of statements that were evicted.",
        asked(Question.FIELD_READ, Question.FIELD_WRITTEN, Question.OBJECT_TOUCHED, Question.OBJECT_CALLED),
        "since the last reset, the statements that fit (5,000 by default)",
        "Rare statements are evicted first, so that silence proves nothing unless nothing was evicted.",
        "PostgreSQL documentation, pg_stat_statements",
        silence=asked(Question.FIELD_READ, Question.FIELD_WRITTEN),
        watches=("reads",),
    ),
    Testimony(
        "record-database",
        "records read from a database",
        Platform.SQL,
        _REGISTER,
        "What the columns of every table of a database hold, read row by row over a read-only connection: filled, "
        "distinct, the most frequent value's share, only defaults, placeholders.",
        "Nothing of reading; kinds of creators are not known.",
        asked(Question.FIELD_FILLED, Question.VALUES_MEASURED, Question.ROWS_COUNTED),
        "the state of the day of the audit",
        "A value of every row may be its default.",
        "the database's own catalogue",
        possible=asked(Question.FIELD_WRITTEN, Question.OBJECT_TOUCHED),
        silence=asked(Question.FIELD_FILLED),
    ),
    Testimony(
        "event-log",
        "general event log",
        Platform.ANY,
        _LOG,
        "What any log says whose columns are mapped: fields or objects, time, user, deed.",
        "What the log itself does not see: `covers` declares that, else only what occurs in it was watched.",
        asked(
            Question.FIELD_READ,
            Question.FIELD_WRITTEN,
            Question.FIELD_WRITTEN_BY,
            Question.FIELD_SHOWN,
            Question.OBJECT_VIEWED,
            Question.OBJECT_TOUCHED,
            Question.OBJECT_CALLED,
            Question.COMPONENT_RUN,
        ),
        "as long as the company keeps it",
        "An application's own log does not see what others write.",
        "the system that keeps the log",
        silence=asked(Question.FIELD_READ),
        watches=("reads",),
        runs=("flow",),
    ),
)
