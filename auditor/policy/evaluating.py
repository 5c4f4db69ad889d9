"""Judges every subject by every policy: closures for all of them, explanations for those that must be told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.truth import Truth
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground
from auditor.policy.explaining import Explanation, explain
from auditor.policy.syntax import OnUnknown, Polarity, Policy, PolicySet
from auditor.policy.targets import Sieve
from auditor.policy.telling import tell


@dataclass(frozen=True, slots=True)
class Tally:
    """How many subjects a policy gave each answer; `judged` are all subjects of its kind."""

    policy: PolicyInfo
    violation: int = 0
    unknown: int = 0
    passed: int = 0
    not_applicable: int = 0
    waived: int = 0

    @property
    def judged(self) -> int:
        """All subjects of the policy's kind."""
        return self.violation + self.unknown + self.passed + self.not_applicable + self.waived


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Findings that must be told of (violation, unknown, waived), totally sorted; passes are only counted."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    """One for each policy in force, sorted by id."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why a policy says what it says of one subject, for `explain`."""

    outcome: Outcome
    target: Explanation | None
    condition: Explanation


def evaluate(policies: PolicySet, facts: FactBase, as_of: date) -> Evaluation:
    """Judge all subjects by all policies."""
    ground = Ground(facts, as_of, policies.lists)
    sieve = Sieve(ground)
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for policy in policies.policies:
        outcomes: Counter[Outcome] = Counter()
        for subject, outcome in judge_all(policy, sieve):
            outcomes[outcome] += 1
            if outcome is not Outcome.PASS:
                findings.append(tell(policy, subject, outcome, _reasons(policy, subject, ground), ground))
        tallies.append(_tally(policy, outcomes, len(facts.subjects(policy.kind))))
    return Evaluation(tuple(sorted(findings, key=finding_order)), tuple(tallies))


def judge_all(policy: Policy, sieve: Sieve) -> Iterator[tuple[str, Outcome]]:
    """The outcome for each subject that the policy may apply to, by closures alone."""
    candidates, condition, wrong = sieve.candidates(policy), sieve.ground.check(policy.condition), _wrong(policy)
    undecided = _UNDECIDED[policy.on_unknown]
    for subject in candidates.sure:
        holds = condition(subject)
        if holds is wrong:
            yield subject, Outcome.VIOLATION
        else:
            yield subject, undecided if holds is Truth.UNKNOWN else Outcome.PASS
    for subject in candidates.doubtful:
        yield subject, _weigh(Truth.UNKNOWN, condition(subject), wrong, policy.on_unknown)


def judge(policy: Policy, subject: str, ground: Ground) -> Judgement:
    """The outcome for one subject with the whole reasoning."""
    target = None if policy.target is None else explain(policy.target, subject, ground)
    condition = explain(policy.condition, subject, ground)
    applies = Truth.TRUE if target is None else target.truth
    return Judgement(_weigh(applies, condition.truth, _wrong(policy), policy.on_unknown), target, condition)


def finding_order(finding: Finding) -> tuple[int, str, str, str]:
    """The total order of findings: gravest first, then policy, then subject."""
    return _RANKS[finding.severity], finding.policy, finding.subject, finding.outcome


def _reasons(policy: Policy, subject: str, ground: Ground) -> tuple[Explanation | None, Explanation]:
    """The explanation of the condition, and of the target where that is in doubt."""
    doubtful = policy.target is not None and ground.check(policy.target)(subject) is Truth.UNKNOWN
    target = explain(policy.target, subject, ground) if policy.target is not None and doubtful else None
    return target, explain(policy.condition, subject, ground)


def _wrong(policy: Policy) -> Truth:
    return Truth.TRUE if policy.polarity is Polarity.FORBID else Truth.FALSE


def _weigh(applies: Truth, holds: Truth, wrong: Truth, on_unknown: OnUnknown) -> Outcome:
    """The target's truth and the condition's together; a subject that passes anyway needs no target."""
    if applies is Truth.FALSE:
        return Outcome.NOT_APPLICABLE
    if holds is ~wrong:
        return Outcome.PASS
    if holds is wrong and applies is Truth.TRUE:
        return Outcome.VIOLATION
    return _UNDECIDED[on_unknown]


def _tally(policy: Policy, outcomes: Counter[Outcome], subjects: int) -> Tally:
    return Tally(
        policy.info,
        violation=outcomes[Outcome.VIOLATION],
        unknown=outcomes[Outcome.UNKNOWN],
        passed=outcomes[Outcome.PASS],
        not_applicable=subjects - outcomes.total(),
    )


_RANKS = {severity: severity.rank for severity in Severity}
_UNDECIDED = {
    OnUnknown.REPORT: Outcome.UNKNOWN,
    OnUnknown.PASS: Outcome.PASS,
    OnUnknown.VIOLATION: Outcome.VIOLATION,
}
