"""Small made-up companies that fixtures are judged in: nodes, their facts and relations, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from auditor.dataclasses import dataclass, field
from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import Related, Vocabulary, some_edge


@dataclass(slots=True)
class World:
    """A fact base of plain dictionaries. What is not said of a node, facts and relations alike, is unknown."""

    vocabulary: Vocabulary
    nodes: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[tuple[str, str], Value] = field(default_factory=dict)
    relations: dict[tuple[str, str], Related] = field(default_factory=dict)

    def add(self, kind: str, subject: str) -> str:
        """Put a node into it."""
        self.nodes.setdefault(kind, []).append(subject)
        return subject

    def subjects(self, kind: str) -> Sequence[str]:
        """All nodes of a kind, sorted."""
        return sorted(self.nodes.get(kind, ()))

    def is_a(self, subject: str, kinds: Collection[str]) -> bool:
        """Whether a node is of one of some kinds."""
        return any(subject in self.nodes.get(kind, ()) for kind in kinds)

    def fact(self, subject: str, name: str) -> Value:
        """The value of a fact; unknown where nothing is said of it."""
        value = self.facts.get((subject, name))
        return Unknown(f"nothing is said of {name}") if value is None else value

    def reader(self, name: str) -> Callable[[str], Value]:
        """`fact` for one name."""
        return lambda subject: self.fact(subject, name)

    def column(self, name: str, subjects: Sequence[str]) -> Sequence[Value]:
        """`fact` for many subjects."""
        return [self.fact(subject, name) for subject in subjects]

    def related(self, subject: str, relation: str) -> Related:
        """The neighbours in a relation; unscanned where nothing is said of it."""
        return self.relations.get((subject, relation)) or unscanned(relation)

    def linked(self, relation: str) -> Callable[[str], Truth]:
        """Whether a subject has any neighbour in a relation."""
        return lambda subject: some_edge(self.related(subject, relation))

    def obtainable(self, _subject: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """A fixture is of every platform."""
        return tuple(kinds)

    def source_of(self, subject: str, name: str) -> str:
        """The fixture is the source of everything."""
        return "fixture" if (subject, name) in self.facts else ""

    def place_of(self, subject: str) -> tuple[str, int | None]:
        """What is made up stands nowhere."""
        return "", None


def unscanned(relation: str, related: Related | None = None) -> Related:
    """A relation of which more neighbours may exist than are known."""
    edges = () if related is None else related.edges
    return Related(edges, Unknown(f"{relation} was not scanned"))
