"""What `auditor explain` says: why a policy says what it says of one subject, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.auditing import Inputs, facts_for
from auditor.config.values import Config
from auditor.errors import NothingMatchedError
from auditor.model.findings import Finding, Outcome
from auditor.model.observations import Evidence, Window
from auditor.policy.binding import Ground
from auditor.policy.evaluating import Evaluation, Judgement, Tally, judge
from auditor.policy.syntax import Policy
from auditor.policy.telling import Teller
from auditor.policy.trees import judgement_lines
from auditor.policy.waiving import apply_waivers
from auditor.policy.words import nearest
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs
from auditor.workspace.proofs import check_subject

_TOLD = (Outcome.VIOLATION, Outcome.UNKNOWN, Outcome.WAIVED)


@dataclass(frozen=True, slots=True)
class _Case:
    """One policy's word on the subject, as the report has it."""

    policy: Policy
    judged: Judgement
    outcome: Outcome
    message: str


def explained(
    config: Config, subject: str, policy_id: str | None, as_of: date, progress: Progress
) -> tuple[str, ...]:
    """The reasoning of one policy about a subject, or of all that speak of it; also where there is no finding.

    Raises:
        NothingMatchedError: there is no such subject or policy; the nearest are named.
    """
    inputs = gather_inputs(config, as_of, progress)
    ground = Ground(facts_for(inputs), as_of, inputs.policies.lists)
    check_subject(subject, inputs.policies, ground.facts)
    policies = [p for p in inputs.policies.policies if subject in ground.of_kinds(frozenset({p.kind}))]
    if policy_id is not None:
        policies = [_named(policy_id, subject, policies, inputs)]
    cases = [_case(policy, subject, ground, inputs) for policy in policies]
    path, line = ground.facts.place_of(subject)
    head = subject if not path else f"{subject}  ({path}{'' if line is None else f':{line}'})"
    return (head, *_lines(cases, policy_id is not None, subject, ground, inputs.evidence))


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


def _case(policy: Policy, subject: str, ground: Ground, inputs: Inputs) -> _Case:
    judged = judge(policy, subject, ground)
    if judged.outcome not in _TOLD:
        return _Case(policy, judged, judged.outcome, policy.info.title)
    doubtful = judged.outcome is Outcome.UNKNOWN and judged.target is not None and not _applies(judged)
    finding = Teller(policy, ground).tell(subject, judged.outcome, doubtful)
    finding = _waived(finding, policy, inputs, ground)
    return _Case(policy, judged, finding.outcome, finding.message)


def _applies(judged: Judgement) -> bool:
    return judged.target is None or judged.target.truth.value == "T"


def _waived(finding: Finding, policy: Policy, inputs: Inputs, ground: Ground) -> Finding:
    evaluation = Evaluation((finding,), (Tally(policy.info),))
    waived = apply_waivers(evaluation, inputs.waivers, inputs.policies, ground.as_of, full=False)
    return waived.evaluation.findings[0]


def _lines(cases: Sequence[_Case], whole: bool, subject: str, ground: Ground, evidence: Evidence) -> Iterator[str]:
    used: dict[str, None] = {}
    source = _sources(ground, used)
    for case in cases:
        if whole or case.outcome in _TOLD:
            info = case.policy.info
            yield ""
            yield f"{info.id}  [{info.severity}]  {case.outcome}: {case.message}"
            yield from judgement_lines(case.policy, case.judged, source)
    if not whole:
        yield from _silent(cases)
    yield from _evidence(used, subject, evidence)


def _silent(cases: Sequence[_Case]) -> Iterator[str]:
    for outcome, said in ((Outcome.PASS, "passes"), (Outcome.NOT_APPLICABLE, "not spoken of by")):
        names = [case.policy.info.id for case in cases if case.outcome is outcome]
        if names:
            yield ""
            yield f"{said}: {', '.join(names)}"


def _sources(ground: Ground, used: dict[str, None]) -> Callable[[str, str], str]:
    """The kinds of evidence behind a fact; each source in full is noted in `used`."""

    def source(subject: str, name: str) -> str:
        if any(listed.spec.name == name for listed in ground.lists):
            return "lists"
        told = [part for part in ground.facts.source_of(subject, name).split("; ") if part]
        used.update(dict.fromkeys(told))
        return ", ".join(dict.fromkeys(part.partition(" (")[0] for part in told))

    return source


def _evidence(used: dict[str, None], subject: str, evidence: Evidence) -> Iterator[str]:
    if used:
        yield ""
        yield "evidence:"
    system = subject.partition(":")[0]
    ids = {source.path: source.id for source in evidence.sources}
    for told in sorted(used):
        match = _PLACE.search(told)
        name = None if match is None else ids.get(match[1])
        windows = [w for w in evidence.windows if w.source == name and w.system == system and _covers(w, subject)]
        spans = sorted({f"{w.deed}, {w.start or 'from the beginning'} to {w.end}" for w in windows})
        yield f"  {told}{': saw ' if spans else ''}{'; '.join(spans)}"


def _covers(window: Window, subject: str) -> bool:
    """Whether a window speaks of the subject, itself or through the object that it belongs to."""
    return window.subjects is None or bool({subject, subject.partition(".")[0]} & window.subjects)


_PLACE = re.compile(r" \((.*), [^,]*\)$")
