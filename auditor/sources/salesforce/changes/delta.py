"""What a change does to the catalogue of a tree, told from the rows of the tree and the files that changed.

It is what reading both trees whole and taking the difference would give. A file says the same as before unless it
changed, or something that it asks of the others has another answer now (asking.py): every answer was looked up by
keys of tables that were noted, so the questions behind the keys that differ are asked again, on both sides, and
only files with a question that is answered otherwise are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.tree_limits import MAX_FILE
from auditor.model.catalogue import Object, Skipped
from auditor.model.changes import CatalogDelta
from auditor.model.components import Component, IntegrationPoint
from auditor.model.references import call_order, reference_order
from auditor.sources.caching import Cache
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.changes.components import (
    ComponentChanges,
    channel_counts,
    component_changes,
    repeated_lines,
)
from auditor.sources.salesforce.changes.contributing import Contributions, Speaker, compare
from auditor.sources.salesforce.changes.files import After, Before, Changed, ChangedFile, Read, parsed_files
from auditor.sources.salesforce.changes.objects import changed_objects, touched_by, unchanged_objects
from auditor.sources.salesforce.changes.patching import Naming, changed_keys, tables_from
from auditor.sources.salesforce.changes.rows import TreeIndex
from auditor.sources.salesforce.changes.shapes import is_door
from auditor.sources.salesforce.changes.stored import Stored, open_rows
from auditor.sources.salesforce.dispatch import has_reader
from auditor.sources.salesforce.doors import joined_points, point_order, served
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.notes import Place, Question
from auditor.sources.salesforce.parsed import Parsed
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.project import PROJECT_FILE, Project
from auditor.sources.salesforce.resolving import resolve_object
from auditor.sources.salesforce.unread import by_kind, unread_line

_ItemT = TypeVar("_ItemT")


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a change cannot be told this way, so that both trees have to be read."""

    reason: str


def salesforce_delta(
    index: TreeIndex, system: str, changes: Sequence[ChangedFile], read: Read, cache: Cache | None = None
) -> CatalogDelta | Declined:
    """What a change does to the catalogue of the tree whose rows these are.

    `read` gives the bytes of files of that tree that the change leaves alone; few are asked for, and only those
    that the cache does not have.
    """
    project = next((item.path for item in changes if item.path.rpartition("/")[2] == PROJECT_FILE), None)
    if project is not None:
        return Declined(f"{project} changed, which says how all files are read")
    large = next((item.path for item in changes if _size(item) > MAX_FILE), None)
    if large is not None:
        return Declined(f"{large} is larger than any file that is read")
    try:
        stored = open_rows(index)
        if stored is None:
            return Declined("nothing is kept of the tree before the change, or by another version")
        return _Change(stored, changes, read, cache).told(system)
    except FormatError as error:
        return Declined(error.reason)


def _size(item: ChangedFile) -> int:
    return max(len(item.before or b""), len(item.after or b""))


