"""Words of field names and what they mean to each other: equal, near, naming, empty, and the roles of a block.

The words are data (`data/matching-words.yaml` of `auditor.policies`); a caller may hand in more, such as the
business synonyms of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from auditor.dataclasses import dataclass
from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.splitting import words_of
from auditor.lexicon.words import Lexicon

_LONGEST_PHRASE = 4
_NUMBERS = ("nummer", "number", "nr", "no")
_SHORTEST = 3
"""Letters of the shortest word that a number's name begins with."""
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How words are read. Every word in it is folded and stemmed."""

    phrases: Mapping[_Phrase, tuple[str, ...]]
    """What a word, or several in a row, are read as."""
    near: Mapping[str, frozenset[str]]
    naming: frozenset[str]
    empty: frozenset[str]
    roles: Mapping[str, str]
    """The role of an address or party block that a word stands for."""
    parts: frozenset[str]
    """Parts of an address."""
    kinds: frozenset[str]
    """Words that name what a field's type says as well."""
    bookkeeping: frozenset[str]
    """Words of a platform's own bookkeeping."""
    buying: frozenset[str]
    """Words of the side of trade on which the company is the customer."""
    starts: frozenset[str]
    """First words of phrases of several words."""
    lexicon: Lexicon
    """Where the words of other languages come from, and the short names of tables and fields."""

    def terms(self, words: Iterable[str]) -> tuple[str, ...]:
        """What words mean, in their order, without what is empty; the longest phrase wins."""
        stems = [stem(word) for word in words]
        found: list[str] = []
        at = 0
        while at < len(stems):
            taken, terms = self._longest(stems, at)
            at += taken
            found += [term for term in terms if term not in self.empty and term not in found]
        if "address" in found and not self.parts.isdisjoint(found):
            found.remove("address")
        return tuple(found)

    def _longest(self, stems: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        if stems[at] in self.starts:
            for size in range(min(_LONGEST_PHRASE, len(stems) - at), 1, -1):
                phrase = tuple(stems[at : at + size])
                terms = self.phrases.get(phrase)
                # `Address 1` is a line of an address, `Address 1 City` is not.
                if terms is not None and (at + size == len(stems) or not phrase[-1].isdigit()):
                    return size, terms
        return 1, self.phrases.get((stems[at],)) or (stems[at],)


def stem(word: str) -> str:
    """An English plural in the singular; any other word as it is."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "sales", "news")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def load_wording(lexicon: Lexicon | None = None) -> Wording:
    """The words that come with the auditor, and the business words of other languages (those that ship)."""
    from importlib.resources import files

    from auditor.formats.yamls import load_plain

    text = (files("auditor.policies") / "data" / "matching-words.yaml").read_text(encoding="utf-8")
    return wording_of(cast(Mapping[str, object], load_plain(text)), lexicon or load_lexicon())


def wording_of(data: Mapping[str, object], lexicon: Lexicon) -> Wording:
    """A wording from its data; what stands in the data goes before the lexicon.

    The lexicon gives the words of other languages. Its English ones are left out: what they stand for is a
    concept (an `article` is a product), and fields need the finer word.
    """
    phrases: dict[_Phrase, tuple[str, ...]] = {}
    for meaning, words in cast(Mapping[str, list[str]], data["same"]).items():
        for word in words:
            phrases.setdefault(tuple(map(stem, words_of(word))), (stem(meaning),))
    naming = frozenset(map(stem, cast(list[str], data["naming"])))
    for key, meanings in lexicon.meanings.items():
        phrase = tuple(map(stem, key.split()))
        if all(meaning.language != "en" for meaning in meanings) and naming.isdisjoint(phrase):
            phrases.setdefault(phrase, _read_as(meanings[0].term, phrases))
    phrases |= _numbered(phrases, naming)
    near: dict[str, frozenset[str]] = {}
    for row in cast(list[list[str]], data["near"]):
        for word in row:
            near[stem(word)] = near.get(stem(word), frozenset()) | {stem(other) for other in row if other != word}
    roles = cast(Mapping[str, list[str]], data["roles"])
    return Wording(
        phrases,
        near,
        naming,
        frozenset(map(stem, cast(list[str], data["empty"]))),
        {stem(word): role for role, words in roles.items() for word in words},
        frozenset(cast(list[str], data["parts"])),
        frozenset(cast(list[str], data["kinds"])),
        frozenset(cast(list[str], data["bookkeeping"])),
        frozenset(map(stem, cast(list[str], data["buying"]))),
        frozenset(phrase[0] for phrase in phrases if len(phrase) > 1),
        lexicon,
    )


def _numbered(
    phrases: Mapping[_Phrase, tuple[str, ...]], naming: frozenset[str]
) -> dict[_Phrase, tuple[str, ...]]:
    """Words that end in a number's (`kollinummer`), as they are read where that end is cut off or abbreviated."""
    found: dict[_Phrase, tuple[str, ...]] = {}
    for phrase, terms in phrases.items():
        ending = next((each for each in _NUMBERS if phrase[0].endswith(each)), "")
        base = phrase[0].removesuffix(ending).removesuffix("s")
        if len(phrase) == 1 and ending and len(base) >= _SHORTEST and not naming.isdisjoint(terms):
            found |= {(base, number): terms for number in _NUMBERS if (base, number) not in phrases}
    return found


def _read_as(term: str, phrases: Mapping[_Phrase, tuple[str, ...]]) -> tuple[str, ...]:
    """A term of the lexicon (`postal_code`) in the words of fields."""
    words = tuple(map(stem, words_of(term)))
    if words in phrases:
        return phrases[words]
    return tuple(word for each in words for word in phrases.get((each,), (each,)))
