"""What pages show and demand of the people who type."""

from __future__ import annotations

from auditor.facts.base import COMPONENT, INTEGER, OBJECT, Fact, Facts, of_object
from auditor.facts.fields import calculated, demanded
from auditor.facts.structure import belonging
from auditor.graph.nodes import ObjectNode
from auditor.model.references import Access
from auditor.model.values import ABSENT, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "structure"


PAGE_KINDS = ("layout", "flexipage")


_ON_PAGE = frozenset({"field", "edit", "readonly", "required"})
"""Parts of a page that hold fields of its own object; related lists show fields of others."""


def shown_fields(facts: Facts, page: str) -> list[str]:
    """Fields of its own object that a page shows, each once, sorted."""
    owner = facts.graph.object_of(page)
    if owner is None:
        return []
    return sorted(
        {
            link.other
            for link in facts.graph.references_from(page)
            if link.reference.access is Access.SHOWS
            and link.reference.part in _ON_PAGE
            and facts.graph.object_of(link.other) == owner
        }
    )


def demanded_on(facts: Facts, page: str) -> list[str]:
    """Fields that a page demands: marked required on it, or shown on it and required by definition."""
    marked = {link.other for link in facts.graph.references_from(page) if link.reference.access is Access.REQUIRES}
    nodes = (facts.graph.field(key) for key in shown_fields(facts, page))
    return sorted(marked | {node.key for node in nodes if demanded(node.value) and not calculated(node)})


def _shown_count(facts: Facts, key: str) -> Value:
    kind = facts.graph.component(key).value.kind
    return len(shown_fields(facts, key)) if kind in PAGE_KINDS else ABSENT


def _demands_of_page(facts: Facts, key: str) -> Value:
    kind = facts.graph.component(key).value.kind
    return len(demanded_on(facts, key)) if kind in PAGE_KINDS else ABSENT


def _demands_of_object(facts: Facts, node: ObjectNode) -> Value:
    related = belonging("layout")(facts, node.key)
    if not related.edges:
        return related.missing or 0
    return max(len(demanded_on(facts, edge.subject)) for edge in related.edges)


_NOT_PAGE = "it is no page"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "required_inputs",
            COMPONENT,
            INTEGER,
            "Fields that the page demands: marked required on it, or required by definition and shown.",
            FAMILY,
            local(2, "", "object:which", "uses"),
            "fields",
            absent_when=_NOT_PAGE,
        ),
        _demands_of_page,
    ),
    Fact(
        FactSpec(
            "required_inputs",
            OBJECT,
            INTEGER,
            "Fields demanded on the most demanding of its page layouts.",
            FAMILY,
            local(3, "components.object:which", "components.uses", "components:being"),
            "fields",
            unknown_when="layouts were not read",
        ),
        of_object(_demands_of_object),
    ),
    Fact(
        FactSpec(
            "shown_count",
            COMPONENT,
            INTEGER,
            "Fields of its own object on the page.",
            FAMILY,
            local(1, "", "object:which", "uses:being"),
            "fields",
            absent_when=_NOT_PAGE,
        ),
        _shown_count,
    ),
)
