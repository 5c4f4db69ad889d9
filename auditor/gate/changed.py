"""What a change makes otherwise of the nodes of two graphs, told apart by what can be seen of a node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.gate.causes import changed_themselves
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.graph.touching import changed_calls, changed_mentions, touched
from auditor.model.catalogue import Relationship
from auditor.model.changes import CatalogDelta

Keys = frozenset[str]
Graphs = tuple[SchemaGraph, SchemaGraph]


@dataclass(frozen=True, slots=True)
class Changed:
    """The printed names of the nodes that are otherwise than before, by what of them is."""

    touched: Keys
    """In anything."""
    defined: Keys
    """In what a source says of them."""
    being: Keys
    """In that they are there, or in how they are known."""
    held: Keys
    """In whom they belong to."""
    holding: Keys
    """Objects, in which fields they have."""
    keeping: Keys
    """Objects, in which components belong to them."""
    systems: Keys
    """Systems, in which objects they have."""
    mentioned: Keys
    """In who mentions them, and how."""
    used: Keys
    """The same, but for grants, lists and translations."""
    mentioning: Keys
    """In what they mention, and how."""
    using: Keys
    """The same, but for grants, lists and translations."""
    callers: Keys
    """In what they start or contain."""
    called: Keys
    """In what starts or contains them."""
    looking: Keys
    """Fields, in the objects that they point at."""
    looked_at: Keys
    """Objects, in the fields that point at them."""
    leaning: Keys
    """Objects, in what their fields point at."""
    owning: Keys
    """Objects of which a field makes rows parts that is defined otherwise."""


def changed_by(deltas: Sequence[CatalogDelta], graphs: Graphs) -> Changed:
    """What some deltas make otherwise between the graphs before and after them."""
    all_touched, own = touched(deltas), changed_themselves(deltas)
    either = all_touched | own
    being = frozenset(key for key in either if _being(graphs[0], key) != _being(graphs[1], key))
    mentions = [each for delta in deltas for each in changed_mentions(delta)]
    strong = [each for each in mentions if not each.weak]
    calls = [each for delta in deltas for each in changed_calls(delta)]
    held = frozenset(key for key in either if key in being or _owner(graphs[0], key) != _owner(graphs[1], key))
    fields = _of_kind(held, graphs, NodeKind.FIELD)
    looking = _looking(own | being, graphs)
    return Changed(
        touched=either,
        defined=own,
        being=being,
        held=held,
        holding=_owners(fields, graphs),
        keeping=_owners(held - fields, graphs),
        systems=frozenset(f"{key.partition(':')[0]}:" for key in _of_kind(being, graphs, NodeKind.OBJECT)),
        mentioned=frozenset(each.target for each in mentions),
        used=frozenset(each.target for each in strong),
        mentioning=frozenset(each.source for each in mentions),
        using=frozenset(each.source for each in strong),
        callers=frozenset(caller for caller, _ in calls),
        called=frozenset(callee for _, callee in calls),
        looking=looking,
        looked_at=_seen_by(looking, graphs),
        leaning=_owners(looking, graphs),
        owning=_seen_by((key for key in own | being if any(is_part(graph, key) for graph in graphs)), graphs),
    )


def is_part(graph: SchemaGraph, key: str) -> bool:
    """Whether a field makes the rows of its object parts of another's."""
    there = graph.kind_of(key) is NodeKind.FIELD
    return there and graph.field(key).value.relationship is Relationship.MASTER_DETAIL


def _being(graph: SchemaGraph, key: str) -> object:
    """Whether something is there and how it is known: what is true of it for its name goes with that."""
    match graph.kind_of(key):
        case NodeKind.FIELD:
            return NodeKind.FIELD, graph.field(key).known_by
        case NodeKind.OBJECT:
            return NodeKind.OBJECT, graph.object(key).known_by
        case NodeKind.COMPONENT:
            return NodeKind.COMPONENT, graph.component(key).known_by
        case kind:
            return kind


def _owner(graph: SchemaGraph, key: str) -> str | None:
    return graph.object_of(key)


def _owners(keys: Iterable[str], graphs: Graphs) -> Keys:
    return frozenset(owner for key in keys for graph in graphs if (owner := _owner(graph, key)) is not None)


def _of_kind(keys: Iterable[str], graphs: Graphs, kind: NodeKind) -> Keys:
    return frozenset(key for key in keys if any(graph.kind_of(key) is kind for graph in graphs))


def _looking(keys: Keys, graphs: Graphs) -> Keys:
    """Fields that point elsewhere than before, and those that point at an object that came or went."""
    objects = _of_kind(keys, graphs, NodeKind.OBJECT)
    may = {*_of_kind(keys, graphs, NodeKind.FIELD), *_each(objects, graphs, SchemaGraph.looked_up_by)}
    return frozenset(key for key in may if sorted(graphs[0].looks_up(key)) != sorted(graphs[1].looks_up(key)))


def _seen_by(fields: Iterable[str], graphs: Graphs) -> Keys:
    return frozenset(_each(fields, graphs, SchemaGraph.looks_up))


def _each(keys: Iterable[str], graphs: Graphs, verb: Callable[[SchemaGraph, str], Sequence[str]]) -> Iterator[str]:
    return (other for key in keys for graph in graphs for other in verb(graph, key))
