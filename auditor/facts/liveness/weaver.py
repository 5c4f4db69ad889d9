"""The hands that weave: nodes by the names of the graph, roots with their evidence, arrows."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.facts.base import Facts
from auditor.facts.liveness.usage import Root
from auditor.graph.liveness.net import CERTAIN, PERHAPS, Net, helper_name
from auditor.model.references import Certainty


class Weaver:
    """One net in the making; thrown away afterwards, all but `net`, `roots` and the reasons of what is silent."""

    def __init__(self, facts: Facts, aliases: Mapping[str, str]) -> None:
        self.facts = facts
        self.net = Net()
        self.roots: dict[int, Root] = {}
        self.silent: dict[int, Root] = {}
        self._aliases = aliases
        self._pairs: set[tuple[int, int, int]] = set()

    def node(self, key: str) -> int:
        """The node of a thing by its printed name, whichever of its names that is."""
        known = self.net.index.get(key)
        if known is not None:
            return known
        name = self._aliases.get(key, key)
        node = self.net.node(name)
        if name != key:
            self.net.alias(key, node)
        return node

    def root(self, node: int, root: Root) -> None:
        """Let a node live by itself; the strongest and then the newest reason is told."""
        if not root.level:
            self.silent.setdefault(node, root)
            return
        self.net.root(node, root.level)
        known = self.roots.get(node)
        if known is None or _rank(known) < _rank(root):
            self.roots[node] = root

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


def _rank(root: Root) -> tuple[int, str, int]:
    return root.level, root.last.isoformat() if root.last else "", root.actors or 0
