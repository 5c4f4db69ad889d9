"""Every document of a tree together: types by qualified name, who inherits from whom, what is said about them.

A type may derive from one of another document, and annotations may stand in a file of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.catalogue import PicklistValue
from auditor.sources.odata.document import Document, EntitySet


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity type and the document that it stands in."""

    name: str
    """Qualified with the namespace."""
    node: Node
    document: Document


@dataclass(frozen=True, slots=True)
class Service:
    """What all documents say, by qualified name; of two definitions the first holds."""

    entities: Mapping[str, Entity]
    names: Mapping[str, str]
    """The name that an object goes by: the type's own, with its namespace where two namespaces share it."""
    sets: Mapping[str, tuple[EntitySet, ...]]
    """Entity sets by the type that they hold."""
    picklists: Mapping[str, tuple[PicklistValue, ...]]
    """Members of enumeration types."""
    annotations: Mapping[str, tuple[Node, ...]]

    def name(self, qualified: str) -> str:
        """The object's name for a type; its local name where the type stands in no document."""
        return self.names.get(qualified) or qualified.rpartition(".")[2]

    def annotated(self, target: str, term: str, node: Node) -> Node | None:
        """The annotation by the term's local name (`Label`), whatever the vocabulary's alias.

        One with a qualifier is for some readers only and is left out. What stands inside the element goes before
        what targets it from outside.
        """
        for annotation in node.children:
            if annotation.tag == "Annotation" and _says(annotation, term):
                return annotation
        for annotation in self.annotations.get(target, ()):
            if _says(annotation, term):
                return annotation
        return None

    def lineage(self, entity: Entity) -> tuple[Entity, ...]:
        """The type and the types that it derives from, base first; a cycle ends where it closes."""
        chain = [entity]
        while (base := self.base(chain[-1])) is not None and base not in chain:
            chain.append(base)
        return tuple(reversed(chain))

    def base(self, entity: Entity) -> Entity | None:
        """The type that it derives from; None where there is none or no document holds it."""
        return self.entities.get(base_name(entity) or "")


def base_name(entity: Entity) -> str | None:
    """The qualified name of the type that it derives from."""
    written = entity.node.attributes.get("BaseType")
    return entity.document.qualified(written) if written else None


def make_service(documents: Sequence[Document]) -> Service:
    """Join the indexes of all documents of a system, in the order given."""
    entities: dict[str, Entity] = {}
    sets: dict[str, dict[str, EntitySet]] = {}
    annotations: dict[str, list[Node]] = {}
    for document in documents:
        for name, node in document.types.items():
            entities.setdefault(name, Entity(name, node, document))
        for offered in document.sets:
            sets.setdefault(offered.holds, {}).setdefault(offered.targets[0], offered)
        for target, nodes in document.annotations.items():
            annotations.setdefault(target, []).extend(nodes)
    service = Service(
        entities,
        _names(entities),
        {held: tuple(by_target.values()) for held, by_target in sets.items()},
        {},
        {target: tuple(nodes) for target, nodes in annotations.items()},
    )
    return Service(
        service.entities, service.names, service.sets, dict(_picklists(service, documents)), service.annotations
    )


def text_of(annotation: Node | None) -> str | None:
    """The constant text of an annotation; None where there is none or it is computed."""
    if annotation is None:
        return None
    return annotation.attributes.get("String") or annotation.value("String")


def _says(annotation: Node, term: str) -> bool:
    written = annotation.attributes.get("Term", "")
    if not written.endswith(term):  # most do not, and each property is asked for a dozen
        return False
    return written.rpartition(".")[2] == term and "Qualifier" not in annotation.attributes


def _names(entities: Mapping[str, Entity]) -> dict[str, str]:
    shared = Counter(_local(name) for name in entities)
    return {name: name if shared[_local(name)] > 1 else _local(name) for name in entities}


def _picklists(service: Service, documents: Sequence[Document]) -> Iterator[tuple[str, tuple[PicklistValue, ...]]]:
    for document in reversed(documents):  # so that the first definition is the one that stays
        for name, node in document.enums.items():
            yield name, tuple(_member(service, f"{name}/", member) for member in node.all("Member"))


def _member(service: Service, owner: str, node: Node) -> PicklistValue:
    name = node.attributes.get("Name", "")
    label = text_of(service.annotated(owner + name, "Label", node))
    return PicklistValue(name, label or name)


def _local(name: str) -> str:
    return name.rpartition(".")[2]
