"""The main job: everything that was read in, an audit's result out. Pure; reads and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log2

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.coverage import INVENTORY, OBJECTS, coverage, inventory, objects, undated, unread
from auditor.facts.fitness import fitness
from auditor.facts.growth import growth_of
from auditor.facts.holding import held, holds
from auditor.facts.integrations import integrations
from auditor.facts.kinds import VOUCHED
from auditor.facts.limits import Limits, load_limits
from auditor.facts.outside import outside_rows
from auditor.facts.standoff import drift_coverage, drift_rows
from auditor.graph.build import build_graph
from auditor.graph.nodes import NodeKind
from auditor.graph.summary import points_of, summarise
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.observations import Evidence
from auditor.model.plans import ExportKind
from auditor.model.results import AuditResult, Card, EvidenceGap, Growth, PolicyTally, Tier
from auditor.policy.evaluating import Tally, evaluate
from auditor.policy.gaps import evidence_gaps, lacking
from auditor.policy.syntax import PolicySet
from auditor.policy.waivers import Waiver
from auditor.policy.waiving import Waived, apply_waivers

CARDS = 10
"""Most lines of the first page."""
_SHARES = ((Tier.ACT, 5), (Tier.ASK, 3), (Tier.GET, 2))
"""Places each tier may fill before it takes what others leave free."""
_AGAIN = 0.5
"""What each further card of one policy is worth beside the one before, so that no habit fills the page."""
_LICENSED = 0.4
"""What an export that needs a licence is worth beside one that everybody can make."""
_WEIGHT = {Severity.CRITICAL: 8.0, Severity.HIGH: 4.0, Severity.MEDIUM: 2.0, Severity.LOW: 1.0}
_SURE = {"proven": 1.0, "likely": 0.6}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that one audit is made of.

    `settings` hold the day of the audit, what is declared complete and the editions of the platforms. `limits`
    None: those that ship with the packs.
    """

    catalogs: tuple[Catalog, ...]
    evidence: Evidence
    policies: PolicySet
    settings: Settings
    waivers: tuple[Waiver, ...] = ()
    limits: Limits | None = None
    company: str = ""
    exports: tuple[ExportKind, ...] = ()
    """Kinds of evidence that a company can get, easiest first."""


def audit(inputs: Inputs) -> AuditResult:
    """Judge everything by every policy and gather what a report needs.

    Raises:
        ConfigurationError: the limits that ship with the packs cannot be read.
    """
    facts = facts_for(inputs)
    waived = judge(inputs, facts)
    return _result(inputs, facts, waived)


def facts_for(inputs: Inputs) -> Facts:
    """The facts over one graph of all inputs: what `explain` asks, too."""
    graph = build_graph(inputs.catalogs, inputs.evidence)
    limits = load_limits() if inputs.limits is None else inputs.limits
    return facts_of(graph, inputs.evidence, inputs.settings, limits)


def judge(inputs: Inputs, facts: Facts) -> Waived:
    """All findings of a full audit, waivers applied."""
    as_of = inputs.settings.as_of
    evaluation = evaluate(inputs.policies, facts, as_of)
    return apply_waivers(evaluation, inputs.waivers, inputs.policies, as_of)


def _result(inputs: Inputs, facts: Facts, waived: Waived) -> AuditResult:
    findings = waived.evaluation.findings
    exports = {kind.id: kind for kind in inputs.exports}
    gaps = evidence_gaps(findings, partial(holds, facts))
    infos = {tally.policy.id: tally.policy for tally in waived.evaluation.tallies}
    return AuditResult(
        as_of=inputs.settings.as_of,
        systems=summarise(facts.graph, inputs.catalogs),
        findings=findings,
        tallies=tuple(_tally(each) for each in waived.evaluation.tallies),
        growth=_growth(facts),
        coverage=tuple(
            replace(row, says=exports[row.format].says if row.format in exports else "") for row in coverage(facts)
        ),
        unread=unread(facts),
        cards=first_page(findings, infos, gaps, exports, facts),
        gaps=gaps,
        skipped=_skipped(inputs),
        assumptions=tuple(sorted(inputs.settings.complete)),
        notices=(*waived.problems, *waived.warnings),
        inventory_facts=INVENTORY,
        inventory=inventory(facts),
        object_facts=OBJECTS,
        objects=objects(facts),
        facts=_told_facts(findings),
        integration_points=points_of(facts.graph),
        integrations=integrations(facts),
        outside_readers=outside_rows(facts),
        drift=drift_rows(facts),
        drift_coverage=drift_coverage(facts),
        fitness=fitness(facts),
        company=inputs.company,
        policies_digest=inputs.policies.digest,
        disabled=inputs.policies.disabled,
    )


