"""From a path as SOQL writes it, to the field of each hop: in the catalogue, or among the standard fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.languages.aliases import AliasTarget
from auditor.languages.fieldpaths import field_of_relationship, split_path
from auditor.languages.standard import child_lookup, standard_field, standard_lookup
from auditor.model.catalogue import Catalog
from auditor.usage.naming import Names, names_of

Steps: TypeAlias = tuple[tuple[str, bool], ...]
"""Printed names of the fields on a path, each with whether it is only possibly meant."""


@dataclass(frozen=True, slots=True)
class Walker:
    """Follows paths through one catalogue."""

    names: Names
    lookups: Mapping[tuple[str, str], tuple[str, ...]]
    children: Mapping[tuple[str, str], tuple[str, ...]]

    def alias(self, target: AliasTarget) -> Steps | None:
        """The fields that a column reads; empty for one that shows no field, None where the path is not known."""
        if target.computed:
            return ()
        owner = self._table(target) if target.table else target.object
        return self.path(owner, target.path) if owner else None

    def path(self, owner: str, path: str) -> Steps | None:
        """The fields of a path from an object: each lookup on the way, then the last. None where it breaks off."""
        *hops, last = split_path(path) or ("",)
        steps: list[tuple[str, bool]] = []
        possible = False
        for hop in hops:
            found = self._hop(owner, hop)
            if found is None:
                return None
            field, targets = found
            steps.append((self.names.field(owner, field), possible))
            owner, possible = targets[0], possible or len(targets) > 1
        if not self._is_field(owner, last):
            return None
        return (*steps, (self.names.field(owner, last), possible))

    def _hop(self, owner: str, hop: str) -> tuple[str, tuple[str, ...]] | None:
        for name in field_of_relationship(hop):
            targets = self.lookups.get((owner.lower(), name.lower()))
            if targets:
                return name, targets
        standard = standard_lookup(owner, hop)
        return (standard.name, standard.reference_to) if standard else None

    def _is_field(self, owner: str, name: str) -> bool:
        return self.names.knows(owner, name) or standard_field(owner, name) is not None

    def _table(self, target: AliasTarget) -> str | None:
        """The object at the end of `Job__c.Hours__r`: the base, then child relationships; else None."""
        owner, *hops = split_path(target.table)
        for hop in hops:
            relation = hop.removesuffix("__r").lower()
            children = self.children.get((owner.lower(), relation), ())
            standard = child_lookup(owner, hop)
            if len(children) != 1 and standard is None:
                return None
            owner = children[0] if len(children) == 1 or standard is None else standard.object
        return owner


def walker_of(catalog: Catalog) -> Walker:
    """Index the lookups of a catalogue."""
    lookups: dict[tuple[str, str], tuple[str, ...]] = {}
    children: dict[tuple[str, str], list[str]] = {}
    for item in catalog.objects:
        for field in item.fields:
            if not field.reference_to:
                continue
            lookups[item.name.lower(), field.name.lower()] = field.reference_to
            relation = (field.relationship_name or "").lower()
            for parent in field.reference_to if relation else ():
                children.setdefault((parent.lower(), relation), []).append(item.name)
    frozen = {key: tuple(sorted(set(names))) for key, names in children.items()}
    return Walker(names_of(catalog), lookups, frozen)