class _Change:
    """One change, worked out step by step; each step needs those before it."""

    def __init__(self, stored: Stored, changes: Sequence[ChangedFile], read: Read, cache: Cache | None) -> None:
        head = stored.head
        names = Names(frozenset(head.namespaces))
        self.stored = stored
        self.changes = changes
        then = parsed_files(((item.path, item.before) for item in changes), cache)
        now = parsed_files(((item.path, item.after) for item in changes), cache)
        self.before = Before(stored, Changed(then, {item.path for item in changes}, names), read, cache)
        project = Project(names.namespaces, head.packages)
        self.after = After(self.before, Changed(now, self.before.touched, names), project)
        touched = touched_by(self.before, self.after)
        self.objects = changed_objects(self.before, self.after, touched, names.namespaces)
        naming = Naming(stored, names, self.objects)
        tables = tables_from(naming, self.before, after=False), tables_from(naming, self.after, after=True)
        self.keys = changed_keys(naming, self.before, self.after, tables)
        asked = Asking(tables[0], names)
        # Where nothing is declared otherwise, every answer is the same, and found once.
        self.asking = (asked, Asking(tables[1], names) if self.keys else asked)

    def told(self, system: str) -> CatalogDelta:
        """The difference of the two catalogues."""
        questions, places = self._answered_otherwise()
        paths = sorted({*self.before.changed, *self.after.changed, *self._asking_files(places)})
        then, now = Contributions(), Contributions()
        for path in paths:
            compare(self._speaker(path, then, 0), self._speaker(path, now, 1), questions)
        components = component_changes(paths, (self.before, self.after), self.asking)
        objects_gone, objects_made = self._objects({place for place in places if isinstance(place, str)})
        points_gone, points_made = self._points(then.points, now.points)
        skipped_gone, skipped_made = self._skipped(components)
        return CatalogDelta(
            system,
            objects_gone,
            objects_made,
            _sorted(components.gone, _component_order),
            _sorted(components.made, _component_order),
            _sorted(then.references - now.references, reference_order),
            _sorted(now.references - then.references, reference_order),
            _sorted(then.calls - now.calls, call_order),
            _sorted(now.calls - then.calls, call_order),
            points_gone,
            points_made,
            channel_counts(self.stored.head, (self.before, self.after), components),
            now.unresolved - then.unresolved,
            skipped_gone,
            skipped_made,
        )

    def _answered_otherwise(self) -> tuple[set[Question], set[Place]]:
        """The questions that have another answer now, and who asks them."""
        questions: set[Question] = set()
        places: set[Place] = set()
        before, after = self.asking
        for number in sorted({number for key in self.keys for number in self.stored.questions(key)}):
            question, asked_at = self.stored.question(number)
            if before.answer(question) != after.answer(question):
                questions.add(question)
                places.update(asked_at)
        return questions, places

    def _asking_files(self, places: Iterable[Place]) -> Iterator[str]:
        return (self.before.path(place) for place in places if isinstance(place, int))

    def _speaker(self, path: str, said: Contributions, number: int) -> Speaker:
        side = (self.before, self.after)[number]
        return Speaker(path, side.parsed(path) if side.has(path) else Parsed(), self.asking[number], said)

    def _objects(self, asking: Iterable[str]) -> tuple[tuple[Object, ...], tuple[Object, ...]]:
        """Objects that differ: in what files say of them, or in what their lookups lead to."""
        others = unchanged_objects(self.stored, [key for key in asking if key not in self.objects.keys])
        then = {key: resolve_object(self.asking[0], item) for key, item in (self.objects.before | others).items()}
        now = {key: resolve_object(self.asking[1], item) for key, item in (self.objects.after | others).items()}
        gone = (item for key, item in then.items() if now.get(key) != item)
        made = (item for key, item in now.items() if then.get(key) != item)
        return _sorted(gone, _object_order), _sorted(made, _object_order)

    def _points(self, then: set[IntegrationPoint], now: set[IntegrationPoint]) -> tuple[_Points, _Points]:
        """Integration points that differ, in themselves or in what other files tell of them."""
        gone, made = then - now, now - then
        sources = [set(served(items.values())) for items in (self.objects.before, self.objects.after)]
        if sources[0] != sources[1] or any(map(is_door, gone | made)):
            doors = self.stored.doors()
            before, served_before = set(doors.points), set(doors.served)
            joined = set(joined_points(sorted(before, key=point_order), served_before))
            after = (before - gone) | set(filter(is_door, made))
            served_after = (served_before - sources[0]) | sources[1]
            rejoined = set(joined_points(sorted(after, key=point_order), served_after))
            gone = {item for item in gone if not is_door(item)} | (joined - rejoined)
            made = {item for item in made if not is_door(item)} | (rejoined - joined)
        return _sorted(gone, point_order), _sorted(made, point_order)

    def _skipped(self, components: ComponentChanges) -> tuple[tuple[Skipped, ...], tuple[Skipped, ...]]:
        """What is said of files and things that were not read whole, where it differs."""
        keys = components.before.keys() | components.after.keys()
        then, now = repeated_lines(self.before, self.after, sorted(keys))
        then.update(self.objects.overruled_gone, *(parsed.skipped for parsed in self.before.changed.values()))
        now.update(self.objects.overruled_made, *(parsed.skipped for parsed in self.after.changed.values()))
        for gone, made in _unread(self.stored, self.changes):
            then.update(gone)
            now.update(made)
        return tuple(sorted(then - now)), tuple(sorted(now - then))


_Points = tuple[IntegrationPoint, ...]
_Lines = list[Skipped]


def _unread(stored: Stored, changes: Sequence[ChangedFile]) -> Iterator[tuple[_Lines, _Lines]]:
    """What is said of each kind of file that has no reader, before and after."""
    came = [metadata_file(item.path) for item in changes if item.before is None]
    went = [metadata_file(item.path) for item in changes if item.after is None]
    made, gone = (by_kind(file for file in files if not has_reader(file)) for files in (came, went))
    for kind in sorted(made.keys() | gone.keys()):
        then = stored.unread(kind)
        now = [*(path for path in then if path not in gone.get(kind, ())), *made.get(kind, ())]
        yield _line(kind, then), _line(kind, now)


def _line(kind: str, paths: Sequence[str]) -> _Lines:
    return [unread_line(kind, paths)] if paths else []


def _sorted(items: Iterable[_ItemT], order: Callable[[_ItemT], Any]) -> tuple[_ItemT, ...]:
    return tuple(sorted(items, key=order))


def _object_order(item: Object) -> str:
    return item.name


def _component_order(item: Component) -> tuple[str, str]:
    return item.kind, item.name
