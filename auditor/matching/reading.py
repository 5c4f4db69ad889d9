"""Profiles read as words: what matching compares. With a `Lens` every field becomes a `FieldReading`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain

from auditor.dataclasses import dataclass
from auditor.lexicon.splitting import words_of
from auditor.matching.kinds import Kind, kind_of
from auditor.matching.lens import Lens, Spelling, Terms, object_rarity_of, rarity_of, shares_of, spelling_of
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.wording import Wording
from auditor.patterns import regex

_ORDINAL = regex(r"addr(?:ess)? ?([1-9]) (?=.)")
"""A block that is one of several: `address1_city` is the first, which goes for the only one elsewhere."""


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
class Schemas:
    """Both sides read, and the lens that they were read with."""

    crm: tuple[ObjectReading, ...]
    erp: tuple[ObjectReading, ...]
    lens: Lens


def read(crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile], wording: Wording) -> Schemas:
    """Both schemas as words, and the lens that is learned from them."""
    spelling = spelling_of((*crm, *erp), wording)
    reader = _Reader(spelling)
    mine, theirs = _named(crm, reader), _named(erp, reader)
    shares = shares_of(crm)
    one_side, other_side = _side(crm, reader, mine, shares), _side(erp, reader, theirs, shares_of(erp))
    both = (*one_side, *other_side)
    rarity = rarity_of(({*one.terms, *one.label} for each in both for one in each.fields), wording)
    names = object_rarity_of([each.terms for each in both])
    lens = Lens(spelling, rarity, names, mine, shares)
    return Schemas(one_side, other_side, lens)


def read_crm(objects: Sequence[ObjectProfile], lens: Lens) -> tuple[ObjectReading, ...]:
    """Objects of the CRM, read with a lens that was learned before."""
    reader = _Reader(lens.spelling)
    return tuple(reader.object(each, lens.crm_objects, lens.share) for each in objects)


def read_erp(objects: Sequence[ObjectProfile], lens: Lens) -> tuple[ObjectReading, ...]:
    """The whole schema of the ERP, read with a lens that was learned before."""
    reader = _Reader(lens.spelling)
    return _side(objects, reader, _named(objects, reader), shares_of(objects))


def _named(objects: Sequence[ObjectProfile], reader: _Reader) -> dict[str, Terms]:
    return {each.name.lower(): reader.object_terms(each) for each in objects}


def _side(
    objects: Sequence[ObjectProfile], reader: _Reader, names: Mapping[str, Terms], shares: Mapping[str, float]
) -> tuple[ObjectReading, ...]:
    return tuple(reader.object(each, names, shares.__getitem__) for each in objects)


class _Reader:
    """Cuts names, each word once."""

    def __init__(self, spelling: Spelling) -> None:
        self.wording = spelling.wording
        self.prefixes = spelling.prefixes
        self._cut = cache(spelling.cut)
        self._words = cache(self._words_once)
        self._terms = cache(self._terms_once)
        self._said = cache(self._said_once)
        self._grams = cache(grams_of)

    def object(
        self, item: ObjectProfile, names: Mapping[str, Terms], share: Callable[[str], float]
    ) -> ObjectReading:
        """One object; `names` are the words of what may be pointed at, `share` how common a field's name is."""
        own = self.object_terms(item)
        fields = tuple(self._field(one, own, names, share(one.name.lower())) for one in item.fields)
        return ObjectReading(item, own, self._said(item.description), fields)

    def object_terms(self, item: ObjectProfile) -> tuple[str, ...]:
        """The words of an object's name and label."""
        plain = self.wording.lexicon.object_name(item.name) or item.name
        names = (item.label, plain, *item.other_names)
        return tuple(dict.fromkeys(chain.from_iterable(self._terms(name) for name in names if name)))

    def _field(self, item: FieldProfile, own: Terms, names: Mapping[str, Terms], share: float) -> FieldReading:
        words = self._words(item.name)
        terms = self._terms(self.wording.lexicon.field_name(item.name) or item.name)
        label = self._terms(item.label) if item.label else ()
        target = frozenset(chain.from_iterable(names.get(name.lower(), ()) for name in item.targets))
        # In an object of deliveries every field is of the delivery, and none of a block of that role.
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


def grams_of(joined: str) -> frozenset[str]:
    """Three letters each of a name, marked by a leading blank."""
    return frozenset(f" {joined[at : at + 3]}" for at in range(max(1, len(joined) - 2)))
