"""Names and labels as Setup writes them → the objects and fields that they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from auditor.dataclasses import dataclass
from auditor.errors import AuditorError
from auditor.languages.fieldpaths import is_custom
from auditor.languages.standard import standard_objects
from auditor.model.catalogue import Catalog
from auditor.model.names import SubjectKind, parse_subject
from auditor.model.observations import Evidence
from auditor.usage.naming import Names, names_of

# Labels of standard objects that are not their names. Source: object reference; Setup's sections in facts of use.
_LABELS = {
    "AccountContactRelation": "Account Contact Relationship",
    "AccountTeamMember": "Account Team Member",
    "ContentVersion": "Content",
    "OpportunityLineItem": "Opportunity Product",
    "OpportunityTeamMember": "Opportunity Team Member",
    "OrderItem": "Order Product",
    "Pricebook2": "Price Book",
    "PricebookEntry": "Price Book Entry",
    "Product2": "Product",
    "QuoteLineItem": "Quote Line",
    "LiveChatTranscript": "Chat Transcript",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One known field: its printed name, and the day of its creation where a register tells it."""

    key: str
    created: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a name may mean: printed names; `sure` where there is one, and nothing had to be guessed."""

    keys: tuple[str, ...]
    sure: bool


NOTHING = Found((), False)


@dataclass(frozen=True, slots=True)
class Places:
    """All objects and fields that the catalogue, and what was read before, know by name and by label."""

    names: Names
    objects: Mapping[str, tuple[str, ...]]
    """API names by name, label and plural label in lower case."""
    fields: Mapping[tuple[str, str], tuple[Field, ...]]
    """By the object's API name and the field's name or label, in lower case."""
    derived: Mapping[tuple[str, str], tuple[Field, ...]]
    """By the name without suffix, which Setup derives from the first label (`First use` → `First_use`)."""

    def owners(self, written: str, whole: bool = True) -> tuple[str, ...]:
        """The objects that a name or label means; not whole: with a tail (`Lead from Text to Picklist`)."""
        for text, clean in _beginnings(written, whole):
            found = self.objects.get(text.lower(), ())
            if found:
                return found if clean else ()
        return ()

    def section(self, section: str | None) -> tuple[str, ...]:
        """The object that a section of Setup is about: `Customize Accounts`."""
        found = re.fullmatch(r"(?i)customi[sz]e (.+)", section or "")
        return self.objects.get(found[1].lower(), ()) if found else ()

    def field(self, owners: Sequence[str], written: str, day: date | None = None, whole: bool = True) -> Found:
        """The fields of some objects that a name or label means.

        By API name or label, else by the name that Setup derives from a label, which is sure only where a
        register says that the field was created on that day, or a day beside it.
        """
        listed = tuple(dict.fromkeys((*owners, *("Activity" for each in owners if each in ("Task", "Event")))))
        for text, clean in _beginnings(written, whole):
            known = self._keys(self.fields, listed, text.lower())
            if known:
                return Found(tuple(each.key for each in known), clean and len(known) == 1)
            guessed = self._keys(self.derived, listed, developer_name(text))
            if guessed:
                sure = clean and len(guessed) == 1 and _beside(guessed[0].created, day)
                return Found(tuple(each.key for each in guessed), sure)
        api = written.strip() if whole else written.strip().partition(" ")[0].strip(".,:\"'")
        if re.fullmatch(r"\w+__c", api) and len(owners) == 1:
            return Found((self.names.field(owners[0], api),), True)
        return NOTHING

    def _keys(
        self, index: Mapping[tuple[str, str], tuple[Field, ...]], owners: Sequence[str], word: str
    ) -> tuple[Field, ...]:
        return tuple(dict.fromkeys(each for owner in owners for each in index.get((owner.lower(), word), ())))


def places_of(catalog: Catalog, before: Evidence | None) -> Places:
    """Index a catalogue and the inventories that were read before."""
    names = names_of(catalog)
    objects: dict[str, set[str]] = {}
    fields: dict[tuple[str, str], dict[str, Field]] = {}
    derived: dict[tuple[str, str], dict[str, Field]] = {}
    for spelled, name in _object_words(catalog, before):
        objects.setdefault(spelled.lower(), set()).add(name)
    created = _created(before)
    for owner, word, key in _field_words(catalog, names, before):
        each = Field(key, created.get(key))
        fields.setdefault((owner.lower(), word.lower()), {})[key] = each
        if word.lower().endswith("__c"):
            derived.setdefault((owner.lower(), developer_name(word[:-3])), {})[key] = each
    return Places(
        names,
        {word: tuple(sorted(known)) for word, known in objects.items()},
        {pair: tuple(known[key] for key in sorted(known)) for pair, known in fields.items()},
        {pair: tuple(known[key] for key in sorted(known)) for pair, known in derived.items()},
    )


def developer_name(label: str) -> str:
    """The name that Setup proposes for a label: every run of other signs than letters and digits is one stroke."""
    return re.sub(r"[^A-Za-z0-9]+", "_", label).strip("_").lower()


# What may follow a name in a sentence that goes on with an old and a new value.
_GOING_ON = frozenset(
    (
        *(
            "api",
            "controlling",
            "default",
            "description",
            "field",
            "field-level",
            "for",
            "formula",
            "from",
            "help",
        ),
        *("history", "in", "is", "label", "length", "name", "of", "on", "picklist", "required", "to", "type"),
        *("unique", "was"),
    )
)


def _beginnings(written: str, whole: bool) -> Iterator[tuple[str, bool]]:
    """The text itself, then, where it need not be whole, ever shorter beginnings of it.

    Each with whether the word behind it goes on with the sentence: `Status Reason` is not `Status`.
    """
    text, clean = written.strip().strip(".\"'"), True
    while text:
        yield text.strip(".,:\"'"), clean
        text, _, following = ("", "", "") if whole else text.rpartition(" ")
        clean = following.lower() in _GOING_ON


def _beside(created: date | None, day: date | None) -> bool:
    return created is not None and day is not None and abs(created - day) <= timedelta(days=1)


def _object_words(catalog: Catalog, before: Evidence | None) -> Iterator[tuple[str, str]]:
    for item in catalog.objects:
        stem = item.name.removesuffix("__c") if item.name.endswith("__c") else item.name
        for word in (item.name, stem, item.label, item.plural_label):
            if word:
                yield word, item.name
        yield from _plurals(item.label, item.name)
    for name in standard_objects():
        label = _LABELS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        yield name, name
        yield label, name
        yield from _plurals(label, name)
    for each in before.inventory if before else ():
        subject = parse_subject(each.subject)
        if subject.kind is SubjectKind.OBJECT and subject.system == catalog.system:
            yield subject.name, subject.name
            if each.label:
                yield each.label, subject.name
                yield from _plurals(each.label, subject.name)


def _plurals(label: str | None, name: str) -> Iterator[tuple[str, str]]:
    if label:
        yield f"{label}s", name
        if label.endswith("y"):
            yield f"{label[:-1]}ies", name


def _field_words(catalog: Catalog, names: Names, before: Evidence | None) -> Iterator[tuple[str, str, str]]:
    """Object, name or label, and printed name of every custom field that is known."""
    for item in catalog.objects:
        for field in item.fields:
            if field.custom is not False:
                key = names.field(item.name, field.name)
                yield from ((item.name, word, key) for word in (field.name, field.label) if word)
    for key, label in _exported(before):
        try:
            subject = parse_subject(key)
        except AuditorError:
            continue
        if subject.kind is SubjectKind.FIELD and subject.system == catalog.system and is_custom(subject.field):
            yield subject.name, subject.field, key
            if label:
                yield subject.name, label, key


def _exported(before: Evidence | None) -> Iterator[tuple[str, str | None]]:
    if before is not None:
        yield from ((each.subject, each.label) for each in before.inventory)
        yield from ((each.subject, None) for each in before.definitions)


def _created(before: Evidence | None) -> dict[str, date]:
    told = before.definitions if before else ()
    return {each.subject: each.created for each in told if each.created is not None}
