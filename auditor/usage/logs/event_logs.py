"""A general event log: CSV, JSON lines, JSON or Parquet of any system, by a mapping of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field
from auditor.errors import AuditorError
from auditor.languages.standard import standard_field, standard_object
from auditor.model.names import Subject, SubjectKind, component_key, parse_subject
from auditor.model.observations import Actor, Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.logs.fieldlists import items_of
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.naming import Names, names_of
from auditor.usage.request import UsageRequest

PROPERTIES = ("subject", "object", "fields", "time", "user", "deed", "actor")
"""What `columns:` of the evidence entry may name; without it a column of the property's own name counts."""

EVERYTHING = "all"
"""Option `covers`: the log sees every object of the system; else those it names, else those that occur in it."""

_DEEDS = {
    Deed.READ: "read reads select query queried search get export exported download report",
    Deed.WRITTEN: "write writes written update updated insert inserted create created edit edited change changed "
    "upsert set save saved delete deleted",
    Deed.VIEWED: "view viewed open opened display displayed show shown page",
    Deed.RUN: "run ran executed execute sent send",
    Deed.CALLED: "call called api",
    Deed.TOUCHED: "touch touched",
}
_WORDS = {word: deed for deed, words in _DEEDS.items() for word in words.split()}
_ON_OBJECTS = {Deed.READ: Deed.VIEWED, Deed.WRITTEN: Deed.TOUCHED, Deed.RUN: Deed.VIEWED}
"""What an event that names no field says about its object."""
_ON_FIELDS = {Deed.VIEWED: Deed.VIEWED, Deed.TOUCHED: Deed.WRITTEN, Deed.CALLED: Deed.READ, Deed.RUN: Deed.READ}
_BY_OTHERS_TOO = frozenset({Deed.WRITTEN, Deed.TOUCHED})
"""What other ways than the logged one do too: its silence proves nothing, unless it is declared to see all."""
_A_KIND = {SubjectKind.FIELD: "a field", SubjectKind.OBJECT: "an object", SubjectKind.SYSTEM: "a system"}
_ACTORS = {
    "people": Actor.PEOPLE,
    "person": Actor.PEOPLE,
    "human": Actor.PEOPLE,
    "user": Actor.PEOPLE,
    "integration": Actor.INTEGRATION,
    "api": Actor.INTEGRATION,
    "service": Actor.INTEGRATION,
    "system": Actor.AUTOMATION,
    "automation": Actor.AUTOMATION,
    "job": Actor.AUTOMATION,
}


@dataclass(slots=True)
class _Context:
    names: Names
    default: Deed | None
    strange: Counter[str] = field(default_factory=Counter)
    objects: dict[Deed, set[str]] = field(default_factory=dict)

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        subject, owner, fields, word, actor = key.values
        deed = _WORDS.get(word.lower()) if word else self.default
        if deed is None:
            self.strange[f"deed {word[:40]!r}" if word else "no deed"] += key.events
            return
        by = _ACTORS.get(actor.lower(), Actor.UNKNOWN) if actor else ""
        for each in self._named(subject, owner, items_of(fields, ",;|")):
            # What stands there instead of a subject may be anything, so it is not repeated.
            if each is None:
                self.strange["no subject" if not (subject or owner) else "a subject that is no name"] += key.events
            elif not self._known(each):
                self.strange[f"{_A_KIND[each.kind]} that the catalogue does not hold"] += key.events
            else:
                yield self._target(each, deed, by)

    def _named(self, subject: str, owner: str, fields: tuple[str, ...]) -> Iterator[Subject | None]:
        if not owner:
            yield from map(self._parsed, items_of(subject, ";|") or ("",))
        elif not fields:
            yield Subject(self.names.system, self.names.object(owner))
        else:
            yield from (self._subject_of_field(self.names.object(owner), each) for each in fields)

    def _known(self, subject: Subject) -> bool:
        """Whether there is such an object or field; components may be newer than the repository."""
        if subject.kind is SubjectKind.FIELD:
            standard = standard_field(subject.name, subject.field)
            return self.names.knows(subject.name, subject.field) or standard is not None
        known = subject.name.lower() in self.names.objects or standard_object(subject.name) is not None
        return subject.kind is SubjectKind.COMPONENT or (subject.kind is SubjectKind.OBJECT and known)

    def _subject_of_field(self, owner: str, field_name: str) -> Subject:
        return parse_subject(self.names.field(owner, field_name))

    def _parsed(self, text: str) -> Subject | None:
        for spelled in (text, f"{self.names.system}:{text}"):
            try:
                found = parse_subject(spelled)
            except AuditorError:
                continue
            if found.system != self.names.system:
                continue
            if found.kind is SubjectKind.FIELD:
                return self._subject_of_field(found.name, found.field)
            return found
        return None

    def _target(self, subject: Subject, deed: Deed, by: str) -> Target:
        if subject.kind is SubjectKind.COMPONENT:
            name = component_key(self.names.system, subject.component_kind, subject.name)
            return Target(name, Deed.RUN, by)
        on_field = subject.kind is SubjectKind.FIELD
        done = (_ON_FIELDS if on_field else _ON_OBJECTS).get(deed, deed)
        self.objects.setdefault(done, set()).add(self.names.object_key(subject.name))
        return Target(str(subject) if on_field else self.names.object_key(subject.name), done, by)


def read_event_log(request: UsageRequest) -> Evidence:
    """Read a log by its mapping: `subject`, or `object` and `fields` (a list), `time`, `user`, `deed`, `actor`.

    An event that names no field stays on its object. Without a column for the deed, the option `deed` tells it,
    else it is a read. Windows cover the objects that the option `covers` names (`all`: every one), else those that
    occur; nobody knows whether the log would have seen others. Without `covers` there is none for writes, since an
    application's own log does not see those of others.
    """
    columns = {name: tuple(_mapped(request, name)) for name in PROPERTIES}
    keyed = tuple(Key(columns[name]) for name in ("subject", "object", "fields", "deed", "actor"))
    required = ((*columns["subject"], *columns["object"]), columns["time"])
    spec = EventColumns(keyed, columns["time"], columns["user"], required)
    context = _Context(names_of(request.catalog), _WORDS.get(request.options.get("deed", "read").lower()))
    log = read_log(request, spec, context.resolve, capped=False)
    for reason, count in sorted(context.strange.items())[:20]:
        log.skips.add(request.id, f"{count} events not understood: {reason}")
    return log.evidence(_windows(log, context))


def _mapped(request: UsageRequest, name: str) -> Iterator[str]:
    declared = request.options.get(f"columns.{name}")
    if declared:
        yield declared
        return
    yield name
    yield from {"fields": ("field",), "time": ("timestamp", "at"), "deed": ("action", "operation")}.get(name, ())


def _windows(log: Log, context: _Context) -> Iterator[Window]:
    bounds = log.window()
    if bounds is None:
        return
    covers = log.request.options.get("covers", "")
    declared = frozenset(context.names.object_key(each) for each in items_of(covers, ";,"))
    for deed in sorted(context.objects):
        if deed in _BY_OTHERS_TOO and not covers:
            continue
        subjects = None if covers.lower() == EVERYTHING else declared or frozenset(context.objects[deed])
        yield Window(log.request.id, log.request.system, deed, *bounds, subjects=subjects)
