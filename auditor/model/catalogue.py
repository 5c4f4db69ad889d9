"""What a system holds: objects, fields, components, integration points, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from auditor.dataclasses import dataclass, field
from auditor.model.components import Component, IntegrationPoint
from auditor.model.references import Call, Reference


class Role(StrEnum):
    """Which side of the business a system serves."""

    CRM = "crm"
    ERP = "erp"


class ObjectKind(StrEnum):
    """What an object is to its platform."""

    OBJECT = "object"
    CUSTOM_SETTING = "custom_setting"
    CUSTOM_METADATA = "custom_metadata"
    PLATFORM_EVENT = "platform_event"
    EXTERNAL = "external"
    """Linked, not copied: rows stay in the other system (Salesforce `__x`)."""
    BIG_OBJECT = "big_object"
    TABLE = "table"
    VIEW = "view"
    ENTITY = "entity"


class Relationship(StrEnum):
    """How a field points at another object."""

    LOOKUP = "lookup"
    MASTER_DETAIL = "master_detail"
    HIERARCHY = "hierarchy"
    EXTERNAL_LOOKUP = "external_lookup"
    INDIRECT_LOOKUP = "indirect_lookup"
    METADATA = "metadata"
    FOREIGN_KEY = "foreign_key"
    NAVIGATION = "navigation"


class Calculation(StrEnum):
    """Why nobody can write a field."""

    FORMULA = "formula"
    ROLLUP = "rollup"
    AUTO_NUMBER = "auto_number"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stands: a path relative to the source's root (posix) and a line from 1."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PicklistValue:
    """One value of a picklist, as stored, as shown, and whether it can still be chosen."""

    name: str
    label: str
    active: bool = True
    default: bool = False
    controlled_by: tuple[str, ...] = ()
    """Values of the controlling field under which it can be chosen; empty: no such limit is declared."""


@dataclass(frozen=True, slots=True)
class Governance:
    """What people declared about a field or object on the platform itself; None where nothing was declared."""

    business_status: str | None = None
    business_owner: str | None = None
    security_classification: str | None = None
    compliance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field, column, property or attribute.

    `type` is the platform's own word (`Currency`, `Edm.Decimal`, `VARCHAR(20)`). None means that the source
    does not say; `creatable`, `updatable` and `nullable` None likewise.
    """

    object: str
    name: str
    label: str | None = None
    type: str | None = None
    custom: bool | None = True
    """Whether people of the company added it; None where the source cannot tell."""
    required: bool = False
    unique: bool = False
    external_id: bool = False
    key: bool = False
    """Part of the object's primary key."""
    reference_to: tuple[str, ...] = ()
    relationship: Relationship | None = None
    relationship_name: str | None = None
    """The child relationship's name (Salesforce `relationshipName`), without suffix."""
    calculation: Calculation | None = None
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    description: str | None = None
    help: str | None = None
    default: str | None = None
    picklist: tuple[PicklistValue, ...] = ()
    value_set: str | None = None
    """Name of the shared value set, where the picklist has none of its own."""
    controlling_field: str | None = None
    restricted: bool | None = None
    """Whether only the listed values can be stored."""
    formula: str | None = None
    """The text of a formula as written."""
    rollup: str | None = None
    """The operation of a roll-up and what it sums up: `sum(Child__c.Amount__c)`, `count(Child__c)`."""
    delete_constraint: str | None = None
    """What happens to the row when the row it points at is deleted (`Restrict`, `Cascade`, `SetNull`)."""
    track_history: bool | None = None
    track_feed: bool | None = None
    creatable: bool | None = None
    updatable: bool | None = None
    governance: Governance = Governance()
    namespace: str | None = None
    """Of a managed package; None for the organisation's own."""
    platform_id: str | None = None
    position: int = 0
    """Place among its siblings where the source has an order, from 0."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A named way from an object to another that is no field of its own (an OData navigation property)."""

    name: str
    to: str
    many: bool = False
    fields: tuple[str, ...] = ()
    """Own fields that carry it, where the source says so."""


@dataclass(frozen=True, slots=True)
class Object:
    """One object, table, entity or custom object, with its fields in a stable order."""

    name: str
    label: str | None = None
    plural_label: str | None = None
    description: str | None = None
    kind: ObjectKind = ObjectKind.OBJECT
    custom: bool | None = True
    fields: tuple[Field, ...] = ()
    record_types: tuple[str, ...] = ()
    governance: Governance = Governance()
    namespace: str | None = None
    platform_id: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names it goes by (an OData entity set)."""
    relations: tuple[Relation, ...] = ()
    name_field_type: str | None = None
    """Type of the platform's own name field (`Text`, `AutoNumber`), which is never a custom field."""
    track_history: bool | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """What else the platform says of it (`sharing_model`, `visibility`, `external_name` …), sorted by name."""
    origin: Origin | None = None

    @property
    def external(self) -> bool:
        """Whether its rows are linked from another system and not copied."""
        return self.kind is ObjectKind.EXTERNAL


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not read, and why. Nothing is left out without one. Sorts by place."""

    path: str
    reason: str
    line: int | None = None

    def __lt__(self, other: Skipped) -> bool:
        return (self.path, self.line or 0, self.reason) < (other.path, other.line or 0, other.reason)


@dataclass(frozen=True, slots=True, order=True)
class Unresolved:
    """A mention that named nothing known: where it stands, who makes it, and what it says."""

    path: str
    line: int
    """0 where the line is not known."""
    component_kind: str
    component: str
    mention: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that one source says about one system.

    `channels` counts what was read of each component kind (files, or elements within a file); a kind that is
    missing from it is *unread*: nothing follows from its silence.
    """

    system: str
    role: Role
    kind: str
    """Of the source: `salesforce`, `odata`, `sql`, `tabular` …"""
    objects: tuple[Object, ...] = ()
    components: tuple[Component, ...] = ()
    references: tuple[Reference, ...] = ()
    calls: tuple[Call, ...] = ()
    integration_points: tuple[IntegrationPoint, ...] = ()
    channels: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    unresolved: int = 0
    """Mentions that named no known object or field and so became no reference."""
    unresolved_mentions: tuple[Unresolved, ...] = ()
    """The first of them, in the order of path and line, as examples."""
    location: str = ""
    """What was read, for people: a folder, a file, a URL without credentials."""
    namespaces: tuple[str, ...] = ()
    """The project's own, in lower case and sorted: what carries one of them came with no package."""
