"""One custom field, from its own file or from within an `.object` file.

Source: Metadata API developer guide, "CustomField".
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom, split_name, without_placeholders
from auditor.model.catalogue import Calculation, Field, Governance, Origin, Relationship, Skipped
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.field_mentions import field_mentions
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.picklists import Picklist, read_picklist

RELATIONSHIPS: Mapping[str, Relationship] = {
    "Lookup": Relationship.LOOKUP,
    "MasterDetail": Relationship.MASTER_DETAIL,
    "Hierarchy": Relationship.HIERARCHY,
    "ExternalLookup": Relationship.EXTERNAL_LOOKUP,
    "IndirectLookup": Relationship.INDIRECT_LOOKUP,
    "MetadataRelationship": Relationship.METADATA,
}


def read_field(owner: str, node: Node, file: MetadataFile) -> Parsed:
    """Read one field of the object `owner`. A field without a name is skipped."""
    name = node.value("fullName") or (file.name if file.suffix == "field" else None)
    if not name:
        return Parsed(skipped=(Skipped(file.path, f"a field of {owner} has no fullName", node.line),))
    picklist = read_picklist(node)
    return Parsed(
        fields=(_field(owner, name, node, file, picklist),),
        mentions=field_mentions(owner, name, node, picklist),
        integration_points=_external_id(owner, name, node, file),
        channels=("field",),
    )


def _field(owner: str, name: str, node: Node, file: MetadataFile, picklist: Picklist) -> Field:
    kind = node.value("type")
    relationship = RELATIONSHIPS.get(kind or "")
    calculation = _calculation(node, kind)
    writable = False if calculation else None
    return Field(
        owner,
        name,
        label=node.value("label"),
        type=kind,
        custom=is_custom(name),
        # A row of the detail side cannot exist without its master; the file does not say so.
        required=node.flag("required") is True or relationship is Relationship.MASTER_DETAIL,
        unique=node.flag("unique") is True,
        external_id=node.flag("externalId") is True,
        reference_to=_targets(owner, node, relationship),
        relationship=relationship,
        relationship_name=node.value("relationshipName"),
        calculation=calculation,
        length=_number(node, "length"),
        precision=_number(node, "precision"),
        scale=_number(node, "scale"),
        description=node.value("description"),
        help=node.value("inlineHelpText"),
        default=node.value("defaultValue"),
        picklist=picklist.values,
        value_set=picklist.value_set,
        controlling_field=picklist.controlling_field or node.value("metadataRelationshipControllingField"),
        restricted=picklist.restricted,
        formula=node.value("formula"),
        rollup=_rollup(node, kind),
        delete_constraint=node.value("deleteConstraint"),
        track_history=node.flag("trackHistory"),
        track_feed=node.flag("trackFeedHistory"),
        creatable=writable,
        updatable=writable,
        governance=_governance(node),
        namespace=split_name(without_placeholders(name)).namespace or None,
        origin=Origin(file.path, node.line),
    )


def _calculation(node: Node, kind: str | None) -> Calculation | None:
    if node.value("formula"):
        return Calculation.FORMULA
    return {"Summary": Calculation.ROLLUP, "AutoNumber": Calculation.AUTO_NUMBER}.get(kind or "")


def _targets(owner: str, node: Node, relationship: Relationship | None) -> tuple[str, ...]:
    written = tuple(target.text for target in node.all("referenceTo") if target.text)
    # A hierarchy (of users) always points at its own object and has no referenceTo.
    return (owner,) if relationship is Relationship.HIERARCHY and not written else written


def _rollup(node: Node, kind: str | None) -> str | None:
    if kind != "Summary":
        return None
    key = node.value("summaryForeignKey") or ""
    summed = node.value("summarizedField") or key.partition(".")[0]
    return f"{node.value('summaryOperation') or 'count'}({summed})"


def _number(node: Node, tag: str) -> int | None:
    text = node.value(tag)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _governance(node: Node) -> Governance:
    groups = (part.strip() for item in node.all("complianceGroup") for part in item.text.split(";"))
    return Governance(
        node.value("businessStatus"),
        node.value("businessOwnerUser") or node.value("businessOwnerGroup"),
        node.value("securityClassification"),
        tuple(group for group in groups if group),
    )


def _external_id(owner: str, name: str, node: Node, file: MetadataFile) -> tuple[IntegrationPoint, ...]:
    """An external id is a door: rows are matched on it by upserts from outside."""
    if node.flag("externalId") is not True:
        return ()
    full = f"{owner}.{name}"
    point = IntegrationPoint(
        "external_id", full, file.path, node.line, direction="in", objects=(owner,), fields=(full,)
    )
    return (point,)
