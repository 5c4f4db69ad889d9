"""What evidence names."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.observations import Deed, Evidence, Observation

_SET_UP = frozenset({Deed.CREATED, Deed.CHANGED, Deed.DELETED})


def subjects_of(evidence: Evidence) -> set[str]:
    """Everything that evidence names and that is surely there."""
    named: set[str] = set()
    named.update(each.subject for each in evidence.definitions)
    named.update(each.subject for each in evidence.readership)
    named.update(each.subject for each in evidence.inventory if not each.deleted)
    sure = [each for each in evidence.observations if not each.possible]
    named.update(each.subject for each in sure if each.deed not in _SET_UP)
    named.update(_standing(each for each in sure if each.deed in _SET_UP))
    named.update(_measured(evidence))
    return named


def _measured(evidence: Evidence) -> Iterable[str]:
    for fill in evidence.fills:
        yield fill.field
    for count in evidence.row_counts:
        yield count.object
    for profile in evidence.profiles:
        yield profile.field


def _standing(changes: Iterable[Observation]) -> Iterable[str]:
    """What was created or changed in the live system and not deleted on that day or later."""
    last: dict[str, tuple[str, bool]] = {}
    for change in changes:
        told = str(change.last), change.deed is Deed.DELETED
        last[change.subject] = max(told, last.get(change.subject, told))
    return (subject for subject, (_, deleted) in last.items() if not deleted)


def gone_of(evidence: Evidence) -> set[str]:
    """What left the repository and is in no inventory of the live system either."""
    removed = {each.subject for each in evidence.definitions if each.removed is not None}
    return removed - {each.subject for each in evidence.inventory if not each.deleted}
