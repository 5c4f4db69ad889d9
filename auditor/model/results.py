"""What one audit found: everything that reports and history are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass, field
from auditor.model.carriage import Carriage
from auditor.model.catalogue import Role, Skipped
from auditor.model.components import IntegrationPoint
from auditor.model.divergence import Divergence
from auditor.model.findings import Finding, PolicyInfo
from auditor.model.functions import FunctionShares
from auditor.model.integrations import Integration
from auditor.model.liveness import LivenessReport
from auditor.model.rollback import RollbackPlan
from auditor.model.scorecards import Scorecard, ScoreChange
from auditor.model.values import Value


@dataclass(frozen=True, slots=True)
class SystemSummary:
    """One system in numbers. What is only mentioned counts under `implied_fields`.

    `live_custom_fields`: those that an export of the live system lists and no source that was read defines.
    `components` and `references` are counts by component kind and by access, sorted by name.
    """

    name: str
    role: Role
    source_kinds: tuple[str, ...]
    location: str
    objects: int
    custom_objects: int
    fields: int
    custom_fields: int
    implied_fields: int
    components: tuple[tuple[str, int], ...]
    references: tuple[tuple[str, int], ...]
    calls: int
    integration_points: int
    unresolved: int
    skipped: int
    live_custom_fields: int = 0


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One quarter (`2026-Q3`): custom fields added and removed in it, and how many stood at its end."""

    quarter: str
    added: int
    removed: int
    net: int
    total: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of one system's custom fields, oldest quarter first; the last quarter may be running.

    `undated`: custom fields that no register and no history dates, and that no row counts.
    """

    system: str
    rows: tuple[GrowthRow, ...]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one usage source watched of one deed in one system; `since` None: from each subject's beginning."""

    source: str
    format: str
    path: str
    system: str
    deed: str
    since: date | None
    until: date
    rows: int
    subjects: int | None
    """How many subjects it could have seen; None: all that the deed fits."""
    truncated: bool = False
    note: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class UnreadChannel:
    """A way of reading, or a kind of component, from whose silence nothing follows."""

    system: str
    channel: str
    what: str
    settled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyTally:
    """How many subjects a policy gave each answer."""

    policy: PolicyInfo
    violation: int = 0
    unknown: int = 0
    passed: int = 0
    not_applicable: int = 0
    waived: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceGap:
    """A kind of evidence that was not at hand, or not for all, and how many unknown findings it bears on."""

    kind: str
    unknowns: int
    policies: tuple[str, ...]


class Tier(StrEnum):
    """What a reader of the first page is to do."""

    ACT = "act"
    """Proven: act now."""
    ASK = "ask"
    """Likely: ask this owner one question."""
    GET = "get"
    """Open: get this export."""


@dataclass(frozen=True, slots=True)
class Card:
    """One line of the first page. `findings` says how many findings it stands for, `owner` whom to ask.

    `subject` is what it is about (an object where it stands for several fields), `kind` the evidence to get;
    `extends` where some of that evidence is at hand and says nothing of these subjects.
    """

    tier: Tier
    sentence: str
    policy: str = ""
    subject: str = ""
    severity: str = ""
    findings: int = 1
    fix: str = ""
    owner: str = ""
    kind: str = ""
    members: tuple[str, ...] = ()
    extends: bool = False


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One custom field or one object with its main facts, in the order that `AuditResult` names beside it."""

    subject: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class SystemPoint:
    """An integration point and the system whose metadata names it."""

    system: str
    point: IntegrationPoint


@dataclass(frozen=True, slots=True)
class OutsideReaderRow:
    """One outside reader: where its files are, how many were searched and could not be, and what they name.

    `fields` are those that are surely named, `possible` counts those that only may be; `custom` of the sure ones
    are the company's own. `complete`: what it does not name it does not read.
    """

    system: str
    name: str
    path: str
    direction: str
    complete: bool
    files: int
    unsearched: int
    fields: tuple[str, ...]
    custom: int
    possible: int


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One thing on which repository and live organisation disagree.

    `state` is `only_org`, `only_repo` or `differs`; `since` the day of its creation in the organisation, of the
    commit that brought it, or of its last change there; `by` the kind of actor behind that, empty where nothing
    tells. `deleted`: the day on which somebody deleted it in the organisation.
    """

    system: str
    object: str
    subject: str
    state: str
    since: date | None = None
    by: str = ""
    deleted: date | None = None
    deleted_by: str = ""
    differs_in: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class DriftCoverage:
    """How far inventories of the organisation reach.

    `what` is `field` (then objects are counted), a component kind, or `log` for a log of changes from `since` to
    `until`. `asked`: how many there are in the repository; `whole`: how many an inventory decides; `partly`: how
    many only the inventory of one user shows, from which nothing that is missing follows.
    """

    system: str
    what: str
    asked: int
    whole: int
    partly: int
    sources: str
    since: date | None = None
    until: date | None = None
    beyond: int = 0
    """Components that an inventory lists and the repository lacks; most such reports people made themselves."""


@dataclass(frozen=True, slots=True)
class Fitness:
    """One line on how far the evidence of a system can be trusted, and what follows from it."""

    system: str
    what: str
    consequence: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Everything that one audit found. Passes and subjects that a policy does not concern are only tallied."""

    as_of: date
    systems: tuple[SystemSummary, ...]
    findings: tuple[Finding, ...]
    tallies: tuple[PolicyTally, ...]
    growth: tuple[Growth, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    unread: tuple[UnreadChannel, ...] = ()
    cards: tuple[Card, ...] = ()
    """At most ten: what to act on, whom to ask, what to export."""
    gaps: tuple[EvidenceGap, ...] = ()
    """Most settled unknowns first."""
    skipped: tuple[Skipped, ...] = ()
    assumptions: tuple[str, ...] = ()
    """Channels that the company declares to be complete; every report prints them."""
    notices: tuple[str, ...] = ()
    """Waivers that fit nothing, fit too much or are about to expire."""
    inventory_facts: tuple[str, ...] = ()
    inventory: tuple[InventoryRow, ...] = ()
    object_facts: tuple[str, ...] = ()
    objects: tuple[InventoryRow, ...] = ()
    """Every object of every system, in the order of `object_facts`."""
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Subject → fact → printed value, of everything that findings rest on."""
    integration_points: tuple[SystemPoint, ...] = ()
    integrations: tuple[Integration, ...] = ()
    """Who signs in and calls: declared against observed."""
    outside_readers: tuple[OutsideReaderRow, ...] = ()
    drift: tuple[DriftRow, ...] = ()
    drift_coverage: tuple[DriftCoverage, ...] = ()
    fitness: tuple[Fitness, ...] = ()
    purposes: tuple[FunctionShares, ...] = ()
    """What custom fields do: of each CRM as a whole, then by area, then by object."""
    carriages: tuple[Carriage, ...] = ()
    """What each CRM carries by nature, as a whole and by area."""
    liveness: LivenessReport = field(default_factory=LivenessReport)
    """Review candidates, and how many there are under each stance towards showing."""
    company: str = ""
    policies_digest: str = ""
    disabled: tuple[str, ...] = ()
    """Policies that are switched off."""
    score: Scorecard | None = None
    """None: no charter declares the budgets that it is measured against."""
    score_change: ScoreChange | None = None
    """Against an earlier state, where one was asked for."""
    plan: RollbackPlan | None = None
    """What the findings propose to roll back, without proof; None: no plan was made."""
    divergence: Divergence | None = None
    """Where the values of CRM and ERP diverge; None: no pair is confirmed, or nothing was compared."""
