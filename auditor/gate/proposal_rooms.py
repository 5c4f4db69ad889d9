"""What is left of budgets and limits once proposals are built."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.model.proposals import Room
from auditor.policy.syntax import PolicySet

_BUDGET_POLICY, _BUDGET = "sprawl/budget", "budget"
_PAIRS = (
    ("entity_fields", "budget", "the charter's budget of custom fields"),
    ("field_slots", "limit", "the edition's limit of custom fields"),
)


def rooms_of(facts: Facts, object_key: str, policies: PolicySet) -> tuple[Room, ...]:
    """Each budget and limit of an object that is known, with what is used of it."""
    found = []
    budget = dict(policies.params).get(_BUDGET, "")
    if budget.isdecimal() and any(each.info.id == _BUDGET_POLICY for each in policies.policies):
        own = [key for key in facts.graph.fields_of(object_key) if facts.fact(key, "custom") is True]
        used = sum(facts.fact(key, "managed") is False for key in own)
        found.append(Room(object_key, "the budget of custom fields", used, int(budget)))
    for used_name, most_name, what in _PAIRS:
        taken, most = facts.fact(object_key, used_name), facts.fact(object_key, most_name)
        if isinstance(taken, int) and isinstance(most, int):
            found.append(Room(object_key, what, taken, most))
    if len(found) < len(_PAIRS):
        taken, most = facts.fact(object_key, "field_slots"), facts.fact(object_key, "hard_limit")
        if isinstance(taken, int) and isinstance(most, int):
            found.append(Room(object_key, "what any edition allows", taken, most))
    return tuple(found)
