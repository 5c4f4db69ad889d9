"""Names into words: `OrderLineAmount__c`, `msdyn_deliveryaddresscity`, `Kundnr`, `Auftragsposition`.

What a name's own spelling separates (capitals, underscores, digits, punctuation) is split by `words_of`. What was
written together without a sign is split by `segment` with the words that the schemas themselves use elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from auditor.dataclasses import dataclass
from auditor.patterns import regex

_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "Ł": "L",
    }
)
_OWN = regex(r"__(?:c|r|pc|pr|x|e|b|mdt|kav|ka|s|share|history|feed|tag)$", re.IGNORECASE)
_PART = regex(r"__(?=latitude$|longitude$)", re.IGNORECASE)
_NAMESPACE = regex(r"^[A-Za-z][A-Za-z0-9_]{0,14}__(?=[^_])")
_POSSESSIVE = regex(r"(?<=\w)['’]s\b")
_MAIL = regex(r"(?<![A-Za-z])[Ee][-_ ][Mm]ail")
_PIECE = regex(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"))
_SHORTEST = 2
"""Letters of the shortest word that a name is cut into (`id`, `no`, `by`)."""
_UNKNOWN, _UNKNOWN_LETTER = 10.0, 2.0
"""What a stretch that is no known word costs: about two known words, so that nonsense is not cut to pieces."""
_SHORT_WORD = 3.0
"""What a word of two letters costs on top: they turn up in the middle of everything."""
_FAR = 1e9
_COVERED = 0.7
"""The share of a weak word's letters that known words must explain before it counts as written together."""


def fold(text: str) -> str:
    """In lower case and without diacritics: `Ä`, `Å` are `a`, `Ø`, `Ö` are `o`, `Æ` is `ae`, `ß` is `ss`."""
    return _unmarked(text).lower()


def spellings(word: str) -> tuple[str, ...]:
    """How a word may be written where only ASCII is allowed: `förderung` → `forderung`, `foerderung`."""
    spelled = word.lower()
    for letter, pair in _UMLAUTS:
        spelled = spelled.replace(letter, pair)
    return tuple(dict.fromkeys((fold(word), fold(spelled))))


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name or label, folded, in their order; digits are words of their own.

    Salesforce suffixes (`__c`, `__r`, `__x` …) and the namespace of a managed package before them are left out:
    https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_custom_objects.htm
    """
    if "__" in name:
        name = _NAMESPACE.sub("", _PART.sub("_", _OWN.sub("", name)))
    name = _MAIL.sub("Email", _POSSESSIVE.sub("", name)) if not name.isalnum() else name
    return tuple([piece.lower() for piece in _PIECE.findall(_unmarked(name))])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with what each costs when a name is cut into them: the rarer, the dearer (natural logarithms)."""

    costs: Mapping[str, float]
    longest: int


def vocabulary_of(counts: Mapping[str, int], weak: Mapping[str, int] | None = None) -> Vocabulary:
    """A vocabulary from how often each word was seen where words are separated (labels, `CamelCase`).

    `weak` are words of names that may themselves be written together (`deliveryaddresscity`): one is taken in
    only if it cannot be cut into words that are known already, the short ones first.
    """
    known = {word: count for word, count in counts.items() if len(word) >= _SHORTEST and word.isalpha()}
    total = sum(known.values()) + sum((weak or {}).values()) + 1
    costs = {word: _cost(word, count, total) for word, count in known.items()}
    longest = max(map(len, costs), default=0)
    for word, count in sorted((weak or {}).items(), key=lambda one: (len(one[0]), one[0])):
        if len(word) <= _SHORTEST or not word.isalpha() or word in costs:
            continue
        pieces = segment(word, Vocabulary(costs, longest))
        found = [piece for piece in pieces if piece in costs]
        if len(found) < 2 or sum(map(len, found)) < _COVERED * len(word):
            costs[word] = _cost(word, count, total)
            longest = max(longest, len(word))
    return Vocabulary(costs, longest)


def segment(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Cut a word that was written together into words of the vocabulary, at the least cost.

    A word that cannot be cut at a gain comes back as it is; letters that belong to no word stay together.
    """
    if (word in vocabulary.costs and len(word) <= 4) or not word:
        return (word,)
    costs, longest = vocabulary.costs, vocabulary.longest
    best, cut = [0.0], [0]
    stretch, since = _FAR, 0
    for end in range(1, len(word) + 1):
        # An unknown stretch ends here: the one that ended a letter before grows, or a new one begins.
        if stretch <= best[-1] + _UNKNOWN:
            stretch += _UNKNOWN_LETTER
        else:
            stretch, since = best[-1] + _UNKNOWN + _UNKNOWN_LETTER, end - 1
        least, start = stretch, since
        for begin in range(max(0, end - longest), end - _SHORTEST + 1):
            cost = costs.get(word[begin:end])
            if cost is not None and best[begin] + cost < least:
                least, start = best[begin] + cost, begin
        best.append(least)
        cut.append(start)
    ends = [len(word)]
    while cut[ends[-1]]:
        ends.append(cut[ends[-1]])
    ends.reverse()
    return tuple([word[start:end] for start, end in zip([0, *ends], ends, strict=False)])


def counted(words: Iterable[str]) -> dict[str, int]:
    """How often each word comes up."""
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def _unmarked(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _cost(word: str, count: int, total: int) -> float:
    return log(total / count) + 1 + (_SHORT_WORD if len(word) == _SHORTEST else 0)
