"""Whether a page had something to show: a page in use, and a value in the records touched within the window."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.facts.liveness.gaps import unreadable
from auditor.facts.measures import latest_profile, overall
from auditor.graph.liveness.net import DISPLAY, SEEN
from auditor.graph.nodes import FieldNode
from auditor.model.truth import Truth

NOTHING = 0
"""Strength of no arrow at all."""


def strength_of_showing(facts: Facts, node: FieldNode) -> int:
    """How strongly a page that shows a field may keep it: not at all, perhaps, or surely seen."""
    known = facts.once(("value to see", node.key), lambda: value_to_see(facts, node))
    if known is Truth.FALSE or unreadable(facts, node):
        return NOTHING
    return SEEN if known is Truth.TRUE else DISPLAY


def value_to_see(facts: Facts, node: FieldNode) -> Truth:
    """Whether any record that was touched within the window holds a value of the field."""
    since = facts.settings.in_use_since
    profile = latest_profile(facts, node.key)
    if profile is not None and profile.newest_touched_with_value is not None:
        if profile.newest_touched_with_value >= since:
            return Truth.TRUE
        fresh = _fresh(facts, profile.source)
        return Truth.FALSE if fresh else Truth.UNKNOWN
    measured = overall(facts, node.key)
    if measured is not None and not measured[0].filled and _fresh(facts, measured[1]):
        return Truth.FALSE
    return Truth.UNKNOWN


def _fresh(facts: Facts, source: str) -> bool:
    known = facts.evidence.sources.get(source)
    return known is None or known.as_of is None or facts.settings.reaches_now(known.as_of)
