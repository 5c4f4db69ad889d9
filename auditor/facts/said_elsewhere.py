"""Fields of an ERP that say what a proposed field says, in the objects that are for the same as its own.

Matching weighs a whole object against another, which one field in an object that is hardly built cannot bear. Here
one wish stands against the fields of those ERP objects alone that hold the same concept, or that the object's
other fields already match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.facts.base import Facts
from auditor.facts.concepts import classified
from auditor.facts.found_matches import finder
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.matching.saying import PERHAPS, SAME, Sayings, Wish
from auditor.model.catalogue import Role
from auditor.model.names import object_key
from auditor.model.vocabulary import Edge

_AKIN = 3
"""So many fields must match before an object counts as the other's counterpart."""
_SURE = 0.5
_SHARED = frozenset({"contact_person", "activity", "lead", "opportunity", "case_ticket", "campaign"})
"""Concepts that an ERP holds as well and that nobody can call its own without being asked."""


def said_in_erp(facts: Facts, node: FieldNode, compare: Sayings) -> Iterator[Edge]:
    """Fields of counterparts that say the same; possible where the words are only most of them the same."""
    wish = Wish(node.value.name, node.value.label or "", node.value.type or "")
    own = facts.graph.object(node.object_key)
    shared = classified(facts, own.key).concept in _SHARED
    for counterpart in _counterparts(facts, own):
        around = [counterpart.value.name, counterpart.value.label or "", own.value.name, own.value.label or ""]
        for key in facts.graph.fields_of(counterpart.key):
            value = facts.graph.field(key).value
            other = Wish(value.name, value.label or "", value.type or "")
            found = compare.likeness(wish, other, [text for text in around if text])
            if found.score >= PERHAPS and found.heavy:
                attributes = (("score", round(found.score, 3)), ("because", found.because))
                yield Edge(key, attributes, possible=shared or found.score < SAME)


def _counterparts(facts: Facts, own: ObjectNode) -> list[ObjectNode]:
    found = classified(facts, own.key)
    alike = [
        each
        for each in facts.graph.objects(Role.ERP)
        if found.concept is not None and classified(facts, each.key).concept == found.concept
    ]
    counts: Counter[str] = Counter()
    for key in facts.graph.fields_of(own.key):
        for match in finder(facts).of_crm(key):
            if match.score >= _SURE:
                counts[object_key(match.erp_system, match.erp_object)] += 1
    matched = [facts.graph.object(key) for key, count in counts.items() if count >= _AKIN]
    return sorted({each.key: each for each in (*alike, *matched)}.values(), key=lambda each: each.key)
