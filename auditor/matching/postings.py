"""An inverted index: which fields say a word, so that nobody compares every field with every other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

Found = list[tuple[float, int]]


class Postings:
    """Documents by their words. Each is a number from 0, in the order of the input."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        self.lists: dict[str, list[tuple[int, float]]] = {}
        """Word → the documents that say it, with its share of each."""
        for number, words in enumerate(documents):
            total = sum(words.values()) or 1.0
            for word, weight in words.items():
                self.lists.setdefault(word, []).append((number, weight / total))

    def nearest(self, query: Iterable[tuple[str, float]], count: int, floor: float) -> Found:
        """The documents that share most of the query, best first; none below a share of the best one's score."""
        return nearest(self.lists, query, count, floor)


def nearest(
    lists: Mapping[str, Sequence[tuple[int, float]]], query: Iterable[tuple[str, float]], count: int, floor: float
) -> Found:
    """The same over such lists, wherever they are kept."""
    scores: dict[int, float] = {}
    for word, weight in query:
        for number, share in lists.get(word, ()):
            scores[number] = scores.get(number, 0.0) + weight * share
    if not scores:
        return []
    least = max(scores.values()) * floor
    kept = [(score, -number) for number, score in scores.items() if score >= least]
    best = nlargest(count, kept) if len(kept) > count else sorted(kept, reverse=True)
    return [(score, -number) for score, number in best]
