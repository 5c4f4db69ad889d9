"""Files that a command edits and writes: whole or not at all, whoever else writes them at the same time."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from glob import escape
from pathlib import Path

from auditor.errors import AuditorError, ConfigurationError

_STALE = 3600
"""Seconds after which a piece of a file belongs to no run any more: one that was killed has left it."""


def store(path: Path, data: bytes) -> None:
    """Write whole or not at all: a reader never sees half a report, nor do two runs mix theirs.

    A device or a pipe (`/dev/null`, `/dev/stdout`) is written to as it is: a file must never take its place.

    Raises:
        AuditorError: it cannot be written.
    """
    special = _exists(path) and not path.is_file()
    # A name of its own for each run, since another one may be writing the same report just now.
    temporary = path if special else path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        if not special:
            temporary.replace(path)
            _clear(path)
    except OSError as error:
        told = f"{path} cannot be written: {error.strerror}; choose another place with --output FORMAT=PATH"
        raise AuditorError(told) from None
    finally:
        # After an error or a signal nothing half written is left; after success there is nothing to remove.
        if not special:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def text_of(path: Path) -> str:
    """The text of a file that a command is about to edit; empty where there is none yet.

    Raises:
        ConfigurationError: it cannot be read.
    """
    if not path.exists():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{path} cannot be read: {error}"]) from None


def _exists(path: Path) -> bool:
    """Whether something stands at a path; nothing does where the name is longer than the system allows."""
    try:
        return path.exists()
    except OSError:
        return False


def _clear(path: Path) -> None:
    """Remove the pieces that killed runs have left beside a file."""
    for piece in path.parent.glob(f"{escape(path.name)}.*.part"):
        with suppress(OSError):
            if time.time() - piece.stat().st_mtime > _STALE:
                piece.unlink()
