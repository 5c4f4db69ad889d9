"""Candidates that are kept, and the chain that leads from what is used to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.facts.liveness.telling import root_sentence, way_to
from auditor.model.liveness import OBSERVED
from auditor.model.rollback import Refused, Standing
from auditor.model.values import CountRange
from auditor.planning.closure import Closed
from auditor.planning.ground import Ground
from auditor.planning.obstacles import IN_USE, Obstacle
from auditor.planning.selecting import Proposal

_LONGEST = 12
"""Links that a chain shows at most; what is further away helps nobody."""


def refusals(ground: Ground, closed: Closed, proposed: Sequence[Proposal]) -> tuple[Refused, ...]:
    """Every candidate that does not go, with why; sorted by subject."""
    return tuple(
        Refused(each.subject, *_told(ground, each.subject, closed.obstacles), each.policies)
        for each in sorted(proposed, key=lambda each: each.subject)
        if each.subject not in closed.leaving
    )


def _told(ground: Ground, key: str, obstacles: Mapping[str, Obstacle]) -> tuple[str, tuple[str, ...]]:
    """The nearest reason in words, and the chain from what keeps it down to the subject."""
    first = obstacles.get(key)
    if first is None:
        return "nothing is known of it", ()
    links, seen, at = [key], {key}, first
    while at.by and at.by not in seen and len(links) < _LONGEST:
        links.append(at.by)
        seen.add(at.by)
        beyond = obstacles.get(at.by)
        if beyond is None:
            break
        at = beyond
    links.extend(_keepers(ground, links[-1]) or _end(first, at))
    because = _use(ground, key) if first is IN_USE else first.because
    return because, tuple(reversed(links)) if len(links) > 1 else ()


def _use(ground: Ground, key: str) -> str:
    """That it is in use, and how much would have to be moved before it could go."""
    radius = ground.facts.fact(key, "blast_radius")
    least = radius.least if isinstance(radius, CountRange) else radius
    if isinstance(least, bool) or not isinstance(least, int) or not least:
        return IN_USE.because
    more = "at least " if isinstance(radius, CountRange) else ""
    things = "component or formula" if least == 1 else "components and formulas"
    return f"{IN_USE.because}; {more}{least} {things} would have to change first"


def _end(first: Obstacle, last: Obstacle) -> tuple[str, ...]:
    """What is wrong with the far end, where it is not the subject itself and no use."""
    return (last.because,) if last is not first and not last.by and last is not IN_USE else ()


def _keepers(ground: Ground, key: str) -> tuple[str, ...]:
    """What in use keeps the far end, nearest first, as far as liveness tells."""
    if ground.kind(key) is None or ground.standing(key) is not Standing.ALIVE:
        return ()
    way = way_to(ground.facts, key)
    if way is None or way.root.level != OBSERVED:
        return ()
    root = f"{way.steps[0].subject}: {root_sentence(ground.facts, way.root)}"
    if len(way.steps) == 1:
        return (root_sentence(ground.facts, way.root),)
    return (*(step.subject for step in reversed(way.steps[1:-1])), root)
