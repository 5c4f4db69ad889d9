"""The way back: what is to be removed, in which order, what stands in its way, and how each step is undone.

Nothing here is ever "safe to delete". A plan holds review candidates; every step has an owner, an earliest day and
its reverse.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass


class WaveKind(StrEnum):
    """The steps of the lifecycle that respected sources recommend, in their order."""

    ANNOUNCE = "announce"
    """Tell the owners and mark the definition as a deprecation candidate."""
    HIDE = "hide"
    """Stop writing it and take it from the pages and the rights of people."""
    EXPORT = "export"
    """Save the values, with a manifest and a checksum."""
    UNREFERENCE = "unreference"
    """Remove what still refers to it."""
    DELETE = "delete"
    PURGE = "purge"
    """Empty the recycle bin of the platform, after the time in which a deletion can be undone."""

    @property
    def number(self) -> int:
        """From 1, the first step."""
        return list(WaveKind).index(self) + 1


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a company decides about its plans: how long to wait between waves, in calendar days.

    `policies` are globs of ids whose findings propose a retirement, beside those that ship as data.
    """

    notice_days: int = 30
    """From the announcement until anything is hidden: two weeks to a month is the usual advice."""
    hidden_days: int = 30
    """From hiding to the export: the time in which somebody who misses it says so."""
    export_days: int = 7
    """From the export until references go: the time to check it against its checksum."""
    settle_days: int = 7
    """From the removal of references to the deletion."""
    policies: tuple[str, ...] = ()


class Cause(StrEnum):
    """Why something is removed."""

    CANDIDATE = "candidate"
    """A finding, or whoever asked, names it."""
    BELONGS = "belongs"
    """It is a part of what is removed: a field of an object, a layout, a translation."""
    DEPENDS = "depends"
    """It is computed from what is removed or only tests it, and nothing that is used reads it."""
    RETAINED = "retained"
    """Only what is removed holds on to it."""


class Standing(StrEnum):
    """Whether anything in use depends on a candidate, as far as the evidence tells."""

    DEAD = "dead"
    UNKNOWN = "unknown"
    ALIVE = "alive"


@dataclass(frozen=True, slots=True)
class Removed:
    """One thing that a plan removes.

    `subject` is its printed name (`crm:Account.Region__c`), `kind` `field`, `object` or a component kind, `name`
    the platform's own (`Account.Region__c`, `Kund_Flow`). `order` is its place in the order of deletion, from 1;
    things that depend on each other in a circle share one. `because` names, in a sentence, what brought it in.
    """

    subject: str
    kind: str
    name: str
    cause: Cause
    because: str
    path: str = ""
    line: int | None = None
    order: int = 1
    standing: Standing = Standing.UNKNOWN
    policies: tuple[str, ...] = ()
    """Policies whose findings name it, sorted; empty where it only goes with something."""
    support: tuple[str, ...] = ()
    """What could still keep it, unseen; empty where nothing could or nobody looked."""
    owner: str = ""
    """Declared; empty: nobody is. Never inferred from what people did."""
    group: str = ""
    """The printed name of the candidate that it goes with; its own for a candidate."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Everything that is removed from one system, in the order of deletion (what depends goes first).

    `platform` is the kind of the system's sources (`salesforce`, `sql` …), `location` where they were read.
    """

    system: str
    platform: str
    items: tuple[Removed, ...]
    location: str = ""

    @property
    def fields(self) -> tuple[Removed, ...]:
        """Fields, in the order of deletion."""
        return tuple(item for item in self.items if item.kind == "field")

    @property
    def objects(self) -> tuple[Removed, ...]:
        """Objects, in the order of deletion."""
        return tuple(item for item in self.items if item.kind == "object")

    @property
    def components(self) -> tuple[Removed, ...]:
        """Everything else, in the order of deletion."""
        return tuple(item for item in self.items if item.kind not in ("field", "object"))


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One change to one source file: which file, what is taken out of it, and for the sake of which subject."""

    path: str
    what: str
    why: str
    line: int | None = None
    wave: WaveKind = WaveKind.UNREFERENCE


@dataclass(frozen=True, slots=True)
class Blocker:
    """A mention that no program may edit: somebody has to, before the subject can be deleted.

    `component` is the printed name of what mentions the subject.
    """

    subject: str
    component: str
    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that is not removed: something in use depends on it, or may through a sure read.

    `chain` leads from what is used to the subject, each link in words.
    """

    subject: str
    because: str
    chain: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does in one wave.

    `earliest` None: not before a day that nobody knows yet. `effort` is `small`, `medium` or `large`; `risk` is
    `low`, `medium` or `high`, and `risk_because` says why. `reverse` is the way back.
    """

    what: str
    subjects: tuple[str, ...]
    owner: str
    effort: str
    risk: str
    risk_because: str
    earliest: date | None
    reverse: str


@dataclass(frozen=True, slots=True)
class Wave:
    """One step of the lifecycle for everything in the plan; `why` says what the dates rest on."""

    kind: WaveKind
    title: str
    earliest: date
    why: str
    steps: tuple[Step, ...]
    reverse: str


@dataclass(frozen=True, slots=True)
class Headroom:
    """How many of an object's custom fields go, of how many, against the limit of its platform (None: unknown)."""

    object: str
    freed: int
    before: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Freed:
    """What a plan frees. `rows` counts only the rows of whole objects: fields are billed by nobody.

    `required_inputs` are fields that people no longer have to fill; `layouts` those that get shorter or go.
    `rows` None: an object goes and nothing counts its rows.
    """

    objects: int = 0
    fields: int = 0
    components: int = 0
    layouts: int = 0
    required_inputs: int = 0
    rows: int | None = 0
    headroom: tuple[Headroom, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofPart:
    """One thing that was tried on a copy."""

    name: str
    passed: bool
    says: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What happened when the plan for one system was carried out on a copy of its sources."""

    system: str
    parts: tuple[ProofPart, ...]
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every part did; a proof of nothing proves nothing."""
        return bool(self.parts) and not self.failures and all(part.passed for part in self.parts)


@dataclass(frozen=True, slots=True)
class RollbackPlan:
    """The whole plan.

    `proofs` is empty where nobody asked for one or the platform has no sources to try it on.
    """

    as_of: date
    asked: str
    """Which candidates were asked for, in words."""
    removals: tuple[Removal, ...] = ()
    waves: tuple[Wave, ...] = ()
    edits: tuple[Edit, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    refused: tuple[Refused, ...] = ()
    freed: Freed = Freed()
    proofs: tuple[Proof, ...] = ()
    notices: tuple[str, ...] = ()
    """What every reader of the plan must know about what it rests on."""

    @property
    def items(self) -> tuple[Removed, ...]:
        """Everything that is removed, system by system."""
        return tuple(item for removal in self.removals for item in removal.items)
