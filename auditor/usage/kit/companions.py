"""Files that lie beside a named export and that it needs to be understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

_ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".jsonl", ".jsonl.gz", ".tsv", ".txt")


def companions(paths: Iterable[Path], stems: Sequence[str]) -> tuple[Path, ...]:
    """Files in the folders of the given paths that are named `<stem>.<ending>`, whatever their case, sorted.

    What is among the given paths already is left out.
    """
    given = tuple(paths)
    wanted = {f"{stem}{ending}".lower() for stem in stems for ending in _ENDINGS}
    folders = {path if path.is_dir() else path.parent for path in given}
    found = {
        each
        for folder in folders
        if folder.is_dir()
        for each in folder.iterdir()
        if each.name.lower() in wanted and each.is_file() and not each.is_symlink()
    }
    within = {path for path in given if path.is_dir()}
    return tuple(sorted(each for each in found if each not in given and each.parent not in within))
