"""What a field is: its type and the properties of its definition."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import BOOLEAN, ENUM, FIELD, INTEGER, TEXT, UNDEFINED, Fact, Facts, known, of_field
from auditor.graph.nodes import FieldNode, KnownBy
from auditor.model.catalogue import Calculation, Field, Relationship
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType

FAMILY = "identity"


def data_type(node: FieldNode) -> DataType | None:
    """What a field holds; None where its type is not known. A formula has the type of its result."""
    return normalise_type(node.value.type) or (DataType.REFERENCE if node.value.reference_to else None)


def calculated(node: FieldNode) -> bool | None:
    """Whether nobody can write the field because the platform computes it; None where that was not read."""
    if node.value.calculation is not None:
        return True
    return None if node.implied else False


def demanded(field: Field) -> bool:
    """Whether a row cannot be saved without a value: by definition, or because a parent owns the row."""
    return field.required or field.relationship is Relationship.MASTER_DETAIL


def defaulted(field: Field) -> bool:
    """Whether a new row holds a value that nobody entered: a default, or a checkbox, which is never empty."""
    if normalise_type(field.type) is _BOOLEAN or field.default is not None:
        return True
    return any(value.default for value in field.picklist)


_BOOLEAN = DataType.BOOLEAN


def _type(facts: Facts, node: FieldNode) -> Value:
    if node.value.type is not None:
        return node.value.type
    return UNDEFINED if node.implied else Unknown("its source does not say the type")


def _data_type(facts: Facts, node: FieldNode) -> Value:
    found = data_type(node)
    return _type(facts, node) if found is None else str(found)


def _encrypted(facts: Facts, node: FieldNode) -> Value:
    word = _type(facts, node)
    return word if isinstance(word, Unknown) else str(word).lower() == "encryptedtext"


def _read(answer: Callable[[Field], str | bool | int | None]) -> Callable[[Facts, str], Value]:
    """A property of the definition: unknown where the definition was not read, absent where it holds none."""

    def compute(facts: Facts, key: str) -> Value:
        node = facts.graph.field(key)
        return known(answer(node.value)) if node.known_by is _READ else UNDEFINED

    return compute


_READ = KnownBy.CATALOGUE


def _spec(
    name: str, kind: FactType, sentence: str, absent_when: str = "", values: tuple[str, ...] = ()
) -> FactSpec:
    return FactSpec(
        name,
        FIELD,
        kind,
        sentence,
        FAMILY,
        values=values,
        unknown_when="its definition was not read",
        absent_when=absent_when,
    )


FACTS: tuple[Fact, ...] = (
    Fact(_spec("type", TEXT, "Type, in the platform's own word (`Currency`, `Edm.Decimal`)."), of_field(_type)),
    Fact(
        _spec(
            "data_type",
            ENUM,
            "What it holds, in one word for all platforms; a formula has the type of its result.",
            values=tuple(str(each) for each in DataType),
        ),
        of_field(_data_type),
    ),
    Fact(
        _spec("calculated", BOOLEAN, "Whether the platform computes it, so that nobody can write it."),
        _read(lambda field: field.calculation is not None),
    ),
    Fact(
        _spec(
            "calculation",
            ENUM,
            "How it is computed.",
            absent_when="it is not computed",
            values=tuple(str(each) for each in Calculation),
        ),
        _read(lambda field: field.calculation),
    ),
    Fact(
        _spec(
            "required", BOOLEAN, "Whether its definition demands a value in every row; a master-detail key does."
        ),
        _read(demanded),
    ),
    Fact(_spec("unique", BOOLEAN, "Whether no two rows may hold the same value."), _read(lambda f: f.unique)),
    Fact(
        _spec("external_id", BOOLEAN, "Whether it is marked as the key of another system."),
        _read(lambda field: field.external_id),
    ),
    Fact(
        _spec("length", INTEGER, "Most characters it holds.", absent_when="its type has no length"),
        _read(lambda field: field.length),
    ),
    Fact(
        _spec("help", TEXT, "Help text shown beside it.", absent_when="nobody wrote one"),
        _read(lambda field: field.help or None),
    ),
    Fact(
        _spec(
            "relationship",
            ENUM,
            "How it points at another object.",
            absent_when="it points at none",
            values=tuple(str(each) for each in Relationship),
        ),
        _read(lambda field: field.relationship),
    ),
    Fact(
        _spec(
            "track_history", BOOLEAN, "Whether the platform logs its changes.", absent_when="the source is silent"
        ),
        _read(lambda field: field.track_history),
    ),
    Fact(
        _spec("has_default", BOOLEAN, "Whether new rows get a value by themselves."),
        _read(defaulted),
    ),
    Fact(_spec("encrypted", BOOLEAN, "Whether its values are stored encrypted by type."), of_field(_encrypted)),
)
