"""Reads conditions: YAML nodes in, typed and checked conditions out, every problem noted with its place."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.model.vocabulary import FactSpec, FactType, RelationSpec
from auditor.policy.complaints import Complaints, shown
from auditor.policy.literals import OperandError, read_operand
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Hop,
    KindIs,
    Negation,
    Neighbourhood,
    Operator,
    Place,
    Quantified,
    Quantifier,
)
from auditor.policy.words import Words

GROUPS = ("all", "any", "not")
QUANTIFIERS = (*(str(quantifier) for quantifier in Quantifier), "count")
NEIGHBOURHOOD_KEYS = ("rel", "path", "edge", "where", "depth")
HOP_KEYS = ("rel", "edge", "where")
MAX_DEPTH = 10
"""How many times a relation may be followed."""
_COUNT = FactSpec("count", frozenset(), FactType.INTEGER, "How many neighbours there are.", "")
_COUNTING = frozenset(
    {Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.IN, Operator.NOT_IN}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition speaks of: nodes of some kinds, or the edges of one relation."""

    kinds: frozenset[str]
    edge: RelationSpec | None = None

    @property
    def name(self) -> str:
        """For messages: `field`, `component or object`, `an edge of fields`."""
        return f"an edge of {self.edge.name}" if self.edge else " or ".join(sorted(self.kinds))


