"""Reads what fixtures say of nodes: facts by name, and relations as lists of neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import YamlNode
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec
from auditor.policy.complaints import Complaints
from auditor.policy.literals import OperandError
from auditor.policy.testing.literals import day_of, left_open, read_value
from auditor.policy.testing.worlds import World, unscanned

Entry = tuple[YamlNode, YamlNode]
NEIGHBOUR_KEYS = ("kind", "node", "edge", "possible", "times")
MOST_TIMES = 2000


@dataclass(slots=True)
class NodeReader:
    """Puts nodes into a world as a fixture describes them; what is wrong is noted."""

    world: World
    note: Complaints
    as_of: date

    def name_all(self, node: YamlNode | None) -> None:
        """Read `nodes:`, which several subjects may name as neighbours: all names before what is said of them."""
        entries = () if node is None else tuple(node.entries())
        kinds = {name: value.get("kind") for name, _, value in entries}
        for name, key, _ in entries:
            kind = kinds[name]
            if kind is None or kind.text not in self.note.words.kinds:
                self.note.add(
                    kind or key, f"node {name!r} needs a kind: one of {', '.join(self.note.words.kinds)}"
                )
            else:
                self.world.add(kind.text, name)
        for name, _, value in entries:
            kind = kinds[name]
            if kind is not None and kind.text in self.note.words.kinds:
                rest = [(key, said) for word, key, said in value.entries() if word != "kind"]
                self.describe(name, kind.text, rest)

    def describe(self, subject: str, kind: str, entries: Iterable[Entry]) -> None:
        """Read the facts and relations of one node."""
        words = self.note.words
        for key, value in entries:
            if (kind, key.text) in words.relations:
                related = self._related(subject, words.relations[kind, key.text], value)
                self.world.relations[subject, key.text] = related
            elif (kind, key.text) in words.facts:
                self.world.facts[subject, key.text] = self._value(words.facts[kind, key.text], value)
            else:
                self.note.no_fact(key, [kind], words.relation_names([kind]))

    def day(self, node: YamlNode) -> date | None:
        """Read a day such as `90d ago`."""
        try:
            return day_of(node.text, self.as_of)
        except OperandError as error:
            self.note.add(node, str(error))
            return None

    def _value(self, fact: FactSpec, node: YamlNode) -> Value:
        try:
            return read_value(fact, node, self.as_of)
        except OperandError as error:
            self.note.add(node, str(error))
            return left_open(fact)

    def _related(self, subject: str, relation: RelationSpec, node: YamlNode) -> Related:
        if not node.is_list:
            if node.text not in ("none", "unscanned"):
                self.note.add(node, f"{relation.name} is none, unscanned or a list of neighbours")
            return unscanned(relation.name) if node.text == "unscanned" else Related(())
        found: list[Edge] = []
        is_open = False
        for place, item in enumerate(node.items):
            if item.text == "unscanned":
                is_open = True
            else:
                found += self._neighbours(f"{subject}/{relation.name} {place + 1}", relation, item)
        related = Related(tuple(sorted(found, key=lambda edge: edge.subject)))
        return unscanned(relation.name, related) if is_open else related

    def _neighbours(self, name: str, relation: RelationSpec, node: YamlNode) -> list[Edge]:
        said = {word: value for word, _, value in node.entries()} if node.is_mapping else {"node": node}
        attributes = self._edge(relation, said.get("edge"))
        possible = "possible" in said and said["possible"].scalar is True
        if "node" in said:
            other = said["node"]
            if not any(other.text in names for names in self.world.nodes.values()):
                self.note.add(
                    other, f"{other.text!r} is no node: describe it under nodes:, or write it as a mapping"
                )
            return [Edge(other.text, attributes, possible)]
        kind = self._kind(relation, node, said.get("kind"))
        times = self._times(said.get("times"))
        rest = [(key, value) for word, key, value in node.entries() if word not in NEIGHBOUR_KEYS]
        edges = []
        for number in range(times if kind else 0):
            other_name = self.world.add(kind, name if times == 1 else f"{name}.{number:04}")
            self.describe(other_name, kind, rest)
            edges.append(Edge(other_name, attributes, possible))
        return edges

    def _kind(self, relation: RelationSpec, node: YamlNode, said: YamlNode | None) -> str:
        if said is None and len(relation.to) == 1:
            return next(iter(relation.to))
        if said is None or said.text not in relation.to:
            self.note.add(said or node, f"{relation.name} needs kind: one of {', '.join(sorted(relation.to))}")
            return ""
        return said.text

    def _times(self, node: YamlNode | None) -> int:
        times = 1 if node is None else node.scalar
        if isinstance(times, bool) or not isinstance(times, int) or not 1 <= times <= MOST_TIMES:
            assert node is not None
            self.note.add(node, f"times is a whole number from 1 to {MOST_TIMES:,}")
            return 1
        return times

    def _edge(self, relation: RelationSpec, node: YamlNode | None) -> tuple[tuple[str, Value], ...]:
        known = {spec.name: spec for spec in relation.edge}
        found: list[tuple[str, Value]] = []
        for word, key, value in () if node is None else node.entries():
            if word not in known:
                self.note.unknown(key, f"attribute of an edge of {relation.name}", known)
            else:
                found.append((word, self._value(known[word], value)))
        return tuple(entry for entry in found if not isinstance(entry[1], Unknown))
