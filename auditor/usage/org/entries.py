"""Inventories of the live organisation and its log of changes: what stands beside the repository."""

from __future__ import annotations

import shlex

from auditor.model.catalogue import ObjectKind
from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe
from auditor.usage.kit.soql import query_recipe
from auditor.usage.org.describes import read_global_describe, read_object_describes
from auditor.usage.org.listings import read_entity_definitions, read_field_definitions, read_validation_rules
from auditor.usage.org.trail import read_setup_trail

_ENDINGS = ("csv", "csv.gz", "json", "json.gz", "jsonl", "jsonl.gz")


def _files(*stems: str) -> tuple[str, ...]:
    return tuple(f"{stem}.{ending}" for stem in stems for ending in _ENDINGS)


def _objects(target: PlanTarget) -> list[str]:
    """The objects of the repository whose custom fields can be described."""
    return sorted(
        item.name
        for item in target.catalog.objects
        if item.kind in (ObjectKind.OBJECT, ObjectKind.CUSTOM_SETTING) and "/" not in item.name
    )


def _describe_commands(target: PlanTarget) -> tuple[str, ...]:
    folder = shlex.quote(f"{target.folder}/describe")
    organization = shlex.quote(target.organization)
    return (
        f"mkdir -p {folder}",
        *(
            f"sf sobject describe --sobject {shlex.quote(name)} --json --target-org {organization} "
            f"> {folder}/{shlex.quote(name)}.json"
            for name in _objects(target)
        ),
    )


def _list_commands(target: PlanTarget) -> tuple[str, ...]:
    organization, folder = shlex.quote(target.organization), shlex.quote(target.folder)
    return (f"sf sobject list --sobject all --json --target-org {organization} > {folder}/sobjects.json",)


def _definition_commands(target: PlanTarget) -> tuple[str, ...]:
    """One query for each object, since `FieldDefinition` takes neither OR nor a query over all."""
    output = shlex.quote(f"{target.folder}/field-definition")
    organization = shlex.quote(target.organization)
    return (
        f"mkdir -p {output}",
        *(
            f"sf data query --use-tooling-api --result-format csv --target-org {organization} --query "
            + shlex.quote(_FIELD_DEFINITIONS.format(name=name))
            + f" --output-file {output}/{shlex.quote(name)}.csv"
            for name in _objects(target)
        ),
    )


_FIELD_DEFINITIONS = (
    "SELECT EntityDefinition.QualifiedApiName, QualifiedApiName, Label, DataType, Length, Precision, Scale "
    "FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = '{name}'"
)

ORG: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "global-describe",
        Recipe(_list_commands, lambda _: 1, "Setup > Object Manager, which lists the objects"),
        _files("sobjects", "global-describe"),
        (frozenset({"sobjects"}),),
        read_global_describe,
    ),
    EvidenceKind(
        "object-describe",
        Recipe(_describe_commands, lambda target: len(_objects(target)), "no way by clicks"),
        ("describe/*.json", "describe/*.json.gz"),
        (frozenset({"name", "fields", "label"}),),
        read_object_describes,
    ),
    EvidenceKind(
        "field-definition",
        Recipe(_definition_commands, lambda target: len(_objects(target)), "Setup > Object Manager > Fields"),
        ("field-definition/*.csv", *_files("FieldDefinition")),
        (frozenset({"qualifiedapiname", "datatype"}),),
        read_field_definitions,
    ),
    EvidenceKind(
        "entity-definition",
        query_recipe(
            "CustomObject",
            "SELECT Id, DeveloperName, NamespacePrefix, ManageableState FROM CustomObject",
            "Setup > Object Manager",
            tooling=True,
        ),
        _files("CustomObject", "EntityDefinition"),
        (frozenset({"qualifiedapiname", "keyprefix"}), frozenset({"developername", "manageablestate", "id"})),
        read_entity_definitions,
    ),
    EvidenceKind(
        "tooling-validation-rule",
        query_recipe(
            "ValidationRule",
            "SELECT Id, ValidationName, EntityDefinition.QualifiedApiName, NamespacePrefix, Active, CreatedDate, "
            "CreatedById, LastModifiedDate, LastModifiedById FROM ValidationRule",
            "Setup > Object Manager > Validation Rules, object by object",
            tooling=True,
        ),
        _files("ValidationRule"),
        # The longer one keeps it from being taken for an extract of records.
        (
            frozenset({"validationname"}),
            frozenset({"id", "validationname", "active", "createddate", "lastmodifieddate"}),
        ),
        read_validation_rules,
    ),
    EvidenceKind(
        "setup-audit-trail",
        query_recipe(
            "SetupAuditTrail",
            "SELECT CreatedDate, CreatedById, CreatedByContext, Action, Section, Display, DelegateUser, "
            "ResponsibleNamespacePrefix FROM SetupAuditTrail ORDER BY CreatedDate DESC",
            "Setup > View Setup Audit Trail > Download, with English as one's language",
        ),
        _files("SetupAuditTrail"),
        (
            frozenset({"createddate", "display", "section"}),
            frozenset({"date", "action", "section", "source namespace prefix"}),
        ),
        read_setup_trail,
    ),
)
