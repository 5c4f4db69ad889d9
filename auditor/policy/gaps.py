"""Which evidence would help with what is open.

An export *bears on* a finding where it settles one of its open questions. That is worth an effort only where the
whole can come out of it: while a question stays open that nothing settles in this version, only an export that
could decide the finding by itself counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from auditor.model.findings import Finding, Outcome
from auditor.model.truth import Truth
from auditor.model.values import Unknown
from auditor.policy.explaining import Explanation, Shape

if TYPE_CHECKING:
    from auditor.model.results import EvidenceGap

Holds = Callable[[str, str], bool]
"""Whether evidence of a kind (first) already tells of a subject (second): more of it says nothing new."""


def helpful(
    condition: Explanation, target: Explanation | None, wrong: Truth, unknowns: Iterable[Unknown]
) -> tuple[str, ...]:
    """Evidence kinds that help to decide one finding, cheapest first as its questions name them."""
    questions = tuple(unknowns)
    kinds = tuple(dict.fromkeys(kind for unknown in questions for kind in unknown.settled_by))
    if all(unknown.settled_by for unknown in questions):
        return kinds
    return tuple(kind for kind in kinds if _decides(kind, condition, target, wrong))


def evidence_gaps(findings: Iterable[Finding], holds: Holds) -> tuple[EvidenceGap, ...]:
    """Kinds of evidence by the number of unknown findings that they would help to decide, most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for finding, kinds in lacking(findings, holds):
        counts.update((kind, finding.policy) for kind in kinds)
    totals: Counter[str] = Counter()
    policies: dict[str, list[str]] = {}
    for (kind, policy), count in counts.items():
        totals[kind] += count
        policies.setdefault(kind, []).append(policy)
    from auditor.model.results import EvidenceGap  # with all that reports hold; a hook asks for none of it

    gaps = (EvidenceGap(kind, count, tuple(sorted(policies[kind]))) for kind, count in totals.items())
    return tuple(sorted(gaps, key=lambda gap: (-gap.unknowns, gap.kind)))


def lacking(findings: Iterable[Finding], holds: Holds) -> Iterable[tuple[Finding, tuple[str, ...]]]:
    """Each unknown finding with the kinds of evidence that would help and that its subject lacks."""
    for finding in findings:
        if finding.outcome is Outcome.UNKNOWN:
            yield finding, tuple(kind for kind in finding.helped_by if not holds(kind, finding.subject))


def _decides(kind: str, condition: Explanation, target: Explanation | None, wrong: Truth) -> bool:
    """Whether some answers of the evidence decide the finding, whatever stays open beside them."""
    ends = _ends(condition, kind)
    if target is None:
        return bool(ends)
    applies = _ends(target, kind)
    return Truth.FALSE in applies or ~wrong in ends or (Truth.TRUE in applies and wrong in ends)


def _ends(told: Explanation, kind: str) -> frozenset[Truth]:
    """The decided truths that an explanation can come to by evidence of a kind alone."""
    if told.truth is not Truth.UNKNOWN:
        return frozenset({told.truth})
    if told.shape in (Shape.FACT, Shape.NEIGHBOURS):
        return _BOTH if any(kind in unknown.settled_by for unknown in told.unknowns) else _NEITHER
    parts = [_ends(part, kind) for part in told.parts]
    if told.shape is Shape.NOT:
        return frozenset(~end for end in parts[0])
    one = Truth.FALSE if told.shape is Shape.ALL else Truth.TRUE
    ends = {one} if any(one in part for part in parts) else set()
    return frozenset(ends | {~one} if all(~one in part for part in parts) else ends)


_BOTH = frozenset({Truth.TRUE, Truth.FALSE})
_NEITHER: frozenset[Truth] = frozenset()
