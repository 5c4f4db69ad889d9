"""Fields of one object that hardly differ: `Invoice_Number`, `Invoice_Num` and `Invoice_Number2`; choices twice.

Series are none (`Phone 1` to `Phone 3`, two lines of an address), nor is a number beside an id or a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.lexicon.splitting import words_of
from auditor.matching.opposites import opposed
from auditor.matching.wording import stem
from auditor.model.datatypes import DataType, normalise_type

_CLASSES = {
    word: meant
    for meant, words in {
        "number": ("num", "number", "no", "nr", "nbr", "nummer"),
        "id": ("id", "ids", "identifier"),
        "code": ("code", "kod", "kode"),
        "amount": ("amt", "amount"),
        "quantity": ("qty", "quantity"),
        "description": ("desc", "descr", "description"),
        "date": ("dt", "date"),
    }.items()
    for word in words
}
_VARIATIONS = frozenset({"old", "copy", "tmp", "temp", "test", "backup", "legacy", "duplicate", "dup"})
_SEVERAL = frozenset(
    {"address", "street", "line", "phone", "telephone", "email", "mobile", "fax", "website", "url", "contact"}
)
"""Of these a thing may well have two."""
_TEXTS = frozenset({DataType.TEXT, DataType.LONG_TEXT})
_GENERATED = 3
"""Letters that come by chance in a name that a machine made; a longer run of them is a word."""
CHOICES = 4
"""So many equal choices are no accident."""


@dataclass(frozen=True, slots=True)
class NearField:
    """One field of an object, as far as telling it apart goes; `key` is what the answer names it by."""

    key: str
    name: str
    type: str = ""
    choices: frozenset[str] = frozenset()
    described: bool = False
    position: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Fields that hardly differ, the one that is suggested to stay first, and what makes them alike."""

    fields: tuple[str, ...]
    because: str

    @property
    def survivor(self) -> str:
        """The field that is suggested to stay."""
        return self.fields[0]


def clusters(fields: Sequence[NearField]) -> tuple[Cluster, ...]:
    """The clusters of one object's fields, in the order of their survivors; a field is in one at most."""
    found: list[Cluster] = []
    taken: set[str] = set()
    for group, because in (*_same_label(fields), *_alike(fields), *_same_choices(fields)):
        rest = [field for field in group if field.key not in taken]
        if len(rest) > 1:
            ordered = tuple(field.key for field in sorted(rest, key=_staying))
            taken.update(ordered)
            found.append(Cluster(ordered, because))
    return tuple(sorted(found, key=lambda each: each.fields))


def _alike(fields: Iterable[NearField]) -> list[tuple[list[NearField], str]]:
    groups: dict[tuple[tuple[str, ...], str], list[NearField]] = {}
    for field in fields:
        signature = signature_of(field.name)
        if signature:
            groups.setdefault((signature, kind_of_field(field)), []).append(field)
    return [
        (group, "the same words")
        for (signature, _), group in groups.items()
        if len(group) > 1 and not _series(signature, group)
    ]


def _same_label(fields: Iterable[NearField]) -> list[tuple[list[NearField], str]]:
    groups: dict[tuple[str, ...], list[NearField]] = {}
    for field in fields:
        label = words_of(field.label)
        if len(label) > 1:
            groups.setdefault(label, []).append(field)
    return [(akin, "the same label") for group in groups.values() for akin in _families(group)]


def _families(group: Sequence[NearField]) -> Iterator[list[NearField]]:
    """Those of one label whose names are akin, too: a generated name (`t567845700040b`) is akin to none."""
    rest = [field for field in group if _is_spoken(field.name)]
    while len(rest) > 1:
        first = plain_words(rest[0].name)
        family = [field for field in rest if are_akin(first, plain_words(field.name))]
        rest = [field for field in rest if field not in family]
        if len(family) > 1:
            yield family


def signature_of(name: str) -> tuple[str, ...]:
    """The words of a name, sorted, without numbers and what marks a second one (`old`, `copy`)."""
    return tuple(sorted(word for word in _words(name) if not _varies(word)))


def plain_words(name: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(word for word in _words(name) if not _varies(word))


def _is_spoken(name: str) -> bool:
    """Whether words make at least half of a name."""
    return 2 * sum(len(word) for word in words_of(name) if len(word) > _GENERATED and word.isalpha()) >= len(name)


def _same_choices(fields: Iterable[NearField]) -> list[tuple[list[NearField], str]]:
    groups: dict[frozenset[str], list[NearField]] = {}
    for field in fields:
        if len(field.choices) >= CHOICES:
            groups.setdefault(field.choices, []).append(field)
    return [
        (family, "the same choices") for group in groups.values() if len(group) > 1 for family in _of_a_kind(group)
    ]


def _of_a_kind(group: Sequence[NearField]) -> Iterator[list[NearField]]:
    """Those whose names are akin, and none of them another's opposite: days of a start and of an end are two."""
    rest = list(group)
    while len(rest) > 1:
        first = frozenset(_words(rest[0].name))
        family = [field for field in rest if are_akin(first, frozenset(_words(field.name)))]
        rest = [field for field in rest if field not in family]
        if len(family) > 1:
            yield family


def are_akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether names share half of their words, and no opposites: many fields choose among the months of a year."""
    return 2 * len(one & other) >= min(len(one), len(other)) and not opposed(one, other)


def _series(signature: Sequence[str], group: Sequence[NearField]) -> bool:
    """Whether they are numbered on purpose: all, two or more beside one, or what comes in several."""
    numbered = [field for field in group if any(word.isdigit() for word in _words(field.name))]
    if not numbered or len(group) - len(numbered) > 1:
        return False
    return len(numbered) == len(group) or len(numbered) > 1 or not _SEVERAL.isdisjoint(signature)


def _words(name: str) -> list[str]:
    return [_CLASSES.get(word, stem(word)) for word in words_of(name)]


def _varies(word: str) -> bool:
    return word.isdigit() or word in _VARIATIONS


def kind_of_field(field: NearField) -> str:
    """What a field can hold, as far as that tells two apart."""
    meant = normalise_type(field.type)
    # A number that only names something is a text in one place and a number in another.
    numbers = _TEXTS | {DataType.NUMBER} if "number" in _words(field.name) else _TEXTS
    return "text" if meant in numbers else str(meant or "")


def _staying(field: NearField) -> tuple[int, bool, int, int, str]:
    words = _words(field.name)
    return (sum(map(_varies, words)), not field.described, -len(field.name), field.position, field.key)
