"""What a thing is for the business, told from its name, label, description, fields and links."""

from __future__ import annotations

from auditor.concepts.classifying import Classified, Classifier, load_classifier
from auditor.concepts.fields import FIELD_CONCEPTS, FieldMeaning, meaning_of, steps_in
from auditor.concepts.fieldwords import read_field
from auditor.concepts.natures import CONCEPTS, NATURE_OF, NATURES
from auditor.concepts.profile import FieldProfile, Profile
from auditor.dataclasses import replace
from auditor.facts.base import COMPONENT, DATA, ENUM, FIELD, INTEGER, SHARE, TEXTS, Fact, Facts, of_field
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.model.catalogue import Relationship
from auditor.model.references import Access
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "scope"
SEEN_BY_CONCEPT = (
    "",
    "fields",
    "fields.masters",
    "fields.masters.fields",
    "details.object",
    "details.object.fields",
)
"""Where it is looked to tell what an object is: at its fields, at what it is part of, and at its parts."""
BY_CONCEPT = local(4, "", ":concept", "object:concept")
CLASSIFIER = "classifier"
"""The name under which facts keep what tells concepts; a record may tell it (`Shelf.assume`)."""
_SILENT = Unknown(
    "nothing in its name, fields or description says what it is; name it in `lexicon:` of auditor.yaml"
)
_UNNAMED = Unknown("nothing in its name or label says what it holds; name it in `lexicon:` of auditor.yaml")
_UNSURE = "nothing says what it is, or as much speaks for something else"


def classifier_of(facts: Facts) -> Classifier:
    """The classifier, with the company's own words."""
    return facts.once((CLASSIFIER, ""), lambda: load_classifier(facts.settings.lexicon))


def classified(facts: Facts, object_key: str) -> Classified:
    """What an object is, whether that is certain or not."""
    return facts.once(("concept", object_key), lambda: _classify(facts, object_key))


def meaning(facts: Facts, field_key: str) -> FieldMeaning:
    """What a field holds."""
    return facts.once(("field concept", field_key), lambda: _mean(facts, facts.graph.field(field_key)))


def _classify(facts: Facts, key: str) -> Classified:
    profile = _profile(facts, key)
    parents = tuple(_profile(facts, each) for each in _owners(facts, key))
    owned = (facts.graph.object_of(each) for each in facts.graph.looked_up_by(key) if _owns(facts, each))
    children = tuple(_profile(facts, each) for each in sorted({each for each in owned if each is not None}))
    return classifier_of(facts).classify(replace(profile, parents=parents, children=children))


def _owners(facts: Facts, key: str) -> list[str]:
    found = {
        to for field in facts.graph.fields_of(key) if _owns(facts, field) for to in facts.graph.looks_up(field)
    }
    return sorted(found - {key})


def _owns(facts: Facts, field_key: str) -> bool:
    return facts.graph.field(field_key).value.relationship is Relationship.MASTER_DETAIL


def _profile(facts: Facts, key: str) -> Profile:
    return facts.once(("profile", key), lambda: _make_profile(facts, key))


def _make_profile(facts: Facts, key: str) -> Profile:
    node = facts.graph.object(key)
    fields = tuple(_field_profile(facts.graph.field(each)) for each in facts.graph.fields_of(key))
    role = str(facts.graph.system(node.system).role)
    value = node.value
    return Profile(value.name, value.label or "", value.description or "", fields, role, str(value.kind))


def _field_profile(node: FieldNode) -> FieldProfile:
    value = node.value
    return FieldProfile(value.name, value.label or "", value.type or "", value.reference_to)


def _mean(facts: Facts, node: FieldNode) -> FieldMeaning:
    classifier = classifier_of(facts)
    found = classified(facts, node.object_key)
    words = read_field(_field_profile(node), classifier.reader, classifier.knowledge.implies, None)
    sure = found.certain
    return meaning_of(words, found.concept if sure else None, found.nature if sure else None)


def _concept(facts: Facts, key: str) -> Value:
    if facts.graph.kind_of(key) is NodeKind.FIELD:
        told = meaning(facts, key)
        return _UNNAMED if not told.known else told.concept or ABSENT
    found = classified(facts, key)
    return found.concept if found.certain and found.concept else _open(found)


