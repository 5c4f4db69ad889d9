"""Who may read and edit a field."""

from __future__ import annotations

from auditor.facts.base import BOOLEAN, FIELD, INTEGER, Fact, Facts, of_field
from auditor.facts.fields import calculated
from auditor.graph.nodes import FieldNode
from auditor.model.testimony.table import answering
from auditor.model.testimony.words import Question
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "usage"
_SETTLED = (*answering(Question.ACCESS), "users")


def _readable_by(facts: Facts, node: FieldNode) -> Value:
    told = facts.evidence.readership(node.key)
    return _untold(facts, node) if told is None else told.readable_by


def _editable_by_people(facts: Facts, node: FieldNode) -> Value:
    if calculated(node) or node.value.updatable is False:
        return False
    told = facts.evidence.readership(node.key)
    return _untold(facts, node) if told is None else told.editable_by > 0


def _untold(facts: Facts, node: FieldNode) -> Unknown:
    return Unknown(
        "profiles and permission sets were not read completely, or nobody told who holds them",
        facts.settled_by(node.system, *_SETTLED),
    )


def _source(facts: Facts, key: str) -> str:
    told = facts.evidence.readership(key)
    return facts.evidence.words([told.source]) if told else ""


_UNKNOWN = "profiles and permission sets were not read completely, or nobody told who holds them"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "readable_by",
            FIELD,
            INTEGER,
            "Active users who may read it.",
            FAMILY,
            unit="active users",
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        of_field(_readable_by),
        _source,
    ),
    Fact(
        FactSpec(
            "editable_by_people",
            FIELD,
            BOOLEAN,
            "Whether any active user may edit it; never where the platform computes it.",
            FAMILY,
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        of_field(_editable_by_people),
        _source,
    ),
)
