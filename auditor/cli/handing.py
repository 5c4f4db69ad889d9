"""Writes what a plan hands over: never into the sources, never over what somebody else wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from auditor.cli.storing import store
from auditor.config.values import Config
from auditor.errors import AuditorError

_INDEX = ".auditor-plan.json"
_SHOWN = 5


def check_place(target: Path, config: Config) -> None:
    """Refuse a folder in which the sources of a system stand.

    Raises:
        AuditorError: it is or lies within a source, or is no folder.
    """
    if target.exists() and not target.is_dir():
        raise AuditorError(f"--out {target}: a file stands there; name a folder")
    place = target.resolve()
    for system in config.systems:
        for source in system.sources:
            if "://" in source.location or not source.location:
                continue
            root = (config.folder / source.location.removeprefix("git:").partition("@")[0]).resolve()
            if place == root or (root.is_dir() and place.is_relative_to(root)):
                raise AuditorError(
                    f"--out {target} lies within the sources of {system.name} ({source.location}), which are only "
                    "read; name a folder outside of them"
                )


def hand_over(target: Path, files: Mapping[str, bytes], executable: frozenset[str]) -> None:
    """Write all files, and remove what an earlier plan wrote there and this one does not have.

    Raises:
        AuditorError: a file stands in the way that no plan wrote, or that somebody has changed since.
    """
    before = _index(target)
    _refuse_foreign(target, files, before)
    for path in sorted(before.keys() - files.keys()):
        if _digest(target / path) == before[path]:
            (target / path).unlink()
    for path, data in files.items():
        store(target / path, data)
        if path in executable:
            (target / path).chmod(0o755)
    index = {path: sha256(data).hexdigest() for path, data in files.items()}
    store(target / _INDEX, (json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _refuse_foreign(target: Path, files: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    root = target.resolve()
    away = [path for path in files if not (target / path).resolve().is_relative_to(root)]
    if away:
        raise AuditorError(
            f"{target}: {away[0]} would be written outside of it (a link leads away); name another folder"
        )
    foreign = [path for path in files if _digest(target / path) not in (None, before.get(path), _new(files, path))]
    if foreign:
        told = ", ".join(foreign[:_SHOWN]) + (
            "" if len(foreign) <= _SHOWN else f" and {len(foreign) - _SHOWN} more"
        )
        raise AuditorError(
            f"{target} holds files that the auditor did not write, or that were changed since: {told}; "
            "move them away or name another folder"
        )


def _new(files: Mapping[str, bytes], path: str) -> str:
    return sha256(files[path]).hexdigest()


def _digest(path: Path) -> str | None:
    """The digest of what stands at a path; None where nothing does, empty where it is no file that can be read."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _index(target: Path) -> Mapping[str, str]:
    """What an earlier plan wrote here, by digest; what cannot be read is nothing."""
    try:
        told = json.loads((target / _INDEX).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(told, dict):
        return {}
    root = target.resolve()
    return {
        path: digest
        for path, digest in told.items()
        if isinstance(path, str) and isinstance(digest, str) and (target / path).resolve().is_relative_to(root)
    }
