"""Commits, one after the other, on the set of definitions that exist: who was born, who moved, who died."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from auditor.dataclasses import dataclass, replace
from auditor.usage.gitlog import Change, Commit


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """A field of an object; `field` empty: the object itself."""

    object: str
    field: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A definition that appeared in, or disappeared from, the folder that is watched."""

    day: date
    identity: Identity
    added: bool


@dataclass(frozen=True, slots=True)
class History:
    """What the commits tell: first days, days of removal of what is gone, every event; and what they cover.

    `touched`: the last day on which the file of each definition was changed, which bounds the last change of the
    definition itself from above (an `.object` file holds many).
    """

    first: Mapping[Identity, date]
    removed: Mapping[Identity, date]
    events: tuple[Event, ...]
    touched: Mapping[Identity, date]
    start: date = date.min
    end: date = date.min
    commits: int = 0

    def covering(self, start: date, end: date, commits: int) -> History:
        """The same history, with the days and the number of commits that it was read from."""
        return replace(self, start=start, end=end, commits=commits)


Identities: TypeAlias = Callable[[Change], frozenset[Identity] | None]
"""The definitions in a file after a change; None where that version could not be read and so tells nothing."""


def replay(commits: Iterable[Commit], main_line: Collection[str], read: Identities, prefix: str) -> History:
    """Go through the commits, parents before children.

    Only commits of the main line change what exists, so that branches which overtake each other revive nothing;
    all others may show that a definition existed earlier than the merge that brought it. `prefix` is the watched
    folder: what happens outside it is followed only so that a definition that moves in keeps its first day.
    """
    state = _State(prefix)
    for commit in commits:
        if commit.id in main_line:
            state.apply(commit, read)
        else:
            state.glimpse(commit, read)
    gone = {event.identity: event for event in state.events}
    removed = {identity: event.day for identity, event in gone.items() if not event.added}
    return History(state.first, removed, tuple(sorted(state.events)), state.touched)


class _State:
    """The definitions that exist, file by file."""

    def __init__(self, prefix: str) -> None:
        self.first: dict[Identity, date] = {}
        self.events: list[Event] = []
        self.touched: dict[Identity, date] = {}
        self._prefix = prefix
        self._removed_on: dict[Identity, date] = {}
        self._files: dict[str, frozenset[Identity]] = {}
        self._births: dict[tuple[Identity, str], date] = {}
        self._glimpsed: dict[tuple[Identity, str], date] = {}
        """When side branches first had a definition in a file."""
        self._alive: dict[Identity, int] = {}
        """In how many files of the watched folder each definition stands."""

    def apply(self, commit: Commit, read: Identities) -> None:
        """Take one commit in: first all that it takes away, then all that it brings."""
        gains: list[tuple[str, frozenset[Identity]]] = []
        lost: dict[Identity, date] = {}
        before: dict[Identity, int] = {}
        for change in commit.changes:
            now = read(change)
            if now is None:
                continue
            old = self._files.get(change.path, frozenset())
            for identity in old - now:
                born = self._births.pop((identity, change.path))
                lost[identity] = min(born, lost.get(identity, born))
                self._count(identity, change.path, -1, before)
            gains.append((change.path, now - old))
            self._touch(change.path, now, commit.day)
            self._files[change.path] = now
        born_now: dict[Identity, date] = {}
        for path, gained in gains:
            for identity in gained:
                glimpsed = self._glimpsed.get((identity, path), commit.day)
                born = min(commit.day, lost.get(identity, commit.day), glimpsed)
                born_now[identity] = min(born, born_now.get(identity, born))
                self._births[identity, path] = born
                self._count(identity, path, 1, before)
                if path.startswith(self._prefix):
                    self.first[identity] = min(born, self.first.get(identity, born))
        self._note(commit.day, before, born_now)

    def glimpse(self, commit: Commit, read: Identities) -> None:
        """Remember what a side branch had, and since when."""
        for change in commit.changes:
            for identity in read(change) or ():
                key = identity, change.path
                self._glimpsed[key] = min(commit.day, self._glimpsed.get(key, commit.day))

    def _touch(self, path: str, identities: Iterable[Identity], day: date) -> None:
        if path.startswith(self._prefix):
            for identity in identities:
                self.touched[identity] = max(day, self.touched.get(identity, day))

    def _count(self, identity: Identity, path: str, step: int, before: dict[Identity, int]) -> None:
        if path.startswith(self._prefix):
            count = self._alive.get(identity, 0)
            before.setdefault(identity, count)
            self._alive[identity] = count + step

    def _note(self, day: date, before: Mapping[Identity, int], born: Mapping[Identity, date]) -> None:
        for identity in sorted(before):
            was, now = before[identity] > 0, self._alive[identity] > 0
            if now and not was:
                self.events.append(Event(self._appeared(identity, day, born[identity]), identity, added=True))
            elif was and not now:
                self.events.append(Event(day, identity, added=False))
                self._removed_on[identity] = day

    def _appeared(self, identity: Identity, day: date, born: date) -> date:
        """A definition that comes back after a removal comes back now, not on its first day."""
        before = self._removed_on.get(identity)
        return born if before is None or born > before else day
