"""What a change itself tells of definitions, as an audit after it would read it in the history of the repository.

What comes with a change came no earlier than it: no export of before it can be silent about that. What leaves with
it was deleted on its day, and is no part of the system any more, whatever still mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from auditor.dataclasses import replace
from auditor.facts.evidence_index import EvidenceIndex
from auditor.graph.nodes import unread_lines
from auditor.model.catalogue import Catalog, Field, Object
from auditor.model.components import Component
from auditor.model.names import component_key, field_key, object_key
from auditor.model.observations import Definition, Evidence

SOURCE = "this change"


def with_arrivals(evidence: Evidence, before: Sequence[Catalog], after: Sequence[Catalog], day: date) -> Evidence:
    """The evidence with what the change brings and takes away, dated by the day of the change."""
    made = told_by_change(before, after, day)
    if not made:
        return evidence
    return replace(
        evidence, definitions=(*evidence.definitions, *(each for told in made.values() for each in told))
    )


def told_by_change(
    before: Sequence[Catalog], after: Sequence[Catalog], day: date
) -> dict[str, tuple[Definition, ...]]:
    """The same by subject, for evidence that stands elsewhere.

    The first commit of a definition bounds its creation from above: without it a field of today would count as
    missing from the inventory of yesterday. The last one dates its removal. Of components only removals are told,
    since what runs they had before is on record: a report that is gone reads nothing any more.
    """
    then, now = dict(_defined(before)), dict(_defined(after))
    unread = {(catalog.system, each.path) for catalog in after for each in unread_lines(catalog.skipped)}
    made = {key: (Definition(key, SOURCE, created_not_after=day),) for key in now.keys() - then.keys()}
    gone = [key for key in then.keys() - now.keys() if then[key] not in unread]
    gone += _components_gone(before, after, unread)
    return dict(sorted({**made, **{key: (Definition(key, SOURCE, removed=day),) for key in gone}}.items()))


def leaving(evidence: EvidenceIndex, named: Callable[[str], bool], gone: Iterable[str]) -> frozenset[str]:
    """Of what a change deletes, what evidence names and no inventory of the live system still lists.

    It is no node of the graph any more unless something mentions it (graph/named.py).
    """
    known = (key for key in gone if named(key))
    return frozenset(key for key in known if all(each.deleted for each in evidence.inventory(key)))


def _components_gone(
    before: Sequence[Catalog], after: Sequence[Catalog], unread: AbstractSet[tuple[str, str]]
) -> Iterator[str]:
    """Components that left, unless one came that is the same under another name or in another folder."""
    then, now = dict(_components(before)), dict(_components(after))
    come = {mark for key in now.keys() - then.keys() for mark in _marks(*now[key])}
    for key in then.keys() - now.keys():
        system, old = then[key]
        if (system, old.path) not in unread and come.isdisjoint(_marks(system, old)):
            yield key


def _marks(system: str, of: Component) -> tuple[tuple[str, Component], tuple[str, str, str]]:
    """What a component keeps when it is renamed, and when it moves to another folder."""
    bare = replace(of, name="", path="", line=None)
    return (system, bare), (system, of.kind, of.name.rpartition("/")[2])


def _components(catalogs: Iterable[Catalog]) -> Iterator[tuple[str, tuple[str, Component]]]:
    for catalog in catalogs:
        for each in catalog.components:
            yield component_key(catalog.system, each.kind, each.name), (catalog.system, each)


def _defined(catalogs: Iterable[Catalog]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Printed names of what is defined, each with its system and path: what cannot be read has not left."""
    for catalog in catalogs:
        for each in catalog.objects:
            yield object_key(catalog.system, each.name), _place(catalog, each)
            for field in each.fields:
                yield field_key(catalog.system, field.object, field.name), _place(catalog, field)


def _place(catalog: Catalog, of: Object | Field) -> tuple[str, str]:
    return catalog.system, of.origin.path if of.origin else ""
