"""What reads the CRM from elsewhere, beside every claim that nothing reads a field."""

from __future__ import annotations

from auditor.facts.base import BOOLEAN, DATA, FIELD, TEXTS, Fact, Facts, of_field
from auditor.facts.outside_register import OUTSIDE, readers_of, register_gap
from auditor.graph.nodes import ComponentNode, FieldNode, NodeKind
from auditor.model.references import Access, Certainty
from auditor.model.results import OutsideReaderRow
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "outside"
_USES = frozenset({Access.READS, Access.SHOWS, Access.REQUIRES})


def _read_outside(facts: Facts, node: FieldNode) -> Value:
    """Whether something outside reads it: for certain, not at all, or as far as is known."""
    links = [
        link.reference
        for link in facts.graph.references_to(node.key)
        if link.reference.component_kind == OUTSIDE and link.reference.access in _USES
    ]
    if any(each.certainty is Certainty.CERTAIN for each in links):
        return True
    settled = facts.settled_by(node.system, "api-event")
    if links:
        names = ", ".join(sorted({each.component for each in links}))
        return Unknown(
            f"what may be its name stands in {names}, and whether it is read there is not certain", settled
        )
    gap = register_gap(facts, node.system)
    return False if gap is None else Unknown(gap, settled)


def _readers(facts: Facts, key: str) -> Value:
    links = (link.reference for link in facts.graph.references_to(key))
    return tuple(sorted({each.component for each in links if each.component_kind == OUTSIDE})) or ABSENT


def outside_rows(facts: Facts) -> tuple[OutsideReaderRow, ...]:
    """Every declared outside reader of every system, sorted."""
    systems = [each.system for each in facts.graph.systems()]
    return tuple(_row(facts, node) for system in systems for node in readers_of(facts, system))


def _row(facts: Facts, node: ComponentNode) -> OutsideReaderRow:
    value = node.value
    links = [
        link for link in facts.graph.references_from(node.key) if facts.graph.kind_of(link.other) is NodeKind.FIELD
    ]
    sure = {link.other for link in links if link.reference.certainty is Certainty.CERTAIN}
    return OutsideReaderRow(
        system=node.system,
        name=value.name,
        path=value.path,
        direction=value.attribute("direction") or "unknown",
        complete=value.attribute("complete") == "true",
        files=int(value.attribute("files") or 0),
        unsearched=int(value.attribute("unsearched") or 0),
        fields=tuple(sorted(sure)),
        custom=sum(facts.graph.field(key).value.custom is True for key in sure),
        possible=len({link.other for link in links} - sure),
    )


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "read_outside",
            FIELD,
            BOOLEAN,
            "Whether a declared outside reader (a BI model, a load script, a mapping) reads it.",
            FAMILY,
            local(1, "used:which"),
            unknown_when="no complete register of outside readers is declared, or one only may mean the field",
            settled_by=("api-event",),
        ),
        of_field(_read_outside),
    ),
    Fact(
        FactSpec(
            "outside_readers",
            DATA,
            TEXTS,
            "Declared outside readers in whose files it is named, or may be.",
            FAMILY,
            local(1, "mentioned:which"),
            absent_when="none of them names it",
        ),
        _readers,
    ),
)
