"""One `$metadata` document, indexed: types, entity sets, associations and annotations by qualified name.

OData V2 and V3 (CSDL 2/3, with `sap:` attributes) and V4 (CSDL 4, with annotations) share one shape here.
Sources: OData CSDL 4.01 (OASIS), "SAP Annotations for OData Version 2.0" (SAP/odata-vocabularies).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.errors import FormatError
from auditor.formats.xml import Node

SAP = "{http://www.sap.com/Protocols/SAPData}"


@dataclass(frozen=True, slots=True)
class Document:
    """The indexes that reading needs. Keys are qualified with the schema's namespace, aliases replaced."""

    version: str
    types: Mapping[str, Node]
    """Entity types in document order."""
    sets: Mapping[str, tuple[Node, ...]]
    """Entity sets by the qualified type that they hold."""
    set_targets: Mapping[str, str]
    """`Namespace.Container/Set` by the set's name."""
    associations: Mapping[str, Node]
    annotations: Mapping[str, tuple[Node, ...]]
    """Annotations by target: `Namespace.Type/Property`, `Namespace.Container/Set`, `Namespace.Type`."""
    aliases: Mapping[str, str]

    def qualified(self, name: str) -> str:
        """A type name with its schema alias replaced by the namespace, `Collection(...)` removed."""
        bare = name.removeprefix("Collection(").removesuffix(")")
        prefix, dot, local = bare.rpartition(".")
        return f"{self.aliases.get(prefix, prefix)}{dot}{local}"

    def annotated(self, target: str, term: str) -> Node | None:
        """The annotation of a target by the term's local name (`Label`), whatever the vocabulary's alias."""
        for node in self.annotations.get(target, ()):
            if node.attributes.get("Term", "").rpartition(".")[2] == term:
                return node
        return None


def read_document(root: Node) -> Document:
    """Index a parsed document.

    Raises:
        FormatError: when it is XML, but no `$metadata`.
    """
    if root.tag != "Edmx":
        raise FormatError(f"the root element is {root.tag}, not Edmx: no OData $metadata", root.line)
    schemas = [node for services in root.all("DataServices") for node in services.all("Schema")]
    if not schemas:
        raise FormatError("the document holds no Schema", root.line)
    aliases = {
        s.attributes["Alias"]: s.attributes.get("Namespace", "") for s in schemas if "Alias" in s.attributes
    }
    document = Document(
        version=_version(root),
        types=dict(_named(schemas, "EntityType")),
        sets={},
        set_targets=dict(_set_targets(schemas)),
        associations=dict(_named(schemas, "Association")),
        annotations={},
        aliases=aliases,
    )
    return Document(
        document.version,
        document.types,
        _sets(schemas, document),
        document.set_targets,
        document.associations,
        _annotations(schemas, document),
        aliases,
    )


def _version(root: Node) -> str:
    for services in root.all("DataServices"):
        for name, value in services.attributes.items():
            if name.endswith("}DataServiceVersion"):
                return value
    return {"1.0": "2.0"}.get(root.attributes.get("Version", ""), root.attributes.get("Version", "unknown"))


def _named(schemas: list[Node], tag: str) -> Iterator[tuple[str, Node]]:
    for schema in schemas:
        namespace = schema.attributes.get("Namespace", "")
        for node in schema.all(tag):
            yield f"{namespace}.{node.attributes.get('Name', '')}", node


def _containers(schemas: list[Node]) -> Iterator[tuple[str, Node]]:
    yield from _named(schemas, "EntityContainer")


def _set_targets(schemas: list[Node]) -> Iterator[tuple[str, str]]:
    for name, container in _containers(schemas):
        for node in container.all("EntitySet"):
            set_name = node.attributes.get("Name", "")
            yield set_name, f"{name}/{set_name}"


def _sets(schemas: list[Node], document: Document) -> dict[str, tuple[Node, ...]]:
    found: dict[str, tuple[Node, ...]] = {}
    for _, container in _containers(schemas):
        for node in container.all("EntitySet"):
            held = document.qualified(node.attributes.get("EntityType", ""))
            found[held] = (*found.get(held, ()), node)
    return found


def _annotations(schemas: list[Node], document: Document) -> dict[str, tuple[Node, ...]]:
    found: dict[str, tuple[Node, ...]] = {}
    for schema in schemas:
        for group in schema.all("Annotations"):
            owner, slash, rest = group.attributes.get("Target", "").partition("/")
            target = document.qualified(owner) + slash + rest
            found[target] = (*found.get(target, ()), *group.all("Annotation"))
    return found
