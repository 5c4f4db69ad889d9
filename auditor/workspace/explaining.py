"""What `auditor explain` knows: why a policy says what it says of one subject, with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.errors import NothingMatchedError
from auditor.facts.base import Facts
from auditor.judging import Inputs, facts_for
from auditor.model.findings import Finding, Outcome
from auditor.policy.binding import Ground
from auditor.policy.evaluating import Evaluation, Judgement, Tally, judge
from auditor.policy.syntax import Policy
from auditor.policy.telling import Teller
from auditor.policy.waiving import apply_waivers
from auditor.policy.words import nearest
from auditor.workspace.catalogs import Progress
from auditor.workspace.going import going_told
from auditor.workspace.inputs import gather_inputs
from auditor.workspace.living import living_told
from auditor.workspace.proofs import found_subject

TOLD = (Outcome.VIOLATION, Outcome.UNKNOWN, Outcome.WAIVED)
"""Outcomes that a report tells of; the others are counted there."""


@dataclass(frozen=True, slots=True)
class Case:
    """One policy's word on the subject, as the report has it; `finding` None: the report only counts it."""

    policy: Policy
    judged: Judgement
    outcome: Outcome
    finding: Finding | None = None

    @property
    def message(self) -> str:
        """What the report says, or what the policy is about."""
        return self.policy.info.title if self.finding is None else self.finding.message


@dataclass(frozen=True, slots=True)
class Section:
    """What is known of a subject beside the policies: for people, and under `name` for machines."""

    name: str
    lines: tuple[str, ...]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Explained:
    """The reasoning about one subject. `policy_id` is the one that was asked for; else all that speak of it."""

    subject: str
    path: str
    line: int | None
    policy_id: str | None
    cases: tuple[Case, ...]
    sections: tuple[Section, ...]
    ground: Ground
    inputs: Inputs


def _living(subject: str, ground: Ground, _inputs: Inputs) -> Section | None:
    told = living_told(ground.facts, subject) if isinstance(ground.facts, Facts) else None
    return None if told is None else Section("liveness", *told)


def _going(subject: str, ground: Ground, _inputs: Inputs) -> Section | None:
    told = going_told(ground.facts, subject) if isinstance(ground.facts, Facts) else None
    return None if told is None else Section("removal", *told)


SECTIONS: tuple[Callable[[str, Ground, Inputs], Section | None], ...] = (_living, _going)
"""What is told of a subject besides the policies, in this order; None where there is nothing to say."""


def explanation(config: Config, subject: str, policy_id: str | None, as_of: date, progress: Progress) -> Explained:
    """The reasoning of one policy about a subject, or of all that speak of it; also where there is no finding.

    Raises:
        NothingMatchedError: there is no such subject or policy; the nearest are named.
    """
    inputs = gather_inputs(config, as_of, progress)
    ground = Ground(facts_for(inputs), as_of, inputs.policies.lists)
    subject = found_subject(subject, inputs.policies, ground.facts)
    policies = [p for p in inputs.policies.policies if subject in ground.of_kinds(frozenset({p.kind}))]
    if policy_id is not None:
        policies = [_named(policy_id, subject, policies, inputs)]
    path, line = ground.facts.place_of(subject)
    told = (section(subject, ground, inputs) for section in SECTIONS if policy_id is None)
    return Explained(
        subject=subject,
        path=path,
        line=line,
        policy_id=policy_id,
        cases=tuple(_case(policy, subject, ground, inputs) for policy in policies),
        sections=tuple(section for section in told if section is not None),
        ground=ground,
        inputs=inputs,
    )


def _named(policy_id: str, subject: str, policies: Sequence[Policy], inputs: Inputs) -> Policy:
    known = {name: policy for policy in policies for name in (policy.info.id, *policy.aliases)}
    if policy_id in known:
        return known[policy_id]
    others = {policy.info.id: policy.kind for policy in inputs.policies.policies}
    if policy_id in others:
        raise NothingMatchedError(f"{policy_id} speaks of {others[policy_id]}s, and {subject} is none")
    if policy_id in inputs.policies.disabled:
        raise NothingMatchedError(f"{policy_id} is switched off")
    raise NothingMatchedError(f"no policy {policy_id!r} is in force.{nearest(policy_id, known)}")


def _case(policy: Policy, subject: str, ground: Ground, inputs: Inputs) -> Case:
    judged = judge(policy, subject, ground)
    if judged.outcome not in TOLD:
        return Case(policy, judged, judged.outcome)
    doubtful = judged.outcome is Outcome.UNKNOWN and judged.target is not None and not _applies(judged)
    finding = Teller(policy, ground).tell(subject, judged.outcome, doubtful)
    finding = _waived(finding, policy, inputs, ground)
    return Case(policy, judged, finding.outcome, finding)


def _applies(judged: Judgement) -> bool:
    return judged.target is None or judged.target.truth.value == "T"


def _waived(finding: Finding, policy: Policy, inputs: Inputs, ground: Ground) -> Finding:
    evaluation = Evaluation((finding,), (Tally(policy.info),))
    waived = apply_waivers(evaluation, inputs.waivers, inputs.policies, ground.as_of, full=False)
    return waived.evaluation.findings[0]
