"""The same thing under two names is one node.

Source: vendor's help on person accounts (a field of Contact appears on Account with the suffix `__pc`) and object
reference, Activity (custom fields of Activity are those of Task and Event).
"""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.graph.nodes import FieldNode
from auditor.model.names import field_key, object_key

_PERSON = "__pc"
_ACTIVITY = "Activity"
_ACTIVITIES = frozenset({_ACTIVITY, "Task", "Event"})


def aliases(facts: Facts) -> dict[str, str]:
    """Printed names that stand for another: the name under which the thing has its node by each."""
    found: dict[str, str] = {}
    for system in facts.graph.systems():
        if "salesforce" in system.source_kinds:
            for each in facts.graph.objects(system=system.system):
                found.update(_of_object(facts, system.system, each.key, each.value.name))
    return found


def _of_object(facts: Facts, system: str, key: str, name: str) -> dict[str, str]:
    fields = [facts.graph.field(each) for each in facts.graph.fields_of(key)]
    if name == "Account":
        return {each.key: _contact(system, each) for each in fields if each.value.name.endswith(_PERSON)}
    if name in _ACTIVITIES:
        shared = {each.key: field_key(system, _ACTIVITY, each.value.name) for each in fields}
        return {old: new for old, new in {**shared, key: object_key(system, _ACTIVITY)}.items() if old != new}
    return {}


def _contact(system: str, node: FieldNode) -> str:
    return field_key(system, "Contact", node.value.name.removesuffix(_PERSON) + "__c")
