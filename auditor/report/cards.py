"""The ten lines of the first page: what to act on, whom to ask, what to export, in words."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.model.findings import Finding, Outcome, PolicyInfo
from auditor.model.results import AuditResult, Card, Tier
from auditor.report import phrasing, wording
from auditor.report.naming import Names
from auditor.report.view import CardView, TierView

_EVIDENCE = 3
"""So many facts stand beside a card."""
_MEMBERS = 3


def tiers_of(result: AuditResult, names: Names) -> tuple[TierView, ...]:
    """The three tiers, always all of them, with their cards numbered through."""
    found = {(finding.policy, finding.subject): finding for finding in result.findings}
    policies = {tally.policy.id: tally.policy for tally in result.tallies}
    numbered = tuple(enumerate(result.cards, 1))
    writer = _Writer(result, found, policies, names)
    first = {card.policy: number for number, card in reversed(numbered)}
    return tuple(
        TierView(
            tier,
            title,
            lead,
            tuple(writer.card(n, card, first[card.policy] == n) for n, card in numbered if card.tier is tier),
            empty,
        )
        for tier, (title, lead, empty) in wording.TIERS.items()
    )


class _Writer:
    """Words one card, with everything at hand that it refers to."""

    def __init__(
        self,
        result: AuditResult,
        found: Mapping[tuple[str, str], Finding],
        policies: Mapping[str, PolicyInfo],
        names: Names,
    ) -> None:
        self._result, self._found, self._policies, self._names = result, found, policies, names

    def card(self, number: int, card: Card, explained: bool) -> CardView:
        """One card; a policy is `explained` once, on its first card."""
        if card.tier is Tier.GET:
            return self._export(number, card)
        policy = self._policies.get(card.policy)
        return (
            self._completeness(number, card)
            if policy is None
            else self._finding((number, explained), card, policy)
        )

    def _finding(self, at: tuple[int, bool], card: Card, policy: PolicyInfo) -> CardView:
        steps = phrasing.steps_of(card.fix or policy.fix)
        subject = self._names.short(card.subject)
        asks = card.tier is Tier.ASK
        evidence, sources = self._evidence(card)
        return CardView(
            number=at[0],
            subject=subject,
            title=policy.title,
            severity=card.severity,
            what=self._what(card, policy, at[1]),
            why=policy.why if at[1] else "",
            action=wording.QUESTION if asks else (steps[0] if steps else ""),
            whom=self._whom(card, subject) if asks or card.owner else "",
            evidence=evidence,
            sources=sources,
            policy=policy.id,
        )

    def _what(self, card: Card, policy: PolicyInfo, first: bool) -> str:
        total = sum(t.violation for t in self._result.tallies if t.policy.id == policy.id)
        if card.findings > 1:
            members = phrasing.listed((self._names.last(member) for member in card.members), _MEMBERS)
            here = phrasing.counted(card.findings, wording.CASES)
            form = wording.HERE_OF_ALL if total > card.findings else wording.HERE
            spread = form.format(here=here, all=phrasing.figure(total))
            return members + spread
        finding = self._found.get((card.policy, card.subject))
        said = _with_concept(finding, phrasing.without_title(finding, policy.title)) if finding else ""
        others = self._also(card) if total > 1 and first else ""
        return self._names.within("; ".join(part for part in (said, others) if part))

    def _also(self, card: Card) -> str:
        """Where else the policy found the same."""
        others = (
            finding.subject
            for (policy, subject), finding in self._found.items()
            if policy == card.policy and subject != card.subject and finding.outcome is Outcome.VIOLATION
        )
        return wording.ALSO.format(names=phrasing.listed(map(self._names.short, sorted(others)), _MEMBERS))

    def _evidence(self, card: Card) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What one finding of the card rests on, and the sources of that."""
        held = (self._found.get((card.policy, member)) for member in card.members)
        finding = next((each for each in held if each is not None), None)
        if finding is None:
            return (), ()
        lead = f"{self._names.last(finding.subject)}: " if card.findings > 1 else ""
        policy = self._policies.get(finding.policy)
        alone = policy is not None and card.findings == 1
        said = _with_concept(finding, phrasing.without_title(finding, policy.title)) if alone and policy else ""
        told = phrasing.evidence_words(finding, _EVIDENCE, said)
        words = tuple(self._names.within(lead * (n == 0) + each) for n, each in enumerate(told))
        shown = phrasing.weightiest(finding, _EVIDENCE, said)
        named = (phrasing.source_words(part) for datum in shown for part in datum.source.split("; ") if part)
        place = f"{finding.path}:{finding.line}" if finding.path and finding.line else finding.path
        return words, tuple(dict.fromkeys(named)) or ((place,) if place else ())

    def _whom(self, card: Card, subject: str) -> str:
        if card.owner:
            return wording.WHOM_OWNER.format(owner=card.owner)
        return wording.WHOM_NOBODY.format(subject=subject)

    def _completeness(self, number: int, card: Card) -> CardView:
        return CardView(
            number=number,
            subject="",
            title=wording.COMPLETE_TITLE,
            severity="",
            what=wording.COMPLETE_WHAT.format(
                questions=phrasing.counted(card.findings, wording.QUESTIONS),
                subjects=phrasing.counted(len(card.members), wording.SUBJECTS),
            ),
            why=wording.COMPLETE_WHY,
            action=wording.COMPLETE_STEP,
        )

    def _export(self, number: int, card: Card) -> CardView:
        total = sum(1 for f in self._result.findings if f.outcome is Outcome.UNKNOWN)
        says = card.sentence.partition("are unknown.")[2].strip()
        name = wording.EVIDENCE_KINDS.get(card.kind, phrasing.worded(card.kind.replace("-", "_")))
        return CardView(
            number=number,
            subject=card.kind,
            title=(name[:1].upper() + name[1:]) + (wording.LEFT_OUT if card.extends else ""),
            severity="",
            what=wording.BEARS_ON.format(
                settled=phrasing.figure(card.findings), open=phrasing.counted(total, wording.OPEN_QUESTIONS)
            ),
            why=says,
            action=wording.GET_MORE if card.extends else wording.GET_STEP,
        )


def _with_concept(finding: Finding, said: str) -> str:
    """What was found, with what it is for the business where a policy shows that: a nature alone names nothing."""
    concept = next(
        (datum.value for datum in finding.evidence if datum.fact == "concept" and not datum.subject), ""
    )
    words = phrasing.worded(concept)
    return f"{said}: {words}" if said and words and words not in said.lower() else said
