"""Reads the usage evidence of a configuration, each source by the reader of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from auditor.config.values import Config
from auditor.dataclasses import fields, replace
from auditor.model.catalogue import Catalog, Skipped
from auditor.model.observations import Evidence
from auditor.usage import registry
from auditor.usage.reading import files_of
from auditor.usage.request import UsageRequest
from auditor.workspace.accumulated import past_of
from auditor.workspace.catalogs import Progress
from auditor.workspace.requests import JOINING, requests_of


def read_evidence(config: Config, catalogs: Sequence[Catalog], as_of: date, progress: Progress) -> Evidence:
    """Read every evidence source, those that join with others last, and what accumulated, into one sorted value.

    A path that matches nothing and a file that no reader recognises are lines under `skipped`.

    Raises:
        SourceError: a database that is to be read has no driver or its URL is not given. What is in a file is
            never an error, only a skipped line.
        HistoryError: there is a history that cannot be read.
    """
    skipped: list[Skipped] = []
    requests = requests_of(config, catalogs, as_of, skipped)
    past = past_of(config.folder, catalogs, as_of)
    parts = [_beside(config.folder, Evidence(skipped=tuple(skipped)))]
    sizes = [_megabytes(request) for request in requests]
    for number, request in enumerate(requests):
        progress(f"reading evidence {request.id}, MB", sum(sizes[:number]), sum(sizes))
        parts.append(read_beside(config.folder, past.asked(request), parts))
    return merge_evidence([*_without_days(parts), *past.told(requests, parts, _joined(parts))])


def _megabytes(request: UsageRequest) -> int:
    """How much there is to read, by which the remaining time is told better than by sources; at least one."""
    if request.kind == "git-history":
        return 1  # git reads what it needs of a repository, which says nothing of its size
    size = 0
    for path in files_of(request.paths):
        with suppress(OSError):  # that it cannot be read is told by its reader
            size += path.stat().st_size
    return max(1, size // 2**20)


def read_beside(folder: Path, request: UsageRequest, parts: Sequence[Evidence]) -> Evidence:
    """Read one source, with what others said before where it joins with them, and paths relative to the folder."""
    before = _joined(parts) if request.kind in JOINING else None
    return _beside(folder, registry.read(replace(request, before=before)))


def merge_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Join what several sources said, sorted totally, so that the order of the sources does not matter."""
    joined = _joined(parts)
    return Evidence(**{each.name: _sorted(getattr(joined, each.name)) for each in fields(Evidence)})


def _without_days(parts: Iterable[Evidence]) -> Iterable[Evidence]:
    """What was counted day by day has served its purpose once it was joined with the past."""
    return (replace(part, days=()) if part.days else part for part in parts)


def _joined(parts: Sequence[Evidence]) -> Evidence:
    return Evidence(
        **{
            each.name: tuple(value for part in parts for value in getattr(part, each.name))
            for each in fields(Evidence)
        }
    )


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    """Each value once, in a total order that no hash seed changes: by the text of its members.

    Column by column, since the same few texts stand in most rows.
    """
    distinct = list(dict.fromkeys(values))
    if not distinct:
        return ()
    members = attrgetter(*(each.name for each in fields(distinct[0])))
    columns = (_texts(column) for column in zip(*map(members, distinct), strict=True))
    keys = list(zip(*columns, strict=True))
    return tuple(distinct[place] for place in sorted(range(len(keys)), key=keys.__getitem__))


def _texts(column: Sequence[object]) -> Sequence[str]:
    classes = {member.__class__ for member in column}
    if len(classes & _EQUAL_ACROSS) > 1:
        return [_text(member) for member in column]
    known = {member: _text(member) for member in set(column)}
    return [known[member] for member in column]


_EQUAL_ACROSS = frozenset({bool, int, float})
"""Classes whose members can be equal without having the same text (1 and True)."""


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
