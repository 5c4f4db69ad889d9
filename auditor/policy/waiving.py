"""Applies waivers to findings, and says which waivers no longer fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase

from auditor.dataclasses import dataclass, replace
from auditor.model.findings import Finding, Outcome
from auditor.policy.evaluating import Evaluation, Tally
from auditor.policy.syntax import Policy, PolicySet
from auditor.policy.waivers import Waiver, is_pattern
from auditor.policy.words import nearest
from auditor.policy.worsening import worsened

WARNED_BEFORE = timedelta(days=14)
"""So long before its last day a waiver is announced to expire."""


@dataclass(frozen=True, slots=True)
class Waived:
    """The evaluation with waivers applied.

    A waived finding has the outcome `waived` and names its waiver; a violation that names one has come back,
    since the waiver expired. `problems` are waivers that fit nothing or too much, `warnings` tell of those about
    to expire.
    """

    evaluation: Evaluation
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    matches: tuple[tuple[Waiver, int], ...] = ()
    """Every waiver that was approved by the day of the audit, with how many findings it fits, sorted by id."""


def apply_waivers(
    evaluation: Evaluation, waivers: Sequence[Waiver], policies: PolicySet, as_of: date, full: bool = True
) -> Waived:
    """Apply waivers. Waivers that match nothing are a problem in a full audit and silent in a partial one."""
    by_subject: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        by_subject.setdefault(finding.subject, []).append(finding)
    matches = {waiver: _matched(waiver, by_subject, policies) for waiver in _in_force(waivers, as_of)}
    problems = [_too_many(waiver, len(found)) for waiver, found in matches.items() if _exceeds(waiver, found)]
    if full:
        problems += [_unmatched(waiver, policies) for waiver, found in matches.items() if not found]
    ends = {waiver: _last_day(waiver, found) for waiver, found in matches.items()}
    problems += [_overlong(waiver, matches[waiver]) for waiver, end in ends.items() if end < waiver.expires]
    covered = _covering(matches, as_of)
    by_id = {policy.info.id: policy for policy in policies.policies}
    findings = tuple(
        _marked(finding, covered.get(finding.fingerprint), by_id[finding.policy], as_of)
        for finding in evaluation.findings
    )
    warnings = [
        _expiring(waiver, end, as_of) for waiver, end in ends.items() if as_of <= end < as_of + WARNED_BEFORE
    ]
    waived = Counter(finding.policy for finding in findings if finding.outcome is Outcome.WAIVED)
    retold = Evaluation(
        findings, tuple(_retallied(tally, waived[tally.policy.id]) for tally in evaluation.tallies)
    )
    counts = sorted(((waiver, len(found)) for waiver, found in matches.items()), key=lambda each: each[0].id)
    return Waived(retold, tuple(sorted(problems)), tuple(sorted(warnings)), tuple(counts))


def lint_waivers(waivers: Sequence[Waiver], policies: PolicySet, as_of: date) -> tuple[str, ...]:
    """What can be said against waivers before anything is judged: policies not in force, and days gone by."""
    known = {name for policy in policies.policies for name in (policy.info.id, *policy.aliases)}
    stray = [each for each in waivers if not is_pattern(each.policy) and each.policy not in known]
    idle = [each for each in waivers if is_pattern(each.policy) and not any(_names(each, known))]
    expired = [each for each in waivers if each.expires < as_of]
    return tuple(
        sorted(
            (
                *(_unmatched(each, policies) for each in stray),
                *(f"{_at(each)}: no policy in force fits {each.policy}" for each in idle),
                *(f"{_at(each)} expired on {each.expires}: its findings are back" for each in expired),
            )
        )
    )


def _names(waiver: Waiver, policies: Iterable[str]) -> Iterator[bool]:
    return (fnmatchcase(policy, waiver.policy) for policy in policies)


def _covering(matches: Mapping[Waiver, Sequence[Finding]], as_of: date) -> Mapping[str, Waiver]:
    """Fingerprint → the waiver that covers the finding: of several the first that still holds, else the first."""
    covered: dict[str, Waiver] = {}
    for waiver in sorted(matches, key=lambda waiver: waiver.id):
        if _exceeds(waiver, matches[waiver]):
            continue
        for finding in matches[waiver]:
            held = covered.setdefault(finding.fingerprint, waiver)
            if held.until(finding.severity) < as_of <= waiver.until(finding.severity):
                covered[finding.fingerprint] = waiver
    return covered


def _last_day(waiver: Waiver, found: Sequence[Finding]) -> date:
    """The last day on which it holds for all that it covers."""
    return min((waiver.until(finding.severity) for finding in found), default=waiver.expires)


def _in_force(waivers: Sequence[Waiver], as_of: date) -> list[Waiver]:
    """Those approved by the day of the audit, expired ones included: what they covered is marked."""
    return [waiver for waiver in waivers if waiver.approved_on <= as_of]


def _matched(waiver: Waiver, by_subject: Mapping[str, list[Finding]], policies: PolicySet) -> tuple[Finding, ...]:
    aliases = {policy.info.id: policy.aliases for policy in policies.policies if policy.aliases}
    if waiver.max_matches is None:
        named = by_subject.get(waiver.subject, [])
    else:
        subjects = [subject for subject in by_subject if fnmatchcase(subject, waiver.subject)]
        named = [finding for subject in subjects for finding in by_subject[subject]]
    return tuple(each for each in named if names_policy(waiver, each.policy, aliases.get(each.policy, ())))


def names_policy(waiver: Waiver, policy: str, aliases: Sequence[str]) -> bool:
    """Whether a waiver is for a policy: by its id, a former one, or a pattern."""
    if is_pattern(waiver.policy):
        return fnmatchcase(policy, waiver.policy)
    return waiver.policy in (policy, *aliases)


def _exceeds(waiver: Waiver, found: Sequence[Finding]) -> bool:
    return waiver.max_matches is not None and len(found) > waiver.max_matches


def evidence_of(finding: Finding) -> str:
    """What a waiver records of the evidence that was judged."""
    return f"{finding.confidence}; {finding.measured}" if finding.measured else finding.confidence


def _lapse(finding: Finding, waiver: Waiver, policy: Policy) -> str:
    """How the evidence is worse than what was waived; empty where it is not, or nothing was recorded."""
    judged, _, measured = (part.strip() for part in waiver.evidence.partition(";"))
    if measured and worsened(policy, measured, finding.measured):
        return f"{finding.measured}, {measured} when it was accepted"
    if judged == "likely" and finding.confidence == "proven":
        return "proven, only likely when it was accepted"
    return ""


def _marked(finding: Finding, waiver: Waiver | None, policy: Policy, as_of: date) -> Finding:
    if waiver is None or finding.outcome is not Outcome.VIOLATION:
        return finding
    lapsed = _lapse(finding, waiver, policy)
    if lapsed:
        return replace(
            finding, waiver=waiver.id, message=f"{finding.message} (waiver {waiver.id} lapsed: {lapsed})"
        )
    end = waiver.until(finding.severity)
    if end < as_of:
        message = f"{finding.message} (waiver {waiver.id} expired on {end})"
        return replace(finding, waiver=waiver.id, message=message)
    return replace(finding, outcome=Outcome.WAIVED, waiver=waiver.id)


def _retallied(tally: Tally, waived: int) -> Tally:
    return replace(tally, violation=tally.violation - waived, waived=waived) if waived else tally


def _at(waiver: Waiver) -> str:
    return f"{waiver.place.file}:{waiver.place.line}:{waiver.place.column}: waiver {waiver.id}"


def _too_many(waiver: Waiver, count: int) -> str:
    return f"{_at(waiver)} covers {count} findings, more than its max_matches of {waiver.max_matches}: not applied"


def _overlong(waiver: Waiver, found: Sequence[Finding]) -> str:
    most = dict(waiver.max_days)
    severity, end = min(((each.severity, waiver.until(each.severity)) for each in found), key=lambda pair: pair[1])
    granted = (waiver.expires - waiver.approved_on).days
    told = f"is granted for {granted} days, and a {severity} finding may be waived for {most[severity]}"
    return f"{_at(waiver)} {told}: it ends on {end}"


def _unmatched(waiver: Waiver, policies: PolicySet) -> str:
    known = {name for policy in policies.policies for name in (policy.info.id, *policy.aliases)}
    if is_pattern(waiver.policy) or waiver.policy in known:
        return f"{_at(waiver)} matches no finding of {waiver.policy} on {waiver.subject}: remove it"
    if waiver.policy in policies.disabled:
        return f"{_at(waiver)} names the policy {waiver.policy}, which is switched off: remove it"
    return f"{_at(waiver)} names the policy {waiver.policy}, which is not in force.{nearest(waiver.policy, known)}"


def _expiring(waiver: Waiver, end: date, as_of: date) -> str:
    days = (end - as_of).days
    return f"{_at(waiver)} expires on {end}, in {days} day{'' if days == 1 else 's'}"
