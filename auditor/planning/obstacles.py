"""Why something cannot go: something in use depends on it, or surely reads it and is not known to be unused."""

from __future__ import annotations

from collections.abc import Collection

from auditor.dataclasses import dataclass
from auditor.graph.nodes import Link, NodeKind
from auditor.model.references import Certainty
from auditor.model.rollback import Standing
from auditor.planning.ground import SHOWING, Ground
from auditor.planning.pulling import must_go


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way: the thing itself, or `by`, with the reason in words."""

    because: str
    by: str = ""


IN_USE = Obstacle("in use")


def obstacle(ground: Ground, key: str, leaving: Collection[str], *, freed: bool = False) -> Obstacle | None:
    """What keeps `key` where all of `leaving` goes; None where nothing does.

    `freed`: it goes because of what it is about, whatever keeps it (a rule that only demands a field that goes).
    """
    if not freed and ground.component_kind(key) not in SHOWING and ground.standing(key) is Standing.ALIVE:
        return IN_USE
    return _read(ground, key, leaving) or _called(ground, key, leaving) or _needed(ground, key, leaving)


def _read(ground: Ground, key: str, leaving: Collection[str]) -> Obstacle | None:
    if ground.kind(key) is NodeKind.FIELD and ground.facts.fact(key, "read_outside") is True:
        names = ground.facts.fact(key, "outside_readers")
        told = ", ".join(str(name) for name in names) if isinstance(names, tuple) else "an outside reader"
        return Obstacle(f"read from outside by {told}")
    standing = [link for link in ground.sure_reads(key) if link.other not in leaving]
    kept = [link for link in standing if _keeps(ground, link)]
    if not kept:
        return None
    first = min(kept, key=lambda link: _order(ground, link))
    part = f" ({first.reference.part.replace('_', ' ')})" if first.reference.part else ""
    in_use = ground.standing(first.other) is Standing.ALIVE
    told = "which is in use" if in_use else "and nothing proves that this is unused"
    return Obstacle(f"read by {first.other}{part}, {told}", first.other)


def _keeps(ground: Ground, link: Link) -> bool:
    """Whether a reader keeps what it reads; of a computed field that is not in use, `_needed` tells more."""
    standing = ground.standing(link.other)
    return standing is Standing.ALIVE or (standing is Standing.UNKNOWN and not ground.calculated(link.other))


def _order(ground: Ground, link: Link) -> tuple[bool, str, str, int]:
    alive = ground.standing(link.other) is Standing.ALIVE
    return not alive, link.other, link.reference.part, link.reference.line or 0


def _called(ground: Ground, key: str, leaving: Collection[str]) -> Obstacle | None:
    for link in sorted(ground.graph.called_by(key), key=lambda each: each.other):
        sure = link.call.certainty is Certainty.CERTAIN and ground.component_kind(link.other) not in SHOWING
        callee = ground.kind(link.other) is NodeKind.COMPONENT
        if sure and callee and link.other not in leaving and ground.standing(link.other) is not Standing.DEAD:
            return Obstacle(f"started or contained by {link.other}", link.other)
    return None


def _needed(ground: Ground, key: str, leaving: Collection[str]) -> Obstacle | None:
    for pull in must_go(ground, key):
        if pull.key not in leaving:
            return Obstacle(f"{pull.key} would have to go with it", pull.key)
    return None
