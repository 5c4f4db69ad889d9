"""Fields of related objects that hold the same: `Warranty_Terms` on a machine and on each of its visits.

What every object has anyhow (a name, a status, an owner, dates, amounts, addresses) is no copy, nor is what many
related objects have alike, which is a convention, nor what is worked out from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.lexicon.splitting import words_of
from auditor.matching.nearly import CHOICES, NearField, are_akin, kind_of_field, plain_words, signature_of

CONVENTION = 3
"""Related objects that have a field alike before it is one of each object's own."""
_PLAIN = frozenset(
    word
    for line in (
        "name namn navn title titel status state stage fas type typ kind category kategori class klass",
        "group grupp description beskrivning beskrivelse beschreibung note notes comment comments kommentar",
        "remark text summary detail record date datum dato time tid day month year start end from to begin",
        "due valid first last created modified updated amount total belopp sum summa value varde price pris",
        "cost quantity antal number count percent rate currency valuta unit size weight id code key ref",
        "reference external system source kalla owner user by is active aktiv enabled default flag order",
        "sort sequence index version priority reason other custom new old email phone mobile fax website",
        "url address street city zip postal country county line contact full language region location",
        "department company account",
    )
    for word in line.split()
)
"""Words that say nothing by themselves that one object could have from another."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One object with its fields that may be copies, and the related objects that it is below or beside."""

    key: str
    fields: tuple[NearField, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A field of a related object that holds the same, and what says so."""

    field: str
    because: str


def copies(holder: Holder, related: Sequence[Holder]) -> Mapping[str, tuple[Copied, ...]]:
    """Key of a field of the holder → fields of related objects that hold the same, by key."""
    tables = [_Table(each.fields) for each in related]
    found: dict[str, tuple[Copied, ...]] = {}
    for field in holder.fields:
        twins = [twin for table in tables for twin in table.twins(field)]
        if twins:
            found[field.key] = tuple(sorted(twins, key=lambda each: each.field))
    return found


class _Table:
    """The fields of one object by what makes two the same, so that none is compared with all."""

    def __init__(self, fields: Iterable[NearField]) -> None:
        self._names: dict[object, NearField] = {}
        self._labels: dict[object, NearField] = {}
        self._choices: dict[object, list[NearField]] = {}
        for field in fields:
            self._names.setdefault(_by_name(field), field)
            self._labels.setdefault(_by_label(field), field)
            self._choices.setdefault(field.choices, []).append(field)

    def twins(self, field: NearField) -> list[Copied]:
        """The best one that holds the same as a field of another object, if there is one."""
        for found, because, words in (
            (self._names.get(_by_name(field)), "the same name", plain_words(field.name)),
            (self._labels.get(_by_label(field)), "the same label", words_of(field.label)),
        ):
            if found is not None and is_specific(words):
                return [Copied(found.key, because)]
        if len(field.choices) < CHOICES:
            return []
        mine = plain_words(field.name)
        akin = [each for each in self._choices.get(field.choices, ()) if are_akin(mine, plain_words(each.name))]
        return [Copied(each.key, "the same choices") for each in akin[:1] if is_specific(mine)]


def may_be_same(one: NearField, other: NearField) -> bool:
    """Whether anything is the same of two fields that can make them copies, be it specific or not."""
    if _by_name(one) == _by_name(other) or _by_label(one) == _by_label(other):
        return True
    return len(one.choices) >= CHOICES and one.choices == other.choices


def is_specific(words: Iterable[str]) -> bool:
    """Whether a name says something of its own, in more than one word."""
    listed = [word for word in words if not word.isdigit()]
    return len(listed) > 1 and any(word not in _PLAIN and len(word) > 2 for word in listed)


def _by_name(field: NearField) -> object:
    """What fields of one name and kind share; a field without words of its own shares it with none."""
    signature = signature_of(field.name)
    choices = field.choices if field.choices else None
    return (signature, kind_of_field(field), choices) if len(signature) > 1 else field.key


def _by_label(field: NearField) -> object:
    label = words_of(field.label)
    return (label, kind_of_field(field), field.choices or None) if len(label) > 1 else field.key
