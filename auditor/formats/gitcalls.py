"""How git is asked: fixed options, never the network, and one process for all reads of contents."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError, SourceError
from auditor.formats.tree_limits import MAX_FILE, check_size

_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
"""Nothing is fetched or asked for, and git speaks as we understand it."""


@dataclass(frozen=True, slots=True)
class Git:
    """Where git is called: in a folder, with or without the variables that a hook has set.

    Inside a hook they name the repository and its index, relative to the folder that the hook was started in; so
    there `folder` is None, which is where this process stands.
    """

    folder: Path | None
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def environment(self) -> dict[str, str]:
        """The variables that git is given."""
        return {**self.environ, **_QUIET}

    def command(self, *arguments: str) -> list[str]:
        """The words of a call."""
        place = [] if self.folder is None else ["-C", str(self.folder)]
        return ["git", "--no-optional-locks", *place, *arguments]

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Call git once and wait for it, whatever it says.

        Raises:
            SourceError: there is no git.
        """
        try:
            return subprocess.run(  # noqa: S603 - fixed program; what users name is checked by the callers
                self.command(*arguments), capture_output=True, check=False, env=self.environment()
            )
        except OSError as error:
            raise SourceError(f"git cannot be started: {error.strerror or error}; install it") from None


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What git says of a failure, without its first word."""
    return done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")


class Contents:
    """The contents of objects by id, from one `git cat-file --batch` that ends with this value."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._batch: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of one object.

        Raises:
            FormatError: it is larger than any metadata, or absent from a partial clone.
        """
        process = self._process()
        if process.stdin is None or process.stdout is None:
            raise FormatError("git gives no answer")
        try:
            process.stdin.write(os.fsencode(f"{blob}\n"))
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:
                raise FormatError("its content is not in the repository (a partial clone)")
            return _taken(process.stdout, int(header[2]))
        except OSError as error:
            raise FormatError(f"git gives no answer: {error}") from None

    def named(self, treeish: str, path: str) -> bytes | None:
        """The bytes of a file of a commit or a tree (empty: of the index); None where that has none of that name.

        Raises:
            FormatError: it is larger than any metadata, or its name cannot be asked for.
        """
        if "\n" in path:
            raise FormatError("its name holds a line break")
        try:
            return self.read(f"{treeish}:{path}")
        except FormatError as error:
            if "partial clone" in error.reason:
                return None
            raise

    def _process(self) -> subprocess.Popen[bytes]:
        if self._batch is None:
            try:
                self._batch = subprocess.Popen(  # noqa: S603 - fixed program and options
                    self._git.command("cat-file", "--batch"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self._git.environment(),
                )
            except OSError as error:
                raise FormatError(f"git cannot be started: {error.strerror or error}") from None
            weakref.finalize(self, _end, self._batch)
        return self._batch


def _taken(stream: IO[bytes], size: int) -> bytes:
    """The next object of a stream and the line end behind it; one that is too large is passed over."""
    left = size + 1
    if size <= MAX_FILE:
        return stream.read(left)[:-1]
    while left:
        left -= len(stream.read(min(left, _PIECE))) or left
    check_size(size)
    return b""


_PIECE = 2**20


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.wait()
