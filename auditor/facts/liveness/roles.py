"""What is left of a field that nothing alive reads: collected, demanded, shown, mirrored, or held by a circle."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import BOOLEAN, FIELD, Fact, Facts, of_field
from auditor.facts.fields import calculated, demanded
from auditor.facts.liveness.answers import FAMILY, SETTLED, both, unsettled
from auditor.facts.liveness.components import takes_part
from auditor.facts.liveness.engine import Liveness, keepers_of, liveness_of
from auditor.facts.mentions import missing
from auditor.graph.liveness.circles import Circles, CirclesAfter, Taking, circles_of
from auditor.graph.liveness.net import DISPLAY, SEEN, is_helper
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.liveness import DEAD, OBSERVED, POSSIBLE, SHOWN, Showing
from auditor.model.references import Access
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import GLOBAL, FactSpec

CIRCLES = "circles"
"""Under which what keeps itself in turn is kept: a container of nodes."""


def unread(facts: Facts, node: FieldNode) -> Value:
    """Whether nothing alive reads a field; being shown on a page is no reading, whatever the company's stance."""
    living = liveness_of(facts)
    number = living.node(node.key)
    level = DEAD if number is None else living.read.levels[number]
    return level == DEAD if level in (DEAD, OBSERVED) else unsettled(facts, node.key)


def _read(facts: Facts, node: FieldNode) -> Value:
    known = unread(facts, node)
    return known if isinstance(known, Unknown) else known is False


def _among_unread(answer: Callable[[Facts, FieldNode], Value]) -> Callable[[Facts, FieldNode], Value]:
    """A fact that is false of what is read, unknown where that is open, and else for the answer to say."""

    def of_node(facts: Facts, node: FieldNode) -> Value:
        known = unread(facts, node)
        if known is False:
            return False
        told = answer(facts, node)
        return told if known is True or told is False or told is ABSENT else known

    return of_node


def _collected(facts: Facts, node: FieldNode) -> Value:
    """Whether values are written into it: by anybody, ever."""
    if calculated(node):
        return ABSENT
    if facts.fact(node.key, "never_filled") is True:
        return False
    written = facts.fact(node.key, "last_write")
    if isinstance(written, DateRange | Never):
        return isinstance(written, DateRange)
    return True if facts.fact(node.key, "never_filled") is False else written


def _demanded(facts: Facts, node: FieldNode) -> Value:
    if calculated(node):
        return ABSENT
    graph = facts.graph
    demanding = [link.other for link in graph.references_to(node.key) if link.reference.access is Access.REQUIRES]
    if demanded(node.value) or any(_counts(facts, key) for key in demanding):
        return True
    return missing(facts, node.key, (Access.REQUIRES,)) or False


def _counts(facts: Facts, key: str) -> bool:
    if facts.graph.kind_of(key) is not NodeKind.COMPONENT:
        return True
    return takes_part(facts.graph.component(key)) and facts.fact(key, "active") is not False


def _shown(facts: Facts, node: FieldNode) -> Value:
    number = liveness_of(facts).node(node.key)
    if number is None:
        return False
    keepers = keepers_of(facts, number, Showing.POSSIBLE)
    return any(each.strength in (DISPLAY, SEEN) for each in keepers)


def _mirrored(facts: Facts, node: FieldNode) -> Value:
    """Whether a declared sync keeps it in step with another system; unknown where nobody matched the two."""
    if calculated(node):
        return False
    related = facts.related(node.key, "duplicates")
    if any(dict(edge.attributes).get("kind") == "mirrored" and not edge.possible for edge in related.edges):
        return True
    if related.edges:
        named = ", ".join(edge.subject for edge in related.edges[:3])
        return Unknown(f"it may repeat {named}, and no sync between them is declared")
    return related.missing or False


def _zombie(facts: Facts, key: str) -> Value:
    """Whether it is dead and on a circle of things that keep each other; unknown where its death is."""
    living = liveness_of(facts)
    node = living.node(key)
    if node is None:
        return ABSENT
    if living.marks.levels[node] >= POSSIBLE:
        return False
    if node not in circles(facts):
        return False
    return True if living.marks.levels[node] == DEAD else unsettled(facts, key)


def circles(facts: Facts) -> Circles | CirclesAfter:
    """Circles of things that nothing seen in use keeps."""
    living = liveness_of(facts)
    return facts.once((CIRCLES, ""), lambda: circles_of(living.net, taking(facts.graph, living)))


def taking(graph: SchemaGraph, living: Liveness) -> Taking:
    """Whether nothing seen in use keeps a node. An object and its key belong together and are no circle."""
    levels, names = living.marks.levels, living.net.names

    def takes(node: int) -> bool:
        if levels[node] > SHOWN:
            return False
        name = names[node]
        return is_helper(name) or graph.kind_of(name) is not NodeKind.OBJECT

    return takes


def _fact(name: str, sentence: str, answer: Callable[[Facts, FieldNode], Value], absent: str = "") -> Fact:
    spec = FactSpec(
        name,
        FIELD,
        BOOLEAN,
        sentence,
        FAMILY,
        GLOBAL,
        unknown_when="whether anything alive reads it is not known",
        settled_by=SETTLED,
        absent_when=absent,
    )
    return Fact(spec, of_field(_among_unread(answer)))


_CALCULATED = "the platform computes it"

FACTS: tuple[Fact, ...] = (
    _fact(
        "collected_only",
        "Whether values are written into it and nothing alive reads them.",
        _collected,
        _CALCULATED,
    ),
    _fact(
        "demanded_only", "Whether a rule or a page demands it and nothing alive reads it.", _demanded, _CALCULATED
    ),
    _fact("shown_only", "Whether a page in use shows it and nothing alive reads it.", _shown),
    _fact(
        "mirrors_only",
        "Whether a declared sync keeps it in step with another system, and nothing alive reads it.",
        _mirrored,
    ),
    Fact(
        FactSpec(
            "read_alive",
            FIELD,
            BOOLEAN,
            "Whether anything alive reads it; being shown on a page is no reading, whatever `showing` says.",
            FAMILY,
            GLOBAL,
            unknown_when="what may read it could not have been seen",
            settled_by=SETTLED,
        ),
        of_field(_read),
    ),
    *both(
        "zombie_cycle",
        BOOLEAN,
        "Whether it is dead, and mentioned by dead things that depend on it in turn.",
        _zombie,
    ),
)
