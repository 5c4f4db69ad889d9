"""Reads the usage evidence of a configuration, each source by the reader of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from glob import glob, has_magic
from operator import attrgetter
from pathlib import Path
from typing import Any

from auditor.config.values import Config, EvidenceConfig
from auditor.model.catalogue import Catalog, Skipped
from auditor.model.observations import Evidence
from auditor.usage import registry
from auditor.usage.reading import files_of
from auditor.usage.request import UsageRequest
from auditor.workspace.catalogs import Progress, database_url

_JOINING = {
    "report-describe": 1,
    "permission-set-assignments": 1,
    "report-event": 2,
    "event-log-file": 2,
    "setup-audit-trail": 3,
}
"""Kinds that join with what others said, and so are read after them; runs after the definitions of reports."""


def read_evidence(config: Config, catalogs: Sequence[Catalog], as_of: date, progress: Progress) -> Evidence:
    """Read every evidence source, those that join with others last, into one sorted value.

    A path that matches nothing and a file that no reader recognises are lines under `skipped`.

    Raises:
        SourceError: a database that is to be read has no driver or its URL is not given. What is in a file is
            never an error, only a skipped line.
    """
    by_system = {catalog.system: catalog for catalog in catalogs}
    skipped: list[Skipped] = []
    requests = [
        request
        for entry in config.evidence
        for request in _requests(config.folder, entry, by_system[entry.system], as_of, skipped)
    ]
    requests.sort(key=lambda request: _JOINING.get(request.kind, 0))
    deploying = {system.name: frozenset(system.pipeline_users) for system in config.systems}
    parts = [Evidence(skipped=tuple(skipped))]
    for number, request in enumerate(requests):
        progress(f"reading evidence {request.id}", number, len(requests))
        read = registry.read(replace(request, before=_joined(parts), pipeline=deploying[request.system]))
        parts.append(_beside(config.folder, read))
    return merge_evidence(parts)


def merge_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Join what several sources said, sorted totally, so that the order of the sources does not matter."""
    joined = _joined(parts)
    return Evidence(**{each.name: _sorted(getattr(joined, each.name)) for each in fields(Evidence)})


def _joined(parts: Sequence[Evidence]) -> Evidence:
    return Evidence(
        **{
            each.name: tuple(value for part in parts for value in getattr(part, each.name))
            for each in fields(Evidence)
        }
    )


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    """Each value once, in a total order that no hash seed changes: by the text of its members."""
    distinct = set(values)
    if not distinct:
        return ()
    names = [each.name for each in fields(next(iter(distinct)))]
    members = attrgetter(*names)
    return tuple(sorted(distinct, key=lambda value: [*map(_text, members(value))]))


def _text(member: object) -> str:
    return str(sorted(member)) if isinstance(member, frozenset) else str(member)


def _beside(folder: Path, evidence: Evidence) -> Evidence:
    """The same evidence with paths relative to the configuration, so that every machine prints the same."""
    return replace(
        evidence,
        sources=tuple(replace(source, path=_relative(folder, source.path)) for source in evidence.sources),
        skipped=tuple(replace(line, path=_relative(folder, line.path)) for line in evidence.skipped),
    )


def _relative(folder: Path, paths: str) -> str:
    """Paths (several stand with a comma between) without the folder in front."""
    prefix = f"{folder.as_posix()}/"
    return paths if prefix == "./" else paths.replace(prefix, "")


def _requests(
    folder: Path, entry: EvidenceConfig, catalog: Catalog, as_of: date, skipped: list[Skipped]
) -> Iterable[UsageRequest]:
    options = _options(entry)
    if entry.url or entry.secret_env:
        from auditor.sources.sql.rows import row_source

        rows = row_source(database_url(entry.url, entry.secret_env, folder))
        yield UsageRequest(entry.id, entry.system, entry.kind, (), as_of, catalog, options, row_source=rows)
        return
    paths = list(_matched(folder, entry, skipped))
    if entry.kind != "auto":
        if paths:
            yield UsageRequest(entry.id, entry.system, entry.kind, tuple(paths), as_of, catalog, options)
        return
    for kind, files in sorted(_recognised(paths, skipped).items()):
        yield UsageRequest(f"{entry.id}/{kind}", entry.system, kind, tuple(files), as_of, catalog, options)


def _matched(folder: Path, entry: EvidenceConfig, skipped: list[Skipped]) -> Iterable[Path]:
    for pattern in entry.paths:
        found = _globbed(folder / pattern)
        if not found or not found[0].exists():
            skipped.append(Skipped(pattern, f"evidence {entry.id} ({entry.where}): nothing stands at this path"))
        else:
            yield from found


def _globbed(pattern: Path) -> list[Path]:
    if not has_magic(str(pattern)):
        return [pattern]
    # Path.glob takes neither absolute patterns nor `..`, both of which people write.
    return [Path(path) for path in sorted(glob(str(pattern), recursive=True))]  # noqa: PTH207 - see above


def _recognised(paths: Iterable[Path], skipped: list[Skipped]) -> Mapping[str, list[Path]]:
    kinds: dict[str, list[Path]] = {}
    for path in files_of(paths):
        kind = registry.recognise(path)
        if kind is None:
            skipped.append(
                Skipped(path.as_posix(), "its columns fit no kind of evidence; name the kind in auditor.yaml")
            )
        else:
            kinds.setdefault(kind, []).append(path)
    return kinds


def _options(entry: EvidenceConfig) -> Mapping[str, str]:
    stated = {"from": entry.start, "to": entry.end}
    return {
        **entry.options,
        **{name: day.isoformat() for name, day in stated.items() if day is not None},
        **{f"columns.{name}": header for name, header in entry.columns.items()},
    }
