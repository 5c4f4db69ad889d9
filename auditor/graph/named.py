"""What evidence names."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.observations import Evidence


def subjects_of(evidence: Evidence) -> set[str]:
    """Everything that evidence names and that is surely there."""
    named: set[str] = set()
    named.update(each.subject for each in evidence.definitions)
    named.update(each.subject for each in evidence.readership)
    named.update(each.subject for each in evidence.observations if not each.possible)
    named.update(_measured(evidence))
    return named


def _measured(evidence: Evidence) -> Iterable[str]:
    for fill in evidence.fills:
        yield fill.field
    for count in evidence.row_counts:
        yield count.object
    for profile in evidence.profiles:
        yield profile.field
