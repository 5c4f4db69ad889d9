"""The entry of the gate among a repository's pre-commit hooks, added to the file as it stands."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.version import VERSION

HOOKS_FILE = ".pre-commit-config.yaml"
_HOOK = "auditor-check"
_ITEM = re.compile(r"^(?P<indent> *)- +repo:", re.MULTILINE)
_KEY = re.compile(r"^[^\s#-]", re.MULTILINE)


class Added(StrEnum):
    """What became of the entry."""

    WRITTEN = "written"
    PRESENT = "present"
    BY_HAND = "by hand"
    """The file is laid out in a way in which nothing can be added safely."""


@dataclass(frozen=True, slots=True)
class Hooked:
    """The text of the file with the entry, and what became of it."""

    text: str
    added: Added


def repository_root(folder: Path) -> Path | None:
    """The top of the git repository that a folder lies in; None where it lies in none."""
    places = (folder.resolve(), *folder.resolve().parents)
    return next((place for place in places if (place / ".git").exists()), None)


def with_hook(text: str, config: str = "") -> Hooked:
    """The text of a hooks file with the gate's entry as its last; an empty text begins a new file.

    `config` is the path of `auditor.yaml` from the top of the repository, where it does not stand there itself.
    """
    if _HOOK in text:
        return Hooked(text, Added.PRESENT)
    if not text.strip():
        return Hooked("repos:\n" + entry("  ", config), Added.WRITTEN)
    items = list(_ITEM.finditer(text))
    if not items or _KEY.search(text, items[-1].end()):
        return Hooked(text, Added.BY_HAND)
    return Hooked(text.rstrip("\n") + "\n" + entry(items[-1]["indent"], config), Added.WRITTEN)


def entry(indent: str, config: str = "") -> str:
    """The lines of the entry. It always runs: a hook that names files is skipped where a commit only deletes."""
    arguments = f" --config {config}" if config else ""
    lines = (
        "- repo: local",
        "  hooks:",
        f"    - id: {_HOOK}",
        "      name: what this change makes worse in the CRM",
        f"      entry: auditor check{arguments}",
        "      language: python",
        f"      additional_dependencies: [crm-scope-auditor=={VERSION}]",
        "      always_run: true",
        "      pass_filenames: false",
        "      require_serial: true",
        "      stages: [pre-commit, pre-push, manual]",
    )
    return "".join(f"{indent}{line}\n" for line in lines)
