"""What a plan removes: the candidates, closed over what goes with them, less everything that something keeps.

The greatest set is taken in which nothing is kept by anything outside of it, so that things which only refer to
each other go together, and one that is kept keeps whatever it needs. Two runs give the same set, whatever the
order of the candidates, and more candidates never take anything out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.graph.nodes import NodeKind
from auditor.model.rollback import Cause, Standing
from auditor.planning.ground import LOGIC, READERS, STRONG, Ground
from auditor.planning.obstacles import Obstacle, obstacle
from auditor.planning.pulling import Pull, goes, may_go, must_go


@dataclass(frozen=True, slots=True)
class Closed:
    """The outcome: what goes, each with what drew it in (`pulls`; a candidate has none) and its candidate.

    `obstacles` says of every candidate and everything drawn in that is kept what keeps it.
    """

    leaving: frozenset[str]
    pulls: Mapping[str, Pull]
    groups: Mapping[str, str]
    obstacles: Mapping[str, Obstacle]


@dataclass(slots=True)
class _Reach:
    """Everything that candidates draw in, each once, from the first of them that does."""

    pulls: dict[str, Pull] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    parents: dict[str, list[str]] = field(default_factory=dict)
    """What must go → what would have to stay with it."""


def close(ground: Ground, candidates: Iterable[str], named: frozenset[str] = frozenset()) -> Closed:
    """Close over candidates; `named` are those that whoever asked wrote out in full."""
    wanted = sorted(set(candidates))
    obstacles: dict[str, Obstacle] = {}
    retained: dict[str, Pull] = {}
    while True:
        reach = _reach(ground, wanted, retained)
        leaving, kept = _settle(ground, reach, named)
        for key, why in kept.items():
            obstacles.setdefault(key, why)
        survivors = [key for key in wanted if key in leaving]
        if survivors != wanted:
            # What only a kept candidate drew in must be drawn in by another, or stay.
            wanted, retained = survivors, {}
            continue
        found = _retained(ground, leaving, named)
        if not found:
            return Closed(leaving, reach.pulls, reach.groups, obstacles)
        retained.update(found)


def _reach(ground: Ground, candidates: Sequence[str], retained: Mapping[str, Pull]) -> _Reach:
    reach = _Reach(groups={key: key for key in candidates})
    queue = list(candidates)
    for key, pull in retained.items():
        if key not in reach.groups:
            reach.pulls[key] = pull
            reach.groups[key] = key
            queue.append(key)
    for key in queue:  # grows while it is walked
        for pull in must_go(ground, key):
            reach.parents.setdefault(pull.key, []).append(key)
            _draw(reach, key, pull, queue)
        for pull in may_go(ground, key):
            if pull.key not in reach.groups:
                reach.optional.add(pull.key)
            _draw(reach, key, pull, queue)
    return reach


def _draw(reach: _Reach, by: str, pull: Pull, queue: list[str]) -> None:
    if pull.key in reach.groups:
        if pull.cause is not Cause.DEPENDS:
            reach.optional.discard(pull.key)
        return
    reach.pulls[pull.key] = pull
    reach.groups[pull.key] = reach.groups[by]
    queue.append(pull.key)


def _settle(ground: Ground, reach: _Reach, named: frozenset[str]) -> tuple[frozenset[str], dict[str, Obstacle]]:
    """Take out what is kept until nothing left is; each round looks again only where something was taken."""
    leaving = set(reach.groups)
    kept: dict[str, Obstacle] = {}
    doubtful = sorted(leaving)
    while doubtful:
        out: dict[str, Obstacle] = {}
        for key in doubtful:
            found = _kept(ground, key, leaving, reach, named)
            if found is not None:
                out[key] = found
        leaving.difference_update(out)
        kept.update((key, why) for key, why in out.items() if why is not _STAYS)
        doubtful = sorted({near for key in out for near in _near(ground, key, reach)} & leaving)
    return frozenset(leaving), kept


def _kept(ground: Ground, key: str, leaving: set[str], reach: _Reach, named: frozenset[str]) -> Obstacle | None:
    whole = ground.graph.object_of(key) in leaving
    reason = ground.unremovable(key, named=key in named, whole=whole)
    if reason:
        return Obstacle(reason)
    if key not in reach.optional:
        return obstacle(ground, key, leaving)
    if not goes(ground, key, leaving):
        return _STAYS
    return obstacle(ground, key, leaving, freed=True)


_STAYS = Obstacle("it is about more than what goes")
"""Of what was drawn in and may stay as well: nothing that a candidate has to be told."""


def _near(ground: Ground, key: str, reach: _Reach) -> set[str]:
    """What may be kept now that `key` is."""
    near = {link.other for link in ground.graph.references_from(key)}
    near.update(link.other for link in ground.graph.calls(key))
    near.update(link.other for link in ground.mentions(key))
    near.update(reach.parents.get(key, ()))
    return near


def _retained(ground: Ground, leaving: frozenset[str], named: frozenset[str]) -> dict[str, Pull]:
    """What nothing uses and only what goes holds on to, and what only that holds on to, to the end."""
    circling = _circling(ground, leaving)
    gone = set(leaving)
    found: dict[str, Pull] = {}
    queue = sorted(leaving)
    for key in queue:  # grows while it is walked; what one holder leaves to others is looked at with each of them
        for each in sorted(_held_by(ground, key)):
            if each in gone or not _only_held(ground, each, gone, circling.get(each, frozenset())):
                continue
            if _may_follow(ground, each) and not ground.unremovable(each, named=each in named):
                found[each] = Pull(each, Cause.RETAINED, _HELD.format(by=key))
                gone.add(each)
                queue.append(each)
    return found


def _circling(ground: Ground, leaving: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Everything in a retained set of what goes → that set: circles in it hang on nothing else.

    The largest sets are asked for first; a set within another one is not asked for again.
    """
    found: dict[str, frozenset[str]] = {}
    for key in sorted(leaving, key=lambda key: (-ground.retained_count(key), key)):
        if key not in found and ground.retained_count(key):
            members = frozenset(ground.retained(key))
            for each in members:
                found.setdefault(each, members)
            found.setdefault(key, members)
    return found


def _held_by(ground: Ground, key: str) -> set[str]:
    near = {link.other for link in ground.graph.references_from(key) if link.reference.access in STRONG}
    near.update(link.other for link in ground.graph.calls(key))
    return near


_HELD = "nothing uses it, and only what goes holds on to it: {by}"


def _may_follow(ground: Ground, key: str) -> bool:
    plannable = ground.kind(key) is not NodeKind.COMPONENT or ground.component_kind(key) in LOGIC | READERS
    return plannable and ground.standing(key) is Standing.DEAD


def _only_held(ground: Ground, key: str, gone: Collection[str], circle: Collection[str]) -> bool:
    """Whether everything that mentions a field, or starts a component, goes, or hangs with it on what goes."""
    if ground.kind(key) is NodeKind.FIELD:
        holders = {link.other for link in ground.mentions(key) if link.reference.access in STRONG}
    else:
        holders = {link.other for link in ground.graph.called_by(key)}
    return bool(holders) and all(holder in gone or holder in circle for holder in holders)
