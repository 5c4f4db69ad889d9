"""Which evidence stands behind the facts of an explanation, with the time that each source covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass
from auditor.model.observations import Evidence, Window
from auditor.policy.binding import Ground
from auditor.policy.explaining import Explanation


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as facts name it; `id` is empty where none of usage is meant (a charter, a list).

    `windows` are those that speak of the subject.
    """

    told: str
    id: str = ""
    format: str = ""
    windows: tuple[Window, ...] = ()

    @property
    def short(self) -> str:
        """The kind of evidence alone."""
        return self.told.partition(" (")[0]


def sources_of(subject: str, name: str, ground: Ground) -> tuple[str, ...]:
    """The sources of one fact, as facts name them; none where it is the schema itself."""
    if any(listed.spec.name == name for listed in ground.lists):
        return ("lists",)
    return tuple(dict.fromkeys(part for part in ground.facts.source_of(subject, name).split("; ") if part))


def leaves(told: Explanation) -> Iterator[Explanation]:
    """Every fact that was looked at, whether or not it decided."""
    if told.fact is not None:
        yield told
    for part in told.parts:
        yield from leaves(part)


def origins(told: Iterable[str], subject: str, evidence: Evidence) -> tuple[Origin, ...]:
    """Sources that facts of a subject name, each once, with the windows that speak of the subject; sorted."""
    known = {source.path: source for source in evidence.sources}
    found = []
    for text in sorted(set(told)):
        match = _PLACE.search(text)
        source = None if match is None else known.get(match[1])
        if source is None:
            found.append(Origin(text))
            continue
        windows = sorted(
            (window for window in evidence.windows if window.source == source.id and _covers(window, subject)),
            key=lambda window: (window.deed, str(window.start or ""), window.end),
        )
        found.append(Origin(text, source.id, source.format, tuple(windows)))
    return tuple(found)


def _covers(window: Window, subject: str) -> bool:
    """Whether a window speaks of the subject, itself or through the object that it belongs to."""
    if window.system != subject.partition(":")[0]:
        return False
    return window.subjects is None or bool({subject, subject.partition(".")[0]} & window.subjects)


_PLACE = re.compile(r" \((.*), [^,]*\)$")
