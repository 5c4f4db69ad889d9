"""Entity types as objects: properties, keys, navigation, who may write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.catalogue import (
    Calculation,
    Field,
    Object,
    ObjectKind,
    Origin,
    PicklistValue,
    Relationship,
)
from auditor.sources.odata.document import SAP
from auditor.sources.odata.navigation import carried, relations_of
from auditor.sources.odata.rights import SetRights, is_computed, property_rights, set_rights
from auditor.sources.odata.service import Entity, Service, text_of

_CUSTOMERS = re.compile(r"(YY|ZZ|Y_|Z_)")
"""Name spaces that SAP leaves to its customers: key-user fields (`YY1_`, `ZZ1_`) and customer includes."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What every property of one type needs to know."""

    service: Service
    entity: Entity
    object_name: str
    keys: frozenset[str]
    targets: dict[str, tuple[str, ...]]
    """Objects that a property leads to."""
    rights: SetRights


def entity_object(service: Service, entity: Entity) -> Object:
    """One entity type as an object.

    An entity type that derives from another holds the other's properties and navigation too, as CSDL says.
    Complex types are values, not objects; a property of complex type is one field.
    """
    name = service.name(entity.name)
    node = entity.node
    lineage = service.lineage(entity)
    relations = tuple(r for each in lineage for r in relations_of(service, each))
    keys = frozenset(ref.attributes.get("Name", "") for each in lineage for ref in each.node.at("Key/PropertyRef"))
    context = _Context(service, entity, name, keys, carried(relations, keys), set_rights(service, entity))
    sets = service.sets.get(entity.name, ())
    return Object(
        name=name,
        label=_label(service, entity.name, node)
        or next((label for s in sets if (label := _set_label(service, s.targets[0], s.node))), None),
        description=_description(service, entity.name, node),
        kind=ObjectKind.ENTITY,
        custom=_is_custom(entity, name),
        fields=_fields(context, lineage),
        aliases=tuple(dict.fromkeys(s.name for s in sets)),
        relations=tuple({relation.name: relation for relation in relations}.values()),
        attributes=tuple(_attributes(service, entity)),
        origin=_origin(entity, node),
    )


def _attributes(service: Service, entity: Entity) -> Iterator[tuple[str, str]]:
    if entity.node.attributes.get("Abstract") == "true":
        yield "abstract", "true"
    base = service.base(entity)
    if base is not None:
        yield "base_type", service.name(base.name)


def _fields(context: _Context, lineage: tuple[Entity, ...]) -> tuple[Field, ...]:
    """Properties by name; where a derived type repeats one of its base, its own words hold."""
    properties: dict[str, tuple[Entity, Node]] = {}
    for owner in lineage:
        for node in owner.node.all("Property"):
            if name := node.attributes.get("Name"):
                properties[name] = owner, node
    return tuple(
        _field(context, owner, node, position) for position, (owner, node) in enumerate(properties.values())
    )


def _field(context: _Context, owner: Entity, node: Node, position: int) -> Field:
    service, attributes = context.service, node.attributes
    name = attributes.get("Name", "")
    target = f"{owner.name}/{name}"
    leads_to = context.targets.get(name, ())
    computed = is_computed(service, target, node)
    creatable, updatable = property_rights(service, target, node, context.rights)
    if computed and leads_to:
        # Dataverse tags the key of a lookup as computed, because it is written through the navigation.
        computed, creatable, updatable = False, None, None
    values = _values(context, owner, node)
    return Field(
        object=context.object_name,
        name=name,
        label=_label(service, target, node),
        type=attributes.get("Type"),
        custom=_is_custom(owner, name),
        required=attributes.get("Nullable") == "false",
        key=name in context.keys,
        reference_to=leads_to,
        relationship=Relationship.NAVIGATION if leads_to else None,
        calculation=Calculation.GENERATED if computed else None,
        length=_number(attributes.get("MaxLength")),
        precision=_number(attributes.get("Precision")),
        scale=_number(attributes.get("Scale")),
        description=attributes.get(f"{SAP}quickinfo")
        or text_of(service.annotated(target, "QuickInfo", node))
        or _description(service, target, node),
        default=attributes.get("DefaultValue"),
        picklist=values,
        restricted=True if values else None,
        creatable=creatable,
        updatable=False if name in context.keys else updatable,
        position=position,
        origin=_origin(owner, node),
    )


def _values(context: _Context, owner: Entity, node: Node) -> tuple[PicklistValue, ...]:
    """Members of an enumeration type, or what `Validation.AllowedValues` lists."""
    service = context.service
    listed = service.picklists.get(owner.document.qualified(node.attributes.get("Type", "")))
    if listed is not None:
        return listed
    allowed = service.annotated(f"{owner.name}/{node.attributes.get('Name', '')}", "AllowedValues", node)
    if allowed is None:
        return ()
    return tuple(value for record in allowed.at("Collection/Record") if (value := _allowed(service, record)))


def _allowed(service: Service, record: Node) -> PicklistValue | None:
    for member in record.all("PropertyValue"):
        if member.attributes.get("Property") != "Value":
            continue
        constants = (member.attributes.get(kind, member.value(kind)) for kind in ("String", "Int", "Decimal"))
        value = next((constant for constant in constants if constant is not None), None)
        if value is not None:
            label = text_of(service.annotated("", "Label", record))
            return PicklistValue(value, label or text_of(service.annotated("", "SymbolicName", record)) or value)
    return None


def _label(service: Service, target: str, node: Node) -> str | None:
    sap = node.attributes.get(f"{SAP}label") or node.attributes.get(f"{SAP}heading")
    return sap or text_of(service.annotated(target, "Label", node)) or _caption(service, target, node)


def _caption(service: Service, target: str, node: Node) -> str | None:
    """Business Central writes the caption itself as `NAV.LabelId`; Finance an id (`@SYS1234`), which is none."""
    caption = text_of(service.annotated(target, "LabelId", node))
    return None if caption is None or caption.startswith("@") else caption


def _set_label(service: Service, target: str, node: Node) -> str | None:
    return node.attributes.get(f"{SAP}label") or text_of(service.annotated(target, "Label", node))


def _description(service: Service, target: str, node: Node) -> str | None:
    return (
        text_of(service.annotated(target, "Description", node))
        or text_of(service.annotated(target, "LongDescription", node))
        or _documentation(node)
    )


def _documentation(node: Node) -> str | None:
    """CSDL 1 to 3 write it as an element."""
    written = node.find("Documentation")
    return (written.value("LongDescription") or written.value("Summary")) if written is not None else None


def _is_custom(entity: Entity, name: str) -> bool | None:
    """Whether the name is a customer's own by SAP's name spaces.

    A service of SAP's tells by its names; in a customer's own service, and in every other vendor's, names tell
    nothing.
    """
    if _CUSTOMERS.match(name):
        return True if entity.document.sap or name.startswith(("YY1_", "ZZ1_")) else None
    delivered = entity.document.sap and not entity.name.upper().startswith(("Z", "Y", "CDS_Z", "CDS_Y"))
    return False if delivered else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _origin(entity: Entity, node: Node) -> Origin:
    return Origin(entity.document.path, node.line or None)
