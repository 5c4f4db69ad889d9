"""A name, read: which terms its words stand for, in which language, and which of them is the head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.lexicon.compounds import parts_of
from auditor.lexicon.splitting import words_of
from auditor.lexicon.words import Lexicon, Meaning

BINDING = "of"
"""The term of words that only bind others: `of`, `för`, `de`."""
HEAD_FIRST = frozenset({"fr", "es", "it", "pt", "pl", "cs"})
"""Languages that put the head of a name first: `ligne de commande`, `pozycja zamówienia`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word or phrase of a name with the terms that it may stand for; none: nobody knows it."""

    text: str
    terms: frozenset[str]
    languages: frozenset[str] = frozenset()

    @property
    def binds(self) -> bool:
        """Whether it only binds others."""
        return BINDING in self.terms


class NameReader:
    """Reads names with one lexicon. What was read is kept, since schemas say the same words again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._words: Collection[str] = lexicon.meanings  # its phrases are no part of a word, which has no space
        self._read: dict[tuple[str, str | None], tuple[Part, ...]] = {}
        self._cut: dict[str, tuple[str, ...]] = {}

    def parts(self, name: str, language: str | None = None) -> tuple[Part, ...]:
        """The parts of a name in their order; digits and single letters that mean nothing are left out.

        A word that means something else in another language is read in `language` where it has a meaning there.
        """
        key = (name, language)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = tuple(self._parts(words_of(name), language))
        return found

    def _parts(self, words: Sequence[str], language: str | None) -> Iterator[Part]:
        at = 0
        while at < len(words):
            phrase, length = self._longest(words, at)
            if length:
                yield _part(phrase, self.lexicon.meanings[phrase], language)
            elif len(words[at]) > 1 and not words[at].isdigit():
                yield from self._compound(words[at], language)
            at += max(1, length)

    def _longest(self, words: Sequence[str], at: int) -> tuple[str, int]:
        for length in range(min(self.lexicon.longest, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in self.lexicon.meanings:
                return phrase, length
        return "", 0

    def _compound(self, word: str, language: str | None) -> Iterator[Part]:
        parts = self._cut.get(word)
        if parts is None:
            parts = self._cut[word] = parts_of(word, self._words)
        if len(parts) == 1:
            yield Part(word, frozenset())
            return
        at = 0
        while at < len(parts):
            phrase, length = self._longest(parts, at)
            yield (
                _part(phrase, self.lexicon.meanings[phrase], language) if length else Part(parts[at], frozenset())
            )
            at += max(1, length)


def head_of(parts: Sequence[Part], language: str | None) -> int:
    """Index of the part that says what a thing is; the others only say of which kind.

    Before the first word that binds (`produkt på salgsmulighet`, `bill of lading`), else the last; the first in
    languages that put the head there.
    """
    bound = next((at for at, part in enumerate(parts) if part.binds and at), len(parts))
    if language in HEAD_FIRST:
        return 0
    return bound - 1


def language_of(names: Iterable[tuple[Part, ...]]) -> str | None:
    """The language that most parts of names share; None where English explains as much or nothing was read."""
    counts: dict[str, float] = {}
    for parts in names:
        for part in parts:
            for language in part.languages:
                counts[language] = counts.get(language, 0.0) + 1.0 / len(part.languages)
    best = max(sorted(counts), key=lambda each: counts[each], default=None)
    return None if best is None or counts[best] <= counts.get("en", 0.0) else best


def _part(text: str, meanings: Sequence[Meaning], language: str | None) -> Part:
    fitting = [each for each in meanings if each.language == language] if language else []
    chosen = fitting or meanings
    return Part(text, frozenset(each.term for each in chosen), frozenset(each.language for each in meanings))
