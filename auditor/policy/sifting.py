"""Decides a condition for many subjects at once.

Thousands of subjects share what is read of them (a type, an owner, a count, nothing at all). So a group of them
is read in one sweep, each different thing is decided once, and the subjects are parted by the answers. A
conjunction parts them part after part, so that what it asks last is asked of few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from auditor.dataclasses import dataclass, field
from auditor.model.truth import Truth
from auditor.policy.binding import Ground
from auditor.policy.leaves import Leaf
from auditor.policy.operators import TRUE, UNKNOWN
from auditor.policy.syntax import AllOf, Condition


@dataclass(frozen=True, slots=True)
class _Sweep:
    """What was read of a group: the different things, and for each subject the place of its own among them.

    The things are kept for more than their use: one is known by its identity, which ends with it.
    """

    things: tuple[object, ...]
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Group:
    """Subjects, sorted, with what was read of all of them."""

    subjects: Sequence[str] = ()
    swept: dict[Callable[[str], object], _Sweep] = field(default_factory=dict, compare=False, repr=False)

    def sift(self, condition: Condition, ground: Ground) -> Sifted:
        """Those for which a condition holds, and those for which that is unknown."""
        if not self.subjects:
            return Sifted(self)
        leaf = ground.leaf(condition)
        if leaf is None:
            truths = list(map(ground.check(condition), self.subjects))
            return self._parted(truths, range(len(truths)))
        sweep = self._sweep(leaf, ground)
        return self._parted(list(map(leaf.decide, sweep.things)), sweep.places)

    def without(self, *others: Group) -> list[str]:
        """The subjects that stand in none of some other groups."""
        taken = {subject for other in others for subject in other.subjects}
        return [subject for subject in self.subjects if subject not in taken]

    def _parted(self, truths: Sequence[Truth], places: Sequence[int]) -> Sifted:
        found = set(truths)
        if found == {TRUE}:
            return Sifted(self)
        sure = self._where(truths, TRUE, places) if TRUE in found else []
        doubtful = self._where(truths, UNKNOWN, places) if UNKNOWN in found else []
        return Sifted(Group(sure), Group(doubtful))

    def _where(self, truths: Sequence[Truth], truth: Truth, places: Sequence[int]) -> list[str]:
        wanted = [each is truth for each in truths]
        return list(compress(self.subjects, map(wanted.__getitem__, places)))

    def _sweep(self, leaf: Leaf, ground: Ground) -> _Sweep:
        known = self.swept.get(leaf.read)
        if known is None:
            subjects = self.subjects
            things = ground.facts.column(leaf.fact, subjects) if leaf.fact else list(map(leaf.read, subjects))
            known = self.swept[leaf.read] = _sweep(things)
        return known


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a condition leaves of subjects: those for which it holds, and those for which that is unknown.

    `further` keeps what conjunctions that begin alike leave of these.
    """

    sure: Group
    doubtful: Group = field(default_factory=Group)
    further: dict[Condition, Sifted] = field(default_factory=dict, compare=False, repr=False)

    def along(self, parts: Iterable[Condition], ground: Ground) -> Sifted:
        """What a conjunction leaves, each of its beginnings kept for those that begin alike."""
        sifted = self
        for part in parts:
            known = sifted.further.get(part)
            if known is None:
                known = sifted.further[part] = sifted.narrowed(part, ground)
            sifted = known
        return sifted

    def narrowed(self, part: Condition, ground: Ground) -> Sifted:
        """What one more part of a conjunction leaves; who is in doubt stays so, unless the part is false."""
        sure, doubtful = self.sure.sift(part, ground), self.doubtful.sift(part, ground)
        if not doubtful.sure.subjects and not doubtful.doubtful.subjects:
            return sure
        doubts = (sure.doubtful, doubtful.sure, doubtful.doubtful)
        return Sifted(sure.sure, Group(sorted(subject for each in doubts for subject in each.subjects)))


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """What must hold together; a condition that is no conjunction is its only part."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _sweep(things: Sequence[object]) -> _Sweep:
    marks = list(map(id, things))
    different = dict(zip(marks, things, strict=True))
    place = {mark: number for number, mark in enumerate(different)}
    return _Sweep(tuple(different.values()), list(map(place.__getitem__, marks)))
