"""How the words of two schemas are read: which they use, how rare each is, and which prefixes say nothing.

A `Lens` is learned from both schemas, or is the one that an audit froze: then a schema that changed since is read
as it was read before, so that answers differ only where the schema does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log

from auditor.dataclasses import dataclass
from auditor.dataclasses import field as dataclass_field
from auditor.lexicon.splitting import Vocabulary, counted, segment, vocabulary_of, words_of
from auditor.matching.profiles import ObjectProfile
from auditor.matching.wording import Wording

_LONG = 5
"""A word with as many letters or more may be several."""
_PUBLISHED = 3
"""In so many objects a leading `xyz_` must come up to be a publisher's prefix."""
_HEARD, _HEARD_SHARE = 5, 0.02
"""So many words, and such a share of all, must be of a language before it is taken for one that a schema uses."""
_LONGEST_PREFIX = 10
_SAID_ELSEWHERE = 0.05
"""Of its leading places: how often a prefix may be said elsewhere, where it would be a word."""
_SAYS_LITTLE = 0.4
"""What a word that names a row, or a number, counts of another that is as rare."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names are cut into words."""

    wording: Wording
    vocabulary: Vocabulary
    prefixes: frozenset[str]
    """Leading parts of names that are only a publisher's."""
    cuts: Mapping[str, Terms] = dataclass_field(default_factory=dict)
    """Words that were cut before, with their pieces."""

    def cut(self, word: str) -> Terms:
        """A word that may be written together, as the words that it is made of."""
        if len(word) < _LONG or word in self.vocabulary.costs or not word.isalpha():
            return (word,)
        return self.cuts.get(word) or segment(word, self.vocabulary)


@dataclass(frozen=True, slots=True)
class Lens:
    """How the words of two schemas are read and what each of them says."""

    spelling: Spelling
    rarity: Mapping[str, float]
    """Inverse document frequency over the fields of both sides, 0..1."""
    object_rarity: Mapping[str, float]
    """The same over the names of objects."""
    crm_objects: Mapping[str, Terms]
    """CRM object, in lower case → the words of its name, for what points at it."""
    shares: Mapping[str, float]
    """CRM field, in lower case → how many of the CRM's objects have a field of this name, 0..1."""

    @property
    def wording(self) -> Wording:
        """What words mean to each other."""
        return self.spelling.wording

    def weight(self, term: str) -> float:
        """How much a term says."""
        return self.rarity.get(term, 1.0)

    def share(self, field: str) -> float:
        """How many of the CRM's objects have a field of this name (lower case), 0..1."""
        return self.shares.get(field, 0.0)


def spelling_of(objects: Sequence[ObjectProfile], wording: Wording) -> Spelling:
    """How the names of these objects and of their fields are cut."""
    strong, weak = _words(objects)
    spoken = _spoken(strong, weak, wording)
    if spoken:
        # Where words are joined, those of labels are too: `Ordersumma` is no word of its own.
        joined = {word: count for word, count in strong.items() if len(word) > _LONG and word not in spoken}
        strong = {word: count for word, count in strong.items() if word not in joined} | spoken
        weak = weak | joined
    vocabulary = vocabulary_of(strong, weak)
    found = _prefixes(objects, strong)
    prefixes = frozenset(prefix for prefix in found if len(segment(prefix, vocabulary)) == 1)
    return Spelling(wording, vocabulary, prefixes)


def rarity_of(fields: Iterable[Collection[str]], wording: Wording) -> dict[str, float]:
    """How rare each word is among the words of fields, 0..1."""
    counts: Counter[str] = Counter()
    total = 0
    for words in fields:
        counts.update(words)
        total += 1
    top = log(1 + total)
    found = {term: log(1 + total / count) / top for term, count in counts.items()} if total > 1 else {}
    little = wording.naming
    return {
        term: value * (_SAYS_LITTLE if term in little or term.isdigit() else 1.0) for term, value in found.items()
    }


def object_rarity_of(objects: Sequence[Terms]) -> dict[str, float]:
    """How rare each word is among the names of objects, 0..1."""
    counts = Counter(term for terms in objects for term in terms)
    top = log(1 + len(objects))
    return {term: log(1 + len(objects) / count) / top for term, count in counts.items()} if top > 1 else {}


def shares_of(objects: Sequence[ObjectProfile]) -> dict[str, float]:
    """Name of a field, in lower case → how many of these objects have such a field, 0..1.

    What only one object has is its own, however few objects there are.
    """
    counts = Counter(name for each in objects for name in {one.name.lower() for one in each.fields})
    return {name: count / len(objects) if count > 1 else 0.0 for name, count in counts.items()}


def _words(objects: Iterable[ObjectProfile]) -> tuple[dict[str, int], dict[str, int]]:
    """The words of both schemas: of labels and names that show where words begin, and of the others."""
    strong: list[str] = []
    weak: list[str] = []
    for each in objects:
        for name, label in ((each.name, each.label), *((one.name, one.label) for one in each.fields)):
            strong.extend(words_of(label))
            (weak if name.lower() == name else strong).extend(words_of(name))
    return counted(strong), counted(weak)


def _spoken(strong: Mapping[str, int], weak: Mapping[str, int], wording: Wording) -> dict[str, int]:
    """The words of the languages that two schemas use, so that what they write together can be cut.

    In such a language most words join with an s in between (`avtalsnr`), and many are found in `wording` only.
    """
    lexicon = wording.lexicon
    heard: Counter[str] = Counter()
    for word in strong.keys() | weak.keys():
        languages = lexicon.languages(word)
        if languages and "en" not in languages:
            heard.update(languages[:1])
    least = max(_HEARD, len(strong.keys() | weak.keys()) * _HEARD_SHARE)
    spoken = {language for language, count in heard.items() if count >= least}
    if not spoken:
        return {}
    keys = {phrase[0]: lexicon.languages(phrase[0]) for phrase in wording.phrases if len(phrase) == 1}
    words = {key for key, languages in keys.items() if not languages or spoken.intersection(languages)}
    known = {word: _HEARD for word in words if len(word) > 1 and word.isalpha()}
    known |= dict.fromkeys(wording.naming, 10 * _HEARD)
    known |= {f"{word}s": 1 for word in known if len(word) >= _LONG and not word.endswith("s")}
    return {word: max(count, strong.get(word, 0)) for word, count in known.items()}


def _prefixes(objects: Iterable[ObjectProfile], strong: Mapping[str, int]) -> frozenset[str]:
    """Leading parts (`msdyn_`) that stand before names in many objects and are hardly ever said elsewhere."""
    holders: dict[str, set[str]] = {}
    leading: Counter[str] = Counter()
    elsewhere = Counter(strong)
    for each in objects:
        for name in (each.name, *(one.name for one in each.fields)):
            first, *rest = name.lower().split("_")
            elsewhere.update(rest or (first,))
            if rest and first.isalpha() and len(first) <= _LONGEST_PREFIX:
                holders.setdefault(first, set()).add(each.name)
                leading[first] += 1
                elsewhere[first] -= strong.get(first, 0) > 0 and name != name.lower()
    return frozenset(
        first
        for first, names in holders.items()
        if len(names) >= _PUBLISHED and elsewhere[first] <= leading[first] * _SAID_ELSEWHERE
    )
