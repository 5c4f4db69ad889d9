"""What evidence says, found by subject; and which windows could have seen a subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Protocol, TypeVar

from auditor.dataclasses import dataclass, replace
from auditor.model.observations import (
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    Fill,
    Inventoried,
    Observation,
    Readership,
    RowCount,
    ValueProfile,
    Window,
)

_T = TypeVar("_T")
_K = TypeVar("_K")
_Key = TypeVar("_Key", contravariant=True)
_Record = TypeVar("_Record", covariant=True)


class Lists(Protocol[_Key, _Record]):
    """Lists of records by key."""

    def get(self, key: _Key, default: tuple[()], /) -> Sequence[_Record]:
        """The list of a key; the default where there is none."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """What evidence says, by subject; wherever it stands (evidence_paged.py reads it page by page)."""

    observations: Lists[tuple[str, Deed], Observation]
    windows: Lists[tuple[str, Deed], Window]
    """By system and deed; none of a source that may have been cut."""
    fills: Lists[str, Fill]
    row_counts: Lists[str, RowCount]
    profiles: Lists[str, ValueProfile]
    definitions: Lists[str, Definition]
    readership: Lists[str, Readership]
    inventory: Lists[str, Inventoried]


def grouped(evidence: Evidence) -> Grouped:
    """All of an evidence by subject, each list in the order of the evidence."""
    return Grouped(
        observations=_grouped(evidence.observations, attrgetter("subject", "deed")),
        windows=windows_of(evidence),
        fills=_grouped(evidence.fills, attrgetter("field")),
        row_counts=_grouped(evidence.row_counts, attrgetter("object")),
        profiles=_grouped(evidence.profiles, attrgetter("field")),
        definitions=_grouped(evidence.definitions, attrgetter("subject")),
        readership=_grouped(evidence.readership, attrgetter("subject")),
        inventory=_grouped(evidence.inventory, attrgetter("subject")),
    )


def windows_of(evidence: Evidence) -> dict[tuple[str, Deed], list[Window]]:
    """Windows by system and deed; none of a source that may have been cut."""
    cut = {each.id for each in evidence.sources if each.truncated}
    trusted = [each for each in evidence.windows if each.source not in cut]
    return _grouped(trusted, attrgetter("system", "deed"))


class EvidenceIndex:
    """Look-ups over one `Evidence`; every answer keeps the order of the evidence.

    Where the groups stand elsewhere, `sources` are given with them, and `whole` puts all of it together for the
    few who ask for that.
    """

    def __init__(
        self,
        evidence: Evidence | None = None,
        groups: Grouped | None = None,
        sources: Sequence[EvidenceSource] = (),
        whole: Callable[[], Evidence] = Evidence,
        seen_in: EvidenceIndex | None = None,
    ) -> None:
        self._evidence = evidence
        self._whole = whole
        self._seen_in = seen_in
        known = sources if evidence is None else evidence.sources
        self.sources: dict[str, EvidenceSource] = {each.id: each for each in known}
        self.truncated_sources = frozenset(each.id for each in known if each.truncated)
        """Ids of the sources that may have been cut."""
        self._ranks = {each.id: (each.as_of.isoformat() if each.as_of else "", each.id) for each in known}
        self._worded: dict[frozenset[str], str] = {}
        groups = groups or grouped(evidence or Evidence())
        self._observations = groups.observations
        self._windows = groups.windows
        self._fills = groups.fills
        self._row_counts = groups.row_counts
        self._profiles = groups.profiles
        self._definitions = groups.definitions
        self._readership = groups.readership
        self._inventory = groups.inventory

    @property
    def evidence(self) -> Evidence:
        """All of it."""
        if self._evidence is None:
            self._evidence = self._whole()
        return self._evidence

    def saw_the_same(self, other: EvidenceIndex) -> bool:
        """Whether two tell the same of everything but definitions."""
        return (self._seen_in or self) is (other._seen_in or other)

    def with_definitions(self, made: Mapping[str, Sequence[Definition]]) -> EvidenceIndex:
        """The same evidence, which also tells of some definitions; the groups are shared."""
        whole = self._whole if self._evidence is None else partial(_itself, self._evidence)
        groups = Grouped(
            observations=self._observations,
            windows=self._windows,
            fills=self._fills,
            row_counts=self._row_counts,
            profiles=self._profiles,
            definitions=_Added(made, self._definitions),
            readership=self._readership,
            inventory=self._inventory,
        )
        sources = tuple(self.sources.values())
        return EvidenceIndex(None, groups, sources, partial(_joined, whole, made), self._seen_in or self)

    def observations(self, subject: str, deed: Deed) -> Sequence[Observation]:
        """What was seen of a subject, of one deed."""
        return self._observations.get((subject, deed), ())

    def windows(self, system: str, deed: Deed) -> Sequence[Window]:
        """Windows of a system for a deed whose silence may prove something (nothing truncated)."""
        return self._windows.get((system, deed), ())

    def truncated(self, source: str) -> bool:
        """Whether a source may have been cut."""
        return source in self.truncated_sources

    def format(self, source: str) -> str:
        """The evidence kind of a source; empty for one that is not listed."""
        known = self.sources.get(source)
        return known.format if known is not None else ""

    def fills(self, field: str) -> Sequence[Fill]:
        """Fill counts of a field."""
        return self._fills.get(field, ())

    def row_counts(self, object_key: str) -> Sequence[RowCount]:
        """Row counts of an object."""
        return self._row_counts.get(object_key, ())

    def profiles(self, field: str) -> Sequence[ValueProfile]:
        """Measures over a field's values."""
        return self._profiles.get(field, ())

    def definitions(self, subject: str) -> Sequence[Definition]:
        """What registers of definitions and the history of the repository say of a subject."""
        return self._definitions.get(subject, ())

    def inventory(self, subject: str) -> Sequence[Inventoried]:
        """What inventories of the live system list of a subject."""
        return self._inventory.get(subject, ())

    def readership(self, subject: str) -> Readership | None:
        """Who may read and edit a field, where that was counted; the newest count where there are several."""
        counts = self._readership.get(subject, ())
        return max(counts, key=lambda each: self.rank(each.source), default=None)

    def rank(self, source: str) -> tuple[str, str]:
        """Orders sources by the day of their export, then by name."""
        return self._ranks.get(source, ("", source))

    def words(self, sources: Iterable[str]) -> str:
        """Sources in words for a report: kind, file and day of export."""
        named = frozenset(sources)
        known = self._worded.get(named)
        if known is None:
            known = self._worded[named] = "; ".join(self._word(each) for each in sorted(named))
        return known

    def _word(self, source: str) -> str:
        known = self.sources.get(source)
        if known is None:
            return source
        day = f", {known.as_of.isoformat()}" if known.as_of else ""
        return f"{known.format} ({known.path}{day})" if known.path else f"{known.format}{day}"


