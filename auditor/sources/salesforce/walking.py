"""Following a dotted path through the schema: every hop is a reference, and so is its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.parsed import Mention
from auditor.sources.salesforce.schema import Lookup, Schema, is_standard_name

CODE_KINDS = frozenset({"apex_class", "apex_trigger", "aura", "lwc", "visualforce_component", "visualforce_page"})
"""Kinds in which a name is only thought to be a field: no standard field is taken on trust from them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One object or field that a mention means."""

    target: str
    access: Access
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means. `complete`: its end was found; hops found on the way count all the same."""

    hits: tuple[Hit, ...] = ()
    complete: bool = True


UNKNOWN = Resolution(complete=False)
NOTHING = Resolution()
"""A mention of something that is no field (`$Label.X`): neither a reference nor unresolved."""


def trusted(mention: Mention) -> bool:
    """Whether the platform itself has checked that the field exists."""
    return mention.certainty is Certainty.CERTAIN and mention.component_kind not in CODE_KINDS


def object_itself(schema: Schema, name: str | None, mention: Mention) -> Resolution:
    """The object and no field of it."""
    find = schema.believed_object if trusted(mention) else schema.object_name
    found = find(name) if name else None
    if found is None:
        return UNKNOWN
    return Resolution((Hit(found, mention.access, mention.certainty),))


def walk(schema: Schema, owners: Sequence[str], parts: Sequence[str], mention: Mention) -> Resolution:
    """Follow a path from one of several objects. Where it may mean several fields, each is possible."""
    hits: list[Hit] = []
    led = False
    for part in parts[:-1]:
        lookups = _hops(schema, owners, part)
        if not lookups:
            return Resolution(tuple(hits), complete=False)
        hits.extend(_hits((lookup.target for lookup in lookups), mention.hop_access, mention.certainty))
        owners = tuple(dict.fromkeys(target for lookup in lookups for target in lookup.leads_to))
        led = True
    ends = _ends(schema, owners, parts[-1], mention) or (_beyond(schema, owners, parts[-1]) if led else [])
    return Resolution((*hits, *_hits(ends, mention.access, mention.certainty)), complete=bool(ends))


def _hops(schema: Schema, owners: Sequence[str], part: str) -> list[Lookup]:
    """Lookups behind one hop; `Owner:User` narrows a lookup of several targets to one."""
    relationship, _, target = part.partition(":")
    found = (schema.lookup(owner, relationship) for owner in owners)
    lookups = [lookup for lookup in found if lookup is not None]
    return [Lookup(lookup.target, (target,)) for lookup in lookups] if target else lookups


def _ends(schema: Schema, owners: Sequence[str], name: str, mention: Mention) -> list[str]:
    trust = trusted(mention) and len(owners) == 1
    fields = (schema.field(owner, name, trusted=trust) for owner in owners)
    found = list(dict.fromkeys(field for field in fields if field is not None))
    # A path may end at a relationship (`Contact__c.Account`, `Rel__r`), which means the lookup itself.
    return found or list(dict.fromkeys(lookup.target for lookup in _hops(schema, owners, name)))


def _beyond(schema: Schema, owners: Sequence[str], name: str) -> list[str]:
    """A standard field of an object that a declared lookup leads to and our table lacks (`FieldDefinition`)."""
    unknown = len(owners) == 1 and schema.object_name(owners[0]) is None
    return [f"{owners[0]}.{name}"] if unknown and is_standard_name(owners[0]) and is_standard_name(name) else []


def _hits(targets: Iterable[str], access: Access, certainty: Certainty) -> list[Hit]:
    distinct = list(dict.fromkeys(targets))
    sure = certainty if len(distinct) == 1 else Certainty.POSSIBLE
    return [Hit(target, access, sure) for target in distinct]
