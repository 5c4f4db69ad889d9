"""How much each word of a field says, in the light of its object.

A rare word says more than a common one; one that the object says already (`Sales` in `SalesOrderLine`) says less;
one that repeats the type (`Amount` of a currency) or only names a row (`Id`, `Code`, `Number`) says little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.matching.lens import Lens
from auditor.matching.postings import Postings
from auditor.matching.reading import FieldReading, ObjectReading

NAMING = "#"
"""Stands for every word that names a row: an `Id` may well be a `Number` elsewhere."""

PLATFORM = 0.35
"""Of the objects of a system: a field that more of them have is the platform's own."""

_CONTEXT, _KIND, _NAMING = 0.5, 0.4, 0.12
_SAID_AROUND = 0.3
"""What a word counts in the search for candidates that only the object says."""
_GRAMS = 0.25
"""What the letters of a name count in the search for candidates, all together."""
_NEAR = 0.6
"""What a near word counts of an equal one."""


Query = list[tuple[str, float]]


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
    stem_total: float
    said: frozenset[str]
    """Every word that the field's name, label, description and object say."""
    linked: frozenset[str]
    """Every word of name, label and target; empty where the field points at nothing."""
    place: float
    """Place among its siblings, 0..1."""
    bookkeeping: bool
    """Whether the platform keeps it for itself (who made the row, when): it repeats nothing of another system."""


@dataclass(frozen=True, slots=True)
class WeighedObject:
    """One object whose fields are ready to be compared."""

    reading: ObjectReading
    context: frozenset[str]
    fields: tuple[Weighed, ...]
    index: Postings
    """The fields by their words and by the letters of their names."""
    queries: tuple[tuple[int, Query], ...] = ()
    """Of a CRM object: its fields by number, with what to look for in another's index.

    Without bookkeeping, and without what the CRM counts up itself.
    """


def weigh(item: ObjectReading, lens: Lens) -> WeighedObject:
    """Weigh the words of every field of an object."""
    context = frozenset(item.terms)
    near = lens.wording.near
    low = lens.wording.kinds

    def weight(term: str) -> float:
        found = lens.weight(term)
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
    index = Postings([_document(field) for field in fields])
    return WeighedObject(item, context, tuple(fields), index)


def asking(item: WeighedObject, lens: Lens) -> WeighedObject:
    """The same object with what to look for on the other side."""
    near = lens.wording.near
    queries = (
        (number, _query(field, item.reading.terms, near))
        for number, field in enumerate(item.fields)
        if not field.bookkeeping and not field.reading.profile.counted
    )
    return replace(item, queries=tuple(queries))


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
    stem = {term: known[term] for term in item.terms if term not in naming}
    return Weighed(
        item,
        tuple(sides),
        stem,
        sum(stem.values()) or 1.0,
        (words | item.said | context) if item.said else frozenset(),
        (words | item.target) if item.target or item.kind == "link" else frozenset(),
        place,
        item.shared > PLATFORM and not lens.wording.bookkeeping.isdisjoint(words),
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


def _document(field: Weighed) -> dict[str, float]:
    words: dict[str, float] = {}
    for side in field.sides:
        for term, weight in side.weights.items():
            words[term] = max(weight, words.get(term, 0.0))
    for gram in field.reading.grams:
        words[gram] = _GRAMS / len(field.reading.grams)
    return words


def _query(field: Weighed, context: Sequence[str], near: Mapping[str, frozenset[str]]) -> Query:
    """What to look for: the words of the field, what is near to them, what its object says, and its letters."""
    words = dict.fromkeys(context, _SAID_AROUND)
    for side in field.sides:
        for term in side.weights:
            if term == NAMING:
                continue
            for other in sorted(near.get(term, ())):  # sums depend on the order to the last digit
                words[other] = max(words.get(other, 0.0), _NEAR)
    for side in field.sides:
        for term in side.weights:
            words[term] = 1.0
    for term in sorted(field.reading.target):
        words[term] = max(words.get(term, 0.0), _NEAR)
    return [*words.items(), *((gram, 1.0) for gram in field.reading.grams)]
