"""Two states of a repository as trees of files: what a commit or the index holds, never the folder itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError, SourceError
from auditor.formats.gitcalls import Contents, said
from auditor.formats.gitrepos import FileChange, Repository
from auditor.formats.gittrees import refused
from auditor.formats.tree_limits import is_pruned, printable
from auditor.model.catalogue import Skipped

Entry = tuple[str, str]
"""The id of a blob and its mode."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that one state of a repository holds, by path from its root."""

    name: str
    """For people: `HEAD`, `index`, a commit."""
    entries: Mapping[str, Entry]
    contents: Contents

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where this state has no such file.

        Raises:
            SourceError: its content is not in this clone.
        """
        entry = self.entries.get(path)
        if entry is None or refused(path, entry[1]):
            return None
        try:
            return self.contents.read(entry[0])
        except FormatError as error:
            raise SourceError(_missing(path, error)) from None

    def after(self, changes: Iterable[FileChange], name: str) -> State:
        """What it becomes by changes, without a listing of its own."""
        entries = dict(self.entries)
        made = [(each.new, (each.new_blob, each.new_mode)) for each in changes if each.new and each.status != "U"]
        for each in changes:
            entries.pop(each.old, None)
        entries.update(made)
        return replace(self, name=name, entries=entries)

    def holds(self, folder: str) -> bool:
        """Whether there is a file of that path, or one below it."""
        below = f"{folder}/" if folder else ""
        return folder in self.entries or any(path.startswith(below) for path in self.entries)

    def below(self, folder: str) -> StateTree:
        """The files below a folder, or the one file of that path, as sources read them."""
        return StateTree(self, folder)


class StateTree:
    """A part of a state as a tree of files, by path relative to its root."""

    def __init__(self, state: State, folder: str) -> None:
        self._state = state
        single = folder in state.entries
        self._root = folder.rpartition("/")[0] if single else folder
        prefix = f"{self._root}/" if self._root else ""
        own = [folder] if single else [path for path in state.entries if path.startswith(prefix)]
        self._prefix = prefix
        told = {path[len(prefix) :]: refused(path, state.entries[path][1]) for path in own}
        self._skipped = tuple(sorted(Skipped(printable(path), reason) for path, reason in told.items() if reason))
        self._paths = sorted(path for path, reason in told.items() if not reason and not is_pruned(path))
        self._known = frozenset(self._paths)

    @property
    def location(self) -> str:
        """The state and the folder."""
        return f"{self._state.name}:{self._root}"

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Links and submodules."""
        return self._skipped

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of one file; `FormatError` where there is none, or it is too large.

        Raises:
            SourceError: its content is not in this clone, so that no state can be compared with another.
        """
        if path not in self._known:
            raise FormatError("no such file in the revision")
        return self._read(self._prefix + path)

    def _read(self, path: str) -> bytes:
        try:
            return self._state.contents.read(self._state.entries[path][0])
        except FormatError as error:
            if "partial clone" in error.reason:
                raise SourceError(_missing(path, error)) from None
            raise


def state_of(repository: Repository, treeish: str, name: str, contents: Contents) -> State:
    """What a commit or a tree holds; the tree without files asks nobody.

    Raises:
        SourceError: git cannot list it.
    """
    if treeish == repository.empty:
        return State(name, {}, contents)
    done = repository.git.ask("ls-tree", "-r", "-z", "--full-tree", treeish)
    if done.returncode:
        raise SourceError(f"git cannot list {name}: {said(done)}")
    entries: dict[str, Entry] = {}
    for record in done.stdout.split(b"\0"):
        head, _, path = record.partition(b"\t")
        if path:
            mode, _, blob = head.decode().split()
            entries[os.fsdecode(path)] = (blob, mode)
    return State(name, entries, contents)


def _missing(path: str, error: FormatError) -> str:
    hint = (
        "; fetch it (`git fetch --refetch`), since a check never does" if "partial clone" in error.reason else ""
    )
    return f"{printable(path)}: {error.reason}{hint}"
