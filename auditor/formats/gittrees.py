"""One revision of a git repository as a tree of files, with or without a work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from auditor.errors import FormatError, SourceError
from auditor.formats.gitcalls import Contents, Git
from auditor.formats.tree_limits import check_size, is_pruned, printable, unsafe_reason
from auditor.model.catalogue import Skipped


class GitTree:
    """The files of one revision, below the folder that was named.

    One `git cat-file --batch` serves all reads; it ends with the tree. Objects that a partial clone lacks are
    not fetched: reading never goes to the network.
    """

    def __init__(self, repository: Path, revision: str) -> None:
        self._repository = repository
        self._revision = revision
        git = Git(repository)
        commit = _answer(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        self._commit = commit.decode().strip()
        listing = _answer(git, "ls-tree", "-r", "-z", "-l", self._commit)
        self._blobs, self._skipped = parsed_listing(listing)
        self._contents = Contents(git)

    @property
    def location(self) -> str:
        """As it was asked for: `git:PATH@REV`."""
        return f"git:{self._repository.as_posix()}@{self._revision}"

    @property
    def commit(self) -> str:
        """The full id of the commit that is read."""
        return self._commit

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Links and submodules."""
        return self._skipped

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return sorted(self._blobs)

    def read(self, path: str) -> bytes:
        """The bytes of one file; `FormatError` where it is too large or absent from a partial clone."""
        if path not in self._blobs:
            raise FormatError("no such file in the revision")
        blob, size = self._blobs[path]
        check_size(size)
        return self._contents.read(blob)


def _answer(git: Git, *arguments: str) -> bytes:
    done = git.ask(*arguments)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip() or "no such revision or repository"
        raise SourceError(f"git cannot read {git.folder} ({' '.join(arguments[-1:])}): {told}")
    return done.stdout


def parsed_listing(listing: bytes) -> tuple[Mapping[str, tuple[str, int]], tuple[Skipped, ...]]:
    """Blobs by path (id, size) from `ls-tree -r -z -l`, whose records read `mode type id size<TAB>path`."""
    blobs: dict[str, tuple[str, int]] = {}
    skipped: list[Skipped] = []
    for record in listing.split(b"\0"):
        head, _, name = record.partition(b"\t")
        if not name:
            continue
        mode, kind, blob, size = head.decode().split()
        path = os.fsdecode(name)
        reason = refused(path, mode)
        if reason is not None:
            skipped.append(Skipped(printable(path), reason))
        elif kind == "blob" and not is_pruned(path):
            # `BAD` stands where the content is not in the repository (a partial clone): reading it says so.
            blobs[path] = (blob, int(size) if size.isdigit() else 0)
    return blobs, tuple(sorted(skipped))


def refused(path: str, mode: str) -> str | None:
    """Why an entry of a tree is not read; None where it is a file."""
    return unsafe_reason(path) or _MODES.get(mode)


_MODES = {"120000": "a link, not followed", "160000": "a submodule, which is a repository of its own"}
