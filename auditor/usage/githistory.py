"""The history of the configuration repository: when each field appeared and when it left.

A commit proves that a field existed on the day it was made, so the first one bounds the creation from above. The
*committer* date is that bound, since the author date survives a rebase or a copied patch and may lie before the
field existed in this repository at all. Days are in UTC. First days count wherever the commit was made, on a side
branch too; removals and growth follow the main line (first parents), where a branch counts from its merge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.formats.xml import parse_xml
from auditor.languages.fieldpaths import is_custom
from auditor.model.observations import (
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    GrowthEvent,
    SourceKind,
    Window,
)
from auditor.usage.gitlog import Change, Commit, Repository
from auditor.usage.gitreplay import History, Identity, replay
from auditor.usage.kinds import EvidenceKind, Recipe
from auditor.usage.naming import Names, names_of
from auditor.usage.reading import SkipList
from auditor.usage.request import UsageRequest

REVISION = "rev"
"""Option: the branch, tag or commit whose history is read; HEAD by default."""


def read_git_history(request: UsageRequest) -> Evidence:
    """Read the history of the repository in which the request's folder lies, as far as it concerns that folder.

    Source format counts by file, `.object` files by element. A field that a commit moves (from one package folder
    to another, from one format to the other) keeps its first day. A shallow clone, a folder without git and a zip
    tell nothing, and say so.
    """
    skips = SkipList()
    folder, revision = _place(request)
    try:
        repository = Repository(folder)
        reason = _unusable(repository, revision)
        history = None if reason else _history(repository, revision, skips)
    except FormatError as error:
        history, reason = None, error.reason
    if history is None:
        skips.add(folder, f"the history is unknown: {reason}")
        source = EvidenceSource(
            request.id, request.kind, folder.as_posix(), SourceKind.LOG, truncated=True, note=reason
        )
        return Evidence(sources=(source,), skipped=skips.result())
    return _evidence(request, history, skips)


def _place(request: UsageRequest) -> tuple[Path, str]:
    """The folder and the revision; a tree in git, `git:PATH@REV`, names both."""
    folder = request.paths[0] if request.paths else Path()
    revision = request.options.get(REVISION, "HEAD")
    text = folder.as_posix()
    if not text.startswith("git:"):
        return folder, revision
    path, _, named = text.removeprefix("git:").rpartition("@")
    return (Path(path), named) if path else (Path(named), revision)


def _unusable(repository: Repository, revision: str) -> str:
    if repository.shallow:
        return "the clone is shallow; git fetch --unshallow brings the rest"
    return "" if repository.has(revision) else f"there is no commit {revision}"


def _evidence(request: UsageRequest, history: History, skips: SkipList) -> Evidence:
    names = names_of(request.catalog)
    definitions = {
        _subject(names, identity): Definition(
            _subject(names, identity),
            request.id,
            created_not_after=first,
            removed=history.removed.get(identity),
            modified_not_after=history.touched.get(identity),
        )
        for identity, first in sorted(history.first.items())
    }
    growth = {GrowthEvent(_subject(names, event.identity), event.day, event.added) for event in history.events}
    path = request.paths[0].as_posix()
    window = Window(request.id, request.system, Deed.DEFINED, history.start, history.end)
    source = EvidenceSource(
        request.id, request.kind, path, SourceKind.LOG, history.end, history.commits, note=_note(history)
    )
    return Evidence(
        sources=(source,),
        windows=(window,),
        definitions=tuple(definitions[subject] for subject in sorted(definitions)),
        growth=tuple(sorted(growth, key=lambda event: (event.day, event.subject, event.added))),
        skipped=skips.result(),
    )


def _note(history: History) -> str:
    opening = sum(day == history.start for identity, day in history.first.items() if identity.field)
    return (
        f"{history.commits} commits from {history.start} to {history.end}, dated by committer; "
        f"{opening} fields were there on the first day and may be older"
    )


def _subject(names: Names, identity: Identity) -> str:
    if identity.field:
        return names.field(identity.object, identity.field)
    return names.object_key(identity.object)


def _history(repository: Repository, revision: str, skips: SkipList) -> History:
    """Log, contents, replay: each once over everything."""
    parents: dict[str, str] = {}
    days: list[date] = []
    relevant: list[Commit] = []
    tip = ""
    for commit in repository.commits(revision):
        parents[commit.id], tip = commit.parent, commit.id
        days.append(commit.day)
        changes = tuple(change for change in commit.changes if _relevant(change.path))
        if changes:
            relevant.append(replace(commit, changes=changes))
    reader = _Reader(_fields_of_blobs(repository, (each for one in relevant for each in one.changes), skips))
    history = replay(relevant, _main_line(parents, tip), reader.identities, repository.prefix)
    return history.covering(min(days), days[-1], len(days))


def _main_line(parents: Mapping[str, str], tip: str) -> frozenset[str]:
    """The tip, its first parent, and so on."""
    line = set()
    while tip:
        line.add(tip)
        tip = parents.get(tip, "")
    return frozenset(line)


_FIELD = re.compile(r"(?:^|/)objects/([^/]+)/fields/([^/]+)\.field-meta\.xml$")
_OBJECT = re.compile(r"(?:^|/)([^/]+)\.object(?:-meta\.xml)?$")


def _is_object(path: str) -> bool:
    return path.endswith((".object", ".object-meta.xml"))


def _relevant(path: str) -> bool:
    return _is_object(path) or (path.endswith(".field-meta.xml") and _FIELD.search(path) is not None)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Which definitions one version of a file holds."""

    fields: Mapping[str, frozenset[str] | None]
    """By blob of an `.object` file; None where that version could not be read."""

    def identities(self, change: Change) -> frozenset[Identity] | None:
        """The definitions in a file after a change; None where that version could not be read."""
        if change.blob is None:
            return frozenset()
        found = _FIELD.search(change.path)
        if found:
            return frozenset({Identity(found[1], found[2])} if is_custom(found[2]) else ())
        item = _OBJECT.search(change.path)
        fields = self.fields.get(change.blob)
        if item is None or fields is None:
            return None
        own = {Identity(item[1])} if is_custom(item[1]) else set()
        return frozenset(own | {Identity(item[1], name) for name in fields})


def _fields_of_blobs(
    repository: Repository, changes: Iterable[Change], skips: SkipList
) -> dict[str, frozenset[str] | None]:
    """The custom fields in each version of each `.object` file; a version is parsed once, wherever it stands."""
    wanted = {change.blob: change.path for change in changes if change.blob and _is_object(change.path)}
    found: dict[str, frozenset[str] | None] = dict.fromkeys(wanted)
    for blob, content in repository.contents(tuple(sorted(wanted))):
        try:
            found[blob] = frozenset(_custom_fields(content))
        except FormatError as error:
            skips.add(wanted[blob], f"version {blob[:10]}: {error.reason}", error.line)
        del wanted[blob]
    if wanted:
        skips.add(".git", f"{len(wanted)} versions of .object files are not in this clone (a partial one?)")
    return found


def _custom_fields(content: bytes) -> Iterator[str]:
    root = parse_xml(content)
    if root.tag != "CustomObject":
        raise FormatError("no custom object")
    for node in root.at("fields/fullName"):
        if is_custom(node.text):
            yield node.text


GIT: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "git-history",
        Recipe(
            lambda _: ("git fetch --unshallow",),
            lambda _: 0,
            "clone the configuration repository whole, without --depth",
        ),
        (".git",),
        (),
        read_git_history,
    ),
)
