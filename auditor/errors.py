"""Every error the user can meet. Each says what was asked, what is true and what to do.

The command line is the one place that turns them into exit codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    CLEAN = 0
    VIOLATIONS = 1
    MISUSE = 2
    INTERNAL = 3
    EVIDENCE_MISSING = 4
    NOTHING_MATCHED = 5


class AuditorError(Exception):
    """Indicates that the run cannot go on, for a reason the user can act on."""

    exit_code = ExitCode.MISUSE


class ConfigurationError(AuditorError):
    """Indicates that `auditor.yaml`, a policy or a waiver file is wrong; carries every problem at once."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class SourceError(AuditorError):
    """Indicates that a whole source cannot be read (a missing folder, an unreachable database)."""


class FormatError(AuditorError):
    """Indicates that one file is not what its format promises; callers turn it into a skipped line."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason if line is None else f"{reason} (line {line})")


class EvidenceError(AuditorError):
    """Indicates that evidence is missing or older than the run requires."""

    exit_code = ExitCode.EVIDENCE_MISSING


class NothingMatchedError(AuditorError):
    """Indicates that something was asked for by name and nothing bears it."""

    exit_code = ExitCode.NOTHING_MATCHED
