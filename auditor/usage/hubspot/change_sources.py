"""Who stands behind a change of a HubSpot property, told by its source.

Names: HubSpot's OpenAPI documents, `PropertyValue.source` (property history has the same words as `sourceType`).
Meanings: HubSpot knowledge base, "HubSpot's change sources in property history". A name whose meaning is stated
nowhere stays unknown, and so does one that people and programs share (`BATCH_UPDATE`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from auditor.dataclasses import dataclass
from auditor.model.observations import Actor


@dataclass(frozen=True, slots=True)
class ChangeSource:
    """One source of changes. `own`: the platform set the value by itself, so that it is no use of the property."""

    name: str
    by: Actor
    own: bool
    meaning: str


def _sources(by: Actor, meaning: str, names: str, *, own: bool = False) -> tuple[ChangeSource, ...]:
    return tuple(ChangeSource(name, by, own, meaning) for name in names.split())


_PEOPLE, _INTEGRATION, _AUTOMATION = Actor.PEOPLE, Actor.INTEGRATION, Actor.AUTOMATION

CHANGE_SOURCES: tuple[ChangeSource, ...] = (
    *_sources(_PEOPLE, "a user edited the record", "CRM_UI CRM_UI_BULK_ACTION CONTACTS_WEB"),
    *_sources(_PEOPLE, "a user edited it in the app for phones", "MOBILE_IOS MOBILE_ANDROID"),
    *_sources(_PEOPLE, "a user edited it from the inbox or the browser", "EXTENSION SIDEKICK"),
    *_sources(_PEOPLE, "a visitor or user filled in a form", "FORM"),
    *_sources(_PEOPLE, "a user worked through a task, a playbook or a meeting", "TASK PLAYBOOKS MEETINGS"),
    *_sources(_PEOPLE, "a user of the sales tools", "SALES SALES_MESSAGES SEQUENCES"),
    *_sources(_PEOPLE, "a user merged or restored records", "MERGE_CONTACTS MERGE_COMPANIES MERGE_OBJECTS"),
    *_sources(_INTEGRATION, "a program called the API", "API"),
    *_sources(_INTEGRATION, "an app that is connected", "INTEGRATION INTEGRATIONS_PLATFORM INTEGRATIONS_SYNC"),
    *_sources(_INTEGRATION, "the synchronisation with Salesforce", "SALESFORCE"),
    *_sources(_INTEGRATION, "mail that was forwarded or logged", "BCC_TO_CRM FORWARD_TO_CRM EMAIL_INTEGRATION"),
    *_sources(_INTEGRATION, "a mailbox or chat that is connected", "GMAIL_INTEGRATION SLACK_INTEGRATION"),
    *_sources(_INTEGRATION, "a file was imported", "IMPORT EMAIL_INBOX_IMPORT"),
    *_sources(_AUTOMATION, "a workflow", "AUTOMATION_PLATFORM AUTOMATION_JOURNEY WORKFLOWS WORKFLOW"),
    *_sources(_AUTOMATION, "a workflow that deletes", "WORKFLOW_CONTACT_DELETE_ACTION"),
    *_sources(_AUTOMATION, "a chatbot or an agent", "BOT PROSPECTING_AGENT CUSTOMER_AGENT BREEZE_AGENT"),
    *_sources(_AUTOMATION, "an approval", "APPROVALS"),
    *_sources(_AUTOMATION, "it is computed", "CALCULATED DATASET", own=True),
    *_sources(_AUTOMATION, "web analytics counted visits", "ANALYTICS BEHAVIORAL_EVENTS INTENT", own=True),
    *_sources(_AUTOMATION, "e-mail or social media were counted", "EMAIL SOCIAL ADS", own=True),
    *_sources(_AUTOMATION, "activities were counted", "ENGAGEMENTS", own=True),
    *_sources(_AUTOMATION, "the default of new records", "DEFAULT", own=True),
    *_sources(_AUTOMATION, "the platform's own data was moved", "MIGRATION INTERNAL_PROCESSING", own=True),
    *_sources(_AUTOMATION, "the platform filled in what it knows", "COMPANY_INSIGHTS DATA_ENRICHMENT", own=True),
    *_sources(_AUTOMATION, "an option was renamed", "PROPERTY_SETTINGS PIPELINE_SETTINGS", own=True),
    *_sources(_AUTOMATION, "currency rates moved", "CENTRAL_EXCHANGE_RATES", own=True),
    *_sources(Actor.UNKNOWN, "an endpoint for many records, by people or programs", "BATCH_UPDATE"),
)

BY_NAME: Mapping[str, ChangeSource] = MappingProxyType({each.name: each for each in CHANGE_SOURCES})


def change_source(name: str) -> ChangeSource | None:
    """The source of that name, whatever its case and blanks; None for one whose meaning is stated nowhere."""
    return BY_NAME.get(name.strip().upper().replace(" ", "_"))
