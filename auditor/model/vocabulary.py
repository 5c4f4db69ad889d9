"""The contract between facts and policies: which words exist, and how their values are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import Protocol

from auditor.dataclasses import dataclass
from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value


class FactType(StrEnum):
    """What the known values of a fact are, and so which tests fit it."""

    BOOLEAN = "boolean"
    TEXT = "text"
    TEXTS = "texts"
    """Several texts, without order."""
    ENUM = "enum"
    INTEGER = "integer"
    SHARE = "share"
    """0..1; written `0.5` or `50%`."""
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far from the subject a fact looks: `hops` in the graph, or None for the whole graph.

    `ways` say where it looks within them, so that a change elsewhere need not be asked about: steps joined by
    dots, from the subject on, and after a colon what of the node at their end (`object`, `fields:which`,
    `:being`). auditor/gate/sights.py has the steps and looks. None: along any link, as far as the hops go.
    """

    hops: int | None
    ways: tuple[str, ...] | None = None

    @property
    def is_global(self) -> bool:
        """Whether the whole graph decides it (liveness, retained sets, one-to-one matches)."""
        return self.hops is None


def local(hops: int = 0, *ways: str) -> Reach:
    """A reach of so many hops, along some ways if any are given."""
    return Reach(hops, ways or None)


GLOBAL = Reach(None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """How findings say a fact; what is empty follows from its name and unit.

    `said` holds `{}` where the value stands, `never` is said of a day that never came, `noun` names the fact
    (`no help text`).
    """

    said: str = ""
    never: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One word of the vocabulary: on which kinds of node, of which type, and what it means in one sentence."""

    name: str
    kinds: frozenset[str]
    type: FactType
    sentence: str
    family: str
    reach: Reach = Reach(0)
    unit: str = ""
    values: tuple[str, ...] = ()
    """Of an enumeration."""
    unknown_when: str = ""
    """In which case it is unknown, one clause."""
    settled_by: tuple[str, ...] = ()
    """Evidence kinds that settle it, cheapest first."""
    absent_when: str = ""
    """In which case it cannot apply, one clause."""
    phrase: Phrase = Phrase()


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """One relation of the vocabulary, from nodes of some kinds to nodes of others."""

    name: str
    kinds: frozenset[str]
    to: frozenset[str]
    sentence: str
    family: str
    edge: tuple[FactSpec, ...] = ()
    """Attributes of the edge itself (`access`, `part`, `certainty`, `score`)."""
    reach: Reach = Reach(1)
    unknown_when: str = ""
    settled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One neighbour in a relation. `possible`: it may not be one after all."""

    subject: str
    attributes: tuple[tuple[str, Value], ...] = ()
    possible: bool = False
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """The neighbours of a subject in one relation; `missing` says why there may be more (None: that is all)."""

    edges: tuple[Edge, ...]
    missing: Unknown | None = None


def some_edge(related: Related) -> Truth:
    """Whether there is at least one neighbour."""
    if any(not edge.possible for edge in related.edges):
        return Truth.TRUE
    return Truth.UNKNOWN if related.edges or related.missing is not None else Truth.FALSE


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts and relations, sorted by name. The same name may stand once for several kinds of node."""

    facts: tuple[FactSpec, ...]
    relations: tuple[RelationSpec, ...]


class FactBase(Protocol):
    """Answers about the nodes of one graph. Lazy: only what a policy asks for is computed."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words it can answer."""

    def subjects(self, kind: str) -> Sequence[str]:
        """Printed names of all nodes of a kind, sorted."""

    def is_a(self, subject: str, kinds: Collection[str]) -> bool:
        """Whether a subject is one of `subjects` of some kinds; they need not all be told for that."""

    def fact(self, subject: str, name: str) -> Value:
        """The value of a fact; `name` must be in the vocabulary for the subject's kind."""

    def reader(self, name: str) -> Callable[[str], Value]:
        """`fact` for one name, as a function of the subject: what is asked of many is looked up once."""

    def column(self, name: str, subjects: Sequence[str]) -> Sequence[Value]:
        """`fact` for many subjects at once, in their order."""

    def related(self, subject: str, relation: str) -> Related:
        """The neighbours in a relation, sorted by subject."""

    def linked(self, relation: str) -> Callable[[str], Truth]:
        """Whether a subject has any neighbour in a relation (`some_edge`), as a function of the subject."""

    def source_of(self, subject: str, name: str) -> str:
        """Which source a fact's value came from, in words for the report; empty where it is the graph itself."""

    def obtainable(self, subject: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """Of some kinds of evidence those that the platform of a subject can have."""

    def place_of(self, subject: str) -> tuple[str, int | None]:
        """Path and line where the subject is defined; empty path where it has none."""
