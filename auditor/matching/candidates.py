"""Candidates for one field among all fields of the other side, however many: the index that a proposal asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import neg
from typing import Protocol

from auditor.matching.lens import Lens
from auditor.matching.reading import FieldReading, ObjectReading
from auditor.matching.rows import Posting

_OBJECT = 0.5
"""What a word of the object counts beside the words of the field."""
_NEAR = 0.6
_NAMING = 0.12
_COMMON = 400
"""Fields that a word may bring in by itself; a commoner word only adds to what the rarer ones found."""
Scores = dict[int, float]


class Sayers(Protocol):
    """The fields that say one word, with the word's share of each."""

    def __len__(self) -> int: ...

    def bring(self, scores: Scores, weight: float) -> None:
        """Add to the scores of all of them."""
        ...

    def add(self, scores: Scores, weight: float) -> None:
        """Add to the scores of those that have one already."""
        ...


class Listed(dict[int, float]):
    """Such fields in memory."""

    def bring(self, scores: Scores, weight: float) -> None:
        """See `Sayers`."""
        if not scores:
            scores.update({number: weight * share for number, share in self.items()})
            return
        known = scores.get
        for number, share in self.items():
            scores[number] = known(number, 0.0) + weight * share

    def add(self, scores: Scores, weight: float) -> None:
        """See `Sayers`."""
        if len(self) > len(scores):
            for number in scores.keys() & self.keys():
                scores[number] += weight * self[number]
        else:
            for number, share in self.items():
                if number in scores:
                    scores[number] += weight * share


class Packed:
    """Such fields as they were kept: nothing is made of them but what is asked."""

    def __init__(self, posting: Posting) -> None:
        self._numbers, self._shares = posting

    def __len__(self) -> int:
        return len(self._numbers)

    def bring(self, scores: Scores, weight: float) -> None:
        """See `Sayers`."""
        for number, share in zip(self._numbers, self._shares, strict=True):
            scores[number] = scores.get(number, 0.0) + weight * share

    def add(self, scores: Scores, weight: float) -> None:
        """See `Sayers`."""
        numbers, size = self._numbers, len(self._numbers)
        for number in scores:
            place = bisect_left(numbers, number)
            if place < size and numbers[place] == number:
                scores[number] += weight * self._shares[place]


class FieldIndex:
    """All fields of one side by their words; each is a number from 0, in the order of objects and fields."""

    def __init__(self, sayers: Mapping[str, Sayers], lens: Lens) -> None:
        self._lens = lens
        self._sayers = sayers

    def nearest(self, field: FieldReading, context: Sequence[str], count: int) -> list[tuple[float, int]]:
        """The fields that share most with a field of an object with these words, best first, with their scores."""
        query = self._query(field, context)
        found = {word: sayers for word in query if (sayers := self._sayers.get(word)) is not None}
        scores: Scores = {}
        for size, word in sorted((len(sayers), word) for word, sayers in found.items()):
            if size <= _COMMON or not scores:
                found[word].bring(scores, query[word])
            else:
                found[word].add(scores, query[word])
        best = nlargest(count, zip(scores.values(), map(neg, scores), strict=True))
        return [(score, -number) for score, number in best]

    def _query(self, field: FieldReading, context: Sequence[str]) -> dict[str, float]:
        near = self._lens.wording.near
        words = {f"={term}": _OBJECT for term in context}
        for term in (*field.terms, *field.label, *field.target):
            for other in near.get(term, ()):
                words[other] = _NEAR
        for term in field.target:
            words[term] = _NEAR
        for term in (*field.terms, *field.label):
            words[term] = 1.0
        return words


def index_of(objects: Iterable[ObjectReading], lens: Lens) -> FieldIndex:
    """An index over all fields of these objects."""
    return FieldIndex(sayers_of(objects, lens), lens)


def sayers_of(objects: Iterable[ObjectReading], lens: Lens) -> dict[str, Listed]:
    """Every word of these fields, and of their objects (marked by a sign), with who says it."""
    found: dict[str, Listed] = {}
    for word, number, share in _entries(objects, lens):
        found.setdefault(word, Listed())[number] = share
    return found


def _entries(objects: Iterable[ObjectReading], lens: Lens) -> Iterator[tuple[str, int, float]]:
    number = 0
    for each in objects:
        around = {f"={term}": lens.weight(term) for term in each.terms}
        size = sum(around.values()) or 1.0
        around = {word: _OBJECT * weight / size for word, weight in around.items()}
        for field in each.fields:
            words = _words(field, lens)
            total = sum(words.values()) or 1.0
            for word, weight in words.items():
                yield word, number, weight / total
            for word, share in around.items():
                yield word, number, share
            number += 1


def _words(field: FieldReading, lens: Lens) -> Mapping[str, float]:
    naming = lens.wording.naming
    return {
        term: _NAMING if term in naming else lens.weight(term)
        for term in dict.fromkeys((*field.terms, *field.label))
    }
