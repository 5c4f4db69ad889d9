"""Liveness after a change: what it touches is woven anew, and only the cone that it alters is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.dataclasses import dataclass, field
from auditor.facts.liveness.engine import Liveness, liveness_of
from auditor.facts.liveness.recorded import Reasons
from auditor.facts.liveness.spread import Sides, same_thing, strangers
from auditor.facts.liveness.strands import Arrow, Strands, strands_of
from auditor.facts.liveness.usage import Root, is_removed
from auditor.facts.liveness.weaver import stronger
from auditor.graph.liveness.altered import AlteredNet
from auditor.graph.liveness.net import helped, is_helper
from auditor.graph.liveness.rederiving import rederive
from auditor.graph.nodes import NodeKind
from auditor.model.liveness import Showing
from auditor.model.observations import Deed


@dataclass(frozen=True, slots=True)
class LivenessAfter:
    """Liveness after a change; `differing` are the nodes that live otherwise or by other ways than before.

    `gone` and `come` are the ends of the arrows that only one side has.
    """

    living: Liveness
    differing: frozenset[int]
    gone: frozenset[tuple[int, int]]
    come: frozenset[tuple[int, int]]


def liveness_after(sides: Sides, woven: Iterable[str]) -> LivenessAfter:
    """The liveness after a change; `woven` are the things of which other strands may come (`spread`)."""
    strands = _Strands(sides, set(woven))
    strands.complete()
    old = liveness_of(sides.before)
    patch = _Patch(old, strands)
    patch.arrows()
    patch.reasons()
    patch.drop()
    heads = frozenset(patch.altered)
    read = rederive(patch.net, old.read, heads, Showing.IGNORED)
    showing = sides.after.settings.showing
    seen = read if showing is Showing.IGNORED else rederive(patch.net, old.marks, heads, showing)
    moved = seen.changed | read.changed | patch.reasoned
    after = Liveness(patch.net, seen.marks, read.marks, patch.roots, patch.silent)
    differing = heads | moved | _kept(patch.net, moved)
    return LivenessAfter(after, differing, frozenset(patch.gone), frozenset(patch.come))


def _kept(net: AlteredNet, nodes: Iterable[int]) -> frozenset[int]:
    return frozenset(packed >> 3 for node in nodes for packed in net.arrows[node])


class _Strands:
    """The strands on both sides of everything that is woven anew."""

    def __init__(self, sides: Sides, keys: set[str]) -> None:
        self.sides = sides
        self.keys: set[str] = set()
        self.old = _Sum()
        self.new = _Sum()
        self._waiting = keys

    def complete(self) -> None:
        """Weave, and go on with whoever else brings what these bring no more, or reasons for the same nodes."""
        self._waiting |= {each for key in self._waiting for each in self._named_by_logs(key)}
        while self._waiting:
            for key in sorted(self._waiting):
                self.old.add(strands_of(self.sides.before, key))
                self.new.add(strands_of(self.sides.after, key))
            self.keys |= self._waiting
            self._waiting = {*self._other_witnesses(), *self._other_reasons()} - self.keys

    def _named_by_logs(self, key: str) -> Iterable[str]:
        """Fields that were read through a component that is on one side only, whether or not it mentions them."""
        kinds = {each.graph.kind_of(key) for each in self.sides.both}
        stays = len(kinds) < len(self.sides.both) and len({is_removed(each, key) for each in self.sides.both}) == 1
        if stays or NodeKind.COMPONENT not in kinds:
            return ()
        net = liveness_of(self.sides.before).net
        node = net.index.get(key)
        kept = () if node is None else net.arrows[node]
        seen = (each for packed in kept for each in self._seen_through(key, net.names[packed >> 3]))
        return *seen, *strangers(self.sides.before).get(key, ())

    def _other_witnesses(self) -> set[str]:
        """Fields of which logs say that they were read through a component that no longer mentions them."""
        lost = self.old.arrows - self.new.arrows
        return {key for keeper, kept, _ in lost for key in self._seen_through(keeper, kept)}

    def _other_reasons(self) -> set[str]:
        """Whoever else may bring a reason to live for a node that lost or gained one."""
        found: set[str] = set()
        net = liveness_of(self.sides.before).net
        for name in self.differing():
            found.update(same_thing(self.sides, helped(name)))
            node = net.index.get(name)
            if node is None or is_helper(name):
                continue
            for packed in net.arrows[node]:
                kept = net.names[packed >> 3]
                if is_helper(kept):
                    found.add(helped(kept))
                else:
                    found.update(self._seen_through(name, kept))
        return found

    def differing(self) -> list[str]:
        """Nodes whose reasons differ, sorted."""
        return sorted(
            {
                name
                for old, new in ((self.old.roots, self.new.roots), (self.old.silent, self.new.silent))
                for name in {*old, *new}
                if old.get(name) != new.get(name)
            }
        )

    def _seen_through(self, keeper: str, kept: str) -> list[str]:
        """The fields that have their node under a name and that logs saw read through a component."""
        if "/" not in keeper:
            return []
        evidence = self.sides.after.evidence
        return [
            key
            for key in same_thing(self.sides, kept)
            if any(each.via == keeper for each in evidence.observations(key, Deed.READ))
        ]


@dataclass(slots=True)
class _Sum:
    """What several things bring together."""

    needs: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    arrows: set[Arrow] = field(default_factory=set)
    roots: dict[str, Root] = field(default_factory=dict)
    silent: dict[str, Root] = field(default_factory=dict)

    def add(self, strands: Strands) -> None:
        self.needs.update(strands.needs)
        self.names.update(strands.names)
        self.arrows |= strands.arrows
        for mine, others in ((self.roots, strands.roots), (self.silent, strands.silent)):
            for name, root in others.items():
                mine[name] = stronger(mine.get(name), root)


class _Patch:
    """The net of before while the strands are exchanged; `altered` are nodes whose equation is another one."""

    def __init__(self, before: Liveness, strands: _Strands) -> None:
        self.net = AlteredNet(before.net)
        self.roots = Reasons(before.roots)
        self.silent = Reasons(before.silent)
        self.altered: set[int] = set()
        self.gone: set[tuple[int, int]] = set()
        self.come: set[tuple[int, int]] = set()
        self.reasoned: set[int] = set()
        """Nodes that live by themselves at another level or for another reason."""
        self._strands = strands

    def arrows(self) -> None:
        """Draw what is new, free what is gone."""
        old, new = self._strands.old, self._strands.new
        for name, needs in new.needs.items():
            if name not in self.net.index:
                self.altered.add(self.net.node(name, needs))
        for other, name in new.names.items():
            self.net.alias(other, self.net.index[name])
        for keeper, kept, strength in sorted(old.arrows - new.arrows):
            ends = one, node = self.net.index[keeper], self.net.index[kept]
            self.net.free(one, node, strength)
            self.altered.add(node)
            self.gone.add(ends)
        for keeper, kept, strength in sorted(new.arrows - old.arrows):
            ends = one, node = self.net.index[keeper], self.net.index[kept]
            if self.net.keep(one, node, strength):
                self.altered.add(node)
                self.come.add(ends)

    def reasons(self) -> None:
        """Exchange the reasons to live, and those of what does not."""
        new = self._strands.new
        for name in self._strands.differing():
            node = self.net.index[name]
            root = new.roots.get(name)
            self.roots.own[node] = root
            self.silent.own[node] = new.silent.get(name)
            level = 0 if root is None else root.level
            if self.net.roots[node] != level:
                self.net.roots[node] = level
                self.altered.add(node)
            self.reasoned.add(node)

    def drop(self) -> None:
        """Let nodes go that nothing brings any more."""
        old, new = self._strands.old.needs, self._strands.new.needs
        for name in sorted(old.keys() - new.keys()):
            node = self.net.index[name]
            if not self.net.arrows[node] and not self.net.keepers[node] and not self._stays(name):
                self.altered.add(node)
                self.net.drop(name)

    def _stays(self, name: str) -> bool:
        sides = self._strands.sides
        return any(name in strands_of(sides.after, key).needs for key in same_thing(sides, helped(name)))
