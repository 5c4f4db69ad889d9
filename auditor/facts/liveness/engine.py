"""Liveness of one set of facts: the net, its marks, and the reasons behind its roots."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.liveness.components import weave_components
from auditor.facts.liveness.data import weave_data
from auditor.facts.liveness.usage import NO_ROOT, Root
from auditor.facts.liveness.weaver import Weaver
from auditor.graph.liveness.marks import Marks, solve
from auditor.graph.liveness.net import LIMITS, Woven, unpack
from auditor.model.liveness import Showing

LIVENESS = "liveness"
"""Under which liveness is kept."""


@dataclass(frozen=True, slots=True)
class Liveness:
    """What lives and why. `marks` are those of the company's stance, `read` those if showing counted for nothing.

    Nodes are numbers of the net; `node` finds one by printed name, and gives None for what takes no part (a
    permission set, a test).
    """

    net: Woven
    marks: Marks
    read: Marks
    roots: Mapping[int, Root]
    silent: Mapping[int, Root]
    """Why what could live by itself does not."""

    def node(self, key: str) -> int | None:
        """The number of a thing."""
        return self.net.index.get(key)

    def level(self, key: str) -> int | None:
        """At which level a thing lives; None where it takes no part."""
        node = self.net.index.get(key)
        return None if node is None else self.marks.levels[node]

    def root_of(self, node: int) -> Root:
        """Why a node lives by itself."""
        return self.roots.get(node, NO_ROOT)


@dataclass(frozen=True, slots=True)
class Keeper:
    """One thing that keeps another: its node, the strength of the arrow and the level that comes through it."""

    node: int
    strength: int
    level: int


def keepers_of(facts: Facts, node: int, showing: Showing | None = None) -> list[Keeper]:
    """What keeps a node and lives itself, strongest first; helpers stand for themselves."""
    living = liveness_of(facts)
    limits = LIMITS[showing or facts.settings.showing]
    found = []
    for keeper, strength in map(unpack, living.net.keepers[node]):
        level = min(living.marks.levels[keeper], limits[strength])
        if level:
            found.append(Keeper(keeper, strength, level))
    return sorted(found, key=lambda each: (-each.level, living.net.names[each.node]))


def liveness_of(facts: Facts) -> Liveness:
    """The liveness of everything, worked out at the first call."""
    return facts.once((LIVENESS, ""), lambda: _liveness(facts))


def _liveness(facts: Facts) -> Liveness:
    weaver = Weaver(facts)
    weave_data(weaver)
    weave_components(weaver)
    net = weaver.net
    read = solve(net, Showing.IGNORED)
    marks = read if facts.settings.showing is Showing.IGNORED else solve(net, facts.settings.showing)
    return Liveness(net, marks, read, weaver.roots, weaver.silent)
