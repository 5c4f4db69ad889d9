"""What a policy said of a subject."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class Outcome(StrEnum):
    """The five answers of a policy."""

    VIOLATION = "violation"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


class Severity(StrEnum):
    """How much a violation matters to the company."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DISABLED = "disabled"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Datum:
    """One fact that a finding rests on: its printed value and the source it came from."""

    fact: str
    value: str
    source: str = ""
    subject: str = ""
    """Set where the fact is another subject's (a witness's)."""


@dataclass(frozen=True, slots=True, order=True)
class Witness:
    """A neighbour that made the condition true or false: its name, the relation, and where it stands."""

    subject: str
    relation: str
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """What readers of a report need to know of a policy."""

    id: str
    title: str
    severity: Severity
    pillar: str
    why: str
    fix: str
    owner: str = ""
    effort: str = ""
    origin: str = ""
    """The pack or file that it came from."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one policy for one subject.

    `confidence` is `proven` where every fact in the decision was known, `likely` where bounds decided it, else
    `open`. `measured` is the value that the condition compared (the count of fields), for budgets and ratchets.
    """

    policy: str
    subject: str
    outcome: Outcome
    severity: Severity
    confidence: str
    message: str
    evidence: tuple[Datum, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    unknowns: tuple[str, ...] = ()
    """Why it is unknown, each naming what would settle it."""
    settled_by: tuple[str, ...] = ()
    """Ids of evidence kinds that would settle one of its questions, cheapest first for each."""
    measured: str = ""
    path: str = ""
    line: int | None = None
    fingerprint: str = ""
    identity: str = ""
    """The second fingerprint, by the platform's own id of the subject; empty where none is known. It survives a
    rename, the other one a copied organisation."""
    baseline: str = ""
    """Beside a baseline: `new`, `worse`, `unchanged` or `carried` (a rename is suspected); empty without one."""
    waiver: str = ""
    helped_by: tuple[str, ...] = ()
    """Of `settled_by`, what helps to decide it: all of it, or only what could decide it alone where one of its
    questions is settled by nothing in this version."""
