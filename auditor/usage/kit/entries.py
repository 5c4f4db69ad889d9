"""The free kit: what nearly every company can export without an extra licence, cheapest first."""

from __future__ import annotations

from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe
from auditor.usage.kit.access import read_assignments
from auditor.usage.kit.aggregates import count_queries
from auditor.usage.kit.counts import read_record_counts
from auditor.usage.kit.fields import read_custom_fields
from auditor.usage.kit.fill import fill_signature_columns, read_fill
from auditor.usage.kit.flows import read_flows
from auditor.usage.kit.organization import read_organization
from auditor.usage.kit.reports import read_reports
from auditor.usage.kit.soql import describe_loop, query_recipe, save_query
from auditor.usage.kit.templates import read_email_templates
from auditor.usage.kit.users import read_users

_ENDINGS = ("csv", "csv.gz", "json", "json.gz", "jsonl", "jsonl.gz")


def _files(*stems: str) -> tuple[str, ...]:
    return tuple(f"{stem}.{ending}" for stem in stems for ending in _ENDINGS)


def _fill_commands(target: PlanTarget) -> tuple[str, ...]:
    return tuple(
        command
        for item in target.catalog.objects
        for query in count_queries(item)
        for command in save_query(target, f"fill/{query.stem}", query.soql)
    )


def _fill_calls(target: PlanTarget) -> int:
    return sum(1 for item in target.catalog.objects for _ in count_queries(item))


def _count_commands(target: PlanTarget) -> tuple[str, ...]:
    return (
        f"sf org list sobject record-counts --json --target-org {target.organization} "
        f"> {target.folder}/recordCount.json",
    )


def _reports_described(target: PlanTarget) -> int:
    # How many reports the organisation has is unknown before its register; the repository's stand for them.
    return sum(component.kind == "report" for component in target.catalog.components)


KIT: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "organization",
        query_recipe(
            "Organization",
            "SELECT Id, OrganizationType, IsSandbox, InstanceName FROM Organization",
            "Setup > Company Information",
        ),
        _files("Organization"),
        (frozenset({"id", "issandbox"}), frozenset({"id", "organizationtype"})),
        read_organization,
    ),
    EvidenceKind(
        "record-count",
        Recipe(_count_commands, lambda _: 1, "Setup > Storage Usage"),
        _files("recordCount", "record-counts"),
        (frozenset({"name", "count"}),),
        read_record_counts,
    ),
    EvidenceKind(
        "report-register",
        query_recipe(
            "Report",
            "SELECT Id, DeveloperName, Name, FolderName, OwnerId, Format, LastRunDate, CreatedDate, "
            "LastModifiedDate FROM Report",
            "Reports tab > report type Reports (Administrative Reports), with Last Run and Folder",
        ),
        _files("Report"),
        (frozenset({"lastrundate", "developername"}), frozenset({"lastrundate", "name"})),
        read_reports,
    ),
    EvidenceKind(
        "report-describe",
        Recipe(describe_loop, _reports_described, "no way by clicks"),
        ("report-describe/*.json", "report-describe/*.json.gz"),
        (frozenset({"reportmetadata.detailcolumns"}), frozenset({"result.reportmetadata.detailcolumns"})),
        read_reports,
    ),
    EvidenceKind(
        "email-template-register",
        query_recipe(
            "EmailTemplate",
            "SELECT Id, DeveloperName, Name, FolderName, NamespacePrefix, IsActive, TimesUsed, LastUsedDate, "
            "CreatedDate, LastModifiedDate FROM EmailTemplate",
            "Setup > Classic Email Templates (Times Used and Last Used)",
        ),
        _files("EmailTemplate"),
        (frozenset({"timesused", "lastuseddate"}), frozenset({"developername", "lastuseddate"})),
        read_email_templates,
    ),
    EvidenceKind(
        "tooling-custom-field",
        query_recipe(
            "CustomField",
            "SELECT Id, TableEnumOrId, EntityDefinition.QualifiedApiName, DeveloperName, NamespacePrefix, "
            "ManageableState, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById FROM CustomField",
            "Setup > Object Manager > Fields, object by object",
            tooling=True,
        ),
        _files("CustomField"),
        # The longer one keeps it from being taken for an extract of records.
        (
            frozenset({"tableenumorid", "developername"}),
            frozenset({"id", "tableenumorid", "developername", "createddate", "lastmodifieddate"}),
        ),
        read_custom_fields,
    ),
    EvidenceKind(
        "flow-register",
        query_recipe(
            "FlowDefinitionView",
            "SELECT DurableId, ApiName, Label, NamespacePrefix, ManageableState, IsActive, ProcessType, "
            "TriggerType, LastModifiedDate FROM FlowDefinitionView",
            "Setup > Flows",
        ),
        _files("FlowDefinitionView"),
        (frozenset({"apiname", "isactive"}),),
        read_flows,
    ),
    EvidenceKind(
        "users",
        query_recipe(
            "User",
            "SELECT Id, IsActive, LastLoginDate, ProfileId, Profile.Name, UserType FROM User",
            "Setup > Users, or a report on Users",
        ),
        _files("User"),
        (frozenset({"id", "isactive", "usertype"}), frozenset({"id", "isactive", "profileid"})),
        read_users,
    ),
    EvidenceKind(
        "permission-set-assignments",
        query_recipe(
            "PermissionSetAssignment",
            "SELECT AssigneeId, PermissionSetId, PermissionSet.Name, PermissionSet.NamespacePrefix, "
            "PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSetGroup.DeveloperName, "
            "ExpirationDate FROM PermissionSetAssignment",
            "Setup > Permission Sets > Manage Assignments, set by set",
        ),
        _files("PermissionSetAssignment"),
        (frozenset({"assigneeid", "permissionsetid"}), frozenset({"assigneeid", "permissionset.name"})),
        read_assignments,
    ),
    EvidenceKind(
        "fill-by-cohort",
        Recipe(
            _fill_commands,
            _fill_calls,
            "a report on each object, grouped by created quarter, with a summary of each field",
        ),
        ("fill/*.csv", "fill/*.csv.gz", "fill/*.json"),
        tuple(fill_signature_columns()),
        read_fill,
    ),
)
