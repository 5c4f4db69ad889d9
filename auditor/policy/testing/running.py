"""Runs fixtures: each subject's outcome beside the expected one, and findings that nobody expected."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass
from auditor.model.findings import Finding, Outcome
from auditor.policy.binding import Ground
from auditor.policy.evaluating import evaluate, judge
from auditor.policy.syntax import PolicySet
from auditor.policy.testing.cases import Case, Suite
from auditor.policy.waiving import apply_waivers


@dataclass(frozen=True, slots=True)
class Result:
    """One case and what the policy said of it; `told` is the message of the finding, where there is one."""

    case: Case
    actual: Outcome
    told: str = ""

    @property
    def kept(self) -> bool:
        """Whether the expectation held."""
        return self.actual is self.case.expected


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """One suite's results, and violations of nodes that nobody expected anything of."""

    suite: Suite
    results: tuple[Result, ...]
    unexpected: tuple[Finding, ...] = ()

    @property
    def failed(self) -> tuple[Result, ...]:
        """Expectations that did not hold, todo aside."""
        return tuple(result for result in self.results if not result.kept and not result.case.todo)

    @property
    def done(self) -> tuple[Result, ...]:
        """Expectations marked todo that hold by now: the mark must go."""
        return tuple(result for result in self.results if result.kept and result.case.todo)

    @property
    def clean(self) -> bool:
        """Whether everything was as expected."""
        return not self.failed and not self.unexpected and not self.done


def run_suite(suite: Suite, as_of: date) -> SuiteRun:
    """Judge the world of a suite as an audit would, waivers applied, and compare."""
    policies = PolicySet((suite.policy,))
    evaluation = evaluate(policies, suite.world, as_of)
    waivers = [case.waiver for case in suite.cases if case.waiver is not None]
    waived = apply_waivers(evaluation, waivers, policies, as_of, full=False)
    findings = {finding.subject: finding for finding in waived.evaluation.findings}
    ground = Ground(suite.world, as_of)
    results = tuple(_result(suite, case, findings.get(case.subject), ground) for case in suite.cases)
    expected = {case.subject for case in suite.cases}
    stray = (f for f in findings.values() if f.subject not in expected and f.outcome is Outcome.VIOLATION)
    return SuiteRun(suite, results, tuple(stray))


def _result(suite: Suite, case: Case, finding: Finding | None, ground: Ground) -> Result:
    if finding is not None:
        return Result(case, finding.outcome, finding.message)
    return Result(case, judge(suite.policy, case.subject, ground).outcome)
