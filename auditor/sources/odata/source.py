"""OData services as a source: every `$metadata` document of a tree."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.formats.xml import parse_xml
from auditor.model.catalogue import Catalog, Object, Role, Skipped
from auditor.sources.odata.document import read_document
from auditor.sources.odata.entities import entity_objects

SUFFIXES = (".edmx", ".xml", ".csdl")


def read_odata(tree: Tree, system: str, role: Role) -> Catalog:
    """Read every `.edmx`, `.csdl` and `.xml` file of the tree as OData `$metadata`, V2 to V4.

    An entity type that stands in two documents is taken from the first, which is said under `skipped`.
    """
    objects: dict[str, Object] = {}
    skipped: list[Skipped] = list(tree.skipped)
    paths = [path for path in tree.paths() if path.lower().endswith(SUFFIXES)]
    for path in paths:
        try:
            found = entity_objects(read_document(parse_xml(tree.read(path))), path)
        except FormatError as error:
            skipped.append(Skipped(path, error.reason, error.line))
            continue
        skipped.extend(_repeated(found, objects))
        for entity in found:
            objects.setdefault(entity.name, entity)
    return Catalog(
        system=system,
        role=role,
        kind="odata",
        objects=tuple(sorted(objects.values(), key=lambda entity: entity.name)),
        channels={"odata_service": len(paths)},
        skipped=tuple(sorted(skipped)),
        location=tree.location,
    )


def _repeated(found: tuple[Object, ...], known: dict[str, Object]) -> Iterator[Skipped]:
    for entity in found:
        first = known.get(entity.name)
        if first is not None and first.origin is not None and entity.origin is not None:
            reason = f"entity type {entity.name} was already read from {first.origin.path}; that one is kept"
            yield Skipped(entity.origin.path, reason, entity.origin.line)
