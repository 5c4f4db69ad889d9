"""Findings before and after a change, compared by fingerprint: what is new, what got worse, what is gone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial

from auditor.dataclasses import dataclass, replace
from auditor.facts.base import Facts
from auditor.gate.affected import Affected
from auditor.judging import Inputs, facts_for, identified_by, judge, traits_of
from auditor.model.checks import CARRIED, NEW, STANDING, WORSE
from auditor.model.findings import Finding, Outcome
from auditor.policy.baselining import GATED, compare
from auditor.policy.binding import Ground
from auditor.policy.evaluating import Answered, Evaluation, Row, told, verdicts_of
from auditor.policy.syntax import Policy
from auditor.policy.telling import fingerprint
from auditor.policy.worsening import has_measure, worsened


@dataclass(frozen=True, slots=True)
class Judged:
    """One side of a change: what it is made of, its facts, and its findings beside its own baseline."""

    inputs: Inputs
    facts: Facts
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One violation after the change, and the one that it was before; None where there was none."""

    finding: Finding
    state: str
    before: Finding | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does to the findings. `standing` are all violations that gate, in the order of findings."""

    standing: tuple[Compared, ...]
    mended: tuple[Finding, ...]
    unsettled: int
    """How many more subjects are unknown to a policy after the change."""

    @property
    def worse(self) -> tuple[Compared, ...]:
        """New violations and those that got worse by their own measure."""
        return tuple(each for each in self.standing if each.state in (NEW, WORSE))


def judged(inputs: Inputs) -> Judged:
    """Judge a whole side by all policies, waivers and baseline applied: the slow way, which leaves nothing out."""
    facts = facts_for(inputs)
    return Judged(inputs, facts, marked(inputs, facts, judge(inputs, facts).evaluation.findings))


def judged_among(
    inputs: Inputs, facts: tuple[Facts, Facts], who: Affected, moved: Mapping[str, str]
) -> tuple[Judged, Judged]:
    """Judge the subjects that a change may concern on both sides, waivers and baseline applied.

    The others are as they were. So are those of whom both sides say the same: they are not told either, unless
    they have `moved`, since what is said of the old name is then compared with the new one.
    """
    day, policies = inputs.settings.as_of, inputs.policies
    grounds = [Ground(each, day, policies.lists) for each in facts]
    graphs = [each.graph for each in facts]
    answers = [
        verdicts_of(policies, ground, partial(who.among, graph=graph))
        for ground, graph in zip(grounds, graphs, strict=True)
    ]
    found: tuple[list[Finding], list[Finding]] = ([], [])
    for pair in zip(*answers, strict=True):
        wanted = _differing(pair, inputs, who, moved)
        for answered, rows, ground, findings in zip(pair, wanted, grounds, found, strict=True):
            findings.extend(_findings(answered, rows, ground))
    return _settled(inputs, facts[0], found[0]), _settled(inputs, facts[1], found[1])


def _differing(
    pair: tuple[Answered, ...], inputs: Inputs, who: Affected, moved: Container[str]
) -> tuple[list[Row], list[Row]]:
    """The rows that may differ. A waiver that counts needs all; a baseline needs all violations."""
    before, after = pair
    same = {row for row in {*before.rows}.intersection(after.rows) if row[0] not in moved}
    if before.policy.info.id in who.counted:
        same = set()
    elif inputs.baseline is not None or has_measure(before.policy):
        same = {row for row in same if row[1] is Outcome.UNKNOWN}
    return [row for row in before.rows if row not in same], [row for row in after.rows if row not in same]


def _findings(answered: Answered, rows: Sequence[Row], ground: Ground) -> list[Finding]:
    """What rows say; of an unknown it is only counted how many there are, so that nothing more is said of it."""
    info = answered.policy.info
    unknown = [
        Finding(info.id, subject, outcome, info.severity, "open", "", fingerprint=fingerprint(info.id, subject))
        for subject, outcome, _ in rows
        if outcome is Outcome.UNKNOWN
    ]
    return told(answered, [row for row in rows if row[1] is not Outcome.UNKNOWN], ground) + unknown


def _settled(inputs: Inputs, facts: Facts, findings: Sequence[Finding]) -> Judged:
    found = Evaluation(tuple(identified_by(each, facts) for each in findings), ())
    if inputs.waivers:
        from auditor.policy.waiving import apply_waivers

        day = inputs.settings.as_of
        found = apply_waivers(found, inputs.waivers, inputs.policies, day, full=False).evaluation
    return Judged(inputs, facts, marked(inputs, facts, found.findings))


def marked(inputs: Inputs, facts: Facts, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with what the baseline of their own side holds of them."""
    if inputs.baseline is None:
        return tuple(findings)
    policies = inputs.policies.policies
    found = compare(findings, inputs.baseline, policies, inputs.moved, partial(traits_of, facts))
    return found.findings


