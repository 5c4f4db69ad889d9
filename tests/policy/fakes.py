"""A fact base of plain dictionaries, with a vocabulary that holds one fact of every type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import (
    GLOBAL,
    Edge,
    FactSpec,
    FactType,
    Reach,
    Related,
    RelationSpec,
    Vocabulary,
    local,
    some_edge,
)

OBJECT, FIELD, COMPONENT = frozenset({"object"}), frozenset({"field"}), frozenset({"component"})
NEAR = Reach(0)
EVERYWHERE = OBJECT | FIELD | COMPONENT


def spec(
    name: str, kind: FactType, kinds: frozenset[str] = FIELD, reach: Reach = NEAR, **more: object
) -> FactSpec:
    values = more.get("values", ())
    assert isinstance(values, tuple)
    return FactSpec(
        name, kinds, kind, f"The {name}.", "fake", reach, values=values, settled_by=(f"{name}-export",)
    )


EDGE_FACTS = (
    spec("access", FactType.ENUM, frozenset(), values=("reads", "writes", "shows")),
    spec("score", FactType.SHARE, frozenset()),
)

VOCABULARY = Vocabulary(
    facts=(
        spec("active", FactType.BOOLEAN, COMPONENT),
        spec("alive", FactType.BOOLEAN, FIELD, GLOBAL),
        spec("created", FactType.DATE),
        spec("custom", FactType.BOOLEAN, OBJECT | FIELD),
        spec("description", FactType.TEXT),
        spec("fill_rate", FactType.SHARE),
        spec("label", FactType.TEXT, EVERYWHERE),
        spec("last_read", FactType.DATE),
        spec("length", FactType.INTEGER),
        spec("quality", FactType.ENUM, values=("missing", "short", "present")),
        spec("role", FactType.ENUM, OBJECT | FIELD, values=("crm", "erp")),
        spec("rows", FactType.INTEGER, OBJECT),
        spec("tags", FactType.TEXTS),
    ),
    relations=(
        RelationSpec("fields", OBJECT, FIELD, "Fields of an object.", "fake", settled_by=("describe",)),
        RelationSpec("looks_up", OBJECT, OBJECT, "Objects it points at.", "fake"),
        RelationSpec("mentions", COMPONENT, OBJECT | FIELD, "What a component mentions.", "fake", EDGE_FACTS),
        RelationSpec("object", FIELD, OBJECT, "The object of a field.", "fake"),
        RelationSpec(
            "referenced_by", FIELD, COMPONENT, "Components that mention it.", "fake", EDGE_FACTS, local(1)
        ),
    ),
)


@dataclass
class FakeFacts:
    """Answers from dictionaries; what is not in them is unknown, a relation not in them is empty."""

    nodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: dict[tuple[str, str], Value] = field(default_factory=dict)
    relations: dict[tuple[str, str], Related] = field(default_factory=dict)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    words: Vocabulary = VOCABULARY

    @property
    def vocabulary(self) -> Vocabulary:
        return self.words

    def subjects(self, kind: str) -> Sequence[str]:
        return self.nodes.get(kind, ())

    def is_a(self, subject: str, kinds: Collection[str]) -> bool:
        return any(subject in self.nodes.get(kind, ()) for kind in kinds)

    def fact(self, subject: str, name: str) -> Value:
        return self.facts.get((subject, name), Unknown(f"{name} was not read", (f"{name}-export",)))

    def reader(self, name: str) -> Callable[[str], Value]:
        return lambda subject: self.fact(subject, name)

    def column(self, name: str, subjects: Sequence[str]) -> Sequence[Value]:
        return [self.fact(subject, name) for subject in subjects]

    def related(self, subject: str, relation: str) -> Related:
        return self.relations.get((subject, relation), Related(()))

    def linked(self, relation: str) -> Callable[[str], Truth]:
        return lambda subject: some_edge(self.related(subject, relation))

    def obtainable(self, _subject: str, kinds: Sequence[str]) -> tuple[str, ...]:
        return tuple(kinds)

    def source_of(self, subject: str, name: str) -> str:
        return "fake" if (subject, name) in self.facts else ""

    def place_of(self, subject: str) -> tuple[str, int | None]:
        return self.places.get(subject, ("", None))


def edges(*subjects: str, missing: Unknown | None = None) -> Related:
    """Certain neighbours without attributes."""
    return Related(tuple(Edge(subject) for subject in subjects), missing)


@dataclass
class FakeLibrary:
    """Documents by reference."""

    documents: dict[str, str]

    def read(self, reference: str) -> bytes:
        if reference not in self.documents:
            raise FileNotFoundError(reference)
        return self.documents[reference].encode()

    def packs(self) -> Sequence[str]:
        return sorted(name.removeprefix("pack:") for name in self.documents if name.startswith("pack:"))
