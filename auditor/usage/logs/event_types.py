"""Types of EventLogFile and what each proves: the one table that the reader, its notes and the docs follow.

Source of every row: object reference, EventLogFile supported event types, the page of the type. Columns are those
that matter here; a file may have more, fewer and in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from auditor.dataclasses import dataclass


class Proof(StrEnum):
    """What an event of a type proves, at best."""

    REPORT_RUN = "a report ran, which read what its definition names"
    DASHBOARD_RUN = "a dashboard was opened and one of its reports ran"
    CALLED = "an application reached an object, and changed rows where its verb says so"
    PAGE_OPENED = "a page of an object was opened; its fields were visible, not read"
    RECORD_OPENED = "a record was opened, whose object its id tells"
    ROWS_SAVED = "rows of an object were created, changed or deleted"
    TRIGGER_FIRED = "a trigger ran, since rows of its object were being saved"
    CODE_RUN = "a class or page was entered; classes that it calls are not named"
    FLOW_RUN = "a version of a flow ran"
    PAGE_RUN = "a Visualforce page was requested"
    NOTHING = "nothing about a field, an object or a component"


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: what it proves, the columns that say it, and what is easy to get wrong."""

    name: str
    proof: Proof
    columns: tuple[str, ...] = ()
    trap: str = ""


def _types(proof: Proof, *rows: tuple[str, str, str]) -> tuple[EventType, ...]:
    return tuple(EventType(name, proof, tuple(columns.split()), trap) for name, columns, trap in rows)


EVENT_TYPES: tuple[EventType, ...] = (
    *_types(
        Proof.REPORT_RUN,
        ("Report", "REPORT_ID REPORT_ID_DERIVED DISPLAY_TYPE", "names no column"),
        ("AsyncReportRun", "REPORT_ID", "names no column"),
        ("MultiBlockReport", "MASTER_REPORT_ID REPORT_ID", "a joined report"),
        ("ReportExport", "URI_ID_DERIVED REPORT_DESCRIPTION", "the report is in the address only"),
    ),
    *_types(Proof.DASHBOARD_RUN, ("Dashboard", "DASHBOARD_ID REPORT_ID", "one event for each component of it")),
    *_types(
        Proof.CALLED,
        (
            "ApiTotalUsage",
            "ENTITY_NAME CONNECTED_APP_NAME CLIENT_NAME HTTP_METHOD API_RESOURCE",
            "a path, no query",
        ),
        ("API", "ENTITY_NAME METHOD_NAME CLIENT_NAME", "SOAP only"),
        ("RestApi", "ENTITY_NAME METHOD CONNECTED_APP_ID URI", "queries name no object"),
        ("BulkApi", "ENTITY_TYPE OPERATION_TYPE", ""),
        ("BulkApi2", "ENTITY_TYPE OPERATION_TYPE", ""),
        ("BulkApiRequest", "ENTITY_TYPE OPERATION_TYPE", ""),
        ("ApexRestApi", "URI METHOD", "names the address of a class of the company's, no object"),
    ),
    *_types(
        Proof.PAGE_OPENED,
        ("LightningPageView", "PAGE_ENTITY_TYPE PAGE_URL", "visible is not read"),
        ("LightningInteraction", "PAGE_ENTITY_TYPE COMPONENT_NAME", "a click on a page, no field"),
        ("LightningPerformance", "PAGE_ENTITY_TYPE", ""),
        ("LightningError", "PAGE_ENTITY_TYPE", ""),
    ),
    *_types(
        Proof.RECORD_OPENED,
        ("URI", "URI_ID_DERIVED", "an id; the object follows from its prefix, for standard objects only"),
        ("SearchClick", "CLICKED_RECORD_ID", "likewise"),
        ("KnowledgeArticleView", "ARTICLE_ID", "the object of articles where the catalogue has one"),
    ),
    *_types(Proof.ROWS_SAVED, ("DatabaseSave", "DML_TYPE KEY_PREFIX ROW_COUNT", "names no field; sampled")),
    *_types(
        Proof.TRIGGER_FIRED,
        ("ApexTrigger", "TRIGGER_NAME TRIGGER_TYPE ENTITY_NAME", "the rows may have been rolled back"),
    ),
    *_types(
        Proof.CODE_RUN,
        ("ApexExecution", "ENTRY_POINT QUIDDITY", ""),
        ("QueuedExecution", "ENTRY_POINT JOB_ID", ""),
        ("ApexSoap", "CLASS_NAME METHOD_NAME", ""),
        ("ApexUnexpectedException", "", "a failure"),
        ("ConcurrentLongRunningApexLimit", "ENTRY_POINT", "a limit was met"),
    ),
    *_types(Proof.FLOW_RUN, ("FlowExecution", "FLOW_VERSION_ID PROCESS_TYPE", "names the version by id")),
    *_types(
        Proof.PAGE_RUN,
        ("VisualforceRequest", "PAGE_NAME REQUEST_STATUS", "what the page showed is not named"),
        ("Sites", "PAGE_NAME SITE_ID", "guests are no users"),
    ),
    *_types(
        Proof.NOTHING,
        ("ApexCallout", "TYPE METHOD URL", "the way out, not what was sent"),
        ("ContentDistribution", "ENTITY_ID ACTION", "files"),
        ("ContentDocumentLink", "SHARED_WITH_ENTITY_ID", "files"),
        ("ContentTransfer", "DOCUMENT_ID TRANSACTION_TYPE", "files"),
        ("Attachment", "PARENT_ID OPERATION_TYPE", "files"),
        ("DocumentAttachmentDownloads", "ENTITY_ID FILE_NAME", "files"),
        ("Search", "PREFIXES_SEARCHED NUM_RESULTS", "what was looked for, not what was read"),
        ("ListViewChartExport", "", "a picture"),
        ("ExternalODataCallout", "ENTITY SELECT FILTER", "names of the other system"),
        ("ExternalCrossOrgCallout", "ENTITY", "names of the other organisation"),
        ("ExternalCustomApexCallout", "ENTITY", "names of the other system"),
        ("ExternalDataSourceCallout", "ENTITY", "names of the other system"),
        ("ContinuationCalloutSummary", "URL", "the way out"),
        ("NamedCredential", "NAMED_CREDENTIAL_NAME", "a door, not what went through it"),
        ("PlatformEventUsage", "", "counts of messages"),
        ("ChangeSetOperation", "", "deployments"),
        ("MetadataApiOperation", "OPERATION", "deployments"),
        ("PackageInstall", "PACKAGE_NAME", "deployments"),
        ("Sandbox", "", "copies of the organisation"),
        ("WaveChange", "", "analytics on data that was copied"),
        ("WaveDownload", "", "analytics on data that was copied"),
        ("WaveInteraction", "", "analytics on data that was copied"),
        ("WavePerformance", "", "analytics on data that was copied"),
        ("TimeBasedWorkflow", "TYPE", "counts of the queue"),
        ("UITracking", "", "clicks without an object"),
        ("LightningLogger", "MESSAGE", "messages of components"),
        ("AuraRequest", "ACTION_MESSAGE", "names of actions"),
        ("BlockedRedirect", "", "security"),
        ("CORSViolation", "", "security"),
        ("CSPViolation", "", "security"),
        ("ConsoleUsage", "", "licences"),
        ("GroupMembership", "", "access"),
        ("HostnameRedirects", "", "addresses"),
        ("InsecureExternalAssets", "", "security"),
        ("InsufficientAccess", "", "access that was refused"),
        ("Login", "LOGIN_STATUS", "people came; what they did is elsewhere"),
        ("LoginAs", "", "an administrator came as another"),
        ("Logout", "", ""),
        ("OneCommerceUsage", "", "another product"),
        ("PermissionUpdate", "", "access"),
        ("PlatformEncryption", "", "keys"),
        ("TransactionSecurity", "", "policies"),
        ("ConnectedAppEvent", "", "access"),
    ),
)
"""A type that is not here is counted by its name under the notes of the source, never skipped silently."""