class _Added:
    """Definitions, with some more of some subjects."""

    def __init__(self, made: Mapping[str, Sequence[Definition]], others: Lists[str, Definition]) -> None:
        self._made = made
        self._others = others

    def get(self, key: str, default: tuple[()], /) -> Sequence[Definition]:
        """The definitions of a subject."""
        return (*self._others.get(key, default), *self._made.get(key, ()))


def _itself(evidence: Evidence) -> Evidence:
    return evidence


def _joined(whole: Callable[[], Evidence], made: Mapping[str, Sequence[Definition]]) -> Evidence:
    evidence = whole()
    more = (each for subject in sorted(made) for each in made[subject])
    return replace(evidence, definitions=(*evidence.definitions, *more))


def sees(window: Window, subject: str, owner: str | None) -> bool:
    """Whether a window could have seen a field or object; `owner` is the object of a field."""
    return (
        window.subjects is None or subject in window.subjects or (owner is not None and owner in window.subjects)
    )


def sees_kind(window: Window, component_kind: str) -> bool:
    """Whether a window could have seen components of a kind."""
    return window.kinds is None or component_kind in window.kinds


def _grouped(items: Sequence[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    result: defaultdict[_K, list[_T]] = defaultdict(list)
    for name, run in groupby(items, key):
        result[name] += run
    return dict(result)
