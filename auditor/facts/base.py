"""How facts are declared and answered: lazily, each once, from one graph and what evidence says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from auditor.dataclasses import dataclass, field
from auditor.facts.columns import Column, Kept, Memo, Shelf
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.limits import Limits
from auditor.facts.words import Wording
from auditor.graph.nodes import ComponentNode, FieldNode, NodeKind, ObjectNode
from auditor.graph.schema import SchemaGraph
from auditor.model.charter import Charter
from auditor.model.liveness import Showing
from auditor.model.matches import DeclaredPair
from auditor.model.observations import Evidence
from auditor.model.proposals import Request
from auditor.model.testimony.table import BY_KIND, platforms_of
from auditor.model.truth import Truth
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType, Related, RelationSpec, Vocabulary, some_edge

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a company may decide about facts; days are calendar days.

    `complete` names what the company declares to be read completely: a component kind or channel (`report`,
    `api`), with `system:` before it where only one system is meant, or `repository` for all component kinds.
    """

    as_of: date
    in_use_days: int = 90
    """An object is in use when rows were created or touched in so many days before `as_of`."""
    used_days: int = 365
    """A use that was seen so many days before `as_of`, or fewer, keeps alive: what happens once a year happens."""
    showing: Showing = Showing.POSSIBLE
    """What being shown on a page counts for."""
    fresh_days: int = 31
    """Evidence that ends so many days before `as_of`, or fewer, counts as reaching it."""
    complete: frozenset[str] = frozenset()
    editions: Mapping[str, str] = field(default_factory=dict)
    """System → edition of the platform, where declared."""
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Business area → patterns of object names; the first area in order of name that fits is an object's."""
    charter: Charter | None = None
    """What the company signed; None: nothing."""
    lexicon: tuple[Path, ...] = ()
    """Files of business words of the company's own."""
    maps: tuple[DeclaredPair, ...] = ()
    """What is declared to be kept in step between a CRM and an ERP."""
    pipelines: frozenset[str] = frozenset()
    """Systems whose pipeline's users are declared: whoever else changes a definition is outside of it."""
    requests: Mapping[str, Request] = field(default_factory=dict)
    """Printed name of a field or object → what was said when it was asked for, proposals and decisions alike."""

    @property
    def in_use_since(self) -> date:
        """First day of the window in which an object must have been touched to be in use."""
        return self.as_of - timedelta(days=self.in_use_days)

    def area_of(self, object_name: str) -> str | None:
        """The business area that an object is mapped to; None where it is mapped to none."""
        fitting = (
            area for area in sorted(self.areas) for glob in self.areas[area] if fnmatchcase(object_name, glob)
        )
        return next(fitting, None)

    def is_complete(self, system: str, channel: str) -> bool:
        """Whether the company vouches for a channel of a system."""
        return channel in self.complete or f"{system}:{channel}" in self.complete

    def reaches_now(self, until: date) -> bool:
        """Whether evidence that ends on a day still speaks of the present."""
        return until >= self.as_of - timedelta(days=self.fresh_days)


