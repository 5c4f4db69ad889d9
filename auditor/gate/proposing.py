"""Judges proposals: the ordinary facts and policies over the graph as it would be, beside the graph as it is.

What stands against a new field is told of the field; what stands against its object or system is told only where
the proposal makes it so, or worse. Several proposals are laid over the graph together, so that two may repeat
each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass, field, replace
from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import WORDS
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.limits import Limits
from auditor.facts.matched import before_change
from auditor.facts.recorded import Record
from auditor.facts.recorded_answers import assume_recorded
from auditor.facts.recorded_change import take_over
from auditor.facts.requests_matched import after_proposals
from auditor.facts.said_elsewhere import assume_counterparts
from auditor.gate.proposal_deltas import deltas_of
from auditor.gate.proposal_rooms import rooms_of
from auditor.gate.proposal_ways import KNOWN, Case, ways_of
from auditor.gate.proposal_words import WordsOfProposals, answerable, is_answerable
from auditor.graph.nodes import NodeKind, system_key
from auditor.graph.overlay import overlay
from auditor.graph.schema import SchemaGraph
from auditor.graph.settling import Named
from auditor.graph.touching import touched
from auditor.model.changes import CatalogDelta
from auditor.model.findings import Datum, Finding, Outcome, Severity
from auditor.model.names import object_key
from auditor.model.observations import Evidence
from auditor.model.proposals import Answer, Proposal, Reason, Verdict, Way
from auditor.model.truth import Truth
from auditor.policy.binding import Ground
from auditor.policy.evaluating import weigh
from auditor.policy.syntax import OnUnknown, Policy, PolicySet
from auditor.policy.telling import Teller

VERDICTS: Mapping[Severity, Verdict] = {
    Severity.CRITICAL: Verdict.REJECT,
    Severity.HIGH: Verdict.REJECT,
    Severity.MEDIUM: Verdict.REVISE,
    Severity.LOW: Verdict.ACCEPT,
}
"""What a violation makes of the answer: of what is asked for itself. Companies change severities, not this."""
AROUND: Mapping[Severity, Verdict] = {
    Severity.CRITICAL: Verdict.REVISE,
    Severity.HIGH: Verdict.REVISE,
    Severity.MEDIUM: Verdict.ACCEPT,
    Severity.LOW: Verdict.ACCEPT,
}
"""The same of its object or system, a step milder: a budget that is spent damns no field."""
NO_OBJECT = "proposals/no-object"
"""The id under which it is said that the object was not read."""


Prepare = Callable[[Facts], None]


def nothing_prepared(_facts: Facts) -> None:
    """Hand over nothing: facts make what they need themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that proposals are judged by, besides themselves."""

    graph: SchemaGraph
    evidence: Evidence | EvidenceIndex
    settings: Settings
    limits: Limits
    policies: PolicySet
    named: Named
    """Whether evidence names a subject."""
    record: Record | None = None
    """What an audit of the very graph left of its answers, under equal settings; None: all is worked out anew."""
    prepare: Prepare = nothing_prepared
    """Hands facts what is dear to make and at hand already (words), before anything is asked."""


def answers_to(proposals: Sequence[Proposal], known: Known) -> tuple[Answer, ...]:
    """The answer to each, in their order."""
    possible = [each for each in proposals if _has_place(each, known.graph)]
    deltas = deltas_of(possible, known.graph)
    head = overlay(known.graph, deltas, known.named)
    requests = {key: each.request for each in reversed(possible) for key in each.keys}
    settings = replace(known.settings, requests={**known.settings.requests, **requests})
    facts = Facts(head, known.evidence, settings, known.limits, WordsOfProposals(WORDS))
    before = Facts(known.graph, known.evidence, known.settings, known.limits, WORDS)
    known.prepare(facts)
    known.prepare(before)
    if known.record is not None:
        _recall(before, facts, known.record, deltas)
    after_proposals(before, facts, frozenset(requests))
    order = tuple(dict.fromkeys(key for each in possible for key in each.keys))
    bench = _Bench(known.policies, facts, before, order)
    return tuple(bench.answer(each) if _has_place(each, known.graph) else _nowhere(each) for each in proposals)


def _recall(before: Facts, after: Facts, record: Record, deltas: Sequence[CatalogDelta]) -> None:
    """Answer from what an audit left, and work out anew only what the proposals touch."""
    keys = touched(deltas)
    assume_recorded(before, record.get)
    assume_counterparts(after, record.get)
    before_change(before, record)
    take_over(before, after, keys)


def _has_place(proposal: Proposal, graph: SchemaGraph) -> bool:
    if system_key(proposal.system) not in graph:
        return False
    there = graph.kind_of(object_key(proposal.system, proposal.object)) is NodeKind.OBJECT
    return there or proposal.new is not None


def _nowhere(proposal: Proposal) -> Answer:
    said = f"no source that was read has an object {proposal.object}, and the proposal does not ask for it"
    return Answer(proposal, Verdict.UNKNOWN, open=(f"{NO_OBJECT}: {said}",))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the policies say of one proposal."""

    reasons: list[Reason] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


