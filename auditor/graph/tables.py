"""The tables behind a graph: nodes by printed name, and lists of who mentions, starts and belongs to whom."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Protocol

from auditor.dataclasses import dataclass, field
from auditor.graph.nodes import (
    CallLink,
    ComponentNode,
    FieldNode,
    IntegrationNode,
    Link,
    ObjectNode,
    SourceNode,
    SystemNode,
)


@dataclass(slots=True)
class Adjacency:
    """The lists behind the verbs while they are filled, which `build` and `overlay` alone do."""

    systems: MutableMapping[str, SystemNode] = field(default_factory=dict)
    objects: MutableMapping[str, ObjectNode] = field(default_factory=dict)
    fields: MutableMapping[str, FieldNode] = field(default_factory=dict)
    components: MutableMapping[str, ComponentNode] = field(default_factory=dict)
    integrations: MutableMapping[str, IntegrationNode] = field(default_factory=dict)
    sources: MutableMapping[str, SourceNode] = field(default_factory=dict)
    fields_of: MutableMapping[str, list[str]] = field(default_factory=dict)
    components_of: MutableMapping[str, list[str]] = field(default_factory=dict)
    object_of: MutableMapping[str, str] = field(default_factory=dict)
    """Component → object."""
    incoming: MutableMapping[str, list[Link]] = field(default_factory=dict)
    outgoing: MutableMapping[str, list[Link]] = field(default_factory=dict)
    calls: MutableMapping[str, list[CallLink]] = field(default_factory=dict)
    callers: MutableMapping[str, list[CallLink]] = field(default_factory=dict)
    looks_up: MutableMapping[str, list[str]] = field(default_factory=dict)
    looked_up_by: MutableMapping[str, list[str]] = field(default_factory=dict)
    clients: MutableMapping[str, list[str]] = field(default_factory=dict)
    """Integration → callers under whose names logs saw it."""


class Tables(Protocol):
    """The lists behind the verbs, wherever they stand: in memory, in a file, or laid over others.

    Enumerated in the order of the keys.
    """

    @property
    def systems(self) -> Mapping[str, SystemNode]:
        """Systems as wholes, by `name:`."""

    @property
    def objects(self) -> Mapping[str, ObjectNode]:
        """Objects."""

    @property
    def fields(self) -> Mapping[str, FieldNode]:
        """Fields."""

    @property
    def components(self) -> Mapping[str, ComponentNode]:
        """Components."""

    @property
    def integrations(self) -> Mapping[str, IntegrationNode]:
        """Integration points."""

    @property
    def sources(self) -> Mapping[str, SourceNode]:
        """Usage sources."""

    @property
    def fields_of(self) -> Mapping[str, Sequence[str]]:
        """Object → its fields, sorted."""

    @property
    def components_of(self) -> Mapping[str, Sequence[str]]:
        """Object → its components, sorted."""

    @property
    def object_of(self) -> Mapping[str, str]:
        """Component → object."""

    @property
    def incoming(self) -> Mapping[str, Sequence[Link]]:
        """Object or field → who mentions it."""

    @property
    def outgoing(self) -> Mapping[str, Sequence[Link]]:
        """Component or field → what it mentions."""

    @property
    def calls(self) -> Mapping[str, Sequence[CallLink]]:
        """Component → what it starts or contains."""

    @property
    def callers(self) -> Mapping[str, Sequence[CallLink]]:
        """Component → what starts or contains it."""

    @property
    def looks_up(self) -> Mapping[str, Sequence[str]]:
        """Field → objects it points at."""

    @property
    def looked_up_by(self) -> Mapping[str, Sequence[str]]:
        """Object → fields that point at it, sorted."""

    @property
    def clients(self) -> Mapping[str, Sequence[str]]:
        """Integration → callers under whose names logs saw it."""
