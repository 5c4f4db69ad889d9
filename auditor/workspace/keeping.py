"""The folder beside `auditor.yaml` in which the auditor keeps what it remembers; git never sees it."""

from __future__ import annotations

from pathlib import Path

from auditor.errors import AuditorError

FOLDER = ".auditor"
HISTORY = "history.sqlite"


def history_file(folder: Path) -> Path:
    """Where the history of a configuration's folder lies, or would."""
    return folder / FOLDER / HISTORY


def kept_folder(folder: Path) -> Path:
    """Make the folder, with a file in it that keeps it out of git.

    Raises:
        AuditorError: it cannot be made.
    """
    place = folder / FOLDER
    try:
        place.mkdir(parents=True, exist_ok=True)
        ignore = place / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise AuditorError(f"{place} cannot be made: {error.strerror}; nothing was kept") from None
    return place
