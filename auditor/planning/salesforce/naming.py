"""Finding a name of the platform in a text, in every dress that metadata gives it."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.languages.fieldpaths import split_name, without_placeholders

_COMPOUND = r"(?:Latitude|Longitude|Street|City|PostalCode|State|StateCode|Country|CountryCode|GeocodeAccuracy)"
_FIELD_ENDS = rf"__(?:c|r|pc|pr|{_COMPOUND}__s)"
_OBJECT_ENDS = r"__(?:c|r|mdt|e|x|b|kav|Share|History|Feed|Tag|ChangeEvent|hd)"
_BEFORE = r"(?:%%%\w+?%%%|___NAMESPACE\w*?___|[A-Za-z]\w{0,14}?__)?"


def plain(name: str) -> str:
    """A name without tokens and in lower case, as names are compared."""
    return without_placeholders(name).lower()


def local_name(printed: str) -> str:
    """`Field__c` of `Object.Field__c`; an object's name as it is."""
    return printed.rpartition(".")[2]


@lru_cache(maxsize=4096)
def mentions(name: str, *, of_object: bool = False) -> re.Pattern[str]:
    """A pattern that finds a custom field (or object) under its own name, its relationship's, or a part's."""
    base = split_name(without_placeholders(name)).base
    ends = _OBJECT_ENDS if of_object else _FIELD_ENDS
    return re.compile(rf"(?<![A-Za-z0-9]){_BEFORE}{re.escape(base)}{ends}(?![A-Za-z0-9_])", re.IGNORECASE)


@lru_cache(maxsize=64)
def any_of(bases: tuple[str, ...]) -> re.Pattern[bytes]:
    """A pattern over bytes that finds any name of one of the bases; group 1 is the base.

    A character before it may make it another name (`starts_name`): that is asked once there is a hit.
    """
    joined = "|".join(map(re.escape, sorted(bases, reverse=True)))
    return re.compile(rf"({joined})__(?:c|r|pc|pr|mdt|e|x|b)(?![A-Za-z0-9_])".encode(), re.IGNORECASE)


def starts_name(data: bytes, place: int) -> bool:
    """Whether a name may begin at a place: after what is no part of a name, or after a namespace."""
    before = data[max(0, place - 20) : place]
    return not _WORD_BEFORE.search(before) or _NAMESPACE_BEFORE.search(before) is not None


_WORD_BEFORE = re.compile(rb"[A-Za-z0-9_]$")
_NAMESPACE_BEFORE = re.compile(rb"(?:^|[^A-Za-z0-9_])(?:[A-Za-z]\w{0,14}?__|___NAMESPACE\w*?___)$")
