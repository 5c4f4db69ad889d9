"""Git as a program: one process for the log, one for contents, both read as they write.

The repository is only read. Its own configuration may name programs to run (external diffs, signature checks,
filters); every option here that could start one is switched off, and a partial clone fetches nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from auditor.dataclasses import dataclass
from auditor.errors import FormatError

_OPTIONS = (
    "--no-replace-objects",
    "-c",
    "core.quotePath=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "protocol.allow=never",
)
# Every commit with its changes; a merge against its first parent, so that what the merge itself changed counts.
_LOG = (
    "log",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--diff-merges=first-parent",
    "--topo-order",
    "--reverse",
    "-z",
    "--format=%x01%ct %H %P",
)
_CHUNK = 1 << 16
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES")


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a commit changed. `blob` is its content afterwards; None where it is gone."""

    path: str
    blob: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: the UTC day of its committer date, its first parent (empty for none), and what it changed.

    The changes of a merge are those against its first parent.
    """

    day: date
    changes: tuple[Change, ...]
    id: str = ""
    parent: str = ""


class Repository:
    """A git repository that holds the given folder."""

    def __init__(self, folder: Path) -> None:
        """Find the repository.

        Raises:
            FormatError: git is not installed, or the folder lies in no repository.
        """
        self._folder = folder if folder.is_dir() else folder.parent
        self.prefix = self._line("rev-parse", "--show-prefix")
        """Path of the folder in the repository, with a slash at its end; empty for the root."""

    @property
    def shallow(self) -> bool:
        """Whether older commits are missing."""
        return self._line("rev-parse", "--is-shallow-repository") == "true"

    def has(self, revision: str) -> bool:
        """Whether a revision exists (a repository without commits has no HEAD)."""
        try:
            self._line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except FormatError:
            return False
        return True

    def commits(self, revision: str) -> Iterator[Commit]:
        """Every commit that leads to a revision, parents before children.

        Raises:
            FormatError: git failed on the way.
        """
        with self._process(*_LOG, "--end-of-options", revision) as process:
            assert process.stdout is not None
            yield from _commits(_pieces(process.stdout))
        self._check(process)

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of blobs, in order; one that is missing is left out.

        Raises:
            FormatError: git failed on the way.
        """
        with self._process("cat-file", "--batch", stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for blob in blobs:
                process.stdin.write(blob.encode() + b"\n")
                process.stdin.flush()
                header = process.stdout.readline().split()
                if len(header) == 3 and header[2].isdigit():
                    yield blob, process.stdout.read(int(header[2]))
                    process.stdout.read(1)
            process.stdin.close()

    def _line(self, *arguments: str) -> str:
        with self._process(*arguments) as process:
            output, _ = process.communicate()
        self._check(process)
        text: str = output.decode("utf-8", "replace").strip("\n")
        return text

    @contextmanager
    def _process(self, *arguments: str, stdin: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[bytes]]:
        command = ["git", "-C", str(self._folder), *_OPTIONS, *arguments]
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed program, arguments never pass a shell
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
        except OSError:
            raise FormatError("git is not installed") from None
        with process:
            try:
                yield process
            finally:
                if process.stdout is not None and not process.stdout.closed:
                    process.stdout.close()

    @staticmethod
    def _check(process: subprocess.Popen[bytes]) -> None:
        if process.returncode:
            raise FormatError("no git repository that can be read")


def _environment() -> dict[str, str]:
    # A hook's GIT_DIR and the like would point to another repository than the folder's own.
    kept = {name: text for name, text in os.environ.items() if name[:4] != "GIT_" or name.startswith(_KEPT)}
    return {
        **kept,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between zero bytes."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _commits(pieces: Iterator[bytes]) -> Iterator[Commit]:
    """Read `--raw -z`: a commit's own piece begins with the byte 1, then pairs of `:…` and path follow.

    Git puts a newline before the first pair.
    """
    header: list[bytes] = []
    changes: list[Change] = []
    for piece in pieces:
        if piece.startswith(b"\x01"):
            if header:
                yield _commit(header, changes)
            header, changes = piece[1:].split(), []
            continue
        raw = piece.lstrip(b"\n")
        if raw.startswith(b":"):
            path = next(pieces, b"").decode("utf-8", "replace")
            changes.append(_change(raw.split(b" "), path))
    if header:
        yield _commit(header, changes)


def _commit(header: list[bytes], changes: list[Change]) -> Commit:
    """The header holds the committer date in seconds, the commit, and its parents."""
    seconds, identity, *parents = (word.decode() for word in header)
    day = datetime.fromtimestamp(int(seconds), UTC).date()
    return Commit(day, tuple(changes), identity, parents[0] if parents else "")


def _change(words: list[bytes], path: str) -> Change:
    """`:100644 100644 <old> <new> M`: links (120000) and submodules (160000) hold no metadata."""
    regular = words[1].startswith(b"100")
    return Change(path, words[3].decode() if regular else None)
