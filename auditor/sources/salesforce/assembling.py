"""All files of a tree, parsed and resolved into one catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Catalog, Object, Role, Skipped
from auditor.model.components import Component
from auditor.model.references import call_order
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.contents import Contents, Progress
from auditor.sources.salesforce.dispatch import has_reader
from auditor.sources.salesforce.doors import joined_points, point_order, served
from auditor.sources.salesforce.joining import join_components, join_objects, mark_shadows
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.reading import read_files
from auditor.sources.salesforce.resolving import count_channels, resolve, resolve_component, resolve_object
from auditor.sources.salesforce.tables import Tables, tables_of
from auditor.sources.salesforce.unread import unread


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every file of a tree that has a reader, in the order in which later ones win, and what was not read."""

    read: Sequence[tuple[str, Parsed]]
    namespaces: frozenset[str]
    unread: Sequence[MetadataFile]
    skipped: Sequence[Skipped]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the files of a tree define together, under the names that they write."""

    plain: tuple[Object, ...]
    """Objects before those that repeat others under a token are marked."""
    objects: tuple[Object, ...]
    components: tuple[Component, ...]
    skipped: Sequence[Skipped]
    """What was overruled."""
    tables: Tables
    names: Names


def assembled(contents: Contents, progress: Progress | None = None) -> Catalog:
    """The catalogue of a tree, which has no name and no place yet."""
    gathered = gather(contents, progress)
    joined = join(gathered)
    return cataloged(gathered, joined, Asking(joined.tables, joined.names))


def gather(contents: Contents, progress: Progress | None = None) -> Gathered:
    """Read every file of a tree."""
    project = contents.project
    files = [metadata_file(path) for path in contents.tree.paths()]
    read = sorted((file for file in files if has_reader(file)), key=lambda file: project.order(file.path))
    known = {file.path for file in read}
    return Gathered(
        list(read_files(read, contents, progress)),
        project.namespaces,
        [file for file in files if file.path not in known],
        [*contents.tree.skipped, *project.skipped],
    )


def join(gathered: Gathered) -> Joined:
    """Merge what the files define."""
    parts = [parsed for _, parsed in gathered.read]
    plain, overruled = join_objects(parts, gathered.namespaces)
    objects = mark_shadows(plain)
    components, repeated = join_components(parts)
    names = Names(gathered.namespaces)
    tables = tables_of(parts, objects, components, names)
    return Joined(plain, objects, components, [*overruled, *repeated], tables, names)


def cataloged(gathered: Gathered, joined: Joined, asking: Asking) -> Catalog:
    """The catalogue of what was joined, with all that it mentions under declared names."""
    parts = [parsed for _, parsed in gathered.read]
    resolved = resolve(asking, gathered.read)
    lines = {*gathered.skipped, *unread(gathered.unread), *joined.skipped}
    lines.update(line for parsed in parts for line in parsed.skipped)
    return Catalog(
        "",
        Role.CRM,
        "salesforce",
        tuple(_objects(asking, joined)),
        tuple(_components(asking, gathered, joined)),
        resolved.references,
        tuple(sorted(resolved.calls, key=call_order)),
        joined_points(sorted(resolved.points, key=point_order), served(joined.objects)),
        count_channels(joined.components, parts),
        tuple(sorted(lines)),
        resolved.unresolved,
        resolved.examples,
        namespaces=tuple(sorted(gathered.namespaces)),
    )


def _objects(asking: Asking, joined: Joined) -> Iterator[Object]:
    for item in joined.objects:
        asking.at(item.name.lower())
        yield resolve_object(asking, item)


def _components(asking: Asking, gathered: Gathered, joined: Joined) -> Iterator[Component]:
    places = {path: place for place, (path, _) in enumerate(gathered.read)}
    for component in joined.components:
        asking.at(places[component.path])
        yield resolve_component(asking, component)
