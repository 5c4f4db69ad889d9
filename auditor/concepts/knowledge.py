"""What makes an object one concept or another, read from data: names, fields, and the weights of the signals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from auditor.concepts.natures import NATURE_OF
from auditor.config.nodes import ValueReader, nearest
from auditor.dataclasses import dataclass, field
from auditor.formats.yamlnodes import Problems, YamlNode

_FILES = ("concepts.yaml", "model.yaml")
Named = tuple[str, tuple[str, ...]]
"""Concept and pattern."""
Spoken = tuple[str, tuple[str, ...], float]
"""Concept, pattern and weight."""
_CONCEPT = ("sentence", "names", "fields")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that an object can be for the business."""

    name: str
    nature: str
    sentence: str
    names: tuple[tuple[str, ...], ...]
    """Patterns of terms; the last of each is the head of the name."""
    fields: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    """Patterns of terms of fields, or one predicate (`~line`), with what each says for or against the concept."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that the classifier knows besides the words."""

    concepts: tuple[Concept, ...]
    implies: Mapping[str, str]
    """Term → a wider one that it also is (`customer_number` → `customer`)."""
    weights: Mapping[str, float]
    """Signal → its weight, learned offline (bench/train_concepts.py)."""
    names: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    """Last term → patterns of names that end in it, so that few are tried."""
    fields: Mapping[str, tuple[Spoken, ...]] = field(default_factory=dict)
    """Last term → patterns of fields that end in it."""


def assembled(
    concepts: tuple[Concept, ...], implies: Mapping[str, str], weights: Mapping[str, float]
) -> Knowledge:
    """Knowledge with its indexes."""
    names: dict[str, list[Named]] = {}
    fields: dict[str, list[Spoken]] = {}
    for concept in concepts:
        for pattern in concept.names:
            names.setdefault(pattern[-1], []).append((concept.name, pattern))
        for pattern, weight in concept.fields.items():
            fields.setdefault(pattern[-1], []).append((concept.name, pattern, weight))
    return Knowledge(
        concepts,
        implies,
        weights,
        {term: tuple(found) for term, found in names.items()},
        {term: tuple(found) for term, found in fields.items()},
    )


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """What ships with the packs (`policies/lexicon/concepts.yaml` and `model.yaml`)."""
    from importlib.resources import files

    folder = files("auditor.policies").joinpath("lexicon")
    concepts, model = (folder.joinpath(name).read_bytes() for name in _FILES)
    return read_knowledge(concepts, model)


def read_knowledge(concepts: bytes, model: bytes) -> Knowledge:
    """Read both documents.

    Raises:
        ConfigurationError: with every problem.
    """
    from auditor.formats.yamls import read_noting

    problems = Problems()
    reader = _Reader(problems)
    root = read_noting(concepts, _FILES[0], problems)
    weights = read_noting(model, _FILES[1], problems)
    found = tuple(reader.concepts(root))
    numbers = dict(reader.numbers(weights.get("weights")))
    problems.check()
    return assembled(found, reader.mapping(root.get("implies")), numbers)


class _Reader(ValueReader):
    """Turns nodes into concepts."""

    def concepts(self, root: YamlNode) -> Iterator[Concept]:
        node = root.get("concepts")
        for name, place, told in node.entries() if node is not None else ():
            if name not in NATURE_OF:
                self.problems.add(place, f"no concept {name!r}{nearest(name, NATURE_OF)}")
            elif self.keys(told, _CONCEPT, ("sentence", "names")):
                names = tuple(tuple(each.split()) for each in self.text(told.get("names")).split(",") if each)
                fields = {tuple(key.split()): weight for key, weight in self.numbers(told.get("fields"))}
                yield Concept(name, NATURE_OF[name], self.text(told.get("sentence")), names, fields)

    def numbers(self, node: YamlNode | None) -> Iterator[tuple[str, float]]:
        """Keys with numbers."""
        for key, _, value in node.entries() if node is not None else ():
            if isinstance(value.scalar, int | float):
                yield key, float(value.scalar)
            else:
                self.problems.add(value, f"{value.text!r} is no number")
