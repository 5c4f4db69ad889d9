"""What to review: custom fields that nothing named keeps, those with the least support first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.facts.base import Facts
from auditor.facts.liveness.answers import supports
from auditor.facts.liveness.engine import liveness_of
from auditor.facts.structure import custom_fields
from auditor.graph.liveness.marks import solve
from auditor.graph.nodes import FieldNode
from auditor.model.catalogue import Role
from auditor.model.liveness import (
    DEAD,
    LEVEL_NAMES,
    OBSERVED,
    Candidate,
    LivenessReport,
    Showing,
    StanceCount,
    is_candidate,
)
from auditor.model.values import DateRange


def liveness_report(facts: Facts) -> LivenessReport:
    """Counts under every stance, and the candidates under the company's own."""
    systems = [each.system for each in facts.graph.systems() if each.role is Role.CRM]
    stances = tuple(count for system in systems for count in _stances(facts, system))
    rows = [_candidate(facts, node) for system in systems for node in _own_fields(facts, system)]
    found = sorted((row for row in rows if row is not None), key=_rank)
    return LivenessReport(stances, tuple(found))


def _own_fields(facts: Facts, system: str) -> Iterator[FieldNode]:
    """Custom fields that no package brought: what a company may decide about."""
    for each in facts.graph.objects(system=system):
        for node in custom_fields(facts, each.key):
            if facts.fact(node.key, "managed") is not True:
                yield node


def _stances(facts: Facts, system: str) -> Iterator[StanceCount]:
    living = liveness_of(facts)
    nodes = [living.net.index[node.key] for node in _own_fields(facts, system)]
    if not nodes:
        return
    for showing in Showing:
        levels = solve(living.net, showing).levels
        counts = Counter(levels[node] for node in nodes)
        candidates = sum(n for level, n in counts.items() if is_candidate(level) and level != DEAD)
        open_ = len(nodes) - counts[OBSERVED] - counts[DEAD] - candidates
        chosen = showing is facts.settings.showing
        yield StanceCount(system, str(showing), chosen, counts[OBSERVED], counts[DEAD], candidates, open_)


def _candidate(facts: Facts, node: FieldNode) -> Candidate | None:
    living = liveness_of(facts)
    level = living.level(node.key)
    if level is None or not is_candidate(level):
        return None
    since, fill = facts.fact(node.key, "dead_since"), facts.fact(node.key, "fill_rate")
    return Candidate(
        node.key,
        LEVEL_NAMES[level],
        tuple(supports(facts, node.key)) if level != DEAD else (),
        since.not_after if isinstance(since, DateRange) else None,
        fill if isinstance(fill, float) else None,
        facts.fact(node.key, "zombie_cycle") is True,
    )


def _rank(row: Candidate) -> tuple[int, int, float, str]:
    """The weakest level first, then the fewest supports, then the emptiest."""
    return LEVEL_NAMES.index(row.level), len(row.support), 1.0 if row.fill is None else row.fill, row.subject
