"""The rows and the coverage of the section *Repository against org*."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.facts.authorship import changer, creator
from auditor.facts.base import Facts
from auditor.facts.drift import AGREES, DIFFERS, NEITHER, ONLY_ORG, differences
from auditor.facts.existence import REGISTERED, in_org, last_set_up, listings
from auditor.graph.nodes import NodeKind, SystemNode
from auditor.model.catalogue import Role
from auditor.model.observations import Actor, Deed
from auditor.model.results import DriftCoverage, DriftRow
from auditor.model.values import Absent, DateRange, Unknown


def drift_rows(facts: Facts) -> tuple[DriftRow, ...]:
    """Everything of the CRMs on which repository and organisation disagree, by object and name."""
    found = []
    for kind in (NodeKind.OBJECT, NodeKind.FIELD, NodeKind.COMPONENT):
        for key in facts.graph.keys(kind):
            if facts.graph.system(key.partition(":")[0]).role is not Role.CRM:
                continue
            state = facts.fact(key, "drift")
            if isinstance(state, str) and state not in (AGREES, NEITHER) and not _private(facts, key, state):
                found.append(_row(facts, key, state))
    return tuple(sorted(found, key=lambda row: (row.system, row.object, row.subject)))


def drift_coverage(facts: Facts) -> tuple[DriftCoverage, ...]:
    """What inventories could have listed, by system: of how many objects the fields, and which components."""
    return tuple(
        line
        for system in facts.graph.systems()
        if system.role is Role.CRM and "salesforce" in system.source_kinds
        for line in (_fields(facts, system), *_components(facts, system), *_trails(facts, system))
    )


def _row(facts: Facts, key: str, state: str) -> DriftRow:
    owner = facts.graph.object_of(key) or (key if facts.graph.kind_of(key) is NodeKind.OBJECT else "")
    deleted = last_set_up(facts, key, (Deed.DELETED,)) if state not in (ONLY_ORG, DIFFERS) else None
    since, by = _since(facts, key, state)
    differing = differences(facts, key) if state == DIFFERS else ()
    return DriftRow(
        system=key.partition(":")[0],
        object=owner,
        subject=key,
        state=state,
        since=since,
        by="" if by is Actor.UNKNOWN else str(by),
        deleted=deleted.last if deleted is not None else None,
        deleted_by="" if deleted is None or deleted.by is Actor.UNKNOWN else str(deleted.by),
        differs_in=() if isinstance(differing, Unknown) else differing,
        source=facts.source_of(key, "in_org") or _absent_by(facts, key, owner),
    )


def _absent_by(facts: Facts, key: str, owner: str) -> str:
    """What tells that it is not there: the log of changes, or the newest inventory that lists everything else."""
    deleted = last_set_up(facts, key, (Deed.DELETED,))
    if deleted is not None:
        return facts.evidence.words([deleted.source])
    graph, system = facts.graph, key.partition(":")[0]
    kind = str(graph.kind_of(key))
    if graph.kind_of(key) is NodeKind.COMPONENT:
        kind = graph.component(key).value.kind
    could = listings(facts, system, kind, key, owner if owner != key else None)
    return facts.evidence.words([each.source for each in could if each.whole][:1])


def _private(facts: Facts, key: str, state: str) -> bool:
    """Whether it is a report that no file holds: people write those for themselves, and they are only counted."""
    if state != ONLY_ORG or facts.graph.kind_of(key) is not NodeKind.COMPONENT:
        return False
    return facts.graph.component(key).value.kind == "report"


def _since(facts: Facts, key: str, state: str) -> tuple[date | None, Actor]:
    """Since when and by whom: of what only the organisation has its creation there, of what differs its change."""
    if state == DIFFERS:
        by, day = changer(facts, key)
        return day, by
    told = facts.fact(key, "created" if state == ONLY_ORG else "repo_since")
    exact = told.not_after if isinstance(told, DateRange) else None
    return exact, creator(facts, key) if state == ONLY_ORG else Actor.UNKNOWN


def _fields(facts: Facts, system: SystemNode) -> DriftCoverage:
    """Objects with custom fields in the repository, and those of which an inventory lists the fields."""
    asked, whole, shown, names = 0, 0, 0, set[str]()
    for node in facts.graph.objects(system=system.system):
        fields = [key for key in facts.graph.fields_of(node.key) if _own(facts, key)]
        if not fields:
            continue
        asked += 1
        could = listings(facts, system.system, "field", fields[0], node.key)
        names.update(each.source for each in could)
        whole += any(each.whole and each.fresh for each in could)
        shown += bool(could)
    words = facts.evidence.words(names)
    return DriftCoverage(system.system, "field", asked, whole, shown - whole, words)


def _own(facts: Facts, key: str) -> bool:
    return not facts.graph.field(key).implied and not isinstance(in_org(facts, key), Absent)


def _components(facts: Facts, system: SystemNode) -> Iterator[DriftCoverage]:
    for kind in sorted(REGISTERED):
        nodes = [each for each in facts.graph.components(kind) if each.system == system.system]
        held = [each for each in nodes if not each.implied]
        registers = [each.id for each in facts.evidence.sources.values() if each.format == REGISTERED[kind]]
        if held or registers:
            decided = sum(isinstance(in_org(facts, each.key), bool) for each in held)
            beyond = sum(in_org(facts, each.key) is True for each in nodes if each.implied)
            words = facts.evidence.words(registers)
            yield DriftCoverage(system.system, kind, len(held), decided, 0, words, beyond=beyond)


def _trails(facts: Facts, system: SystemNode) -> Iterator[DriftCoverage]:
    """The logs of changes and the days that they cover."""
    for window in facts.evidence.windows(system.system, Deed.CHANGED):
        if window.start is not None:
            words = facts.evidence.words([window.source])
            yield DriftCoverage(system.system, "log", 0, 0, 0, words, window.start, window.end)
