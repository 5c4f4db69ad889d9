"""Which evidence to get next: the commands, what they cost, and how many unknowns each would settle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from auditor.model.plans import PlanRow
from auditor.usage.kinds import EvidenceKind, PlanTarget

PlanRows: TypeAlias = tuple[PlanRow, ...]


def evidence_plan(
    kinds: Iterable[EvidenceKind], target: PlanTarget, unknowns: Mapping[str, int], held: Collection[str] = ()
) -> PlanRows:
    """List what could be got, the most useful cheap thing first.

    `unknowns` counts by evidence kind the unknowns that it would settle. First come kinds that settle something,
    are not held and need no licence, by cost; then those that need one; then those held, which a newer export
    would refresh; last those that would settle nothing. Among equal costs the one that settles more comes first.
    """
    rows = (_row(kind, target, unknowns.get(kind.id, 0), kind.id in held) for kind in kinds)
    return tuple(sorted(rows, key=_order))


def _row(kind: EvidenceKind, target: PlanTarget, settles: int, held: bool) -> PlanRow:
    recipe, told = kind.recipe, kind.testimony
    return PlanRow(
        kind.id,
        told.says,
        told.silent_on,
        recipe.commands(target),
        recipe.setup,
        told.licence,
        recipe.calls(target),
        settles,
        held,
    )


def _order(row: PlanRow) -> tuple[bool, bool, bool, int, int, str]:
    return row.settles == 0, row.held, bool(row.licence), row.calls, -row.settles, row.kind
