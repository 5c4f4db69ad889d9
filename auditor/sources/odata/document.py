"""One `$metadata` document, indexed: types, entity sets, associations and annotations by qualified name.

OData V2 and V3 (CSDL 2/3, with `sap:` attributes) and V4 (CSDL 4, with annotations) share one shape here.
Sources: OData CSDL 4.01 (OASIS), "SAP Annotations for OData Version 2.0" (SAP/odata-vocabularies).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.xml import Node

SAP = "{http://www.sap.com/Protocols/SAPData}"
_SETS = {"EntitySet": "EntityType", "Singleton": "Type"}
"""What a container offers, and the attribute that names the type it holds."""


@dataclass(frozen=True, slots=True)
class EntitySet:
    """An entity set or singleton of a container."""

    name: str
    holds: str
    """The qualified entity type."""
    targets: tuple[str, ...]
    """`Namespace.Container/Set`, also by the containers that extend its own."""
    node: Node


@dataclass(frozen=True, slots=True)
class Document:
    """The indexes that reading needs. Keys are qualified with the schema's namespace, aliases replaced."""

    path: str
    types: Mapping[str, Node]
    """Entity types in document order."""
    enums: Mapping[str, Node]
    sets: tuple[EntitySet, ...]
    associations: Mapping[str, Node]
    annotations: Mapping[str, tuple[Node, ...]]
    """Annotations by target: `Namespace.Type/Property`, `Namespace.Container/Set`, `Namespace.Type`."""
    aliases: Mapping[str, str]
    sap: bool
    """Whether it speaks SAP's annotations of V2, whose absence has a meaning."""
    problems: tuple[tuple[int, str], ...] = ()
    """Lines of what cannot be read, and why."""

    def qualified(self, name: str) -> str:
        """A type name with its schema alias replaced by the namespace, `Collection(...)` removed."""
        return _qualified(name, self.aliases)


def read_document(root: Node, path: str) -> Document:
    """Index a parsed document.

    Raises:
        FormatError: when it is XML, but no `$metadata`.
    """
    schemas = _schemas(root)
    aliases = {**_included(root), **_own_aliases(schemas)}
    return Document(
        path,
        types=_first(_named(schemas, "EntityType")),
        enums=dict(_named(schemas, "EnumType")),
        sets=tuple(_sets(schemas, aliases)),
        associations=dict(_named(schemas, "Association")),
        annotations=_annotations(schemas, aliases),
        aliases=aliases,
        sap=any(_speaks_sap(schema) for schema in schemas),
        problems=tuple(_problems(schemas)),
    )


def _schemas(root: Node) -> list[Node]:
    if root.tag == "Schema":  # a bare CSDL file, as toolkits split them
        return [root]
    if root.tag != "Edmx":
        raise FormatError(f"the root element is {root.tag}, not Edmx: no OData $metadata", root.line)
    schemas = list(root.at("DataServices/Schema"))
    if not schemas and root.find("Runtime") is not None:
        raise FormatError("an Entity Framework model (its schemas stand under Runtime), no $metadata", root.line)
    if not schemas:
        raise FormatError("the document holds no Schema", root.line)
    return schemas


def _own_aliases(schemas: list[Node]) -> dict[str, str]:
    return {s.attributes["Alias"]: s.attributes.get("Namespace", "") for s in schemas if "Alias" in s.attributes}


def _included(root: Node) -> dict[str, str]:
    """Aliases of other documents' namespaces, declared beside the reference to them."""
    return {
        include.attributes["Alias"]: include.attributes.get("Namespace", "")
        for include in root.at("Reference/Include")
        if "Alias" in include.attributes
    }


def _speaks_sap(schema: Node) -> bool:
    return any(name.startswith(SAP) for node in schema.walk() for name in node.attributes)


def _qualified(name: str, aliases: Mapping[str, str]) -> str:
    bare = name.strip().removeprefix("Collection(").removesuffix(")")
    prefix, dot, local = bare.rpartition(".")
    return f"{aliases.get(prefix, prefix)}{dot}{local}"


def _named(schemas: list[Node], tag: str) -> Iterator[tuple[str, Node]]:
    for schema in schemas:
        namespace = schema.attributes.get("Namespace", "")
        for node in schema.all(tag):
            if node.attributes.get("Name"):
                yield f"{namespace}.{node.attributes['Name']}", node


def _first(pairs: Iterator[tuple[str, Node]]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for name, node in pairs:
        found.setdefault(name, node)
    return found


def _problems(schemas: list[Node]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for name, node in _named(schemas, "EntityType"):
        if name in seen:
            yield node.line, f"entity type {name} stands twice; the first is kept"
        seen.add(name)
    for entity in (node for schema in schemas for node in schema.all("EntityType")):
        for node in (entity, *entity.all("Property")):
            if not node.attributes.get("Name"):
                yield node.line, f"{node.tag} without a Name"


def _sets(schemas: list[Node], aliases: Mapping[str, str]) -> Iterator[EntitySet]:
    containers = dict(_named(schemas, "EntityContainer"))
    base = {
        name: _qualified(node.attributes["Extends"], aliases)
        for name, node in containers.items()
        if "Extends" in node.attributes
    }
    for container, node in containers.items():
        heirs = [container, *(name for name in containers if container in _bases(name, base))]
        for child in node.children:
            if child.tag in _SETS and child.attributes.get("Name"):
                name = child.attributes.get("Name", "")
                held = _qualified(child.attributes.get(_SETS[child.tag], ""), aliases)
                yield EntitySet(name, held, tuple(f"{heir}/{name}" for heir in heirs), child)


def _bases(name: str, base: Mapping[str, str]) -> list[str]:
    """Containers that a container extends, nearest first; V3 writes the name without its namespace."""
    found: list[str] = []
    while name in base:
        namespace = name.rpartition(".")[0]
        name = base[name] if "." in base[name] else f"{namespace}.{base[name]}"
        if name in found:
            break
        found.append(name)
    return found


def _annotations(schemas: list[Node], aliases: Mapping[str, str]) -> dict[str, tuple[Node, ...]]:
    found: dict[str, list[Node]] = {}
    for schema in schemas:
        for group in schema.all("Annotations"):
            if "Qualifier" in group.attributes:
                continue  # meant for one kind of device or reader only
            owner, slash, rest = group.attributes.get("Target", "").partition("/")
            found.setdefault(_qualified(owner, aliases) + slash + rest, []).extend(group.all("Annotation"))
    return {target: tuple(nodes) for target, nodes in found.items()}
