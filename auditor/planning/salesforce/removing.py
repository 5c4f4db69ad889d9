"""What is removed, looked up in the ways that editing asks: by printed reference, by component, by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Catalog
from auditor.model.names import component_key, field_key, object_key
from auditor.model.rollback import Cause, Removal, Removed
from auditor.planning.salesforce.naming import plain


@dataclass(frozen=True, slots=True)
class Removing:
    """Fields as `Object.Field`, objects by name, components as (kind, name); each with its printed name."""

    fields: Mapping[str, str]
    objects: Mapping[str, str]
    components: Mapping[tuple[str, str], str]

    def subject(self, target: str) -> str | None:
        """The printed name of what a reference names, where that goes."""
        return self.fields.get(target) or self.objects.get(target.partition(".")[0])

    def goes(self, kind: str, name: str) -> bool:
        """Whether a component (or a field, which reads others) goes."""
        return name in self.fields if kind == "field" else (kind, name) in self.components


def removing(removal: Removal, catalog: Catalog, also: Iterable[Removed]) -> Removing:
    """Everything that goes, with the fields of objects that do."""
    system = removal.system
    objects = {item.name: item.subject for item in removal.objects}
    fields = {item.name: item.subject for item in removal.fields}
    for each in catalog.objects:
        if each.name in objects:
            for field in each.fields:
                fields.setdefault(f"{each.name}.{field.name}", field_key(system, each.name, field.name))
    _add_twins(fields, objects, catalog)
    components = {(item.kind, item.name): item.subject for item in (*removal.components, *also)}
    return Removing(fields, objects, components)


def _add_twins(fields: dict[str, str], objects: dict[str, str], catalog: Catalog) -> None:
    """What differs by the token of a packaging tool alone is the same thing, and goes with it."""
    whole = {plain(name): subject for name, subject in objects.items()}
    single = {plain(name): subject for name, subject in fields.items()}
    for each in catalog.objects:
        if plain(each.name) in whole:
            objects.setdefault(each.name, whole[plain(each.name)])
        for field in each.fields:
            name = f"{each.name}.{field.name}"
            if plain(name) in single:
                fields.setdefault(name, single[plain(name)])


def removal_of(catalog: Catalog, fields: Iterable[str] = (), objects: Iterable[str] = ()) -> Removal:
    """A removal of fields (`Object.Field`) and objects alone, with what the catalogue says of them.

    Whoever wants what depends on them to go too closes it first (planning.closure).
    """
    system = catalog.system
    known = {f"{item.object}.{item.name}": item for each in catalog.objects for item in each.fields}
    items = [
        Removed(
            field_key(system, *name.split(".", 1)),
            "field",
            name,
            Cause.CANDIDATE,
            "asked for",
            path=origin.path if (origin := known[name].origin) else "",
            line=origin.line if origin else None,
        )
        for name in sorted(set(fields))
    ]
    items += [
        Removed(object_key(system, name), "object", name, Cause.CANDIDATE, "asked for")
        for name in sorted(set(objects))
    ]
    return Removal(system, catalog.kind, tuple(items), catalog.location)


def gone_component(system: str, kind: str, name: str, because: str, path: str) -> Removed:
    """A component that goes because of what else does."""
    return Removed(component_key(system, kind, name), kind, name, Cause.BELONGS, because, path)
