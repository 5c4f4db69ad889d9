"""What the fields of an object say: each field read into terms, with its head."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.concepts.profile import FieldProfile
from auditor.dataclasses import dataclass
from auditor.lexicon.reading import NameReader, Part, head_of
from auditor.model.datatypes import DataType, normalise_type

LIGHT = frozenset({"number", "name", "filler", "posted", "of", "internal", "related", "additional", "description"})
"""Terms that say how a thing is named or numbered, not what it is: `customer no`, `product name` point at one."""
AUDIT = "audit_field"
_BATCHES = frozenset(
    (
        "batch",
        "batches",
        "lot",
        "lots",
        "charge",
        "chargen",
        "parti",
        "partier",
        "partij",
        "partijen",
        "lote",
        "lotes",
        "lotto",
        "lotti",
        "erä",
        "erät",
        "partia",
    )
)
"""Words for a batch of goods, in the languages of the lexicon: which goods they are, and no figure of how many."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field as it is read."""

    name: str
    heads: frozenset[str]
    """Terms of the head, and of the last part that is not light."""
    terms: frozenset[str]
    """Terms of all parts."""
    type: DataType | None = None
    batch: bool = False
    """Whether it tells a batch or lot from others: what its head names is one, and no figure of it."""

    @property
    def unnamed_number(self) -> bool:
        """Whether it holds a number that its name does not explain."""
        return self.type is DataType.NUMBER and not self.heads - LIGHT

    @property
    def audit(self) -> bool:
        """Whether the platform keeps it (who created the record, and when)."""
        return AUDIT in self.terms


def read_field(
    field: FieldProfile, reader: NameReader, implies: Mapping[str, str], language: str | None
) -> FieldWords:
    """Read one field; a short name (`MATNR`) is read in its plain words, a label where the name says nothing."""
    spelled = reader.lexicon.field_name(field.name)
    parts = reader.parts(spelled or field.name, language)
    if field.label and not any(part.terms for part in parts):
        parts = reader.parts(field.label, language)
    heads, terms = _heads(parts, language), frozenset[str]().union(*(part.terms for part in parts))
    for target in field.targets:
        heads |= _heads(reader.parts(target), None)
    kind = DataType.REFERENCE if field.targets else normalise_type(field.type)
    batch = _names_batch(parts, language)
    return FieldWords(field.name, _widened(heads, implies), _widened(heads | terms, implies), kind, batch)


def _heads(parts: tuple[Part, ...], language: str | None) -> frozenset[str]:
    if not parts:
        return frozenset()
    head = head_of(parts, language)
    heads = set(parts[head].terms)
    heavy = _heavy(parts, head)
    if not parts[head].terms - LIGHT and heavy is not None:
        heads |= heavy.terms
    return frozenset(heads)


def _heavy(parts: tuple[Part, ...], head: int) -> Part | None:
    """The last part up to the head that says what a thing is, rather than how it is named or numbered."""
    heavy = (part for part in reversed(parts[: head + 1]) if not part.terms or part.terms - LIGHT)
    return next(heavy, None)


def _names_batch(parts: tuple[Part, ...], language: str | None) -> bool:
    heavy = _heavy(parts, head_of(parts, language)) if parts else None
    return heavy is not None and not _BATCHES.isdisjoint(heavy.text.casefold().split())


def _widened(terms: frozenset[str], implies: Mapping[str, str]) -> frozenset[str]:
    return terms | {implies[term] for term in terms if term in implies}
