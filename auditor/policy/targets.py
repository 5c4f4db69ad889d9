"""Which subjects a policy speaks of: targets that begin alike are sifted once, whoever shares them."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model.truth import Truth
from auditor.policy.binding import Ground
from auditor.policy.syntax import AllOf, Condition, Policy


@dataclass(frozen=True, slots=True)
class Candidates:
    """The subjects that a target applies to, and those of which that is unknown; all others are out."""

    sure: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sieve:
    """Sifts subjects by targets, keeping what each beginning of a target leaves."""

    ground: Ground
    kept: dict[tuple[str, tuple[Condition, ...]], Candidates] = field(default_factory=dict)

    def candidates(self, policy: Policy) -> Candidates:
        """The subjects that a policy's target leaves."""
        target = policy.target
        parts = target.parts if isinstance(target, AllOf) else () if target is None else (target,)
        return self._sifted(policy.kind, parts)

    def _sifted(self, kind: str, parts: tuple[Condition, ...]) -> Candidates:
        known = self.kept.get((kind, parts))
        if known is None:
            known = self.kept[kind, parts] = self._sift(kind, parts)
        return known

    def _sift(self, kind: str, parts: tuple[Condition, ...]) -> Candidates:
        if not parts:
            return Candidates(tuple(self.ground.facts.subjects(kind)))
        before = self._sifted(kind, parts[:-1])
        holds = self.ground.check(parts[-1])
        sure: list[str] = []
        doubtful = [subject for subject in before.doubtful if holds(subject) is not Truth.FALSE]
        for subject in before.sure:
            truth = holds(subject)
            if truth is Truth.TRUE:
                sure.append(subject)
            elif truth is Truth.UNKNOWN:
                doubtful.append(subject)
        return Candidates(tuple(sure), tuple(doubtful))
