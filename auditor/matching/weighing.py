"""How much each word of a field says, in the light of its object.

A rare word says more than a common one; one that the object says already (`Sales` in `SalesOrderLine`) says less;
one that repeats the type (`Amount` of a currency) or only names a row (`Id`, `Code`, `Number`) says little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.matching.reading import FieldReading, Lens, ObjectReading

NAMING = "#"
"""Stands for every word that names a row: an `Id` may well be a `Number` elsewhere."""

_CONTEXT, _KIND, _NAMING = 0.5, 0.4, 0.12
_NEAR = 0.6
"""What a near word counts of an equal one."""


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one reading of a field, with their weights and the sum of these."""

    weights: Mapping[str, float]
    total: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """One field ready to be compared."""

    reading: FieldReading
    sides: tuple[Side, ...]
    """By its name and, where it says something else, by its label."""
    stem: Mapping[str, float]
    """The words of the name that do more than name a row."""
    said: frozenset[str]
    """Every word that the field's name, label, description and object say."""
    linked: frozenset[str]
    """Every word of name, label and target; empty where the field points at nothing."""
    place: float
    """Place among its siblings, 0..1."""


@dataclass(frozen=True, slots=True)
class WeighedObject:
    """One object whose fields are ready to be compared."""

    reading: ObjectReading
    context: frozenset[str]
    fields: tuple[Weighed, ...]


def weigh(item: ObjectReading, lens: Lens) -> WeighedObject:
    """Weigh the words of every field of an object."""
    context = frozenset(item.terms)
    near = lens.wording.near
    low = lens.wording.kinds

    def weight(term: str) -> float:
        found = lens.rarity.get(term, 1.0)
        if term in context or not context.isdisjoint(near.get(term, ())):
            found *= _CONTEXT
        return found * _KIND if term in low or term == "1" or lens.wording.roles.get(term) == "primary" else found

    known: dict[str, float] = {}
    count = max(1, len(item.fields))
    fields = []
    for one in item.fields:
        for term in (*one.terms, *one.label):
            if term not in known:
                known[term] = weight(term)
        fields.append(_field(one, known, lens, context, one.profile.position / count))
    return WeighedObject(item, context, tuple(fields))


def cover(
    have: Side, wanted: Side, near: Mapping[str, frozenset[str]], context: frozenset[str]
) -> tuple[float, float]:
    """Which share of the wanted words a side has, and which more its object says; both 0..1."""
    own = around = 0.0
    words = have.weights
    for term, weight in wanted.weights.items():
        if term in words:
            own += weight
            continue
        others = near.get(term)
        if others is not None and not others.isdisjoint(words):
            own += _NEAR * weight
        elif term in context or (others is not None and not others.isdisjoint(context)):
            around += weight
    return own / wanted.total, around / wanted.total


def _field(
    item: FieldReading, known: Mapping[str, float], lens: Lens, context: frozenset[str], place: float
) -> Weighed:
    naming = lens.wording.naming
    sides = [_side(terms, known, naming) for terms in dict.fromkeys((item.terms, item.label))]
    words = frozenset((*item.terms, *item.label))
    return Weighed(
        item,
        tuple(sides),
        {term: known[term] for term in item.terms if term not in naming},
        (words | item.said | context) if item.said else frozenset(),
        (words | item.target) if item.target or item.kind == "link" else frozenset(),
        place,
    )


def _side(terms: tuple[str, ...], known: Mapping[str, float], naming: frozenset[str]) -> Side:
    weights = {}
    for term in terms:
        if term in naming:
            weights[NAMING] = _NAMING
            weights[term] = _NAMING / 2
        else:
            weights[term] = known[term]
    return Side(weights, sum(weights.values()) or 1.0)
