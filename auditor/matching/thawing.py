"""Reads back what `freezing` kept: the lens, the ERP's side and the index of its fields, each as far as asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from auditor.dataclasses import dataclass
from auditor.lexicon.splitting import Vocabulary, words_of
from auditor.lexicon.words import Lexicon, plain_key
from auditor.matching.candidates import FieldIndex, Packed, Sayers
from auditor.matching.counterpart import Head
from auditor.matching.kinds import Kind
from auditor.matching.lens import Lens, Spelling, Terms
from auditor.matching.postings import Found, nearest
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.reading import FieldReading, ObjectReading, grams_of
from auditor.matching.rows import FORMAT, Rows, Table, unpacked, unpacked_posting
from auditor.matching.scales import Scale, Scales
from auditor.matching.weighing import WeighedObject, weigh
from auditor.matching.wording import Wording, stem

_COST, _RARITY, _OBJECT_RARITY, _READ_AS = range(4)
"""Places in the row of a word."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Thawed:
    """One CRM beside one ERP, as an audit froze them."""

    lens: Lens
    erp: Frozen
    fields: FieldIndex
    """All fields of the ERP."""
    scales: Scales
    words: Ahead
    first_fields: tuple[int, ...]
    """The number of the first field of each object of the ERP, in the order of `fields`."""


def thaw(rows: Rows) -> Thawed | None:
    """What was frozen; None where it is not there, or of another format."""
    data = rows.get(("lens",)).get("lens")
    small = unpacked(data) if data is not None else {}
    if small.get("format") != FORMAT:
        return None
    words = Table[list[Any]](rows, "word:", unpacked)
    ahead = Ahead(rows, words)
    spelling = Spelling(
        _wording(small, ahead),
        Vocabulary(_Column[float](words, _COST), int(small["longest"])),
        frozenset(small["prefixes"]),
        Table[Terms](rows, "cut:", _terms),
    )
    lens = Lens(
        spelling,
        _Column[float](words, _RARITY),
        _Column[float](words, _OBJECT_RARITY),
        Table[Terms](rows, "crm:", _terms),
        Table[float](rows, "share:", unpacked),
    )
    scales = Scales(*(Scale(tuple(weights), base) for weights, base in small["scales"]))
    sayers = Table[Sayers](rows, "field:", lambda found: Packed(unpacked_posting(found)))
    first = tuple(small["first_fields"])
    return Thawed(lens, Frozen(rows, lens, ahead), FieldIndex(sayers, lens), scales, ahead, first)


class Ahead:
    """Reads the words of a schema before they are asked one by one."""

    def __init__(self, rows: Rows, words: Table[list[Any]]) -> None:
        self.words = words
        self.tables = Table[str](rows, "table:", unpacked)
        self.columns = Table[str](rows, "column:", unpacked)
        self.phrases = Table[Terms](rows, "phrase:", _terms)

    def read(self, objects: Iterable[ObjectProfile]) -> None:
        """Everything that names, labels and descriptions of these objects say."""
        named: list[ObjectProfile | FieldProfile] = []
        for each in objects:
            named += (each, *each.fields)
        said = {
            word for each in named for text in (each.name, each.label, each.description) for word in words_of(text)
        }
        self.words.fetch(sorted(said | {stem(word) for word in said}))
        self.columns.fetch(sorted({plain_key(each.name) for each in named}))


