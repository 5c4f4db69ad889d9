"""What people declared about a thing in its definition."""

from __future__ import annotations

from auditor.facts.base import COMPONENT, DATA, FIELD, TEXT, TEXTS, UNDEFINED, Fact, Facts, of_data
from auditor.graph.nodes import FieldNode, NodeKind, ObjectNode
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "identity"
_Data = ObjectNode | FieldNode
_NOT_READ = "its definition was not read"


def declared(facts: Facts, node: _Data, value: str | None) -> Value:
    """What a definition declares. For objects no platform has a place to declare it: there silence is unknown."""
    if value:
        return value
    if node.implied:
        return UNDEFINED
    if isinstance(node, ObjectNode):
        return Unknown("objects have no such property on the platform, and nobody declared it elsewhere")
    return ABSENT


def _owner(facts: Facts, node: _Data) -> Value:
    return declared(facts, node, node.value.governance.business_owner)


def _area(facts: Facts, key: str) -> Value:
    """By the object: fields and components belong to the area of theirs."""
    owner = key if facts.graph.kind_of(key) is NodeKind.OBJECT else facts.graph.object_of(key)
    if owner is None:
        return ABSENT
    mapped = facts.settings.area_of(facts.graph.object(owner).value.name)
    return mapped if mapped is not None else _UNMAPPED


_UNMAPPED = Unknown("its object is mapped to no business area; `areas:` in auditor.yaml maps objects")


def _business_status(facts: Facts, node: _Data) -> Value:
    return declared(facts, node, node.value.governance.business_status)


def _classification(facts: Facts, node: _Data) -> Value:
    return declared(facts, node, node.value.governance.security_classification)


def _compliance(facts: Facts, node: _Data) -> Value:
    groups = node.value.governance.compliance
    return tuple(sorted(groups)) if groups else declared(facts, node, None)


def _sensitivity(facts: Facts, node: _Data) -> Value:
    told = node.value.governance
    words = [each for each in (told.security_classification, *sorted(told.compliance)) if each]
    if words:
        return "; ".join(words)
    return Unknown("nobody classified it, and this version does not detect personal data by itself")


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "owner",
            DATA,
            TEXT,
            "Business owner declared in its definition.",
            FAMILY,
            unknown_when="its definition was not read, or it is an object, which has no such property",
            absent_when="nobody declared one",
        ),
        of_data(_owner),
    ),
    Fact(
        FactSpec(
            "area",
            DATA | COMPONENT,
            TEXT,
            "Business area of its object, by declared mapping.",
            FAMILY,
            local(1),
            unknown_when="its object is mapped to none",
            absent_when="it belongs to no object",
        ),
        _area,
    ),
    Fact(
        FactSpec(
            "business_status",
            FIELD,
            TEXT,
            "Declared field usage (`Active`, `DeprecateCandidate`, `Hidden`).",
            FAMILY,
            unknown_when=_NOT_READ,
            absent_when="nobody declared one",
        ),
        of_data(_business_status),
    ),
    Fact(
        FactSpec(
            "security_classification",
            FIELD,
            TEXT,
            "Declared data sensitivity level.",
            FAMILY,
            unknown_when=_NOT_READ,
            absent_when="nobody declared one",
        ),
        of_data(_classification),
    ),
    Fact(
        FactSpec(
            "compliance",
            FIELD,
            TEXTS,
            "Declared compliance groups (`PII`, `GDPR` …).",
            FAMILY,
            unknown_when=_NOT_READ,
            absent_when="nobody declared any",
        ),
        of_data(_compliance),
    ),
    Fact(
        FactSpec(
            "sensitivity",
            FIELD,
            TEXT,
            "Sensitivity as declared: classification and compliance groups together.",
            FAMILY,
            unknown_when="nobody declared it; this version detects none",
        ),
        of_data(_sensitivity),
    ),
)