def difference(before: Judged, after: Judged, moved: Mapping[str, str]) -> Difference:
    """What is new, worse and gone. `moved` leads from old names of subjects to the new ones."""
    policies = {policy.info.id: policy for policy in after.inputs.policies.policies}
    then = _Before(before.findings, moved, after.inputs.moved)
    standing = tuple(_compared(finding, policies[finding.policy], then) for finding in _gating(after.findings))
    met = {each.before.fingerprint for each in standing if each.before is not None}
    gone = tuple(finding for finding in _gating(before.findings) if finding.fingerprint not in met)
    return Difference(standing, gone, _unsettled(before.findings, after.findings, moved))


def _gating(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Violations that a gate speaks of: neither waived nor accepted by the baseline."""
    return (each for each in findings if each.outcome is Outcome.VIOLATION and each.baseline in _OPEN)


_OPEN = GATED | {""}


def _compared(finding: Finding, policy: Policy, then: _Before) -> Compared:
    known, carried = then.find(finding, policy.aliases)
    if known is None or known.baseline not in _OPEN or known.outcome is not Outcome.VIOLATION:
        return _fresh(finding, policy, known)
    if worsened(policy, known.measured, finding.measured):
        return _grown(finding, known)
    if carried:
        how = "renamed" if known.subject in then.declared else "rename suspected"
        return Compared(_told(finding, f"carried from {known.subject}, {how}"), CARRIED, known)
    return Compared(finding, STANDING, known)


def _fresh(finding: Finding, policy: Policy, known: Finding | None) -> Compared:
    """A violation that did not gate before: there was none, or it was waived or accepted by the baseline."""
    if known is None:
        return Compared(finding, NEW)
    grew = worsened(policy, known.measured, finding.measured)
    return _grown(finding, known) if grew else Compared(finding, NEW, known)


def _grown(finding: Finding, known: Finding) -> Compared:
    """Worse by its own measure; where the baseline has told so already, it is not said twice."""
    said = finding.baseline == WORSE
    return Compared(finding if said else _told(finding, f"was {known.measured} before this change"), WORSE, known)


def _told(finding: Finding, more: str) -> Finding:
    return replace(finding, message=f"{finding.message} ({more})")


class _Before:
    """Violations and waived findings before the change, by every name under which they may be met again."""

    def __init__(self, findings: Iterable[Finding], moved: Mapping[str, str], declared: Mapping[str, str]) -> None:
        self.declared = declared
        self._known: dict[str, Finding] = {}
        self._moved: dict[str, Finding] = {}
        for each in findings:
            if each.outcome in (Outcome.VIOLATION, Outcome.WAIVED):
                self._known[each.fingerprint] = each
                if each.identity:
                    self._known.setdefault(each.identity, each)
                if each.subject in moved:
                    self._moved[fingerprint(each.policy, moved[each.subject])] = each

    def find(self, finding: Finding, aliases: Iterable[str]) -> tuple[Finding | None, bool]:
        """The finding that it was, and whether its subject had another name."""
        prints = [finding.fingerprint, *(fingerprint(alias, finding.subject) for alias in aliases)]
        for each in (*prints, finding.identity):
            if each and each in self._known:
                return self._known[each], False
        found = next((self._moved[each] for each in prints if each in self._moved), None)
        return found, found is not None


def _unsettled(before: Iterable[Finding], after: Iterable[Finding], moved: Mapping[str, str]) -> int:
    """Subjects of which a policy knows no more what to say, and knew before, under either of their names."""
    then = {
        fingerprint(each.policy, name)
        for each in _unknown(before)
        for name in (each.subject, moved.get(each.subject, each.subject))
    }
    return sum(each.fingerprint not in then for each in _unknown(after))


def _unknown(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (each for each in findings if each.outcome is Outcome.UNKNOWN)
