"""The roll-back plan as sheets, so that owners can sort and tick off what is theirs."""

from __future__ import annotations

from auditor.formats.sheets import Sheet
from auditor.model.rollback import RollbackPlan

_ITEMS = (
    *("system", "order", "kind", "subject", "standing", "cause", "because", "policies"),
    *("support", "owner", "path", "line"),
)
_STEPS = (
    *("wave", "earliest", "owner", "what", "subjects", "effort", "risk", "risk_because", "reverse"),
    *("done_on", "done_by"),
)
_BLOCKERS = ("subject", "component", "path", "line", "reason")


def plan_sheets(plan: RollbackPlan | None) -> tuple[Sheet, ...]:
    """What goes, the steps with two columns to fill in, what has to be changed by hand; none without a plan."""
    if plan is None:
        return ()
    items = [
        (
            *(removal.system, item.order, item.kind, item.subject, str(item.standing), str(item.cause)),
            *(item.because, ", ".join(item.policies), "; ".join(item.support), item.owner, item.path, item.line),
        )
        for removal in plan.removals
        for item in removal.items
    ]
    steps = [
        (
            *(wave.kind.number, step.earliest, step.owner, step.what, ", ".join(step.subjects)),
            *(step.effort, step.risk, step.risk_because, step.reverse, None, None),
        )
        for wave in plan.waves
        for step in wave.steps
    ]
    blockers = [(each.subject, each.component, each.path, each.line, each.reason) for each in plan.blockers]
    return (
        Sheet("plan", _ITEMS, items),
        Sheet("plan steps", _STEPS, steps),
        Sheet("plan blockers", _BLOCKERS, blockers),
    )
