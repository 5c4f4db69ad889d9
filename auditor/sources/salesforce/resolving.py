"""The mentions of files become references, or are counted as unresolved; names become the declared ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from auditor.dataclasses import dataclass, replace
from auditor.model.catalogue import Field, Object, Unresolved
from auditor.model.components import Component, EffectOn, IntegrationPoint
from auditor.model.references import Call, Reference, reference_order
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.parsed import Mention, Parsed

_DASHBOARD = "dashboard"
EXAMPLES = 200
"""How many unresolved mentions a catalogue keeps as examples; it counts them all."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What all files of one tree say, under declared names, and what named nothing known."""

    references: tuple[Reference, ...]
    """Sorted totally."""
    calls: frozenset[Call]
    points: frozenset[IntegrationPoint]
    unresolved: int
    examples: tuple[Unresolved, ...]


Found = dict[tuple[str, str], set[Reference]]
"""References by the kind and name of the component that makes them."""


def resolve(asking: Asking, parts: Iterable[tuple[str, Parsed]]) -> Resolved:
    """Resolve the mentions, calls and integration points of every file (path, what it says)."""
    found: Found = defaultdict(set)
    missed: list[Unresolved] = []
    calls: set[Call] = set()
    points: set[IntegrationPoint] = set()
    for place, (path, parsed) in enumerate(parts):
        asking.at(place)
        refer(asking, path, mentions_of(asking, parsed), found, missed)
        calls.update(calls_of(asking, parsed))
        points.update(resolve_point(asking, point) for point in parsed.integration_points)
    references = tuple(_sorted(found))
    examples = tuple(nsmallest(EXAMPLES, missed))
    return Resolved(references, frozenset(calls), frozenset(points), len(missed), examples)


def mentions_of(asking: Asking, parsed: Parsed) -> Iterable[Mention]:
    """The mentions of one file, with the objects that only other files tell; wrong guesses are gone."""
    mentions: Iterable[Mention] = parsed.mentions
    if any(mention.receiver for mention in parsed.mentions):
        from auditor.sources.salesforce.code.linking import with_object

        known = (with_object(mention, asking.record_of) for mention in parsed.mentions)
        mentions = [mention for mention in known if mention is not None]
    if _DASHBOARD in parsed.channels:
        from auditor.sources.salesforce.declarative.dashboards import on_report_type

        mentions = [on_report_type(mention, asking.report_type) for mention in mentions]
    return mentions


def refer(asking: Asking, path: str, mentions: Iterable[Mention], found: Found, missed: list[Unresolved]) -> None:
    """Note the references that the mentions of one file make, and those that name nothing known."""
    for mention in mentions:
        meant = asking.meaning(mention)
        kind, author = mention.component_kind, mention.component
        if kind == "field":
            # A field that reads others is named as it is declared, and so is one node with the field.
            author = asking.field_name(author)
        if meant.hits:
            made = (
                Reference(kind, author, hit.target, hit.access, hit.certainty, path, mention.line, mention.part)
                for hit in meant.hits
            )
            found[kind, author].update(made)
        if not meant.complete:
            missed.append(_missed(path, author, mention))


def calls_of(asking: Asking, parsed: Parsed) -> Iterator[Call]:
    """The calls of one file, each with the declared name of its callee; wrong guesses are gone."""
    for call in parsed.calls:
        callee = asking.callee(call)
        if callee is not None:
            yield call if callee == call.callee else replace(call, callee=callee)


def _sorted(found: Found) -> Iterator[Reference]:
    """All references in their order, component by component: keys for all at once would take much memory."""
    for author in sorted(found):
        yield from sorted(found.pop(author), key=reference_order)


def resolve_object(asking: Asking, item: Object) -> Object:
    """The object with the targets of its lookups under their declared names."""
    fields = tuple(_resolve_targets(asking, field) if field.reference_to else field for field in item.fields)
    return item if fields == item.fields else replace(item, fields=fields)


def resolve_component(asking: Asking, component: Component) -> Component:
    """The component with its objects under their declared names."""
    owner = asking.object_name(component.object)
    effects = tuple(EffectOn(effect.effect, asking.object_name(effect.object)) for effect in component.effects)
    if owner == component.object and effects == component.effects:
        return component
    return replace(component, object=owner, effects=effects)


def resolve_point(asking: Asking, point: IntegrationPoint) -> IntegrationPoint:
    """The integration point with its objects and fields under their declared names."""
    if not point.objects and not point.fields:
        return point
    objects = {asking.object_name(name) or name for name in point.objects}
    fields = {asking.field_name(name) for name in point.fields}
    name = asking.field_name(point.name) if point.kind == "external_id" else point.name
    return replace(point, name=name, objects=tuple(sorted(objects)), fields=tuple(sorted(fields)))


def count_channels(components: Sequence[Component], parts: Iterable[Parsed]) -> dict[str, int]:
    """How many components of each kind were read; 0 where only the file proves that the kind was read."""
    counts = Counter(component.kind for component in components)
    for parsed in parts:
        counts["field"] += len(parsed.fields)
        counts.update(dict.fromkeys(parsed.channels, 0))
    return dict(sorted(counts.items()))


def _resolve_targets(asking: Asking, field: Field) -> Field:
    targets = tuple(asking.object_name(name) or name for name in field.reference_to)
    return field if targets == field.reference_to else replace(field, reference_to=targets)


def _missed(path: str, author: str, mention: Mention) -> Unresolved:
    written = f"{mention.object}: {mention.path}" if mention.object else mention.path
    return Unresolved(path, mention.line or 0, mention.component_kind, author, written)
