"""One revision of a git repository as a tree of files, with or without a work tree."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from auditor.errors import FormatError, SourceError
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
        commit = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        self._commit = commit.decode().strip()
        listing = _git(repository, "ls-tree", "-r", "-z", "-l", self._commit)
        self._blobs, self._skipped = _parsed_listing(listing)
        self._batch: subprocess.Popen[bytes] | None = None

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
        process = self._process()
        if process.stdin is None or process.stdout is None:
            raise FormatError("git gives no answer")
        try:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:
                raise FormatError("its content is not in the repository (a partial clone)")
            return process.stdout.read(int(header[2]) + 1)[:-1]
        except OSError as error:
            raise FormatError(f"git gives no answer: {error}") from None

    def _process(self) -> subprocess.Popen[bytes]:
        if self._batch is None:
            self._batch = subprocess.Popen(  # noqa: S603 - fixed program and options
                _command(self._repository, "cat-file", "--batch"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            weakref.finalize(self, _end, self._batch)
        return self._batch


def _command(repository: Path, *arguments: str) -> list[str]:
    return ["git", "--no-optional-locks", "-C", str(repository), *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _git(repository: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - fixed program; what the user names follows --end-of-options
            _command(repository, *arguments), capture_output=True, check=False, env=_environment()
        )
    except OSError as error:
        raise SourceError(f"git cannot be started: {error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or "no such revision or repository"
        raise SourceError(f"git cannot read {repository} ({' '.join(arguments[-1:])}): {said}")
    return done.stdout


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.wait()


def _parsed_listing(listing: bytes) -> tuple[Mapping[str, tuple[str, int]], tuple[Skipped, ...]]:
    """Blobs by path (id, size) from `ls-tree -r -z -l`, whose records read `mode type id size<TAB>path`."""
    blobs: dict[str, tuple[str, int]] = {}
    skipped: list[Skipped] = []
    for record in listing.split(b"\0"):
        head, _, name = record.partition(b"\t")
        if not name:
            continue
        mode, kind, blob, size = head.decode().split()
        path = os.fsdecode(name)
        reason = unsafe_reason(path) or _MODES.get(mode)
        if reason is not None:
            skipped.append(Skipped(printable(path), reason))
        elif kind == "blob" and not is_pruned(path):
            # `BAD` stands where the content is not in the repository (a partial clone): reading it says so.
            blobs[path] = (blob, int(size) if size.isdigit() else 0)
    return blobs, tuple(sorted(skipped))


_MODES = {"120000": "a link, not followed", "160000": "a submodule, which is a repository of its own"}
