"""What evidence said, in the pages of a ground: what it says of a subject is one look-up.

`evidence_sheets(evidence)` gives what `write_ground` keeps; `paged_evidence(ground)` gives the ordinary
`EvidenceIndex`. All evidence is put together again only where something asks for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from auditor.facts.evidence_index import EvidenceIndex, Grouped, windows_of
from auditor.formats.plain import Codecs
from auditor.index.ground import Ground, Paged
from auditor.index.grounds import Sheet, blob_sheet
from auditor.model.catalogue import Skipped
from auditor.model.observations import (
    Actor,
    Cohort,
    DayCount,
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    Fill,
    GrowthEvent,
    Inventoried,
    Observation,
    Readership,
    RowCount,
    SourceKind,
    ValueProfile,
    Window,
)

_V = TypeVar("_V")

_SUBJECTS, _WINDOWS, _SOURCES, _REST = "evidence/subjects", "evidence/windows", "evidence/sources", "evidence/rest"
_CLASSES = (
    *(Actor, Cohort, DayCount, Deed, Definition, EvidenceSource, Fill, GrowthEvent, Inventoried, Observation),
    *(Readership, RowCount, Skipped, SourceKind, ValueProfile, Window),
)
_PARTS = (
    ("observations", Observation, "subject"),
    ("fills", Fill, "field"),
    ("row_counts", RowCount, "object"),
    ("profiles", ValueProfile, "field"),
    ("definitions", Definition, "subject"),
    ("readership", Readership, "subject"),
    ("inventory", Inventoried, "subject"),
)
"""Lists of an `Evidence` that tell of one subject each: their records, and the member that names the subject."""
_OTHERS = (("windows", Window), ("growth", GrowthEvent), ("days", DayCount), ("skipped", Skipped))


class _Lists:
    """How lists of records are written and read."""

    def __init__(self) -> None:
        self._codecs = Codecs(_CLASSES)

    def writer(self, kind: type) -> Callable[[Any], Any]:
        """How one record is written."""
        return self._codecs.of(kind)[0]

    def write(self, kind: type, records: Iterable[object]) -> list[Any]:
        """Each as a plain tuple."""
        return list(map(self.writer(kind), records))

    def read(self, kind: type[_V], plain: Iterable[Any]) -> tuple[_V, ...]:
        """Each as the record that it was."""
        return tuple(map(self._codecs.of(kind)[1], plain)) if plain else ()


def evidence_sheets(evidence: Evidence) -> Iterator[Sheet]:
    """What an evidence says, to be written."""
    lists = _Lists()
    subjects: dict[str, list[list[Any]]] = {}
    for place, (name, kind, member) in enumerate(_PARTS):
        write = lists.writer(kind)
        for record in getattr(evidence, name):
            subjects.setdefault(getattr(record, member), [[] for _ in _PARTS])[place].append(write(record))
    yield Sheet(_SUBJECTS, subjects)
    windows = {f"{system} {deed}": each for (system, deed), each in windows_of(evidence).items()}
    yield Sheet(_WINDOWS, windows, partial(lists.write, Window))
    yield blob_sheet(_SOURCES, lists.write(EvidenceSource, evidence.sources))
    yield blob_sheet(_REST, [lists.write(kind, getattr(evidence, name)) for name, kind in _OTHERS])


def paged_evidence(ground: Ground) -> EvidenceIndex:
    """The evidence that stands in a ground."""
    lists = _Lists()
    subjects = Paged(ground.table(_SUBJECTS), partial(_told, lists))
    windows = Paged(ground.table(_WINDOWS), lambda _key, plain: lists.read(Window, plain))
    sources = lists.read(EvidenceSource, ground.blob(_SOURCES) or ())
    groups = Grouped(
        observations=_Observations(subjects),
        windows=_Windows(windows),
        fills=_Part(subjects, "fills"),
        row_counts=_Part(subjects, "row_counts"),
        profiles=_Part(subjects, "profiles"),
        definitions=_Part(subjects, "definitions"),
        readership=_Part(subjects, "readership"),
        inventory=_Part(subjects, "inventory"),
    )
    return EvidenceIndex(None, groups, sources, partial(_whole, ground, sources, lists))


_Told = Mapping[str, Sequence[Any]]
"""What evidence says of one subject: lists by the names of `_PARTS`, and observations by their deeds too."""


def _told(lists: _Lists, _key: str, plain: Sequence[Any]) -> _Told:
    told: dict[str, Sequence[Any]] = {
        name: lists.read(kind, part) for (name, kind, _), part in zip(_PARTS, plain, strict=True)
    }
    for each in told["observations"]:
        told[each.deed] = (*told.get(each.deed, ()), each)
    return told


class _Part:
    """One list of each subject."""

    def __init__(self, subjects: Mapping[str, _Told], name: str) -> None:
        self._subjects = subjects
        self._name = name

    def get(self, key: str, default: tuple[()], /) -> Sequence[Any]:
        """The list of a subject."""
        told = self._subjects.get(key)
        return default if told is None else told[self._name]


class _Observations:
    """Observations by subject and deed."""

    def __init__(self, subjects: Mapping[str, _Told]) -> None:
        self._subjects = subjects

    def get(self, key: tuple[str, Deed], default: tuple[()], /) -> Sequence[Observation]:
        """The observations of a subject and deed."""
        told = self._subjects.get(key[0])
        return default if told is None else told.get(key[1], default)


class _Windows:
    """Windows by system and deed."""

    def __init__(self, windows: Mapping[str, Sequence[Window]]) -> None:
        self._windows = windows

    def get(self, key: tuple[str, Deed], default: tuple[()], /) -> Sequence[Window]:
        """The windows of a system and deed."""
        return self._windows.get(f"{key[0]} {key[1]}", default)


def _whole(ground: Ground, sources: tuple[EvidenceSource, ...], lists: _Lists) -> Evidence:
    """All of it: evidence is sorted by subject first, as its table is."""
    subjects = list(ground.table(_SUBJECTS).values())
    parts: dict[str, Any] = {
        name: tuple(chain.from_iterable(lists.read(kind, plain[place]) for plain in subjects))
        for place, (name, kind, _) in enumerate(_PARTS)
    }
    rest = ground.blob(_REST) or [() for _ in _OTHERS]
    others: dict[str, Any] = {
        name: lists.read(kind, part) for (name, kind), part in zip(_OTHERS, rest, strict=True)
    }
    return Evidence(sources=sources, **parts, **others)
