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
_DOTTED = re.compile(r"(?<![\w.])\$?[A-Za-z]\w*+(?:\.[A-Za-z]\w*+)*+")
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
    """The part of a dotted path from its first custom name on, as far as it can be a path of fields.

    `record.data.Rel__r.F__c.value` has `Rel__r.F__c`: behind a field there is no other. Empty where there is
    no custom name.
    """
    parts = path.split(".")
    start = next((place for place, part in enumerate(parts) if _is_custom(part)), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(parts) and is_relationship(parts[end - 1]):
        end += 1
    return ".".join(parts[start:end])


def dotted_in(text: str) -> Iterator[tuple[str, int]]:
    """Every name and dotted path in a text that has a custom name in it or begins with an object.

    A standard object counts in its own spelling only: `event.title` and `document.cookie` are something else.
    """
    for match in _DOTTED.finditer(text):
        path = match.group()
        if "__" in path or _begins_with_standard(path):
            yield path, match.start()


def _begins_with_standard(path: str) -> bool:
    head, dot, _ = path.partition(".")
    known = standard_object(head) if dot else None
    return known is not None and known.name == head


def _is_custom(name: str) -> bool:
    return "__" in name and CUSTOM_WORD.fullmatch(name) is not None
