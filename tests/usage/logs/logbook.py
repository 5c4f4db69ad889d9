"""A small catalogue with what logs name, and short words for what readers find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.model.catalogue import Catalog, Field, Object, PicklistValue, Role
from auditor.model.components import Component
from auditor.model.observations import Definition, Evidence, Observation
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.usage.registry import read
from auditor.usage.request import RowSource, UsageRequest

AS_OF = date(2026, 11, 21)
USER = "0054H000000100BQAQ"
SYNC = "0054H0000001002QAA"
REPORT_ID = "00O4H0000001000UAA"

ACCOUNT = Object(
    "Account",
    custom=False,
    fields=(
        Field(
            "Account", "Region__c", type="Picklist", track_history=True, picklist=(PicklistValue("N", "North"),)
        ),
        Field("Account", "Credit__c", type="Currency", track_history=True),
        Field("Account", "Note__c", type="LongTextArea"),
        Field("Account", "Vip__c", type="Checkbox", default="false"),
        Field("Account", "Terms__c", type="Text", default='"30 days"'),
    ),
)
JOB = Object(
    "Job__c",
    fields=(
        Field("Job__c", "Account__c", type="Lookup", reference_to=("Account",), relationship_name="Jobs"),
        Field("Job__c", "Hours__c", type="Number"),
    ),
)
ACTIVITY = Object("Activity", custom=False, fields=(Field("Activity", "Mood__c", type="Text"),))
CATALOG = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(ACCOUNT, JOB, ACTIVITY),
    components=(
        Component("report", "Sales/Pipeline", "p", label="Pipeline", attributes=(("report_type", "AccountList"),)),
        Component("dashboard", "Boards/Board", "b", label="Board"),
        Component("list_view", "Account.Mine", "l", label="Mine"),
    ),
    references=(
        Reference("report", "Sales/Pipeline", "Account.Region__c", Access.READS, Certainty.CERTAIN, "p"),
        Reference(
            "report", "Sales/Pipeline", "Account.Credit__c", Access.READS, Certainty.CERTAIN, "p", part="filter"
        ),
    ),
    calls=(Call("dashboard", "Boards/Board", "report", "Sales/Pipeline", Certainty.CERTAIN, "b"),),
)
REGISTER = Evidence(
    definitions=(
        Definition("crm:report/Sales/Pipeline", "reports", platform_id=REPORT_ID, modified=date(2026, 3, 1)),
    )
)


def read_text(kind: str, path: Path, text: str, before: Evidence | None = None, /, **options: str) -> Evidence:
    """Read a file of that text."""
    path.write_text(text, encoding="utf-8")
    return read_path(kind, path, before, **{name.replace("__", "."): value for name, value in options.items()})


def read_path(kind: str, path: Path, before: Evidence | None = None, /, **options: str) -> Evidence:
    """Read files."""
    return read(UsageRequest("log", "crm", kind, (path,), AS_OF, CATALOG, options, before))


def read_rows(source: RowSource, **options: str) -> Evidence:
    """Read a database."""
    plain = UsageRequest("db", "crm", "record-database", (), AS_OF, CATALOG, options)
    return read(replace(plain, row_source=source))


def users(folder: Path) -> None:
    """An export of users beside the logs: one of people, one of an integration."""
    (folder / "User.csv").write_text(
        "Id,IsActive,LastLoginDate,ProfileId,Profile.Name,UserType\n"
        f"{USER},true,2026-11-01,00e1,Sales,Standard\n"
        f"{SYNC},true,2026-11-01,00e2,ERP Integration,Standard\n"
    )


def short(each: Observation) -> str:
    """`read Account.Region__c 3x 2 people 2026-01-01..2026-02-01`, `?` where only possible, `via` a component."""
    count = "" if each.count is None else f" {each.count}x"
    actors = "" if each.actors is None else f" {each.actors}"
    mark = "?" if each.possible else ""
    via = f" via {each.via}" if each.via else ""
    subject = each.subject.removeprefix("crm:")
    return f"{each.deed} {subject}{mark}{count}{actors} {each.by} {each.first}..{each.last}{via}".replace(
        "crm:", ""
    )


def totals(evidence: Evidence) -> list[str]:
    """What was seen in all, without the components that it came through."""
    return [short(each) for each in evidence.observations if each.via is None]


def reasons(evidence: Evidence) -> list[str]:
    return [each.reason for each in evidence.skipped]
