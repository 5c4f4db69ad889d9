"""A tree read whole, and the rows by which a change to it can be told later."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from auditor.dataclasses import dataclass, replace
from auditor.formats.frozen import pack
from auditor.formats.trees import Tree
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.catalogue import Catalog, Role
from auditor.sources.caching import Cache
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.assembling import Gathered, Joined, cataloged, gather, join
from auditor.sources.salesforce.changes.rows import Row
from auditor.sources.salesforce.changes.shapes import (
    DOORS,
    FAMILY,
    FILE,
    HEAD,
    KEYS,
    LISTED,
    OBJECT,
    PAGE,
    QUESTION,
    REPEATED,
    UNREAD,
    VALUES_USED,
    VERSION,
    WORDS,
    Doors,
    Head,
    bucket,
    buckets_for,
    dumped,
    entries_of,
    is_door,
)
from auditor.sources.salesforce.contents import Contents, Progress
from auditor.sources.salesforce.doors import point_order, served
from auditor.sources.salesforce.joining import MERGED_KINDS
from auditor.sources.salesforce.merging import field_key, homed, value_set_of
from auditor.sources.salesforce.notes import Notes
from auditor.sources.salesforce.project import read_project
from auditor.sources.salesforce.resolving import resolve_point
from auditor.sources.salesforce.tables import grouped
from auditor.sources.salesforce.unread import by_kind

Lists = Mapping[str, list[Any]]


def read_with_rows(
    tree: Tree, system: str, role: Role, progress: Progress | None = None, cache: Cache | None = None
) -> tuple[Catalog, Iterator[Row]]:
    """Read a tree as `read_salesforce` does, and give the rows of it, which are made as they are asked for."""
    contents = Contents(tree, read_project(tree, tree.paths()), cache)
    gathered = gather(contents, progress)
    joined = join(gathered)
    notes = Notes()
    asking = Asking(joined.tables, joined.names, notes)
    catalog = cataloged(gathered, joined, asking)
    contents.keep(catalog)
    rows = _Tree(contents, gathered, joined, catalog, notes, asking)
    return replace(catalog, system=system, role=role, location=tree.location), rows.all()


@dataclass(frozen=True, slots=True)
class _Tree:
    contents: Contents
    gathered: Gathered
    joined: Joined
    catalog: Catalog
    notes: Notes
    asking: Asking

    def all(self) -> Iterator[Row]:
        """Every row, table by table; the head comes last, since it counts the others."""
        numbers = {question: number for number, question in enumerate(self.notes.questions)}
        keys = grouped(
            (key, numbers[question]) for question, noted in self.notes.questions.items() for key in noted.keys
        )
        inverted = {KEYS: keys, WORDS: self._words(), LISTED: self._listed(), VALUES_USED: self._values_used()}
        yield from (row for table, lists in inverted.items() for row in _bucketed(table, lists))
        yield from ((OBJECT, item.name.lower(), pack(item)) for item in self.joined.plain)
        yield from self._families()
        yield from self._numbered()
        yield from self._others(inverted[LISTED])
        yield HEAD, "", pack(self._head({table: buckets_for(len(lists)) for table, lists in inverted.items()}))

    def _listed(self) -> Lists:
        return grouped(
            (key, [place, payload])
            for place, (_, parsed) in enumerate(self.gathered.read)
            for key, payload in entries_of(parsed, self.joined.names)
        )

    def _words(self) -> Lists:
        """The custom fields of each name: what `Tables.words` chooses from."""
        fields = (field for item in self.joined.objects for field in item.fields if field.custom)
        return grouped((self.joined.names.normal(field.name), [field.object, field.name]) for field in fields)

    def _values_used(self) -> Lists:
        fields = (homed(field) for _, parsed in self.gathered.read for field in parsed.fields)
        return grouped((value_set_of(field), field_key(field)) for field in fields if value_set_of(field))

    def _families(self) -> Iterator[Row]:
        tables: Any = self.joined.tables  # of a whole tree: each is a mapping
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for name, members in tables.objects.items():
            found[name]["objects"] = members
        for name, packages in tables.packages.items():
            found[name]["packages"] = packages
        for table in ("fields", "children"):
            for (owner, name), members in getattr(tables, table).items():
                listed = [[member.object, member.name, member.reference_to] for member in members]
                found[owner].setdefault(table, {})[name] = listed
        yield from ((FAMILY, name, dumped(parts)) for name, parts in found.items())

    def _numbered(self) -> Iterator[Row]:
        digests = self.contents.digests
        yield from _paged(FILE, self.gathered.read, lambda file: [file[0], digests[file[0]].hex()])
        asked = [(question, noted.places) for question, noted in self.notes.questions.items()]
        yield from _paged(QUESTION, asked, lambda item: item)

    def _others(self, listed: Lists) -> Iterator[Row]:
        yield from ((UNREAD, kind, dumped(paths)) for kind, paths in by_kind(self.gathered.unread).items())
        told = grouped((kind, [name, places]) for kind, name, places in _repeated(listed))
        yield from ((REPEATED, kind, dumped(items)) for kind, items in told.items())
        points = (point for _, parsed in self.gathered.read for point in parsed.integration_points)
        doors = {resolve_point(self.asking, point) for point in points if is_door(point)}
        yield DOORS, "", pack(Doors(tuple(sorted(doors, key=point_order)), tuple(served(self.joined.objects))))

    def _head(self, buckets: Mapping[str, int]) -> Head:
        project = self.contents.project
        spelled = ((without_placeholders(item.name).lower(), item.name.lower()) for item in self.joined.plain)
        shadows = grouped((real, name) for real, name in spelled if real != name)
        return Head(
            VERSION,
            tuple(sorted(project.namespaces)),
            project.packages,
            self.catalog.channels,
            Counter(kind for _, parsed in self.gathered.read for kind in parsed.channels),
            len(self.gathered.read),
            {real: tuple(names) for real, names in shadows.items()},
            buckets,
        )


def _bucketed(table: str, lists: Lists) -> Iterator[Row]:
    buckets = buckets_for(len(lists))
    found: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for key, members in lists.items():
        found[bucket(key, buckets)][key] = members
    yield from ((table, number, dumped(members)) for number, members in found.items())


def _paged(table: str, items: Sequence[Any], shape: Callable[[Any], object]) -> Iterator[Row]:
    for start in range(0, len(items), PAGE):
        yield table, str(start // PAGE), dumped([shape(item) for item in items[start : start + PAGE]])


def _repeated(listed: Lists) -> Iterator[tuple[str, str, list[int]]]:
    """Components that more than one file defines, and in which files."""
    for key, entries in listed.items():
        if len(entries) > 1 and key.startswith("callees\0"):
            kind = key.split("\0")[1]
            named = grouped((payload[0], place) for place, payload in entries)
            if kind not in MERGED_KINDS:
                yield from ((kind, name, places) for name, places in named.items() if len(set(places)) > 1)
