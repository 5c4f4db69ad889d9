"""Which subjects a log could have seen: as declared by the option `covers`, else those that occur in it."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.errors import AuditorError
from auditor.model.names import SubjectKind, parse_subject
from auditor.usage.logs.fieldlists import items_of
from auditor.usage.naming import Names
from auditor.usage.request import UsageRequest

EVERYTHING = "all"
"""Option `covers`: the log sees every object of the system."""


def covered_subjects(request: UsageRequest, names: Names, seen: Iterable[str]) -> frozenset[str] | None:
    """Printed names of what a log watched, None for all: objects and fields of `covers`, else what occurs."""
    declared = request.options.get("covers", "")
    if not declared:
        return frozenset(seen)
    if declared.strip().lower() == EVERYTHING:
        return None
    return frozenset(name for each in items_of(declared, ";,") for name in _named(each, names))


def _named(text: str, names: Names) -> tuple[str, ...]:
    try:
        subject = parse_subject(text if ":" in text else f"{names.system}:{text}")
    except AuditorError:
        return ()
    if subject.kind is SubjectKind.FIELD:
        return (names.field(subject.name, subject.field),)
    return (names.object_key(subject.name),) if subject.kind is SubjectKind.OBJECT else ()
