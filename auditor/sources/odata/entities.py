"""Entity types of one `$metadata` document as objects: properties, keys, navigation, who may write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.formats.xml import Node
from auditor.model.catalogue import Calculation, Field, Object, ObjectKind, Origin, Relation, Relationship
from auditor.sources.odata.document import SAP, Document

_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class _Link:
    """Own properties that carry a navigation, and where it leads."""

    to: str
    fields: tuple[str, ...]


def entity_objects(document: Document, path: str) -> tuple[Object, ...]:
    """Every entity type of the document as an object, in document order.

    An entity type that derives from another holds the other's properties too, as CSDL says. Complex types are
    values, not objects; a property of complex type is one field.
    """
    return tuple(_object(document, name, node, path) for name, node in document.types.items())


def _object(document: Document, name: str, node: Node, path: str) -> Object:
    own_name = _local(name)
    sets = document.sets.get(name, ())
    relations = tuple(_relations(document, node))
    links = {link.fields[0]: link.to for link in _links(document, node) if len(link.fields) == 1}
    lineage = list(_lineage(document, name))
    keys = {ref.attributes.get("Name", "") for _, entity in lineage for ref in entity.at("Key/PropertyRef")}
    writable = _set_rights(document, sets)
    fields = tuple(
        _field(document, f"{owner}/{prop.attributes.get('Name', '')}", prop, writable)
        for owner, entity in lineage
        for prop in entity.all("Property")
    )
    return Object(
        name=own_name,
        label=_label(document, name, node)
        or next((lb for s in sets if (lb := s.attributes.get(f"{SAP}label"))), None),
        description=_text(document.annotated(name, "Description"))
        or _text(document.annotated(name, "LongDescription")),
        kind=ObjectKind.ENTITY,
        custom=_is_custom(own_name),
        fields=tuple(
            _placed(field, own_name, position, (keys, links), path) for position, field in enumerate(fields)
        ),
        aliases=tuple(s.attributes.get("Name", "") for s in sets),
        relations=relations,
        origin=Origin(path, node.line),
    )


def _placed(
    field: Field, object_name: str, position: int, known: tuple[set[str], dict[str, str]], path: str
) -> Field:
    keys, links = known
    target = links.get(field.name)
    return replace(
        field,
        object=object_name,
        custom=_is_custom(field.name),
        key=field.name in keys,
        reference_to=(target,) if target else (),
        relationship=Relationship.NAVIGATION if target else None,
        updatable=False if field.name in keys and field.updatable is None else field.updatable,
        position=position,
        origin=Origin(path, field.origin.line if field.origin else None),
    )


def _field(document: Document, target: str, node: Node, rights: tuple[bool | None, bool | None]) -> Field:
    attributes = node.attributes
    computed = _truth(document.annotated(target, "Computed"))
    immutable = _truth(document.annotated(target, "Immutable"))
    creatable = _BOOLEANS.get(attributes.get(f"{SAP}creatable", ""), rights[0])
    updatable = _BOOLEANS.get(attributes.get(f"{SAP}updatable", ""), rights[1])
    return Field(
        object="",
        name=attributes.get("Name", ""),
        label=_label(document, target, node),
        type=attributes.get("Type"),
        required=attributes.get("Nullable") == "false",
        calculation=Calculation.GENERATED if computed else None,
        length=_number(attributes.get("MaxLength")),
        precision=_number(attributes.get("Precision")),
        scale=_number(attributes.get("Scale")),
        description=attributes.get(f"{SAP}quickinfo")
        or _text(document.annotated(target, "QuickInfo"))
        or _text(document.annotated(target, "Description")),
        default=attributes.get("DefaultValue"),
        creatable=False if computed else creatable,
        updatable=False if computed or immutable else updatable,
        origin=Origin("", node.line),
    )


def _lineage(document: Document, name: str) -> Iterator[tuple[str, Node]]:
    """The type and the types that it derives from, base first; a cycle ends where it closes."""
    chain: list[tuple[str, Node]] = []
    seen: set[str] = set()
    while name in document.types and name not in seen:
        seen.add(name)
        node = document.types[name]
        chain.append((name, node))
        name = document.qualified(node.attributes.get("BaseType", ""))
    return reversed(chain)


def _relations(document: Document, node: Node) -> Iterator[Relation]:
    for navigation in node.all("NavigationProperty"):
        name = navigation.attributes.get("Name", "")
        own = tuple(c.attributes.get("Property", "") for c in navigation.all("ReferentialConstraint"))
        if "Type" in navigation.attributes:
            written = navigation.attributes["Type"]
            many = written.startswith("Collection(")
            yield Relation(name, _local(document.qualified(written)), many, own)
            continue
        end = _association_end(document, navigation)
        if end is not None:
            to = _local(document.qualified(end.attributes.get("Type", "")))
            yield Relation(name, to, end.attributes.get("Multiplicity") == "*", _dependents(document, navigation))


def _links(document: Document, node: Node) -> Iterator[_Link]:
    return (_Link(r.to, r.fields) for r in _relations(document, node) if r.fields and not r.many)


def _association(document: Document, navigation: Node) -> Node | None:
    return document.associations.get(document.qualified(navigation.attributes.get("Relationship", "")))


def _association_end(document: Document, navigation: Node) -> Node | None:
    association = _association(document, navigation)
    if association is None:
        return None
    role = navigation.attributes.get("ToRole")
    return next((end for end in association.all("End") if end.attributes.get("Role") == role), None)


def _dependents(document: Document, navigation: Node) -> tuple[str, ...]:
    """Own properties of a V2 navigation, where its association has a constraint and we are the dependent."""
    association = _association(document, navigation)
    if association is None:
        return ()
    return tuple(
        ref.attributes.get("Name", "")
        for dependent in association.at("ReferentialConstraint/Dependent")
        if dependent.attributes.get("Role") == navigation.attributes.get("FromRole")
        for ref in dependent.all("PropertyRef")
    )


def _set_rights(document: Document, sets: tuple[Node, ...]) -> tuple[bool | None, bool | None]:
    """Whether rows may be created and changed through any entity set of the type; None: not said."""
    creatable = [_right(document, s, "creatable", "InsertRestrictions", "Insertable") for s in sets]
    updatable = [_right(document, s, "updatable", "UpdateRestrictions", "Updatable") for s in sets]
    return _any(creatable), _any(updatable)


def _right(document: Document, node: Node, sap: str, term: str, member: str) -> bool | None:
    said = _BOOLEANS.get(node.attributes.get(SAP + sap, ""))
    if said is not None:
        return said
    annotation = document.annotated(document.set_targets.get(node.attributes.get("Name", ""), ""), term)
    if annotation is None:
        return None
    for value in annotation.at("Record/PropertyValue"):
        if value.attributes.get("Property") == member:
            return _BOOLEANS.get(value.attributes.get("Bool", value.value("Bool") or ""))
    return None


def _any(said: list[bool | None]) -> bool | None:
    if True in said:
        return True
    return False if said and None not in said else None


def _label(document: Document, target: str, node: Node) -> str | None:
    return node.attributes.get(f"{SAP}label") or _text(document.annotated(target, "Label"))


def _text(annotation: Node | None) -> str | None:
    if annotation is None:
        return None
    return annotation.attributes.get("String") or annotation.value("String")


def _truth(annotation: Node | None) -> bool:
    """A tag annotation is true unless it says otherwise (CSDL: the default of a tagging term)."""
    if annotation is None:
        return False
    return annotation.attributes.get("Bool", annotation.value("Bool") or "true") != "false"


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def _local(name: str) -> str:
    return name.rpartition(".")[2]


def _is_custom(name: str) -> bool:
    """Whether the name is a customer's own by SAP's name spaces (`YY1_`, `Z…`/`Y…` with an underscore)."""
    return name.startswith(("YY1_", "ZZ1_", "ZZ_", "YY_"))
