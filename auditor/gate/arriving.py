"""What comes with a change came no earlier than it: no export of before it can be silent about that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from auditor.dataclasses import replace
from auditor.model.catalogue import Catalog
from auditor.model.names import field_key, object_key
from auditor.model.observations import Definition, Evidence

SOURCE = "this change"


def with_arrivals(evidence: Evidence, before: Sequence[Catalog], after: Sequence[Catalog], day: date) -> Evidence:
    """The evidence with what an audit after the change would read in the history of the repository.

    The first commit of a definition bounds its creation from above: without it a field of today would count as
    missing from the inventory of yesterday.
    """
    made = arrivals(before, after, day)
    if not made:
        return evidence
    return replace(
        evidence, definitions=(*evidence.definitions, *(each for told in made.values() for each in told))
    )


def arrivals(before: Iterable[Catalog], after: Iterable[Catalog], day: date) -> dict[str, tuple[Definition, ...]]:
    """The same by subject, for evidence that stands elsewhere."""
    known = set(_defined(before))
    made = (key for key in _defined(after) if key not in known)
    return {key: (Definition(key, SOURCE, created_not_after=day),) for key in sorted(made)}


def _defined(catalogs: Iterable[Catalog]) -> Iterator[str]:
    for catalog in catalogs:
        for each in catalog.objects:
            yield object_key(catalog.system, each.name)
            yield from (field_key(catalog.system, field.object, field.name) for field in each.fields)
