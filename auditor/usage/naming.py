"""Names in exports → printed names of the catalogue: its spelling, one owner a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import is_custom, person_account_field, without_placeholders
from auditor.model.catalogue import Catalog
from auditor.model.names import component_key, field_key, object_key

_HALF = re.compile(r"__(?:latitude|longitude)__s$", re.IGNORECASE)
_ACTIVITIES = frozenset({"task", "event", "activity"})


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one catalogue, found whatever their case and packaging tokens."""

    system: str
    objects: dict[str, str]
    fields: dict[tuple[str, str], str]
    components: dict[tuple[str, str], str]

    def object(self, name: str) -> str:
        """An object's name as the catalogue spells it; as given where it is not in it."""
        return self.objects.get(name.lower(), name)

    def object_key(self, name: str) -> str:
        """An object's printed name."""
        return object_key(self.system, self.object(name))

    def owner(self, object_name: str, field: str) -> tuple[str, str]:
        """The object and field that a name means.

        Custom fields of tasks and events are the activity's, those of a person account (`X__pc`) the contact's;
        the halves of a geolocation (`X__Latitude__s`) are the field `X__c`.
        """
        field = _HALF.sub("__c", field)
        if object_name.lower() in _ACTIVITIES and is_custom(field):
            return "Activity", field
        if object_name.lower() == "account" and field.lower().endswith("__pc"):
            return "Contact", person_account_field(field)
        return object_name, field

    def knows(self, object_name: str, field: str) -> bool:
        """Whether the catalogue holds the field."""
        owner, name = self.owner(object_name, field)
        return (owner.lower(), name.lower()) in self.fields

    def field(self, object_name: str, field: str) -> str:
        """A field's printed name, spelled as in the catalogue where it is in it."""
        owner, name = self.owner(object_name, field)
        spelled = self.fields.get((owner.lower(), name.lower()), name)
        return field_key(self.system, self.object(owner), spelled)

    def target(self, target: str) -> str:
        """The printed name of a reference's target, `Object.Field` or `Object`."""
        object_name, dot, field = target.partition(".")
        return self.field(object_name, field) if dot else self.object_key(object_name)

    def component(self, kind: str, name: str) -> str:
        """A component's printed name, spelled as in the catalogue where it is in it."""
        return component_key(self.system, kind, self.components.get((kind, name.lower()), name))


def names_of(catalog: Catalog) -> Names:
    """Index the names of a catalogue. A name with a packaging token is found with and without the token."""
    objects: dict[str, str] = {}
    fields: dict[tuple[str, str], str] = {}
    for item in catalog.objects:
        for spelled in _spellings(item.name):
            objects.setdefault(spelled, item.name)
            for field in item.fields:
                for name in _spellings(field.name):
                    fields.setdefault((spelled, name), field.name)
    components = {(each.kind, each.name.lower()): each.name for each in catalog.components}
    return Names(catalog.system, objects, fields, components)


def _spellings(name: str) -> Iterator[str]:
    return _distinct((name.lower(), without_placeholders(name).lower()))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(names))