def _open(found: Classified) -> Unknown:
    if found.concept is None:
        return _SILENT
    could = [found.concept, *(each for each, _ in found.alternatives[:1])]
    return Unknown(
        f"it could be {' or '.join(each.replace('_', ' ') for each in could)}, and little speaks for either"
    )


def _nature(facts: Facts, key: str) -> Value:
    concept = _concept(facts, key)
    return NATURE_OF[concept] if isinstance(concept, str) else concept


def _confidence(facts: Facts, key: str) -> Value:
    if facts.graph.kind_of(key) is NodeKind.FIELD:
        told = meaning(facts, key)
        return ABSENT if told.concept is None else classified(facts, facts.graph.field(key).object_key).confidence
    return classified(facts, key).confidence


def _reasons(facts: Facts, key: str) -> Value:
    return classified(facts, key).reasons


def _field_concept(facts: Facts, key: str) -> Value:
    told = meaning(facts, key)
    return _UNNAMED if not told.known else told.word or ABSENT


def _order_steps(facts: Facts, node: FieldNode) -> Value:
    values = node.value.picklist
    if not values:
        return Unknown("its values stand in a shared list that was not read") if node.value.value_set else ABSENT
    texts = [text for each in values for text in (each.label or each.name,)]
    return len(steps_in(texts, classifier_of(facts).reader))


def _runs_order(facts: Facts, key: str) -> Value:
    """Written fields that are steps of an order, whatever the component reads besides."""
    links = facts.graph.references_from(key)
    written = {link.other for link in links if link.reference.access is Access.WRITES}
    fields = [each for each in written if facts.graph.kind_of(each) is NodeKind.FIELD]
    return sum(_is_step(facts, each) for each in fields)


def _is_step(facts: Facts, field_key: str) -> bool:
    steps = facts.fact(field_key, "order_steps")
    return isinstance(steps, int) and steps >= _PROCESS


_PROCESS = 3
"""Steps from which a list of states is the course of an order: one or two are said of a delivery, too."""


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "concept",
            DATA,
            ENUM,
            "What it is for the business: order line, price, contact …",
            FAMILY,
            BY_CONCEPT,
            values=CONCEPTS,
            unknown_when=_UNSURE,
            absent_when="a field holds nothing that makes a concept",
        ),
        _concept,
    ),
    Fact(
        FactSpec(
            "nature",
            DATA,
            ENUM,
            "Activity, master, transaction, reference or configuration.",
            FAMILY,
            BY_CONCEPT,
            values=NATURES,
            unknown_when=_UNSURE,
            absent_when="a field holds nothing that makes a concept",
        ),
        _nature,
    ),
    Fact(
        FactSpec(
            "concept_confidence",
            DATA,
            SHARE,
            "How often a concept that is told so surely proves right; 0: nothing says what it is.",
            FAMILY,
            BY_CONCEPT,
            absent_when="a field holds nothing that makes a concept",
        ),
        _confidence,
    ),
    Fact(
        FactSpec(
            "concept_reasons",
            frozenset({"object"}),
            TEXTS,
            "What speaks for its concept, in words.",
            FAMILY,
            BY_CONCEPT,
        ),
        _reasons,
    ),
    Fact(
        FactSpec(
            "field_concept",
            FIELD,
            ENUM,
            "What a field holds: price, quantity, stock, cost, an address, the number of the ERP …",
            FAMILY,
            BY_CONCEPT,
            values=FIELD_CONCEPTS,
            unknown_when="its name and label mean nothing",
            absent_when="it holds nothing of the list",
        ),
        _field_concept,
    ),
    Fact(
        FactSpec(
            "order_steps",
            FIELD,
            INTEGER,
            "Steps of an order after it is won among its values: confirmed, produced, delivered, invoiced, paid.",
            FAMILY,
            unit="steps",
            unknown_when="its values stand in a shared list that was not read",
            absent_when="it is no picklist",
        ),
        of_field(_order_steps),
    ),
    Fact(
        FactSpec(
            "order_steps_written",
            COMPONENT,
            INTEGER,
            "Fields it writes whose values are the course of an order after it is won.",
            FAMILY,
            local(1, "", "uses"),
            unit="fields",
        ),
        _runs_order,
    ),
)
