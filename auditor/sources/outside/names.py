"""The names of one CRM as files outside of it write them: as they are, in another case, or respelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import field_of_relationship, is_custom, relationship_of_field
from auditor.languages.standard import standard_field, standard_lookup, standard_objects
from auditor.model.catalogue import Catalog, Field

_SALESFORCE = "salesforce"
_LONG_LABEL = 8
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_+")


@dataclass(frozen=True, slots=True)
class Names:
    """Look-ups over the names of one catalogue; keys are in lower case, answers as the catalogue spells them.

    `bare` holds names that mean a field wherever they stand: those that no other vocabulary has (`Region__c`).
    A target is `Object.Field`.
    """

    objects: Mapping[str, str]
    fields: Mapping[tuple[str, str], Field]
    bare: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    salesforce: bool

    def object(self, name: str, exact: bool = False) -> str | None:
        """The object of a name; with `exact` only in the catalogue's own spelling."""
        found = self.objects.get(name.lower())
        return None if found is None or (exact and found != name) else found

    def field(self, owner: str, name: str, exact: bool = False) -> str | None:
        """The target that a name on an object means; None where the object has no such field."""
        found = self.fields.get((owner.lower(), name.lower()))
        if found is not None:
            return None if exact and found.name != name else f"{owner}.{found.name}"
        if not self.salesforce:
            return None
        standard = standard_field(owner, name)
        if standard is None and not exact and "_" in name:
            standard = standard_field(owner, name.replace("_", ""))
        if standard is None or (exact and standard.name != name):
            return None
        return f"{owner}.{standard.name}"

    def path(self, owner: str, parts: Sequence[str], exact: bool = False) -> tuple[str, ...]:
        """Every field that a path reads, hops first (`Account.Region__c` of a contact); empty where it is none."""
        *hops, last = parts
        read: list[str] = []
        for hop in hops:
            step = self._hop(owner, hop)
            if step is None:
                return ()
            target, owner = step
            read.append(target)
        end = self.field(owner, last, exact)
        return (*read, end) if end is not None else ()

    def _hop(self, owner: str, hop: str) -> tuple[str, str] | None:
        for name in field_of_relationship(hop):
            found = self.fields.get((owner.lower(), name.lower()))
            if found is not None and found.reference_to:
                return f"{owner}.{found.name}", found.reference_to[0]
        standard = standard_lookup(owner, hop) if self.salesforce else None
        if standard is None or not standard.reference_to:
            return None
        return f"{owner}.{standard.name}", standard.reference_to[0]


def custom(target: str) -> bool:
    """Whether a target is a field that the company or a package added, by the platform's suffix."""
    return is_custom(target.partition(".")[2])


def names_of(catalog: Catalog) -> Names:
    """Index the names of a catalogue."""
    salesforce = _SALESFORCE in catalog.kind.split("+")
    objects: dict[str, str] = {name.lower(): name for name in (standard_objects() if salesforce else ())}
    objects.update({item.name.lower(): item.name for item in catalog.objects})
    for name in list(objects.values()):
        objects.setdefault(respelled(name), name)
    fields: dict[tuple[str, str], Field] = {}
    bare: dict[str, dict[str, None]] = {}
    labels: dict[str, dict[str, None]] = {}
    for item in catalog.objects:
        for field in item.fields:
            for spelling in (field.name.lower(), respelled(field.name)):
                fields.setdefault((item.name.lower(), spelling), field)
            target = f"{item.name}.{field.name}"
            for token in _tokens(field, salesforce):
                bare.setdefault(token, {})[target] = None
            if field.custom and field.label and _telling(field.label):
                labels.setdefault(field.label.lower(), {})[target] = None
    return Names(objects, fields, _frozen(bare), _frozen(labels), salesforce)


def respelled(name: str) -> str:
    """A name as loaders write it into a warehouse: `MyField__c` is `my_field_c`.

    Fivetran's rule for names of tables and columns, which the models of its dbt packages follow.
    """
    return "_".join(part.lower() for part in _BOUNDARY.split(name) if part)


def _tokens(field: Field, salesforce: bool) -> Iterable[str]:
    """Spellings by which a field is known without its object; none for a name that other things bear, too."""
    if not field.custom:
        return
    lowered = field.name.lower()
    if not salesforce:
        # Without a suffix of the platform only what is joined by an underscore is no common word.
        if "_" in field.name.strip("_") and len(field.name) >= 6:
            yield lowered
        return
    if not is_custom(field.name):
        return
    yield lowered
    yield respelled(field.name)
    yield from _derived(field)


def _derived(field: Field) -> Iterator[str]:
    lowered = field.name.lower()
    if field.reference_to:
        yield relationship_of_field(field.name).lower()
    if field.object == "Contact" and lowered.endswith("__c"):
        yield f"{lowered[:-1]}pc"  # on a person account


def _telling(label: str) -> bool:
    """Whether a label says more than a word that may stand anywhere."""
    return " " in label.strip() or len(label) >= _LONG_LABEL


def _frozen(found: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {token: tuple(sorted(targets)) for token, targets in found.items()}