class ConditionReader:
    """Reads conditions against one vocabulary. What cannot be read is None, and a problem is noted."""

    def __init__(self, words: Words, problems: Problems) -> None:
        self.words = words
        self.problems = problems
        self.note = Complaints(problems, words)

    def read(self, node: YamlNode, scope: Scope) -> Condition | None:
        """Read a condition: a mapping whose entries must all hold."""
        if node.is_list:
            self.note.add(node, "a list of conditions stands under all: (every one holds) or any: (one holds)")
            return None
        if not node.is_mapping:
            self.note.add(node, f"a condition is a mapping such as {{custom: true}}, not {shown(node)}")
            return None
        if not node.pairs:
            self.note.add(node, "an empty condition says nothing: write a fact, all:, any: or not:")
            return None
        parts = [self._entry(key, value, scope) for _, key, value in node.entries()]
        return _joined(parts, _place(node))

    def _entry(self, key: YamlNode, value: YamlNode, scope: Scope) -> Condition | None:
        word = key.text
        if word in ("all", "any"):
            return self._group(key, value, scope)
        if word == "not":
            part = self.read(value, scope)
            return None if part is None else Negation(part, _place(key))
        if word in QUANTIFIERS:
            return self._quantified(key, value, scope)
        if word == "kind" and len(scope.kinds) > 1:
            return self._kind(value, scope)
        return self._fact(key, value, scope)

    def _group(self, key: YamlNode, value: YamlNode, scope: Scope) -> Condition | None:
        if not value.is_list or not value.items:
            self.note.add(value, f"{key.text} takes a list of at least one condition")
            return None
        parts = [self.read(item, scope) for item in value.items]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None
        return (AllOf if key.text == "all" else AnyOf)(known, _place(key))

    def _kind(self, value: YamlNode, scope: Scope) -> Condition | None:
        names = value.items if value.is_list else (value,)
        for name in names:
            if name.text not in scope.kinds:
                self.note.unknown(name, "kind of node here", scope.kinds)
                return None
        return KindIs(frozenset(name.text for name in names), _place(value))

    def _fact(self, key: YamlNode, value: YamlNode, scope: Scope) -> Condition | None:
        specs = self.fact_specs(key, scope)
        if not specs:
            return None
        fact = next(iter(specs.values()))
        if any((spec.type, spec.values) != (fact.type, fact.values) for spec in specs.values()):
            self.note.add(key, f"{fact.name} is of different types on {scope.name}: narrow the relation")
            return None
        tests = self.tests(value, fact)
        partial = scope.edge is None and len(specs) < len(scope.kinds)
        bearers = frozenset(specs) if partial else frozenset()
        return FactTest(fact, tests, bearers, _place(key)) if tests else None

    def fact_specs(self, key: YamlNode, scope: Scope) -> Mapping[str, FactSpec]:
        """The fact that a word names, by kind of node; empty (and a problem) where it names none."""
        word = key.text
        if scope.edge is not None:
            known = {spec.name: spec for spec in scope.edge.edge}
            if word in known:
                return {"": known[word]}
            self.note.unknown(key, f"attribute of {scope.name}", known)
            return {}
        specs = {
            kind: self.words.facts[kind, word] for kind in sorted(scope.kinds) if (kind, word) in self.words.facts
        }
        if not specs:
            self.note.no_fact(key, scope.kinds, (*GROUPS, *QUANTIFIERS))
        return specs

    def tests(self, node: YamlNode, fact: FactSpec) -> tuple[Comparison, ...]:
        """Read what a fact is put to: a value, a list of values, or operators; empty where that failed."""
        if node.is_list:
            return self._test(node, fact, Operator.IN)
        if not node.is_mapping:
            return self._bare(node, fact)
        if not node.pairs:
            self.note.add(node, f"{fact.name} is put to no test")
            return ()
        read = [self._operator(key, value, fact) for _, key, value in node.entries()]
        return tuple(test for part in read for test in part) if all(read) else ()

    def _bare(self, node: YamlNode, fact: FactSpec) -> tuple[Comparison, ...]:
        if node.is_empty:
            self.note.add(node, f"{fact.name} has no value: write one, or {{absent: true}}")
            return ()
        if node.text in (Operator.PRESENT, Operator.ABSENT) and not node.quoted and node.text not in fact.values:
            self.note.add(node, f"write {fact.name}: {{{node.text}: true}}")
            return ()
        if fact.type is FactType.TEXTS:
            self.note.add(node, f"{fact.name} is several texts: write {{contains: {node.text}}}")
            return ()
        return self._test(node, fact, Operator.EQ)

    def _operator(self, key: YamlNode, value: YamlNode, fact: FactSpec) -> tuple[Comparison, ...]:
        if key.text not in set(Operator):
            self.note.unknown(key, "test", Operator)
            return ()
        return self._test(value, fact, Operator(key.text))

    def _test(self, node: YamlNode, fact: FactSpec, operator: Operator) -> tuple[Comparison, ...]:
        try:
            return (Comparison(operator, read_operand(fact, operator, node), shown(node)),)
        except OperandError as error:
            self.note.add(node, str(error))
            return ()

    def _quantified(self, key: YamlNode, value: YamlNode, scope: Scope) -> Condition | None:
        word = key.text
        if scope.edge is not None:
            self.note.add(key, f"{word} cannot stand in a condition over an edge")
            return None
        if not value.is_mapping:
            self.note.add(value, f"{word} takes a mapping with rel: or path:")
            return None
        operators = set(_COUNTING) if word == "count" else set()
        if not self.note.known_keys(value, (*NEIGHBOURHOOD_KEYS, *sorted(operators)), f"key of {word}"):
            return None
        over = self._neighbourhood(value, scope, word)
        if word == "count":
            tests = self._count_tests(value)
            return Counted(over, tests, _place(key)) if over is not None and tests else None
        if word == Quantifier.EVERY and value.get("where") is None:
            self.note.add(value, "every takes where: what must hold for each neighbour")
            return None
        return None if over is None else Quantified(Quantifier(word), over, _place(key))

    def _count_tests(self, value: YamlNode) -> tuple[Comparison, ...]:
        read = [self._test(item, _COUNT, Operator(word)) for word, _, item in value.entries() if word in _COUNTING]
        if not read:
            self.note.add(value, "count takes at least one of eq, ne, gt, ge, lt, le, in, not_in")
        return tuple(test for part in read for test in part) if all(read) else ()

    def _neighbourhood(self, value: YamlNode, scope: Scope, word: str) -> Neighbourhood | None:
        rel, path = value.get("rel"), value.get("path")
        if (rel is None) == (path is None):
            self.note.add(value, f"{word} takes exactly one of rel: and path:")
            return None
        if rel is not None:
            hops, ends = self._hops((rel,), scope.kinds)
        elif path is not None and path.is_list and path.items:
            hops, ends = self._hops(path.items, scope.kinds)
        else:
            self.note.add(path or value, "path takes a list of relations, first hop first")
            return None
        if not hops:
            return None
        found = len(self.problems.found)
        hops = self._with_edge(value, hops)
        inner = value.get("where")
        where = None if inner is None else self.read(inner, Scope(ends))
        depth = self._depth(value, hops)
        return Neighbourhood(hops, where, depth) if len(self.problems.found) == found else None

    def _hops(self, nodes: tuple[YamlNode, ...], kinds: frozenset[str]) -> tuple[tuple[Hop, ...], frozenset[str]]:
        hops: list[Hop] = []
        for node in nodes:
            read = self._hop(node, kinds)
            if read is None:
                return (), kinds
            hop, kinds = read
            hops.append(hop)
        return tuple(hops), kinds

    def _hop(self, node: YamlNode, kinds: frozenset[str]) -> tuple[Hop, frozenset[str]] | None:
        name = node.get("rel") if node.is_mapping else node
        if name is None or not name.is_text:
            self.note.add(node, "a hop is the name of a relation, or a mapping with rel: and edge: or where:")
            return None
        if node.is_mapping and not self.note.known_keys(node, HOP_KEYS, "key of a hop"):
            return None
        specs = [
            self.words.relations[kind, name.text]
            for kind in sorted(kinds)
            if (kind, name.text) in self.words.relations
        ]
        if not specs:
            self.note.no_relation(name, kinds)
            return None
        ends = frozenset(kind for spec in specs for kind in spec.to)
        found = len(self.problems.found)
        hop = self._with_edge(node, (Hop(specs[0]),))[0]
        inner = node.get("where")
        if inner is not None:
            hop = Hop(hop.relation, hop.edge, self.read(inner, Scope(ends)))
        return (hop, ends) if len(self.problems.found) == found else None

    def _with_edge(self, node: YamlNode, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        edge, last = node.get("edge"), hops[-1]
        if edge is None:
            return hops
        if not last.relation.edge:
            self.note.add(edge, f"edges of {last.relation.name} have no attributes")
            return hops
        read = self.read(edge, Scope(frozenset(), last.relation))
        both = read if last.edge is None or read is None else AllOf((last.edge, read), _place(edge))
        return (*hops[:-1], Hop(last.relation, both, last.where))

    def _depth(self, value: YamlNode, hops: tuple[Hop, ...]) -> int:
        node = value.get("depth")
        if node is None:
            return 1
        depth = node.scalar
        if isinstance(depth, bool) or not isinstance(depth, int) or not 1 <= depth <= MAX_DEPTH:
            self.note.add(node, f"depth is a whole number from 1 to {MAX_DEPTH}, not {shown(node)}")
            return 1
        relation = hops[0].relation
        if depth > 1 and (len(hops) > 1 or not relation.to <= relation.kinds):
            self.note.add(node, "depth repeats one relation that leads from a kind of node to the same kind")
        return depth


def _place(node: YamlNode) -> Place:
    return Place(node.file, node.line, node.column)


def _joined(parts: list[Condition | None], place: Place) -> Condition | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0] if len(known) == 1 else AllOf(known, place)
