"""Record ids and addresses written into a text: what breaks when an org is copied or a record is deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import to_18
from auditor.patterns import regex

LiteralKind = Literal["id", "url"]

_URL = regex(r"(?:https?|ftp)://[^\s\"'<>{}|\\^`\]\[)]+", re.IGNORECASE)
_WORD = regex(r"(?<![A-Za-z0-9])(?:[A-Za-z0-9]{18}|[A-Za-z0-9]{15})(?![A-Za-z0-9])")
# Three characters of key prefix, two of instance, and, for every instance named before 2022, a zero. Fifteen
# characters carry no checksum, so this shape is all there is; PMD's AvoidHardcodingId tests the same.
_SHORT_ID = regex(r"[A-Za-z0-9]{5}0[A-Za-z0-9]{9}")


@dataclass(frozen=True, slots=True)
class HardCoded:
    """A record id or an address inside a literal.

    `certain` is true for an address, and for an 18-character id whose last three characters are the checksum
    of the first fifteen; a 15-character id is only ever probable.
    """

    kind: LiteralKind
    text: str
    offset: int
    certain: bool


def hard_coded(text: str, start: int = 0) -> tuple[HardCoded, ...]:
    """Find ids and addresses in one literal whose first character stands at `start` of the whole text."""
    found = [*_urls(text, start), *_ids(text, start)]
    return tuple(sorted(found, key=lambda item: (item.offset, item.kind)))


def _is_of_the_vendor(url: str) -> bool:
    """Whether an address leads to a site of the vendor's, whose records are nobody's own."""
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].lower()
    return host.endswith(".salesforce.com") and host.partition(".")[0] in _VENDOR_SITES


_VENDOR_SITES = frozenset(
    (
        "appexchange",
        "admin",
        "developer",
        "help",
        "ideas",
        "partners",
        "success",
        "trailblazer",
        "trailhead",
        "www",
    )
)


def _urls(text: str, start: int) -> Iterator[HardCoded]:
    for match in _URL.finditer(text):
        yield HardCoded("url", match.group(), start + match.start(), certain=True)


def _ids(text: str, start: int) -> Iterator[HardCoded]:
    elsewhere = [match.span() for match in _URL.finditer(text) if _is_of_the_vendor(match.group())]
    for match in _WORD.finditer(text):
        word = match.group()
        if "xxx" in word.lower() or any(begin <= match.start() < end for begin, end in elsewhere):
            continue  # a placeholder, as in the platform's own sample code; or a record of somebody else's
        if not any(letter.isdigit() for letter in word[:3]) or word.isdigit():
            continue
        if len(word) == 18 and to_18(word[:15]) == word:
            yield HardCoded("id", word, start + match.start(), certain=True)
        elif len(word) == 15 and _SHORT_ID.fullmatch(word):
            yield HardCoded("id", word, start + match.start(), certain=False)
