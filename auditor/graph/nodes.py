"""The nodes of a schema graph. Each wraps the value that a source gave, under the name by which it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Field, Object, Role, Skipped
from auditor.model.components import Component, IntegrationPoint
from auditor.model.names import Subject
from auditor.model.observations import EvidenceSource
from auditor.model.references import Call, Reference


class NodeKind(StrEnum):
    """What a node is; the words that policies use under `target: kind:`."""

    SYSTEM = "system"
    OBJECT = "object"
    FIELD = "field"
    COMPONENT = "component"
    INTEGRATION = "integration"
    SOURCE = "source"


class KnownBy(StrEnum):
    """How the graph came to know a node."""

    CATALOGUE = "catalogue"
    """A source of the system defines it."""
    EVIDENCE = "evidence"
    """An export of the live system names it; no source that was read defines it."""
    MENTION = "mention"
    """Something refers to it; nothing that was read defines it (a standard field)."""


@dataclass(frozen=True, slots=True)
class SystemNode:
    """One CRM or ERP: everything that its sources say as a whole.

    `channels` sums, by component kind, what was read; `source_kinds` are the kinds of its sources, sorted.
    """

    key: str
    system: str
    role: Role
    source_kinds: tuple[str, ...]
    channels: dict[str, int]
    unresolved: int = 0
    namespaces: frozenset[str] = frozenset()
    """The projects' own, in lower case."""
    unread: tuple[Skipped, ...] = ()
    """The lines on what could not be read, or not wholly, sorted, so that a change of one is told exactly."""


def unread_lines(skipped: Iterable[Skipped]) -> frozenset[Skipped]:
    """Those of a catalogue's lines that tell of something unread; what is defined twice was read."""
    return frozenset(line for line in skipped if "; merged" not in line.reason)


@dataclass(frozen=True, slots=True)
class ObjectNode:
    """One object. `value.fields` may be shorter than the fields the graph knows: ask `fields_of`."""

    key: str
    system: str
    value: Object
    known_by: KnownBy = KnownBy.CATALOGUE

    @property
    def implied(self) -> bool:
        """Whether no source that was read defines it."""
        return self.known_by is not KnownBy.CATALOGUE


@dataclass(frozen=True, slots=True)
class FieldNode:
    """One field, with the printed name of its object."""

    key: str
    system: str
    object_key: str
    value: Field
    known_by: KnownBy = KnownBy.CATALOGUE

    @property
    def implied(self) -> bool:
        """Whether no source that was read defines it (a standard field that a report mentions)."""
        return self.known_by is not KnownBy.CATALOGUE


@dataclass(frozen=True, slots=True)
class ComponentNode:
    """One component. Formulas and roll-ups are no components: they are fields that refer to fields."""

    key: str
    system: str
    value: Component
    known_by: KnownBy = KnownBy.CATALOGUE

    @property
    def implied(self) -> bool:
        """Whether no source that was read defines it."""
        return self.known_by is not KnownBy.CATALOGUE

    @property
    def exists(self) -> bool:
        """Whether a source or an export vouches for it; a mere mention does not."""
        return self.known_by is not KnownBy.MENTION


@dataclass(frozen=True, slots=True)
class IntegrationNode:
    """One place where another system reaches in or is reached from."""

    key: str
    system: str
    value: IntegrationPoint
    known_by: KnownBy = KnownBy.CATALOGUE


@dataclass(frozen=True, slots=True)
class SourceNode:
    """One usage source that was read."""

    key: str
    value: EvidenceSource

    @property
    def system(self) -> str:
        """Usage sources stand beside the systems, under the name `evidence`."""
        return SOURCES_SYSTEM


Node = SystemNode | ObjectNode | FieldNode | ComponentNode | IntegrationNode | SourceNode

SOURCES_SYSTEM = "evidence"
"""Under which usage sources are printed: `evidence:source/report-register`."""


class Link(NamedTuple):
    """One mention, seen from one of its ends: the printed name of the other end, and the reference itself."""

    other: str
    reference: Reference


class CallLink(NamedTuple):
    """One call, seen from one of its ends."""

    other: str
    call: Call


def system_key(system: str) -> str:
    """The printed name of a system as a whole."""
    return str(Subject(system))


def source_key(source_id: str) -> str:
    """The printed name of a usage source."""
    return str(Subject(SOURCES_SYSTEM, source_id, component_kind="source"))
