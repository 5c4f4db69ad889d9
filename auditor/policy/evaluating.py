"""Judges every subject by every policy: closures for all of them, explanations for those that must be told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter

from auditor.dataclasses import dataclass
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.truth import Truth
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground
from auditor.policy.explaining import Explanation, explain
from auditor.policy.syntax import OnUnknown, Policy, PolicySet
from auditor.policy.targets import Sieve
from auditor.policy.telling import Teller


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


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What closures alone say of the subjects that a policy may apply to, each list sorted."""

    wrong: list[str]
    """The policy applies, and is violated."""
    undecided: list[str]
    """The policy applies, and whether it is violated is unknown."""
    doubtful: list[str]
    """Whether the policy applies is unknown, and the subject would not pass for sure."""
    passed: int


Row = tuple[str, Outcome, bool]
"""A subject, what a policy says of it, and whether it is unknown that the policy applies to it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What one policy says: the subjects that must be told of, sorted, and how many got which answer."""

    policy: Policy
    rows: list[Row]
    tally: Tally


Tell = Callable[[int, int], None]
"""Told how many of how many are done."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


Among = Callable[[Policy], Mapping[str, Sequence[str]] | None]
"""Of which subjects a policy is asked, by kind, sorted; None: of all. What is sifted is shared by those that are
given the same value."""


def evaluate(policies: PolicySet, facts: FactBase, as_of: date, tell: Tell = silent) -> Evaluation:
    """Judge all subjects by all policies; `tell` is told how many policies of how many are done."""
    return evaluate_some(policies, facts, as_of, lambda _policy: None, tell)


def evaluate_some(
    policies: PolicySet, facts: FactBase, as_of: date, among: Among, tell: Tell = silent
) -> Evaluation:
    """Judge only the subjects that `among` names for each policy; tallies count those alone."""
    ground = Ground(facts, as_of, policies.lists)
    findings: list[Finding] = []
    tallies: dict[str, Tally] = {}
    for done, each in enumerate(verdicts_of(policies, ground, among)):
        tell(done, len(policies.policies))
        findings.extend(told(each, each.rows, ground))
        tallies[each.policy.info.id] = each.tally
    return Evaluation(tuple(findings), tuple(tallies[policy.info.id] for policy in policies.policies))


def verdicts_of(policies: PolicySet, ground: Ground, among: Among) -> Iterator[Answered]:
    """What every policy says of the subjects that `among` names for it, told of none of them yet."""
    sieves: dict[int, Sieve] = {}
    # Policy after policy, gravest first, and each by subject: so the findings stand in their total order.
    for policy in sorted(policies.policies, key=lambda each: (_RANKS[each.info.severity], each.info.id)):
        asked = among(policy)
        sieve = sieves.setdefault(id(asked), Sieve(ground, among=asked))
        verdicts = judge_all(policy, sieve)
        tally = _tally(policy, verdicts, len(sieve.subjects(policy.kind)))
        yield Answered(policy, _rows(verdicts, policy.on_unknown), tally)


def told(answered: Answered, rows: Sequence[Row], ground: Ground) -> list[Finding]:
    """The findings of some of the rows of a policy."""
    if not rows:
        return []
    teller = Teller(answered.policy, ground)
    return [teller.tell(subject, outcome, doubtful) for subject, outcome, doubtful in rows]


def judge_all(policy: Policy, sieve: Sieve) -> Verdicts:
    """The verdicts on all subjects of a policy, by closures alone."""
    candidates, wrong = sieve.candidates(policy), policy.wrong
    sure, doubtful = candidates.sure, candidates.doubtful
    decided, perhaps = sieve.decided(policy, sure), sieve.decided(policy, doubtful)
    if wrong is Truth.TRUE:
        broken = list(decided.sure.subjects)
        left = sorted((*perhaps.sure.subjects, *perhaps.doubtful.subjects))
    else:
        broken = sure.without(decided.sure, decided.doubtful)
        left = doubtful.without(perhaps.sure)
    undecided = list(decided.doubtful.subjects)
    told = len(broken) + len(undecided) + len(left)
    return Verdicts(broken, undecided, left, len(sure.subjects) + len(doubtful.subjects) - told)


def judge(policy: Policy, subject: str, ground: Ground) -> Judgement:
    """The outcome for one subject with the whole reasoning."""
    target = None if policy.target is None else explain(policy.target, subject, ground)
    condition = explain(policy.condition, subject, ground)
    applies = Truth.TRUE if target is None else target.truth
    return Judgement(weigh(applies, condition.truth, policy.wrong, policy.on_unknown), target, condition)


def _rows(verdicts: Verdicts, on_unknown: OnUnknown) -> list[Row]:
    """Subjects that must be told of with their outcome and whether the target is in doubt, sorted."""
    rows = [(subject, Outcome.VIOLATION, False) for subject in verdicts.wrong]
    undecided = _UNDECIDED[on_unknown]
    if undecided is not Outcome.PASS:
        rows += [(subject, undecided, False) for subject in verdicts.undecided]
        rows += [(subject, undecided, True) for subject in verdicts.doubtful]
    return sorted(rows, key=itemgetter(0))


def weigh(applies: Truth, holds: Truth, wrong: Truth, on_unknown: OnUnknown) -> Outcome:
    """The target's truth and the condition's together; a subject that passes anyway needs no target."""
    if applies is Truth.FALSE:
        return Outcome.NOT_APPLICABLE
    if holds is ~wrong:
        return Outcome.PASS
    if holds is wrong and applies is Truth.TRUE:
        return Outcome.VIOLATION
    return _UNDECIDED[on_unknown]


def _tally(policy: Policy, verdicts: Verdicts, subjects: int) -> Tally:
    counts = Counter({Outcome.VIOLATION: len(verdicts.wrong), Outcome.PASS: verdicts.passed})
    counts[_UNDECIDED[policy.on_unknown]] += len(verdicts.undecided) + len(verdicts.doubtful)
    return Tally(
        policy.info,
        violation=counts[Outcome.VIOLATION],
        unknown=counts[Outcome.UNKNOWN],
        passed=counts[Outcome.PASS],
        not_applicable=subjects - counts.total(),
    )


_RANKS = {severity: severity.rank for severity in Severity}
_UNDECIDED = {
    OnUnknown.REPORT: Outcome.UNKNOWN,
    OnUnknown.PASS: Outcome.PASS,
    OnUnknown.VIOLATION: Outcome.VIOLATION,
}
