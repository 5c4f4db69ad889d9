"""Which mutants no fixture notices, and which of these nothing could notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.dataclasses import dataclass
from auditor.model.findings import Outcome
from auditor.model.truth import Truth
from auditor.policy.binding import Ground
from auditor.policy.evaluating import weigh
from auditor.policy.syntax import Policy
from auditor.policy.testing.cases import Suite
from auditor.policy.testing.imagining import Difference, difference
from auditor.policy.testing.mutants import Mutant, mutants


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no fixture notices, and a subject that would tell it apart, where one was found."""

    mutant: Mutant
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """How well the fixtures of one policy hold it in place."""

    policy: Policy
    killed: int
    survivors: tuple[Survivor, ...]
    equivalent: tuple[Mutant, ...]
    """Mutants that no subject whatever can tell from the policy."""


def prove(policy: Policy, suites: Sequence[Suite], as_of: date) -> Proof:
    """Put every mutant of a policy to its fixtures; `suites` are those of the policy, all of them passing."""
    noticed: set[int] = set()
    for suite in suites:
        noticed |= _noticed(suite, as_of)
    every = tuple(mutants(policy))
    survivors: list[Survivor] = []
    equivalent: list[Mutant] = []
    for mutant in every:
        if mutant.number not in noticed:
            apart = difference(policy, mutant.policy, as_of)
            if apart.proven_none:
                equivalent.append(mutant)
            else:
                survivors.append(Survivor(mutant, apart if apart.found else None))
    killed = len(every) - len(survivors) - len(equivalent)
    return Proof(policy, killed, tuple(survivors), tuple(equivalent))


def _noticed(suite: Suite, as_of: date) -> set[int]:
    """Numbers of the mutants that give some subject of a suite another outcome than the policy does."""
    ground = Ground(suite.world, as_of)
    subjects = tuple(case.subject for case in suite.cases if not case.todo)
    before = outcomes(suite.policy, subjects, ground)
    return {m.number for m in mutants(suite.policy) if outcomes(m.policy, subjects, ground) != before}


def outcomes(policy: Policy, subjects: Sequence[str], ground: Ground) -> tuple[Outcome, ...]:
    """What the closures alone say of subjects, waivers aside."""
    applies = None if policy.target is None else ground.check(policy.target)
    holds = ground.check(policy.condition)
    truths = ((Truth.TRUE if applies is None else applies(subject), holds(subject)) for subject in subjects)
    return tuple(weigh(*pair, policy.wrong, policy.on_unknown) for pair in truths)
