"""History of HubSpot properties: each change, when, and by which kind of actor. Values are never read.

Layouts: Fivetran (`<object>_id, timestamp, source, name, source_id, value` in `*_property_history`), Airbyte
(`contactId, property, timestamp, sourceType`), the API (`propertiesWithHistory` and the older `versions` in JSON),
and any other by the option `columns` (`property`, `time`, `source`, `user`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.jsons import object_members, parse_json
from auditor.formats.tables import BadRow, Table, open_table
from auditor.model.observations import Actor, Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.query.scans import Record, Scan, open_scan
from auditor.usage.covering import covered_subjects
from auditor.usage.hubspot.change_sources import change_source
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.naming import Names, names_of
from auditor.usage.request import UsageRequest

_COLUMNS = {
    "property": ("name", "property", "property_name", "Property", "Property name"),
    "time": ("timestamp", "timestamp_instant", "Timestamp"),
    "source": ("source", "sourceType", "source_type", "Source", "Change source"),
    "user": ("updatedByUserId", "updated_by_user_id"),
}
_ID = re.compile(r"(?P<snake>\w+)_id|(?P<camel>[a-z]\w*)Id|(?P<words>\w+) ID")
_NO_OBJECTS = frozenset({"source", "record", "object", "user", "updated_by_user", "updatedByUser"})
_STEM = re.compile(r"(?P<object>\w+?)_?(?:property_?history|properties_?with_?history)\w*", re.IGNORECASE)
_VERSIONS = re.compile(r"propertieswithhistory\.(?P<new>[^.]+)|properties\.(?P<old>[^.]+)\.versions")
_ROW = ("property", "timestamp", "sourceType", "updatedByUserId")


@dataclass(slots=True)
class _Context:
    names: Names
    declared: str
    labels: Mapping[tuple[str, str], str]
    owners: dict[str, str] = field(default_factory=dict)
    nameless: int = 0
    own: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    unlisted: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def open(self, path: Path) -> Scan:
        """A file as rows of changes, its object noted."""
        table = open_table(path)
        scan = open_scan(path) if table.format == "csv" else _changes(table)
        self.owners[path.as_posix()] = self._owner(scan, path)
        return scan

    def _owner(self, scan: Scan, path: Path) -> str:
        stem = _STEM.fullmatch(path.name.partition(".")[0])
        told = self.declared or _object_of_columns(scan.columns) or (stem["object"] if stem else "")
        if not told and scan.form == "rows":
            told = path.name.partition(".")[0]
        singular = told.removesuffix("s") if told.lower() + "s" not in self.names.objects else told + "s"
        known = next((each for each in (told, singular) if each.lower() in self.names.objects), None)
        return self.names.object(known) if known else _singular(told.lower())

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [tuple(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        name, source = key.values
        owner = self.owners.get(key.file, "")
        if not owner or not name:
            self.nameless += key.events
            return
        told = change_source(source)
        if told is None:
            self.strange[source] += key.events
        elif told.own:
            self.own[told.name] += key.events
            return
        by = told.by if told else Actor.UNKNOWN
        subject = self._field(owner, name)
        self.seen.add(subject)
        yield Target(subject, Deed.WRITTEN, by)
        yield Target(self.names.object_key(owner), Deed.TOUCHED, by)

    def _field(self, owner: str, name: str) -> str:
        spelled = name if self.names.knows(owner, name) else self.labels.get((owner.lower(), name.lower()), name)
        subject = self.names.field(owner, spelled)
        if not self.names.knows(owner, spelled):
            self.unlisted.add(subject)
        return subject


def _object_of_columns(columns: Iterable[str]) -> str:
    """The object whose records a file is about: `deal_id`, `contactId`, `Company ID`."""
    for column in columns:
        found = _ID.fullmatch(column)
        name = next(filter(None, found.groups()), "") if found else ""
        if name and name not in _NO_OBJECTS and not name.startswith("_"):
            return name
    return ""


def _singular(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _changes(table: Table) -> Scan:
    """The answer of the API as one row a change."""

    def records() -> Iterator[Record | BadRow]:
        for row in table.rows():
            if isinstance(row, BadRow):
                yield row
                continue
            for column, cell in row.cells.items():
                found = _VERSIONS.fullmatch(column)
                if found and cell:
                    yield from _versions(found["new"] or found["old"], cell, row.line)

    return Scan(table.path, "rows", _ROW, truncated=table.truncated, notes=table.notes, records=records)


def _versions(name: str, cell: str, line: int) -> Iterator[Record | BadRow]:
    try:
        versions = object_members(parse_json(cell))
    except FormatError as error:
        yield BadRow(line, f"the history of {name} is {error.reason}")
        return
    for each in versions:
        moment, source, user = (
            each.get("timestamp"),
            each.get("sourceType") or each.get("source"),
            each.get(_ROW[3]),
        )
        yield {
            "property": name,
            "timestamp": str(moment) if moment is not None else None,
            "sourcetype": source if isinstance(source, str) else None,
            "updatedbyuserid": str(user) if user is not None else None,
        }


def read_property_history(request: UsageRequest) -> Evidence:
    """Read histories of properties: a write of the property, and that a row of its object was touched.

    What the platform set by itself (computed, counted, defaults, moved data) is no use and only counted. The
    object is the option `object`, the column of the record's id or the file's name. A window covers the properties
    that occur, or those that `covers` names: an export may be of one property alone.
    """
    context = _Context(names_of(request.catalog), request.options.get("object", ""), _labels(request))
    columns = {name: _mapped(request, name) for name in _COLUMNS}
    keys = (Key(columns["property"]), Key(columns["source"]))
    spec = EventColumns(
        keys, columns["time"], columns["user"], (columns["property"], columns["time"]), by_file=True
    )
    log = read_log(request, spec, context.resolve, capped=False, opening=context.open)
    log.notes += _notes(context)
    return log.evidence(_windows(log, context))


def _mapped(request: UsageRequest, name: str) -> tuple[str, ...]:
    declared = request.options.get(f"columns.{name}")
    return (declared,) if declared else _COLUMNS[name]


def _labels(request: UsageRequest) -> Mapping[tuple[str, str], str]:
    """Names by label: HubSpot's own files head columns by label. A label of two fields names none."""
    found: dict[tuple[str, str], set[str]] = {}
    for item in request.catalog.objects:
        for each in item.fields:
            if each.label:
                found.setdefault((item.name.lower(), each.label.lower()), set()).add(each.name)
    return {key: min(names) for key, names in found.items() if len(names) == 1}


def _notes(context: _Context) -> Iterator[str]:
    if context.own:
        named = ", ".join(sorted(context.own))
        yield f"{context.own.total()} changes by the platform itself, which are no use ({named})"
    if context.strange:
        named = ", ".join(sorted({each if _plain(each) else "unnamed" for each in context.strange})[:10])
        yield f"{context.strange.total()} changes by sources whose meaning is not known ({named})"
    if context.nameless:
        yield f"{context.nameless} changes that name no object or no property"
    if context.unlisted and context.names.fields:
        yield f"{len(context.unlisted)} properties stand in no listing of fields that was read"


def _plain(source: str) -> bool:
    """Whether a source is a word of the platform, not something that a person may have typed."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9_]{1,40}", source))


def _windows(log: Log, context: _Context) -> Iterator[Window]:
    bounds = log.window()
    if bounds is None:
        return
    subjects = covered_subjects(log.request, context.names, context.seen)
    if subjects is None or subjects:
        yield Window(log.request.id, log.request.system, Deed.WRITTEN, *bounds, subjects=subjects)
