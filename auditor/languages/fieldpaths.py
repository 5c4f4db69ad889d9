"""Names and dotted paths as Salesforce writes them: suffixes, relationships, namespaces, record ids."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.model.catalogue import ObjectKind
from auditor.patterns import regex

_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_ID = regex(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")

# CumulusCI replaces these when it builds; source: CumulusCI documentation, "Namespace injection".
_PLACEHOLDERS = regex(
    r"%%%NAMESPACE(?:D_ORG|D_ORG_OR_C|D_RT|_OR_C|_DOT)?%%%|%%%MANAGED_OR_NAMESPACED_ORG%%%"
    r"|___NAMESPACE(?:D_ORG|D_ORG_OR_C|D_RT|_OR_C|_DOT)?___|___MANAGED_OR_NAMESPACED_ORG___"
)
# Suffixes of the object reference: custom field or object, relationship, metadata type, platform event,
# external object, person account field and relationship, big object, history, share, feed, tag, change event,
# knowledge article and version, geolocation and address parts (`__Latitude__s`).
_SUFFIX = regex(
    r"__(?:c|r|mdt|e|x|pc|pr|b|History|Share|Feed|Tag|ChangeEvent|ka|kav|s|hd|del|gps|xo|dlm|dll|l)$",
    re.IGNORECASE,
)
_KINDS: Mapping[str, ObjectKind] = {
    "__mdt": ObjectKind.CUSTOM_METADATA,
    "__e": ObjectKind.PLATFORM_EVENT,
    "__x": ObjectKind.EXTERNAL,
    "__b": ObjectKind.BIG_OBJECT,
}
_NAMESPACE = regex(r"([A-Za-z](?:_?[A-Za-z0-9])*)__(.+)")


@dataclass(frozen=True, slots=True)
class Name:
    """One API name in its parts: `npsp__Batch__c` is namespace `npsp`, base `Batch`, suffix `__c`."""

    namespace: str
    base: str
    suffix: str

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.base + self.suffix


def split_path(path: str) -> tuple[str, ...]:
    """Parts of a dotted path, blanks around the dots removed; empty for an empty path."""
    stripped = tuple(part.strip() for part in path.split("."))
    return stripped if any(stripped) else ()


def join_path(parts: tuple[str, ...]) -> str:
    """The inverse of `split_path`."""
    return ".".join(parts)


def split_name(name: str) -> Name:
    """Take an API name apart. A standard name has no suffix, and then no namespace either."""
    found = _SUFFIX.search(name)
    if found is None:
        return Name("", name, "")
    stem, suffix = name[: found.start()], found.group()
    spaced = _NAMESPACE.fullmatch(stem)
    if spaced is None or not spaced.group(2):
        return Name("", stem, suffix)
    return Name(spaced.group(1), spaced.group(2), suffix)


def is_custom(name: str) -> bool:
    """Whether a name carries a suffix of Salesforce's, so was made by a customer or a package."""
    return _SUFFIX.search(name) is not None


def object_kind(name: str) -> ObjectKind:
    """What an object is, as far as its name tells."""
    return _KINDS.get(split_name(without_placeholders(name)).suffix.lower(), ObjectKind.OBJECT)


def without_placeholders(text: str) -> str:
    """Drop the namespace tokens that packaging tools fill in (`%%%NAMESPACE%%%`, `___NAMESPACE___`, …)."""
    return _PLACEHOLDERS.sub("", text)


def has_placeholder(text: str) -> bool:
    """Whether a name is written with a namespace token, so shadows a real name of the same tree."""
    return _PLACEHOLDERS.search(text) is not None


def field_of_relationship(relationship: str) -> tuple[str, ...]:
    """Fields that one hop of a path may read, best first.

    `Rel__r` reads `Rel__c`; a person account's `Rel__pr` reads `Rel__pc`; a standard `Owner` reads `OwnerId`.
    A standard relationship may also be written by its field's own name in layouts and reports, so the name
    itself follows as the second guess. Which of them exists is for the caller, who has the catalogue.
    """
    lowered = relationship.lower()
    if lowered.endswith("__r"):
        return (relationship[:-1] + "c",)
    if lowered.endswith("__pr"):
        return (relationship[:-1] + "c",)
    if is_custom(relationship) or lowered.endswith("id"):
        return (relationship,)
    return (relationship + "Id", relationship)


def relationship_of_field(field: str) -> str:
    """The relationship that a lookup field opens: `Rel__c` gives `Rel__r`, `OwnerId` gives `Owner`.

    A name that is neither is returned as it is (reports write a hop by its bare name, `Contact__c.Account`).
    """
    lowered = field.lower()
    if lowered.endswith(("__c", "__pc")):
        return field[:-1] + "r"
    if len(field) > 2 and field.endswith("Id"):
        return field[:-2]
    return field


def person_account_field(field: str) -> str:
    """The Contact field behind a field of a person account, or an empty string.

    `X__pc` on Account is `X__c` on Contact; `PersonEmail` is `Email`. Source: object reference, Account,
    "Person account fields" (the prefix `Person`, the suffix `__pc`).
    """
    if field.lower().endswith("__pc"):
        return field[:-2] + "c"
    if field.startswith("Person") and field[6:7].isupper():
        return field[6:]
    return ""


def to_18(record_id: str) -> str:
    """Give a record id its 18-character form, which survives systems that ignore case.

    Each of the last three characters says which of five characters are capitals. An 18-character id is
    returned as it is; anything that is no id raises `ValueError`.
    """
    if _ID.fullmatch(record_id) is None:
        raise ValueError(f"a record id has 15 or 18 letters and digits: {record_id!r}")
    if len(record_id) == 18:
        return record_id
    return record_id + "".join(_checksum(record_id[start : start + 5]) for start in (0, 5, 10))


def _checksum(chunk: str) -> str:
    capitals = sum(1 << place for place, letter in enumerate(chunk) if "A" <= letter <= "Z")
    return _ID_ALPHABET[capitals]
