"""What of an export accumulates, under which digest, and why other kinds do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.formats.textfiles import READ_ERRORS, open_bytes
from auditor.model.accumulation import Addition, Contribution
from auditor.model.observations import Actor, Deed, Evidence, Observation, SourceKind
from auditor.usage.request import UsageRequest

REGISTERS = frozenset({"report-register", "email-template-register"})
"""Registers that tell of use: each export dates the last use before it, and so two of them date two uses."""

MAPPED = frozenset({"event-log"})
"""Kinds that are a log of the company's own: each that `auditor.yaml` names accumulates by itself."""

NEWEST = "the newest export says all that earlier ones said; name it in auditor.yaml instead"
"""Why a state of things does not accumulate, where nothing more can be said."""

NOT_ACCUMULATED: Mapping[str, str] = MappingProxyType(
    {
        "git-history": "the repository keeps its own history; name it in auditor.yaml instead",
        "report-describe": "a definition is no use; name the newest describes in auditor.yaml instead",
        "tooling-custom-field": "a definition is no use, and its dates are in the newest export too",
        "setup-audit-trail": "it tells of definitions, not of use; name all its exports in auditor.yaml instead",
        "organization": "it tells whose exports these are, and no use",
        "users": "it tells of people's accounts, of which nothing is kept",
        "permission-set-assignments": "it tells who may, not who did; the newest export says all",
        "sql-statements": "its counters run since a reset that no export dates; name the newest in auditor.yaml",
        "record-database": "rows stay where they are, and the database tells how they are now",
    }
)

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of an export beside its files: the log's own name, window and day as given."""

    stream: str = ""
    start: str = ""
    end: str = ""
    exported: str = ""


def objection(kind: str, memory: SourceKind) -> str:
    """Why exports of a kind do not accumulate; empty where they do."""
    if kind in REGISTERS or memory is SourceKind.LOG:
        return NOT_ACCUMULATED.get(kind, "")
    return NOT_ACCUMULATED.get(kind, NEWEST)


def file_digest(path: Path) -> str:
    """A digest of what a file holds, unpacked.

    Raises:
        FormatError: the file cannot be read.
    """
    digest = blake2b(digest_size=16)
    with open_bytes(path) as binary:
        try:
            while chunk := binary.read(_CHUNK):
                digest.update(chunk)
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None
    return digest.hexdigest()


def addition_digest(kind: str, system: str, stated: Stated, files: Iterable[str]) -> str:
    """A digest of one addition: the same files under the same words give the same, in any order."""
    words = (kind, system, stated.stream, stated.start, stated.end, stated.exported, *sorted(set(files)))
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


def contribution(
    request: UsageRequest, read: Evidence, blank: Addition, files: Iterable[str]
) -> Contribution | None:
    """What is kept of an export that was read by day and whole days; None where it tells of no use at all.

    `blank` names it; window, rows and days are filled in. Nothing that the export said of single rows is in it.
    """
    (source,) = (each for each in read.sources if each.id == request.id)
    register = request.kind in REGISTERS
    used = [each for each in read.observations if each.deed not in _NO_USE]
    if used and not register and not read.days:
        return None
    watched = [replace(each, source=blank.name) for each in read.windows if each.deed not in _NO_USE]
    ends = [each.last for each in used if each.last] + [each.end for each in watched]
    addition = replace(
        blank,
        memory=SourceKind.REGISTER if register else SourceKind.LOG,
        last=_newest(source.as_of if register else None, ends, request.as_of),
        rows=source.rows,
        subjects=len({each.subject for each in used}),
        organization=source.organization,
        truncated=source.truncated,
        windows=() if source.truncated else tuple(watched),
    )
    if register:
        return Contribution(addition, frozenset(files), states=_one_each(used))
    counted = tuple(each for each in used if each.actors is not None and each.via is None)
    return Contribution(addition, frozenset(files), days=read.days, users=counted)


_NO_USE = frozenset({Deed.DEFINED, Deed.CREATED, Deed.CHANGED, Deed.DELETED, Deed.LISTED, Deed.LOGGED_IN})


def _newest(exported: date | None, ends: Iterable[date], as_of: date) -> date | None:
    newest = exported or max(ends, default=None)
    return min(newest, as_of) if newest else None


def _one_each(states: Iterable[Observation]) -> tuple[Observation, ...]:
    """One state of each subject and way; of several the one that was used last."""
    found: dict[tuple[str, Deed, Actor, bool, str | None], Observation] = {}
    for each in states:
        key = (each.subject, each.deed, each.by, each.possible, each.via)
        if key not in found or (each.last or date.min) > (found[key].last or date.min):
            found[key] = each
    return tuple(found.values())