@dataclass(frozen=True, slots=True)
class Fact:
    """One word with the function that answers it. `source` says in words where a value came from."""

    spec: FactSpec
    compute: Callable[[Facts, str], Value]
    source: Callable[[Facts, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation with the function that answers it; it gives edges sorted by subject.

    `linked` says whether there is any neighbour, where that is cheaper to tell than who they are.
    """

    spec: RelationSpec
    compute: Callable[[Facts, str], Related]
    linked: Callable[[Facts, str], Truth] | None = None

    def is_linked(self, facts: Facts, subject: str) -> Truth:
        """Whether there is any neighbour, by who they are."""
        return some_edge(facts.related(subject, self.spec.name))


class Facts:
    """Answers about the nodes of one graph (a `FactBase`). Each fact of each subject is computed at most once."""

    def __init__(
        self,
        graph: SchemaGraph,
        evidence: Evidence | EvidenceIndex,
        settings: Settings,
        limits: Limits,
        words: Wording[Fact, Relation],
    ) -> None:
        self.graph = graph
        self.evidence = EvidenceIndex(evidence) if isinstance(evidence, Evidence) else evidence
        self.settings = settings
        self.limits = limits
        self._words = words
        self._columns: dict[str, Column[Value]] = {}
        self._sources: dict[str, Column[str]] = {}
        self._related: dict[str, Column[Related]] = {}
        self._linked: dict[str, Column[Truth]] = {}
        self._places = Memo(graph.place_of)
        self._alike: Kept[Value] = {each: {} for each in _ALIKE}
        self._nobody: dict[Unknown | None, Related] = {}
        self._subjects: dict[str, tuple[str, ...]] = {}
        self.shelf = Shelf()
        self._memos: dict[Callable[[Facts, str], Any], Memo[Any]] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words it can answer."""
        return self._words.vocabulary

    def subjects(self, kind: str) -> Sequence[str]:
        """Printed names of all nodes of a kind, sorted; components that are only mentioned are left out."""
        if kind not in self._subjects:
            keys = self.graph.keys(NodeKind(kind))
            if kind == NodeKind.COMPONENT:
                keys = [key for key in keys if self.graph.component(key).exists]
            self._subjects[kind] = tuple(keys)
        return self._subjects[kind]

    def is_a(self, subject: str, kinds: Collection[str]) -> bool:
        """Whether a subject is one of `subjects` of some kinds."""
        kind, graph = self.graph.kind_of(subject), self.graph
        return kind in kinds and (kind is not NodeKind.COMPONENT or graph.component(subject).exists)

    def fact(self, subject: str, name: str) -> Value:
        """The value of a fact; absent where the vocabulary has the word for other kinds of node only.

        Raises `KeyError` where the vocabulary has no such fact, or the graph no such subject.
        """
        return self._column(name)[subject]

    def reader(self, name: str) -> Callable[[str], Value]:
        """`fact` for one name, as a function of the subject."""
        return self._column(name).__getitem__

    def column(self, name: str, subjects: Sequence[str]) -> Sequence[Value]:
        """`fact` for many subjects at once."""
        return self._column(name).of(subjects)

    def related(self, subject: str, relation: str) -> Related:
        """The neighbours in a relation, sorted by subject. Raises as `fact` does."""
        return self._relation(relation)[subject]

    def linked(self, relation: str) -> Callable[[str], Truth]:
        """Whether a subject has any neighbour in a relation, as a function of the subject."""
        column = self._linked.get(relation)
        if column is None:
            fetch = partial(self._links, relation)
            column = self._linked[relation] = Column(self.graph.kind_of, fetch, Truth.FALSE, {})
        return column.__getitem__

    def source_of(self, subject: str, name: str) -> str:
        """Which usage sources a fact's value came from; empty where it is the schema itself."""
        column = self._sources.get(name)
        if column is None:
            column = self._sources[name] = Column(self.graph.kind_of, partial(self._told, name), "", {})
        return column[subject]

    def place_of(self, subject: str) -> tuple[str, int | None]:
        """Path and line where the subject is defined; empty path where it has none."""
        return self._places[subject]

    def over(self, graph: SchemaGraph, evidence: Evidence | EvidenceIndex | None = None) -> Facts:
        """Facts of another graph, by the same evidence if no other is given, with nothing worked out yet."""
        told = self.evidence if evidence is None else evidence
        return Facts(graph, told, self.settings, self.limits, self._words)

    def once(self, name: tuple[str, str], make: Callable[[], _T]) -> _T:
        """What several facts need and is dear to make (an index of labels): made at the first call."""
        return self.shelf.once(name, make)

    def memo(self, make: Callable[[Facts, str], _T]) -> Memo[_T]:
        """What several facts ask of a subject: worked out at the first asking by a function, which is its name."""
        known = self._memos.get(make)
        if known is None:
            known = self._memos[make] = Memo(partial(make, self))
        return known

    def obtainable(self, subject: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """Of some kinds of evidence those that the platform of a subject can have."""
        return self.settled_by(subject.partition(":")[0], *kinds) if kinds else ()

    def settled_by(self, system: str, *kinds: str) -> tuple[str, ...]:
        """Those evidence kinds that would settle a question about a system and that its platform has."""
        platforms = platforms_of(self.graph.system(system).source_kinds)
        return tuple(kind for kind in kinds if BY_KIND[kind].platform in platforms)

    def _column(self, name: str) -> Column[Value]:
        column = self._columns.get(name)
        if column is None:
            column = Column(self.graph.kind_of, partial(self._computed, name), ABSENT, self._alike)
            self._columns[name] = column
        return column

    def _relation(self, name: str) -> Column[Related]:
        column = self._related.get(name)
        if column is None:
            column = self._related[name] = Column(self.graph.kind_of, partial(self._relating, name), NOBODY, {})
        return column

    def _computed(self, name: str) -> dict[str, Callable[[str], Value]]:
        return {kind: partial(rule.compute, self) for kind, rule in self._words.facts_named(name).items()}

    def _told(self, name: str) -> dict[str, Callable[[str], str]]:
        named = self._words.facts_named(name).items()
        return {kind: partial(rule.source, self) for kind, rule in named if rule.source is not None}

    def _relating(self, name: str) -> dict[str, Callable[[str], Related]]:
        return {kind: partial(self._neighbours, rule) for kind, rule in self._words.relations_named(name).items()}

    def _links(self, name: str) -> dict[str, Callable[[str], Truth]]:
        rules = self._words.relations_named(name).items()
        return {kind: partial(rule.linked or rule.is_linked, self) for kind, rule in rules}

    def _neighbours(self, rule: Relation, subject: str) -> Related:
        """The neighbours by a rule; those who have none for the same reason share the answer."""
        related = rule.compute(self, subject)
        return related if related.edges else self._nobody.setdefault(related.missing, related)


_FIELD = NodeKind.FIELD
_ALIKE = (Unknown, DateRange, Never, CountRange, float)
"""Types of answers that thousands share, and that nothing of another type equals."""
NOBODY = Related(())


def of_object(answer: Callable[[Facts, ObjectNode], Value]) -> Callable[[Facts, str], Value]:
    """A fact of objects from a function of the node."""
    return lambda facts, key: answer(facts, facts.graph.object(key))


def of_field(answer: Callable[[Facts, FieldNode], Value]) -> Callable[[Facts, str], Value]:
    """A fact of fields from a function of the node."""
    return lambda facts, key: answer(facts, facts.graph.field(key))


def of_component(answer: Callable[[Facts, ComponentNode], Value]) -> Callable[[Facts, str], Value]:
    """A fact of components from a function of the node."""
    return lambda facts, key: answer(facts, facts.graph.component(key))


def of_data(answer: Callable[[Facts, ObjectNode | FieldNode], Value]) -> Callable[[Facts, str], Value]:
    """A fact of objects and fields from a function of the node."""

    def compute(facts: Facts, key: str) -> Value:
        graph = facts.graph
        return answer(facts, graph.field(key) if graph.kind_of(key) is _FIELD else graph.object(key))

    return compute


def known(value: str | bool | int | None) -> Value:
    """A value that the definition itself holds: what is not written there is absent."""
    return ABSENT if value is None else str(value) if isinstance(value, str) else value


UNDEFINED = Unknown(
    "its definition was not read: it is only mentioned, or known from an export; retrieve it into the repository"
)
"""The answer about the definition of something that no source defines. No export holds definitions."""


OBJECT = frozenset({"object"})
FIELD = frozenset({"field"})
COMPONENT = frozenset({"component"})
DATA = OBJECT | FIELD
BOOLEAN, TEXT, TEXTS, ENUM = FactType.BOOLEAN, FactType.TEXT, FactType.TEXTS, FactType.ENUM
INTEGER, SHARE, DATE = FactType.INTEGER, FactType.SHARE, FactType.DATE
