"""Candidates for one field among all fields of the other side, however many: the index that a proposal asks.

Everything here is plain numbers and words, so that it can be kept in a table and read back (`entries`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest

from auditor.matching.lens import Lens
from auditor.matching.reading import FieldReading, ObjectReading

_OBJECT = 0.5
"""What a word of the object counts beside the words of the field."""
_NEAR = 0.6
_NAMING = 0.12
_COMMON = 400
"""Fields that a word may bring in by itself; a commoner word only adds to what the rarer ones found."""
_Entry = tuple[str, int, float]


class FieldIndex:
    """All fields of one side by their words; each is a number from 0, in the order of objects and fields."""

    def __init__(self, entries: Iterable[_Entry], lens: Lens) -> None:
        self._lens = lens
        self._lists: dict[str, dict[int, float]] = {}
        for word, number, share in entries:
            self._lists.setdefault(word, {})[number] = share

    def entries(self) -> Iterator[_Entry]:
        """Word, number of the field and the word's share of the field, to be kept."""
        for word, numbers in self._lists.items():
            for number, share in numbers.items():
                yield word, number, share

    def nearest(self, field: FieldReading, context: Sequence[str], count: int) -> list[tuple[float, int]]:
        """The fields that share most with a field of an object with these words, best first, with their scores."""
        query = self._query(field, context)
        lists = self._lists
        asked = sorted((len(lists[word]), word) for word in query if word in lists)
        scores: dict[int, float] = {}
        for size, word in asked:
            weight, numbers = query[word], lists[word]
            if size <= _COMMON or not scores:
                for number, share in numbers.items():
                    scores[number] = scores.get(number, 0.0) + weight * share
            elif size > len(scores):
                for number in scores.keys() & numbers.keys():
                    scores[number] += weight * numbers[number]
            else:
                for number, share in numbers.items():
                    if number in scores:
                        scores[number] += weight * share
        best = nlargest(count, [(score, -number) for number, score in scores.items()])
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
    return FieldIndex(_entries(objects, lens), lens)


def _entries(objects: Iterable[ObjectReading], lens: Lens) -> Iterator[_Entry]:
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
