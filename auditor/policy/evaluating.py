"""Judges every subject by every policy: closures for all of them, explanations for those that must be told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditor.model.findings import Finding, Outcome, PolicyInfo
from auditor.model.truth import Truth
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground, bind
from auditor.policy.explaining import Explanation, explain
from auditor.policy.neighbours import Check
from auditor.policy.syntax import OnUnknown, Polarity, Policy, PolicySet
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
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for policy in policies.policies:
        outcomes: Counter[Outcome] = Counter()
        for subject, outcome in judge_all(policy, facts.subjects(policy.kind), ground):
            outcomes[outcome] += 1
            if outcome in (Outcome.VIOLATION, Outcome.UNKNOWN):
                judgement = judge(policy, subject, ground)
                findings.append(tell(policy, subject, outcome, (judgement.target, judgement.condition), ground))
        tallies.append(_tally(policy.info, outcomes))
    return Evaluation(tuple(sorted(findings, key=finding_order)), tuple(tallies))


def judge_all(policy: Policy, subjects: Iterable[str], ground: Ground) -> Iterator[tuple[str, Outcome]]:
    """The outcome for each subject, by closures alone."""
    target = None if policy.target is None else bind(policy.target, ground)
    condition, wrong = bind(policy.condition, ground), _wrong(policy)
    for subject in subjects:
        yield subject, _outcome(subject, target, condition, wrong, policy.on_unknown)


def judge(policy: Policy, subject: str, ground: Ground) -> Judgement:
    """The outcome for one subject with the whole reasoning."""
    target = None if policy.target is None else explain(policy.target, subject, ground)
    condition = explain(policy.condition, subject, ground)
    applies = Truth.TRUE if target is None else target.truth
    return Judgement(_weigh(applies, condition.truth, _wrong(policy), policy.on_unknown), target, condition)


def finding_order(finding: Finding) -> tuple[int, str, str, str]:
    """The total order of findings: gravest first, then policy, then subject."""
    return finding.severity.rank, finding.policy, finding.subject, finding.outcome


def _wrong(policy: Policy) -> Truth:
    return Truth.TRUE if policy.polarity is Polarity.FORBID else Truth.FALSE


def _outcome(subject: str, target: Check | None, condition: Check, wrong: Truth, on_unknown: OnUnknown) -> Outcome:
    applies = Truth.TRUE if target is None else target(subject)
    if applies is Truth.FALSE:
        return Outcome.NOT_APPLICABLE
    return _weigh(applies, condition(subject), wrong, on_unknown)


def _weigh(applies: Truth, holds: Truth, wrong: Truth, on_unknown: OnUnknown) -> Outcome:
    """The target's truth and the condition's together; a subject that passes anyway needs no target."""
    if applies is Truth.FALSE:
        return Outcome.NOT_APPLICABLE
    if holds is ~wrong:
        return Outcome.PASS
    if holds is wrong and applies is Truth.TRUE:
        return Outcome.VIOLATION
    return _UNDECIDED[on_unknown]


def _tally(policy: PolicyInfo, outcomes: Counter[Outcome]) -> Tally:
    return Tally(
        policy,
        violation=outcomes[Outcome.VIOLATION],
        unknown=outcomes[Outcome.UNKNOWN],
        passed=outcomes[Outcome.PASS],
        not_applicable=outcomes[Outcome.NOT_APPLICABLE],
        waived=outcomes[Outcome.WAIVED],
    )


_UNDECIDED = {
    OnUnknown.REPORT: Outcome.UNKNOWN,
    OnUnknown.PASS: Outcome.PASS,
    OnUnknown.VIOLATION: Outcome.VIOLATION,
}
