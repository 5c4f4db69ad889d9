"""The plan as a whole: candidates, what goes with them, in which order and waves, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.facts.base import Facts
from auditor.model.catalogue import Catalog
from auditor.model.findings import Finding, PolicyInfo
from auditor.model.names import parse_subject
from auditor.model.rollback import (
    Cause,
    PlanRules,
    Removal,
    Removed,
    RollbackPlan,
)
from auditor.planning.blocking import blockers_of
from auditor.planning.closure import Closed, close
from auditor.planning.data import RollbackData, load_rollback_data
from auditor.planning.freeing import freed_by
from auditor.planning.ground import Ground
from auditor.planning.ordering import deletion_order
from auditor.planning.refusing import refusals
from auditor.planning.selecting import Proposal, Selection, proposals
from auditor.planning.waves import calendar, waves
from auditor.planning.weighing import owner_of

_EDITED = frozenset({"salesforce"})
"""Platforms whose sources are edited by a program, so that declarative mentions are no blockers by themselves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan is made for: the day, what was selected, and what the company decided."""

    as_of: date
    selection: Selection = field(default_factory=Selection)
    rules: PlanRules = field(default_factory=PlanRules)
    data: RollbackData | None = None
    """None: what ships with the packs."""
    assumptions: tuple[str, ...] = field(default=())
    """Channels that the company declares to be complete: the plan rests on them."""


def plan(
    facts: Facts,
    catalogs: Sequence[Catalog],
    findings: Sequence[Finding],
    policies: Sequence[PolicyInfo],
    asked: Asked,
) -> RollbackPlan:
    """The plan for the findings of one audit; without proof, which needs the sources.

    Raises:
        ConfigurationError: the data that ship with the packs cannot be read.
    """
    data = asked.data or load_rollback_data()
    ground = Ground(facts)
    pillars = {info.id: info.pillar for info in policies}
    retiring = (*data.policies, *asked.rules.policies)
    proposed = proposals(findings, retiring, pillars, asked.selection)
    closed = close(ground, [each.subject for each in proposed], frozenset(asked.selection.named))
    items = _items(ground, closed, {each.subject: each for each in proposed})
    removals = _removals(ground, items, catalogs)
    blockers = tuple(
        blocker
        for removal in removals
        for blocker in blockers_of(
            ground,
            closed.leaving,
            only={item.subject for item in removal.items},
            editable=removal.platform in _EDITED,
        )
    )
    platforms = [removal.platform for removal in removals]
    return RollbackPlan(
        as_of=asked.as_of,
        asked=asked.selection.words,
        removals=removals,
        waves=waves(ground, items, blockers, calendar(asked.as_of, asked.rules, data.recovery, platforms)),
        blockers=blockers,
        refused=refusals(ground, closed, proposed),
        freed=freed_by(ground, items),
        notices=_notices(ground, asked),
    )


def _items(ground: Ground, closed: Closed, proposed: Mapping[str, Proposal]) -> tuple[Removed, ...]:
    order = deletion_order(ground, closed.leaving)
    items = (_item(ground, key, closed, proposed.get(key), order[key]) for key in closed.leaving)
    return tuple(sorted(items, key=lambda item: (item.order, item.subject)))


def _item(ground: Ground, key: str, closed: Closed, proposal: Proposal | None, order: int) -> Removed:
    pull = closed.pulls.get(key)
    path, line = ground.facts.place_of(key)
    support = ground.facts.fact(key, "support")
    return Removed(
        subject=key,
        kind=ground.component_kind(key) or str(ground.kind(key)),
        name=_platform_name(key),
        cause=Cause.CANDIDATE if proposal is not None or pull is None else pull.cause,
        because=_because(proposal) if proposal is not None or pull is None else pull.because,
        path=path,
        line=line,
        order=order,
        standing=ground.standing(key),
        policies=() if proposal is None else proposal.policies,
        support=tuple(str(each) for each in support) if isinstance(support, tuple) else (),
        owner=owner_of(ground, key),
        group=closed.groups[key],
    )


def _because(proposal: Proposal | None) -> str:
    if proposal is None or not proposal.policies:
        return "it was named"
    return f"{'open: ' if proposal.open else ''}{', '.join(proposal.policies)}"


def _platform_name(key: str) -> str:
    subject = parse_subject(key)
    return f"{subject.name}.{subject.field}" if subject.field else subject.name


def _removals(ground: Ground, items: Sequence[Removed], catalogs: Sequence[Catalog]) -> tuple[Removal, ...]:
    found: dict[str, list[Removed]] = {}
    for item in items:
        found.setdefault(item.subject.partition(":")[0], []).append(item)
    places = {catalog.system: (catalog.kind, catalog.location) for catalog in catalogs}
    return tuple(
        Removal(system, places[system][0], tuple(found[system]), places[system][1]) for system in sorted(found)
    )


def _notices(ground: Ground, asked: Asked) -> tuple[str, ...]:
    told = [
        "Everything here is a review candidate: no evidence proves that something can be deleted without loss."
    ]
    if not ground.judged:
        told.append(
            "This version does not compute what keeps what alive: whatever may be read by something that is "
            "switched on is left out."
        )
    if asked.assumptions:
        told.append(
            f"It rests on what the company declares to be complete: {', '.join(sorted(asked.assumptions))}."
        )
    return tuple(told)
