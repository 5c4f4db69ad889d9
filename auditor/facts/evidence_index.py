"""What evidence says, found by subject; and which windows could have seen a subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

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


class EvidenceIndex:
    """Look-ups over one `Evidence`; every answer keeps the order of the evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.sources: dict[str, EvidenceSource] = {each.id: each for each in evidence.sources}
        self.truncated_sources = frozenset(each.id for each in evidence.sources if each.truncated)
        """Ids of the sources that may have been cut."""
        self._ranks = {
            each.id: (each.as_of.isoformat() if each.as_of else "", each.id) for each in evidence.sources
        }
        self._observations = _grouped(evidence.observations, attrgetter("subject", "deed"))
        trusted = [each for each in evidence.windows if not self.truncated(each.source)]
        self._windows = _grouped(trusted, attrgetter("system", "deed"))
        self._worded: dict[frozenset[str], str] = {}
        self._fills = _grouped(evidence.fills, attrgetter("field"))
        self._row_counts = _grouped(evidence.row_counts, attrgetter("object"))
        self._profiles = _grouped(evidence.profiles, attrgetter("field"))
        self._definitions = _grouped(evidence.definitions, attrgetter("subject"))
        self._readership = _grouped(evidence.readership, attrgetter("subject"))
        self._inventory = _grouped(evidence.inventory, attrgetter("subject"))

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
