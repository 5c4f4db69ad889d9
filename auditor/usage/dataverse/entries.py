"""Evidence from Dataverse (Dynamics 365, Power Apps)."""

from __future__ import annotations

import shlex

from auditor.usage.dataverse.audit import read_audit
from auditor.usage.dataverse.changes import DETAILS
from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe

_QUERY = (
    "$select=action,operation,objecttypecode,createdon,_userid_value,changedata&$filter=operation le 3&"
    "$orderby=createdon asc"
)


def _commands(target: PlanTarget) -> tuple[str, ...]:
    """One page of the audit; `@odata.nextLink` of each answer leads to the next."""
    url = f"$DATAVERSE_URL/api/data/v9.2/audits?{_QUERY}".replace(" ", "%20").replace("$select", r"\$select")
    url = url.replace("&$", r"&\$")
    folder = shlex.quote(f"{target.folder}/dataverse")
    curl = (
        'curl --fail --header "Authorization: Bearer $DATAVERSE_TOKEN" --header "Prefer: odata.maxpagesize=5000"'
    )
    return f"mkdir -p {folder}", f'{curl} "{url}" --output {folder}/audit.1.json'


DATAVERSE: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "dataverse-audit",
        Recipe(
            _commands,
            lambda _: 1,
            "Power Platform admin centre > Environments > Auditing > View audit logs (table audit; needs "
            "prvReadAuditSummary)",
        ),
        ("dataverse/audit*.json", "dataverse/audit*.csv", "audits.csv"),
        (
            frozenset({"action", "operation", "objecttypecode", "createdon"}),
            frozenset({"auditid", "createdon", "objecttypecode"}),
            frozenset({DETAILS}),
        ),
        read_audit,
    ),
)
