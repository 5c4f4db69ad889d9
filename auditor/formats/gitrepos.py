"""A git repository: where its work tree is, what its revisions are, and what differs between two of its states."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess

from auditor.dataclasses import dataclass
from auditor.errors import SourceError
from auditor.formats.gitcalls import Git, said

EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""Ids of the tree without files, by hash; git knows them in every repository."""
_HOOKED = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_COMMON_DIR")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs: what it was and what it is. A side that has no such file has empty texts.

    `status` is git's letter: A added, D deleted, M modified, R renamed, T another type, U unmerged.
    """

    status: str
    old: str
    new: str
    old_blob: str
    new_blob: str
    old_mode: str
    new_mode: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Every name that it has or had."""
        return tuple(dict.fromkeys(path for path in (self.old, self.new) if path))


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a work tree. `head` is the commit that is checked out, empty where there is none yet."""

    git: Git
    top: Path
    """Root of the work tree, without links on the way."""
    folder: Path
    """Where git keeps the state of this work tree (`MERGE_HEAD`)."""
    hash: str
    shallow: bool
    head: str = ""
    tree: str = ""
    """That of `head`."""

    @property
    def empty(self) -> str:
        """The tree without files."""
        return EMPTY_TREES[self.hash]

    def commit(self, revision: str) -> str:
        """The commit that a revision names; empty where this clone has none of that name."""
        if revision.startswith("-"):
            return ""
        done = self.git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return "" if done.returncode else done.stdout.decode().strip()

    def tree_of(self, treeish: str) -> str:
        """The tree of a commit, or the tree that a tree is."""
        if treeish in (self.empty, self.tree):
            return treeish
        if treeish == self.head:
            return self.tree
        done = self.git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{treeish}^{{tree}}")
        _check(done, "the tree of a commit")
        return done.stdout.decode().strip()

    def merge_base(self, one: str, other: str) -> str:
        """The best common ancestor of two commits; empty where they share none that this clone has."""
        done = self.git.ask("merge-base", one, other)
        return "" if done.returncode else done.stdout.decode().split("\n", 1)[0].strip()

    def first_parents(self, base: str, head: str) -> tuple[tuple[str, str], ...]:
        """Commits on the first line of descent after `base` up to `head`, oldest first, each with its subject."""
        done = self.git.ask(
            "log", "--first-parent", "--reverse", "--no-color", "--format=%H%x00%s%x00%x00", f"{base}..{head}"
        )
        _check(done, "the commits of a range")
        records = done.stdout.decode("utf-8", "replace").split("\0\0\n")
        parted = (record.partition("\0") for record in records if record)
        return tuple((commit, subject) for commit, _, subject in parted)

    def staged(self, base: str) -> tuple[FileChange, ...]:
        """In what the index differs from a commit or tree, sorted by path; renames are followed."""
        return self._differing("diff-index", "--cached", "--ita-invisible-in-index", base)

    def between(self, base: str, head: str) -> tuple[FileChange, ...]:
        """In what one commit or tree differs from another, sorted by path; renames are followed."""
        return self._differing("diff-tree", "-r", base, head)

    def merging(self) -> tuple[str, ...]:
        """The commits that are being merged into the one that is checked out; none outside of a merge."""
        try:
            return tuple((self.folder / "MERGE_HEAD").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            return ()

    def _differing(self, verb: str, *states: str) -> tuple[FileChange, ...]:
        done = self.git.ask(verb, "--raw", "-z", "-M", *states, "--")
        _check(done, "what changed")
        return parsed_changes(done.stdout)


def open_repository(folder: Path, environ: Mapping[str, str]) -> Repository:
    """The repository that a folder lies in: the one that a hook's variables name, or the nearest upward.

    Raises:
        SourceError: there is no git, no repository, or one without a work tree.
    """
    hooked = any(name in environ for name in _HOOKED)
    if hooked:
        found = _opened(Git(None, environ))
        if isinstance(found, Repository) and folder.resolve().is_relative_to(found.top):
            return found
        environ = {name: value for name, value in environ.items() if name not in _HOOKED}
    found = _opened(Git(folder, environ))
    if isinstance(found, Repository):
        return found
    raise SourceError(_refusal(folder, found))


def _opened(git: Git) -> Repository | str:
    """The repository, or what git says instead."""
    done = git.ask(
        "rev-parse",
        "--absolute-git-dir",
        "--show-toplevel",
        "--is-shallow-repository",
        "--show-object-format",
        "--revs-only",
        "HEAD",
        "HEAD^{tree}",
    )
    lines = os.fsdecode(done.stdout).split("\n")
    if done.returncode or len(lines) < 5 or lines[3] not in EMPTY_TREES:
        return said(done) or "it answers in a way that is not understood; git 2.31 or later is needed"
    place, top, shallow, kind, head, *rest = lines
    tree = rest[0] if head else ""
    return Repository(git, Path(top).resolve(), Path(place), kind, shallow == "true", head, tree)


def _refusal(folder: Path, told: str) -> str:
    if "not a git repository" in told:
        return (
            f"{folder} lies in no git repository, and a check compares two states of one; "
            "`auditor audit` needs none"
        )
    if "must be run in a work tree" in told:
        return (
            f"{folder} lies in a bare repository or in git's own folder, which has no files to check; "
            "run it in a clone or a worktree"
        )
    return f"git cannot read the repository of {folder}: {told}"


def _check(done: CompletedProcess[bytes], what: str) -> None:
    if done.returncode:
        raise SourceError(f"git cannot tell {what}: {said(done)}")


def parsed_changes(raw: bytes) -> tuple[FileChange, ...]:
    """The changes of `--raw -z`: `:mode mode id id status NUL path NUL`, with a second path for a rename.

    Source: git-diff's manual, "Raw output format".
    """
    words = raw.split(b"\0")
    found: list[FileChange] = []
    place = 0
    while place + 1 < len(words):
        old_mode, new_mode, old_blob, new_blob, status = words[place].decode().removeprefix(":").split()
        paths = 2 if status[0] in "RC" else 1
        names = [os.fsdecode(name) for name in words[place + 1 : place + 1 + paths]]
        found.append(_change(status[0], names, (old_blob, new_blob), (old_mode, new_mode)))
        place += 1 + paths
    return tuple(sorted(found, key=lambda each: (each.new or each.old, each.old, each.status)))


def _change(status: str, names: Sequence[str], blobs: tuple[str, str], modes: tuple[str, str]) -> FileChange:
    old, new = names[0], names[-1]
    if status == "A":
        return FileChange(status, "", new, "", blobs[1], "", modes[1])
    if status == "D":
        return FileChange(status, old, "", blobs[0], "", modes[0], "")
    return FileChange(status, old, new, *blobs, *modes)
