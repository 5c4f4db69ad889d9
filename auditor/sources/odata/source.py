"""OData services as a source: every `$metadata` document of a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.formats.xml import parse_xml
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.sources.odata.document import Document, read_document
from auditor.sources.odata.entities import entity_object
from auditor.sources.odata.jsondocument import parse_csdl_json
from auditor.sources.odata.service import Service, base_name, make_service
from auditor.sources.recognising import edmx_paths, is_csdl_json


def read_odata(tree: Tree, system: str, role: Role) -> Catalog:
    """Read every `$metadata` document of the tree: V2 to V4 as XML, V4 as JSON too.

    Files are taken by name (`.edmx`, `.csdl`, `.xml`, `$metadata`; `.json` where it says that it is CSDL). An
    entity type that stands in two documents is taken from the first, which is said under `skipped`; so is a base
    type that stands in none, since what it passes on is missing then.
    """
    skipped: list[Skipped] = list(tree.skipped)
    documents = list(_documents(tree, skipped))
    service = make_service(documents)
    skipped.extend(Skipped(d.path, reason, line or None) for d in documents for line, reason in d.problems)
    skipped.extend(_repeated(service, documents))
    skipped.extend(_orphans(service))
    objects = [entity_object(service, entity) for entity in service.entities.values()]
    return Catalog(
        system=system,
        role=role,
        kind="odata",
        objects=tuple(sorted(objects, key=lambda entity: entity.name)),
        channels={"odata_service": len(documents)},
        skipped=tuple(sorted(skipped)),
        location=tree.location,
    )


def _documents(tree: Tree, skipped: list[Skipped]) -> Iterator[Document]:
    paths = edmx_paths(tree.paths())
    for path in paths:
        try:
            data = tree.read(path)
            if path.lower().endswith(".json"):
                if len(paths) > 1 and not is_csdl_json(data):
                    continue  # one of many JSON files of a project; a file that was named alone is answered
                yield read_document(parse_csdl_json(data), path)
            else:
                yield read_document(parse_xml(data), path)
        except FormatError as error:
            skipped.append(Skipped(path, error.reason, error.line))


def _repeated(service: Service, documents: Sequence[Document]) -> Iterator[Skipped]:
    for document in documents:
        for name, node in document.types.items():
            first = service.entities[name].document
            if first is not document:
                reason = f"entity type {service.name(name)} was already read from {first.path}; that one is kept"
                yield Skipped(document.path, reason, node.line or None)


def _orphans(service: Service) -> Iterator[Skipped]:
    for entity in service.entities.values():
        base = base_name(entity)
        if base is not None and base not in service.entities:
            reason = (
                f"{service.name(entity.name)} derives from {base}, which stands in no document that was read; "
                "what it inherits is missing"
            )
            yield Skipped(entity.document.path, reason, entity.node.line or None)
