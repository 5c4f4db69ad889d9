"""What somebody asks for before it is built, and what was answered: proposals, requests, answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Field, Object, Origin
from auditor.model.findings import Datum, Severity
from auditor.model.names import field_key, object_key


class Verdict(StrEnum):
    """What a proposal is answered with."""

    ACCEPT = "accept"
    REVISE = "revise"
    """It may come, once what is named has been put right."""
    REJECT = "reject"
    """It should not be built; there is another way to what it is for."""
    UNKNOWN = "unknown"
    """What was read cannot tell."""


class RequestState(StrEnum):
    """Where a request stands."""

    PROPOSED = "proposed"
    """Asked for, and not built."""
    ACCEPTED = "accepted"
    ON_TRIAL = "on_trial"
    """Accepted until a day, on which somebody decides again."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """What was said beside the definition when a field or object was asked for; empty where nobody said it."""

    owner: str = ""
    why: str = ""
    """The decision that it serves."""
    readers: tuple[str, ...] = ()
    """Who or what reads it: people, reports, integrations."""
    retention: str = ""
    """How long its values are kept."""
    source_system: str = ""
    """Where its values are born: the name of a system, or `people`."""
    trial_until: date | None = None
    state: RequestState = RequestState.PROPOSED


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that is asked for: fields on an object that is there, or a new object with its fields."""

    system: str
    object: str
    fields: tuple[Field, ...] = ()
    new: Object | None = None
    """The object as it would be, without the fields; None where it is there already."""
    request: Request = Request()
    origin: Origin | None = None

    @property
    def label(self) -> str:
        """What people would see it called."""
        if self.new is not None:
            return self.new.label or self.new.name
        return self.fields[0].label or self.fields[0].name

    @property
    def subject(self) -> str:
        """The printed name of what is asked for: the new object, or the field."""
        if self.new is not None or not self.fields:
            return object_key(self.system, self.object)
        return field_key(self.system, self.object, self.fields[0].name)

    @property
    def keys(self) -> tuple[str, ...]:
        """Printed names of everything that would be new."""
        own = (object_key(self.system, self.object),) if self.new is not None else ()
        return own + tuple(field_key(self.system, self.object, each.name) for each in self.fields)


class Way(StrEnum):
    """What an alternative is."""

    FIELD = "field"
    """A field of the CRM that does it already."""
    OBJECT = "object"
    PROPOSAL = "proposal"
    """Another proposal, which asks for the same."""
    ERP = "erp"
    """Where another system keeps it."""
    FORM = "form"
    """In which form it may be shown instead of being kept."""
    STEP = "step"
    """What to do."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to what the proposal is for. `subject` is empty where none is meant."""

    way: Way
    text: str
    subject: str = ""
    facts: tuple[Datum, ...] = ()
    """What is known of the subject: how filled it is, who reads it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One policy that speaks against a proposal, and what to do about it."""

    policy: str
    title: str
    subject: str
    severity: Severity
    verdict: Verdict
    """What it makes of the answer; `accept` for what is only said beside it."""
    message: str
    evidence: tuple[Datum, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """How much is left of a budget or a limit after the proposal."""

    subject: str
    what: str
    used: int
    most: int

    @property
    def left(self) -> int:
        """What is left; below nothing where it is overdrawn."""
        return self.most - self.used


@dataclass(frozen=True, slots=True)
class Recalled:
    """An earlier answer to the same or nearly the same request."""

    path: str
    day: date
    verdict: Verdict
    subject: str
    label: str
    same: bool
    """Whether exactly the same was asked, whatever was said beside it; else only nearly."""
    changed: tuple[str, ...] = ()
    """What differs since: reasons that are gone or new, the policies in force."""
    trial_until: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one proposal."""

    proposal: Proposal
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    """Gravest first."""
    rooms: tuple[Room, ...] = ()
    later: tuple[str, ...] = ()
    """What only use can tell: asked again by audits once it is built, by policy id."""
    open: tuple[str, ...] = ()
    """What could not be told although a definition should be enough, each with what would settle it."""
    recalled: tuple[Recalled, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to everything that was asked at once."""

    as_of: date
    company: str
    policies_digest: str
    answers: tuple[Answer, ...]
    notices: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The gravest of all."""
        given = {each.verdict for each in self.answers}
        return next((each for each in GRAVEST_FIRST if each in given), Verdict.ACCEPT)


GRAVEST_FIRST = (Verdict.REJECT, Verdict.UNKNOWN, Verdict.REVISE, Verdict.ACCEPT)