def first_page(
    findings: Sequence[Finding],
    policies: Mapping[str, PolicyInfo],
    gaps: Sequence[EvidenceGap],
    exports: Mapping[str, ExportKind],
    facts: Facts,
) -> tuple[Card, ...]:
    """At most ten cards: what is proven, what one owner can answer, and what one export would settle.

    One card stands for all findings of a policy on one object. Cards rank by severity, confidence and how many
    findings they stand for; a tier that has fewer than its share leaves the rest to the others. What is of low
    severity takes nobody's twenty minutes while there is something graver to act on.
    """
    proven = [each for each in findings if each.outcome is Outcome.VIOLATION and each.confidence == "proven"]
    grave = [each for each in proven if each.severity is not Severity.LOW]
    offered = {
        Tier.ACT: _cards(Tier.ACT, grave or proven, policies, facts),
        Tier.ASK: _questions(findings, policies, facts),
        Tier.GET: _exports(findings, gaps, exports, facts),
    }
    taken = {tier: offered[tier][:share] for tier, share in _SHARES}
    for tier, share in _SHARES:
        free = CARDS - sum(len(cards) for cards in taken.values())
        taken[tier] = offered[tier][: min(len(offered[tier]), max(share, len(taken[tier])) + free)]
    return tuple(card for tier, _ in _SHARES for card in taken[tier])


def _questions(findings: Sequence[Finding], policies: Mapping[str, PolicyInfo], facts: Facts) -> list[Card]:
    """What a person answers cheapest: whether the repository is all there is, and what is likely, not proven."""
    likely = [each for each in findings if each.outcome is Outcome.VIOLATION and each.confidence != "proven"]
    hanging = [each for each in findings if each.outcome is Outcome.UNKNOWN and not each.settled_by]
    hanging = [each for each in hanging if any(VOUCHED in reason for reason in each.unknowns)]
    cards = _cards(Tier.ASK, likely, policies, facts)
    return [_completeness(hanging), *cards] if hanging else cards


def _completeness(hanging: Sequence[Finding]) -> Card:
    rules = sorted({finding.policy for finding in hanging})
    return Card(
        Tier.ASK,
        f"Does the repository hold everything that there is? {len(hanging)} findings of {', '.join(rules)} "
        f"cannot be decided while kinds of component were not read; if it does, declare {VOUCHED}.",
        findings=len(hanging),
        members=tuple(sorted({finding.subject for finding in hanging})),
    )


def _cards(
    tier: Tier, findings: Iterable[Finding], policies: Mapping[str, PolicyInfo], facts: Facts
) -> list[Card]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        about = facts.graph.object_of(finding.subject) or finding.subject
        groups.setdefault((finding.policy, about), []).append(finding)
    best_first = sorted(groups.items(), key=lambda item: (-_rank(item[1]), item[0]))
    times: Counter[str] = Counter()
    ranked: list[tuple[float, str, str]] = []
    for (policy, about), group in best_first:
        ranked.append((-_rank(group) * _AGAIN ** times[policy], policy, about))
        times[policy] += 1
    totals = Counter(finding.policy for group in groups.values() for finding in group)
    return [
        _card((tier, policies[policy], totals[policy]), about, groups[policy, about], facts)
        for _, policy, about in sorted(ranked)[:CARDS]
    ]


def _rank(group: Sequence[Finding]) -> float:
    """Severity by confidence; a crowd of small things outweighs one of the next severity, never of the second."""
    first = group[0]
    return (
        _WEIGHT.get(first.severity, 0.0) * _SURE.get(first.confidence, 0.3) * (1 + min(1.5, log2(len(group)) / 4))
    )


