"""How far a CRM is from what its charter wants, as numbers with their interval."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass

VERSION = 1
"""Of the arithmetic. Two scores are compared only under the same version, policies and charter."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A score from 0 to 100 (best): if all that is unknown were violations, as likely, and if it all passed."""

    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True)
class PillarScore:
    """One pillar of one entity. Debt is in points: a proven violation of medium severity is 5."""

    pillar: str
    score: Interval
    debt: float
    """Of violations, waived ones included."""
    open_debt: float
    """What unknowns would add if all of them were violations."""


@dataclass(frozen=True, slots=True)
class EntityScore:
    """One business entity of the charter; `name` empty: CRM objects that no entity of the charter holds."""

    name: str
    tier: int
    budget: int
    objects: tuple[str, ...]
    score: Interval
    pillars: tuple[PillarScore, ...]
    capped: bool = False
    """A critical violation, waived or not, keeps it below what it would reach without."""
    accepted_debt: float = 0.0
    """Part of the debt that waivers accept. It counts all the same."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do: settle all violations of one policy on one entity."""

    entity: str
    policy: str
    findings: int
    gain: float
    """Points of the whole score."""
    hours: float
    """Estimated by the policy's `effort`."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The score of a whole CRM. `grade` comes from the low end of the interval; None below the evidence needed."""

    version: int
    score: Interval
    grade: str | None
    evidence: float
    """Share of questions that were answered, 0..1."""
    entities: tuple[EntityScore, ...]
    moves: tuple[Move, ...] = ()
    debt: float = 0.0
    accepted_debt: float = 0.0


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one cause did to the score: `policy` (law and charter), `time`, `evidence` or `schema`, in points."""

    cause: str
    points: float


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """How the score of an earlier state became that of today; the parts add up to the difference of the points."""

    since: date
    """The day by which the earlier state was judged."""
    before: Interval
    parts: tuple[ScorePart, ...]

    @property
    def points(self) -> float:
        """The whole difference."""
        return sum(part.points for part in self.parts)
