"""CSDL as JSON (OData 4.01), brought into the elements that CSDL as XML has.

Source: OData CSDL JSON Representation 4.01 (OASIS). Defaults differ from XML: a property without `$Type` is a
string, and without `$Nullable` it must have a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.errors import FormatError
from auditor.formats.jsons import Json, parse_json
from auditor.formats.xml import Node

_FACETS = {
    "$MaxLength": "MaxLength",
    "$Precision": "Precision",
    "$Scale": "Scale",
    "$DefaultValue": "DefaultValue",
    "$BaseType": "BaseType",
    "$Abstract": "Abstract",
    "$Extends": "Extends",
}
_TYPES = frozenset({"EntityType", "EnumType", "EntityContainer"})


def parse_csdl_json(data: bytes) -> Node:
    """Read one document as the root element `Edmx`. Nothing has a line: JSON keeps none.

    Raises:
        FormatError: not JSON, or no CSDL.
    """
    try:
        document = parse_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FormatError("not UTF-8, which JSON has to be") from None
    if not isinstance(document, Mapping) or "$Version" not in document:
        raise FormatError("JSON, but no OData $metadata: it has no $Version")
    services = _element("DataServices")
    for namespace, schema in _named(document):
        services.children.append(_schema(namespace, schema))
    references = [_reference(each) for each in _objects(document.get("$Reference"))]
    return _element("Edmx", {"Version": str(document["$Version"])}, [*references, services])


def _reference(reference: Mapping[str, Json]) -> Node:
    listed = reference.get("$Include")
    return _element(
        "Reference",
        children=[
            _element("Include", {"Namespace": str(i.get("$Namespace", "")), "Alias": str(i["$Alias"])})
            for i in (listed if isinstance(listed, list) else ())
            if isinstance(i, Mapping) and "$Alias" in i
        ],
    )


def _schema(namespace: str, schema: Mapping[str, Json]) -> Node:
    alias = schema.get("$Alias")
    node = _element("Schema", {"Namespace": namespace, **({"Alias": alias} if isinstance(alias, str) else {})})
    for name, member in _named(schema):
        kind = str(member.get("$Kind", ""))
        if kind in _TYPES:
            node.children.append(_type(kind, name, member))
    targets = schema.get("$Annotations")
    for target, said in targets.items() if isinstance(targets, Mapping) else ():
        if isinstance(said, Mapping):
            node.children.append(_element("Annotations", {"Target": target}, _annotations(said)))
    return node


def _type(kind: str, name: str, member: Mapping[str, Json]) -> Node:
    children = list(_annotations(member))
    if kind == "EnumType":
        values = [key for key, value in member.items() if isinstance(value, int | str) and _is_name(key)]
        children += [_element("Member", {"Name": v}, _annotations(member, v)) for v in values]
    elif kind == "EntityContainer":
        children += [_set(key, each) for key, each in _named(member) if "$Type" in each]
    else:
        children += [_key(member.get("$Key")), *(_property(key, each) for key, each in _named(member))]
    return _element(kind, {"Name": name, **_facets(member)}, children)


def _key(key: Json) -> Node:
    parts = key if isinstance(key, list) else []
    paths = [next(iter(part.values()), "") if isinstance(part, Mapping) else part for part in parts]
    return _element("Key", children=[_element("PropertyRef", {"Name": str(path)}) for path in paths])


def _set(name: str, member: Mapping[str, Json]) -> Node:
    tag, attribute = ("EntitySet", "EntityType") if member.get("$Collection") else ("Singleton", "Type")
    return _element(tag, {"Name": name, attribute: str(member["$Type"])}, _annotations(member))


def _property(name: str, member: Mapping[str, Json]) -> Node:
    kind = str(member.get("$Kind", "Property"))
    written = str(member.get("$Type", "Edm.String"))
    attributes = {"Name": name, "Type": f"Collection({written})" if member.get("$Collection") else written}
    if not member.get("$Nullable") and not member.get("$Collection"):
        attributes["Nullable"] = "false"
    constraint = member.get("$ReferentialConstraint")
    own = [key for key in constraint if "@" not in key] if isinstance(constraint, Mapping) else []
    children = [_element("ReferentialConstraint", {"Property": key}) for key in own]
    return _element(kind, attributes | _facets(member), [*children, *_annotations(member)])


def _facets(member: Mapping[str, Json]) -> dict[str, str]:
    found = {xml: member[key] for key, xml in _FACETS.items() if key in member}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in found.items()}


def _annotations(member: Mapping[str, Json], of: str = "") -> list[Node]:
    """`@Vocabulary.Term` of the element, or `Name@Vocabulary.Term` of one of its members."""
    found = []
    for key, value in member.items():
        owner, at, written = key.partition("@")
        if at and owner == of and "@" not in written:
            term, _, qualifier = written.partition("#")
            attributes = {"Term": term, **({"Qualifier": qualifier} if qualifier else {})}
            found.append(_expression(_element("Annotation", attributes), value))
    return found


def _expression(node: Node, value: Json) -> Node:
    """Constants, records and collections; a path or a computed value says nothing that can be read."""
    if isinstance(value, bool):
        node.attributes["Bool"] = str(value).lower()
    elif isinstance(value, str):
        node.attributes |= {"String": value, "EnumMember": value.replace(",", " ")}
    elif isinstance(value, int | float):
        node.attributes["Int"] = str(value)
    elif isinstance(value, Mapping):
        node.children.append(_record(value))
    elif isinstance(value, list):
        node.children.append(_element("Collection", children=[_item(item) for item in value]))
    return node


def _record(value: Mapping[str, Json]) -> Node:
    members = [_expression(_element("PropertyValue", {"Property": k}), v) for k, v in value.items() if _is_name(k)]
    return _element("Record", children=[*members, *_annotations(value)])


def _item(item: Json) -> Node:
    if isinstance(item, Mapping):
        return _record(item)
    node = _element("String")
    node.text = str(item)
    return node


def _named(members: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    return ((k, v) for k, v in members.items() if _is_name(k) and isinstance(v, Mapping))


def _objects(value: Json) -> Iterator[Mapping[str, Json]]:
    return (v for v in value.values() if isinstance(v, Mapping)) if isinstance(value, Mapping) else iter(())


def _is_name(key: str) -> bool:
    return "@" not in key and not key.startswith("$")


def _element(tag: str, attributes: dict[str, str] | None = None, children: list[Node] | None = None) -> Node:
    node = Node(tag, 0, attributes or {})
    node.children = children or []
    return node