def _card(of: tuple[Tier, PolicyInfo, int], about: str, group: Sequence[Finding], facts: Facts) -> Card:
    tier, policy, total = of
    members = tuple(sorted(finding.subject for finding in group))
    return Card(
        tier=tier,
        sentence=_sentence(policy, about, group, total),
        policy=policy.id,
        subject=about if len(group) > 1 else group[0].subject,
        severity=str(group[0].severity),
        findings=len(group),
        fix=policy.fix,
        owner=_owner(policy, (*members, about), facts),
        members=members,
    )


def _sentence(policy: PolicyInfo, about: str, group: Sequence[Finding], total: int) -> str:
    first = group[0]
    if len(group) == 1:
        said = f"{first.subject.removesuffix(':')}: {first.message}"
    else:
        said = f"{policy.title}: {len(group)} times in {about}"
    return f"{said} ({total} in all)" if total > len(group) else said


def _owner(policy: PolicyInfo, subjects: Iterable[str], facts: Facts) -> str:
    """Whom to ask: the first owner declared of the subjects and their object, else their area, else the policy's.

    Empty where nobody declared any: a report then asks whoever answers for the object.
    """
    data = [each for each in subjects if facts.graph.kind_of(each) in (NodeKind.FIELD, NodeKind.OBJECT)]
    answers = (facts.fact(subject, name) for name in ("owner", "area") for subject in data)
    return next((answer for answer in answers if isinstance(answer, str)), policy.owner)


def _exports(
    findings: Iterable[Finding], gaps: Sequence[EvidenceGap], exports: Mapping[str, ExportKind], facts: Facts
) -> list[Card]:
    """The exports that bear on most of what is open, each counted on what those before it leave open."""
    open_ = Counter(kinds for _, kinds in lacking(findings, partial(holds, facts)))
    total = open_.total()
    left, cards = {gap.kind for gap in gaps}, []
    while left:
        best = max(sorted(left), key=lambda kind: (_worth(kind, open_, exports), -_effort(kind, exports)))
        settled = _borne_on(best, open_)
        if not settled:
            break
        open_ = Counter({kinds: count for kinds, count in open_.items() if best not in kinds})
        left.remove(best)
        extends = held(facts, best) is not None
        says = f" {exports[best].says}" if best in exports else ""
        sentence = _export_sentence(best, settled, total, extends) + says
        cards.append(Card(Tier.GET, sentence, findings=settled, kind=best, extends=extends))
    return cards


def _borne_on(kind: str, open_: Counter[tuple[str, ...]]) -> int:
    return sum(count for kinds, count in open_.items() if kind in kinds)


def _worth(kind: str, open_: Counter[tuple[str, ...]], exports: Mapping[str, ExportKind]) -> float:
    """How much an export bears on for the effort of getting it."""
    free = kind in exports and exports[kind].free
    return _borne_on(kind, open_) * (1.0 if free else _LICENSED)


def _effort(kind: str, exports: Mapping[str, ExportKind]) -> int:
    """Kinds are listed easiest first; what is not listed needs more than an export."""
    return list(exports).index(kind) if kind in exports else len(exports)


def _export_sentence(kind: str, settled: int, total: int, extends: bool) -> str:
    what = f"Extend {kind} to what it leaves out" if extends else f"Get {kind}"
    return f"{what}: it bears on {settled} of {total} findings that are unknown."


def _growth(facts: Facts) -> tuple[Growth, ...]:
    systems = [each for each in facts.graph.systems() if each.role is Role.CRM]
    told = (Growth(each.system, growth_of(facts, each.key)) for each in systems)
    return tuple(undated(facts, growth) for growth in told if growth.rows)


def _skipped(inputs: Inputs) -> tuple[Skipped, ...]:
    lines = {line for catalog in inputs.catalogs for line in catalog.skipped} | set(inputs.evidence.skipped)
    return tuple(sorted(lines, key=lambda line: (line.path, line.line or 0, line.reason)))


def _told_facts(findings: Iterable[Finding]) -> dict[str, dict[str, str]]:
    """Everything that findings rest on, once for each subject, sorted."""
    told: dict[str, dict[str, str]] = {}
    for finding in findings:
        for datum in finding.evidence:
            told.setdefault(datum.subject or finding.subject, {})[datum.fact] = datum.value
    return {subject: dict(sorted(told[subject].items())) for subject in sorted(told)}


def _tally(tally: Tally) -> PolicyTally:
    return PolicyTally(
        tally.policy, tally.violation, tally.unknown, tally.passed, tally.not_applicable, tally.waived
    )
