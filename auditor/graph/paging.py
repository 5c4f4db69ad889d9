"""How the tables of a graph become plain values, and back; one codec a table.

Mentions stand at both of their ends, so that either end is one look-up. A list of them is written column by
column, and a column in which all are alike as that one value: the mentions of a profile are of one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, repeat
from operator import attrgetter, eq
from typing import Any, cast

from auditor.dataclasses import replace
from auditor.formats.plain import Codecs
from auditor.graph.builder import FIELD_KIND
from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    KnownBy,
    Link,
    ObjectNode,
    SourceNode,
    SystemNode,
)
from auditor.model.catalogue import (
    Calculation,
    Field,
    Governance,
    Object,
    ObjectKind,
    Origin,
    PicklistValue,
    Relation,
    Relationship,
    Role,
    Skipped,
)
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.names import field_key
from auditor.model.observations import EvidenceSource, SourceKind
from auditor.model.references import Access, Call, Certainty, Reference

Plain = tuple[Any, ...]

_CLASSES = (
    *(Calculation, Field, Governance, Object, ObjectKind, Origin, PicklistValue, Relation, Relationship, Role),
    *(Component, Effect, EffectOn, IntegrationPoint, Trigger, EvidenceSource, SourceKind),
    *(SystemNode, KnownBy, Skipped),
)


class NodeCodecs:
    """How nodes are written and read; made once for all tables of a graph."""

    def __init__(self) -> None:
        codecs = Codecs(_CLASSES)
        self.fields: Mapping[str, FieldNode] = {}
        """The field nodes of the graph, among which objects find their fields."""
        self._object = codecs.of(Object)
        self._field = codecs.of(Field)
        self._component = codecs.of(Component)
        self._point = codecs.of(IntegrationPoint)
        self._source = codecs.of(EvidenceSource)
        self._system = codecs.of(SystemNode)
        self._known = codecs.of(KnownBy)

    def write_system(self, node: SystemNode) -> Plain:
        """As it is."""
        return cast("Plain", self._system[0](node))

    def read_system(self, _key: str, plain: Plain) -> SystemNode:
        """As it was."""
        return cast("SystemNode", self._system[1](plain))

    def write_object(self, node: ObjectNode) -> Plain:
        """Without those of its fields that are nodes of their own, of which only the names stand here."""
        told = tuple(self._told(node.system, each) for each in node.value.fields)
        bare = self._object[0](replace(node.value, fields=()) if told else node.value)
        return node.system, node.known_by.value, bare, told

    def read_object(self, key: str, plain: Plain) -> ObjectNode:
        """With its fields, which are those of the field nodes."""
        system, known_by, bare, told = plain
        value = self._object[1](bare)
        if told:
            value = replace(value, fields=tuple(map(self._meant, told)))
        return ObjectNode(key, system, value, KnownBy(known_by))

    def _told(self, system: str, value: Field) -> str | Plain:
        key = field_key(system, value.object, value.name)
        node = self.fields.get(key)
        if node is not None and (node.value is value or node.value == value):
            return key
        return cast("Plain", self._field[0](value))

    def _meant(self, told: str | Plain) -> Field:
        return self.fields[told].value if isinstance(told, str) else cast("Field", self._field[1](told))

    def write_field(self, node: FieldNode) -> Plain:
        """With the printed name of its object."""
        return node.system, node.object_key, node.known_by.value, self._field[0](node.value)

    def read_field(self, key: str, plain: Plain) -> FieldNode:
        """As it was."""
        system, owner, known_by, value = plain
        return FieldNode(key, system, owner, self._field[1](value), KnownBy(known_by))

    def write_component(self, node: ComponentNode) -> Plain:
        """As it is."""
        return node.system, node.known_by.value, self._component[0](node.value)

    def read_component(self, key: str, plain: Plain) -> ComponentNode:
        """As it was."""
        system, known_by, value = plain
        return ComponentNode(key, system, self._component[1](value), KnownBy(known_by))

    def write_integration(self, node: IntegrationNode) -> Plain:
        """As it is."""
        return node.system, node.known_by.value, self._point[0](node.value)

    def read_integration(self, key: str, plain: Plain) -> IntegrationNode:
        """As it was."""
        system, known_by, value = plain
        return IntegrationNode(key, system, self._point[1](value), KnownBy(known_by))

    def write_source(self, node: SourceNode) -> Plain:
        """As it is."""
        return cast("Plain", self._source[0](node.value))

    def read_source(self, key: str, plain: Plain) -> SourceNode:
        """As it was."""
        return SourceNode(key, self._source[1](plain))


# Links

_ACCESSES = tuple(Access)
_CERTAINTIES = tuple(Certainty)
_ACCESS_NUMBERS = {access: number for number, access in enumerate(_ACCESSES)}
_CERTAINTY_NUMBERS = {certainty: number for number, certainty in enumerate(_CERTAINTIES)}
_LINK: Callable[[tuple[str, Reference]], Link] = partial(tuple.__new__, Link)
_CALL_LINK: Callable[[tuple[str, Call]], CallLink] = partial(tuple.__new__, CallLink)
"""As `Link(…)`, by half the time."""
REFERENCE = ("component_kind", "component", "target", "path", "line", "part", "access", "certainty")
CALL = ("caller_kind", "caller", "callee_kind", "callee", "path", "line", "certainty")
"""The members that are written, all that there are."""
_MENTIONED, _MENTIONING = 1, 2
_REFERENCE = attrgetter(*REFERENCE)
_CALL = attrgetter(*CALL)


def write_links(links: Sequence[Link]) -> Plain:
    """The other ends, and the references column by column."""
    others, references = zip(*links, strict=True)
    *texts, accesses, certainties = zip(*map(_REFERENCE, references), strict=True)
    return (
        _ends(others, texts),
        bytes(map(_ACCESS_NUMBERS.__getitem__, accesses)),
        bytes(map(_CERTAINTY_NUMBERS.__getitem__, certainties)),
        *map(_column, texts),
    )


def read_links(_key: str, plain: Plain) -> list[Link]:
    """In their order."""
    others, accesses, certainties, *texts = plain
    paths, lines, parts = map(_values, texts[3:])
    references = map(
        Reference,
        *map(_values, texts[:3]),
        *(map(_ACCESSES.__getitem__, accesses), map(_CERTAINTIES.__getitem__, certainties)),
        *(paths, lines, parts),
    )
    # The columns in which all are alike never end: what names the access of each mention does.
    if isinstance(others, list):
        others = tuple(islice(_spelled(others, texts), len(accesses)))
    return list(map(_LINK, zip(_values(others), references, strict=False)))


def _ends(others: Sequence[str], texts: Sequence[Sequence[Any]]) -> Any:  # noqa: ANN401 - plain, as all here
    """The other ends; where they are spelled as the references spell them, only by what."""
    system = others[0].partition(":")[0]
    for which in (_MENTIONED, _MENTIONING):
        if all(map(eq, others, _spelled([which, system], texts))):
            return [which, system]
    return _column(others)


def _spelled(how: Sequence[Any], texts: Sequence[Any]) -> Iterator[str]:
    """Keys of what is mentioned, or of what mentions, as most names print."""
    which, system = how
    kinds, components, targets = map(_values, texts[:3])
    if which == _MENTIONED:
        return (f"{system}:{target}" for target in targets)
    return (
        f"{system}:{component}" if kind == FIELD_KIND else f"{system}:{kind}/{component}"
        for kind, component in zip(kinds, components, strict=False)
    )


def write_calls(calls: Sequence[CallLink]) -> Plain:
    """The other ends, and the calls column by column."""
    *texts, certainties = zip(*(_CALL(each.call) for each in calls), strict=True)
    return (
        _column([each.other for each in calls]),
        bytes(map(_CERTAINTY_NUMBERS.__getitem__, certainties)),
        *map(_column, texts),
    )


def read_calls(_key: str, plain: Plain) -> list[CallLink]:
    """In their order."""
    others, certainties, *texts = plain
    caller_kinds, callers, callee_kinds, callees, paths, lines = map(_values, texts)
    known = map(_CERTAINTIES.__getitem__, certainties)
    calls = map(Call, caller_kinds, callers, callee_kinds, callees, known, paths, lines)
    return list(map(_CALL_LINK, zip(_values(others), calls, strict=False)))


def write_names(names: Sequence[str]) -> tuple[str, ...]:
    """As a tuple."""
    return tuple(names)


def read_names(_key: str, plain: Plain) -> list[str]:
    """As a list."""
    return list(plain)


def _column(values: Sequence[Any]) -> Any:  # noqa: ANN401 - texts, numbers and None
    """All of them, or the one that all are."""
    return values[0] if values.count(values[0]) == len(values) else tuple(values)


def _values(column: Any) -> Iterable[Any]:  # noqa: ANN401 - what `_column` gives
    return column if isinstance(column, tuple) else repeat(column)
