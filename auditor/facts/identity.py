"""What a thing is and what people declared about it: facts of objects and fields, and names of everything."""

from __future__ import annotations

import re

from auditor.facts.base import (
    BOOLEAN,
    DATA,
    ENUM,
    TEXT,
    UNDEFINED,
    Fact,
    Facts,
    known,
    of_data,
)
from auditor.graph.nodes import FieldNode, NodeKind, ObjectNode
from auditor.model.catalogue import ObjectKind, Role
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "identity"
IN_SYSTEMS = frozenset({"system", "object", "field", "component", "integration"})
EVERYTHING = IN_SYSTEMS | {"source"}
_Data = ObjectNode | FieldNode
_NAMESPACED = re.compile(
    r"(?P<namespace>[A-Za-z][A-Za-z0-9_]{0,14})__(?!(c|e|x|b|r|mdt|kav|pc|share|history|feed)$)\w", re.I
)
"""A namespace has at most 15 characters; what follows is a name, not the suffix of a custom object."""


def _name(facts: Facts, key: str) -> Value:
    graph = facts.graph
    match graph.kind_of(key):
        case NodeKind.FIELD:
            return graph.field(key).value.name
        case NodeKind.OBJECT:
            return graph.object(key).value.name
        case NodeKind.COMPONENT:
            return graph.component(key).value.name
        case NodeKind.INTEGRATION:
            return graph.integration(key).value.name
        case NodeKind.SOURCE:
            return graph.source(key).value.id
        case _:
            return _system(facts, key)


def _system(facts: Facts, key: str) -> str:
    return key.partition(":")[0]


def _role(facts: Facts, key: str) -> Value:
    return facts.memo(_role_of_system)[key.partition(":")[0]]


def _role_of_system(facts: Facts, system: str) -> str:
    return str(facts.graph.system(system).role)


def _label(facts: Facts, key: str) -> Value:
    if facts.graph.kind_of(key) is NodeKind.COMPONENT:
        return known(facts.graph.component(key).value.label)
    return _data_label(facts, key)


def _label_of(facts: Facts, node: _Data) -> Value:
    return UNDEFINED if node.implied else known(node.value.label)


_data_label = of_data(_label_of)


def _custom(facts: Facts, node: _Data) -> Value:
    if node.value.custom is None:
        return Unknown("its source cannot tell what the company added itself")
    return node.value.custom


def _managed(facts: Facts, node: _Data) -> Value:
    for each in facts.evidence.definitions(node.key):
        if each.managed is not None:
            return each.managed
    return node.value.namespace is not None


_managed_data = of_data(_managed)
# Members of enumerations are slow to look up, and these are asked for with every node.
_COMPONENT, _OBJECT = NodeKind.COMPONENT, NodeKind.OBJECT


def _of_package(facts: Facts, key: str) -> Value:
    """Whether a package brought it: what it is called tells, where a component has no register."""
    if facts.graph.kind_of(key) is not _COMPONENT:
        return _managed_data(facts, key)
    told = (each.managed for each in facts.evidence.definitions(key) if each.managed is not None)
    return next(told, _carries_namespace(facts, key))


def _carries_namespace(facts: Facts, key: str) -> bool:
    """Salesforce allows no two underscores in a developer name: before them stands a package's namespace."""
    system = facts.graph.system(_system(facts, key))
    component = facts.graph.component(key).value
    separators = r"[./-]" if component.kind == "layout" else r"[./]"
    match = _NAMESPACED.match(re.split(separators, component.name)[-1])
    if match is None or "salesforce" not in system.source_kinds:
        return False
    return match["namespace"].lower() not in system.namespaces


def _description(facts: Facts, node: _Data) -> Value:
    return UNDEFINED if node.implied else known(node.value.description or None)


def _owning_object(facts: Facts, key: str) -> ObjectNode | None:
    owner = key if facts.graph.kind_of(key) is _OBJECT else facts.graph.object_of(key)
    return None if owner is None else facts.graph.object(owner)


def _kind_of_object(facts: Facts, key: str) -> Value:
    owner = _owning_object(facts, key)
    return ABSENT if owner is None else _KINDS[owner.value.kind]


_KINDS = {kind: str(kind) for kind in ObjectKind}


def _external(facts: Facts, key: str) -> Value:
    return _kind_of_object(facts, key) == str(ObjectKind.EXTERNAL)


def _object_name(facts: Facts, key: str) -> Value:
    owner = _owning_object(facts, key)
    return ABSENT if owner is None else owner.value.name


_NOT_READ = "its definition was not read"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec("name", EVERYTHING, TEXT, "API name, as the platform has it.", FAMILY, reach=local(0, ":being")),
        _name,
    ),
    Fact(
        FactSpec(
            "system", IN_SYSTEMS, TEXT, "Name of the system it belongs to.", FAMILY, reach=local(0, ":being")
        ),
        _system,
    ),
    Fact(
        FactSpec(
            "role",
            IN_SYSTEMS,
            ENUM,
            "Which side of the business its system serves.",
            FAMILY,
            reach=local(0, ":being"),
            values=tuple(str(role) for role in Role),
        ),
        _role,
    ),
    Fact(
        FactSpec(
            "label",
            DATA | {"component"},
            TEXT,
            "What people see it called.",
            FAMILY,
            unknown_when=_NOT_READ,
            absent_when="it has none",
        ),
        _label,
    ),
    Fact(
        FactSpec(
            "custom",
            DATA,
            BOOLEAN,
            "Whether the company, or a package it installed, added it to the platform's own.",
            FAMILY,
            reach=local(0, ":being"),
            unknown_when="the source cannot tell",
        ),
        of_data(_custom),
    ),
    Fact(
        FactSpec(
            "managed",
            DATA | {"component"},
            BOOLEAN,
            "Whether it came with an installed package.",
            FAMILY,
            reach=local(0, ":being"),
        ),
        _of_package,
    ),
    Fact(
        FactSpec(
            "namespace",
            DATA,
            TEXT,
            "Namespace of the package it came with.",
            FAMILY,
            reach=local(0, ":being"),
            absent_when="it has none",
        ),
        of_data(lambda facts, node: known(node.value.namespace)),
    ),
    Fact(
        FactSpec(
            "description",
            DATA,
            TEXT,
            "Description as written in its definition.",
            FAMILY,
            unknown_when=_NOT_READ,
            absent_when="nobody wrote one",
        ),
        of_data(_description),
    ),
    Fact(
        FactSpec(
            "kind_of_object",
            DATA | {"component"},
            ENUM,
            "What the object, or the object it belongs to, is to its platform.",
            FAMILY,
            local(1, "", "object"),
            values=tuple(str(kind) for kind in ObjectKind),
            absent_when="it belongs to no object",
        ),
        _kind_of_object,
    ),
    Fact(
        FactSpec(
            "external",
            DATA,
            BOOLEAN,
            "Whether its rows stay in another system: linked, not copied.",
            FAMILY,
            local(1, "", "object"),
        ),
        _external,
    ),
    Fact(
        FactSpec(
            "object_name",
            DATA | {"component"},
            TEXT,
            "API name of the object it belongs to.",
            FAMILY,
            local(1),
            absent_when="it belongs to no object",
        ),
        _object_name,
    ),
)
