"""Finding objects and fields by the names that metadata gives them.

Names differ from the declared ones in case, by the project's own namespace (`hed__Term__c`), and by tokens that
packaging tools fill in (`___NAMESPACE___Term__c`, usually filled with nothing). Objects that are one name without
these form a *family*: a declaration with a token shadows the real object, adds to it, and is looked into when a
name is resolved. What the catalogue lacks may be standard; what is neither is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import (
    field_of_relationship,
    is_custom,
    person_account_field,
    split_name,
    without_placeholders,
)
from auditor.languages.standard import child_lookup, standard_field, standard_lookup, standard_object
from auditor.patterns import regex
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import ReportTypeJoin
from auditor.sources.salesforce.tables import Declared, Tables, distance

ACTIVITY = "Activity"
_ACTIVITIES = frozenset({"task", "event"})
_JOINED: Mapping[str, tuple[str, ...]] = {
    "accountcontactrelation": ("Contact", "Account"),
    "accountcontactrole": ("Contact", "Account"),
    "accountteammember": ("User", "Account"),
    "campaignmember": ("Contact", "Lead", "Campaign"),
    "contractcontactrole": ("Contact", "Contract"),
    "opportunitycontactrole": ("Contact", "Opportunity"),
    "opportunityteammember": ("User", "Opportunity"),
}
"""Objects that only join two others: report types list the fields of these as if they were the join's own. Read in
SalesforceFoundation/NPSP (`Opportunities_with_Contacts_with_Affiliations`) and Integration-User/NightlyBackups."""
_TIMELINES = frozenset({"openactivities", "activityhistories"})
"""Relationships from any record to its activities; source: Object Reference, OpenActivity and ActivityHistory."""
# Tables that the platform keeps beside an object, by suffix; source: Object Reference, "Associated objects".
_BESIDE_CUSTOM = regex(r"__(?:share|history|feed|changeevent|tag|hd)$", re.IGNORECASE)
_BESIDE_STANDARD = regex(r"(?<=[a-z])(?:Share|FieldHistory|History|Feed|ChangeEvent|Tag)$")
# Parts of a custom geolocation or address field; source: SOAP API developer guide, "Compound fields".
_COMPOUND_PART = regex(
    r"__(?:latitude|longitude|street|city|postalcode|state|statecode|country|countrycode|geocodeaccuracy)__s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field that leads on: its printed target name and the objects it leads to."""

    target: str
    leads_to: tuple[str, ...]


