"""The side of the ERP, against which objects of a CRM are ranked: held in memory, or as an audit froze it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Protocol

from auditor.dataclasses import dataclass, replace
from auditor.matching.lens import Lens, Terms
from auditor.matching.postings import Found, Postings
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import ObjectReading
from auditor.matching.weighing import WeighedObject, weigh

COMMON = 0.3
"""Of the objects of a system: a field that more of them have says nothing of what an object is."""
Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of an object before its fields are looked at."""

    profile: ObjectProfile
    """Without its fields."""
    terms: Terms
    bag: Bag
    """The words of all fields that are its own, weighed and of length 1."""
    size: int
    """How many fields it has."""


class Counterpart(Protocol):
    """The objects of an ERP, each a number from 0."""

    def number(self, name: str) -> int | None:
        """The number of an object; None where there is none of this name."""
        ...

    def head(self, number: int) -> Head:
        """What is known of an object without its fields."""
        ...

    def weighed(self, number: int) -> WeighedObject:
        """An object with its fields."""
        ...

    def nearest(self, query: Iterable[tuple[str, float]], count: int) -> Found:
        """The objects that share most with the words of a query, best first, with their scores."""
        ...


class Held:
    """The objects of an ERP in memory."""

    def __init__(self, objects: Sequence[ObjectReading], lens: Lens) -> None:
        self.objects = objects
        self._lens = lens
        self._numbers = {each.profile.name: number for number, each in enumerate(objects)}
        self._heads = [head_of(each, lens) for each in objects]
        self._index = Postings([document_of(each, lens) for each in self._heads])
        self._weighed: dict[int, WeighedObject] = {}

    def number(self, name: str) -> int | None:
        """See `Counterpart`."""
        return self._numbers.get(name)

    def head(self, number: int) -> Head:
        """See `Counterpart`."""
        return self._heads[number]

    def weighed(self, number: int) -> WeighedObject:
        """See `Counterpart`."""
        found = self._weighed.get(number)
        if found is None:
            found = self._weighed[number] = weigh(self.objects[number], self._lens)
        return found

    def nearest(self, query: Iterable[tuple[str, float]], count: int) -> Found:
        """See `Counterpart`."""
        return self._index.nearest(query, count, 0.0)

    def postings(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """Word → the objects that say it, with its share of each: what `nearest` asks."""
        return self._index.lists


def head_of(item: ObjectReading, lens: Lens) -> Head:
    """What is asked of an object before its fields are looked at."""
    return Head(replace(item.profile, fields=()), item.terms, bag_of(item, lens), len(item.fields))


def bag_of(item: ObjectReading, lens: Lens) -> dict[str, float]:
    """The words of all fields that are the object's own, weighed and of length 1."""
    counts: Counter[str] = Counter()
    naming = lens.wording.naming
    for field in item.fields:
        if field.shared <= COMMON:
            counts.update(term for term in dict.fromkeys((*field.terms, *field.label)) if term not in naming)
    weights = {term: (1 + log(1 + count)) * lens.weight(term) for term, count in counts.items()}
    size = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / size for term, weight in weights.items()}


def document_of(head: Head, lens: Lens) -> dict[str, float]:
    """An object as the index of objects keeps it: the words of its name, marked by a sign, and of its fields."""
    names = {f"={term}": lens.object_rarity.get(term, 1.0) for term in head.terms}
    total = sum(names.values()) or 1.0
    size = sum(head.bag.values()) or 1.0
    return {key: value / total for key, value in names.items()} | {
        key: value / size for key, value in head.bag.items()
    }
