"""What a check found: the findings that a change made worse, and where each of them comes from."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass
from auditor.model.findings import Finding, PolicyInfo

NEW, WORSE, CARRIED, STANDING = "new", "worse", "carried", "unchanged"
"""What a finding is beside the state before the change; `carried`: its subject had another name then."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One finding after the change.

    `state` is new, worse, carried or unchanged. `changed`: the change touches the subject itself; otherwise the
    finding is a consequence elsewhere. `causes` are the changed files behind it, relative to the folder of the
    configuration, sorted. `commit` and `commit_subject` name who brought it, where a range is told by commit.
    """

    finding: Finding
    state: str
    changed: bool = False
    causes: tuple[str, ...] = ()
    commit: str = ""
    commit_subject: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check. `findings` are what is reported, gravest first; all else is counted.

    `comparing` names the two states, `files` how many files differ and `relevant` how many of them are read.
    `mended`: violations that the change ended. `unsettled`: how many more subjects became unknown by it.
    `evidence`: one line on how old the evidence is that both sides were judged by.
    """

    as_of: date
    comparing: str
    files: int
    relevant: int
    findings: tuple[CheckFinding, ...] = ()
    policies: tuple[PolicyInfo, ...] = ()
    locations: tuple[tuple[str, str], ...] = ()
    """System → where its files stand, relative to the folder of the configuration, sorted."""
    company: str = ""
    mended: int = 0
    unsettled: int = 0
    merged: int = 0
    """New findings that came with what is being merged, and so are nobody's fault here."""
    evidence: str = ""
    notices: tuple[str, ...] = ()
    why_slow: str = ""
    """Why everything was read and judged, where it was; for -v."""

    @property
    def worse(self) -> tuple[CheckFinding, ...]:
        """What the change made worse."""
        return tuple(each for each in self.findings if each.state in (NEW, WORSE))
