"""Navigation properties: where they lead, and which own properties carry them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.formats.xml import Node
from auditor.model.catalogue import Relation
from auditor.sources.odata.service import Entity, Service


def relations_of(service: Service, entity: Entity) -> Iterator[Relation]:
    """The navigation properties that stand in one entity type, in order.

    V4 names the target type; V2 and V3 name an association, one end of which holds it.
    """
    for navigation in entity.node.all("NavigationProperty"):
        name = navigation.attributes.get("Name")
        if not name:
            continue
        if "Type" in navigation.attributes:
            written = navigation.attributes["Type"]
            constraints = navigation.all("ReferentialConstraint")
            own = tuple(c.attributes.get("Property", "") for c in constraints)
            to = service.name(entity.document.qualified(written))
            yield Relation(name, to, written.startswith("Collection("), own)
            continue
        association = entity.document.associations.get(
            entity.document.qualified(navigation.attributes.get("Relationship", ""))
        )
        end = _end(association, navigation.attributes.get("ToRole"))
        if association is not None and end is not None:
            to = service.name(entity.document.qualified(end.attributes.get("Type", "")))
            many = end.attributes.get("Multiplicity") == "*"
            yield Relation(name, to, many, _dependents(association, navigation.attributes.get("FromRole")))


def carried(relations: Sequence[Relation], keys: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The objects that each property leads to, in the order of the navigations.

    Of several properties that carry one navigation together, those outside the type's own key say which row is
    meant (`CustomerAccount`, not `dataAreaId`); where all are in the key, all do.
    """
    found: dict[str, dict[str, None]] = {}
    for relation in relations:
        if relation.many:
            continue
        telling = [name for name in relation.fields if name not in keys]
        for name in telling or relation.fields:
            found.setdefault(name, {})[relation.to] = None
    return {name: tuple(targets) for name, targets in found.items()}


def _end(association: Node | None, role: str | None) -> Node | None:
    if association is None:
        return None
    return next((end for end in association.all("End") if end.attributes.get("Role") == role), None)


def _dependents(association: Node, role: str | None) -> tuple[str, ...]:
    """Own properties of a V2 navigation, where its association has a constraint and we are the dependent."""
    return tuple(
        ref.attributes.get("Name", "")
        for dependent in association.at("ReferentialConstraint/Dependent")
        if dependent.attributes.get("Role") == role
        for ref in dependent.all("PropertyRef")
    )
