"""All files of a tree together: mentions become references, or are counted as unresolved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from heapq import nsmallest

from auditor.dataclasses import dataclass, replace
from auditor.model.catalogue import Field, Object, Unresolved
from auditor.model.components import Component, EffectOn, IntegrationPoint
from auditor.model.references import Call, Certainty, Reference
from auditor.sources.salesforce.grammars import resolve_mention
from auditor.sources.salesforce.parsed import Mention, Parsed
from auditor.sources.salesforce.schema import Schema
from auditor.sources.salesforce.walking import CODE_KINDS, Resolution

EXAMPLES = 200
"""How many unresolved mentions a catalogue keeps as examples; it counts them all."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The references of one tree, sorted totally, and what named nothing known."""

    references: tuple[Reference, ...]
    unresolved: int
    examples: tuple[Unresolved, ...]


def resolve(schema: Schema, parts: Iterable[tuple[str, Parsed]]) -> Resolved:
    """Resolve the mentions of every file (path, what it says)."""
    found: dict[tuple[str, str], set[Reference]] = defaultdict(set)
    missed: list[Unresolved] = []
    known: dict[object, Resolution] = {}  # permissions name the same fields in every profile
    for path, parsed in parts:
        for mention in parsed.mentions:
            meant = _remembered(known, schema, mention)
            kind, author = mention.component_kind, _author(schema, mention)
            if meant.hits:
                made = (
                    Reference(
                        kind, author, hit.target, hit.access, hit.certainty, path, mention.line, mention.part
                    )
                    for hit in meant.hits
                )
                found[kind, author].update(made)
            if not meant.complete:
                missed.append(_missed(path, author, mention))
    known.clear()
    return Resolved(tuple(_sorted(found)), len(missed), tuple(nsmallest(EXAMPLES, missed)))


def _sorted(found: dict[tuple[str, str], set[Reference]]) -> Iterator[Reference]:
    """All references in their order, component by component: keys for all at once would take much memory."""
    for author in sorted(found):
        yield from sorted(found.pop(author), key=_reference_key)


def _remembered(known: dict[object, Resolution], schema: Schema, mention: Mention) -> Resolution:
    """What a mention means; the component that makes it plays a part only by whether it is trusted."""
    key = (
        mention.object,
        mention.path,
        mention.part,
        mention.grammar,
        mention.access,
        mention.hop_access,
        mention.certainty,
        mention.component_kind in CODE_KINDS,
    )
    found = known.get(key)
    if found is None:
        found = known[key] = resolve_mention(schema, mention)
    return found


def resolve_object(schema: Schema, item: Object) -> Object:
    """The object with the targets of its lookups under their declared names."""
    fields = tuple(_resolve_targets(schema, field) if field.reference_to else field for field in item.fields)
    return item if fields == item.fields else replace(item, fields=fields)


def resolve_component(schema: Schema, component: Component) -> Component:
    """The component with its objects under their declared names."""
    owner = _spelled(schema, component.object)
    effects = tuple(EffectOn(effect.effect, _spelled(schema, effect.object)) for effect in component.effects)
    if owner == component.object and effects == component.effects:
        return component
    return replace(component, object=owner, effects=effects)


def resolve_point(schema: Schema, point: IntegrationPoint) -> IntegrationPoint:
    """The integration point with its objects and fields under their declared names."""
    if not point.objects and not point.fields:
        return point
    objects = {schema.object_name(name) or name for name in point.objects}
    fields = {_field(schema, name) for name in point.fields}
    name = _field(schema, point.name) if point.kind == "external_id" else point.name
    return replace(point, name=name, objects=tuple(sorted(objects)), fields=tuple(sorted(fields)))


def sorted_calls(
    calls: Iterable[Call], components: Iterable[Component], namespaces: frozenset[str] = frozenset()
) -> tuple[Call, ...]:
    """Calls without repetitions, sorted totally; callees under the names by which the tree declares them.

    A project may call its own components by its namespace (`shelter__Intake` is the flow `Intake`).
    """
    if not namespaces:
        return tuple(sorted(set(calls), key=_call_key))
    declared = {(component.kind, component.name) for component in components}
    prefix = re.compile("(?:" + "|".join(map(re.escape, sorted(namespaces))) + ")__", re.IGNORECASE)
    return tuple(sorted({_of_own(call, declared, prefix) for call in calls}, key=_call_key))


def _of_own(call: Call, declared: Set[tuple[str, str]], prefix: re.Pattern[str]) -> Call:
    if (call.callee_kind, call.callee) in declared:
        return call
    plain = prefix.sub("", call.callee)
    return replace(call, callee=plain) if (call.callee_kind, plain) in declared else call


def count_channels(components: Sequence[Component], parts: Iterable[Parsed]) -> dict[str, int]:
    """How many components of each kind were read; 0 where only the file proves that the kind was read."""
    counts = Counter(component.kind for component in components)
    for parsed in parts:
        counts["field"] += len(parsed.fields)
        counts.update(dict.fromkeys(parsed.channels, 0))
    return dict(sorted(counts.items()))


def _resolve_targets(schema: Schema, field: Field) -> Field:
    targets = tuple(schema.object_name(name) or name for name in field.reference_to)
    return field if targets == field.reference_to else replace(field, reference_to=targets)


def _author(schema: Schema, mention: Mention) -> str:
    """A field that reads others is named as it is declared, and so is one node with the field."""
    return _field(schema, mention.component) if mention.component_kind == "field" else mention.component


def _field(schema: Schema, printed: str) -> str:
    owner, _, name = printed.partition(".")
    return schema.field(owner, name) or printed


def _spelled(schema: Schema, name: str | None) -> str | None:
    return (schema.object_name(name) or name) if name else name


def _missed(path: str, author: str, mention: Mention) -> Unresolved:
    written = f"{mention.object}: {mention.path}" if mention.object else mention.path
    return Unresolved(path, mention.line or 0, mention.component_kind, author, written)


_CERTAINTY = {certainty: place for place, certainty in enumerate(Certainty)}


def _reference_key(item: Reference) -> tuple[str, str, str, str, int, int]:
    """The order among the references of one component."""
    return (item.target, item.access, item.part, item.path, item.line or 0, _CERTAINTY[item.certainty])


def _call_key(item: Call) -> tuple[str, str, str, str, str, int, int]:
    return (
        item.caller_kind,
        item.caller,
        item.callee_kind,
        item.callee,
        item.path,
        item.line or 0,
        _CERTAINTY[item.certainty],
    )
