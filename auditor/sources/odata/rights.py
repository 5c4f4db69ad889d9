"""Who may write a property: what its entity sets allow, and what is said of the property itself.

Sources: Org.OData.Capabilities.V1 (InsertRestrictions, UpdateRestrictions; Insertable and Updatable are true by
default where the restriction stands), Org.OData.Core.V1 (Computed, Immutable, Permissions),
com.sap.vocabularies.Common.v1 (FieldControl), SAP Annotations for OData 2.0 (`sap:creatable` and
`sap:updatable` are true by default), and Business Central's `NAV.AllowEdit` and `NAV.AllowEditOnCreate`.
"""

from __future__ import annotations

from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.sources.odata.document import SAP, EntitySet
from auditor.sources.odata.service import Entity, Service

Right: TypeAlias = bool | None
"""None: not said."""

_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class _Verb:
    """Creating or updating, in the words of each vocabulary."""

    sap: str
    restriction: str
    allowed: str
    excepted: str
    nav: str


_CREATE = _Verb("creatable", "InsertRestrictions", "Insertable", "NonInsertableProperties", "AllowEditOnCreate")
_UPDATE = _Verb("updatable", "UpdateRestrictions", "Updatable", "NonUpdatableProperties", "AllowEdit")


@dataclass(frozen=True, slots=True)
class SetRights:
    """What each entity set of a type says: the right, and the properties that are excepted from it."""

    creating: tuple[tuple[Right, frozenset[str]], ...]
    updating: tuple[tuple[Right, frozenset[str]], ...]


def set_rights(service: Service, entity: Entity) -> SetRights:
    """The rights that every entity set of a type gives; a set of a base type holds rows of the type as well."""
    sets = [each for ancestor in service.lineage(entity) for each in service.sets.get(ancestor.name, ())]
    sap = entity.document.sap
    return SetRights(
        tuple(_of_set(service, each, _CREATE, sap) for each in sets),
        tuple(_of_set(service, each, _UPDATE, sap) for each in sets),
    )


def property_rights(service: Service, target: str, node: Node, sets: SetRights) -> tuple[Right, Right]:
    """Whether a property may be given when a row is created, and changed afterwards."""
    name = node.attributes.get("Name", "")
    creating = _both(_any(name, sets.creating), _own(service, target, node, _CREATE))
    updating = _both(_any(name, sets.updating), _own(service, target, node, _UPDATE))
    if is_tagged(service.annotated(target, "Immutable", node)):
        updating = False
    return creating, updating


def is_computed(service: Service, target: str, node: Node) -> bool:
    """Whether the service makes the value."""
    return is_tagged(service.annotated(target, "Computed", node))


def is_tagged(annotation: Node | None) -> bool:
    """A tag annotation is true unless it says otherwise (CSDL: the default of a tagging term)."""
    if annotation is None:
        return False
    return annotation.attributes.get("Bool", annotation.value("Bool") or "true") != "false"


def _of_set(service: Service, offered: EntitySet, verb: _Verb, sap: bool) -> tuple[Right, frozenset[str]]:
    said = _BOOLEANS.get(offered.node.attributes.get(SAP + verb.sap, ""), True if sap else None)
    excepted: frozenset[str] = frozenset()
    for target in offered.targets:
        restriction = service.annotated(target, verb.restriction, offered.node)
        if restriction is not None:
            said = _both(said, _member_right(restriction, verb.allowed))
            excepted |= _member_paths(restriction, verb.excepted)
        if _read_only(service.annotated(target, "Permissions", offered.node)):
            said = False
    return said, excepted


def _own(service: Service, target: str, node: Node, verb: _Verb) -> Right:
    """What is said of the property itself; None where nothing is."""
    if is_computed(service, target, node) or _read_only(service.annotated(target, "Permissions", node)):
        return False
    if _controlled(service.annotated(target, "FieldControl", node)):
        return False
    nav = service.annotated(target, verb.nav, node)
    written = node.attributes.get(SAP + verb.sap) or (nav.attributes.get("Bool", "") if nav is not None else "")
    return _BOOLEANS.get(written)


def _member_right(restriction: Node, member: str) -> Right:
    for value in restriction.at("Record/PropertyValue"):
        if value.attributes.get("Property") == member:
            return _BOOLEANS.get(value.attributes.get("Bool", value.value("Bool") or ""))
    return True


def _member_paths(restriction: Node, member: str) -> frozenset[str]:
    return frozenset(
        path.text
        for value in restriction.at("Record/PropertyValue")
        if value.attributes.get("Property") == member
        for path in (*value.at("Collection/PropertyPath"), *value.at("Collection/String"))
    )


def _enum_members(annotation: Node) -> frozenset[str]:
    written = annotation.attributes.get("EnumMember") or annotation.value("EnumMember") or ""
    return frozenset(word.rpartition("/")[2] for word in written.split())


def _read_only(permissions: Node | None) -> bool:
    members = _enum_members(permissions) if permissions is not None else frozenset[str]()
    return bool(members) and members <= {"Read", "None"}


def _controlled(control: Node | None) -> bool:
    """A fixed field control of 1 or below: read-only, inapplicable or hidden."""
    if control is None:
        return False
    return bool(_enum_members(control) & {"ReadOnly", "Inapplicable", "Hidden"}) or control.attributes.get(
        "Int"
    ) in ("0", "1")


def _both(one: Right, other: Right) -> Right:
    """Both must allow it; what one does not say, the other decides."""
    if one is False or other is False:
        return False
    return one if other is None else other


def _any(name: str, sets: tuple[tuple[Right, frozenset[str]], ...]) -> Right:
    """Any entity set is way enough."""
    said = [False if name in excepted else right for right, excepted in sets]
    if True in said:
        return True
    return False if said and None not in said else None
