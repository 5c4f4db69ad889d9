"""Records themselves: what fields hold. Values stay where they are; only measures are kept."""

from __future__ import annotations

from auditor.model.catalogue import Object
from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe
from auditor.usage.kit.soql import query_recipe
from auditor.usage.records.database import read_record_database
from auditor.usage.records.extracts import read_record_extract

_SYSTEM = ("Id", "CreatedDate", "CreatedById", "LastModifiedDate", "IsDeleted")


def _commands(target: PlanTarget) -> tuple[str, ...]:
    return tuple(command for item in target.catalog.objects for command in _query(item).commands(target))


def _query(item: Object) -> Recipe:
    own = [each.name for each in item.fields if each.custom]
    names = ", ".join(dict.fromkeys((*_SYSTEM, *own)))
    return query_recipe(f"records/{item.name}", f"SELECT {names} FROM {item.name}", "Setup > Data Export")  # noqa: S608 - text of SOQL for people


RECORDS: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "record-extract",
        Recipe(_commands, lambda target: len(target.catalog.objects), "Setup > Data Export, or Data Loader"),
        ("records/*.csv", "records/*.csv.gz", "records/*.parquet"),
        (frozenset({"id", "createddate", "lastmodifieddate", "createdbyid"}),),
        read_record_extract,
    ),
    EvidenceKind(
        "record-database",
        Recipe(
            lambda _: (), lambda _: 0, "a read-only account of the database; its url in an environment variable"
        ),
        ("none: it is a connection, not a file",),
        (),
        read_record_database,
    ),
)
