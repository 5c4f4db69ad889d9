"""Whether two fields of one system say the same: word for word, whatever the order, the wording and the language.

Matching CRM with ERP weighs what thousands of pairs taught; here one wish stands against the few fields of an
object that people know by their labels, and what must be told is whether they would take one for the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import cast

from auditor.dataclasses import dataclass
from auditor.lexicon.compounds import parts_of
from auditor.lexicon.reading import NameReader
from auditor.lexicon.splitting import words_of
from auditor.lexicon.words import Lexicon
from auditor.matching.wording import Wording, stem
from auditor.model.datatypes import DataType, normalise_type

SAME = 0.85
"""From here on two fields say the same."""
PERHAPS = 0.65
"""From here on they may."""
_LITTLE = 0.4
"""What a word counts that only names, numbers or types: a date, a code, a number."""
_OWN = 0.35
"""What a word of the object itself counts: the customer's number stands on the customer."""
_FILLER = "filler"
"""The lexicon's class of words that say where a value comes from and not what it is."""
_NEAR = 0.6
_AKIN = 0.5
"""What two words of one class count: a supplier and a subcontractor."""
_CONFLICT = 0.5
_TYPES = frozenset(
    {
        "date",
        "time",
        "number",
        "amount",
        "kind",
        "status",
        "text",
        "flag",
        "url",
        "percent",
        "code",
        "note",
        "total",
    }
)
_OTHER_KIND = {
    DataType.BOOLEAN: "flag",
    DataType.DATE: "date",
    DataType.DATETIME: "date",
    DataType.TIME: "date",
    DataType.NUMBER: "figure",
    DataType.CURRENCY: "figure",
    DataType.PERCENT: "figure",
    DataType.REFERENCE: "link",
    DataType.LOCATION: "place",
    DataType.BINARY: "file",
}
_MIXED = frozenset({frozenset({"figure", "text"}), frozenset({"date", "text"}), frozenset({"link", "text"})})
"""Kinds that stand in for each other: a number typed as text, a customer named instead of linked."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """What one word may mean.

    The lexicon's terms are classes (a fax is an activity): only the word that stands for the whole class in its
    language means nothing but it.
    """

    meant: frozenset[str]
    akin: frozenset[str]
    """Classes that it belongs to."""


_Senses = tuple[_Sense, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A field as far as saying goes."""

    name: str
    label: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two fields say the same, 0..1, and in words why."""

    score: float
    because: str
    heavy: bool = True
    """Whether a word is shared that says more than a type, a number or the object itself."""


@dataclass(frozen=True, slots=True)
class SayingWords:
    """What is made of all words before any is compared."""

    everyday: Mapping[str, str]
    """Word → what it is read as."""
    first: Mapping[str, frozenset[str]]
    """Word or phrase → the terms that it stands for before any other word of its language."""
    known: frozenset[str]
    """Every single word, for telling what a compound is made of."""


def words_for(wording: Wording, everyday: Mapping[str, str]) -> SayingWords:
    """What comparing by a wording needs; dear, and the same for every field."""
    single = {phrase[0] for phrase in wording.phrases if len(phrase) == 1}
    known = {key for key in (*wording.lexicon.meanings, *everyday) if " " not in key}
    return SayingWords(everyday, _first_words(wording.lexicon), frozenset(single | known))


class Sayings:
    """Compares fields by what they say; what was read of a word is kept."""

    def __init__(self, wording: Wording, reader: NameReader, words: SayingWords | None = None) -> None:
        told = words_for(wording, everyday_words()) if words is None else words
        self._wording = wording
        self._reader = reader
        self._read = cache(self._senses)
        self._first, self._everyday, self._words = told.first, told.everyday, told.known

    def likeness(self, wish: Wish, other: Wish, around: Sequence[str] = ()) -> Likeness:
        """How much a wish says what another field says; `around` are the names and labels of their object."""
        own = frozenset(term for text in around for sense in self._read(text) for term in sense.meant)
        best = Likeness(0.0, "")
        for mine in _said(wish):
            for theirs in _said(other):
                score, heavy = self._share(self._read(mine), self._read(theirs), own)
                if words_of(mine) and "".join(words_of(mine)) == "".join(words_of(theirs)):
                    score = 1.0
                if score > best.score:
                    same = words_of(mine) == words_of(theirs)
                    because = f"{mine!r} says what {theirs!r} says" if not same else f"both are called {theirs!r}"
                    best = Likeness(score, because, heavy)
        if best.score and not may_hold_the_same(wish.type, other.type):
            because = f"{best.because}, but {wish.type} is no {other.type}"
            return Likeness(best.score * _CONFLICT, because, best.heavy)
        return best

    def _senses(self, text: str) -> _Senses:
        """Of each word what it may mean; words that say nothing are left out."""
        found = []
        for part in self._reader.parts(text):
            plain = tuple(part.text.split()) if part.terms else parts_of(part.text, self._words)
            everyday = [self._everyday[word] for word in plain[:1] if len(plain) == 1 and word in self._everyday]
            terms = self._wording.terms(self._everyday.get(word, word) for word in plain)
            if part.binds or (not terms and not part.terms):
                continue
            if len(terms) > 1:
                found += [_Sense(frozenset({term}), frozenset()) for term in terms]
            else:
                standing = self._first.get(part.text, frozenset()) & part.terms
                found.append(_Sense(frozenset((*terms, *standing, *everyday, stem(" ".join(plain)))), part.terms))
        digits = [_Sense(frozenset({word}), frozenset()) for word in words_of(text) if word.isdigit()]
        return tuple(dict.fromkeys((*found, *digits)))

    def _share(self, mine: _Senses, theirs: _Senses, own: frozenset[str]) -> tuple[float, bool]:
        """Twice what both say by what each says, weighed (Dice); 0 where nothing but light words is shared."""
        total = sum(self._weight(each, own) for each in (*mine, *theirs))
        if not mine or not theirs:
            return 0.0, False
        shared, heavy, left = 0.0, False, list(theirs)
        for sense in sorted(mine, key=lambda each: -self._weight(each, own)):
            alike = [self._alike(sense, each) for each in left]
            best = max(alike, default=0.0)
            if best:
                partner = left.pop(alike.index(best))
                weight = min(self._weight(sense, own), self._weight(partner, own))
                shared += best * weight
                heavy = heavy or weight == 1.0
        return (2 * shared / total if heavy or not left else 0.0), heavy

    def _alike(self, one: _Sense, other: _Sense) -> float:
        if not one.meant.isdisjoint(other.meant):
            return 1.0
        near = self._wording.near
        if any(not near.get(term, frozenset()).isdisjoint(other.meant) for term in one.meant):
            return _NEAR
        return 0.0 if one.akin.isdisjoint(other.akin) else _AKIN

    def _weight(self, sense: _Sense, own: frozenset[str]) -> float:
        if (
            _FILLER in sense.akin
            or not sense.meant.isdisjoint(_TYPES)
            or not sense.meant.isdisjoint(self._wording.naming)
        ):
            return _LITTLE
        return _OWN if not sense.meant.isdisjoint(own) else 1.0


@lru_cache(maxsize=1)
def everyday_words() -> Mapping[str, str]:
    """Word → what it is read as (`policies/data/everyday-words.yaml`); read once in a process."""
    from importlib.resources import files

    from auditor.formats.yamls import load_plain

    text = (files("auditor.policies") / "data" / "everyday-words.yaml").read_text(encoding="utf-8")
    data = cast(Mapping[str, Mapping[str, list[str]]], load_plain(text))
    found = {str(word): str(word) for word in data["same"]}
    for meaning, words in data["same"].items():
        for word in words:
            found.setdefault(stem(str(word)), str(meaning))
            found.setdefault(str(word), str(meaning))
    return found


def may_hold_the_same(one: str, other: str) -> bool:
    """Whether two types can hold the same; a type that nobody gave can hold anything."""
    meant, others = normalise_type(one), normalise_type(other)
    if meant is None or others is None or DataType.OTHER in (meant, others):
        return True
    kinds = frozenset({_OTHER_KIND.get(meant, "text"), _OTHER_KIND.get(others, "text")})
    return len(kinds) == 1 or kinds in _MIXED


def _first_words(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Word or phrase → the terms that it stands for before any other word of its language."""
    seen: set[tuple[str, str]] = set()
    found: dict[str, set[str]] = {}
    for key, meanings in lexicon.meanings.items():
        for each in meanings:
            if (each.term, each.language) not in seen or key == each.term:
                seen.add((each.term, each.language))
                found.setdefault(key, set()).add(each.term)
    return {key: frozenset(terms) for key, terms in found.items()}


def _said(wish: Wish) -> tuple[str, ...]:
    """What people read, and what it is called where that says more than the label."""
    return tuple(dict.fromkeys(text for text in (wish.label, wish.name) if text))
