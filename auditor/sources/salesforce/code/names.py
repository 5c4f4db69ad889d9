"""Which words in code are names of objects and fields, judged by the word alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.languages.standard import standard_object

# A field or relationship that a customer or package made. Objects share the suffix `__c`, so a bare word may
# be either: only the catalogue can tell.
CUSTOM_WORD = re.compile(r"(?<![\w$])[A-Za-z]\w*?__(?:c|r|pc|pr|mdt|e|x|b|kav|s)\b", re.IGNORECASE)
_CUSTOM_FIELD = re.compile(r"[A-Za-z]\w*__(?:c|pc|s|latitude__s|longitude__s)", re.IGNORECASE)
_RELATIONSHIP = re.compile(r"[A-Za-z]\w*__p?r", re.IGNORECASE)
_CUSTOM_OBJECT = re.compile(
    r"[A-Za-z]\w*__(?:c|mdt|e|x|b|kav|ka|share|history|feed|changeevent|tag)", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<![\w$.])[A-Za-z]\w*+(?:\.[A-Za-z]\w*+)*+")
# Suffixes that Salesforce appends to a standard object for the tables that accompany it.
_COMPANION = re.compile(r"(\w+?)(?:Share|History|FieldHistory|Feed|ChangeEvent)", re.IGNORECASE)


def is_object(name: str) -> bool:
    """Whether a name can be an object: it has a suffix of Salesforce's, or is a standard object."""
    if standard_object(name) is not None or _CUSTOM_OBJECT.fullmatch(name):
        return True
    companion = _COMPANION.fullmatch(name)
    return companion is not None and standard_object(companion[1]) is not None


def is_custom_field(name: str) -> bool:
    """Whether a name ends as custom fields do."""
    return _CUSTOM_FIELD.fullmatch(name) is not None


def is_relationship(name: str) -> bool:
    """Whether a name ends as custom relationships do."""
    return _RELATIONSHIP.fullmatch(name) is not None


def field_of(word: str) -> str:
    """The field that a bare word means: a relationship `Rel__r` is read through its field `Rel__c`."""
    return f"{word[:-1]}c" if is_relationship(word) else word


def words_in(text: str) -> Iterator[tuple[str, int]]:
    """Every custom name in a text, with its offset."""
    return ((match.group(), match.start()) for match in CUSTOM_WORD.finditer(text))


def custom_tail(path: str) -> str:
    """The part of a dotted path from its first custom name on; empty where it has none."""
    parts = path.split(".")
    start = next((place for place, part in enumerate(parts) if _is_custom(part)), None)
    return "" if start is None else ".".join(parts[start:])


def dotted_in(text: str) -> Iterator[tuple[str, int]]:
    """Every name and dotted path in a text that has a custom name in it or begins with an object."""
    for match in _DOTTED.finditer(text):
        path = match.group()
        if "__" in path or ("." in path and is_object(path.partition(".")[0])):
            yield path, match.start()


def _is_custom(name: str) -> bool:
    return "__" in name and CUSTOM_WORD.fullmatch(name) is not None
