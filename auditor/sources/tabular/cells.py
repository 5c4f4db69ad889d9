"""What single cells say: yes or no, a number, names, values to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.errors import FormatError
from auditor.formats.jsons import Json, parse_json
from auditor.model.catalogue import PicklistValue

_TRUE = frozenset(
    {"true", "yes", "y", "1", "x", "ja", "j", "wahr", "sand", "systemrequired", "applicationrequired"}
)
_FALSE = frozenset({"false", "no", "n", "0", "nej", "nein", "nei", "falsk", "none", "recommended"})
"""`systemrequired`, `applicationrequired`, `recommended` and `none` are Dataverse's levels of requirement."""


def flag(text: str) -> bool | None:
    """Yes, no, or neither."""
    word = text.lower()
    return True if word in _TRUE else False if word in _FALSE else None


def number(text: str) -> int | None:
    """A whole number, also as a spreadsheet writes one."""
    whole = text.removesuffix(".0")
    return int(whole) if whole.isdecimal() else None


def names(text: str) -> tuple[str, ...]:
    """Names parted by `;` or `|`."""
    return tuple(name for part in text.replace("|", ";").split(";") if (name := part.strip()))


def values(text: str) -> tuple[PicklistValue, ...]:
    """Values to choose from: a JSON list of texts or `{label, value, hidden}`, or names parted by `;` or `|`."""
    if not text.startswith("["):
        return tuple(PicklistValue(name, name) for name in names(text))
    try:
        listed = parse_json(text)
    except FormatError:
        return ()
    found = (_value(item) for item in listed) if isinstance(listed, list) else ()
    return tuple({value.name: value for value in found if value is not None}.values())


def _value(item: Json) -> PicklistValue | None:
    if isinstance(item, str):
        return PicklistValue(item, item)
    if not isinstance(item, Mapping) or item.get("value") is None:
        return None
    name = str(item["value"])
    return PicklistValue(name, str(item.get("label") or name), active=item.get("hidden") is not True)
