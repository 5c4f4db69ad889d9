"""Labels that people cannot tell apart: the same words in any order, or one letter between them.

Candidates come from an index over each object's labels, so that no pair is compared that shares nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.facts.base import Facts
from auditor.graph.nodes import FieldNode
from auditor.model.vocabulary import Edge
from auditor.patterns import regex

_WORD = regex(r"[^\W_]+|[%‰$€£¥#+<>=°§@]")
"""A word, or a sign that people read as one (`% Increase` is no `$ Increase`)."""
_SHORTEST = 6
"""Shorter labels differ by a letter on purpose (`Fax`, `Tax`)."""
_LONGEST = 255
"""Longer labels are compared as a whole only: nobody reads them letter by letter, and their clippings would take
memory by the square of their length."""


def confusable(facts: Facts, key: str) -> tuple[Edge, ...]:
    """Fields of the same object whose labels are confusable with a field's own, sorted."""
    found = twins(facts, key)
    return tuple(Edge(other, (("distance", distance),)) for other, distance in sorted(found.items()))


def twins(facts: Facts, key: str) -> dict[str, int]:
    """Confusable fields of the same object, with the distance of their labels (0 or 1)."""
    node = facts.graph.field(key)
    plain = _plain(node)
    if not plain:
        return {}
    same, near = facts.once(("labels", node.object_key), lambda: _index(facts, node.object_key))
    result = dict.fromkeys(near_keys(plain, near), 1)
    result.update(dict.fromkeys(same.get(plain, ()), 0))
    result.pop(key, None)
    return result


def near_keys(plain: str, near: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Fields whose labels are one insertion, deletion or replacement of a letter away."""
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return
    for clipped in _clippings(plain):
        for other, key in near.get(clipped, ()):
            if other != plain and _marks(other) == _marks(plain) and one_letter_apart(plain, other):
                yield key


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion or replacement turns one text into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    return one[start + 1 :] == other[start + (len(one) == len(other)) :] or (
        len(other) > len(one) and one[start:] == other[start + 1 :]
    )


_Index = tuple[dict[str, list[str]], dict[str, list[tuple[str, str]]]]


def _index(facts: Facts, object_key: str) -> _Index:
    same: dict[str, list[str]] = {}
    near: dict[str, list[tuple[str, str]]] = {}
    for key in facts.graph.fields_of(object_key):
        plain = _plain(facts.graph.field(key))
        if plain:
            same.setdefault(plain, []).append(key)
            if _SHORTEST <= len(plain) <= _LONGEST:
                for clipped in _clippings(plain):
                    near.setdefault(clipped, []).append((plain, key))
    return same, near


def _plain(node: FieldNode) -> str:
    """Words and signs of the label without case and order; empty where it has no label."""
    folded = unicodedata.normalize("NFKC", node.value.label or "").casefold()
    return " ".join(sorted(_WORD.findall(folded)))


def _clippings(plain: str) -> set[str]:
    return {plain} | {plain[:place] + plain[place + 1 :] for place in range(len(plain))}


def _marks(plain: str) -> str:
    """Numbers tell a series apart (`Address 1`, `Address 2`), signs what is measured (`% Share`, `$ Share`)."""
    return "".join(sorted(mark for mark in plain if not mark.isalpha() and mark != " "))
