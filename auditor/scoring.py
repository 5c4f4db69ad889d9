"""Findings as a score, version 1: the reason for each rule stands beside it; `bench/gaming.py` tries to cheat it.

The debt of a violation is its severity's weight by how sure it is. Of one subject only the largest debt counts in
each pillar, since one root cause often breaks several policies. The score of a pillar halves with every so many
points of debt, which follow from the *declared* budget of the business entity: no denominator grows with what a
CRM holds, so that needless clean fields, more objects or split ones never raise a score. What is unknown widens
the interval and never helps: grades come from the low end. Waivers open gates and leave the score alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.model.charter import Charter, Entity
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.results import PolicyTally
from auditor.model.scorecards import VERSION, EntityScore, Interval, Move, PillarScore, Scorecard

WEIGHTS = {Severity.CRITICAL: 10.0, Severity.HIGH: 7.5, Severity.MEDIUM: 5.0, Severity.LOW: 2.5}
"""Debt of a proven violation, in points; the steps of OpenSSF's Scorecard."""
SURE = {"proven": 1.0, "likely": 0.6}
"""What a violation counts for by how sure it is."""
CHANCE = 0.5
"""What an unknown counts for in the point of the interval. Not the rate among known outcomes: needless clean
fields would lower that, and with it the debt."""
PILLARS = {"scope": 0.30, "usage": 0.25, "duplication": 0.25, "burden": 0.10, "documentation": 0.10}
"""Weight of each pillar in an entity's score; a pillar of another name weighs as the least."""
HALF = 0.5
"""Points of debt for each field of the budget that halve a pillar: 30, six medium violations, at 60 fields."""
BUDGET = 60
"""Budget of what no entity of the charter holds, all of it together, and of an entity without one."""
CAP = 70.0
"""What an entity with a critical violation reaches at most."""
TIER_WEIGHTS = {1: 3.0, 2: 2.0, 3: 1.0}
NEEDED = 0.6
"""Share of questions that must be answered before a grade is given."""
GRADES = ((85.0, "A"), (70.0, "B"), (55.0, "C"), (40.0, "D"), (0.0, "E"))
HOURS = {"minutes": 0.25, "hours": 2.0, "days": 16.0, "weeks": 80.0}
"""What the words of a policy's `effort` are counted as for each finding."""
MOST_MOVES = 5

_Worst = dict[tuple[str, str], float]
"""(pillar, subject) → its largest debt."""


@dataclass(slots=True)
class _Debts:
    """What weighs on one entity; each map keeps the largest debt of a subject in a pillar."""

    sure: _Worst = field(default_factory=dict)
    likely: _Worst = field(default_factory=dict)
    most: _Worst = field(default_factory=dict)
    accepted: _Worst = field(default_factory=dict)
    critical: bool = False
    open_critical: bool = False


def scorecard(
    findings: Sequence[Finding],
    tallies: Sequence[PolicyTally],
    charter: Charter,
    object_of: Callable[[str], str | None],
) -> Scorecard:
    """The score of the CRM that a charter speaks of.

    `object_of` gives the name of the CRM object that a subject belongs to; None for what is of no CRM object,
    which is not scored.
    """
    policies = {tally.policy.id: tally.policy for tally in tallies}
    judged = [finding for finding in findings if finding.policy in policies]
    grouped = _by_entity(judged, charter, object_of)
    pillars = sorted({policy.pillar for policy in policies.values() if policy.pillar})
    scored = {
        entity: _entity(entity, grouped.get(entity.name, []), policies, pillars)
        for entity in _entities(charter, grouped)
    }
    total = _total(scored.values())
    evidence = _evidence(tallies)
    return Scorecard(
        version=VERSION,
        score=total,
        grade=_grade(total.low) if evidence >= NEEDED else None,
        evidence=evidence,
        entities=tuple(sorted(scored.values(), key=lambda each: (each.score.point, each.name))),
        moves=_moves(grouped, scored, policies, pillars),
        debt=sum(pillar.debt for each in scored.values() for pillar in each.pillars),
        accepted_debt=sum(each.accepted_debt for each in scored.values()),
    )


def _evidence(tallies: Iterable[PolicyTally]) -> float:
    """Share of questions that were answered; 1 where nothing was asked."""
    known = unknown = 0
    for tally in tallies:
        known += tally.violation + tally.waived + tally.passed
        unknown += tally.unknown
    return known / (known + unknown) if known + unknown else 1.0


def _by_entity(
    findings: Iterable[Finding], charter: Charter, object_of: Callable[[str], str | None]
) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        name = object_of(finding.subject)
        if name is not None:
            entity = charter.entity_of(name)
            grouped[entity.name if entity else ""].append(finding)
    return grouped


def _entities(charter: Charter, grouped: Mapping[str, object]) -> list[Entity]:
    """Every entity of the charter, and one for all the rest where something was found in it."""
    rest = [Entity("", (), BUDGET)] if "" in grouped else []
    return [*charter.entities, *rest]


