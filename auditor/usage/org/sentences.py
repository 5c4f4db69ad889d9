"""The English sentences of the setup audit trail that tell of custom fields and custom objects.

Salesforce documents neither the sentences nor the codes beside them. The shapes here are those that public tools
match in real trails (`Created custom field Seats (Number) on Account`, `Changed custom field Seats__c on object
Account from …`, `Created custom object: Parcel`, `Added value A to Status picklist … on Account`); every other
shape is counted and left. The code is never looked at to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.observations import Deed


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells: the deed, and readings of which field on which object is meant, likeliest first.

    A reading without an object leaves it to the section of Setup; one without a field means the object itself.
    `whole`: the names fill their places; else (a change told with its old and new value) they begin there.
    """

    deed: Deed
    readings: tuple[tuple[str, str], ...]
    """Pairs of field and object as written, empty where not told."""
    whole: bool = True


_VERBS = {
    **dict.fromkeys(("created", "added", "new"), Deed.CREATED),
    **dict.fromkeys(("changed", "updated", "modified", "renamed", "edited"), Deed.CHANGED),
    **dict.fromkeys(("undeleted", "restored"), Deed.CHANGED),
    **dict.fromkeys(("deleted", "erased", "purged", "removed"), Deed.DELETED),
}
_FIRST_WORDS = frozenset(_VERBS) | frozenset(
    (
        *("activated", "approved", "assigned", "cancelled", "cleared", "cloned", "completed", "connected"),
        *(
            "deactivated",
            "deployed",
            "disabled",
            "downloaded",
            "email",
            "enabled",
            "expired",
            "exported",
            "failed",
        ),
        *("for", "froze", "generated", "granted", "installed", "logged", "merged", "moved", "organization"),
        *(
            "password",
            "permission",
            "queued",
            "refreshed",
            "rejected",
            "replaced",
            "requested",
            "reset",
            "revoked",
        ),
        *("scheduled", "self-service", "sent", "set", "started", "stopped", "switched", "tracking", "transferred"),
        *("turned", "unassigned", "unfroze", "uninstalled", "unlocked", "uploaded", "user", "validated", "viewed"),
    )
)
# "Custom field" and "custom object" as Setup says them elsewhere: enough to know that a sentence was not read.
_ELSEWHERE = re.compile(
    r"(?:anpassa[td]e?|eget|brugerdefinere(?:de?)?t?|benutzerdefinierte[sn]?|egendefiner(?:t|te)|aangepaste?|mukautettu)"
    r"\s*(?:fält|felt|Feld|veld|kenttä|objekt|object|Objekt)"
    r"|(?:champ|objet|campo|oggetto|objeto)s?\s+person+ali[sz]+(?:é|ado|ato)s?|カスタム(?:項目|オブジェクト)",
    re.IGNORECASE,
)
_SCOPED = re.compile(
    r"(?:for|on|in) (?:the )?(?:custom |standard )?object:? (?P<object>[^,]+?), (?P<rest>.+)", re.I
)
_FIELD = re.compile(r"(?P<verb>[a-z]+)\s+(?P<before>.*?)\bcustom field\b:?\s+(?P<rest>\S.*)", re.I | re.S)
_OBJECT = re.compile(r"(?P<verb>[a-z]+)\s+(?P<before>.*?)\bcustom object\b:?\s+(?P<rest>\S.*)", re.I | re.S)
_VALUE = re.compile(
    r"(?:added|changed|deleted|removed|replaced|reordered|sorted|activated|deactivated)\s.*?"
    r"\b(?:to|from|in|of|on|for)\s+(?P<rest>\S.*?\bpicklist\b.*)",
    re.I | re.S,
)
_JOINT = re.compile(
    r"\s+(?:on|from|of|for|in|to)\s+(?:the\s+)?(?:(?:custom|standard)\s+)?(?:object\b:?\s*)?", re.I
)
_TYPE = re.compile(r"(?P<name>.+?)\s*\((?P<type>[^()]*(?:\([^()]*\)[^()]*)?)\)", re.S)
_ARTICLES = frozenset({"", "a", "an", "the", "new", "a new"})
_MORE_TYPES = frozenset(
    (
        *("formula", "roll-up summary", "rollup summary", "text area", "long text area", "rich text area", "fax"),
        *("auto number", "date/time", "picklist (multi-select)", "multi-select picklist", "encrypted text"),
        *("lookup relationship", "master-detail relationship", "master-detail", "external lookup relationship"),
    )
)


