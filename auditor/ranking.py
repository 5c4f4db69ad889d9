"""What comes first: the ten lines that a management group reads, from findings and what would settle open ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from math import log2

from auditor.facts.base import Facts
from auditor.facts.holding import held, holds
from auditor.facts.kinds import VOUCHED
from auditor.graph.nodes import NodeKind
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.plans import ExportKind
from auditor.model.results import Card, EvidenceGap, Tier
from auditor.policy.gaps import lacking

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
