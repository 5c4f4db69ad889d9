"""What single events of EventLogFile mean: for each proof that a type can give, how it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.model.names import component_key
from auditor.model.observations import Actor, Deed
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.logs.event_types import BY_NAME, KEY_PREFIXES, OVER_HTTP, WRITING_METHODS, WRITING_VERBS, Proof
from auditor.usage.logs.reports import Reports
from auditor.usage.naming import Names
from auditor.usage.reading import id_of

KEYS = (
    Key(("EVENT_TYPE",)),
    Key(("REPORT_ID_DERIVED", "REPORT_ID", "REPORT_IDENTIFIER", "MASTER_REPORT_ID")),
    Key(("URI_ID_DERIVED",), only="00O"),
    Key(("ENTITY_NAME", "PAGE_ENTITY_TYPE", "ENTITY_TYPE")),
    Key(("CONNECTED_APP_NAME", "CLIENT_NAME", "CONNECTED_APP_ID")),
    Key(("METHOD_NAME", "OPERATION_TYPE", "HTTP_METHOD", "METHOD", "DML_TYPE", "TRIGGER_TYPE")),
    Key(("API_RESOURCE", "URI"), first=31),
    Key(("TRIGGER_NAME", "CLASS_NAME", "ENTRY_POINT", "PAGE_NAME", "FLOW_VERSION_ID")),
    Key(("DASHBOARD_ID_DERIVED", "DASHBOARD_ID")),
    Key(("URI_ID_DERIVED", "CLICKED_RECORD_ID", "ARTICLE_ID", "KEY_PREFIX"), first=3),
    Key(("STATUS_CODE", "SUCCESS", "REQUEST_STATUS")),
    Key(("ORGANIZATION_ID",)),
)
"""Columns of all types that matter. Of addresses and ids only the beginning is kept: they are millions."""


@dataclass(frozen=True, slots=True)
class Event:
    """The texts of one event (and of all that say the same), by what they are; in the order of `KEYS`."""

    type: str
    report: str
    exported: str
    entity: str
    application: str
    verb: str
    resource: str
    component: str
    dashboard: str
    prefix: str
    status: str
    organization: str


_Found = Iterator[Target]
_OBJECT = re.compile(r"[A-Za-z]\w*")
_TRIGGER = re.compile(r"(?P<name>[\w.]+) on \w+ trigger event")
_PAGE = re.compile(r"VF-?\s*/apex/(?P<name>\w+)", re.IGNORECASE)
_AURA = re.compile(r"(?:aura|apex)://(?:\w+\.)?(?P<name>\w+)/ACTION", re.IGNORECASE)


@dataclass(slots=True)
class Resolving:
    """Says what events mean, and remembers what they could not tell.

    `blind`: reports that ran and whose columns nobody read. `silent`: events by type that named nothing known.
    `files`: where each type stands. `unnamed`: whether versions of flows ran that no export names.
    """

    reports: Reports
    names: Names
    flows: Mapping[str, str]
    blind: set[str] = field(default_factory=set)
    silent: Counter[str] = field(default_factory=Counter)
    files: dict[str, set[str]] = field(default_factory=dict)
    organizations: set[str] = field(default_factory=set)
    unnamed: bool = False

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        """What each distinct event means."""
        return [self._meanings(key) for key in keys]

    def _meanings(self, key: KeyRow) -> set[Target]:
        event = Event(*key.values)
        known = BY_NAME.get(event.type.lower())
        # A type that is no word may be anything, so it is not repeated.
        kind = known.name if known else event.type if _OBJECT.fullmatch(event.type) else ""
        self.files.setdefault(kind, set()).add(key.file)
        identity = id_of(event.organization)
        if identity and identity.startswith("00D"):
            self.organizations.add(identity)
        found = set(_TELLING[known.proof](self, event, key)) if known else set()
        if not found:
            self.silent[kind] += key.events
        return found

    def _nothing(self, _: Event, __: KeyRow) -> _Found:
        return iter(())

    def _report(self, event: Event, key: KeyRow) -> _Found:
        subjects = self.reports.subjects(event.report or event.exported)
        if not subjects:
            self.blind.add("reports that were not saved")
        for subject, _ in subjects:
            yield Target(subject, Deed.RUN)
            fields = self.reports.reads(subject, key.last)
            if fields is None:
                self.blind.add(subject)
            since = self.reports.modified.get(subject)
            for name, possible in fields or ():
                yield Target(name, Deed.READ, possible=possible, via=subject, since=since)

    def _dashboard(self, event: Event, key: KeyRow) -> _Found:
        if event.dashboard:
            # No export that is read tells which dashboard an id is; it stands for itself.
            yield Target(self.names.component("dashboard", id_of(event.dashboard) or event.dashboard), Deed.RUN)
        if event.report:
            yield from self._report(event, key)

    def _called(self, event: Event, _: KeyRow) -> _Found:
        application = event.application
        via = component_key(self.names.system, "connected_app", application) if application else ""
        for name in re.split(r"[,;]", event.entity):
            if _OBJECT.fullmatch(name.strip()):
                subject = self.names.object_key(name.strip())
                yield Target(subject, Deed.CALLED, Actor.INTEGRATION, via=via)
                if _writes(event) and _succeeded(event) is not False:
                    possible = _succeeded(event) is None
                    yield Target(subject, Deed.TOUCHED, Actor.INTEGRATION, possible, via)

    def _page(self, event: Event, _: KeyRow) -> _Found:
        if event.entity.lower() in self.names.objects:
            yield Target(self.names.object_key(event.entity), Deed.VIEWED)

    def _record(self, event: Event, _: KeyRow) -> _Found:
        name = self._object_of(event.prefix)
        if name:
            yield Target(name, Deed.VIEWED)

    def _saved(self, event: Event, _: KeyRow) -> _Found:
        name = self._object_of(event.prefix)
        if name:
            yield Target(name, Deed.TOUCHED)

    def _object_of(self, prefix: str) -> str:
        """The object whose ids begin so; of knowledge articles the only object that holds any."""
        name = KEY_PREFIXES.get(prefix, "")
        if prefix in ("kA0", "ka0"):
            articles = [each for each in self.names.objects.values() if each.endswith("__kav")]
            name = articles[0] if len(articles) == 1 else ""
        return self.names.object_key(name) if name.lower() in self.names.objects else ""

    def _trigger(self, event: Event, _: KeyRow) -> _Found:
        yield from self._ran("apex_trigger", event.component)
        if event.entity.lower() in self.names.objects:
            # A trigger before the save runs though the save may fail.
            early = not event.verb.lower().startswith("after")
            yield Target(self.names.object_key(event.entity), Deed.TOUCHED, possible=early)

    def _code(self, event: Event, _: KeyRow) -> _Found:
        for pattern, kind in ((_TRIGGER, "apex_trigger"), (_PAGE, "visualforce_page"), (_AURA, "apex_class")):
            if found := pattern.match(event.component):
                yield from self._ran(kind, found["name"])
                return
        # `Class.method`, `Namespace.Class.method` or the class alone.
        for name in event.component.split("(")[0].split("."):
            yield from self._ran("apex_class", name.strip())

    def _flow(self, event: Event, _: KeyRow) -> _Found:
        name = self.flows.get(id_of(event.component) or "")
        if name:
            yield Target(self.names.component("flow", name), Deed.RUN)
        else:
            self.unnamed = True

    def _visualforce(self, event: Event, _: KeyRow) -> _Found:
        return self._ran("visualforce_page", event.component.removeprefix("/apex/").partition("?")[0])

    def _ran(self, kind: str, name: str) -> _Found:
        """A run of a component, where the repository holds it."""
        if (kind, name.lower()) in self.names.components:
            yield Target(self.names.component(kind, name), Deed.RUN)


def _writes(event: Event) -> bool:
    """Whether rows of the object differ after a call, if it succeeded."""
    verb, resource = event.verb.lower(), event.resource.lower()
    if event.type.lower() in OVER_HTTP:
        return (verb in WRITING_METHODS and "/sobjects/" in f"{resource}/") or resource in WRITING_VERBS
    return verb in WRITING_VERBS


def _succeeded(event: Event) -> bool | None:
    """By status code (`201`), flag (`1`) or letter (`S`); None where the event does not tell."""
    status = event.status.lower()
    if status[:1].isdecimal() and len(status) == 3:
        return status < "400"
    return {"1": True, "true": True, "s": True, "0": False, "false": False, "f": False}.get(status)


_TELLING: Mapping[Proof, Callable[[Resolving, Event, KeyRow], _Found]] = {
    Proof.REPORT_RUN: Resolving._report,
    Proof.DASHBOARD_RUN: Resolving._dashboard,
    Proof.CALLED: Resolving._called,
    Proof.PAGE_OPENED: Resolving._page,
    Proof.RECORD_OPENED: Resolving._record,
    Proof.ROWS_SAVED: Resolving._saved,
    Proof.TRIGGER_FIRED: Resolving._trigger,
    Proof.CODE_RUN: Resolving._code,
    Proof.FLOW_RUN: Resolving._flow,
    Proof.PAGE_RUN: Resolving._visualforce,
    Proof.NOTHING: Resolving._nothing,
}