def _entity(
    entity: Entity,
    findings: Sequence[Finding],
    policies: Mapping[str, PolicyInfo],
    pillars: Sequence[str],
) -> EntityScore:
    debts = _debts(findings, policies)
    budget = entity.budget or BUDGET
    told = tuple(_pillar(pillar, debts, budget) for pillar in pillars)
    weight = [PILLARS.get(pillar, min(PILLARS.values())) for pillar in pillars]
    score = _mean(zip((each.score for each in told), weight, strict=True))
    capped = _capped(score, debts)
    return EntityScore(
        name=entity.name,
        tier=entity.tier,
        budget=budget,
        objects=entity.objects,
        score=capped,
        pillars=told,
        capped=capped.point < score.point,
        accepted_debt=sum(debts.accepted.values()),
    )


def _debts(findings: Iterable[Finding], policies: Mapping[str, PolicyInfo]) -> _Debts:
    debts = _Debts()
    for finding in findings:
        key = policies[finding.policy].pillar, finding.subject
        weight = WEIGHTS.get(finding.severity, 0.0)
        critical = finding.severity is Severity.CRITICAL
        if finding.outcome is Outcome.UNKNOWN:
            _keep(debts.likely, key, weight * CHANCE)
            _keep(debts.most, key, weight)
            debts.open_critical |= critical
            continue
        debt = weight * SURE.get(finding.confidence, 1.0)
        for held in (debts.sure, debts.likely, debts.most):
            _keep(held, key, debt)
        debts.critical |= critical
        if finding.outcome is Outcome.WAIVED:
            _keep(debts.accepted, key, debt)
    return debts


def _keep(held: _Worst, key: tuple[str, str], debt: float) -> None:
    if debt > held.get(key, 0.0):
        held[key] = debt


def _pillar(pillar: str, debts: _Debts, budget: int) -> PillarScore:
    sure, likely, most = (_sum(held, pillar) for held in (debts.sure, debts.likely, debts.most))
    half = HALF * budget
    interval = Interval(*(100 * 2 ** (-debt / half) for debt in (most, likely, sure)))
    return PillarScore(pillar, interval, sure, most - sure)


def _sum(held: _Worst, pillar: str) -> float:
    # Sorted, since the sum of floats depends on their order.
    return sum(sorted(debt for (of, _), debt in held.items() if of == pillar))


def _mean(parts: Iterable[tuple[Interval, float]]) -> Interval:
    """The weighted mean; the best score where there is nothing to weigh."""
    listed = list(parts)
    weight = sum(each for _, each in listed)
    if not weight:
        return Interval(100.0, 100.0, 100.0)
    low, point, high = (
        sum(getattr(score, end) * each for score, each in listed) / weight for end in ("low", "point", "high")
    )
    return Interval(low, point, high)


def _capped(score: Interval, debts: _Debts) -> Interval:
    """A critical violation caps all of it; one that is only open caps the low end."""
    if debts.critical:
        return Interval(min(score.low, CAP), min(score.point, CAP), min(score.high, CAP))
    return Interval(min(score.low, CAP), score.point, score.high) if debts.open_critical else score


def _total(entities: Iterable[EntityScore]) -> Interval:
    """The mean by tier. What the charter does not hold can only lower it: new objects beside it lift no score."""
    listed = list(entities)
    planned = [(each.score, TIER_WEIGHTS[each.tier]) for each in listed if each.name]
    every = _mean((each.score, TIER_WEIGHTS[each.tier]) for each in listed)
    if not planned:
        return every
    kept = _mean(planned)
    return Interval(min(kept.low, every.low), min(kept.point, every.point), min(kept.high, every.high))


def _grade(low: float) -> str:
    return next(grade for least, grade in GRADES if low >= least)


def _moves(
    grouped: Mapping[str, Sequence[Finding]],
    scored: Mapping[Entity, EntityScore],
    policies: Mapping[str, PolicyInfo],
    pillars: Sequence[str],
) -> tuple[Move, ...]:
    """The moves that gain most points an hour: all violations of one policy on one entity settled."""
    before = _total(scored.values()).point
    found: list[Move] = []
    for entity, now in scored.items():
        findings = grouped.get(entity.name, [])
        wrong = [each for each in findings if each.outcome in (Outcome.VIOLATION, Outcome.WAIVED)]
        for policy in sorted({each.policy for each in wrong}):
            rest = [each for each in findings if each.policy != policy or each.outcome is Outcome.UNKNOWN]
            after = _entity(entity, rest, policies, pillars)
            gain = _total(after if each is now else each for each in scored.values()).point - before
            count = sum(each.policy == policy for each in wrong)
            found.append(Move(entity.name, policy, count, gain, count * _hours(policies[policy])))
    found.sort(key=lambda move: (-move.gain / move.hours, move.entity, move.policy))
    return tuple(move for move in found[:MOST_MOVES] if move.gain > 0)


def _hours(policy: PolicyInfo) -> float:
    return HOURS.get(policy.effort, HOURS["hours"])