class Frozen:
    """The ERP's side (a `Counterpart`), read object by object."""

    def __init__(self, rows: Rows, lens: Lens, ahead: Ahead) -> None:
        self._lens, self._ahead = lens, ahead
        self._numbers = Table[int](rows, "erp:", unpacked)
        self._spelled = Table[str](rows, "spelled:", unpacked)
        self._heads = Table[Head](rows, "head:", _head)
        self._fields = Table[list[list[Any]]](rows, "fields:", unpacked)
        self._postings = Table[list[tuple[int, float]]](rows, "object:", _listed)
        self._weighed: dict[int, WeighedObject] = {}

    def number(self, name: str) -> int | None:
        """See `Counterpart`."""
        return self._numbers.get(name)

    def known(self, name: str) -> tuple[str, dict[str, str]] | None:
        """An object by its name without regard to case: the name as it is, and its fields' by lower case."""
        spelled = self._spelled.find(name.lower())
        if spelled is None:
            return None
        rows = self._fields[str(self._numbers[spelled])]
        return spelled, {str(row[0]).lower(): str(row[0]) for row in rows}

    def head(self, number: int) -> Head:
        """See `Counterpart`."""
        return self._heads[str(number)]

    def weighed(self, number: int) -> WeighedObject:
        """See `Counterpart`."""
        found = self._weighed.get(number)
        if found is None:
            found = self._weighed[number] = weigh(self._object(number), self._lens)
        return found

    def nearest(self, query: Iterable[tuple[str, float]], count: int) -> Found:
        """See `Counterpart`."""
        asked = list(query)
        self._postings.fetch(word for word, _ in asked)
        found = nearest(self._postings, asked, count, 0.0)
        self._heads.fetch(str(number) for _, number in found)
        return found

    def weighed_part(self, number: int, places: Sequence[int]) -> WeighedObject:
        """An object as if it had only the fields at these places; each counts as it does among all of them."""
        return weigh(self._object(number, places), self._lens)

    def _object(self, number: int, places: Sequence[int] | None = None) -> ObjectReading:
        head = self.head(number)
        rows = self._fields[str(number)]
        fields = tuple(map(_field, rows if places is None else [rows[place] for place in places]))
        terms = {term for each in fields for term in (*each.terms, *each.label)}
        self._ahead.words.fetch(sorted(terms))
        return ObjectReading(head.profile, head.terms, frozenset(), fields)


class _Column(Mapping[str, _T]):
    """One place in the rows of words as a mapping."""

    def __init__(self, words: Table[list[Any]], place: int) -> None:
        self._words, self._place = words, place

    def __getitem__(self, word: str) -> _T:
        row = self._words.find(word)
        value: _T | None = row[self._place] if row is not None else None
        if value is None:
            raise KeyError(word)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class _Phrases(Mapping[tuple[str, ...], Terms]):
    """What words, or several in a row, are read as."""

    def __init__(self, ahead: Ahead) -> None:
        self._single = _Column[list[str]](ahead.words, _READ_AS)
        self._several = ahead.phrases

    def __getitem__(self, phrase: tuple[str, ...]) -> Terms:
        return tuple(self._single[phrase[0]]) if len(phrase) == 1 else self._several[" ".join(phrase)]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        raise TypeError("phrases are read by key alone")

    def __len__(self) -> int:
        return len(self._several)


def _wording(small: Mapping[str, Any], ahead: Ahead) -> Wording:
    naming, empty, parts, kinds, bookkeeping, buying, starts = map(frozenset, small["sets"])
    near = {word: frozenset(others) for word, others in small["near"].items()}
    lexicon = Lexicon({}, ahead.tables, ahead.columns)
    return Wording(
        _Phrases(ahead),
        near,
        naming,
        empty,
        small["roles"],
        parts,
        kinds,
        bookkeeping,
        buying,
        starts,
        lexicon,
    )


def _head(data: bytes) -> Head:
    name, label, concept, certainty, terms, bag, size = unpacked(data)
    return Head(ObjectProfile(name, label, concept=concept, certainty=certainty), tuple(terms), bag, size)


def _field(row: list[Any]) -> FieldReading:
    name, label, kind, length, position, key, terms, said, target, meant, role, joined, shared = row
    profile = FieldProfile(name, label, "", kind, length, position, key)
    return FieldReading(
        profile,
        tuple(terms),
        tuple(said),
        frozenset(target),
        frozenset(),
        Kind(meant),
        role,
        joined,
        grams_of(joined),
        shared,
    )


def _terms(data: bytes) -> Terms:
    return tuple(unpacked(data))


def _listed(data: bytes) -> list[tuple[int, float]]:
    numbers, shares = unpacked_posting(data)
    return list(zip(numbers, shares, strict=True))
