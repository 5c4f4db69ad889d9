"""Commits, one after the other, on the set of definitions that exist: who was born, who moved, who died."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

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
    """What the commits tell: first days, days of removal of what is gone, every event; and what they cover."""

    first: Mapping[Identity, date]
    removed: Mapping[Identity, date]
    events: tuple[Event, ...]
    start: date = date.min
    end: date = date.min
    commits: int = 0

    def covering(self, start: date, end: date, commits: int) -> History:
        """The same history, with the days and the number of commits that it was read from."""
        return replace(self, start=start, end=end, commits=commits)


Identities: TypeAlias = Callable[[Change], frozenset[Identity] | None]
"""The definitions in a file after a change; None where that version could not be read and so tells nothing."""


def replay(commits: Iterable[Commit], final: Iterable[Change], read: Identities, prefix: str) -> History:
    """Go through the commits, parents before children.

    `prefix` is the watched folder. What happens outside it is followed only so that a definition that moves in
    keeps its first day. `final` lists the files at the end: side branches that overtake each other may leave a
    wrong last event, and the end decides.
    """
    state = _State(prefix)
    last = date.min
    for commit in commits:
        last = commit.day
        state.apply(commit, read)
    state.conclude((change for change in final if change.path.startswith(prefix)), read, last)
    return History(state.first, state.removed, tuple(sorted(state.events)))


class _State:
    """The definitions that exist, file by file."""

    def __init__(self, prefix: str) -> None:
        self.first: dict[Identity, date] = {}
        self.removed: dict[Identity, date] = {}
        self.events: list[Event] = []
        self._prefix = prefix
        self._files: dict[str, frozenset[Identity]] = {}
        self._births: dict[tuple[Identity, str], date] = {}
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
            self._files[change.path] = now
        for path, gained in gains:
            for identity in gained:
                born = min(commit.day, lost.get(identity, commit.day))
                self._births[identity, path] = born
                self._count(identity, path, 1, before)
                if path.startswith(self._prefix):
                    self.first[identity] = min(born, self.first.get(identity, born))
        self._note(commit.day, before, lost)

    def conclude(self, files: Iterable[Change], read: Identities, last: date) -> None:
        """Let the end decide what is there and what is gone."""
        final: set[Identity] = set()
        for change in files:
            now = read(change)
            final |= self._files.get(change.path, frozenset()) if now is None else now
        latest = {event.identity: event for event in self.events}
        untrue = {event for event in latest.values() if event.identity in final and not event.added}
        self.events = [event for event in self.events if event not in untrue]
        for identity, event in latest.items():
            if identity not in final:
                if event.added:
                    self.events.append(Event(last, identity, added=False))
                self.removed[identity] = last if event.added else event.day

    def _count(self, identity: Identity, path: str, step: int, before: dict[Identity, int]) -> None:
        if path.startswith(self._prefix):
            count = self._alive.get(identity, 0)
            before.setdefault(identity, count)
            self._alive[identity] = count + step

    def _note(self, day: date, before: Mapping[Identity, int], lost: Mapping[Identity, date]) -> None:
        for identity in sorted(before):
            was, now = before[identity] > 0, self._alive[identity] > 0
            if now and not was:
                self.events.append(Event(min(day, lost.get(identity, day)), identity, added=True))
            elif was and not now:
                self.events.append(Event(day, identity, added=False))