def told(sentence: str) -> Told | None:
    """What a sentence tells of a custom field or a custom object; None where it tells of something else."""
    text = " ".join(sentence.split())
    scoped = _SCOPED.fullmatch(text)
    if scoped is not None:
        inner = told(scoped["rest"])
        return None if inner is None else _within(inner, scoped["object"])
    return _of_field(text) or _of_object(text) or _of_value(text)


def is_foreign(sentence: str) -> bool:
    """Whether a sentence speaks of a custom field or object in another language than English."""
    return _ELSEWHERE.search(sentence) is not None


def is_english(sentence: str) -> bool:
    """Whether a sentence begins as the English ones do."""
    return sentence.partition(" ")[0].lower().rstrip(",:") in _FIRST_WORDS


def speaks_of_fields(sentence: str) -> bool:
    """Whether an English sentence is about a custom field, understood or not."""
    return "custom field" in sentence.lower()


def _within(inner: Told, owner: str) -> Told:
    readings = tuple(dict.fromkeys((field, owner) for field, _ in inner.readings))
    return Told(inner.deed, readings, inner.whole)


def _of_field(text: str) -> Told | None:
    found = _FIELD.fullmatch(text)
    deed = _VERBS.get(found["verb"].lower()) if found else None
    if found is None or deed is None:
        return None
    before, rest = found["before"].strip(), found["rest"].strip().rstrip(".")
    if deed is Deed.CHANGED:
        # The first joint comes first: what was changed from and to stands behind, and may be named like an object.
        return Told(deed, (*reversed(list(_split(rest))), (rest, "")), whole=False)
    if before.lower() in _ARTICLES or _is_type(before):
        return Told(deed, (*((field, owner) for field, owner in _split(rest)), (_named(rest), "")))
    # `Created Account custom field: Seats (Number)`; what stands before must be an object, or it is another deed
    # (`Removed page layout assignment of custom field …`).
    return Told(deed, ((_named(rest), before),))


def _of_object(text: str) -> Told | None:
    found = _OBJECT.fullmatch(text)
    deed = _VERBS.get(found["verb"].lower()) if found else None
    if found is None or deed is None or found["before"].strip().lower() not in _ARTICLES:
        return None
    return Told(deed, (("", found["rest"].strip().rstrip(".")),), whole=deed is not Deed.CHANGED)


def _of_value(text: str) -> Told | None:
    """A change to the values of a picklist is a change of the field, whatever happened to the value."""
    found = _VALUE.fullmatch(text)
    if found is None:
        return None
    readings: list[tuple[str, str]] = []
    for head, owner in _split(found["rest"].rstrip(".")):
        name = re.sub(r"(?i)\s*\bpicklist\b.*", "", head)
        # A value may hold a joint of its own: every shorter tail is a reading too.
        tails = [name, *(name[joint.end() :] for joint in _JOINT.finditer(name))]
        readings.extend((_unquoted(tail), owner) for tail in tails if tail)
    return Told(Deed.CHANGED, tuple(dict.fromkeys(readings)), whole=False) if readings else None


def _split(rest: str) -> Iterator[tuple[str, str]]:
    """Every way to part `Seats (Number) on Account` into a field and an object, the last joint first."""
    for joint in reversed(list(_JOINT.finditer(rest))):
        field, owner = rest[: joint.start()], rest[joint.end() :]
        if field and owner:
            yield _named(field), _unquoted(owner)
    qualified = re.match(r"[\"']?(\w+)\.(\w+)[\"']?(?:\s|$)", rest)
    if qualified is not None:
        yield qualified[2], qualified[1]


def _named(field: str) -> str:
    """A field's name without the type that stands behind it in brackets; other brackets are its own."""
    found = _TYPE.fullmatch(field.strip())
    return _unquoted(found["name"] if found is not None and _is_type(found["type"]) else field)


def _is_type(words: str) -> bool:
    plain = words.strip().lower()
    stem = plain.partition("(")[0].strip()
    if plain in _MORE_TYPES or stem in _MORE_TYPES:
        return True
    return normalise_type(words) not in (None, DataType.OTHER)


def _unquoted(name: str) -> str:
    return name.strip().strip("\"'").strip()
