"""The same thing under two names is one node.

Source: vendor's help on person accounts (a field of Contact appears on Account with the suffix `__pc`) and object
reference, Activity (custom fields of Activity are those of Task and Event).
"""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.model.names import SubjectKind, field_key, parse_subject

_PERSON = "__pc"
_ACTIVITY = "Activity"
_ACTIVITIES = frozenset({_ACTIVITY, "Task", "Event"})


def one_name(facts: Facts, key: str) -> str:
    """The printed name under which a thing has its node: its own, or that of the thing that it also is."""
    if not key.endswith(_PERSON) and _object_name(key) not in _ACTIVITIES:
        return key
    subject = parse_subject(key)
    kinds = facts.graph.system(subject.system).source_kinds
    if subject.kind not in (SubjectKind.OBJECT, SubjectKind.FIELD) or "salesforce" not in kinds:
        return key
    if subject.name in _ACTIVITIES:
        return str(replace(subject, name=_ACTIVITY))
    if subject.name == "Account" and subject.field.endswith(_PERSON):
        return field_key(subject.system, "Contact", subject.field.removesuffix(_PERSON) + "__c")
    return key


def all_names(facts: Facts, name: str) -> tuple[str, ...]:
    """The printed names of all that may have its node under a name, itself first."""
    if ":Contact." in name and name.endswith("__c"):
        subject = parse_subject(name)
        return name, field_key(subject.system, "Account", subject.field.removesuffix("__c") + _PERSON)
    if _object_name(name) == _ACTIVITY:
        subject = parse_subject(name)
        return tuple(str(replace(subject, name=each)) for each in (_ACTIVITY, *sorted(_ACTIVITIES - {_ACTIVITY})))
    return (name,)


def _object_name(key: str) -> str:
    """The name of an object or of a field's, where no dot stands in it."""
    return key.partition(":")[2].partition(".")[0]