BY_NAME: Mapping[str, EventType] = MappingProxyType({each.name.lower(): each for each in EVENT_TYPES})

WRITING_VERBS = frozenset(
    ("create", "update", "upsert", "delete", "undelete", "insert", "harddelete", "merge", "convertlead")
)
"""Methods and operations after which rows of the object differ (SOAP, Bulk and Apex names, in lower case)."""
WRITING_METHODS = frozenset({"post", "patch", "put", "delete"})
"""Methods of HTTP that change a record where the resource is one of `sobjects`; elsewhere they may be queries."""

OVER_HTTP = frozenset({"apitotalusage", "restapi", "apexrestapi"})
"""Types whose verb is a method of HTTP."""

KEY_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "001": "Account",
        "003": "Contact",
        "005": "User",
        "006": "Opportunity",
        "00Q": "Lead",
        "00T": "Task",
        "00U": "Event",
        "00k": "OpportunityLineItem",
        "01t": "Product2",
        "01u": "PricebookEntry",
        "02i": "Asset",
        "0Q0": "Quote",
        "0QL": "QuoteLineItem",
        "0WO": "WorkOrder",
        "500": "Case",
        "501": "Solution",
        "701": "Campaign",
        "800": "Contract",
        "801": "Order",
        "802": "OrderItem",
        "810": "ServiceContract",
        "811": "ContractLineItem",
    }
)
"""First characters of ids of standard objects; those of custom objects differ in each organisation.

Source: Salesforce help, Standard field record ID prefix decoder."""