class _Bench:
    """Judges proposal after proposal over the same two graphs."""

    def __init__(self, policies: PolicySet, facts: Facts, before: Facts, proposed: Sequence[str]) -> None:
        self._policies = policies
        self._facts, self._then = facts, before
        self._after = Ground(facts, facts.settings.as_of, policies.lists)
        self._before = Ground(before, before.settings.as_of, policies.lists)
        self._order = {key: number for number, key in enumerate(proposed)}
        specs = {name: WORDS.facts_named(name)[NodeKind.FIELD].spec for name in KNOWN}
        self._case = Case(facts, specs, frozenset(proposed))

    def answer(self, proposal: Proposal) -> Answer:
        """All that stands against a proposal, gravest first."""
        told = _Told()
        for policy in self._policies.policies:
            for subject in self._own(policy, proposal):
                self._judge(policy, subject, proposal, told)
            for subject in self._around(policy, proposal):
                self._compare(policy, subject, proposal, told)
        reasons = tuple(sorted(told.reasons, key=_gravity))
        rooms = rooms_of(self._facts, object_key(proposal.system, proposal.object), self._policies)
        return Answer(
            proposal,
            _verdict(reasons),
            reasons,
            rooms,
            tuple(sorted(set(told.later))),
            tuple(sorted(set(told.open))),
        )

    def _own(self, policy: Policy, proposal: Proposal) -> Iterator[str]:
        graph = self._facts.graph
        return (key for key in proposal.keys if graph.kind_of(key) == policy.kind)

    def _around(self, policy: Policy, proposal: Proposal) -> Iterator[str]:
        if policy.kind == NodeKind.OBJECT and proposal.new is None:
            yield object_key(proposal.system, proposal.object)
        elif policy.kind == NodeKind.SYSTEM and (proposal.new is not None or policy.relations):
            # What a system tells of itself counts objects; a field more alters none of it.
            yield system_key(proposal.system)

    # What is asked for

    def _judge(self, policy: Policy, subject: str, proposal: Proposal, told: _Told) -> None:
        applies = _applies(policy, subject, self._after) if answerable(policy) else None
        if applies is None:
            told.later.append(policy.info.id)
            return
        if applies is Truth.FALSE:
            return
        holds = self._after.check(policy.condition)(subject)
        outcome = weigh(applies, holds, policy.wrong, policy.on_unknown)
        if outcome is Outcome.VIOLATION:
            finding = Teller(policy, self._after).tell(subject, outcome)
            told.reasons.append(self._reason(policy, finding, proposal, VERDICTS[policy.info.severity]))
        elif outcome is Outcome.UNKNOWN:
            finding = Teller(policy, self._after).tell(subject, outcome, applies is Truth.UNKNOWN)
            told.open.extend(f"{policy.info.id}: {each}" for each in finding.unknowns[:1])

    def _reason(self, policy: Policy, finding: Finding, proposal: Proposal, verdict: Verdict) -> Reason:
        info = policy.info
        ways = ways_of(self._case, policy, finding.subject, proposal)
        if verdict is Verdict.REJECT and self._only_later_proposals(policy, finding.subject):
            verdict = Verdict.REVISE
        return Reason(
            info.id,
            info.title,
            finding.subject,
            info.severity,
            verdict,
            finding.message,
            tuple(each for each in finding.evidence if not self._is_of_life(each, finding.subject)),
            ways,
            " ".join(info.why.split()),
        )

    def _is_of_life(self, datum: Datum, subject: str) -> bool:
        """Whether a line of evidence tells of a proposal what only use can tell."""
        if subject not in self._order or datum.subject:
            return False
        try:
            rules = WORDS.facts_named(datum.fact).values()
        except KeyError:
            return False
        return not all(is_answerable(rule.spec) for rule in rules)

    def _only_later_proposals(self, policy: Policy, subject: str) -> bool:
        """Whether only proposals further on say the same: of two that ask alike the first may stay."""
        if "said_already" not in policy.facts:
            return False
        alike = [edge for edge in self._facts.related(subject, "says_same").edges if not edge.possible]
        return all(self._order.get(each.subject, -1) > self._order[subject] for each in alike)

    # What it stands on

    def _compare(self, policy: Policy, subject: str, proposal: Proposal, told: _Told) -> None:
        """Tell of the object or the system only what is violated now, and was not or was less."""
        if not answerable(policy) or self._outcome(policy, subject, self._after) is not Outcome.VIOLATION:
            return
        stood = self._outcome(policy, subject, self._before) is Outcome.VIOLATION
        if stood and self._asks_the_same(policy, subject):
            return
        finding = Teller(policy, self._after).tell(subject, Outcome.VIOLATION)
        if stood:
            was = Teller(policy, self._before).tell(subject, Outcome.VIOLATION)
            if was.measured == finding.measured:
                return
        told.reasons.append(self._reason(policy, finding, proposal, AROUND[policy.info.severity]))

    def _asks_the_same(self, policy: Policy, subject: str) -> bool:
        """Whether all that a policy asks is of the subject itself and as it was: then it measures the same."""
        now, then = self._facts, self._then
        return not policy.relations and all(
            now.fact(subject, each) == then.fact(subject, each) for each in policy.facts
        )

    def _outcome(self, policy: Policy, subject: str, ground: Ground) -> Outcome:
        if subject not in ground.of_kinds(frozenset({policy.kind})):
            return Outcome.NOT_APPLICABLE
        applies = _applies(policy, subject, ground)
        if applies is Truth.FALSE:
            return Outcome.NOT_APPLICABLE
        # On unknown nothing got worse: only what is sure is told of what was there before.
        return weigh(applies, ground.check(policy.condition)(subject), policy.wrong, OnUnknown.PASS)


def _applies(policy: Policy, subject: str, ground: Ground) -> Truth:
    return Truth.TRUE if policy.target is None else ground.check(policy.target)(subject)


def _verdict(reasons: Sequence[Reason]) -> Verdict:
    given = {reason.verdict for reason in reasons}
    return next((each for each in (Verdict.REJECT, Verdict.REVISE) if each in given), Verdict.ACCEPT)


_RANK = {Verdict.REJECT: 0, Verdict.REVISE: 1, Verdict.ACCEPT: 2, Verdict.UNKNOWN: 3}


def _gravity(reason: Reason) -> tuple[int, bool, int, str, str]:
    """What rejects first; of what weighs the same, what names another way, then by severity."""
    other = any(way.way not in (Way.STEP, Way.FORM) for way in reason.alternatives)
    return (_RANK[reason.verdict], not other, reason.severity.rank, reason.policy, reason.subject)
