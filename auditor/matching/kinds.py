"""What a field seems to hold, from its type and its words, and whether two fields can hold the same."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from auditor.model.datatypes import DataType, normalise_type


class Kind(StrEnum):
    """What a field seems to hold."""

    UNKNOWN = ""
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    FLAG = "flag"
    CHOICE = "choice"
    NAMING = "identifier"
    KEY = "record key"
    LINK = "link"
    TEXT = "text"
    CONTACT = "contact"


_TYPES = {
    DataType.LONG_TEXT: Kind.TEXT,
    DataType.NUMBER: Kind.NUMBER,
    DataType.CURRENCY: Kind.MONEY,
    DataType.PERCENT: Kind.PERCENT,
    DataType.DATE: Kind.DATE,
    DataType.DATETIME: Kind.DATE,
    DataType.TIME: Kind.DATE,
    DataType.BOOLEAN: Kind.FLAG,
    DataType.PICKLIST: Kind.CHOICE,
    DataType.MULTIPICKLIST: Kind.CHOICE,
    DataType.REFERENCE: Kind.LINK,
    DataType.EMAIL: Kind.CONTACT,
    DataType.PHONE: Kind.CONTACT,
    DataType.URL: Kind.CONTACT,
    DataType.IDENTIFIER: Kind.KEY,
}
_MORE_TYPES = {
    "entityid": Kind.KEY,
    "listlookup": Kind.CHOICE,
    "listlookupcorrelated": Kind.CHOICE,
    "basecurrency": Kind.MONEY,
}
_LAST = {
    "date": Kind.DATE,
    "time": Kind.DATE,
    "amount": Kind.MONEY,
    "price": Kind.MONEY,
    "cost": Kind.MONEY,
    "tax": Kind.MONEY,
    "total": Kind.MONEY,
    "quantity": Kind.NUMBER,
    "count": Kind.NUMBER,
    "weight": Kind.NUMBER,
    "volume": Kind.NUMBER,
    "precision": Kind.NUMBER,
    "percent": Kind.PERCENT,
    "kind": Kind.CHOICE,
    "status": Kind.CHOICE,
    "group": Kind.CHOICE,
    "name": Kind.TEXT,
    "description": Kind.TEXT,
    "note": Kind.TEXT,
    "email": Kind.CONTACT,
    "phone": Kind.CONTACT,
    "fax": Kind.CONTACT,
    "website": Kind.CONTACT,
}
_FLAGS = frozenset({"is", "are", "will", "has", "can", "should", "must", "allow", "use", "do", "was"})
_AGREE = {
    (Kind.MONEY, Kind.NUMBER): 0.5,
    (Kind.NUMBER, Kind.PERCENT): 0.6,
    (Kind.MONEY, Kind.PERCENT): -0.3,
    (Kind.CHOICE, Kind.FLAG): 0.2,
    (Kind.KEY, Kind.NAMING): 0.5,
    (Kind.KEY, Kind.LINK): 0.3,
    (Kind.LINK, Kind.NAMING): 0.9,
    (Kind.LINK, Kind.TEXT): 0.3,
    (Kind.CHOICE, Kind.LINK): 0.6,
    (Kind.CHOICE, Kind.NAMING): 0.6,
    (Kind.CHOICE, Kind.TEXT): 0.0,
    (Kind.NAMING, Kind.TEXT): 0.2,
    (Kind.NAMING, Kind.NUMBER): 0.1,
    (Kind.CONTACT, Kind.TEXT): 0.2,
    (Kind.CONTACT, Kind.NAMING): 0.2,
}
_CONFLICT = -1.0


def kind_of(type_word: str, words: Sequence[str], terms: Sequence[str], naming: frozenset[str]) -> Kind:
    """The kind of a field; a type of plain text says little, so that its words go first then.

    `words` are those of the name as written, `terms` what they mean.
    """
    typed = _typed(type_word)
    if typed is not Kind.UNKNOWN:
        return typed
    if words and words[0] in _FLAGS:
        return Kind.FLAG
    if not terms:
        return Kind.UNKNOWN
    if terms[-1] in naming:
        return Kind.NAMING
    return _LAST.get(terms[-1], Kind.UNKNOWN)


def agreement(one: Kind, other: Kind) -> float:
    """From 1 (the same) over 0 (not known) to -1 (they cannot hold the same)."""
    if one is Kind.UNKNOWN or other is Kind.UNKNOWN:
        return 0.0
    if one is other:
        return 1.0
    found = _AGREE.get((one, other))
    return found if found is not None else _AGREE.get((other, one), _CONFLICT)


@cache
def _typed(type_word: str) -> Kind:
    plain = type_word.lower().replace(" ", "")
    if plain in _MORE_TYPES:
        return _MORE_TYPES[plain]
    meant = normalise_type(type_word)
    return _TYPES.get(meant, Kind.UNKNOWN) if meant is not None else Kind.UNKNOWN
