"""A row of a register (`DeveloperName`, folder, label) ↔ the component of the repository that it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.formats.tables import Row
from auditor.model.catalogue import Catalog
from auditor.model.components import Component
from auditor.usage.naming import Names, names_of


@dataclass(frozen=True, slots=True)
class Candidates:
    """The components of one kind, by the last part of their names and by their labels, in lower case."""

    by_name: Mapping[str, tuple[Component, ...]]
    by_label: Mapping[str, tuple[Component, ...]]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the components of one kind that rows of a register are about."""

    kind: str
    names: Names
    candidates: Candidates

    def subjects(self, row: Row) -> tuple[tuple[str, bool], ...]:
        """Printed names, each with whether it is only possibly meant.

        A component that the repository does not hold is named by its folder and developer name. Empty for a row
        without a name.
        """
        matched = match_name(self.candidates, row)
        if matched:
            return tuple((self.names.component(self.kind, name), len(matched) > 1) for name in matched)
        name = live_name(row)
        return ((self.names.component(self.kind, name), False),) if name else ()


def matcher_of(catalog: Catalog, kind: str) -> Matcher:
    """A matcher for the components of a kind."""
    return Matcher(kind, names_of(catalog), candidates_of(catalog, kind))


def live_name(row: Row) -> str:
    """The full name that a row gives a component of the live organisation: `Folder/DeveloperName`."""
    folder = row.get("Folder.DeveloperName", "FolderDeveloperName", "FolderName")
    name = row.get("DeveloperName", "Name") or ""
    return f"{folder}/{name}" if folder and name else name


def candidates_of(catalog: Catalog, kind: str) -> Candidates:
    """Index the components of a kind."""
    by_name: dict[str, list[Component]] = {}
    by_label: dict[str, list[Component]] = {}
    for component in catalog.components:
        if component.kind == kind:
            by_name.setdefault(component.name.rpartition("/")[2].lower(), []).append(component)
            if component.label:
                by_label.setdefault(component.label.strip().lower(), []).append(component)
    return Candidates(_frozen(by_name), _frozen(by_label))


def match_name(candidates: Candidates, row: Row) -> tuple[str, ...]:
    """Names of the components that a row may be about: none, one, or several that nothing tells apart.

    By `DeveloperName`, else by label (`Name`); several are narrowed by the folder, whose label and API name agree
    up to blanks and signs, then by the label.
    """
    developer, label = row.get("DeveloperName"), row.get("Name")
    found = candidates.by_name.get(developer.lower(), ()) if developer else ()
    if not developer and label:
        found = candidates.by_label.get(label.lower(), ())
    folder = row.get("Folder.DeveloperName", "FolderDeveloperName", "FolderName")
    if len(found) > 1 and folder:
        found = tuple(each for each in found if _same_folder(each.name, folder)) or found
    if len(found) > 1 and label:
        found = tuple(each for each in found if (each.label or "").lower() == label.lower()) or found
    return tuple(sorted(each.name for each in found))


def _same_folder(name: str, folder: str) -> bool:
    parts = name.split("/")[:-1]
    return bool(parts) and _plain(parts[-1]) == _plain(folder.rpartition("/")[2])


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _frozen(index: dict[str, list[Component]]) -> dict[str, tuple[Component, ...]]:
    return {key: tuple(components) for key, components in index.items()}
