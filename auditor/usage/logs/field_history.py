"""`<Object>History`: each change of a tracked field, when and by which kind of user. Values are never read.

Source: object reference, StandardObjectNameHistory: `Field`, `CreatedDate`, `CreatedById`, `DataType`; up to 20
tracked fields an object, from the day that tracking was switched on, kept 18 months (24 through the API).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, field
from auditor.languages.fieldpaths import field_of_relationship
from auditor.languages.standard import standard_field
from auditor.model.catalogue import Catalog
from auditor.model.names import parse_subject
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Span, Target
from auditor.query.expressions import Key
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.naming import Names, names_of
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=(Key(("Field",)), Key(("DataType",)), Key(("attributes.type",))),
    time=("CreatedDate",),
    user=("CreatedById", "CreatedBy.Id"),
    required=(("Field",), ("CreatedDate",)),
    by_file=True,
    identity=("Id",),
)

_HISTORY = re.compile(r"(?P<custom>.+__)History|(?P<field>.+)FieldHistory|(?P<standard>.+)History", re.IGNORECASE)
_ID_ROW = "EntityId"
# Rows about the record itself rather than one of its fields (object reference, "Tracked object names").
_ROW_WORDS = """
    created locked unlocked individualmerged accountmerged contactmerged leadmerged leadconverted recordmerged
    ownerassignment owneraccepted ownerescalated contactcreatedfromlead accountcreatedfromlead
    opportunitycreatedfromlead feedevent recalledapproval
"""
_EVENTS_OF_ROWS = frozenset(_ROW_WORDS.split())
_OTHER_NAMES = {"textname": "Name", "recordtype": "RecordTypeId", "owner": "OwnerId"}


@dataclass(slots=True)
class _Context:
    names: Names
    declared: str
    objects: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        # A changed lookup has two rows, one with names and one with ids: the second is no second change.
        told = {(key.file, key.values[0]) for key in keys if key.values[1] != _ID_ROW}
        return [
            ()
            if key.values[1] == _ID_ROW and (key.file, key.values[0]) in told
            else tuple(self._targets(key, self._object(key)))
            for key in keys
        ]

    def _object(self, key: KeyRow) -> str:
        owner = (
            self.declared or tracked_object(key.values[2]) or tracked_object(Path(key.file).name.partition(".")[0])
        )
        self.objects[key.file] = owner = self.names.object(owner) if owner else ""
        return owner

    def _targets(self, key: KeyRow, owner: str) -> Iterator[Target]:
        name = key.values[0]
        if not owner:
            self.unknown[f"{Path(key.file).name}: {name}"] = key.events
            return
        yield Target(self.names.object_key(owner), Deed.TOUCHED)
        if name.lower() in _EVENTS_OF_ROWS:
            return
        found = self._field(owner, name)
        if found is None:
            self.unknown[f"{owner}.{name}"] = key.events
            return
        self.seen.setdefault(key.file, set()).add(found)
        yield Target(found, Deed.WRITTEN)

    def _field(self, owner: str, name: str) -> str | None:
        for guess in (_OTHER_NAMES.get(name.lower(), name), *field_of_relationship(name)):
            if self.names.knows(owner, guess) or standard_field(owner, guess):
                return self.names.field(owner, guess)
        return None


def tracked_object(name: str) -> str:
    """The object whose history an export holds: `AccountHistory`, `Job__History`, `OpportunityFieldHistory`."""
    found = _HISTORY.fullmatch(name)
    if found is None:
        return ""
    return f"{found['custom']}c" if found["custom"] else found["field"] or found["standard"]


def read_field_history(request: UsageRequest) -> Evidence:
    """Read history rows: a write of each tracked field, and that rows of the object were touched.

    The object is the file's name, the records' own type, or the option `object`. Its window holds the fields that
    the catalogue says are tracked, from the stated day, else from the oldest row of the object on; a field that
    was seen to be tracked though the catalogue does not say so has a window from its own first change.
    """
    context = _Context(names_of(request.catalog), request.options.get("object", ""))
    log = read_log(request, COLUMNS, context.resolve)
    if context.unknown:
        listed = ", ".join(sorted(context.unknown)[:20])
        log.skips.add(request.id, f"{sum(context.unknown.values())} rows about no known field: {listed}")
    windows = tuple(_windows(log, context)) if log.window() else ()
    return log.evidence(windows, lambda window: _spans(log, context, window))


def _spans(log: Log, context: _Context, window: Window) -> list[Span]:
    """The files of the object whose fields a window is of: other objects' files cover nothing of it."""
    owners = {parse_subject(each).name for each in window.subjects or ()}
    return [each for each in log.found.spans if context.objects.get(each.file) in owners] or log.found.spans


def _windows(log: Log, context: _Context) -> Iterator[Window]:
    request, bounds = log.request, log.window()
    assert bounds is not None
    first: dict[str, date] = {}
    for span in log.found.spans:
        owner = context.objects.get(span.file, "")
        first[owner] = min(first.get(owner, span.first), span.first)
    covered: set[str] = set()
    for owner in sorted(filter(None, first)):
        fields = frozenset(tracked_fields(request.catalog, context.names, owner))
        start = bounds[0] if request.options.get("from") else first[owner]
        if fields and start <= bounds[1]:
            covered |= fields
            yield Window(request.id, request.system, Deed.WRITTEN, start, bounds[1], fields)
    for each in log.found.totals:
        if each.target.deed == Deed.WRITTEN and each.target.subject not in covered:
            covered.add(each.target.subject)
            seen = [other.first for other in log.found.totals if other.target.subject == each.target.subject]
            subject = frozenset({each.target.subject})
            yield Window(request.id, request.system, Deed.WRITTEN, min(seen), bounds[1], subject)


def tracked_fields(catalog: Catalog, names: Names, owner: str) -> Iterator[str]:
    """Printed names of the fields of an object whose changes are kept."""
    for item in catalog.objects:
        if item.name == owner and item.track_history is not False:
            yield from (names.field(item.name, each.name) for each in item.fields if each.track_history)