class Schema:
    """The objects and fields of one tree, found by any of their names. Nothing is held here but where to look."""

    def __init__(self, tables: Tables, names: Names) -> None:
        self.normal: Callable[[str], str] = names.normal
        """The name without case, tokens and the project's own namespace."""
        self._objects = tables.objects
        self._fields = tables.fields
        self._children = tables.children
        self._words = tables.words
        self._report_types = tables.report_types
        self._packages = tables.packages

    def object_name(self, name: str) -> str | None:
        """The declared or standard spelling of an object; None where it is neither.

        A share, history or feed table of an object is that object.
        """
        for candidate in (name, _owner_of(name)):
            family = self._objects.get(self.normal(candidate))
            if family:
                return family[0]
            known = standard_object(candidate) or standard_object(self.normal(candidate))
            if known is not None:
                return known.name
        return None

    def field(self, owner: str, name: str, *, trusted: bool = False) -> str | None:
        """The printed name (`Object.Field`) of a field of an object; None where it is unknown.

        With `trusted` an object is believed to have a field that neither the tree nor our table of standard
        fields holds (a managed package's, one that was made in the org): the platform refuses to deploy
        declarative metadata that names a field which does not exist.
        """
        name = _COMPOUND_PART.sub("__c", name)
        found = (
            self._declared(owner, name) or self._declared(_owner_of(owner), name) or self._packaged(owner, name)
        )
        if found is not None:
            return f"{found.object}.{found.name}"
        found_elsewhere = self._elsewhere(owner, name) or self._standard(owner, name) or self._by_id(owner, name)
        return found_elsewhere or (self._believed(owner, name) if trusted else None)

    def lookup(self, owner: str, relationship: str) -> Lookup | None:
        """The field behind one hop of a path, which may be written as relationship or as field."""
        home = ACTIVITY if self.normal(owner) in _ACTIVITIES else _owner_of(owner)
        for name in (*field_of_relationship(relationship), relationship):
            field = self._declared(owner, name) or self._declared(home, name)
            if field is not None and field.reference_to:
                return Lookup(f"{field.object}.{field.name}", field.reference_to)
        spelled = self.object_name(owner)
        known = standard_lookup(spelled or owner, relationship)
        if known is None:
            return None
        return Lookup(f"{spelled or owner}.{known.name}", known.reference_to)

    def child(self, parent: str, relationship: str) -> Lookup | None:
        """The field behind a child relationship (`Contacts`, `Shifts__r`); it leads to the child object."""
        plain = self.normal(relationship).removesuffix("__r")
        found = self._children.get((self.normal(parent), plain))
        if found:
            return Lookup(f"{found[0].object}.{found[0].name}", (found[0].object,))
        known = child_lookup(self.object_name(parent) or parent, relationship)
        if known is None and relationship.lower() in _TIMELINES and self.object_name(parent) is not None:
            return Lookup(f"{ACTIVITY}.WhatId", (ACTIVITY,))
        if known is None:
            return None
        return Lookup(f"{known.object}.{known.name}", (known.object,))

    def named(self, name: str) -> tuple[str, ...]:
        """Printed names of every declared field that bears a custom name, whatever its object."""
        return self._words.get(self.normal(name)) or ()

    def report_type(self, name: str) -> ReportTypeJoin | None:
        """A report type of the organisation's own; reports write its name with `__c` behind."""
        normal = self.normal(name)
        return self._report_types.get(normal.removesuffix("__c")) or self._report_types.get(normal)

    def _declared(self, owner: str, name: str) -> Declared | None:
        found = self._fields.get((self.normal(owner), self.normal(name)))
        if not found:
            return None
        return min(found, key=lambda field: distance(field, owner, name)) if len(found) > 1 else found[0]

    def _elsewhere(self, owner: str, name: str) -> str | None:
        """The same field under another name: activities share theirs, person accounts those of their contact."""
        normal = self.normal(owner)
        if normal in _ACTIVITIES:
            found = self._declared(ACTIVITY, name)
            return f"{found.object}.{found.name}" if found else None
        if normal == "account" and (contact := person_account_field(name)):
            return self.field("Contact", contact)
        if is_custom(name):
            joined = filter(None, (self._declared(side, name) for side in _JOINED.get(normal, ())))
            found = next(joined, None)
            return f"{found.object}.{found.name}" if found else None
        return None

    def _packaged(self, owner: str, name: str) -> Declared | None:
        """What a package's own metadata calls without its prefix (`{!Result__c.Status__c}` in its templates).

        Only where the tree has no such object of its own, and one package has both the object and the field.
        """
        own, local = split_name(owner), split_name(name)
        if own.suffix == "" or local.suffix == "" or local.namespace:
            return None
        if own.namespace:
            return self._declared(owner, f"{own.namespace}__{name}")
        if self._objects.get(self.normal(owner)):
            return None
        packages = set(self._packages.get(self.normal(owner)) or ())
        found = [self._declared(f"{package}__{owner}", f"{package}__{name}") for package in packages]
        return found[0] if len(found) == 1 else None  # of several packages nobody can say which is meant

    def believed_object(self, name: str) -> str | None:
        """The declared or standard spelling, or a custom name as it stands, for mentions that are trusted."""
        return self.object_name(name) or (_bare(name) if is_custom(name) and not name.endswith("__r") else None)

    def _standard(self, owner: str, name: str) -> str | None:
        spelled = self.object_name(owner)
        if spelled is None:
            return None
        # A standard object of the tree that our table lacks has at least what every object has.
        kind = spelled if is_custom(spelled) or standard_object(spelled) else _ANY_OBJECT
        for candidate in (name, name + "Id"):
            known = standard_field(kind, candidate)
            # `Name` of the owner is a field, `Owner` alone stands for `OwnerId`: only lookups may be shortened.
            if known is not None and (candidate is name or known.reference_to):
                return f"{spelled}.{known.name}"
        return None

    def _believed(self, owner: str, name: str) -> str | None:
        spelled = self.believed_object(owner)
        named = is_standard_name(name) or _is_field(name)
        return f"{spelled}.{_bare(name)}" if spelled is not None and named else None

    def _by_id(self, owner: str, name: str) -> str | None:
        """The id behind a custom lookup, as buttons and templates write it: `{!Job__c.CampaignId__c}`."""
        if not name.lower().endswith("id__c"):
            return None
        found = self._declared(owner, name[:-5] + "__c")
        return f"{found.object}.{found.name}" if found is not None and found.reference_to else None


_ANY_OBJECT = "Any__c"
_STANDARD_NAME = regex(r"(?=[A-Za-z0-9]*[a-z])[A-Z][A-Za-z0-9]*")


def is_standard_name(name: str) -> bool:
    """Whether a name is made like those of the platform's own objects and fields (`ContactPointEmail`)."""
    return _STANDARD_NAME.fullmatch(name) is not None


def _is_field(name: str) -> bool:
    """Whether a custom name is a field's, and not the relationship's behind it (`Rel__r`)."""
    return is_custom(name) and not name.lower().endswith(("__r", "__pr"))


def _bare(name: str) -> str:
    return without_placeholders(name).strip()


def _owner_of(name: str) -> str:
    """The object that a share, history, feed or change event table belongs to; else the name itself."""
    if is_custom(name):
        return _BESIDE_CUSTOM.sub("__c", name)
    return _BESIDE_STANDARD.sub("", name)
