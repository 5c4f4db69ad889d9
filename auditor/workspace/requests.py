"""What an audit asks of each reader of evidence: from the entries of a configuration to requests, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from glob import glob, has_magic
from pathlib import Path

from auditor.config.values import Config, EvidenceConfig
from auditor.dataclasses import replace
from auditor.model.catalogue import Catalog, Skipped
from auditor.usage import registry
from auditor.usage.reading import files_of
from auditor.usage.request import UsageRequest
from auditor.workspace.catalogs import database_url

JOINING: Mapping[str, int] = {
    "report-describe": 1,
    "permission-set-assignments": 1,
    "report-event": 2,
    "event-log-file": 2,
    "setup-audit-trail": 3,
}
"""Kinds that join with what others said, and so are read after them; runs after the definitions of reports."""


def requests_of(
    config: Config, catalogs: Sequence[Catalog], as_of: date, skipped: list[Skipped]
) -> list[UsageRequest]:
    """One request for each source and kind, those that join with others last; what is no evidence is skipped.

    Raises:
        SourceError: a database that is to be read has no driver or its URL is not given.
    """
    by_system = {catalog.system: catalog for catalog in catalogs}
    deploying = {system.name: frozenset(system.pipeline_users) for system in config.systems}
    requests = [
        replace(request, pipeline=deploying[request.system])
        for entry in config.evidence
        for request in _requests(config.folder, entry, by_system[entry.system], as_of, skipped)
    ]
    return sorted(requests, key=lambda request: JOINING.get(request.kind, 0))


def _requests(
    folder: Path, entry: EvidenceConfig, catalog: Catalog, as_of: date, skipped: list[Skipped]
) -> Iterable[UsageRequest]:
    options = options_of(entry)
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
    for kind, files in sorted(recognised(paths, skipped).items()):
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


def recognised(paths: Iterable[Path], skipped: list[Skipped]) -> Mapping[str, list[Path]]:
    """Files by the kind of evidence that their columns tell; the others are skipped."""
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


def options_of(entry: EvidenceConfig) -> Mapping[str, str]:
    """What an entry says beside its files, as readers understand it."""
    stated = {"from": entry.start, "to": entry.end}
    return {
        **entry.options,
        **{name: day.isoformat() for name, day in stated.items() if day is not None},
        **{f"columns.{name}": header for name, header in entry.columns.items()},
    }
