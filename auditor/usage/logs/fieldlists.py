"""Column names in logs → fields: lists as logs write them, aliases, paths, and all fields of an object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from auditor.dataclasses import dataclass, field
from auditor.languages.aliases import AliasTarget, list_column, report_column
from auditor.languages.fieldpaths import split_path
from auditor.languages.standard import child_lookup, standard_field
from auditor.model.catalogue import Catalog
from auditor.usage.kit.walking import Steps, Walker, walker_of


def items_of(text: str, separators: str = ",") -> tuple[str, ...]:
    """Members of a list as logs write it: a JSON list, `[A, B]`, or words between separators."""
    stripped = text.strip()
    if stripped.startswith("["):
        try:
            parsed = json.loads(stripped)
        except ValueError:
            parsed = None
        if isinstance(parsed, list):
            return tuple(str(item).strip() for item in parsed if item)
        stripped = stripped.removeprefix("[").removesuffix("]")
    for separator in separators[1:]:
        stripped = stripped.replace(separator, separators[0])
    parts = (part.strip().strip("\"'") for part in stripped.split(separators[0]))
    return tuple(part for part in parts if part)


class FieldSet:
    """Fields that one event touches, each surely or possibly; sure wins."""

    def __init__(self) -> None:
        self._fields: dict[str, bool] = {}

    def add(self, steps: Iterable[tuple[str, bool]], *, possible: bool = False) -> None:
        """Add fields, all of them only possibly where `possible`."""
        for name, unsure in steps:
            self._fields[name] = self._fields.get(name, True) and (unsure or possible)

    def items(self) -> tuple[tuple[str, bool], ...]:
        """Printed names with whether they are only possibly meant, sorted."""
        return tuple(sorted(self._fields.items()))

    def __contains__(self, name: object) -> bool:
        return name in self._fields


@dataclass(slots=True)
class Columns:
    """Finds fields by the names that logs give them, and remembers the names that mean none."""

    walker: Walker
    by_object: Mapping[str, tuple[str, ...]]
    unresolved: dict[str, int] = field(default_factory=dict)

    def of_report(self, column: str, type_name: str | None, entities: Iterable[str]) -> Steps:
        """A column header of a report: by its type's grammar, as a path from an object, as an entity's alias."""
        target = report_column(type_name, column) if type_name else None
        steps = self.walker.alias(target) if target else None
        if steps is None:
            steps = self._path(column)
        if steps is None:
            steps = self._of_any(column, entities)
        return self._noted(column, steps)

    def of_list(self, column: str, object_name: str) -> Steps:
        """A column or filter of a list view of an object."""
        target = list_column(object_name, column)
        steps = self.walker.alias(target) if target else None
        if steps is None:
            steps = self.walker.path(object_name, column)
        return self._noted(f"{object_name}.{column}", steps)

    def of_path(self, owner: str, path: str) -> Steps:
        """A path of a query from an object."""
        return self._noted(f"{owner}.{path}", self.walker.path(owner, path))

    def everything(self, objects: Iterable[str]) -> Steps:
        """Every field that the catalogue knows of some objects, each only possibly meant."""
        return tuple((name, True) for each in objects for name in self.by_object.get(each.lower(), ()))

    def child(self, owner: str, relationship: str) -> str:
        """The object behind a child relationship (`Contacts`, `Jobs__r`); empty where it is not known."""
        children = self.walker.children.get((owner.lower(), relationship.removesuffix("__r").lower()), ())
        if len(children) == 1:
            return children[0]
        standard = child_lookup(owner, relationship)
        return standard.object if standard else ""

    def note(self) -> str:
        """Names that mean no known field, for the skipped list; empty where there are none."""
        if not self.unresolved:
            return ""
        names = sorted(self.unresolved)
        more = f" and {len(names) - 20} more" if len(names) > 20 else ""
        return f"{len(names)} column names mean no field that is known: {', '.join(names[:20])}{more}"

    def _path(self, column: str) -> Steps | None:
        """A path from an object, which may go through child relationships first (`Account.Machines__r.Age__c`)."""
        owner, *rest = split_path(column) or ("",)
        owner = self.walker.names.object(owner)
        for end in range(len(rest)):
            table = ".".join([owner, *rest[:end]])
            steps = self.walker.alias(AliasTarget(owner, ".".join(rest[end:]), table))
            if steps is not None:
                return steps
        return None

    def _of_any(self, column: str, entities: Iterable[str]) -> Steps | None:
        """What a column means on the entities that are shown; only possibly where it means several things."""
        found: dict[Steps, None] = {}
        for entity in entities:
            target = list_column(entity, column)
            steps = self.walker.alias(target) if target else None
            if steps is None and standard_field(entity, column):
                steps = self.walker.path(entity, column)
            if steps:
                found[steps] = None
        if len(found) < 2:
            return next(iter(found), None)
        return tuple((name, True) for steps in found for name, _ in steps)

    def _noted(self, column: str, steps: Steps | None) -> Steps:
        if steps is None:
            self.unresolved[column] = self.unresolved.get(column, 0) + 1
        return steps or ()


def columns_of(catalog: Catalog) -> Columns:
    """Index a catalogue for the columns of its logs."""
    walker = walker_of(catalog)
    by_object = {
        item.name.lower(): tuple(walker.names.field(item.name, each.name) for each in item.fields)
        for item in catalog.objects
    }
    return Columns(walker, by_object)
