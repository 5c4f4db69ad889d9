"""What bounds the last write of a field: logs of changes, and the rows that hold its values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_index import sees
from auditor.facts.fields import defaulted
from auditor.facts.measures import counted_on, filled_quarters, has_quarters, latest_fills, latest_profile, overall
from auditor.facts.quarters import quarter_end, quarter_start
from auditor.facts.rows import latest_counts
from auditor.facts.spans import Span, last_stretch
from auditor.graph.nodes import FieldNode
from auditor.model.observations import Deed, Observation


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days between which the last write lies; None is an open end. `empty`: no row holds a value."""

    not_before: date | None
    not_after: date | None
    empty: bool = False


def standing(facts: Facts, node: FieldNode) -> Bounds:
    """Bounds of the newest write among the values that rows hold."""
    measured = overall(facts, node.key)
    if measured is not None and not measured[0].filled:
        fresh = facts.settings.reaches_now(counted_on(facts, measured[1]))
        return Bounds(None, None, empty=fresh)
    return Bounds(_standing_since(facts, node), _standing_until(facts, node))


def log_span(facts: Facts, node: FieldNode) -> Span | None:
    """The unbroken stretch, up to now, in which a log saw every change of the field."""
    windows = facts.evidence.windows(node.system, Deed.WRITTEN)
    span = last_stretch(each for each in windows if sees(each, node.key, node.object_key))
    return span if span is not None and facts.settings.reaches_now(span.until) else None


def writes(facts: Facts, node: FieldNode) -> list[Observation]:
    """Writes that a log surely saw."""
    return [each for each in facts.evidence.observations(node.key, Deed.WRITTEN) if not each.possible]


def latest(seen: Sequence[Observation]) -> date | None:
    """The last day among observations."""
    return max((each.last for each in seen if each.last is not None), default=None)


def _standing_since(facts: Facts, node: FieldNode) -> date | None:
    """A default is written with its row: it proves no write of anybody's."""
    if defaulted(node.value):
        return None
    profile = latest_profile(facts, node.key)
    quarters = filled_quarters(facts, node.key)
    days = [quarter_start(quarters[-1])] if quarters else []
    if profile is not None and profile.newest_with_value is not None:
        days.append(profile.newest_with_value)
    return max(days, default=None)


def _standing_until(facts: Facts, node: FieldNode) -> date | None:
    bounds = [bound for bound in (_by_profile(facts, node), _by_rows(facts, node), _by_log(facts, node)) if bound]
    return min(bounds, default=None)


def _by_profile(facts: Facts, node: FieldNode) -> date | None:
    """No standing value is newer than the newest change of a row that holds one."""
    profile = latest_profile(facts, node.key)
    if profile is None or not facts.settings.reaches_now(counted_on(facts, profile.source)):
        return None
    return profile.newest_touched_with_value


def _by_rows(facts: Facts, node: FieldNode) -> date | None:
    """Every write changes a row: none is newer than the newest change of any row."""
    counts = latest_counts(facts, node.object_key)
    if not counts or not facts.settings.reaches_now(counted_on(facts, counts[0].source)):
        return None
    days = [each.newest_touched for each in counts if each.rows]
    told = [day for day in days if day is not None]
    return max(told) if told and len(told) == len(days) else None


def _by_log(facts: Facts, node: FieldNode) -> date | None:
    """A log of changes leaves open what rows were created with; their quarters bound that."""
    span = log_span(facts, node)
    if span is None or defaulted(node.value) or not has_quarters(facts, node.key):
        return None
    if not facts.settings.reaches_now(counted_on(facts, latest_fills(facts, node.key)[0].source)):
        return None
    quarters = filled_quarters(facts, node.key)
    seen = latest(writes(facts, node))
    days = [span.since, seen, quarter_end(quarters[-1]) if quarters else None]
    return max((day for day in days if day is not None), default=None)
