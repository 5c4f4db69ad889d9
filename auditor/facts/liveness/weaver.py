"""The hands that weave: nodes by the names of the graph, roots with their evidence, arrows."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.facts.liveness.names import one_name
from auditor.facts.liveness.usage import Root
from auditor.graph.liveness.net import CERTAIN, PERHAPS, Net, helper_name
from auditor.model.references import Certainty


class Weaver:
    """One net in the making; thrown away afterwards, all but `net`, `roots` and the reasons of what is silent.

    In whatever order things are woven, the same net comes of it, but for the order of its nodes and arrows.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.net = Net()
        self.roots: dict[int, Root] = {}
        self.silent: dict[int, Root] = {}
        self._pairs: set[tuple[int, int, int]] = set()

    def node(self, key: str) -> int:
        """The node of a thing by its printed name, whichever of its names that is."""
        known = self.net.index.get(key)
        if known is not None:
            return known
        name = one_name(self.facts, key)
        node = self.net.node(name)
        if name != key:
            self.net.alias(key, node)
        return node

    def root(self, node: int, root: Root) -> None:
        """Let a node live by itself; the strongest and then the newest reason is told."""
        self.net.root(node, root.level)
        told = self.roots if root.level else self.silent
        told[node] = stronger(told.get(node), root)

    def keep(self, keeper: int, kept: int, strength: int = CERTAIN) -> None:
        """One arrow, once."""
        arrow = keeper, kept, strength
        if arrow not in self._pairs:
            self._pairs.add(arrow)
            self.net.keep(keeper, kept, strength)

    def helper(self, key: str, role: str) -> int:
        """The node that stands for a part of how a component lives."""
        return self.net.node(helper_name(role, key))


def strength_of(certainty: Certainty) -> int:
    """What comes through a mention or call."""
    return CERTAIN if certainty is Certainty.CERTAIN else PERHAPS


def stronger(known: Root | None, root: Root) -> Root:
    """Of two reasons the stronger, then the newer, then the one of more; of equals always the same."""
    return root if known is None or _rank(known) < _rank(root) else known


def _rank(root: Root) -> tuple[int, str, int, str, list[str]]:
    day = root.last.isoformat() if root.last else ""
    return root.level, day, root.actors or 0, root.words, sorted(root.sources)
