"""Since when a dead thing is dead: the latest day on which it could still have been alive.

Every dead thing has a day up to which it might have lived by itself (the last run of a report, the day before
anybody watched), and hands it on to what it keeps. The latest day that arrives counts; a gate has the earlier of
its two. Worked out like the levels, the latest day first.
"""

from __future__ import annotations

from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from auditor.facts.base import DATE, Fact, Facts
from auditor.facts.channels import read_watch
from auditor.facts.liveness.answers import FAMILY, SUBJECTS
from auditor.facts.liveness.engine import Liveness, liveness_of
from auditor.facts.liveness.gaps import unreadable
from auditor.facts.liveness.kinds import Part, part_of
from auditor.facts.liveness.parts import is_whole, part_above
from auditor.facts.measures import latest_profile
from auditor.graph.liveness.net import STARTS, helped, is_helper, role_of, unpack
from auditor.graph.nodes import ComponentNode, FieldNode, NodeKind
from auditor.model.liveness import DEAD
from auditor.model.observations import Deed
from auditor.model.references import Access
from auditor.model.values import ABSENT, DateRange, Never, Value
from auditor.model.vocabulary import GLOBAL, FactSpec

_DAY = timedelta(days=1)
_NOTHING = date.min


def _dead_since(facts: Facts, key: str) -> Value:
    living = liveness_of(facts)
    node = living.node(key)
    if node is None or living.marks.levels[node] != DEAD:
        return ABSENT
    last = _last_day(facts, living, node)
    return Never(None, facts.settings.as_of) if last == _NOTHING else DateRange(None, last)


def _last_day(facts: Facts, living: Liveness, node: int) -> date:
    if is_whole(living):
        return facts.once(("dead since", ""), lambda: last_days(facts, living))[node]
    return last_days(facts, part_above(living, node, lambda each: living.marks.levels[each] != DEAD))[0]


def last_days(facts: Facts, living: Liveness) -> list[date]:
    """By node: the latest day on which it could have lived; of what lives, the day of the audit."""
    net, levels = living.net, living.marks.levels
    days = [_NOTHING] * len(net)
    lacking = list(net.needs)
    settled = [False] * len(net)
    heap = [(-_own(facts, living, node).toordinal(), node) for node in range(len(net)) if net.needs[node] == 1]
    heapify(heap)
    while heap:
        negative, node = heappop(heap)
        if settled[node]:
            continue
        settled[node] = True
        days[node] = date.fromordinal(-negative)
        for kept, _ in map(unpack, net.arrows[node]):
            lacking[kept] -= 1
            if levels[kept] == DEAD and not settled[kept] and lacking[kept] <= 0:
                heappush(heap, (negative, kept))
    return days


def _own(facts: Facts, living: Liveness, node: int) -> date:
    """Up to which day a thing may have lived by itself."""
    if living.marks.levels[node] != DEAD:
        return facts.settings.as_of
    name = living.net.names[node]
    if is_helper(name):
        return _helper(facts, name)
    match facts.graph.kind_of(name):
        case NodeKind.FIELD:
            return _field(facts, facts.graph.field(name))
        case NodeKind.OBJECT:
            return _upper(facts, facts.fact(name, "last_touched"))
        case NodeKind.COMPONENT:
            return _component(facts, facts.graph.component(name))
        case _:
            return _NOTHING


def _helper(facts: Facts, name: str) -> date:
    """Of what makes automation start; its effects have no day of their own."""
    return _started(facts, helped(name)) if role_of(name) == STARTS else _NOTHING


def _field(facts: Facts, node: FieldNode) -> date:
    """The last read on record, the day before every way of reading was watched, the last value on a page."""
    days = [each.last for each in facts.evidence.observations(node.key, Deed.READ) if each.last is not None]
    watch = read_watch(facts, node)
    if not unreadable(facts, node) and watch.span is not None and watch.span.since is not None:
        days.append(watch.span.since - _DAY)
    profile = latest_profile(facts, node.key)
    on_page = any(link.reference.access is Access.SHOWS for link in facts.graph.references_to(node.key))
    if on_page and profile is not None and profile.newest_touched_with_value is not None:
        days.append(profile.newest_touched_with_value)
    return max(days, default=_NOTHING)


def _component(facts: Facts, node: ComponentNode) -> date:
    """What is run by its last run; what is read while its object is in use by the last touch of that."""
    if facts.fact(node.key, "active") is False:
        return _changed(facts, node.key)
    match part_of(node.value.kind):
        case Part.OPENED:
            return _upper(facts, facts.fact(node.key, "last_run"))
        case Part.RULE | Part.PAGE:
            return _touched(facts, node.key)
        case _:
            return _NOTHING


def _started(facts: Facts, key: str) -> date:
    return _changed(facts, key) if facts.fact(key, "active") is False else _touched(facts, key)


def _touched(facts: Facts, key: str) -> date:
    owner = facts.graph.object_of(key)
    return _NOTHING if owner is None else _upper(facts, facts.fact(owner, "last_touched"))


def _changed(facts: Facts, key: str) -> date:
    """Somebody switched it off at its last change, whenever that was."""
    return _upper(facts, facts.fact(key, "modified"))


def _upper(facts: Facts, value: Value) -> date:
    """The latest day that a fact leaves open."""
    match value:
        case DateRange(not_after=date() as day):
            return day
        case Never(since=date() as day):
            return day - _DAY
        case Never():
            return _NOTHING
        case _ if value is ABSENT:
            return _NOTHING
        case _:
            return facts.settings.as_of


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "dead_since",
            SUBJECTS,
            DATE,
            "Of something dead, the latest day on which it could still have been alive.",
            FAMILY,
            GLOBAL,
            absent_when="it is not dead",
        ),
        _dead_since,
    ),
)
