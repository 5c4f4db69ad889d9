"""Profiles read as words: what matching compares.

One `Lens` is made from both schemas: it knows which words they use, so that names written together can be cut,
which prefixes are only a publisher's, and how rare each word is. With it every field becomes a `FieldReading`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import log

from auditor.dataclasses import dataclass
from auditor.lexicon.splitting import Vocabulary, counted, segment, vocabulary_of, words_of
from auditor.matching.kinds import Kind, kind_of
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.wording import Wording

_LONG = 5
"""A word with as many letters or more may be several."""
_PUBLISHED = 3
"""In so many objects a leading `xyz_` must come up to be a publisher's prefix."""
_ORDINAL = re.compile(r"addr(?:ess)? ?([1-9]) (?=.)")
"""A block that is one of several: `address1_city` is the first, which goes for the only one elsewhere."""
_HEARD, _HEARD_SHARE = 5, 0.02
"""So many words, and such a share of all, must be of a language before it is taken for one that a schema uses."""
_LONGEST_PREFIX = 10
_SAID_ELSEWHERE = 0.05
"""Of its leading places: how often a prefix may be said elsewhere, where it would be a word."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field as its words."""

    profile: FieldProfile
    terms: tuple[str, ...]
    """Of the name."""
    label: tuple[str, ...]
    """Of the label; those of the name where there is none."""
    target: frozenset[str]
    """Of the objects that it points at."""
    said: frozenset[str]
    """Of its description."""
    kind: Kind
    role: str
    """Of the block that it belongs to (`delivery`, `billing` …); empty where none is named."""
    joined: str
    grams: frozenset[str]
    """Three letters each of the name, marked by a leading blank so that none is taken for a word."""
    shared: float
    """0..1: how many objects of its system have a field of this name; what most have is the platform's own."""


@dataclass(frozen=True, slots=True)
class ObjectReading:
    """One object as its words."""

    profile: ObjectProfile
    terms: tuple[str, ...]
    """Of name and label."""
    said: frozenset[str]
    fields: tuple[FieldReading, ...]


@dataclass(frozen=True, slots=True)
class Lens:
    """How the words of two schemas are read."""

    wording: Wording
    vocabulary: Vocabulary
    prefixes: frozenset[str]
    rarity: dict[str, float]
    """Inverse document frequency over the fields of both sides, 0..1."""

    def weight(self, term: str) -> float:
        """How much a term says."""
        return self.rarity.get(term, 1.0)


def read(crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile], wording: Wording) -> Schemas:
    """Both schemas as words, and the lens that they were read with."""
    everything = (*crm, *erp)
    strong, weak = _words(everything)
    spoken = _spoken(strong, weak, wording)
    if spoken:
        # Where words are joined, those of labels are too: `Ordersumma` is no word of its own.
        joined = {word: count for word, count in strong.items() if len(word) > _LONG and word not in spoken}
        strong = {word: count for word, count in strong.items() if word not in joined} | spoken
        weak = weak | joined
    vocabulary = vocabulary_of(strong, weak)
    found = _prefixes(everything, strong)
    prefixes = frozenset(prefix for prefix in found if len(segment(prefix, vocabulary)) == 1)
    reader = _Reader(wording, vocabulary, prefixes)
    labels = {each.name.lower(): reader.object_terms(each) for each in everything}
    read_crm = tuple(reader.objects(crm, labels))
    read_erp = tuple(reader.objects(erp, labels))
    lens = Lens(wording, reader.vocabulary, reader.prefixes, _rarity((*read_crm, *read_erp), wording))
    return Schemas(read_crm, read_erp, lens)


@dataclass(frozen=True, slots=True)
class Schemas:
    """Both sides read, and the lens that they were read with."""

    crm: tuple[ObjectReading, ...]
    erp: tuple[ObjectReading, ...]
    lens: Lens


class _Reader:
    """Cuts names, each word once."""

    def __init__(self, wording: Wording, vocabulary: Vocabulary, prefixes: frozenset[str]) -> None:
        self.wording = wording
        self.vocabulary = vocabulary
        self.prefixes = prefixes
        self._cut = cache(self._cut_once)
        self._words = cache(self._words_once)
        self._terms = cache(self._terms_once)
        self._said = cache(self._said_once)
        self._grams = cache(_grams)

    def objects(
        self, objects: Sequence[ObjectProfile], labels: dict[str, tuple[str, ...]]
    ) -> Iterable[ObjectReading]:
        counts = Counter(name for each in objects for name in {one.name.lower() for one in each.fields})
        many = max(1, len(objects))
        for each in objects:
            fields = tuple(
                self._field(one, each.name, counts[one.name.lower()] / many, labels) for one in each.fields
            )
            yield ObjectReading(each, labels[each.name.lower()], self._said(each.description), fields)

    def object_terms(self, item: ObjectProfile) -> tuple[str, ...]:
        plain = self.wording.lexicon.object_name(item.name) or item.name
        names = (item.label, plain, *item.other_names)
        return tuple(dict.fromkeys(chain.from_iterable(self._terms(name) for name in names if name)))

    def _field(
        self, item: FieldProfile, object_name: str, share: float, labels: dict[str, tuple[str, ...]]
    ) -> FieldReading:
        words = self._words(item.name)
        terms = self._terms(self.wording.lexicon.field_name(item.name) or item.name)
        label = self._terms(item.label) if item.label else ()
        target = frozenset(chain.from_iterable(labels.get(name.lower(), ()) for name in item.targets))
        # In an object of deliveries every field is of the delivery, and none of a block of that role.
        own = labels.get(object_name.lower(), ())
        roles = (
            self.wording.roles[term] for term in (*terms, *label) if term in self.wording.roles and term not in own
        )
        ordinal = _ORDINAL.search(item.name.lower().replace("_", " "))
        joined = "".join(words)
        return FieldReading(
            item,
            terms,
            label or terms,
            target,
            self._said(item.description),
            kind_of(item.type, words, terms or label, self.wording.naming),
            next(roles, "") if ordinal is None else "primary" if ordinal[1] == "1" else "other",
            joined,
            self._grams(joined),
            share,
        )

    def _terms_once(self, text: str) -> tuple[str, ...]:
        return self.wording.terms(self._words(text))

    def _said_once(self, text: str) -> frozenset[str]:
        """The words of a sentence, which writes them apart."""
        return frozenset(self.wording.terms(words_of(text)))

    def _words_once(self, text: str) -> tuple[str, ...]:
        first, sign, rest = text.partition("_")
        if sign and rest and first.lower() in self.prefixes:
            text = rest
        return tuple(chain.from_iterable(self._cut(word) for word in words_of(text)))

    def _cut_once(self, word: str) -> tuple[str, ...]:
        if len(word) < _LONG or word in self.vocabulary.costs or not word.isalpha():
            return (word,)
        return segment(word, self.vocabulary)


def _grams(joined: str) -> frozenset[str]:
    return frozenset(f" {joined[at : at + 3]}" for at in range(max(1, len(joined) - 2)))


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


def _rarity(objects: Iterable[ObjectReading], wording: Wording) -> dict[str, float]:
    counts: Counter[str] = Counter()
    total = 0
    for each in objects:
        for one in each.fields:
            counts.update({*one.terms, *one.label})
            total += 1
    top = log(1 + total)
    found = {term: log(1 + total / count) / top for term, count in counts.items()} if total > 1 else {}
    return {
        term: value * (0.4 if term in wording.naming or term.isdigit() else 1.0) for term, value in found.items()
    }
