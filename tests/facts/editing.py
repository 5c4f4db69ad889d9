"""Random edits of a catalogue, as commits make them: of fields, objects, components, mentions and calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Any

from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Relationship
from auditor.model.components import Component
from auditor.model.names import component_key, field_key
from auditor.model.references import Access, Call, Certainty, Reference, call_order, reference_order


def edited(catalog: Catalog, random: Random, count: int) -> Catalog:
    """The catalogue after some edits."""
    for _ in range(count):
        catalog = random.choice(EDITS)(catalog, random)
    return _sorted(catalog)


def _sorted(catalog: Catalog) -> Catalog:
    return replace(
        catalog,
        references=tuple(sorted(catalog.references, key=reference_order)),
        calls=tuple(sorted(catalog.calls, key=call_order)),
        components=tuple(sorted(catalog.components, key=lambda each: (each.kind, each.name))),
        objects=tuple(sorted(catalog.objects, key=lambda each: each.name)),
    )


def _with_object(catalog: Catalog, old: Object, new: Object) -> Catalog:
    return replace(catalog, objects=tuple(new if each is old else each for each in catalog.objects))


def add_field(catalog: Catalog, random: Random) -> Catalog:
    """One more field of an object."""
    owner = random.choice(catalog.objects)
    fresh = Field(owner.name, f"Zz{random.randrange(99)}__c", type="Text", custom=True, label="New")
    if any(each.name == fresh.name for each in owner.fields):
        return catalog
    fields = sorted((*owner.fields, fresh), key=lambda each: each.name)
    return _with_object(catalog, owner, replace(owner, fields=tuple(fields)))


def drop_field(catalog: Catalog, random: Random) -> Catalog:
    """A field goes; who mentions it may stay."""
    owner = random.choice(catalog.objects)
    if not owner.fields:
        return catalog
    gone = random.choice(owner.fields)
    rest = tuple(each for each in owner.fields if each is not gone)
    catalog = _with_object(catalog, owner, replace(owner, fields=rest))
    name = f"{owner.name}.{gone.name}"
    if random.random() < 0.5:
        kept = tuple(each for each in catalog.references if name not in (each.target, each.component))
        return replace(catalog, references=kept)
    return catalog


def change_field(catalog: Catalog, random: Random) -> Catalog:
    """A field is another one than before."""
    owner = random.choice(catalog.objects)
    if not owner.fields:
        return catalog
    old = random.choice(owner.fields)
    changes: tuple[dict[str, Any], ...] = (
        {"external_id": not old.external_id},
        {"relationship": None if old.relationship else Relationship.MASTER_DETAIL},
        {"reference_to": (random.choice(catalog.objects).name,)},
        {"label": "Other", "type": "Number"},
        {"custom": not old.custom},
    )
    fresh = replace(old, **random.choice(changes))
    return _with_object(
        catalog, owner, replace(owner, fields=tuple(fresh if each is old else each for each in owner.fields))
    )


def change_object(catalog: Catalog, random: Random) -> Catalog:
    """An object goes, or becomes one of events."""
    old = random.choice(catalog.objects)
    if random.random() < 0.5 and len(catalog.objects) > 1:
        return replace(catalog, objects=tuple(each for each in catalog.objects if each is not old))
    kind = ObjectKind.PLATFORM_EVENT if old.kind is not ObjectKind.PLATFORM_EVENT else ObjectKind.OBJECT
    return _with_object(catalog, old, replace(old, kind=kind))


def drop_component(catalog: Catalog, random: Random) -> Catalog:
    """A component goes with all that it says; who calls it may stay."""
    if not catalog.components:
        return catalog
    gone = random.choice(catalog.components)
    return replace(
        catalog,
        components=tuple(each for each in catalog.components if each is not gone),
        references=tuple(
            each for each in catalog.references if (each.component_kind, each.component) != (gone.kind, gone.name)
        ),
        calls=tuple(each for each in catalog.calls if (each.caller_kind, each.caller) != (gone.kind, gone.name)),
    )


def add_component(catalog: Catalog, random: Random) -> Catalog:
    """A component like another, which mentions and calls what something else does."""
    if not catalog.components or not catalog.references:
        return catalog
    like = random.choice(catalog.components)
    fresh = replace(like, name=f"{like.name}_{random.randrange(99)}")
    if any((each.kind, each.name) == (fresh.kind, fresh.name) for each in catalog.components):
        return catalog
    mentions = [_by(fresh, random.choice(catalog.references)) for _ in range(random.randint(0, 4))]
    other = random.choice(catalog.components)
    calls = [
        Call(fresh.kind, fresh.name, other.kind, other.name, Certainty.CERTAIN, "z.xml", 1),
        Call(other.kind, other.name, fresh.kind, fresh.name, Certainty.CERTAIN, "z.xml", 1),
    ]
    return replace(
        catalog,
        components=(*catalog.components, fresh),
        references=(*catalog.references, *mentions),
        calls=(*catalog.calls, *random.sample(calls, random.randint(0, 2))),
    )


def _by(component: Component, reference: Reference) -> Reference:
    return replace(reference, component_kind=component.kind, component=component.name, path=component.path)


def change_component(catalog: Catalog, random: Random) -> Catalog:
    """A component is switched on or off, or becomes a test, or none."""
    if not catalog.components:
        return catalog
    old = random.choice(catalog.components)
    attributes = dict(old.attributes)
    if random.random() < 0.4:
        attributes["test"] = "false" if attributes.get("test") == "true" else "true"
        fresh = replace(old, attributes=tuple(sorted(attributes.items())))
    elif random.random() < 0.5:
        fresh = replace(old, active=not old.active)
    else:
        fresh = replace(old, effects=(), object=random.choice(catalog.objects).name)
    return replace(catalog, components=tuple(fresh if each is old else each for each in catalog.components))


def drop_references(catalog: Catalog, random: Random) -> Catalog:
    """Some mentions go."""
    gone = set(random.sample(range(len(catalog.references)), min(3, len(catalog.references))))
    return replace(catalog, references=tuple(each for at, each in enumerate(catalog.references) if at not in gone))


def move_references(catalog: Catalog, random: Random) -> Catalog:
    """A component mentions what another mentions, in its own way or another."""
    if not catalog.references:
        return catalog
    old, other = random.choice(catalog.references), random.choice(catalog.references)
    access = random.choice((old.access, Access.READS, Access.SHOWS, Access.WRITES, Access.REQUIRES))
    certainty = random.choice((Certainty.CERTAIN, Certainty.POSSIBLE))
    fresh = replace(old, target=other.target, access=access, certainty=certainty, line=7)
    return replace(catalog, references=(*catalog.references, fresh))


def drop_calls(catalog: Catalog, random: Random) -> Catalog:
    """A call goes."""
    if not catalog.calls:
        return catalog
    gone = random.choice(catalog.calls)
    return replace(catalog, calls=tuple(each for each in catalog.calls if each is not gone))


Edit = Callable[[Catalog, Random], Catalog]
EDITS: tuple[Edit, ...] = (
    add_field,
    drop_field,
    change_field,
    change_object,
    drop_component,
    add_component,
    change_component,
    drop_references,
    move_references,
    drop_calls,
)


def differing(before: SchemaGraph, after: SchemaGraph) -> set[str]:
    """Every key of which two graphs tell anything else."""
    found: set[str] = set()
    for name in (
        "systems", "objects", "fields", "components", "integrations", "incoming", "outgoing", "calls", "callers",
    ):  # fmt: skip
        old, new = getattr(before.tables, name), getattr(after.tables, name)
        found.update(key for key in {*old, *new} if old.get(key) != new.get(key))
    return found


def keys_of(names: Iterable[str]) -> list[str]:
    """Printed names of the CRM's fields."""
    return [field_key("crm", *name.split(".")) for name in names]


def key_of(component: Component) -> str:
    """The printed name of a component of the CRM."""
    return component_key("crm", component.kind, component.name)
