"""Who answers for a thing, how much work its removal is, and what could go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Relationship
from auditor.model.references import Certainty
from auditor.model.rollback import Blocker, Removed, Standing
from auditor.model.values import CountRange
from auditor.planning.ground import Ground

EFFORTS = ("small", "medium", "large")
RISKS = ("low", "medium", "high")
_GUARDED = frozenset({"Confidential", "MissionCritical", "Restricted"})
"""Classifications of the platform beyond what everybody in the company may see."""
_MEDIUM, _LARGE = 5, 25
"""Mentions above which the work is no longer small, or medium."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The work that a removal is and what could go wrong with it, as words of `EFFORTS` and `RISKS`."""

    effort: str
    risk: str
    because: str


def owner_of(ground: Ground, key: str) -> str:
    """Who is declared to answer for a thing: its own owner, its object's, or the area's; empty where nobody is.

    Never who created, changed or used it: nobody is inferred.
    """
    around = (key, ground.graph.object_of(key))
    data = [each for each in around if each and ground.kind(each) in (NodeKind.FIELD, NodeKind.OBJECT)]
    answers = (ground.facts.fact(each, name) for name in ("owner", "area") for each in data)
    return next((answer for answer in answers if isinstance(answer, str)), "")


def weigh(ground: Ground, item: Removed, blockers: Sequence[Blocker]) -> Weight:
    """How much work one removal is and what could go wrong; the gravest reason is told."""
    mentions = len({link.other for link in ground.mentions(item.subject)})
    effort = EFFORTS[(mentions > _MEDIUM or bool(blockers)) + (mentions > _LARGE or item.kind == "object")]
    doubts = sorted(_doubts(ground, item, blockers), key=lambda doubt: -RISKS.index(doubt[0]))
    if not doubts:
        return Weight(effort, RISKS[0], "nothing that is used depends on it, and its definition can be restored")
    gravest = doubts[0][0]
    return Weight(effort, gravest, "; ".join(dict.fromkeys(told for risk, told in doubts if risk == gravest)))


def heaviest(weights: Iterable[Weight]) -> Weight:
    """One weight for several removals: the most work, the gravest risk and what it rests on."""
    each = list(weights)
    effort = max((weight.effort for weight in each), key=EFFORTS.index)
    risk = max((weight.risk for weight in each), key=RISKS.index)
    told = dict.fromkeys(part for weight in each if weight.risk == risk for part in weight.because.split("; "))
    return Weight(effort, risk, "; ".join(told))


def _doubts(ground: Ground, item: Removed, blockers: Sequence[Blocker]) -> Iterable[tuple[str, str]]:
    if blockers:
        yield "high", "code or logic that somebody has to change by hand mentions it"
    if any(link.reference.certainty is Certainty.POSSIBLE for link in ground.mentions(item.subject)):
        yield "high", "a text that may mean it was found, and nothing proves that it does not"
    if item.kind == "field":
        yield from _field_doubts(ground, item.subject)
    if item.kind == "object":
        yield from _object_doubts(ground, item.subject)
    if item.standing is Standing.UNKNOWN:
        because = f": {item.support[0]}" if item.support else ""
        yield "medium", f"something that was not watched could still use it{because}"


def _field_doubts(ground: Ground, key: str) -> Iterable[tuple[str, str]]:
    value = ground.graph.field(key).value
    if value.external_id or value.unique:
        yield "high", "it is a key by which another system may match records, and no log records that"
    if value.governance.compliance or value.governance.security_classification in _GUARDED:
        yield "high", "personal or sensitive data: ask who answers for data protection how long it must be kept"
    if value.relationship is Relationship.MASTER_DETAIL:
        yield "high", "it is a master-detail key: who may see the rows, and what is deleted with them, hangs on it"
    if _written_now(ground, key):
        yield "medium", "it is still written"


def _written_now(ground: Ground, key: str) -> bool:
    fill = ground.facts.fact(key, "fill_recent")
    return isinstance(fill, float) and fill > 0


def _object_doubts(ground: Ground, key: str) -> Iterable[tuple[str, str]]:
    rows = ground.facts.fact(key, "rows")
    if isinstance(rows, bool) or not isinstance(rows, int | CountRange):
        yield "medium", "nothing counts its rows"
    elif rows != 0:
        yield "medium", "its rows are deleted with it"
