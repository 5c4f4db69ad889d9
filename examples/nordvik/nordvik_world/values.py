"""Ordinary values for a field of any type: plausible, invented, and decided by the dice of the row."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nordvik_world.calendar import AS_OF, stamp
from nordvik_world.tree import Field

_PHRASES = (
    "Enligt överenskommelse vid mötet.",
    "Kunden återkommer efter semestern.",
    "Behöver offert med montage.",
    "Maskinen går i treskift, kort stopp möjligt vecka 44.",
    "Aftalt telefonisk med indkøb.",
    "Nöjd med leveransen, önskar kortare svarstid.",
    "Se bifogad ritning.",
    "Ny linje planeras till våren.",
)
_PLACEHOLDERS = ("-", "-", "-", "x", "n/a", "000", ".")


@dataclass(frozen=True, slots=True)
class Row:
    """The row that a value is for."""

    number: int
    created: date
    throw: random.Random
    targets: tuple[str, ...]
    """Ids that a lookup may point at."""


def value_of(field: Field, row: Row) -> str:
    """A value as it stands in a CSV export; never empty, except for a lookup without targets."""
    special = _BY_NAME.get(field.name)
    return special(row) if special else _BY_TYPE[field.type](field, row)


def placeholder(row: Row) -> str:
    """What people type when a field demands something and they have nothing to say."""
    return row.throw.choice(_PLACEHOLDERS)


def _text(field: Field, row: Row) -> str:
    if field.length >= 60:
        return row.throw.choice(_PHRASES)[: field.length]
    letters = "".join(word[0] for word in field.name.split("_") if word and word != "c").upper()
    return f"{letters}{row.throw.randrange(10, 9999)}"[: max(1, field.length)]


def _picklist(field: Field, row: Row) -> str:
    return row.throw.choices(field.values, [1 / (n + 1) for n in range(len(field.values))])[0]


def _multi(field: Field, row: Row) -> str:
    picked = row.throw.sample(range(len(field.values)), min(2, len(field.values)))
    return ";".join(field.values[n] for n in sorted(picked))


def _number(field: Field, row: Row) -> str:
    whole = min(field.precision - field.scale, 4)
    value = row.throw.randrange(0, 10**whole)
    return f"{value}.{row.throw.randrange(100):02d}" if field.scale > 1 else str(value)


def _money(field: Field, row: Row) -> str:
    ceiling = 10 ** min(field.precision - field.scale, 7)
    return f"{row.throw.randrange(1, ceiling // 100 + 2) * 100}.{row.throw.choice(('00', '00', '50'))}"


def _percent(field: Field, row: Row) -> str:
    return str(row.throw.choice((0, 2, 5, 8, 10, 12, 15, 20)))


def _date(field: Field, row: Row) -> str:
    return (row.created + timedelta(days=row.throw.randrange(0, 120))).isoformat()


def _moment(field: Field, row: Row) -> str:
    return stamp(datetime.combine(AS_OF - timedelta(days=1), time(2, row.throw.randrange(60))))


def _checkbox(field: Field, row: Row) -> str:
    return "true" if row.throw.random() < 0.25 else "false"


def _lookup(field: Field, row: Row) -> str:
    return row.throw.choice(row.targets) if row.targets else ""


def _email(field: Field, row: Row) -> str:
    return f"person{row.number:04d}@kund{row.throw.randrange(320):03d}.example"


def _phone(field: Field, row: Row) -> str:
    return f"+46 70 174 06 {row.throw.randrange(5, 100):02d}"


def _url(field: Field, row: Row) -> str:
    return f"https://dokument.nordvik.example/{row.throw.randrange(10**6):06d}"


def _identity_number(row: Row) -> str:
    """Shaped like a personal identity number, but of the month 00, which nobody was born in."""
    return f"19{row.throw.randrange(55, 99)}00{row.throw.randrange(10, 28)}-{row.throw.randrange(1000, 9999)}"


def _year(row: Row) -> str:
    return str(row.throw.randrange(1995, 2026))


def _survey_year(row: Row) -> str:
    return str(row.created.year)


def _week(row: Row) -> str:
    return f"{row.created.year}-{row.throw.randrange(1, 53):02d}"


_BY_TYPE: dict[str, Callable[[Field, Row], str]] = {
    "Text": _text,
    "TextArea": lambda field, row: row.throw.choice(_PHRASES),
    "LongTextArea": lambda field, row: row.throw.choice(_PHRASES),
    "Picklist": _picklist,
    "MultiselectPicklist": _multi,
    "Number": _number,
    "Currency": _money,
    "Percent": _percent,
    "Date": _date,
    "DateTime": _moment,
    "Checkbox": _checkbox,
    "Lookup": _lookup,
    "MasterDetail": _lookup,
    "Email": _email,
    "Phone": _phone,
    "Url": _url,
    "Location": lambda field, row: f"{56 + row.throw.random() * 4:.5f}",
}
_BY_NAME: dict[str, Callable[[Row], str]] = {
    "Personal_Identity_Number__c": _identity_number,
    "Oldest_Machine_Year__c": _year,
    "Survey_Year__c": _survey_year,
    "Replacement_Year__c": lambda row: str(row.throw.randrange(2026, 2036)),
    "Production_Week__c": _week,
    "Leveransvecka__c": _week,
    "Reminder_Week__c": _week,
    "NPS__c": lambda row: str(row.throw.choice((6, 7, 8, 8, 9, 9, 10))),
    "Number_Of_Shifts__c": lambda row: row.throw.choice("1233"),
    "Market_Share__c": lambda row: str(row.throw.randrange(1, 35)),
}
