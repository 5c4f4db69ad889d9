"""Writes a fixture from a real subject: what the policy asked of it and of its neighbours, as it was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass
from auditor.model.findings import Outcome
from auditor.model.vocabulary import Edge, FactSpec
from auditor.policy.binding import Ground
from auditor.policy.evaluating import judge
from auditor.policy.syntax import Policy
from auditor.policy.testing.literals import text_in_yaml, write_value
from auditor.policy.testing.surroundings import Surroundings, Uses, uses_of

MOST_RECORDED = 200
"""Of so many neighbours in one relation the facts are written; of more, the relation is said to be open."""


def record(policies: Iterable[Policy], subject: str, ground: Ground) -> str:
    """Fixtures for every policy that speaks of a subject, as a file of YAML; empty where none does.

    The outcome that it has now is what is expected of it, so that a later change of the policy is noticed.
    """
    kinds = [policy for policy in policies if subject in ground.of_kinds(frozenset({policy.kind}))]
    judged = [(policy, judge(policy, subject, ground).outcome) for policy in kinds]
    told = [(policy, outcome) for policy, outcome in judged if outcome is not Outcome.NOT_APPLICABLE]
    if not told:
        return ""
    lines = ["version: 1", f"as_of: {ground.as_of}", "", "tests:"]
    for policy, outcome in told:
        lines += _suite(policy, outcome, subject, ground)
    return "\n".join(lines) + "\n"


def _suite(policy: Policy, outcome: Outcome, subject: str, ground: Ground) -> list[str]:
    uses = uses_of(part for part in (policy.target, policy.condition) if part is not None)
    said = "\n          ".join(_Recorder(ground).node(subject, uses))
    head = f"  - policy: {policy.info.id}\n    {outcome}:"
    return [head, f"      - {text_in_yaml(subject)}:\n          {said}"]


@dataclass(frozen=True, slots=True)
class _Recorder:
    ground: Ground

    def node(self, subject: str, uses: Uses) -> Iterator[str]:
        """`name: value` for every fact and relation that is asked of a node."""
        for name, domain in uses.facts.items():
            yield f"{name}: {self._value(domain.fact, subject)}"
        for name, near in uses.relations.items():
            yield f"{name}: {self._related(subject, near)}"

    def _value(self, fact: FactSpec, subject: str) -> str:
        return write_value(self.ground.value(fact, subject), fact)

    def _related(self, subject: str, near: Surroundings) -> str:
        related = self.ground.facts.related(subject, near.relation.name)
        counts = Counter(self._neighbour(edge, near) for edge in related.edges[:MOST_RECORDED])
        found = [f"{{{_times(said, count)}}}" for said, count in counts.items()]
        if related.missing is not None or len(related.edges) > MOST_RECORDED:
            found.append("unscanned")
        if found == ["unscanned"]:
            return "unscanned"
        return f"[{', '.join(found)}]" if found else "none"

    def _neighbour(self, edge: Edge, near: Surroundings) -> str:
        kinds = sorted(near.relation.to)
        kind = next((kind for kind in kinds if edge.subject in self.ground.of_kinds(frozenset({kind}))), kinds[0])
        said = [f"kind: {kind}"] if len(kinds) > 1 else []
        known = dict(edge.attributes)
        on_edge = [
            f"{name}: {write_value(known[name], domain.fact)}"
            for name, domain in near.edge.facts.items()
            if name in known
        ]
        said += [f"edge: {{{', '.join(on_edge)}}}"] if on_edge else []
        said += ["possible: true"] if edge.possible else []
        borne = {name: each for name, each in near.near.facts.items() if kind in each.fact.kinds}
        return ", ".join([*said, *self.node(edge.subject, Uses(borne, near.near.relations))])


def _times(said: str, count: int) -> str:
    return ", ".join([*([f"times: {count}"] if count > 1 else []), *([said] if said else [])])
