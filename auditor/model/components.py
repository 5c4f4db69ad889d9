"""What refers to fields: components, what they do that somebody could notice, and integration points."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class Effect(StrEnum):
    """What automation does that somebody could notice, beside writing fields."""

    MESSAGE = "message"
    SCREEN = "screen"
    CALLOUT = "callout"
    BLOCKS_SAVE = "blocks_save"
    GRANTS_ACCESS = "grants_access"
    CREATES = "creates"
    DELETES = "deletes"
    PUBLISHES = "publishes"
    ROUTES = "routes"
    """Assigns an owner, submits for approval, escalates."""


@dataclass(frozen=True, slots=True)
class EffectOn:
    """One effect; `object` is the object whose records are created or deleted, where it is known."""

    effect: Effect
    object: str | None = None


class Trigger(StrEnum):
    """What starts a component."""

    RECORD = "record"
    SCHEDULE = "schedule"
    SCREEN = "screen"
    EVENT = "event"
    CALLED = "called"
    """Started by another component only."""
    PUBLIC = "public"
    """REST or web service, guest page: callers are outside."""


@dataclass(frozen=True, slots=True)
class Component:
    """Anything in a system that refers to fields.

    `kind` is a snake-case word (`layout`, `validation_rule`, `apex_class` …); `name` is the platform's full
    name, unique within the kind. `active` None means that the kind has no such state or the file is silent.
    """

    kind: str
    name: str
    path: str
    line: int | None = None
    label: str | None = None
    object: str | None = None
    """The object it belongs to, where there is one."""
    active: bool | None = None
    trigger: Trigger | None = None
    effects: tuple[EffectOn, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """What else is worth showing or joining on (`report_type`, `folder`, `status`, `test`), sorted by name."""

    def attribute(self, name: str) -> str | None:
        """One attribute by name."""
        return next((value for key, value in self.attributes if key == name), None)


@dataclass(frozen=True, slots=True)
class IntegrationPoint:
    """A place where another system can reach in or is reached from here.

    `kind`: `named_credential`, `remote_site`, `connected_app`, `external_data_source`, `external_service`,
    `external_id`, `apex_callout`, `apex_rest`, `apex_web_service`, `outbound_message`, `csp_site` …
    `endpoint` never holds credentials or a query string.
    """

    kind: str
    name: str
    path: str
    line: int | None = None
    direction: str = "unknown"
    """`in`, `out`, `both` or `unknown`."""
    endpoint: str | None = None
    objects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """As `Object.Field`, where the point names fields itself (an external id, an outbound message)."""
    active: bool | None = None
    aliases: tuple[str, ...] = ()
    """Further names and ids under which it signs in, where the company declares them."""
    register: str = ""
    """`file:line` of the company's own register that names it; empty where only metadata does."""
