"""Roots: what was seen in use, what may be in use unseen, and in which words a report says so."""

from __future__ import annotations

from datetime import date

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.runs import RUNNABLE
from auditor.graph.nodes import ComponentNode, NodeKind
from auditor.model.liveness import DEAD, OBSERVED, POSSIBLE, UNREAD
from auditor.model.observations import Deed, Observation
from auditor.model.values import DateRange, Never


@dataclass(frozen=True, slots=True)
class Root:
    """Why a thing lives by itself: at which level, in words, and what was seen of it where that is known.

    `actors` is None where the source does not tell; what fewer than five did is not counted aloud.
    """

    level: int
    words: str
    last: date | None = None
    actors: int | None = None
    sources: frozenset[str] = frozenset()


NO_ROOT = Root(DEAD, "nothing was seen of it")


def recent(facts: Facts, day: date | None) -> bool:
    """Whether a use of that day still counts."""
    return day is not None and (facts.settings.as_of - day).days <= facts.settings.used_days


def run_root(facts: Facts, node: ComponentNode) -> Root:
    """What is run, opened or sent: as its runs were seen, or possible where they could not have been."""
    kind = node.value.kind
    seen = [each for each in facts.evidence.observations(node.key, Deed.RUN) if each.last is not None]
    sure = [each for each in seen if not each.possible]
    if any(recent(facts, each.last) for each in sure):
        return observed(facts, sure, verb_of(kind))
    if kind not in RUNNABLE:
        return Root(POSSIBLE, "nothing records when it is used")
    known = facts.fact(node.key, "last_run")
    if isinstance(known, Never) and silent(facts, known.since, known.until):
        return Root(DEAD, f"not {_VERBS.get(kind, 'run')} {_since(known.since)}")
    if isinstance(known, DateRange) and known.not_after is not None and not recent(facts, known.not_after):
        return Root(DEAD, f"last {_VERBS.get(kind, 'run')} {_ended(known)}", known.not_after)
    last = max((each.last for each in seen if each.last), default=None)
    because = "its use could not have been seen in the evidence at hand"
    return Root(POSSIBLE, because, last)


def is_removed(facts: Facts, key: str) -> bool:
    """Whether a component was deleted, as far as anything tells: what it read, it will not read again."""
    if all(each.removed is None for each in facts.evidence.definitions(key)):
        return False
    return facts.graph.kind_of(key) is not NodeKind.COMPONENT or facts.graph.component(key).implied


def verb_of(kind: str) -> str:
    """What people do with a kind of component, as a participle."""
    return _VERBS.get(kind, "run")


def silent(facts: Facts, since: date | None, until: date) -> bool:
    """Whether watching from one day to another is long enough, and new enough, for silence to say something."""
    return (since is None or since <= facts.settings.in_use_since) and facts.settings.reaches_now(until)


def observed(facts: Facts, seen: list[Observation], verb: str) -> Root:
    """Something was seen in use: when last, by how many."""
    last = max(each.last for each in seen if each.last is not None)
    told = [each.actors for each in seen if each.actors is not None]
    sources = frozenset(each.source for each in seen if each.last == last)
    return Root(OBSERVED, verb, last, max(told, default=None), sources)


def in_use(facts: Facts, object_key: str | None) -> Root:
    """Whether anybody works in an object, as a root of what starts with its records."""
    if object_key is None:
        return Root(POSSIBLE, "it belongs to no object whose use could be told")
    value = facts.fact(object_key, "in_use")
    if value is True:
        touched = facts.fact(object_key, "last_touched")
        day = touched.not_before if isinstance(touched, DateRange) else None
        words = "its object is in use" if day is None else "its object is in use, last touched"
        return Root(OBSERVED, words, day)
    if value is False:
        return Root(DEAD, f"no record of {object_key} was touched since {facts.settings.in_use_since}")
    return Root(POSSIBLE, f"whether records of {object_key} are touched was not counted")


def looked_at(facts: Facts, object_key: str | None) -> Root:
    """Whether people look at pages of an object: they were seen to, or its records are touched."""
    if object_key is not None:
        seen = [
            each
            for each in facts.evidence.observations(object_key, Deed.VIEWED)
            if recent(facts, each.last) and not each.possible
        ]
        if seen:
            return observed(facts, seen, "opened")
    return in_use(facts, object_key)


def object_root(facts: Facts, object_key: str) -> Root:
    """An object by itself: alive where its records are touched; being called or looked at may be in vain."""
    value = facts.fact(object_key, "in_use")
    root = in_use(facts, object_key)
    if value is True:
        return root
    for deed, words in ((Deed.VIEWED, "its pages were opened"), (Deed.CALLED, "it was reached through an API")):
        days = [each.last for each in facts.evidence.observations(object_key, deed) if recent(facts, each.last)]
        if days:
            return Root(POSSIBLE, words, max(day for day in days if day))
    if isinstance(value, bool):
        return root
    configuration = "its rows are configuration or events, and nobody counts their use"
    return Root(UNREAD, root.words if root.level == POSSIBLE and value is not None else configuration)


def _since(day: date | None) -> str:
    return f"since {day}" if day else "ever"


def _ended(known: DateRange) -> str:
    return f"on {known.not_before}" if known.exact else f"no later than {known.not_after}"


_VERBS = {"list_view": "opened", "email_template": "sent", "dashboard": "refreshed"}
