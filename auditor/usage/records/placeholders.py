"""What people type where a form insists and they have nothing to say. Data; compared without case."""

from __future__ import annotations

from auditor.model.datatypes import DataType

_WORDS = """
    . .. ... - -- --- – — _ ? ?? ??? * / x xx xxx xxxx n/a na n.a. n.a none null nil nan
    tbd tba tbc todo unknown
    undefined undefiniert unbekannt
    keine kein ej saknas okänd okänt ukjent ukendt ingen intet tuntematon inconnu
    aucun desconocido ninguno test tests asdf 00 000 0000 00000 000000 9999 99999 999999
    not@available.com no@email.com noemail@noemail.com none@none.com test@test.com +000000000
"""
WORDS = tuple(_WORDS.split())
_DAYS = "1900-01-01 1900-01-02 1899-12-30 1901-01-01 1970-01-01 2099-12-31 2999-12-31 9999-12-31"
DAYS = tuple(_DAYS.split())
_NUMBERS = "9999 99999 999999 9999999 99999999 999999999"
NUMBERS = tuple(_NUMBERS.split())

_TEXTS = frozenset({DataType.TEXT, DataType.LONG_TEXT, DataType.EMAIL, DataType.PHONE, DataType.URL, None})
_MOMENTS = frozenset({DataType.DATE, DataType.DATETIME})
_AMOUNTS = frozenset({DataType.NUMBER, DataType.CURRENCY})


def placeholders_of(kind: DataType | None) -> tuple[str, ...] | None:
    """Placeholders of a type; None for types in which none can be told from real values (picklists, lookups)."""
    if kind in _TEXTS:
        return WORDS
    if kind in _MOMENTS:
        return (*DAYS, *(f"{day}t00:00:00.000+0000" for day in DAYS))
    return NUMBERS if kind in _AMOUNTS else None
