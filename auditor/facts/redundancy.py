"""Fields of one object that hardly differ, and which of them is suggested to stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.facts.base import BOOLEAN, FIELD, TEXT, Fact, Facts, Relation, of_field
from auditor.graph.nodes import FieldNode
from auditor.matching.nearly import Cluster, NearField, clusters
from auditor.model.values import ABSENT, DateRange, Never, Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "duplicates"
_CLEARLY = 2.0
"""So many times as many rows must have a value in one field as in the next before that decides which stays."""
_BEST_NAMED = "nothing tells which is used more: it is the one that was named first and best"
_REACH = local(2, "", "object.fields", "=near_duplicates.mentioned:which")
_NONE = "no other field of its object is nearly the same"


def _clusters(facts: Facts, object_key: str) -> Mapping[str, Cluster]:
    return facts.memo(_of_object)[object_key]


def _of_object(facts: Facts, object_key: str) -> Mapping[str, Cluster]:
    nodes = (facts.graph.field(key) for key in facts.graph.fields_of(object_key))
    found = clusters([near_field(node) for node in nodes if not node.implied and not node.value.namespace])
    return {key: cluster for cluster in found for key in cluster.fields}


def near_field(node: FieldNode) -> NearField:
    """A field as telling it apart looks at it."""
    value = node.value
    choices = frozenset(choice.name.lower() for choice in value.picklist)
    return NearField(
        node.key, value.name, value.type or "", choices, bool(value.description), value.position, value.label or ""
    )


def _redundant(facts: Facts, node: FieldNode) -> Value:
    cluster = _clusters(facts, node.object_key).get(node.key)
    return cluster is not None and _staying(facts, cluster) != node.key


def _survivor(facts: Facts, node: FieldNode) -> Value:
    cluster = _clusters(facts, node.object_key).get(node.key)
    return ABSENT if cluster is None else _staying(facts, cluster)


def _survivor_because(facts: Facts, node: FieldNode) -> Value:
    cluster = _clusters(facts, node.object_key).get(node.key)
    return ABSENT if cluster is None else choose(facts, cluster.fields)[1] or _BEST_NAMED


def _staying(facts: Facts, cluster: Cluster) -> str:
    """The one that evidence speaks for; where none does, the best named one."""
    chosen, because = choose(facts, cluster.fields)
    return chosen if because else cluster.survivor


def choose(facts: Facts, keys: Sequence[str]) -> tuple[str, str]:
    """Which of some fields use speaks for, and why; an empty reason where nothing does."""
    rates = [(facts.fact(key, "fill_rate"), key) for key in keys]
    known = sorted((float(rate), key) for rate, key in rates if isinstance(rate, int | float))
    if len(known) == len(rates) and known[-1][0] > 0 and known[-1][0] >= _CLEARLY * known[-2][0]:
        return known[-1][1], "at least twice as many rows have a value in it"
    reads = {key: facts.fact(key, "last_read") for key in keys}
    seen = [key for key, read in reads.items() if isinstance(read, DateRange) and read.not_before is not None]
    never = [key for key, read in reads.items() if isinstance(read, Never)]
    if len(seen) == 1 and len(never) == len(keys) - 1:
        return seen[0], "it is the only one that was read"
    return keys[0], ""


def _near_duplicates(facts: Facts, key: str) -> Related:
    cluster = _clusters(facts, facts.graph.field(key).object_key).get(key)
    if cluster is None:
        return Related(())
    others = sorted(each for each in cluster.fields if each != key)
    return Related(tuple(Edge(other, (("because", cluster.because),)) for other in others))


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "redundant",
            FIELD,
            BOOLEAN,
            "Whether another field of its object is nearly the same and is suggested to stay instead.",
            FAMILY,
            _REACH,
        ),
        of_field(_redundant),
    ),
    Fact(
        FactSpec(
            "survivor",
            FIELD,
            TEXT,
            "Of fields of its object that are nearly the same, the one that is suggested to stay.",
            FAMILY,
            _REACH,
            absent_when=_NONE,
        ),
        of_field(_survivor),
    ),
    Fact(
        FactSpec(
            "survivor_because",
            FIELD,
            TEXT,
            "Why that one is suggested to stay.",
            FAMILY,
            _REACH,
            absent_when=_NONE,
        ),
        of_field(_survivor_because),
    ),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "near_duplicates",
            FIELD,
            FIELD,
            "Fields of its object that are nearly the same.",
            FAMILY,
            (FactSpec("because", FIELD, TEXT, "What makes them alike.", FAMILY),),
            _REACH,
        ),
        _near_duplicates,
    ),
)
