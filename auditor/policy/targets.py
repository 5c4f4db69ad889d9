"""Which subjects a policy speaks of, and for which its condition holds: sifted once for all that ask alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.policy.binding import Ground
from auditor.policy.sifting import Group, Sifted, parts_of
from auditor.policy.syntax import Policy


@dataclass(frozen=True, slots=True)
class Sieve:
    """Sifts subjects by targets and conditions, keeping what each beginning of them leaves."""

    ground: Ground
    kinds: dict[str, Sifted] = field(default_factory=dict, compare=False, repr=False)
    judged: dict[int, Sifted] = field(default_factory=dict, compare=False, repr=False)
    """By the identity of the group of subjects, which `kinds` keeps alive."""
    among: Mapping[str, Sequence[str]] | None = None
    """Kind → the subjects that are asked about, sorted; None: all that there are."""

    def candidates(self, policy: Policy) -> Sifted:
        """The subjects that a policy's target applies to, and those of which that is unknown."""
        known = self.kinds.get(policy.kind)
        if known is None:
            known = self.kinds[policy.kind] = Sifted(Group(self.subjects(policy.kind)))
        return known.along(parts_of(policy.target), self.ground)

    def subjects(self, kind: str) -> tuple[str, ...]:
        """Who is asked about of a kind of node."""
        return tuple(self.ground.facts.subjects(kind) if self.among is None else self.among.get(kind, ()))

    def decided(self, policy: Policy, group: Group) -> Sifted:
        """Those of some candidates for which the policy's condition holds, and for which that is unknown."""
        known = self.judged.get(id(group))
        if known is None:
            known = self.judged[id(group)] = Sifted(group)
        *before, last = parts_of(policy.condition)
        return known.along(before, self.ground).narrowed(last, self.ground)
