"""What `auditor.yaml` says, checked: frozen values that the workspace turns into readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, field
from auditor.model.catalogue import Role
from auditor.model.liveness import Showing
from auditor.model.reconciliation import InAudit, PairRule
from auditor.model.rollback import PlanRules


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One source of a system's schema.

    `location` is a path, an archive, `git:PATH@REV` or a database URL; `secret_env` names the environment
    variable that holds the URL instead. `options` are the source kind's own (`columns`, `schemas`).
    """

    kind: str
    location: str
    secret_env: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Patterns of paths below `location` that are not read (`unpackaged/`)."""
    where: str = ""
    """`file:line:column` in the configuration."""


@dataclass(frozen=True, slots=True)
class SystemConfig:
    """One CRM or ERP: its name in every printed subject, its role and where its schema is read from."""

    name: str
    role: Role
    sources: tuple[SourceConfig, ...]
    edition: str | None = None
    """Of the platform, for limits that depend on it (`enterprise`, `unlimited` …)."""
    organization: str = ""
    """Id of the organisation that evidence must come from, in its form of 18 characters; empty: not declared."""
    sandbox: bool = False
    """Whether evidence of a sandbox is accepted for it."""
    pipeline_users: tuple[str, ...] = ()
    """Ids or names of the users that deploy; they are hashed before they are compared, and never printed."""


@dataclass(frozen=True, slots=True)
class EvidenceConfig:
    """One usage source: which files, of which evidence kind, for which system, over which window.

    `kind` may be `auto`: each file is recognised by its layout. `start` and `end` state the window where the
    files cannot tell it (days without events are no gap of the log).
    """

    id: str
    kind: str
    system: str
    paths: tuple[str, ...]
    url: str = ""
    secret_env: str | None = None
    start: date | None = None
    end: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class OutsideReaderConfig:
    """What reads a system from elsewhere: folders of text, and what the company vouches for about them."""

    name: str
    system: str
    paths: tuple[str, ...]
    complete: bool = False
    """Whether what these files do not name is not read by it."""
    direction: str = "unknown"
    """`reads`, `writes`, `both` or `unknown`."""
    labels: bool = False
    """Whether the files speak of fields by label, too."""
    where: str = ""


@dataclass(frozen=True, slots=True)
class IntegrationConfig:
    """An integration as the company declares it, whatever the repository says of it.

    `clients` are further names and ids (`0H4…`) under which it signs in; `direction` is seen from the system.
    """

    name: str
    system: str
    clients: tuple[str, ...] = ()
    direction: str = "in"
    objects: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration. Paths are as written; they are relative to `folder`."""

    path: Path
    folder: Path
    company: str
    systems: tuple[SystemConfig, ...]
    evidence: tuple[EvidenceConfig, ...] = ()
    policies: tuple[str, ...] = ()
    """`pack:NAME` or files, in the order in which they extend each other."""
    waivers: tuple[str, ...] = ()
    waiver_days: Mapping[str, int] = field(default_factory=dict)
    """Severity → the most days that a waiver of it may hold; none where it is not named."""
    maps: tuple[str, ...] = ()
    """Files of declared integration maps: which fields of the CRM are kept in step with which of the ERP."""
    lexicon: tuple[str, ...] = ()
    """Files of business words of the company's own, beside those that ship."""
    charter: str = ""
    """The file in which the company says which system owns what; empty without one."""
    baseline: str = ""
    """The file of the findings that stood when gating began; empty without one."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old name of a subject → its new one, so that a baseline follows a rename."""
    params: Mapping[str, str] = field(default_factory=dict)
    complete: tuple[str, ...] = ()
    """Channels that the company declares to be read completely; every report prints them."""
    showing: Showing = Showing.POSSIBLE
    """What being shown on a page counts for when it is asked what is alive."""
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Business area → patterns of object names; without it nothing is said by area."""
    outside_readers: tuple[OutsideReaderConfig, ...] = ()
    integrations: tuple[IntegrationConfig, ...] = ()
    plan: PlanRules = field(default_factory=PlanRules)
    """How long the waves of a roll-back plan wait, and which policies propose more than the packs say."""
    reconcile: tuple[PairRule, ...] = ()
    """Pairs of objects whose rows are joined and compared, as the company confirmed them."""
    reconcile_in_audit: InAudit = InAudit.AUTO
    output: str = "out"
    cached: bool = True
    """Whether files of known content may be taken from the cache in `.auditor/`; no key, `--no-cache` says no."""
