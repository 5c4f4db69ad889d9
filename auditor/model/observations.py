"""What usage sources saw, and the windows that say what they could have seen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Skipped


class Deed(StrEnum):
    """What happened to a subject."""

    READ = "read"
    """Somebody or something read values of the field (a report column that was run, a query)."""
    WRITTEN = "written"
    RUN = "run"
    """A report, dashboard, list view, flow or template was run, opened or sent."""
    VIEWED = "viewed"
    """A page of the object was seen; a field on it was visible, not read."""
    TOUCHED = "touched"
    """Rows of the object were created or changed."""
    CALLED = "called"
    """The object was reached through an API; says nothing about any field."""
    DEFINED = "defined"
    """The definition itself was created (`first`) or changed (`last`); `last` is no use of it."""
    LISTED = "listed"
    """An inventory of the live organisation lists what there is. Of windows only: `kinds` says of what (`object`,
    `field`, a component kind), `subjects` on which objects."""
    CREATED = "created"
    """The definition was created in the live organisation, as its own log of changes tells."""
    CHANGED = "changed"
    """The definition was changed there; the window of this deed is that of all three."""
    DELETED = "deleted"
    """The definition was deleted there."""
    LOGGED_IN = "logged_in"


class Actor(StrEnum):
    """Who did it, as a kind. Never a person."""

    PEOPLE = "people"
    INTEGRATION = "integration"
    AUTOMATION = "automation"
    PIPELINE = "pipeline"
    """The user of the deployment pipeline, as the company declares it."""
    OTHER = "other"
    """Surely not the pipeline; whether people or a machine, nothing tells."""
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """How a source remembers: a log holds events of a window, a register holds a state since creation."""

    LOG = "log"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """One usage source as it was read; every observation, window and measure names one by `id`."""

    id: str
    format: str
    """Id of the evidence kind: `report-event`, `report-register`, `field-history`, `record-extract` …"""
    path: str
    kind: SourceKind
    as_of: date | None = None
    """The day of the export, or of the newest event."""
    rows: int = 0
    organization: str | None = None
    truncated: bool = False
    """Whether it may have been cut: silence in it proves nothing."""
    note: str = ""
    sandbox: bool | None = None
    """Whether it was taken from a sandbox or another copy; None: it does not tell."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a source covered for one deed, and which subjects it could have seen.

    `start` None: from the beginning of each subject (a register). `subjects` holds printed names of what could
    have been seen: an object stands for its fields too; None: everything of the system that the deed fits.
    """

    source: str
    system: str
    deed: Deed
    start: date | None
    end: date
    subjects: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    """Component kinds it could have seen, for deeds of components; None: all."""
    gaps: tuple[tuple[date, date], ...] = ()
    """Days within it that were not covered, inclusive."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one source saw of one subject: how often, first and last, by how many actors of which kind.

    `subject` is a printed name (`crm:Account.Region__c`). `last` None with `count` 0 is a known zero.
    `actors` None: the source does not tell. `possible`: it may have been this subject (a report whose
    definition was not read, an alias that fits several fields).
    """

    subject: str
    deed: Deed
    source: str
    last: date | None
    first: date | None = None
    count: int | None = None
    actors: int | None = None
    by: Actor = Actor.UNKNOWN
    possible: bool = False
    via: str | None = None
    """Printed name of the component through which it happened (the report that was run)."""
    actors_at_least: bool = False
    """Whether `actors` is a lower bound only: of several exports, whose users are not compared."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What one log saw of one subject on one day in UTC: the unit in which evidence accumulates.

    Fields as in an observation. What came through a component (`via`) is in the day's total already.
    """

    subject: str
    deed: Deed
    source: str
    day: date
    count: int
    by: Actor = Actor.UNKNOWN
    possible: bool = False
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """A slice of an object's rows: by quarter of creation (`2026-Q3`), record type and kind of creator."""

    quarter: str | None = None
    record_type: str | None = None
    creator: Actor | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """How many rows of a cohort hold a value in a field. `field` and `source` as in an observation."""

    field: str
    source: str
    cohort: Cohort
    rows: int
    filled: int


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows an object has in a cohort, and when the newest was created and touched, where known."""

    object: str
    source: str
    cohort: Cohort
    rows: int
    newest_created: date | None = None
    newest_touched: date | None = None


@dataclass(frozen=True, slots=True)
class ValueProfile:
    """Measures over the values of one field in a record extract. Values themselves are never kept.

    Shares are 0..1 of the filled rows, None where they could not be measured. `dominant_value` is kept only
    for picklists and booleans. `newest_with_value` is the creation day of the newest row that has a value.
    """

    field: str
    source: str
    rows: int
    filled: int
    distinct: int | None = None
    dominant_share: float | None = None
    dominant_value: str | None = None
    default_share: float | None = None
    placeholder_share: float | None = None
    newest_with_value: date | None = None
    newest_touched_with_value: date | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What a register of definitions says of a field or component in the live system."""

    subject: str
    source: str
    created: date | None = None
    created_not_after: date | None = None
    """Upper bound only (the commit that first added it)."""
    removed: date | None = None
    modified: date | None = None
    active: bool | None = None
    platform_id: str | None = None
    managed: bool | None = None
    created_by: Actor = Actor.UNKNOWN
    modified_by: Actor = Actor.UNKNOWN
    modified_not_after: date | None = None
    """Upper bound only (the last commit that touched its file)."""


@dataclass(frozen=True, slots=True)
class Inventoried:
    """One object or field as an inventory of the live organisation lists it. None: the inventory does not tell.

    `type` is the metadata API's word (`Text`, `LongTextArea`), `length` and the like as in a `Field`.
    """

    subject: str
    source: str
    label: str | None = None
    type: str | None = None
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    required: bool | None = None
    unique: bool | None = None
    formula: str | None = None
    custom: bool | None = None
    managed: bool | None = None
    deleted: bool = False
    """Whether it stands in the list of deleted fields, from which it can come back for some days."""


@dataclass(frozen=True, slots=True)
class Readership:
    """Whether any active user may read and edit a field, from complete profiles and permission sets."""

    subject: str
    source: str
    readable_by: int
    """Active users who may read it."""
    editable_by: int


@dataclass(frozen=True, slots=True)
class GrowthEvent:
    """A field or object definition that appeared or disappeared, from the history of the repository."""

    subject: str
    day: date
    added: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the usage sources said, sorted totally."""

    sources: tuple[EvidenceSource, ...] = ()
    windows: tuple[Window, ...] = ()
    observations: tuple[Observation, ...] = ()
    fills: tuple[Fill, ...] = ()
    row_counts: tuple[RowCount, ...] = ()
    profiles: tuple[ValueProfile, ...] = ()
    definitions: tuple[Definition, ...] = ()
    readership: tuple[Readership, ...] = ()
    growth: tuple[GrowthEvent, ...] = ()
    inventory: tuple[Inventoried, ...] = ()
    days: tuple[DayCount, ...] = ()
    """Of logs that were asked to count day by day."""
    skipped: tuple[Skipped, ...] = ()
