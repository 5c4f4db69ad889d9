"""What stands outside of the systems, joined with them: outside readers, and integrations that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from auditor.config.values import Config, IntegrationConfig, OutsideReaderConfig
from auditor.dataclasses import replace
from auditor.errors import SourceError
from auditor.formats.trees import open_tree
from auditor.model.catalogue import Catalog, Skipped
from auditor.model.components import Component, IntegrationPoint
from auditor.model.integrations import CALLERS, DECLARED, same_caller
from auditor.model.references import Reference
from auditor.sources.outside.names import Names, names_of
from auditor.sources.outside.reader import (
    OUTSIDE_READER,
    Direction,
    OutsideFound,
    OutsideReader,
    read_outside,
)
from auditor.workspace.catalogs import Progress


def beyond(config: Config, catalogs: Sequence[Catalog], progress: Progress) -> tuple[Catalog, ...]:
    """The catalogues with what the configuration says of the world around them."""
    return tuple(_with_readers(config, _with_declared(config, catalog), progress) for catalog in catalogs)


def _with_readers(config: Config, catalog: Catalog, progress: Progress) -> Catalog:
    wanted = [each for each in config.outside_readers if each.system == catalog.system]
    if not wanted:
        return catalog
    names = names_of(catalog)
    found = [_read(config.folder, each, names, progress) for each in wanted]
    return replace(
        catalog,
        components=(*catalog.components, *(each.component for each in found)),
        references=(*catalog.references, *(item for each in found for item in each.references)),
        channels={**catalog.channels, OUTSIDE_READER: len(found)},
        skipped=tuple(sorted({*catalog.skipped, *(line for each in found for line in each.skipped)})),
    )


def _read(folder: Path, wanted: OutsideReaderConfig, names: Names, progress: Progress) -> OutsideFound:
    """One reader, whose files may lie in several places; a place that is not there leaves it incomplete."""
    reader = OutsideReader(wanted.name, wanted.complete, Direction(wanted.direction), wanted.labels)
    parts: list[OutsideFound] = []
    missing: list[Skipped] = []
    for path in wanted.paths:
        try:
            tree = open_tree(str(folder / path))
        except SourceError:
            missing.append(
                Skipped(path, f"outside reader {wanted.name} ({wanted.where}): nothing stands at this path")
            )
            continue
        found = read_outside(reader, tree, names, partial(progress, f"searching {wanted.name}"))
        parts.append(_beside(found, path, single=(folder / path).is_file()))
    return OutsideFound(
        _joined(wanted, [part.component for part in parts], bool(missing)),
        tuple(item for part in parts for item in part.references),
        (*(line for part in parts for line in part.skipped), *missing),
    )


def _beside(found: OutsideFound, path: str, single: bool) -> OutsideFound:
    """The same with paths as the configuration writes them, so that every machine prints the same."""
    place = Path(path).parent.as_posix() if single else path.rstrip("/")
    prefix = "" if place in ("", ".") else f"{place}/"

    def moved(item: Reference) -> Reference:
        return replace(item, path=prefix + item.path)

    lines = tuple(replace(line, path=prefix + line.path) for line in found.skipped)
    return OutsideFound(replace(found.component, path=path), tuple(map(moved, found.references)), lines)


def _joined(wanted: OutsideReaderConfig, parts: Sequence[Component], missing: bool) -> Component:
    complete = wanted.complete and not missing and all(each.attribute("complete") == "true" for each in parts)
    attributes = (
        ("complete", "true" if complete else "false"),
        ("direction", wanted.direction),
        ("files", str(_sum(parts, "files"))),
        ("unsearched", str(_sum(parts, "unsearched"))),
    )
    return Component(OUTSIDE_READER, wanted.name, ", ".join(wanted.paths), attributes=attributes)


def _sum(parts: Iterable[Component], attribute: str) -> int:
    return sum(int(each.attribute(attribute) or 0) for each in parts)


def _with_declared(config: Config, catalog: Catalog) -> Catalog:
    points = list(catalog.integration_points)
    for declared in config.integrations:
        if declared.system == catalog.system:
            _declare(points, declared, config.path.name)
    return replace(catalog, integration_points=tuple(points)) if config.integrations else catalog


def _declare(points: list[IntegrationPoint], declared: IntegrationConfig, file: str) -> None:
    """Enter a declared integration: beside the metadata of the same name where there is any, else as its own."""
    place = file if declared.line is None else f"{file}:{declared.line}"
    names = {same_caller(name) for name in (declared.name, *declared.clients)}
    for number, point in enumerate(points):
        if point.kind in CALLERS and names & {same_caller(name) for name in (point.name, *point.aliases)}:
            objects = tuple(sorted({*point.objects, *declared.objects}))
            aliases = tuple(dict.fromkeys((*point.aliases, declared.name, *declared.clients)))
            points[number] = replace(point, objects=objects, aliases=aliases, register=place)
            return
    points.append(
        IntegrationPoint(
            DECLARED,
            declared.name,
            file,
            declared.line,
            direction=declared.direction,
            objects=tuple(sorted(declared.objects)),
            aliases=declared.clients,
            register=place,
        )
    )
