"""Fields of an ERP that say what a proposed field says, in the objects that are for the same as its own.

Matching weighs a whole object against another, which one field in an object that is hardly built cannot bear. Here
one wish stands against the fields of those ERP objects alone that hold the same concept, or that the object's
other fields already match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from json import dumps, loads

from auditor.facts.base import Facts
from auditor.facts.concepts import classified
from auditor.facts.found_matches import finder
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.matching.saying import PERHAPS, SAME, Sayings, Wish
from auditor.model.catalogue import Role
from auditor.model.names import object_key
from auditor.model.vocabulary import Edge

AKIN = "akin"
"""Under which the objects of ERPs are kept by concept."""
_CONCEPTS = "concepts of ERPs"
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


def record_counterparts(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The pieces that an audit leaves: the objects of ERPs by what they are for the business."""
    for concept, keys in _by_concept(facts).items():
        yield f"{AKIN}/{concept}", dumps(keys, separators=(",", ":")).encode()


def assume_counterparts(facts: Facts, piece: Callable[[str], bytes | None]) -> None:
    """Let facts find the objects of ERPs by those pieces. The ERPs must be those of the audit."""
    facts.shelf.assume(AKIN, lambda concept: loads(piece(f"{AKIN}/{concept}") or b"[]"))


def _of_concept(facts: Facts, concept: str) -> list[str]:
    return facts.once((AKIN, concept), lambda: _by_concept(facts).get(concept, []))


def _by_concept(facts: Facts) -> Mapping[str, list[str]]:
    return facts.once((_CONCEPTS, ""), lambda: _sorted_out(facts))


def _sorted_out(facts: Facts) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in facts.graph.objects(Role.ERP):
        concept = classified(facts, each.key).concept
        if concept is not None:
            found.setdefault(concept, []).append(each.key)
    return found


def _counterparts(facts: Facts, own: ObjectNode) -> list[ObjectNode]:
    found = classified(facts, own.key)
    alike = [facts.graph.object(key) for key in _of_concept(facts, found.concept)] if found.concept else []
    counts: Counter[str] = Counter()
    for key in facts.graph.fields_of(own.key):
        for match in finder(facts).of_crm(key):
            if match.score >= _SURE:
                counts[object_key(match.erp_system, match.erp_object)] += 1
    matched = [facts.graph.object(key) for key, count in counts.items() if count >= _AKIN]
    return sorted({each.key: each for each in (*alike, *matched)}.values(), key=lambda each: each.key)
