"""What a file contributes to the catalogue, before and after a change: references, calls, integration points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from auditor.dataclasses import dataclass, field
from auditor.model.catalogue import Unresolved
from auditor.model.components import IntegrationPoint
from auditor.model.references import Call, Reference
from auditor.sources.salesforce.asking import Asking, field_question, mention_question
from auditor.sources.salesforce.notes import Question
from auditor.sources.salesforce.parsed import Mention, Parsed
from auditor.sources.salesforce.resolving import calls_of, mentions_of, refer, resolve_point


@dataclass(slots=True)
class Contributions:
    """What some files contribute on one side of a change; what both sides have may be missing from both."""

    references: set[Reference] = field(default_factory=set)
    calls: set[Call] = field(default_factory=set)
    points: set[IntegrationPoint] = field(default_factory=set)
    """Before what other files tell of them is added."""
    unresolved: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """A file on one side of a change."""

    path: str
    parsed: Parsed
    asking: Asking
    said: Contributions


def compare(before: Speaker, after: Speaker, changed: AbstractSet[Question]) -> None:
    """Note what a file contributes otherwise than before; `changed` are the questions with another answer."""
    then = list(mentions_of(before.asking, before.parsed))
    now = list(mentions_of(after.asking, after.parsed))
    spots = {_spot(mention) for mention in _differing(then, now, changed)}
    for speaker, mentions in ((before, then), (after, now)):
        _note(speaker, [mention for mention in mentions if _spot(mention) in spots])


def _note(speaker: Speaker, mentions: Iterable[Mention]) -> None:
    found: dict[tuple[str, str], set[Reference]] = defaultdict(set)
    missed: list[Unresolved] = []
    refer(speaker.asking, speaker.path, mentions, found, missed)
    speaker.said.references.update(*found.values())
    speaker.said.unresolved += len(missed)
    speaker.said.calls.update(calls_of(speaker.asking, speaker.parsed))
    points = (resolve_point(speaker.asking, point) for point in speaker.parsed.integration_points)
    speaker.said.points.update(points)


def _differing(
    then: Sequence[Mention], now: Sequence[Mention], changed: AbstractSet[Question]
) -> Iterator[Mention]:
    """Mentions that only one side has, or that mean something else."""
    if then != now:
        before, after = Counter(then), Counter(now)
        yield from (before - after)
        yield from (after - before)
    if changed:
        for mention in now:
            if mention_question(mention) in changed or field_question(mention.component) in changed:
                yield mention


def _spot(mention: Mention) -> tuple[str, int | None, str]:
    """Mentions at different spots never make the same reference; at the same one they may."""
    return mention.component_kind, mention.line, mention.part
