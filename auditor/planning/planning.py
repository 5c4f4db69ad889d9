"""The plan as a whole: candidates, what goes with them, in which order and waves, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from auditor.dataclasses import dataclass, field, replace
from auditor.facts.base import Facts
from auditor.model.catalogue import Catalog
from auditor.model.findings import Finding, PolicyInfo
from auditor.model.names import parse_subject
from auditor.model.rollback import (
    Blocker,
    Cause,
    Edit,
    PlanRules,
    Proof,
    Removal,
    Removed,
    RollbackPlan,
    Standing,
)
from auditor.planning.blocking import blockers_of
from auditor.planning.closure import Closed, close
from auditor.planning.data import RollbackData, load_rollback_data
from auditor.planning.freeing import freed_by
from auditor.planning.ground import EDITED, Ground
from auditor.planning.ordering import deletion_order
from auditor.planning.refusing import refusals
from auditor.planning.selecting import Proposal, Selection, proposals
from auditor.planning.waves import calendar, waves
from auditor.planning.weighing import owner_of


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


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of carrying one removal out on a copy: edits, what no program may edit, what goes besides."""

    edits: tuple[Edit, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    goes: tuple[Removed, ...] = ()
    proof: Proof | None = None
    notices: tuple[str, ...] = ()


Try = Callable[[Removal], Tried | None]
"""Carries a removal out on a copy of its sources; None where they cannot be edited by a program."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a plan is made from: everything that one audit read and found."""

    facts: Facts
    catalogs: Sequence[Catalog]
    findings: Sequence[Finding]
    policies: Sequence[PolicyInfo]


def untried(_removal: Removal) -> Tried | None:
    """Nothing is carried out: the plan is made from what was read alone."""
    return None


def plan(judged: Judged, asked: Asked, carry_out: Try = untried) -> RollbackPlan:
    """The plan for the findings of one audit, with a proof where `carry_out` gives one.

    Raises:
        ConfigurationError: the data that ship with the packs cannot be read.
    """
    data = asked.data or load_rollback_data()
    ground = Ground(judged.facts)
    pillars = {info.id: info.pillar for info in judged.policies}
    retiring = (*data.policies, *asked.rules.policies)
    how = asked.selection.unused
    unused = ground.unused(proven=how == "dead") if how else ()
    found = proposals(judged.findings, (retiring, pillars), asked.selection, unused)
    proposed = _ranked(ground, found, asked.selection)
    closed = close(ground, [each.subject for each in proposed], frozenset(asked.selection.named))
    titles = {info.id: info.title for info in sorted(judged.policies, key=lambda info: info.severity.rank)}
    closing = _items(ground, closed, {each.subject: _titled(each, titles) for each in proposed})
    removals = _removals(closing, judged.catalogs)
    tried = {removal.system: carry_out(removal) for removal in removals}
    removals = tuple(_with(removal, tried[removal.system]) for removal in removals)
    blockers = tuple(each for removal in removals for each in _blockers(ground, removal, tried[removal.system]))
    items = tuple(item for removal in removals for item in removal.items)
    days = calendar(asked.as_of, asked.rules, data.recovery, [removal.platform for removal in removals])
    outcomes = [each for each in tried.values() if each is not None]
    return RollbackPlan(
        as_of=asked.as_of,
        asked=asked.selection.words,
        removals=removals,
        waves=waves(ground, items, blockers, days),
        edits=tuple(edit for each in outcomes for edit in each.edits),
        blockers=blockers,
        refused=refusals(ground, closed, proposed),
        freed=freed_by(ground, items),
        proofs=tuple(each.proof for each in outcomes if each.proof is not None),
        notices=(*_notices(ground, asked, removals), *(notice for each in outcomes for notice in each.notices)),
    )


def _ranked(ground: Ground, proposed: Sequence[Proposal], wanted: Selection) -> Sequence[Proposal]:
    """Those that were named, and so many of the others as are wanted, least supported first."""
    if not wanted.most:
        return proposed
    named = [each for each in proposed if each.subject in wanted.named]
    others = [each for each in proposed if each.subject not in wanted.named]
    others.sort(key=lambda each: (ground.support(each.subject), each.subject))
    return sorted([*named, *others[: wanted.most]], key=lambda each: each.subject)


def _with(removal: Removal, tried: Tried | None) -> Removal:
    """The removal with what goes besides, before everything else: it mentions what goes and is nothing without."""
    known = {item.subject for item in removal.items}
    more = [item for item in (tried.goes if tried else ()) if item.subject not in known]
    if not more:
        return removal
    first = [replace(item, order=1, group=item.group or item.subject) for item in more]
    rest = [replace(item, order=item.order + 1) for item in removal.items]
    return replace(removal, items=(*sorted(first, key=lambda item: item.subject), *rest))


def _blockers(ground: Ground, removal: Removal, tried: Tried | None) -> tuple[Blocker, ...]:
    """Those that editing met; where nothing was edited, those that the graph tells."""
    if tried is not None:
        return tried.blockers
    leaving = {item.subject for item in removal.items}
    editable = bool(EDITED.intersection(removal.platform.split("+")))
    return blockers_of(ground, leaving, editable=editable)


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
        because=_because(proposal, ground.standing(key)) if proposal is not None or pull is None else pull.because,
        path=path,
        line=line,
        order=order,
        standing=ground.standing(key),
        policies=() if proposal is None else proposal.policies,
        support=tuple(str(each) for each in support) if isinstance(support, tuple) else (),
        owner=owner_of(ground, key),
        group=closed.groups[key],
    )


_ASKED = {
    Standing.DEAD: "nothing in use depends on it",
    Standing.UNKNOWN: "nothing was seen to need it",
    Standing.ALIVE: "it was asked for",
}


def _because(proposal: Proposal | None, standing: Standing) -> str:
    if proposal is None or not proposal.policies:
        return _ASKED[standing]
    more = len(proposal.policies) - 1
    others = f", and {more} more finding{'' if more == 1 else 's'}" if more else ""
    return f"{'open: ' if proposal.open else ''}{proposal.title}{others}"


def _titled(proposal: Proposal, titles: Mapping[str, str]) -> Proposal:
    """The proposal with the title of its gravest policy; `titles` stand in the order of gravity."""
    first = next((title for policy, title in titles.items() if policy in proposal.policies), "")
    return replace(proposal, title=first)


def _platform_name(key: str) -> str:
    subject = parse_subject(key)
    return f"{subject.name}.{subject.field}" if subject.field else subject.name


def _removals(items: Sequence[Removed], catalogs: Sequence[Catalog]) -> tuple[Removal, ...]:
    found: dict[str, list[Removed]] = {}
    for item in items:
        found.setdefault(item.subject.partition(":")[0], []).append(item)
    places = {catalog.system: (catalog.kind, catalog.location) for catalog in catalogs}
    return tuple(
        Removal(system, places[system][0], tuple(found[system]), places[system][1]) for system in sorted(found)
    )


def _notices(ground: Ground, asked: Asked, removals: Sequence[Removal]) -> tuple[str, ...]:
    told = [
        "Everything here is a review candidate: no evidence proves that something can be deleted without loss."
    ]
    told.extend(
        f"The source of {each.system} tells of no components: who mentions what goes has to be found by hand."
        for each in removals
        if not EDITED.intersection(each.platform.split("+"))
    )
    if asked.assumptions:
        told.append(
            f"It rests on what the company declares to be complete: {', '.join(sorted(asked.assumptions))}."
        )
    return tuple(told)
