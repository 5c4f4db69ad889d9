"""Whether people can tell what a field is for."""

from __future__ import annotations

import re

from auditor.facts.base import BOOLEAN, DATA, ENUM, FIELD, INTEGER, UNDEFINED, Fact, Facts, Relation, of_data
from auditor.facts.labels import confusable, twins
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.model.values import ABSENT, Absent, Unknown, Value
from auditor.model.vocabulary import FactSpec, Related, RelationSpec, local

FAMILY = "documentation"
_SHORT = 4
"""A description of fewer words names no reader and no decision."""
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[a-zåäöæøü0-9])(?=[A-ZÅÄÖÆØÜ])")


def words_of(text: str) -> list[str]:
    """Words of a label, a name or a sentence, in lower case; `LastSeenDate__c` has three and the suffix."""
    return [word.casefold() for word in _WORD.findall(_CAPITAL.sub(" ", text))]


def _quality(facts: Facts, node: ObjectNode | FieldNode) -> Value:
    if node.value.custom is False:
        return ABSENT
    if node.implied:
        return UNDEFINED
    said = words_of(node.value.description or "")
    if not said:
        return "missing"
    known = set(words_of(node.value.label or "")) | set(words_of(node.value.name)) | _FILLERS
    if isinstance(node, FieldNode):
        known |= set(words_of(node.value.object)) | set(words_of(_object_label(facts, node)))
    if known.issuperset(said):
        return "repeats_label"
    return "short" if len(said) < _SHORT else "present"


# Words that add nothing to a label, in the languages of the report.
_FILLERS = frozenset(
    (
        *("a", "an", "c", "field", "for", "from", "in", "of", "on", "the", "this", "to"),
        *("av", "den", "det", "ett", "fält", "fältet", "för", "och", "på"),
        *("af", "der", "et", "felt", "feltet", "fra", "og", "til"),
    )
)


def _object_label(facts: Facts, node: FieldNode) -> str:
    return facts.graph.object(node.object_key).value.label or ""


def _present(facts: Facts, node: ObjectNode | FieldNode) -> Value:
    quality = _quality(facts, node)
    return quality if isinstance(quality, Unknown | Absent) else quality != "missing"


def _has_owner(facts: Facts, node: ObjectNode | FieldNode) -> Value:
    owner = facts.fact(node.key, "owner")
    return owner if isinstance(owner, Unknown) else owner is not ABSENT


def _label_twin(facts: Facts, key: str) -> Value:
    return bool(twins(facts, key))


def _confusable(facts: Facts, key: str) -> Related:
    return Related(confusable(facts, key))


_PLATFORM = "it is the platform's own"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "description_quality",
            DATA,
            ENUM,
            "What its description is worth; short means fewer than four words.",
            FAMILY,
            reach=local(1, "", "object"),
            values=("missing", "repeats_label", "short", "present"),
            unknown_when="its definition was not read",
            absent_when=_PLATFORM,
        ),
        of_data(_quality),
    ),
    Fact(
        FactSpec(
            "description_present",
            DATA,
            BOOLEAN,
            "Whether anybody wrote a description.",
            FAMILY,
            local(1, "", "object"),
            unknown_when="its definition was not read",
            absent_when=_PLATFORM,
        ),
        of_data(_present),
    ),
    Fact(
        FactSpec(
            "has_owner",
            DATA,
            BOOLEAN,
            "Whether a business owner is declared.",
            FAMILY,
            unknown_when="its definition was not read, or it is an object, which has no such property",
        ),
        of_data(_has_owner),
    ),
    Fact(
        FactSpec(
            "label_twin",
            FIELD,
            BOOLEAN,
            "Whether another field of its object has a label that people cannot tell from its own.",
            FAMILY,
            local(2, "", "=confusable_with"),
        ),
        _label_twin,
    ),
)
RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "confusable_with",
            FIELD,
            FIELD,
            "Fields of the same object whose labels people cannot tell from its own.",
            FAMILY,
            (
                FactSpec(
                    "distance",
                    FIELD,
                    INTEGER,
                    "0: the same words; 1: one letter apart.",
                    FAMILY,
                    unit="letters",
                ),
            ),
            local(2, "", "=confusable_with"),
        ),
        _confusable,
    ),
)
