"""All files of a tree, parsed and resolved into one catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.contents import Contents, Progress
from auditor.sources.salesforce.dispatch import has_reader
from auditor.sources.salesforce.doors import joined_points
from auditor.sources.salesforce.joining import join_components, join_objects
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.project import Project
from auditor.sources.salesforce.reading import read_files
from auditor.sources.salesforce.resolving import (
    calls_of,
    count_channels,
    resolve,
    resolve_component,
    resolve_object,
    resolve_point,
    sorted_calls,
)
from auditor.sources.salesforce.tables import tables_of
from auditor.sources.salesforce.unread import unread


def assembled(contents: Contents, progress: Progress | None = None) -> Catalog:
    """The catalogue of a tree, which has no name and no place yet."""
    project = contents.project
    files = [metadata_file(path) for path in contents.tree.paths()]
    read = [file for file in files if has_reader(file)]
    known = {file.path for file in read}
    unknown = unread(file for file in files if file.path not in known)
    parts = list(read_files(_in_order(read, project), contents, progress))
    return _catalog(parts, project.namespaces, [*contents.tree.skipped, *project.skipped, *unknown])


def _in_order(files: Iterable[MetadataFile], project: Project) -> list[MetadataFile]:
    """Files so that later ones win: first what lies outside of packages, then package by package."""
    return sorted(files, key=lambda file: (project.rank(file.path), file.path))


def _catalog(
    read: Sequence[tuple[str, Parsed]], namespaces: frozenset[str], skipped: Iterable[Skipped]
) -> Catalog:
    parts = [parsed for _, parsed in read]
    objects, overruled = join_objects(parts, namespaces)
    components, repeated = join_components(parts)
    names = Names(namespaces)
    asking = Asking(tables_of(parts, objects, components, names), names)
    resolved = resolve(asking, read)
    lines = {*skipped, *overruled, *repeated, *(line for parsed in parts for line in parsed.skipped)}
    doors = {resolve_point(asking, point) for parsed in parts for point in parsed.integration_points}
    points = joined_points(sorted(doors, key=_point_key), objects)
    return Catalog(
        "",
        Role.CRM,
        "salesforce",
        tuple(resolve_object(asking, item) for item in objects),
        tuple(resolve_component(asking, component) for component in components),
        resolved.references,
        sorted_calls(call for parsed in parts for call in calls_of(asking, parsed)),
        points,
        count_channels(components, parts),
        tuple(sorted(lines, key=_line_key)),
        resolved.unresolved,
        resolved.examples,
        namespaces=tuple(sorted(namespaces)),
    )


def _point_key(point: IntegrationPoint) -> tuple[str, str, str, int, str]:
    return (point.kind, point.name, point.path, point.line or 0, point.endpoint or "")


def _line_key(line: Skipped) -> tuple[str, int, str]:
    return (line.path, line.line or 0, line.reason)
