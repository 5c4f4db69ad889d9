"""Where findings stand, as pipelines need it: a file of the repository and a line, always."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from auditor.dataclasses import dataclass
from auditor.model.findings import Finding
from auditor.model.results import SystemSummary

CONFIGURATION = "auditor.yaml"
"""What a finding without a file of its own is shown at: the file that put its policy in force."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file relative to the folder of the configuration, and a line from 1."""

    path: str
    line: int


class Places:
    """Tells the place of a finding from its path, which is relative to the source that it was read from."""

    def __init__(self, systems: Iterable[SystemSummary]) -> None:
        self._folders = {system.name: _folder(system.location) for system in systems}

    def of(self, finding: Finding) -> Place:
        """The file and line of a finding; the configuration where it has none."""
        return self.at(finding.subject, finding.path, finding.line) if finding.path else Place(CONFIGURATION, 1)

    def at(self, subject: str, path: str, line: int | None) -> Place:
        """The place of a path that was read from the system of a subject."""
        folder = self._folders.get(subject.partition(":")[0], "")
        return Place(str(PurePosixPath(folder, path)), line or 1)


def _folder(location: str) -> str:
    """The folder of a system's files; empty where it has several sources or they are no plain folder."""
    plain = not any(mark in location for mark in ("://", "git:", " + ")) and not location.startswith("/")
    return "" if not plain or PurePosixPath(location).suffix in _ARCHIVES else location


_ARCHIVES = frozenset({".gz", ".json", ".tar", ".tgz", ".xml", ".zip", ".csv", ".xlsx"})
