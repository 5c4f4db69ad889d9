"""A small catalogue and requests that the tests of the kit share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.model.catalogue import Catalog, Field, Object, Relationship, Role
from auditor.model.components import Component
from auditor.model.observations import Evidence
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.usage.request import UsageRequest

AS_OF = date(2026, 11, 21)


def component(kind: str, name: str, label: str | None = None) -> Component:
    return Component(kind, name, f"{kind}/{name}", label=label)


def reference(kind: str, name: str, target: str, access: Access = Access.READS, part: str = "") -> Reference:
    return Reference(kind, name, target, access, Certainty.CERTAIN, f"{kind}/{name}", part=part)


def shares(kind: str, name: str, **parts: str) -> tuple[Reference, ...]:
    """Grants of a profile or permission set on fields of Account."""
    return tuple(reference(kind, name, f"Account.{field}", Access.GRANTS, part) for field, part in parts.items())


ACCOUNT = Object(
    "Account",
    custom=False,
    fields=(
        Field("Account", "Region__c", type="Picklist"),
        Field("Account", "Credit__c", type="Currency"),
        Field("Account", "Note__c", type="LongTextArea"),
        Field("Account", "Must__c", type="Text", required=True),
    ),
    record_types=("Dealer",),
)
JOB = Object(
    "Job__c",
    fields=(
        Field(
            "Job__c",
            "Account__c",
            type="MasterDetail",
            reference_to=("Account",),
            relationship=Relationship.MASTER_DETAIL,
            relationship_name="Jobs",
        ),
        Field("Job__c", "Hours__c", type="Number"),
    ),
    platform_id="01I000000000AAAEA2",
)
CATALOG = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(ACCOUNT, JOB),
    components=(
        component("report", "Sales/Pipeline"),
        component("report", "Old/Twin"),
        component("report", "New/Twin"),
        component("report", "Sales/On_Board"),
        component("email_template", "Mails/Welcome"),
        component("flow", "Set_Region"),
        component("profile", "Admin"),
        component("profile", "Sälj"),
        component("permission_set", "Ekonomi"),
        component("permission_set", "Unused"),
    ),
    references=(
        reference("report", "Sales/Pipeline", "Account.Region__c"),
        reference("report", "Sales/Pipeline", "Account.Region__c", part="filter"),
        reference("report", "Sales/Pipeline", "Account"),
        reference("report", "Old/Twin", "Account.Credit__c"),
        reference("report", "New/Twin", "Account.Region__c"),
        reference("report", "Sales/On_Board", "Account.Credit__c"),
        reference("email_template", "Mails/Welcome", "Account.Region__c"),
        *shares("profile", "Admin", Region__c="edit", Credit__c="none"),
        *shares("profile", "Sälj", Region__c="read", Credit__c="none"),
        *shares("permission_set", "Unused", Credit__c="edit"),
    ),
    calls=(
        Call("dashboard", "Board/D", "report", "Sales/On_Board", Certainty.CERTAIN, "d"),
        Call("permission_set_group", "Gruppe", "permission_set", "Ekonomi", Certainty.CERTAIN, "g"),
    ),
)


def request(kind: str, *paths: Path, before: Evidence | None = None, **options: str) -> UsageRequest:
    return UsageRequest("kit", "crm", kind, paths, AS_OF, CATALOG, options, before)


def day(text: str) -> date:
    return date.fromisoformat(text)
