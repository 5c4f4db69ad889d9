"""Words whose analyses are no part of this version.

They stand here so that policies may already speak of them: each is unknown for everything and says which analysis
is missing, and no policy can mistake that for an answer.
"""

from __future__ import annotations

from auditor.facts.base import (
    BOOLEAN,
    DATA,
    ENUM,
    FIELD,
    OBJECT,
    SHARE,
    Fact,
    Facts,
    Relation,
)
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, FactType, Related, RelationSpec

_MATCHING = "the CRM and the ERP are not matched by this version"

_Row = tuple[str, frozenset[str], FactType, str, str, str]

_ROWS: tuple[_Row, ...] = (
    ("master", DATA, BOOLEAN, "Whether its system is the system of record for it.", "duplicates", _MATCHING),
    (
        "writable",
        FIELD,
        BOOLEAN,
        "Whether people may edit it although another system owns it.",
        "duplicates",
        _MATCHING,
    ),
)


def _declared(row: _Row) -> Fact:
    name, kinds, kind, sentence, family, because = row
    spec = FactSpec(name, kinds, kind, sentence, family, GLOBAL, unknown_when=because, answered=False)
    unknown = Unknown(because)

    def answer(_facts: Facts, _key: str) -> Value:
        return unknown

    return Fact(spec, answer)


def _duplicates(_facts: Facts, _key: str) -> Related:
    edges: tuple[Edge, ...] = ()
    return Related(edges, Unknown(_MATCHING))


FACTS: tuple[Fact, ...] = tuple(_declared(row) for row in _ROWS)
RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "duplicates",
            OBJECT | FIELD,
            OBJECT | FIELD,
            "Objects or fields of another system whose data it repeats.",
            "duplicates",
            (
                FactSpec("score", DATA, SHARE, "How sure the match is.", "duplicates", GLOBAL),
                FactSpec(
                    "kind",
                    DATA,
                    ENUM,
                    "Mirrored where a sync is declared, else shadow.",
                    "duplicates",
                    GLOBAL,
                    values=("mirrored", "shadow"),
                ),
            ),
            GLOBAL,
            _MATCHING,
            answered=False,
        ),
        _duplicates,
    ),
)
